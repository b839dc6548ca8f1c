//! The service behind a sign-in: each test runs on both databases.

mod cases;
mod desks;
mod kit;
mod people;
mod privacy;
mod spine;
mod visible;
