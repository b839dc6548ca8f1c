//! Laws nobody wrote, on households nobody is.

use base::Month;
use law_columns::{Plan, Scratch};
use law_ir::{Book, Household, RuleId};
use law_testing::engine::{Answers, Cell, Columns, Engine};
use law_testing::proof::{self, Run};

/// The plan on one household after the other, with the same memory.
#[derive(Debug)]
struct Alone;

impl Engine for Alone {
    fn name(&self) -> &'static str {
        "seul"
    }

    fn answer(
        &self,
        book: &Book,
        households: &[Household],
        months: &[Month],
        aids: &[RuleId],
    ) -> Answers {
        let plan = Plan::new(book, aids, months);
        let mut scratch = Scratch::default();
        let mut one = |household: &Household| {
            let told = plan.one(book, household, &mut scratch);
            let cells = |month, aid| {
                (0..told.instances(aid, 0))
                    .map(|instance| {
                        let cell = told.cell(month, aid, 0, instance)?;
                        Some(Cell { status: cell.status, amount: cell.amount })
                    })
                    .collect()
            };
            (0..months.len())
                .map(|month| (0..aids.len()).map(|aid| cells(month, aid)).collect())
                .collect()
        };
        households.iter().map(&mut one).collect()
    }
}

#[track_caller]
fn same(engine: &dyn Engine, first_seed: u64, comparisons: usize) {
    let run = Run { first_seed, ..Run::of(comparisons) };
    if let Err(counterexample) = proof::p1(engine, &run) {
        panic!("{counterexample}");
    }
}

#[test]
fn a_household_alone() {
    same(&Alone, 1, 20_000);
}

#[test]
fn households_in_columns() {
    same(&Columns, 1, 20_000);
}

/// A table no version of which is in force, one of whose keys is not known: missing, not a fault.
#[test]
fn a_table_without_version_and_a_key_that_is_missing() {
    same(&Columns, 77_848, 100);
    same(&Alone, 77_848, 100);
}
