//! Who looked at a file, and why: shown to the person, to the manager, to the data protection officer.
//!
//! Words: a *line* gathers the looks of one day by the same somebody for the same thing; its *visibility* says
//! whether the person sees it now, later, or without the name of the service; an *emergency* opens a closed
//! door for three hours, with a written reason.
//!
//! Invariants:
//! - an emergency never opens a file against a bar;
//! - the person sees an emergency and its reason like any other look;
//! - a hidden or delayed line is a dated decision of somebody, with a reason; the chain is never touched.

mod actions;
pub mod emergencies;
pub mod matrix;
pub mod model;
pub mod pages;
pub mod store;
pub mod unusual;
mod view;

use axum::Router;
use axum::routing::{get, post};

pub use store::SCHEMA;

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/matrice", get(actions::matrix))
        .route("/dossiers/{file}/consultations", get(actions::of_file))
        .route("/dossiers/{file}/consultations/{rank}", post(actions::hide))
        .route("/dossiers/{file}/urgence", get(actions::emergency).post(actions::open_in_emergency))
        .route("/equipe/acces", get(actions::unusual))
        .route("/equipe/acces/vu", post(actions::seen))
        .route("/espace/dossiers/{file}/consultations", get(actions::for_the_person))
}
