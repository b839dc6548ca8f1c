//! Cases: the file (*dossier*), its persons, the team that follows it, with whom it is shared.
//!
//! Words: the code says *case* or *file* for what the screen calls « dossier »; the *care team* is the « équipe de
//! suivi »; the *thread* is « le fil », what happened.
//!
//! Invariants:
//! - a file has a key of its own; erasing it is destroying that key;
//! - every function in the team, share and bar is dated: none is overwritten;
//! - a list shows a file if and only if its door would open: see [`visible`];
//! - why a page is open is said at its top, why a door is closed is said in words.

mod actions;
pub mod list;
pub mod load;
pub mod pages;
pub mod shown;
pub mod store;
mod view;
pub mod visible;
pub mod words;

pub use actions::{missing_reason, staff};
pub use store::SCHEMA;
pub use view::{Tab, followed_by, heading, once};

use axum::Router;
use axum::routing::{get, post};

use crate::spine::Tandem;

pub const STYLE: &str = include_str!("cases.css");

pub fn router() -> Router<Tandem> {
    Router::new()
        .route("/dossiers", get(actions::list))
        .route("/dossiers/{file}", get(actions::file))
        .route("/dossiers/{file}/ferme", get(actions::closed))
        .route("/dossiers/{file}/equipe", get(actions::team).post(actions::assign))
        .route("/dossiers/{file}/equipe/{row}/fin", post(actions::unassign))
        .route("/dossiers/{file}/historique", get(actions::history))
        .route("/dossiers/{file}/cloture", get(actions::to_close).post(actions::close))
        .route("/dossiers/{file}/reouverture", get(actions::to_reopen).post(actions::reopen))
        .route("/dossiers/{file}/personnes/{person}/nir", post(actions::nir))
        .route("/dossiers/{file}/personnes/{person}/liens/{link}/fin", post(actions::unlink))
}
