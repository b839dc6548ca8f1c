//! Hides facts of a household, bounds it, completes it at random, and compares with the exact answer.

use base::{Date, Month, Rational};
use law_ir::{
    Book, Fact, History, Household, Input, InputId, Instance, Nature, RuleId, Type, Value,
};
use law_reference::{AidResult, Status, evaluate};
use law_testing::dice::Dice;
use law_testing::generate::Landmarks;
use law_unknowns::{AidBounds, Certainty, Effort, bounds};

/// What was tried, and what was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Partial households.
    pub households: usize,
    pub completions: usize,
    /// Aids of partial households, by what was said of them.
    pub certain: usize,
    pub excluded: usize,
    pub possible: usize,
    pub impossible: usize,
    /// Possible, and no completion tried tells two different stories.
    pub constant: usize,
    /// For each of the first aids: its rank, how often it was possible, and constant.
    pub by_aid: [(usize, usize, usize); 8],
}

pub struct Trial<'a> {
    pub book: &'a Book,
    pub landmarks: &'a Landmarks,
    pub aids: &'a [RuleId],
    pub month: Month,
    pub effort: Effort,
}

impl Trial<'_> {
    /// Bounds a household with facts hidden, and tries this many completions; `Err` tells what is wrong.
    pub fn run(
        &self,
        dice: &mut Dice<'_>,
        whole: &Household,
        partial: &Household,
        completions: usize,
        tally: &mut Tally,
    ) -> Result<(), String> {
        let said = bounds(self.book, partial, self.month, self.aids, self.effort);
        let mut seen = vec![(false, false); said.len()];
        tally.households += 1;
        for round in 0..completions {
            let completed = match round {
                0 => whole.clone(),
                _ => self.completed(dice, partial, whole, round),
            };
            tally.completions += 1;
            let exact = evaluate(self.book, &completed, self.month, self.aids, false);
            for (rank, (said, exact)) in said.iter().zip(&exact.aids).enumerate() {
                self.agrees(said, exact).map_err(|why| {
                    format!("{why}\nsaid {said:?}\npartial {partial:?}\ncompleted {completed:?}")
                })?;
                let due = exact.status == Status::Due;
                seen[rank].0 |= due;
                seen[rank].1 |= !due;
            }
        }
        for (said, (due, not)) in said.iter().zip(seen) {
            match said.certainty {
                Certainty::Certain | Certainty::Reserved => tally.certain += 1,
                Certainty::Excluded => tally.excluded += 1,
                Certainty::Impossible => tally.impossible += 1,
                Certainty::Possible => {
                    tally.possible += 1;
                    let constant = usize::from(!(due && not));
                    tally.constant += constant;
                    let rank = self.aids.iter().position(|it| *it == said.aid).unwrap();
                    if let Some(slot) = tally.by_aid.get_mut(rank) {
                        *slot = (rank, slot.1 + 1, slot.2 + constant);
                    }
                }
            }
        }
        Ok(())
    }

    pub fn agrees(&self, said: &AidBounds, exact: &AidResult) -> Result<(), String> {
        assert_eq!((said.aid, said.instance), (exact.aid, exact.instance));
        let amount = match (exact.status, exact.amount) {
            (Status::Due | Status::NotDue, Some(amount)) => amount,
            // Outgrowing exact arithmetic is not an answer that counts.
            (Status::Impossible, _)
                if matches!(exact.fault, Some(law_reference::Fault::TooLarge { .. })) =>
            {
                return Ok(());
            }
            (Status::Impossible, _) => {
                return match said.certainty {
                    Certainty::Possible | Certainty::Impossible => Ok(()),
                    other => Err(format!("{other:?}, yet {:?}", exact.fault)),
                };
            }
            // A tax household outside the situation stays missing.
            (Status::Incomplete, _) if exact.missing.iter().all(|it| it.input.is_none()) => {
                return if said.certainty == Certainty::Impossible {
                    Err("impossible, yet something is only missing".to_owned())
                } else {
                    Ok(())
                };
            }
            other => return Err(format!("a completion left {other:?}: {:?}", exact.missing)),
        };
        let due = exact.status == Status::Due;
        let inside = said.low <= amount && said.high.is_none_or(|high| amount <= high);
        let right = match said.certainty {
            Certainty::Certain | Certainty::Reserved => due,
            Certainty::Excluded => !due,
            Certainty::Possible => true,
            Certainty::Impossible => false,
        };
        if inside && right { Ok(()) } else { Err(format!("exactly {:?} {amount}", exact.status)) }
    }

    /// A value in each missing month of each missing fact.
    pub fn completed(
        &self,
        dice: &mut Dice<'_>,
        partial: &Household,
        whole: &Household,
        round: usize,
    ) -> Household {
        let mut res = partial.clone();
        // Near the household it comes from, or anywhere.
        let kept = [95, 80, 50, 0][round % 4];
        for (input, instance) in facts(self.book, partial) {
            let fact = partial.fact(input, instance);
            if !is_missing(fact, self.month) {
                continue;
            }
            let kept = dice.chance(kept);
            let fact = self.filled(dice, input, fact, kept.then(|| whole.fact(input, instance)));
            res.set_fact(input, instance, fact);
        }
        res
    }

    fn filled(&self, dice: &mut Dice<'_>, id: InputId, fact: &Fact, like: Option<&Fact>) -> Fact {
        let input = &self.book.inputs[id.index()];
        let known = |fact: &Fact, month| match fact {
            Fact::Known(history) => history.at(month),
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
        };
        let mut value = self.value(dice, input);
        let steady = input.nature == Nature::Permanent || dice.chance(60);
        let mut points = Vec::new();
        for ago in (-4..=40).rev() {
            let month = self.month.plus(-ago);
            let mut now = known(fact, month);
            if now.is_none() {
                if !steady && dice.chance(30) {
                    value = self.value(dice, input);
                }
                now = like.and_then(|it| known(it, month)).or(Some(value));
            }
            points.push((month, now));
        }
        points[0].0 = Month::of(1, 1);
        Fact::Known(History { points, until: None, provenance: String::new() })
    }

    pub fn value(&self, dice: &mut Dice<'_>, input: &Input) -> Value {
        match input.ty {
            Type::Bool => Value::Bool(dice.chance(50)),
            Type::Enum(id) => {
                let cases = &self.book.enumeration(id).unwrap().cases;
                Value::Case(dice.pick(cases).unwrap())
            }
            Type::Date => Value::Date(self.day(dice)),
            Type::Number(_) | Type::Zero | Type::Unknown => Value::Number(self.number(dice, input)),
        }
    }

    fn day(&self, dice: &mut Dice<'_>) -> Date {
        match dice.below(5) {
            0 => self.landmarks.near_day(dice),
            1..=3 => {
                let age = dice.one_of([0, 1, 3, 5, 11, 14, 16, 18, 20, 21, 25, 28, 40, 62]);
                let month = self.month.plus(-12 * age).plus(dice.between(-2, 2));
                let first = month.first_day().unwrap();
                let day =
                    if dice.chance(50) { 1 } else { i8::try_from(dice.between(1, 28)).unwrap() };
                Date::new(first.year(), first.month_of_year(), day)
            }
            _ => {
                let year = i16::try_from(dice.between(1920, 2030)).unwrap();
                Date::new(year, i8::try_from(dice.between(1, 12)).unwrap(), 28)
            }
        }
        .unwrap_or_else(|| dice.one_of([Date::new(1, 1, 1), Date::new(9999, 12, 31)]).unwrap())
    }

    fn number(&self, dice: &mut Dice<'_>, input: &Input) -> Rational {
        let value = match dice.below(10) {
            0..=3 => Rational::ZERO,
            4..=6 => self.landmarks.near_number(dice).unwrap_or(Rational::ZERO),
            7 => Rational::from_cents(i64::from(dice.between(-5_000, 5_000))),
            8 => Rational::from_cents(i64::from(dice.between(0, 400_000))),
            _ => Rational::from_cents(i64::from(dice.between(0, i32::MAX))),
        };
        match input.bounds {
            Some((Value::Number(low), Value::Number(high))) => match dice.below(20) {
                0 => low,
                1 => high,
                _ => value.clamp(low, high),
            },
            _ => value,
        }
    }
}

