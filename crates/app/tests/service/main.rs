//! The service behind a sign-in: each test runs on both databases.

mod access_log;
mod at_rest;
mod cases;
mod desks;
mod kit;
mod life;
mod people;
mod privacy;
mod routes;
mod spine;
mod visible;
