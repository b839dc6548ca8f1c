//! The application: vertical slices. This file is the table of contents and the only router.

pub mod access_log;
pub mod accounts;
pub mod cases;
pub mod households;
pub mod jobs;
pub mod life;
pub mod people;
pub mod person_space;
pub mod rights;
pub mod sample;
pub mod spine;
pub mod structures;
pub mod words;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use store::Migration;
use web::observe::{self, Metrics};

pub use rights::App;
pub use spine::{Settings, Tandem};

/// Every table, in the order they were released: a new one is added at the end, always.
pub fn schema() -> Vec<Migration> {
    let slices = [structures::SCHEMA, people::SCHEMA, households::SCHEMA, cases::SCHEMA];
    let accounts = [accounts::SCHEMA, access_log::SCHEMA, life::SCHEMA, rights::kept::SCHEMA];
    [store::SCHEMA, spine::SCHEMA, &slices, &accounts].concat()
}

/// How sensitive each column of the slices is.
pub const PRIVACY: &str = include_str!("../privacy.toml");

/// The same, with the tables of the foundation.
pub const PRIVACY_OF_ALL: &[&str] = &[store::PRIVACY, PRIVACY];

/// The pages without an account, and those of a service.
pub fn service(tandem: Tandem, metrics: Metrics) -> Router {
    service_with(tandem, metrics, Router::new())
}

fn service_with(tandem: Tandem, metrics: Metrics, more: Router) -> Router {
    let app = App { law: tandem.law, clock: tandem.clock() };
    let routes = Router::new()
        .merge(access_log::router())
        .merge(accounts::router())
        .merge(structures::router())
        .merge(person_space::router())
        .merge(cases::router())
        .merge(households::router())
        .merge(rights::kept::router())
        .merge(life::router())
        .merge(people::router())
        .with_state(tandem)
        .layer(from_fn(accounts::come_back))
        .merge(rights::router(app))
        .merge(more);
    web::finish(routes, STYLES).layer(from_fn_with_state(metrics, observe::answers))
}

/// The pages without an account alone.
pub fn public(app: App) -> Router {
    let gallery = Router::new().route("/composants", get(async || web::gallery::page()));
    web::finish(rights::router(app).merge(gallery), STYLES)
}

/// A service of one's own machine, with the gallery of components.
pub fn demo(tandem: Tandem) -> Router {
    let gallery = Router::new().route("/composants", get(async || web::gallery::page()));
    service_with(tandem, Metrics::new(), gallery)
}

/// Reads what the first visitor would otherwise wait for: the law and the list of communes.
pub fn warm_up() {
    law::Law::national();
    rights::warm_up();
}

const STYLES: &[&str] = &[rights::STYLE, accounts::STYLE, cases::STYLE];
