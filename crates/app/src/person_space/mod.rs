//! The accompanied person's own pages: signing in with a card, what is theirs, and leaving fast.
//!
//! Invariants:
//! - every device is held to be lent: nothing is kept on it after the browser closes, nothing is filled in;
//! - leaving works without a script, ends the session on the server, and lands on a page that says nothing;
//! - what a language lacks is said in French.

pub mod actions;
pub mod pages;
pub mod view;

use axum::Router;
use axum::routing::{get, post};

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/espace", get(pages::start).post(actions::sign_in))
        .route("/espace/langue", post(actions::language))
        .route("/sortie", get(actions::leave).post(actions::leave))
        .route("/calendrier", get(pages::calendar))
}
