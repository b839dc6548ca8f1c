//! Accounts: how somebody proves who they are.

pub mod store;

pub use store::SCHEMA;

use axum::Router;

use crate::spine::Tandem;

pub fn router() -> Router<Tandem> {
    Router::new()
}
