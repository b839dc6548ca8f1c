//! Households of any shape, with any state of each fact.

use base::{Month, Rational};
use law_ir::{
    Book, Dwelling, Fact, Family, History, Household, Input, Instance, Membership, Nature, Person,
    TaxHousehold, Type, Unit, Value,
};

use super::Landmarks;
use super::values;
use crate::dice::Dice;

/// How much is known of a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// Every fact, every month.
    Whole,
    /// Facts not asked, unknown or not applicable, and histories with gaps.
    Partial,
}

/// A household for this book, whose births fall around `month`.
pub fn household(
    dice: &mut Dice<'_>,
    book: &Book,
    landmarks: &Landmarks,
    month: Month,
    knowledge: Knowledge,
) -> Household {
    let mut res = structure(dice);
    let drawing = Drawing { book, landmarks, month, knowledge };
    for (rank, input) in book.inputs.iter().enumerate() {
        for instance in 0..res.count(input.entity) {
            let fact = drawing.fact(dice, input);
            res.set_fact(law_ir::InputId::at(rank), instance_of(instance), fact);
        }
    }
    res
}

/// The same household with every missing month of every fact filled: any value the fact admits.
pub fn complete(
    dice: &mut Dice<'_>,
    book: &Book,
    landmarks: &Landmarks,
    month: Month,
    household: &Household,
) -> Household {
    let mut res = household.clone();
    let drawing = Drawing { book, landmarks, month, knowledge: Knowledge::Whole };
    for (rank, input) in book.inputs.iter().enumerate() {
        let id = law_ir::InputId::at(rank);
        for instance in 0..household.count(input.entity) {
            let instance = instance_of(instance);
            let filled = match household.fact(id, instance) {
                Fact::Known(history) => Fact::Known(drawing.without_gaps(dice, input, history)),
                Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => drawing.fact(dice, input),
            };
            res.set_fact(id, instance, filled);
        }
    }
    res
}

fn instance_of(rank: usize) -> Instance {
    Instance::try_from(rank).unwrap_or(Instance::MAX)
}

/// One to seven persons; mostly one family, sometimes three, whose members are declared in any order.
fn structure(dice: &mut Dice<'_>) -> Household {
    let families = dice.one_of([1, 1, 1, 1, 2, 3]);
    let count = families + dice.below(5);
    let mut order: Vec<Instance> = (0..count).map(instance_of).collect();
    dice.shuffle(&mut order);
    let persons = (0..count).map(|rank| Person {
        id: format!("p{rank}"),
        label: format!("p{rank}"),
        family: 0,
        tax_household: None,
        dwelling: 0,
        membership: Membership::Applicant,
    });
    let mut res = Household { persons: persons.collect(), ..Household::default() };
    let (applicants, others) = order.split_at(families.min(order.len()));
    for applicant in applicants {
        let applicant = *applicant;
        let rank = instance_of(res.families.len());
        res.families.push(Family { applicant, ..Family::default() });
        set(&mut res, applicant, |it| it.family = rank);
    }
    for person in others {
        join_family(dice, &mut res, *person);
    }
    dice.shuffle(&mut order);
    tax_households(dice, &mut res, &order);
    dwellings(dice, &mut res, &order);
    res
}

fn set(household: &mut Household, person: Instance, change: impl FnOnce(&mut Person)) {
    if let Some(person) = household.persons.get_mut(usize::from(person)) {
        change(person);
    }
}

fn join_family(dice: &mut Dice<'_>, household: &mut Household, person: Instance) {
    let rank = dice.below(household.families.len());
    let as_partner = dice.chance(35);
    let half = Rational::new(1, 2).unwrap_or(Rational::ONE);
    let share = dice.one_of([Rational::ONE, Rational::ONE, half, Rational::ZERO]);
    let Some(family) = household.families.get_mut(rank) else { return };
    let membership = if as_partner && family.partner.is_none() {
        family.partner = Some(person);
        Membership::Partner
    } else {
        family.children.push(person);
        Membership::Child { share }
    };
    set(household, person, |it| {
        it.family = instance_of(rank);
        it.membership = membership;
    });
}

