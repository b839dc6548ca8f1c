//! Every promise of the store, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod catalogue;
mod chain;
mod killed;
mod migrating;
mod privacy;
mod queue;
mod transactions;
mod values;
