//! The decision against a model that is nothing but the sentences of the policy, and the laws that hold
//! whatever the policy says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod draw;
mod laws;
mod model;