/// One or two declarants and their dependants; some persons declare outside the situation.
fn tax_households(dice: &mut Dice<'_>, household: &mut Household, order: &[Instance]) {
    for person in order {
        let groups = household.tax_households.len();
        let rank = match dice.below(5) {
            4 => continue,
            0 | 1 if groups > 0 => {
                let rank = dice.below(groups);
                if let Some(group) = household.tax_households.get_mut(rank) {
                    group.dependants.push(*person);
                }
                rank
            }
            2 if groups > 0 => {
                let rank = dice.below(groups);
                if let Some(group) = household.tax_households.get_mut(rank) {
                    if group.declarants.len() < 2 {
                        group.declarants.push(*person);
                    } else {
                        group.dependants.push(*person);
                    }
                }
                rank
            }
            _ => {
                let group = TaxHousehold { declarants: vec![*person], dependants: Vec::new() };
                household.tax_households.push(group);
                groups
            }
        };
        set(household, *person, |it| it.tax_household = Some(instance_of(rank)));
    }
}

fn dwellings(dice: &mut Dice<'_>, household: &mut Household, order: &[Instance]) {
    for person in order {
        let groups = household.dwellings.len();
        let rank = if groups > 0 && !dice.chance(20) { dice.below(groups) } else { groups };
        match household.dwellings.get_mut(rank) {
            Some(group) => group.occupants.push(*person),
            None => household.dwellings.push(Dwelling { occupants: vec![*person] }),
        }
        set(household, *person, |it| it.dwelling = instance_of(rank));
    }
}

struct Drawing<'a> {
    book: &'a Book,
    landmarks: &'a Landmarks,
    month: Month,
    knowledge: Knowledge,
}

