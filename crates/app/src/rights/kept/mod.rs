//! Rights inside a file: the questions start from what the file knows, the result is kept as a dated check.
//!
//! The answers travel through the same pages as without an account, with three more hidden fields: the file
//! (`dossier`), the number of the form, and which person of the household each place of the form is (`d.e1`). Nothing
//! is written until somebody asks to keep the result.
//!
//! Words: a *check* (« point sur les droits ») is what was answered and what the law of that day said of it.
//!
//! Invariants:
//! - a check is never changed: the explanations of its day, at their three depths, are kept as they were told, with
//!   the fingerprint of the rulebook; they are given again as they were when the law has changed;
//! - its class is that of the most sensitive answer: a residence permit is not read with the social situation;
//! - the same answers kept twice the same day are one check.

mod actions;
mod pages;
mod prefill;
mod results;
mod store;
mod view;

pub use pages::{ChecksPage, KeptPage};
pub use store::{Heading, SCHEMA, headings};

use axum::Router;
use axum::routing::get;
use web::form::Fields;

use ::store::Id;

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/dossiers/{file}/droits", get(actions::checks).post(actions::keep))
        .route("/dossiers/{file}/droits/{check}", get(actions::check))
}

/// The hidden field that says for which file the questions are answered.
pub const FILE: &str = "dossier";

/// The file the answers came from; `None` on the pages without an account.
pub fn file_of(fields: &Fields) -> Option<Id> {
    fields.get(FILE)?.parse().ok()
}
