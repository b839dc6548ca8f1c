//! P1, P7, P8, P10: engines that must answer the same.

use std::sync::Arc;

use base::Month;
use law::{Law, Status};
use law_ir::{Fact, Household};

use super::shrink::Failing;
use super::trial::{Run, Trial, load};
use super::{Counterexample, Proof};
use crate::engine::{Answers, Cell, Engine, Reference, aids};
use crate::generate::{Knowledge, situation};

/// Half of the households known whole, half in part.
fn mixed(rank: usize) -> Knowledge {
    if rank.is_multiple_of(2) { Knowledge::Whole } else { Knowledge::Partial }
}

/// The engine answers as the reference does.
pub fn p1(engine: &dyn Engine, run: &Run) -> Proof {
    run.each(|trial, run| {
        let mut dice = trial.dice();
        let months = trial.months(&mut dice, run.months);
        let around = months.first().copied().unwrap_or(Month::of(2025, 1));
        let households = trial.households(&mut dice, run.households, around, mixed);
        same("P1", trial, &Reference, engine, &households, &months)?;
        Ok(households.len() * months.len())
    })
}

/// The engine answers as the reference does on these households and months; a difference is made smaller.
pub fn same_as_reference(
    trial: &Trial,
    engine: &dyn Engine,
    households: &[Household],
    months: &[Month],
) -> Result<(), Box<Counterexample>> {
    same("P1", trial, &Reference, engine, households, months)
}

/// Compares two engines on all of it; a difference is made smaller.
fn same(
    property: &'static str,
    trial: &Trial,
    one: &dyn Engine,
    other: &dyn Engine,
    households: &[Household],
    months: &[Month],
) -> Result<(), Box<Counterexample>> {
    let aids = trial.aids();
    let expected = asked(one, other, trial.book(), households, months, &aids);
    let found = other.answer(trial.book(), households, months, &aids);
    let Some((household, month)) = first_difference(&expected, &found) else { return Ok(()) };
    let (Some(household), Some(month)) = (households.get(household), months.get(month)) else {
        let detail = format!("{} and {} answer for other households", one.name(), other.name());
        return Err(Counterexample::new(property, trial.seed, &trial.text, detail));
    };
    Err(shrunk(property, trial, one, other, (household, *month), (households, months)))
}

/// What the first answers, without what the second may know more of.
fn asked(
    one: &dyn Engine,
    other: &dyn Engine,
    book: &law::Book,
    households: &[Household],
    months: &[Month],
    aids: &[law::RuleId],
) -> Answers {
    let mut res = one.answer(book, households, months, aids);
    if other.knows_more() {
        for (household, months) in households.iter().zip(&mut res) {
            // Where something stays missing, a condition that fails or a fault may settle an aid before what
            // every completion would meet: only households known whole are compared.
            let open = household.persons.iter().any(|it| it.tax_household.is_none())
                || !is_whole(household);
            for cell in months.iter_mut().flatten().flatten() {
                let unsure = open || cell.is_some_and(|it| it.status == Status::Incomplete);
                if unsure {
                    *cell = None;
                }
            }
        }
    }
    res
}

/// Whether every fact is known in every month, flows as long as anybody asks.
fn is_whole(household: &Household) -> bool {
    household.facts.iter().flatten().all(|fact| match fact {
        Fact::Known(history) => {
            let from_the_start =
                history.points.first().is_some_and(|(from, _)| *from == Month::of(1, 1));
            let to_the_end = history.until.is_none_or(|it| it >= Month::of(2100, 1));
            from_the_start && to_the_end && history.points.iter().all(|(_, value)| value.is_some())
        }
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => false,
    })
}