impl Drawing<'_> {
    fn fact(&self, dice: &mut Dice<'_>, input: &Input) -> Fact {
        if self.knowledge == Knowledge::Partial {
            match dice.below(12) {
                9 => return Fact::NotAsked,
                10 => return Fact::Unknown,
                11 => return Fact::NotApplicable,
                _ => {}
            }
        }
        Fact::Known(self.history(dice, input))
    }

    fn history(&self, dice: &mut Dice<'_>, input: &Input) -> History {
        let provenance = String::new();
        let first = Month::of(1, 1);
        let mut points = vec![(first, Some(self.value(dice, input)))];
        if input.nature == Nature::Permanent || dice.chance(50) {
            return History { points, until: None, provenance };
        }
        let partial = self.knowledge == Knowledge::Partial;
        let mut month = self.month.plus(-dice.between(1, 26));
        for _ in 0..1 + dice.below(4) {
            let gap = partial && dice.chance(15);
            points.push((month, (!gap).then(|| self.value(dice, input))));
            month = month.plus(dice.between(1, 9));
        }
        let until = (partial && dice.chance(30)).then(|| month.plus(dice.between(-2, 20)));
        // A flow is never carried on in silence: what holds on must be said, or end after all months asked.
        let until = match (input.nature, until) {
            (Nature::Flow, None) if partial => Some(self.month.plus(60)),
            (Nature::Flow, None) => Some(Month::of(2100, 1)),
            (_, until) => until,
        };
        if partial && dice.chance(20) {
            points.remove(0);
        }
        points.retain(|(from, _)| until.is_none_or(|until| *from <= until));
        History { points, until, provenance }
    }

    fn without_gaps(&self, dice: &mut Dice<'_>, input: &Input, known: &History) -> History {
        let mut points = Vec::new();
        let first = Month::of(1, 1);
        if known.points.first().is_none_or(|(from, _)| *from > first) {
            points.push((first, Some(self.value(dice, input))));
        }
        for (from, value) in &known.points {
            points.push((*from, Some(value.unwrap_or_else(|| self.value(dice, input)))));
        }
        if let Some(until) = known.until {
            points.push((until.plus(1), Some(self.value(dice, input))));
        }
        History { points, until: None, provenance: known.provenance.clone() }
    }

    fn value(&self, dice: &mut Dice<'_>, input: &Input) -> Value {
        match input.ty {
            Type::Bool => Value::Bool(dice.chance(50)),
            Type::Date => Value::Date(self.day(dice)),
            Type::Enum(id) => {
                let cases = self.book.enumeration(id).map(|it| it.cases.as_slice());
                let case = dice.pick(cases.unwrap_or_default());
                case.map_or(Value::Bool(false), Value::Case)
            }
            Type::Number(unit) => Value::Number(within(input, self.number(dice, unit))),
            Type::Zero | Type::Unknown => Value::Number(Rational::ZERO),
        }
    }

    /// Zero, at a landmark or a cent beside it, small, or large.
    fn number(&self, dice: &mut Dice<'_>, unit: Unit) -> Rational {
        let whole = unit.flavour == law_ir::Flavour::Persons || unit.year > 0 || unit.month > 0;
        let cents = match dice.below(8) {
            0 | 1 => 0,
            2..=4 => {
                let near = self.landmarks.near_number(dice).unwrap_or(Rational::ZERO);
                return if whole { rounded(near).max(Rational::ZERO) } else { near };
            }
            5 => dice.between(0, 1_000),
            6 => dice.between(-20_000, 300_000),
            _ => dice.between(0, 6_000_000),
        };
        let value = Rational::from_cents(i64::from(cents));
        if whole { rounded(value).max(Rational::ZERO) } else { value }
    }

    /// Around a birthday that counts, around a landmark, or any day.
    fn day(&self, dice: &mut Dice<'_>) -> base::Date {
        match dice.below(4) {
            0 => self.landmarks.near_day(dice),
            1 | 2 => {
                let age = dice.one_of([0, 1, 3, 14, 16, 18, 20, 25, 62]);
                let around = self.month.plus(-12 * age).plus(dice.between(-1, 1));
                let day = values::day(dice, around.year(), around.year());
                let edge = dice.chance(60).then(|| around.first_day()).flatten();
                edge.or(Some(day))
            }
            _ => None,
        }
        .unwrap_or_else(|| values::day(dice, 1950, 2026))
    }
}

fn rounded(value: Rational) -> Rational {
    value.rounded(Rational::ONE, base::Rounding::Nearest).unwrap_or(value)
}

/// Never out of the bounds that the fact declares.
fn within(input: &Input, value: Rational) -> Rational {
    match input.bounds {
        Some((Value::Number(low), Value::Number(high))) => value.clamp(low, high),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use law_ir::Entity;

    fn book() -> Book {
        let (law, diagnostics) = law::Law::load(vec![law::SourceFile {
            name: "essai.droit".to_owned(),
            text: crate::generate::rulebook(Dice::seeded(3)),
        }]);
        law.unwrap_or_else(|| panic!("{diagnostics:#?}")).book().clone()
    }

    #[test]
    fn everyone_is_somewhere_and_nobody_twice() {
        let book = book();
        let landmarks = Landmarks::of(&book);
        for seed in 0..500 {
            let mut dice = Dice::seeded(seed);
            let it =
                household(&mut dice, &book, &landmarks, Month::of(2025, 5), Knowledge::Partial);
            let mut members = vec![0; it.persons.len()];
            for family in &it.families {
                let all = [Some(family.applicant), family.partner];
                for person in all.into_iter().flatten().chain(family.children.iter().copied()) {
                    members[usize::from(person)] += 1;
                }
            }
            assert!(members.iter().all(|times| *times == 1), "{seed}: {members:?}");
            let occupants: usize = it.dwellings.iter().map(|it| it.occupants.len()).sum();
            assert_eq!(occupants, it.persons.len());
            assert!(it.tax_households.iter().all(|it| (1..=2).contains(&it.declarants.len())));
            assert_eq!(it.count(Entity::Person), it.persons.len());
        }
    }
}
