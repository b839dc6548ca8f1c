//! Households to try: the examples of the house, the cases worked out by hand, and those of the witness.

use std::fs;
use std::path::{Path, PathBuf};

use base::{Month, Rational};
use law::situation::{EXAMPLES, read};
use law::{Household, Law, RuleId};
use law_testing::{adapter, read_cases};
use serde_json::Value as Json;

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub fn euros(text: &str) -> Rational {
    text.parse().unwrap()
}

pub fn aid(name: &str) -> RuleId {
    Law::national().book().rule_named(name).unwrap()
}

fn beside(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn example(key: &str) -> Household {
    let example = EXAMPLES.iter().find(|it| it.key == key).unwrap();
    let (_, household) = read(Law::national(), example.json.as_bytes()).unwrap();
    household
}

/// The situation of a case written beside a benefit, after some changes.
pub fn case(path: &str, change: impl FnOnce(&mut Json)) -> Household {
    let text = fs::read_to_string(beside("../../legislation").join(path)).unwrap();
    let mut case: Json = serde_json::from_str(&text).unwrap();
    change(&mut case["situation"]);
    let situation = serde_json::to_vec(&case["situation"]).unwrap();
    let (_, household) = read(Law::national(), &situation).unwrap_or_else(|it| panic!("{it:#?}"));
    household
}

/// Every `step`-th household of the witness, with the month it was drawn for.
pub fn witnesses(step: usize) -> Vec<(Month, Household)> {
    let mut res = Vec::new();
    for file in ["2025-06", "2026-03", "2026-10"] {
        let path = beside("../law-testing/cases").join(format!("{file}.jsonl"));
        for case in
            read_cases(&fs::read_to_string(path).unwrap()).unwrap().into_iter().step_by(step)
        {
            let situation = adapter::situation(&case);
            let household = situation.to_household_of_any_age(Law::national()).unwrap();
            res.push((case.month, household));
        }
    }
    res
}
