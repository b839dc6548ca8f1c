//! P2, P3, P4: what is sure before everything is known.

use std::collections::BTreeMap;

use base::{Month, Rational};
use law::{AidResult, Status};
use law_ir::{Book, Entity, Fact, History, Household, InputId, Instance, RuleId};

use super::shrink::Failing;
use super::trial::{Run, Trial, load};
use super::{Counterexample, Proof};
use crate::dice::Dice;
use crate::engine::{Bound, Sure, Unknowns, aids};
use crate::generate::{self, Knowledge, Landmarks};

/// The exact answer of a household known whole stays within the bounds of the same household with facts
/// hidden.
pub fn p2(engine: &dyn Unknowns, run: &Run) -> Proof {
    hidden("P2", run, |law, whole, hidden, month, dice| {
        let _ = dice;
        contradiction(engine, law, hidden, whole, month)
    })
}

/// Each answer, told one after the other, keeps the bounds where they were or brings them closer.
pub fn p3(engine: &dyn Unknowns, run: &Run) -> Proof {
    hidden("P3", run, |law, whole, hidden, month, dice| {
        let mut known = hidden.clone();
        let mut before = engine.bounds(law.book(), &known, month, &aids(law.book()));
        let mut missing = missing_facts(law.book(), whole, hidden);
        dice.shuffle(&mut missing);
        for (input, instance) in missing.into_iter().take(6) {
            known.set_fact(input, instance, whole.fact(input, instance).clone());
            let after = engine.bounds(law.book(), &known, month, &aids(law.book()));
            let wider = before.iter().zip(&after).find(|(before, after)| widens(before, after));
            if let Some((before, after)) = wider {
                let name = law.book().input(input).map(|it| it.name.clone()).unwrap_or_default();
                return Some(format!("telling {name} of {instance}: {before:?}, then {after:?}"));
            }
            before = after;
        }
        None
    })
}

/// No completion of the missing facts, drawn within their bounds, contradicts what was sure.
pub fn p4(engine: &dyn Unknowns, run: &Run) -> Proof {
    hidden("P4", run, |law, _, hidden, month, dice| {
        let landmarks = Landmarks::of(law.book());
        let other = generate::complete(dice, law.book(), &landmarks, month, hidden);
        contradiction(engine, law, hidden, &other, month)
    })
}

