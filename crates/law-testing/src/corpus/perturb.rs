//! Households next to those we have: one fact, one birthday, one month away.

use std::collections::BTreeSet;

use base::{Month, Rational};
use law::{Law, Nature, Type, Value};
use law_ir::{Fact, History, Household, Input, InputId, Instance, Membership};

use super::{facts_of, members};
use crate::dice::Dice;
use crate::generate::Landmarks;

/// Draws households near others.
#[derive(Debug)]
pub struct Pool<'a> {
    pub law: &'a Law,
    pub landmarks: Landmarks,
    /// The first and the last month asked about.
    pub period: (Month, Month),
}

impl<'a> Pool<'a> {
    pub fn new(law: &'a Law, period: (Month, Month)) -> Self {
        Self { law, landmarks: Landmarks::of(law.book()), period }
    }

    /// One to four changes.
    pub fn near(
        &self,
        dice: &mut Dice<'_>,
        household: &Household,
        month: Month,
    ) -> (Household, Month) {
        let (mut res, mut month) = (household.clone(), month);
        for _ in 0..1 + dice.below(4) {
            match dice.below(10) {
                0 => month = self.month(dice),
                1 => share(dice, &mut res),
                2 | 3 => self.birthday(dice, &mut res, month),
                _ => self.fact(dice, &mut res, month, None),
            }
        }
        (res, month)
    }

    /// One to four changes of these facts and of the members, the month staying the same.
    pub fn near_among(
        &self,
        dice: &mut Dice<'_>,
        household: &Household,
        month: Month,
        among: &BTreeSet<InputId>,
    ) -> Household {
        let mut res = household.clone();
        let ages = self.law.book().birth_date.is_some_and(|it| among.contains(&it));
        for _ in 0..1 + dice.below(4) {
            match dice.below(12) {
                0 => share(dice, &mut res),
                1 => members::add(dice, self.law, &mut res),
                2..=4 if ages => self.birthday(dice, &mut res, month),
                _ => self.fact(dice, &mut res, month, Some(among)),
            }
        }
        res
    }

    fn month(&self, dice: &mut Dice<'_>) -> Month {
        let (first, last) = self.period;
        let any = first.plus(dice.between(0, last.since(first)));
        let within = |it: &Month| first <= *it && *it <= last;
        let starts: Vec<Month> = self.landmarks.months.iter().copied().filter(within).collect();
        match dice.pick(&starts) {
            Some(start) if dice.chance(60) => start.plus(dice.between(-1, 1)).clamp(first, last),
            _ => any,
        }
    }

    fn birthday(&self, dice: &mut Dice<'_>, household: &mut Household, month: Month) {
        let Some(birth) = self.law.book().birth_date else { return };
        let person = dice.below(household.persons.len());
        let child = household
            .persons
            .get(person)
            .is_some_and(|it| matches!(it.membership, Membership::Child { .. }));
        let age = if child {
            dice.one_of([0, 1, 2, 3, 5, 6, 10, 11, 14, 16, 18, 19, 20, 21, 22, 25])
        } else {
            dice.one_of([17, 18, 20, 24, 25, 26, 30, 60, 62, 64, 67])
        };
        let around = match self.small_landmark(dice).filter(|_| dice.chance(40)) {
            Some(months) if dice.chance(30) => month.plus(-months).plus(dice.between(-1, 1)),
            Some(years) => month.plus(years.saturating_mul(-12)).plus(dice.between(-1, 1)),
            None => month.plus(-12 * age).plus(dice.between(-4, 1)),
        };
        let day = match (around.first_day(), dice.below(3)) {
            (Some(first), 0) => first,
            (Some(first), 1) => {
                base::Date::new(first.year(), first.month_of_year(), 2).unwrap_or(first)
            }
            (Some(first), _) => [31, 30, 29, 28]
                .into_iter()
                .find_map(|day| base::Date::new(first.year(), first.month_of_year(), day))
                .unwrap_or(first),
            (None, _) => return,
        };
        let person = Instance::try_from(person).unwrap_or(Instance::MAX);
        household.set_fact(birth, person, always(Value::Date(day)));
    }

    /// A whole number of years or months that the book speaks of.
    fn small_landmark(&self, dice: &mut Dice<'_>) -> Option<i32> {
        let it = dice.pick(&self.landmarks.numbers).filter(|it| it.is_integer())?;
        i32::try_from(it.numerator()).ok().filter(|it| (0..=120).contains(it))
    }

