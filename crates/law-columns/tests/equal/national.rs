//! The French law, on households drawn for the witness and on the examples.

use base::Month;
use law::Law;
use law::situation::{self, EXAMPLES};
use law_ir::Household;
use law_testing::{adapter, read_cases};

use crate::compared::{month, same};

/// The first `count` households of the witness drawn for that month.
pub fn witness(drawn_for: &str, count: usize) -> Vec<Household> {
    let path = format!("{}/../law-testing/cases/{drawn_for}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let cases = read_cases(&std::fs::read_to_string(path).unwrap()).unwrap();
    let household =
        |case| adapter::situation(case).to_household_of_any_age(Law::national()).unwrap();
    cases.iter().take(count).map(household).collect()
}

fn months(first: &str, count: i32) -> Vec<Month> {
    (0..count).map(|it| month(first).plus(it)).collect()
}

#[test]
fn the_examples_over_three_years() {
    let law = Law::national();
    let read = |it: &situation::Example| situation::read(law, it.json.as_bytes()).unwrap().1;
    let households: Vec<Household> = EXAMPLES.iter().map(read).collect();
    same(law.book(), &households, &months("2024-06", 36));
}

#[test]
fn the_households_of_the_witness() {
    same(Law::national().book(), &witness("2026-05", 400), &months("2026-05", 1));
}

#[test]
fn other_months_of_the_witness() {
    for drawn_for in ["2025-01", "2025-06", "2025-10", "2026-03", "2026-07", "2026-10"] {
        same(Law::national().book(), &witness(drawn_for, 40), &months(drawn_for, 1));
    }
}

/// A year that runs past what is known: amounts, then facts that are missing.
#[test]
fn a_year_of_months_at_once() {
    same(Law::national().book(), &witness("2026-05", 60), &months("2025-09", 12));
}

/// Before the first known value of many parameters: faults.
#[test]
fn long_before_the_law_begins() {
    same(Law::national().book(), &witness("2025-01", 40), &months("2021-11", 3));
}
