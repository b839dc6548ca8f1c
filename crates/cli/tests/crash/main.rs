//! A service that is killed, refused by its disk, or cut: what it acknowledged is there, what it did not is not.

mod faults;
mod kills;
mod server;
