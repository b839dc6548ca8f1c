//! Tables of persons in, answers out: the same as one situation at a time, and the same sentences.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod answers;
mod mistakes;
mod types;

use arrow_array::RecordBatch;
use base::Month;
use law::Law;
use law::situation::{EXAMPLES, Situation, read};
use law_arrow::export::{self, Row};

pub const MAY: fn() -> Month = || Month::of(2026, 5);

/// The ready-made situations.
pub fn situations() -> Vec<Situation> {
    EXAMPLES.iter().map(|it| read(Law::national(), it.json.as_bytes()).unwrap().0).collect()
}

pub fn rows(situations: &[Situation]) -> Vec<Row> {
    let book = Law::national().book();
    let of = |(rank, it): (usize, &Situation)| export::rows(book, &format!("f{rank}"), it).unwrap();
    situations.iter().enumerate().flat_map(of).collect()
}

pub fn flat(situations: &[Situation]) -> RecordBatch {
    export::batch(Law::national(), &rows(situations)).unwrap()
}
