//! The columns say what the reference says: same statuses, same amounts, to the last digit.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod alone;
mod chunks;
mod compared;
mod container;
mod drawn;
mod generated;
mod national;
