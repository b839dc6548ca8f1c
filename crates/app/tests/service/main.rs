//! The service behind a sign-in: each test runs on both databases.

mod kit;
mod privacy;
mod spine;
