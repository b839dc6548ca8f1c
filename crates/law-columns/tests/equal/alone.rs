//! A household alone through the plan.

use base::Month;
use law::Law;
use law_columns::{Plan, Scratch};
use proptest::prelude::*;

use crate::compared::{aids, cells, month, reference};
use crate::drawn::households;
use crate::national::witness;

#[track_caller]
fn same(households: &[law_ir::Household], months: &[Month]) {
    let book = Law::national().book();
    let aids = aids(book);
    let plan = Plan::new(book, &aids, months);
    let mut scratch = Scratch::default();
    for household in households {
        let answers = plan.one(book, household, &mut scratch);
        for (lane, month) in months.iter().enumerate() {
            for (at, aid) in aids.iter().enumerate() {
                let expected = reference(book, household, *month, *aid);
                assert_eq!(cells(&answers, lane, at, 0), expected, "aid {at} in {month}");
            }
        }
    }
}

#[test]
fn the_households_of_the_witness() {
    same(&witness("2026-05", 150), &[month("2026-05"), month("2026-04")]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_household(households in households(6), first in 0i32..30) {
        same(&households, &[month("2023-12").plus(first)]);
    }
}