fn shrunk(
    property: &'static str,
    trial: &Trial,
    one: &dyn Engine,
    other: &dyn Engine,
    (household, month): (&Household, Month),
    company: (&[Household], &[Month]),
) -> Box<Counterexample> {
    let both = |law: &Law, household: &Household, month: Month| {
        let aids = aids(law.book());
        let household = std::slice::from_ref(household);
        let expected = asked(one, other, law.book(), household, &[month], &aids);
        (expected, other.answer(law.book(), household, &[month], &aids))
    };
    let fails = |law: &Law, household: &Household, month: Month| {
        let (expected, found) = both(law, household, month);
        first_difference(&expected, &found).is_some()
    };
    let alone = fails(&trial.law, household, month);
    if !alone {
        return in_company(property, trial, one, other, company);
    }
    let household = household.clone();
    let (text, household) =
        Failing { text: trial.text.clone(), household, month, fails: &fails }.shrunk();
    let law = load(&text);
    let law = law.as_ref().unwrap_or(&trial.law);
    let (expected, found) = both(law, &household, month);
    let detail = differences(one, other, &expected, &found);
    Counterexample::new(property, trial.seed, &text, detail).with(law, &household, month)
}

fn differences(
    one: &dyn Engine,
    other: &dyn Engine,
    expected: &Answers,
    found: &Answers,
) -> String {
    format!("{} answers {expected:?}\n{} answers {found:?}", one.name(), other.name())
}

/// A difference seen only among other households or months: as few of them as still show it.
fn in_company(
    property: &'static str,
    trial: &Trial,
    one: &dyn Engine,
    other: &dyn Engine,
    (households, months): (&[Household], &[Month]),
) -> Box<Counterexample> {
    let aids = trial.aids();
    let both = |households: &[Household], months: &[Month]| {
        let expected = asked(one, other, trial.book(), households, months, &aids);
        (expected, other.answer(trial.book(), households, months, &aids))
    };
    let fails = |households: &[Household], months: &[Month]| {
        let (expected, found) = both(households, months);
        first_difference(&expected, &found).is_some()
    };
    let (mut households, mut months) = (households.to_vec(), months.to_vec());
    for rank in (0..months.len()).rev() {
        let mut fewer = months.clone();
        fewer.remove(rank);
        if fails(&households, &fewer) {
            months = fewer;
        }
    }
    for rank in (0..households.len()).rev() {
        let mut fewer = households.clone();
        fewer.remove(rank);
        if fails(&fewer, &months) {
            households = fewer;
        }
    }
    let (expected, found) = both(&households, &months);
    let told: Vec<String> = households
        .iter()
        .filter_map(|it| serde_json::to_string(&situation(trial.book(), it)).ok())
        .collect();
    let detail = format!(
        "only together: {} households in {months:?}\n{}\n{}",
        households.len(),
        differences(one, other, &expected, &found),
        told.join("\n")
    );
    Counterexample::new(property, trial.seed, &trial.text, detail)
}

/// The ranks of the household and the month of the first difference. An engine that does not claim to know
/// does not differ.
fn first_difference(expected: &Answers, found: &Answers) -> Option<(usize, usize)> {
    if expected.len() != found.len() {
        return Some((0, 0));
    }
    expected.iter().zip(found).enumerate().find_map(|(household, (expected, found))| {
        if expected.len() != found.len() {
            return Some((household, 0));
        }
        let month = expected.iter().zip(found).position(|(expected, found)| {
            expected.len() != found.len() || expected.iter().zip(found).any(|(a, b)| differ(a, b))
        });
        month.map(|month| (household, month))
    })
}

fn differ(expected: &[Option<Cell>], found: &[Option<Cell>]) -> bool {
    let cells = |(a, b): (&Option<Cell>, &Option<Cell>)| match (a, b) {
        (Some(a), Some(b)) => a != b,
        (None, _) | (_, None) => false,
    };
    expected.len() != found.len() || expected.iter().zip(found).any(cells)
}

/// A month among many is answered as it is alone.
pub fn p7(engine: &dyn Engine, run: &Run) -> Proof {
    run.each(|trial, run| {
        let mut dice = trial.dice();
        // Months that follow each other, as lanes do, and cross whatever starts there.
        let start = trial.landmarks.month(&mut dice).plus(-2);
        let count = i32::try_from(run.months.max(2)).unwrap_or(2);
        let months: Vec<Month> = (0..count).map(|ahead| start.plus(ahead)).collect();
        let households = trial.households(&mut dice, run.households, start, mixed);
        same("P7", trial, &OneMonthAtATime(engine), engine, &households, &months)?;
        Ok(households.len() * months.len())
    })
}

/// Asks for each month apart.
#[derive(Debug)]
struct OneMonthAtATime<'a>(&'a dyn Engine);

