//! The only cookie: the session.

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderMap};

/// `__Host-`: this host alone, over TLS alone (or the machine itself), for the whole site.
pub const SESSION: &str = "__Host-tandem";

/// The value of the session's cookie.
pub fn session(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find(|(name, _)| *name == SESSION)
        .map(|(_, value)| value)
}

/// `Set-Cookie` for a new session: until the browser closes, never read by a script, never sent from another site.
pub fn set(token: &str) -> Option<HeaderValue> {
    let text = format!("{SESSION}={token}; Path=/; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::from_str(&text).ok()
}

/// Forgets it.
pub fn clear() -> HeaderValue {
    HeaderValue::from_static(
        "__Host-tandem=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0",
    )
}