pub fn facts(book: &Book, household: &Household) -> Vec<(InputId, Instance)> {
    let mut res = Vec::new();
    for (rank, input) in book.inputs.iter().enumerate() {
        for instance in 0..household.count(input.entity) {
            res.push((InputId::at(rank), Instance::try_from(instance).unwrap()));
        }
    }
    res
}

fn is_missing(fact: &Fact, month: Month) -> bool {
    match fact {
        Fact::Known(history) => (-4..=40).any(|ago| history.at(month.plus(-ago)).is_none()),
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => true,
    }
}

/// Hides that many facts out of a hundred; some only from a month on or before one.
pub fn hide(
    dice: &mut Dice<'_>,
    book: &Book,
    whole: &Household,
    month: Month,
    percent: usize,
) -> Household {
    let mut res = whole.clone();
    for (input, instance) in facts(book, whole) {
        if !dice.chance(percent) {
            continue;
        }
        let fact = match (whole.fact(input, instance), dice.below(6)) {
            (Fact::Known(history), 0) => {
                let until = Some(month.plus(-dice.between(0, 14)));
                Fact::Known(History { until, ..history.clone() })
            }
            (Fact::Known(history), 1) => {
                let from = month.plus(-dice.between(0, 14));
                let mut history = history.clone();
                history.points.retain(|(at, _)| *at > from);
                history.points.insert(0, (from, whole_at(whole, input, instance, from)));
                Fact::Known(history)
            }
            (_, 2) => Fact::Unknown,
            _ => Fact::NotAsked,
        };
        res.set_fact(input, instance, fact);
    }
    res
}

fn whole_at(whole: &Household, input: InputId, instance: Instance, month: Month) -> Option<Value> {
    match whole.fact(input, instance) {
        Fact::Known(history) => history.at(month),
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
    }
}
