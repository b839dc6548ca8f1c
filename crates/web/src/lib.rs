//! The web kit: what every page of Tandem shares.
//!
//! A page is [`layout::Page`]; what it shows is made of [`components`]; what comes back is read by
//! [`form`]; what goes wrong becomes an [`error::Failure`], turned once into a page and a status.
//! Every answer leaves through [`security`] (headers) and [`compression`] (gzip).
//!
//! The kit stores nothing, reads no clock of its own and knows no slice of the application.

pub mod assets;
pub mod clock;
pub mod components;
pub mod compression;
pub mod cookie;
pub mod error;
pub mod form;
pub mod format;
pub mod fr;
pub mod gallery;
pub mod layout;
pub mod observe;
pub mod security;
pub mod server;
pub mod typography;
pub mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;

/// Puts around `routes` what no slice may forget: assets, the page for unknown addresses, security
/// headers and compression. `styles` are the style sheets of the slices.
pub fn finish(routes: Router, styles: &[&str]) -> Router {
    routes
        .merge(assets::routes(styles))
        .fallback(error::unknown_address)
        .method_not_allowed_fallback(error::wrong_method)
        .layer(DefaultBodyLimit::max(form::MAX_BYTES))
        .layer(from_fn(form::give_back))
        .layer(from_fn(security::same_origin))
        .layer(from_fn(compression::gzip))
        .layer(from_fn(security::headers))
}
