//! The service behind a sign-in: each test runs on both databases.

mod access_log;
mod accounts;
mod at_rest;
mod browser;
mod cases;
mod desks;
mod kit;
mod life;
mod login_abuse;
mod people;
mod person_space;
mod privacy;
mod routes;
mod samples;
mod spine;
mod structures;
mod visible;
