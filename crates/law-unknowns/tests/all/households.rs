//! Whole households: the examples of situations and those of the witness.

use base::Month;
use law::Law;
use law::situation::EXAMPLES;
use law_ir::Household;
use law_testing::{adapter, read_cases};

const CASES: &str = include_str!("../../../law-testing/cases/2026-05.jsonl");

/// Each with the month it is about; at most that many of the witness’s.
pub fn whole(law: &Law, most: usize) -> Vec<(Household, Month)> {
    let mut res = Vec::new();
    for example in EXAMPLES {
        let (_, household) = law::situation::read(law, example.json.as_bytes()).unwrap();
        res.push((household, Month::of(2026, 5)));
    }
    for case in read_cases(CASES).unwrap().iter().take(most) {
        let household = adapter::situation(case).to_household_of_any_age(law).unwrap();
        res.push((household, case.month));
    }
    res
}
