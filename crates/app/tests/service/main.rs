//! The service behind a sign-in: each test runs on both databases.

mod accounts;
mod browser;
mod kit;
mod login_abuse;
mod person_space;
mod privacy;
mod samples;
mod spine;
mod structures;
