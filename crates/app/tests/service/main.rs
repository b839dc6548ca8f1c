//! The service behind a sign-in: each test runs on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod access_log;
mod accounts;
mod at_rest;
mod browser;
mod cases;
mod desks;
mod flows;
#[path = "../rights/html.rs"]
mod html;
mod kit;
mod leaks;
mod life;
mod login_abuse;
mod pages;
mod people;
mod person_space;
mod privacy;
mod routes;
mod samples;
mod spine;
mod structures;
mod visible;