impl Engine for OneMonthAtATime<'_> {
    fn name(&self) -> &'static str {
        "one month at a time"
    }

    fn answer(
        &self,
        book: &law::Book,
        households: &[Household],
        months: &[Month],
        aids: &[law::RuleId],
    ) -> Answers {
        let mut res: Answers = vec![Vec::new(); households.len()];
        for month in months {
            let found = self.0.answer(book, households, &[*month], aids);
            for (all, of_month) in res.iter_mut().zip(found) {
                all.extend(of_month);
            }
        }
        res
    }
}

/// The order of households, how they are grouped and how many times they are told change nothing.
pub fn p8(engine: &dyn Engine, run: &Run) -> Proof {
    run.each(|trial, run| {
        let mut dice = trial.dice();
        let months = trial.months(&mut dice, run.months);
        let around = months.first().copied().unwrap_or(Month::of(2025, 1));
        let households = trial.households(&mut dice, run.households, around, mixed);
        let mut order: Vec<usize> = (0..households.len()).collect();
        dice.shuffle(&mut order);
        let size = 1 + dice.below(7);
        let regrouped = Regrouped { engine, order, size };
        same("P8", trial, engine, &regrouped, &households, &months)?;
        Ok(households.len() * months.len())
    })
}

/// The same households in another order, in small batches, each told twice.
#[derive(Debug)]
struct Regrouped<'a> {
    engine: &'a dyn Engine,
    order: Vec<usize>,
    size: usize,
}

impl Engine for Regrouped<'_> {
    fn name(&self) -> &'static str {
        "other batches"
    }

    fn answer(
        &self,
        book: &law::Book,
        households: &[Household],
        months: &[Month],
        aids: &[law::RuleId],
    ) -> Answers {
        if households.len() != self.order.len() {
            return self.engine.answer(book, households, months, aids);
        }
        let mut res: Answers = vec![Vec::new(); households.len()];
        for batch in self.order.chunks(self.size) {
            let told: Vec<Household> = batch
                .iter()
                .flat_map(|rank| households.get(*rank).into_iter().flat_map(|it| [it, it]))
                .cloned()
                .collect();
            let found = self.engine.answer(book, &told, months, aids);
            for (at, rank) in batch.iter().enumerate() {
                let twice = (found.get(2 * at), found.get(2 * at + 1));
                let (Some(slot), (Some(first), Some(second))) = (res.get_mut(*rank), twice) else {
                    continue;
                };
                // Copies that differ are told as no answer at all, which differs from any.
                *slot = if first == second { first.clone() } else { Vec::new() };
            }
        }
        res
    }
}

/// A law swapped in while another is in use answers as the same law loaded cold; the former one still answers
/// as it did, for those who hold it.
pub fn p10(engine: &dyn Engine, run: &Run) -> Proof {
    let mut shared: Option<Held> = None;
    run.each(|trial, run| {
        let Some(fresh) = load(&trial.text) else { return Ok(0) };
        let mut dice = trial.dice();
        let months = trial.months(&mut dice, run.months);
        let around = months.first().copied().unwrap_or(Month::of(2025, 1));
        let households = trial.households(&mut dice, run.households, around, mixed);
        let law = Arc::new(fresh);
        let answers = engine.answer(law.book(), &households, &months, &aids(law.book()));
        let count = households.len() * months.len();
        let swapped_in = Held { law, households, months, answers };
        let former = shared.replace(swapped_in.clone());
        for (held, who) in [(Some(swapped_in), "the law swapped in"), (former, "the former law")] {
            let Some(held) = held else { continue };
            let cold = if who == "the former law" { held.law.book() } else { trial.book() };
            let again = engine.answer(cold, &held.households, &held.months, &aids(cold));
            if again != held.answers {
                let detail = format!("{}: {who} answers otherwise", engine.name());
                return Err(Counterexample::new("P10", trial.seed, &trial.text, detail));
            }
        }
        Ok(count)
    })
}

/// A law in use and what it answered.
#[derive(Clone)]
struct Held {
    law: Arc<Law>,
    households: Vec<Household>,
    months: Vec<Month>,
    answers: Answers,
}
