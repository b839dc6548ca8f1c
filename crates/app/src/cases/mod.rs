//! Cases: the file (*dossier*), its persons, the team that follows it, with whom it is shared.
//!
//! Words: the code says *case* or *file* for what the screen calls « dossier »; the *care team* is the « équipe de
//! suivi ».
//!
//! Invariants:
//! - a file has a key of its own; erasing it is destroying that key;
//! - every function in the team, share and bar is dated: none is overwritten.

pub mod store;
pub mod visible;

pub use store::SCHEMA;

use axum::Router;

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
}
