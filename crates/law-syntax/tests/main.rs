//! One binary for all the tests of the crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail loudly, their helpers too"
)]

mod diagnostics;
mod docs;
mod expressions;
mod format;
mod generator;
mod mistakes;
mod printer;
mod properties;
