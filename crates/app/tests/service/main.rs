//! The service behind a sign-in: each test runs on both databases.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod accounts;
mod browser;
mod kit;
mod login_abuse;
mod person_space;
mod privacy;
mod samples;
mod spine;
mod structures;
