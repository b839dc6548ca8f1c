//! Accounts: how somebody proves who they are.
//!
//! Words: a *half session* has given the password and not yet the code; a *known device* carries a mark left by a
//! whole sign-in; a *card* is what an accompanied person signs in with.
//!
//! Invariants:
//! - the token of a session changes each time it may do more;
//! - an attempt takes its turn before it is evaluated ([`slow_down`]); a known device has turns of its own;
//! - an unknown address and a wrong password have the same answer, after the same work;
//! - nothing that proves is stored as it is: passwords and numbers are stretched, codes hashed under a key, the secret
//!   of a telephone sealed under the key of who it belongs to.

pub mod actions;
pub mod browser;
pub mod cards;
pub mod letters;
pub mod own;
pub mod pages;
pub mod password;
pub mod qr;
pub mod sign_in;
pub mod slow_down;
pub mod store;
pub mod strength;
pub mod totp;
pub mod view;

pub use store::SCHEMA;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{self, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{get, post};

use crate::spine::Tandem;

/// The style of these pages.
pub const STYLE: &str = include_str!("accounts.css");

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/connexion", get(pages::sign_in).post(actions::sign_in))
        .route("/connexion/code", get(pages::code).post(actions::code))
        .route("/connexion/enrolement", get(pages::enrolment).post(actions::enrolment))
        .route("/connexion/confirmer", get(pages::confirm).post(actions::confirm))
        .route("/deconnexion", post(actions::sign_out))
        .route("/invitation", get(pages::invitation_code).post(actions::invitation_code))
        .route("/invitation/{code}", get(pages::invitation).post(actions::invitation))
        .route("/compte", get(own::pages::account))
        .route("/compte/sessions/fin", post(own::actions::end_sessions))
        .route("/compte/mot-de-passe", get(own::pages::password).post(own::actions::password))
        .route("/compte/telephone", get(own::pages::telephone).post(own::actions::telephone))
        .route("/compte/codes", get(own::pages::codes).post(own::actions::codes))
        .route("/dossiers/{file}/carte", post(own::actions::give_card))
        .route("/dossiers/{file}/carte/retrait", post(own::actions::revoke_card))
}

/// Who has to prove again who they are comes back to the page they asked for.
pub async fn come_back(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_page = request.method().is_safe();
    let mut response = next.run(request).await;
    let to_proof = response.headers().get(header::LOCATION).is_some_and(|it| it == CONFIRM);
    if to_proof && is_page {
        let back: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
        if let Ok(location) = HeaderValue::from_str(&format!("{CONFIRM}?vers={back}")) {
            response.headers_mut().insert(header::LOCATION, location);
        }
    }
    response
}

const CONFIRM: &str = "/connexion/confirmer";

/// Where to go after a sign-in: a path of ours, or the files.
pub fn own_path(asked: Option<&str>) -> &str {
    let is_ours = |it: &&str| {
        it.starts_with('/')
            && !it.starts_with("//")
            && it.len() <= 300
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"/-_.?=&%".contains(&it))
            && !it.starts_with("/connexion")
    };
    asked.filter(is_ours).unwrap_or("/dossiers")
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_ours() {
        assert_eq!(own_path(Some("/dossiers/1?page=2")), "/dossiers/1?page=2");
        for foreign in
            ["//exemple.fr", "https://exemple.fr", "/\\exemple.fr", "/a\r\nb", "/connexion"]
        {
            assert_eq!(own_path(Some(foreign)), "/dossiers", "{foreign}");
        }
    }
}
