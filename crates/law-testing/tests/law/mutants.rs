//! A slip that a test of the rules noticed once is noticed still: a sample of those that `cargo xtask mutants`
//! tries one and all.

use std::collections::BTreeSet;
use std::path::Path;

use base::Month;
use law::Law;
use law_testing::corpus::{answers, by_hand};
use law_testing::mutants::{self, Expected, Judge, listed};

use crate::frozen;

/// One slip out of so many; prime, so that the sample meets every kind of slip.
const ONE_IN: usize = 19;

fn judge(law: &Law) -> Judge {
    let mut judge = Judge::new(law, Month::of(2026, 11));
    let legislation = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../legislation");
    let cases = by_hand(law, &legislation).unwrap_or_else(|error| panic!("{error}"));
    for (name, household, month, expected) in cases {
        judge.add(name, household, month, Expected::Some(expected), &BTreeSet::new());
    }
    for line in frozen::lines() {
        let expected = Expected::All(answers(law, &line.household, line.month));
        let rules = line.values.into_keys().collect();
        judge.add("corpus".to_owned(), line.household, line.month, expected, &rules);
    }
    judge
}

#[test]
fn a_sample_of_slips_is_noticed_but_for_the_listed_ones() {
    let law = Law::national();
    let mut judge = judge(law);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let listed = listed(&std::fs::read_to_string(root.join("docs/mutants.md")).unwrap());
    let (first, last) = mutants::period();
    let all = mutants::mutants(law.book(), first, last);
    let mut unnoticed = Vec::new();
    for mut mutant in all.into_iter().skip(7).step_by(ONE_IN) {
        let told = (mutant.within.clone(), mutant.what.clone());
        if !listed.contains(&told) && judge.kills(&mut mutant).is_none() {
            unnoticed.push(format!("{} : {}", told.0, told.1));
        }
    }
    assert!(unnoticed.is_empty(), "no test notices\n{}", unnoticed.join("\n"));
}

#[test]
fn every_listed_slip_has_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("docs/mutants.md")).unwrap();
    let bare: Vec<&str> = text.lines().filter(|it| it.ends_with("|  |")).collect();
    assert!(bare.is_empty(), "{bare:#?}");
}
