//! A backup is worth its restore: every test restores.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod erased;
mod heads;
mod kit;
mod ledger;
mod restored;
mod tampered;
