//! The two cookies: the session, and the mark of a device where somebody of the service has signed in before.

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderMap};

/// `__Host-`: this host alone, over TLS alone (or the machine itself), for the whole site.
pub const SESSION: &str = "__Host-tandem";

/// Opens nothing: whoever brings it tries their password without waiting for what strangers tried.
pub const DEVICE: &str = "__Host-tandem-appareil";

/// The value of the session's cookie.
pub fn session(headers: &HeaderMap) -> Option<&str> {
    value(headers, SESSION)
}

/// The value of the device's cookie.
pub fn device(headers: &HeaderMap) -> Option<&str> {
    value(headers, DEVICE)
}

fn value<'h>(headers: &'h HeaderMap, wanted: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

/// `Set-Cookie` for a new session: until the browser closes, never read by a script, never sent from another site.
pub fn set(token: &str) -> Option<HeaderValue> {
    let text = format!("{SESSION}={token}; Path=/; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&text).ok()
}

/// Forgets it.
pub fn clear() -> HeaderValue {
    HeaderValue::from_static("__Host-tandem=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// `Set-Cookie` for a device: ninety days, as long as it is remembered.
pub fn set_device(token: &str) -> Option<HeaderValue> {
    let seconds = 90 * 24 * 3600;
    let text =
        format!("{DEVICE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}");
    HeaderValue::from_str(&text).ok()
}
