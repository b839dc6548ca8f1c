//! Households: who lives together, since when, and whose children are shared between two homes.
//!
//! Invariants:
//! - a membership is dated and never overwritten: the household of two years ago can be read again;
//! - a child may belong to two households, with a share in each;
//! - living with somebody does not open their file: see `people::store::HOUSEHOLD`.

mod actions;
pub mod pages;
pub mod store;
mod view;
pub mod words;

pub use store::SCHEMA;

use axum::Router;
use axum::routing::{get, post};

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/dossiers/{file}/foyer", get(actions::household).post(actions::add))
        .route("/dossiers/{file}/foyer/{row}/fin", post(actions::end))
}
