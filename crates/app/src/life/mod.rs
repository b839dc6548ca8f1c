//! The life of data: how long a file is kept, why, what happens then, and the copy its person asks for.
//!
//! Words: a file is *active* while it serves, *archived* while it is only kept in case of a dispute, then *erased*:
//! its key is destroyed. A *hold* stops the clock, with a reason. A *slip* (« bordereau ») lists the files a public
//! body asks leave to destroy; the *visa* is the answer of the public archives.
//!
//! Sources: RGPD, article 5(1)(e); CNIL, délibération 2021-028 of 11 March 2021 (référentiel of social support): two years
//! after the last contact in the active base, an intermediate archive only when justified; Code du patrimoine,
//! articles L212-2 and L212-3 (visa before a public archive is destroyed).
//!
//! Invariants:
//! - one rule, computed from dates alone: nothing is erased early, nothing is kept because a task was forgotten;
//! - the end of retention and an erasure asked for run the same code;
//! - a clock that jumped erases nothing: more than one file in a hundred at once asks for somebody.

mod actions;
pub mod erase;
pub mod model;
pub mod pages;
pub mod register;
pub mod store;
mod view;

use axum::Router;
use axum::routing::{get, post};

pub use store::SCHEMA;

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/conservation", get(actions::plan))
        .route("/conservation/bordereau", post(actions::slip))
        .route("/conservation/bordereau/{slip}", get(actions::show_slip).post(actions::visa))
        .route("/conservation/certificats", get(actions::certificates))
        .route("/dossiers/{file}/conservation", get(actions::of_file).post(actions::hold))
        .route("/dossiers/{file}/contestations", get(actions::disputes).post(actions::dispute))
        .route("/registre", get(actions::register))
}
