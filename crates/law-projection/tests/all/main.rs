//! The months to come, scenarios, what would change and curves: against the reference, and by hand.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod by_hand;
mod causes;
mod curve;
mod flips;
mod households;
mod projection;
mod scenarios;
