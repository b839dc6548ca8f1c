//! Values: as a text writes them, and those a book makes interesting.

use base::{Date, Month, Rational};
use law::Value;
use law_ir::{Book, Op, TableKey};

use super::scope::Unit;
use crate::dice::Dice;

/// A number of that unit: small and plain mostly, now and then with cents, huge or zero.
pub(super) fn number(dice: &mut Dice<'_>, unit: Unit) -> Rational {
    let cents = |dice: &mut Dice<'_>, most| {
        let cents = i64::try_from(dice.below(most)).unwrap_or(0);
        Rational::from_cents(cents)
    };
    let whole =
        |dice: &mut Dice<'_>, most| Rational::from(i64::try_from(dice.below(most)).unwrap_or(0));
    if dice.chance(1) {
        return Rational::from(900_000_000_000_i64);
    }
    match unit {
        Unit::Persons => whole(dice, 6),
        Unit::Years => whole(dice, 30),
        Unit::Months => whole(dice, 24),
        // Never 0, which has no unit of its own: a product would take the unit of its other factor.
        Unit::Number if dice.chance(60) => {
            Rational::from(i64::try_from(dice.below(6)).unwrap_or(0).saturating_add(1))
        }
        Unit::Number => {
            Rational::from_cents(i64::try_from(dice.below(500)).unwrap_or(0).saturating_add(1))
        }
        Unit::Rate => cents(dice, 120),
        Unit::EuroYear => whole(dice, 60_000),
        Unit::Euro | Unit::EuroMonth if dice.chance(50) => whole(dice, 2_500),
        Unit::Euro | Unit::EuroMonth => cents(dice, 250_000),
        Unit::Hours | Unit::HoursMonth | Unit::Area => whole(dice, 160),
    }
}

/// The number as a text writes it; a negative one stands between parentheses.
pub(super) fn written(value: Rational, unit: Unit) -> String {
    let shown = match unit {
        Unit::Rate => value.checked_mul(Rational::from(100)).unwrap_or(value),
        _ => value,
    };
    let digits = shown.to_string().replace('-', "−");
    let text = match unit {
        Unit::Number => digits,
        Unit::Rate => format!("{digits} %"),
        _ => format!("{digits} {}", unit.word()),
    };
    if value.is_negative() { format!("({text})") } else { text }
}

/// A day: ends of months, 29 February, first days and any other.
pub(super) fn day(dice: &mut Dice<'_>, first_year: i32, last_year: i32) -> Date {
    let year = dice.between(first_year, last_year);
    let month = dice.between(1, 12);
    let last = last_day(year, month);
    let day = match dice.below(6) {
        0 => Some(last),
        1 | 2 => first(year, month),
        3 => date(year, 2, 29),
        _ => date(year, month, dice.between(1, 28)),
    };
    day.unwrap_or(last)
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn first(year: i32, month: i32) -> Option<Date> {
    date(year, month, 1)
}

fn last_day(year: i32, month: i32) -> Date {
    let last = (28..=31).rev().find_map(|day| date(year, month, day));
    last.or_else(|| date(2000, 1, 31)).unwrap_or_else(|| unreachable!("a month has a 28th"))
}

/// What a book compares with: its numbers, its days, and the months when something starts.
#[derive(Debug, Clone, Default)]
pub struct Landmarks {
    pub numbers: Vec<Rational>,
    pub dates: Vec<Date>,
    pub months: Vec<Month>,
}

impl Landmarks {
    pub fn of(book: &Book) -> Self {
        let mut res = Self::default();
        for node in &book.nodes {
            if let Op::Const(value) = node.op {
                res.add(value);
            }
        }
        for param in &book.params {
            for version in &param.versions {
                res.months.push(version.from.month());
                version.value.into_iter().for_each(|it| res.add(it));
            }
        }
        for table in &book.tables {
            for version in &table.versions {
                res.months.push(version.from.month());
                for (key, _) in &version.value.rows {
                    if let TableKey::Number { value, .. } = key {
                        res.numbers.push(*value);
                    }
                }
            }
        }
        let windows = book.windows.iter().flat_map(|it| &it.versions);
        res.months.extend(windows.map(|it| it.from.month()));
        res.numbers.sort_unstable();
        res.numbers.dedup();
        res.dates.sort_unstable();
        res.dates.dedup();
        res.months.sort_unstable();
        res.months.dedup();
        res
    }

    fn add(&mut self, value: Value) {
        match value {
            Value::Number(it) => self.numbers.push(it),
            Value::Date(it) => {
                self.dates.push(it);
                self.months.push(it.month());
            }
            Value::Bool(_) | Value::Case(_) => {}
        }
    }

    /// A landmark, or a cent or a unit beside it.
    pub fn near_number(&self, dice: &mut Dice<'_>) -> Option<Rational> {
        let landmark = dice.pick(&self.numbers)?;
        let step = dice.one_of([0, 0, 1, -1, 100, -100]);
        landmark.checked_add(Rational::from_cents(step))
    }

    /// A landmark, or the day before or after it.
    pub fn near_day(&self, dice: &mut Dice<'_>) -> Option<Date> {
        let landmark = dice.pick(&self.dates)?;
        match dice.below(3) {
            0 => Some(landmark),
            1 => Some(before(landmark)),
            _ => date(
                i32::from(landmark.year()),
                i32::from(landmark.month_of_year()),
                i32::from(landmark.day()).saturating_add(1),
            )
            .or_else(|| landmark.month().plus(1).first_day()),
        }
    }

    /// A month to ask about: in the years the books drawn are about, often where something starts.
    pub fn month(&self, dice: &mut Dice<'_>) -> Month {
        let any = Month::of(2024, 1).plus(dice.between(0, 35));
        if dice.chance(50) {
            return dice.pick(&self.months).map_or(any, |it| it.plus(dice.between(-1, 1)));
        }
        any
    }
}

/// The day before.
fn before(day: Date) -> Date {
    let (year, month) = (i32::from(day.year()), i32::from(day.month_of_year()));
    let same_month = date(year, month, i32::from(day.day()).saturating_sub(1));
    same_month.unwrap_or_else(|| {
        let month = day.month().plus(-1);
        last_day(month.year(), month.month_of_year())
    })
}
