//! Bounds against completions, questions, and what is proved not to matter.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod faults;
mod harness;
mod households;
mod national;
mod questions;
mod random_books;
mod stories;
