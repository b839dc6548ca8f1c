//! People: the accompanied persons, found or created, never merged.
//!
//! Words: an *identity* is what tells persons apart (names, birth); a *link* says that two records are the same
//! person, by whom and why, and can be undone.
//!
//! Invariants:
//! - nothing of a person is stored in clear; finding one goes through keyed hashes of parts of names;
//! - namesakes and possible duplicates are shown before a creation;
//! - records are linked, never merged.

pub mod actions;
pub mod form;
pub mod marks;
pub mod model;
pub mod names;
pub mod nir;
pub mod pages;
pub mod phonex;
pub mod search;
pub mod store;
mod view;

pub use store::SCHEMA;

use axum::Router;
use axum::routing::get;

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/personnes", get(actions::find).post(actions::found))
        .route("/personnes/nouvelle", get(actions::to_create).post(actions::create))
        .route("/dossiers/{file}/personnes/{person}", get(actions::to_edit).post(actions::edit))
}
