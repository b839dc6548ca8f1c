//! Households where any fact may be anything: unknown, known for a while, changing, out of the ordinary.

use base::{Date, Month, Rational};
use law::Law;
use law_ir::{
    Book, Dwelling, Entity, Fact, Family, History, Household, Input, InputId, Membership, Person,
    TaxHousehold, Type, Value,
};
use proptest::prelude::*;

use crate::compared::{month, same};

/// Choices, then zeros.
struct Draw {
    tape: Vec<u16>,
    at: usize,
}

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        let choice = self.tape.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(choice) % count.max(1)
    }

    fn household(&mut self, book: &Book) -> Household {
        let mut res = Household::default();
        for _ in 0..=self.below(4) / 3 {
            self.family(&mut res);
        }
        let apart = self.below(3) == 2;
        let mut group = TaxHousehold::default();
        for rank in 0..res.persons.len() {
            let instance = u16::try_from(rank).unwrap();
            match (res.persons[rank].membership, self.below(8)) {
                (_, 7) => continue,
                (Membership::Child { .. }, _) => group.dependants.push(instance),
                _ => group.declarants.push(instance),
            }
            res.persons[rank].tax_household =
                Some(u16::try_from(res.tax_households.len()).unwrap());
            if apart {
                res.tax_households.push(std::mem::take(&mut group));
            }
        }
        if !apart {
            res.tax_households.push(group);
        }
        for (rank, input) in book.inputs.iter().enumerate() {
            for instance in 0..res.count(input.entity) {
                let fact = self.fact(book, input);
                res.set_fact(InputId::at(rank), u16::try_from(instance).unwrap(), fact);
            }
        }
        res
    }

    fn family(&mut self, household: &mut Household) {
        let rank = u16::try_from(household.families.len()).unwrap();
        let first = u16::try_from(household.persons.len()).unwrap();
        let (couple, children) = (self.below(2) == 1, self.below(5));
        let mut members = vec![Membership::Applicant];
        members.extend(couple.then_some(Membership::Partner));
        for _ in 0..children {
            let share =
                [Rational::ONE, Rational::ONE, Rational::new(1, 2).unwrap(), Rational::ZERO];
            members.push(Membership::Child { share: share[self.below(4)] });
        }
        let count = u16::try_from(members.len()).unwrap();
        household.persons.extend(members.into_iter().map(|membership| Person {
            id: String::new(),
            label: String::new(),
            family: rank,
            tax_household: None,
            dwelling: rank,
            membership,
        }));
        household.dwellings.push(Dwelling { occupants: (first..first + count).collect() });
        let adults = 1 + u16::from(couple);
        household.families.push(Family {
            applicant: first,
            partner: couple.then_some(first + 1),
            children: (first + adults..first + count).collect(),
        });
    }

    fn fact(&mut self, book: &Book, input: &Input) -> Fact {
        let first = Some(self.value(book, input));
        match self.below(24) {
            20 => Fact::NotAsked,
            21 => Fact::Unknown,
            22 => Fact::NotApplicable,
            23 => self.history(book, input, None),
            12..=19 => self.history(book, input, first),
            _ => known(vec![(Month::of(1, 1), first)], None),
        }
    }

    fn history(&mut self, book: &Book, input: &Input, first: Option<Value>) -> Fact {
        let mut points = vec![(Month::of(2023, 1), first)];
        let mut at = Month::of(2024, 1);
        for _ in 0..self.below(4) {
            at = at.plus(1 + i32::try_from(self.below(12)).unwrap());
            let gap = self.below(6) == 5;
            points.push((at, (!gap).then(|| self.value(book, input))));
        }
        let until = (self.below(3) == 2)
            .then(|| Month::of(2025, 1 + i32::try_from(self.below(18)).unwrap()));
        known(points, until)
    }

    fn value(&mut self, book: &Book, input: &Input) -> Value {
        match input.ty {
            Type::Bool => Value::Bool(self.below(3) == 2),
            Type::Date => self.date(input.entity),
            Type::Enum(id) => {
                let cases = &book.enumeration(id).unwrap().cases;
                Value::Case(cases[self.below(cases.len())])
            }
            Type::Number(_) | Type::Zero | Type::Unknown => Value::Number(self.number(input)),
        }
    }

    fn date(&mut self, entity: Entity) -> Value {
        let years = if entity == Entity::Person { 66 } else { 12 };
        let year = i16::try_from(2027 - self.below(years)).unwrap();
        let month = i8::try_from(1 + self.below(12)).unwrap();
        let day = [1, 1, 2, 15, 28][self.below(5)];
        Value::Date(Date::new(year, month, day).unwrap())
    }

    fn number(&mut self, input: &Input) -> Rational {
        let cents = match self.below(8) {
            0..=2 => 0,
            3 | 4 => self.below(300_000),
            5 | 6 => self.below(65_536) * 100,
            _ => self.below(65_536) * 1_000,
        };
        let value = Rational::from_cents(i64::try_from(cents).unwrap());
        // Now and then a number nobody writes: a third, a billionth, ten billion.
        let odd = match self.below(400) {
            0..=396 => Rational::ZERO,
            397 => Rational::new(1, 3).unwrap(),
            398 => Rational::new(1, 1_000_000_007).unwrap(),
            _ => Rational::from(10_000_000_000i64),
        };
        let value = value.checked_add(odd).unwrap();
        match input.bounds {
            Some((Value::Number(low), Value::Number(high))) if odd == Rational::ZERO => {
                value.clamp(low, high)
            }
            _ => value,
        }
    }
}

fn known(points: Vec<(Month, Option<Value>)>, until: Option<Month>) -> Fact {
    Fact::Known(History { points, until, provenance: String::new() })
}

pub fn households(count: usize) -> impl Strategy<Value = Vec<Household>> {
    prop::collection::vec(prop::collection::vec(any::<u16>(), 0..2500), 1..=count).prop_map(
        |tapes| {
            let book = Law::national().book();
            tapes.into_iter().map(|tape| Draw { tape, at: 0 }.household(book)).collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_household_at_any_time(households in households(12), first in 0i32..30, lanes in 1i32..4) {
        let months: Vec<Month> = (0..lanes).map(|it| month("2023-12").plus(first + it)).collect();
        same(Law::national().book(), &households, &months);
    }
}
