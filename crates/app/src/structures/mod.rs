//! Structures: who works where, in which role, since when and until when.
//!
//! Words: a *structure* is an organisation (CCAS, département, association); a *team* is one of its services; a
//! *membership* is dated, and a member of staff may have several.
//!
//! Invariants:
//! - a membership is ended, never removed: what it allowed at the time can still be explained;
//! - a structure keeps at least one administrator;
//! - nobody gives a role above their own, nor touches somebody who has one.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;
pub mod view;

pub use store::SCHEMA;

use axum::Router;
use axum::routing::{get, post};

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/equipe", get(pages::team))
        .route("/equipe/{structure}/invitation", get(pages::invite).post(actions::invite))
        .route("/equipe/{structure}/services", post(actions::create_team))
        .route("/equipe/membres/{membership}", get(pages::member))
        .route("/equipe/membres/{membership}/role", post(actions::change))
        .route("/equipe/membres/{membership}/acces", post(actions::give_access))
        .route("/equipe/membres/{membership}/depart", post(actions::leave))
}
