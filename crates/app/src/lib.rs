//! The application: vertical slices. This file is the table of contents and the only router.

pub mod accounts;
pub mod cases;
pub mod households;
pub mod people;
pub mod rights;
pub mod spine;
pub mod structures;
pub mod words;

use axum::Router;
use axum::routing::get;
use store::Migration;

pub use rights::App;
pub use spine::{Settings, Tandem};

/// Every table, in the order they were released: a new one is added at the end, always.
pub fn schema() -> Vec<Migration> {
    let slices = [structures::SCHEMA, people::SCHEMA, households::SCHEMA, cases::SCHEMA];
    let accounts = [accounts::SCHEMA];
    let kept = [rights::kept::SCHEMA];
    [store::SCHEMA, spine::SCHEMA, &slices, &accounts, &kept].concat()
}

/// How sensitive each column of the slices is.
pub const PRIVACY: &str = include_str!("../privacy.toml");

/// The pages without an account, and those of a service.
pub fn service(tandem: Tandem) -> Router {
    let app = App { law: tandem.law, clock: tandem.clock() };
    let routes = Router::new()
        .merge(accounts::router())
        .merge(cases::router())
        .merge(households::router())
        .merge(rights::kept::router())
        .merge(people::router())
        .with_state(tandem)
        .merge(rights::router(app));
    web::finish(routes, STYLES)
}

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

const STYLES: &[&str] = &[rights::STYLE, cases::STYLE];
