//! The law of the house against the witness, and against what any law must obey.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod households;
mod legislation;
mod properties;
mod witness;
