//! The slice `rights`, seen by who uses it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod ahead;
mod browser;
mod facts;
mod form;
mod headers;
mod html;
mod interview;
mod pages;
mod result;
