//! One household: its rights, the next question, three years, a budget curve.

use std::hint::black_box;
use std::time::Duration;

use base::{Month, Rational};
use law::projection::{Axis, Range, curve, extend, project};
use law::situation::{EXAMPLES, read};
use law::unknowns::{Effort, NextQuestion, next_question};
use law::{Entity, Fact, Household, InputId, Instance, Law};

use super::timing::{median, median_of};
use crate::{Refusal, Result, fr};

/// How many facts are missing when the next question is looked for.
pub const UNKNOWNS: usize = 25;
pub const MONTHS: u16 = 36;
pub const POINTS: i64 = 4_000;

/// Medians of one household.
pub struct Example {
    pub name: &'static str,
    pub traced: Duration,
    pub untraced: Duration,
    pub question: Duration,
    /// How many facts were missing, and mattered.
    pub missing: usize,
    pub projection: Duration,
    pub changes: usize,
    pub curve: Duration,
    pub jumps: usize,
}

pub struct Single {
    pub examples: Vec<Example>,
}

impl Single {
    /// The median of the households.
    pub fn median(&self, figure: impl Fn(&Example) -> Duration) -> Duration {
        median(self.examples.iter().map(figure).collect())
    }
}

pub fn measure(law: &Law, month: Month) -> Result<Single> {
    let examples = EXAMPLES.iter().map(|example| {
        let (_, household) = read(law, example.json.as_bytes())
            .map_err(|errors| Refusal(fr::bad_situation(example.title, &errors)))?;
        measure_one(law, &household, month, example.title)
    });
    Ok(Single { examples: examples.collect::<Result<_>>()? })
}

fn measure_one(
    law: &Law,
    household: &Household,
    month: Month,
    name: &'static str,
) -> Result<Example> {
    // A fault would make the calculation look fast: it is refused before any timing.
    if let Some(fault) = law.evaluate(household, month).aids.into_iter().find_map(|it| it.fault) {
        return Err(Refusal(fault.to_string()));
    }
    let (book, aids) = (law.book(), law.aids());
    let (asked, missing) = with_unknowns(law, household, month);
    let (extended, _) = extend(book, household, month);
    let projected = || project(book, &extended, month, MONTHS, &aids);
    let mut calculator = law.calculator(month);
    let drawn = || curve(book, household, month, &aids, Axis::earnings(0), earnings());
    Ok(Example {
        name,
        traced: median_of(|| drop(black_box(law.evaluate(household, month)))),
        untraced: median_of(|| drop(black_box(calculator.answer(household)))),
        question: median_of(|| drop(black_box(question(law, &asked, month)))),
        missing,
        projection: median_of(|| drop(black_box(projected()))),
        changes: projected().changes.len(),
        curve: median_of(|| drop(black_box(drawn()))),
        jumps: drawn().jumps.len(),
    })
}

/// From 1 € to 4,000 € of net pay a month, euro by euro.
fn earnings() -> Range {
    Range { from: Rational::ONE, to: Rational::from(POINTS), step: Rational::ONE }
}

fn question(law: &Law, household: &Household, month: Month) -> Option<NextQuestion> {
    next_question(law.book(), household, month, &law.aids(), Effort::USUAL, None)
}

/// The household with that many of its facts not asked yet, among those that matter; and how many. Birth
/// dates are kept: without them the next question is always the same.
fn with_unknowns(law: &Law, household: &Household, month: Month) -> (Household, usize) {
    let remaining = |it: &Household| question(law, it, month).map_or(0, |it| it.remaining);
    let mut res = household.clone();
    let mut missing = remaining(&res);
    for (id, instance) in known_facts(law, household) {
        if missing >= UNKNOWNS {
            break;
        }
        let before = res.fact(id, instance).clone();
        res.set_fact(id, instance, Fact::NotAsked);
        let now = remaining(&res);
        if now > missing && now <= UNKNOWNS {
            missing = now;
        } else {
            res.set_fact(id, instance, before);
        }
    }
    (res, missing)
}

fn known_facts(law: &Law, household: &Household) -> Vec<(InputId, Instance)> {
    let mut res = Vec::new();
    for (rank, input) in law.book().inputs.iter().enumerate() {
        let id = InputId::at(rank);
        let count = household.count(input.entity);
        for instance in (0..count).filter_map(|it| Instance::try_from(it).ok()) {
            let known = matches!(household.fact(id, instance), Fact::Known(_));
            if known && law.book().birth_date != Some(id) && input.entity != Entity::TaxHousehold {
                res.push((id, instance));
            }
        }
    }
    res
}
