//! The law of the house against the witness, and against what any law must obey.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod declared;
mod frozen;
mod fuzzed;
mod households;
mod legislation;
mod mutants;
mod proof;
mod properties;
mod witness;
