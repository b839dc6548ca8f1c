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

const STYLES: &[&str] = &[rights::STYLE];