    fn fact(
        &self,
        dice: &mut Dice<'_>,
        household: &mut Household,
        month: Month,
        among: Option<&BTreeSet<InputId>>,
    ) {
        let mut all = facts_of(self.law, household);
        all.retain(|(id, _)| among.is_none_or(|it| it.contains(id)));
        let Some((id, instance)) = dice.pick(&all) else { return };
        let Some(input) = self.law.book().input(id) else { return };
        if Some(id) == self.law.book().birth_date {
            return;
        }
        if input.nature == Nature::Flow && among.is_some() && dice.chance(30) {
            let most = if dice.chance(60) { 4 } else { 36 };
            let only = month.plus(-dice.between(0, most));
            let value = self.value(dice, input, month, now(household, id, instance, only));
            if let Some(fact) = in_one_month(household.fact(id, instance), only, value) {
                household.set_fact(id, instance, fact);
            }
            return;
        }
        let value = self.value(dice, input, month, now(household, id, instance, month));
        let before = now(household, id, instance, month);
        let changes = input.nature != Nature::Permanent && dice.chance(30);
        let fact = match before {
            Some(before) if changes => {
                let long_ago = among.is_some() && dice.chance(50);
                let most = if long_ago { 36 } else { 5 };
                let at = month.plus(-dice.between(0, most));
                let points = vec![(Month::of(1, 1), Some(before)), (at, Some(value))];
                let until = (input.nature == Nature::Flow).then(|| month.plus(24));
                Fact::Known(History { points, until, provenance: String::new() })
            }
            _ => always(value),
        };
        household.set_fact(id, instance, fact);
    }

    fn value(
        &self,
        dice: &mut Dice<'_>,
        input: &Input,
        month: Month,
        before: Option<Value>,
    ) -> Value {
        match input.ty {
            Type::Bool => Value::Bool(before != Some(Value::Bool(true))),
            Type::Enum(id) => {
                let cases = self.law.book().enumeration(id).map(|it| it.cases.as_slice());
                let case = dice.pick(cases.unwrap_or_default());
                case.map_or(Value::Bool(false), Value::Case)
            }
            Type::Date => {
                let ago = dice.one_of([0, 1, 2, 3, 4, 6, 7, 12, 18, 60, 61, 120]);
                let ago = match self.small_landmark(dice).filter(|_| dice.chance(30)) {
                    Some(years) if dice.chance(50) => years.saturating_mul(12),
                    Some(months) => months,
                    None => ago,
                };
                let around = month.plus(-ago).first_day();
                let day = around.and_then(|it| {
                    let day = dice.one_of([1, 2, 15, 28]);
                    base::Date::new(it.year(), it.month_of_year(), day)
                });
                let near = self.landmarks.near_day(dice).filter(|_| dice.chance(20));
                near.or(day).map_or(Value::Bool(false), Value::Date)
            }
            Type::Number(_) | Type::Zero | Type::Unknown => {
                let number = match dice.below(7) {
                    0 => Rational::ZERO,
                    1 | 2 => self.landmarks.near_number(dice).unwrap_or(Rational::ONE),
                    3 => Rational::from(dice.between(1, 40)),
                    4 => Rational::from_cents(i64::from(dice.between(100, 300_000))),
                    5 => Rational::from_cents(i64::from(dice.between(300_000, 6_000_000))),
                    _ => {
                        let by = dice.one_of([1, -1, 100, -100, 10_000, -10_000]);
                        let before = before.and_then(Value::as_number).unwrap_or(Rational::ONE);
                        before.checked_add(Rational::from_cents(by)).unwrap_or(before)
                    }
                };
                Value::Number(admitted(input, number))
            }
        }
    }
}

/// The value of a fact in that month.
pub(super) fn now(
    household: &Household,
    input: InputId,
    instance: Instance,
    month: Month,
) -> Option<Value> {
    match household.fact(input, instance) {
        Fact::Known(history) => history.at(month).or_else(|| history.at(month.plus(-3))),
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
    }
}

pub(super) fn always(value: Value) -> Fact {
    let points = vec![(Month::of(1, 1), Some(value))];
    Fact::Known(History { points, until: None, provenance: String::new() })
}

/// The fact with another value in that month only; `None` when nothing is known of it then.
pub(super) fn in_one_month(fact: &Fact, only: Month, value: Value) -> Option<Fact> {
    let Fact::Known(history) = fact else { return None };
    let (before, after) = (history.at(only)?, only.plus(1));
    let next = history.at(after).unwrap_or(before);
    let mut points: Vec<_> =
        history.points.iter().filter(|(from, _)| *from < only).copied().collect();
    points.push((only, Some(value)));
    points.push((after, Some(next)));
    points.extend(history.points.iter().filter(|(from, _)| *from > after));
    let until = history.until.unwrap_or_else(|| only.plus(60)).max(after);
    Some(Fact::Known(History { points, until: Some(until), provenance: String::new() }))
}

/// Within the bounds of the fact; never negative, cents at most.
pub(super) fn admitted(input: &Input, value: Rational) -> Rational {
    let value = value
        .rounded(Rational::from_cents(1), base::Rounding::Nearest)
        .unwrap_or(value)
        .max(Rational::ZERO);
    match input.bounds {
        Some((Value::Number(low), Value::Number(high))) => value.clamp(low, high),
        _ => value,
    }
}

/// A child who lives half of the time elsewhere, or not at all here.
fn share(dice: &mut Dice<'_>, household: &mut Household) {
    let rank = dice.below(household.persons.len());
    let half = Rational::new(1, 2).unwrap_or(Rational::ONE);
    if let Some(person) = household.persons.get_mut(rank)
        && let Membership::Child { share } = &mut person.membership
    {
        *share = dice.one_of([Rational::ONE, half, Rational::ZERO]);
    }
}
