//! The service behind a sign-in: each test runs on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod cases;
mod desks;
mod flows;
#[path = "../rights/html.rs"]
mod html;
mod kit;
mod pages;
mod people;
mod privacy;
mod spine;
mod visible;