/// What a check is given: the law, the household known whole, the same with facts hidden.
type Check<'a> =
    dyn Fn(&law::Law, &Household, &Household, Month, &mut Dice<'_>) -> Option<String> + 'a;

fn hidden(
    property: &'static str,
    run: &Run,
    check: impl Fn(&law::Law, &Household, &Household, Month, &mut Dice<'_>) -> Option<String>,
) -> Proof {
    run.each(|trial, run| {
        let mut dice = trial.dice();
        let months = trial.months(&mut dice, run.months);
        let around = months.first().copied().unwrap_or(Month::of(2025, 1));
        let households = trial.households(&mut dice, run.households, around, |_| Knowledge::Whole);
        let mut done = 0;
        for whole in &households {
            let percent = dice.one_of([5, 20, 50, 100]);
            let hidden = with_holes(&mut dice, trial.book(), whole, percent);
            for month in &months {
                let choices = dice.clone();
                if check(&trial.law, whole, &hidden, *month, &mut dice).is_some() {
                    return Err(told(property, trial, &check, (whole, &hidden, *month, choices)));
                }
                done += 1;
            }
        }
        Ok(done)
    })
}

/// A smaller failure: what is dropped from the household known whole was no matter.
fn told(
    property: &'static str,
    trial: &Trial,
    check: &Check<'_>,
    (whole, hidden, month, choices): (&Household, &Household, Month, Dice<'_>),
) -> Box<Counterexample> {
    let found = |law: &law::Law, hidden: &Household, month: Month| {
        check(law, whole, hidden, month, &mut choices.clone())
    };
    let fails = |law: &law::Law, hidden: &Household, month: Month| {
        agrees(hidden, whole) && found(law, hidden, month).is_some()
    };
    let failing =
        Failing { text: trial.text.clone(), household: hidden.clone(), month, fails: &fails };
    let (text, household) = failing.shrunk();
    let law = load(&text);
    let law = law.as_ref().unwrap_or(&trial.law);
    let detail = found(law, &household, month).unwrap_or_default();
    Counterexample::new(property, trial.seed, &text, detail).with(law, &household, month)
}

/// Whether all that is known of the first is what is known of the second.
fn agrees(hidden: &Household, whole: &Household) -> bool {
    let same = |known: &History, input: InputId, instance: Instance| match whole
        .fact(input, instance)
    {
        Fact::Known(whole) => {
            let starts = known.points.iter().chain(&whole.points).map(|(month, _)| *month);
            let mut months = starts.chain(known.until);
            months.all(|month| known.at(month).is_none_or(|value| whole.at(month) == Some(value)))
        }
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => false,
    };
    hidden.facts.iter().enumerate().all(|(input, facts)| {
        facts.iter().enumerate().all(|(instance, fact)| match fact {
            Fact::Known(known) => {
                let instance = Instance::try_from(instance).unwrap_or(Instance::MAX);
                same(known, InputId::at(input), instance)
            }
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => true,
        })
    })
}

/// The same household with that share of its facts not told, in whole or in some months.
fn with_holes(
    dice: &mut Dice<'_>,
    book: &Book,
    household: &Household,
    percent: usize,
) -> Household {
    let mut res = household.clone();
    for (rank, input) in book.inputs.iter().enumerate() {
        let id = InputId::at(rank);
        for instance in instances(household, input.entity) {
            if !dice.chance(percent) {
                continue;
            }
            let hidden = match (dice.below(4), household.fact(id, instance)) {
                (0, Fact::Known(history)) if history.points.len() > 1 => {
                    // From some month on, nothing is known any more.
                    let keep = 1 + dice.below(history.points.len().saturating_sub(1));
                    let until = history.points.get(keep).map(|(month, _)| month.plus(-1));
                    let points = history.points.iter().take(keep).copied().collect();
                    Fact::Known(History { points, until, ..history.clone() })
                }
                (1, _) => Fact::Unknown,
                _ => Fact::NotAsked,
            };
            res.set_fact(id, instance, hidden);
        }
    }
    res
}

fn instances(household: &Household, entity: Entity) -> impl Iterator<Item = Instance> {
    (0..household.count(entity)).map(|it| Instance::try_from(it).unwrap_or(Instance::MAX))
}

fn missing_facts(book: &Book, whole: &Household, hidden: &Household) -> Vec<(InputId, Instance)> {
    let mut res = Vec::new();
    for (rank, input) in book.inputs.iter().enumerate() {
        let id = InputId::at(rank);
        let differs = |it: &Instance| whole.fact(id, *it) != hidden.fact(id, *it);
        res.extend(instances(whole, input.entity).filter(differs).map(|it| (id, it)));
    }
    res
}

/// Where the exact answer of the completed household is not one the bounds allow.
fn contradiction(
    engine: &dyn Unknowns,
    law: &law::Law,
    hidden: &Household,
    complete: &Household,
    month: Month,
) -> Option<String> {
    let aids = aids(law.book());
    let bounds = engine.bounds(law.book(), hidden, month, &aids);
    let exact = law_reference::evaluate(law.book(), complete, month, &aids, false);
    let exact: BTreeMap<(RuleId, Instance), AidResult> =
        exact.aids.into_iter().map(|it| ((it.aid, it.instance), it)).collect();
    if bounds.len() != exact.len() {
        return Some(format!("{} bounds for {} answers", bounds.len(), exact.len()));
    }
    // Whoever declares taxes outside the situation stays missing: a condition that fails or a fault may then
    // settle an aid before what every value would meet.
    let outsiders = complete.persons.iter().any(|it| it.tax_household.is_none());
    bounds.iter().find_map(|bound| {
        let impossible = bound.sure == Sure::Impossible && !outsiders;
        let exact = exact.get(&(bound.aid, bound.instance))?;
        let wrong = match exact.status {
            Status::Due => {
                impossible
                    || bound.sure == Sure::Excluded
                    || outside(bound, exact.amount.unwrap_or(Rational::ZERO))
            }
            Status::NotDue => {
                impossible || bound.sure == Sure::Due || outside(bound, Rational::ZERO)
            }
            // A tax household outside the situation stays missing whatever is told.
            Status::Incomplete => false,
            // What is too large to be computed is not a possible answer.
            Status::Impossible => {
                let too_large = matches!(exact.fault, Some(law::Fault::TooLarge { .. }));
                !too_large && !outsiders && matches!(bound.sure, Sure::Due | Sure::Excluded)
            }
        };
        wrong.then(|| {
            let (status, amount, fault) = (exact.status, exact.amount, &exact.fault);
            format!("{}: {bound:?}, exactly {status:?} {amount:?} {fault:?}", exact.name)
        })
    })
}

fn outside(bound: &Bound, amount: Rational) -> bool {
    if bound.sure == Sure::Impossible {
        return false; // Nothing is said of the amount.
    }
    amount < bound.low || bound.high.is_some_and(|high| amount > high)
}

/// Whether the second says less than the first.
fn widens(before: &Bound, after: &Bound) -> bool {
    let lost = before.sure != Sure::Open && before.sure != after.sure;
    let lower = after.low < before.low;
    let higher = match (before.high, after.high) {
        (Some(before), Some(after)) => after > before,
        (Some(_), None) => true,
        (None, _) => false,
    };
    // Nothing is said of the amount of what is impossible.
    after.sure != Sure::Impossible && (lost || lower || higher)
}
