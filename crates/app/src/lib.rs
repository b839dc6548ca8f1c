//! The application: vertical slices. This file is the table of contents and the only router.

pub mod rights;

use axum::Router;
use axum::routing::get;

pub use rights::App;

/// The pages shown on one's own machine: the slices, and the gallery of components.
pub fn demo(app: App) -> Router {
    let routes = rights::router(app).route("/composants", get(|| async { web::gallery::page() }));
    web::finish(routes, STYLES)
}

/// Reads what the first visitor would otherwise wait for: the law and the list of communes.
pub fn warm_up() {
    law::Law::national();
    rights::warm_up();
}

const STYLES: &[&str] = &[rights::STYLE];
