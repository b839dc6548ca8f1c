//! A service that is killed, refused by its disk, or cut: what it acknowledged is there, what it did not is not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod faults;
mod kills;
mod server;
