//! What is known of a value: a number between two ends, yes or no or either, a span of days, a set of cases.

use base::{Date, Rational};
use law_ir::{Book, CaseId, EnumId, Type, Value};

use crate::interval::Interval;

/// The values an expression may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Number(Interval),
    Bool(Truth),
    Date(Days),
    /// Ranks of cases in their enumeration.
    Cases(u128),
    /// No value at all: a fault, or a branch that cannot be reached.
    Nothing,
}

/// Which of yes and no are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Truth {
    pub yes: bool,
    pub no: bool,
}

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub first: Date,
    pub last: Date,
}

/// The rank of each case in its enumeration; the last bit stands for all the cases beyond it.
#[derive(Debug)]
pub(crate) struct CaseRanks {
    ranks: Vec<u32>,
}

const LAST_BIT: u32 = 127;

impl Truth {
    pub const EITHER: Self = Self { yes: true, no: true };

    pub fn certain(value: bool) -> Self {
        Self { yes: value, no: !value }
    }

    pub fn decided(self) -> Option<bool> {
        match (self.yes, self.no) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            (true, true) | (false, false) => None,
        }
    }

    pub fn allows(self, value: bool) -> bool {
        if value { self.yes } else { self.no }
    }
}

impl Days {
    pub fn one(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// Every day of the calendar.
    pub fn any() -> Option<Self> {
        Some(Self { first: Date::new(1, 1, 1)?, last: Date::new(9999, 12, 31)? })
    }
}

impl CaseRanks {
    pub fn new(book: &Book) -> Self {
        let mut ranks = vec![LAST_BIT; book.cases.len()];
        for listed in &book.enums {
            for (rank, case) in listed.cases.iter().enumerate() {
                if let Some(slot) = ranks.get_mut(case.index()) {
                    *slot = u32::try_from(rank).unwrap_or(LAST_BIT).min(LAST_BIT);
                }
            }
        }
        Self { ranks }
    }

    pub fn bit(&self, case: CaseId) -> u128 {
        1 << self.ranks.get(case.index()).copied().unwrap_or(LAST_BIT)
    }

    pub fn all_of(&self, book: &Book, listed: EnumId) -> u128 {
        let cases = book.enumeration(listed).map(|it| it.cases.as_slice()).unwrap_or_default();
        cases.iter().fold(0, |mask, case| mask | self.bit(*case))
    }

    pub fn shape(&self, value: Value) -> Shape {
        match value {
            Value::Number(it) => Shape::Number(Interval::point(it)),
            Value::Bool(it) => Shape::Bool(Truth::certain(it)),
            Value::Date(it) => Shape::Date(Days::one(it)),
            Value::Case(it) => Shape::Cases(self.bit(it)),
        }
    }

    /// All the values of the type, within the bounds of the fact.
    pub fn domain(&self, book: &Book, ty: Type, bounds: Option<(Value, Value)>) -> Shape {
        match (ty, bounds) {
            (Type::Bool, _) => Shape::Bool(Truth::EITHER),
            (Type::Enum(id), _) => Shape::Cases(self.all_of(book, id)),
            (Type::Date, Some((Value::Date(first), Value::Date(last)))) => {
                Shape::Date(Days { first: first.min(last), last: first.max(last) })
            }
            (Type::Date, _) => Days::any().map_or(Shape::Nothing, Shape::Date),
            (_, Some((Value::Number(low), Value::Number(high)))) => {
                Shape::Number(Interval::between(low, high))
            }
            (Type::Number(_) | Type::Zero | Type::Unknown, _) => Shape::Number(Interval::ANY),
        }
    }
}

/// Whether this set of cases is exactly one case.
pub(crate) fn one_case(mask: u128) -> bool {
    mask.is_power_of_two() && mask != 1 << LAST_BIT
}

impl Shape {
    pub fn zero() -> Self {
        Self::Number(Interval::point(Rational::ZERO))
    }

    pub fn bool(truth: Truth) -> Self {
        if truth.yes || truth.no { Self::Bool(truth) } else { Self::Nothing }
    }

    pub fn number(interval: Option<Interval>) -> Self {
        interval.map_or(Self::Nothing, Self::Number)
    }

    pub fn is_constant(self) -> bool {
        match self {
            Self::Number(it) => it.as_point().is_some(),
            Self::Bool(it) => it.decided().is_some(),
            Self::Date(it) => it.first == it.last,
            Self::Cases(mask) => one_case(mask),
            Self::Nothing => true,
        }
    }

    pub fn hull(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(a.hull(b)),
            (Self::Bool(a), Self::Bool(b)) => {
                Self::Bool(Truth { yes: a.yes || b.yes, no: a.no || b.no })
            }
            (Self::Date(a), Self::Date(b)) => {
                Self::Date(Days { first: a.first.min(b.first), last: a.last.max(b.last) })
            }
            (Self::Cases(a), Self::Cases(b)) => Self::Cases(a | b),
            // Branches of one expression have one type: values of two kinds never meet.
            (Self::Nothing, it) | (it, _) => it,
        }
    }

    /// The values of both.
    pub fn meet(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::number(a.meet(b)),
            (Self::Bool(a), Self::Bool(b)) => {
                Self::bool(Truth { yes: a.yes && b.yes, no: a.no && b.no })
            }
            (Self::Date(a), Self::Date(b)) => {
                let (first, last) = (a.first.max(b.first), a.last.min(b.last));
                if first <= last { Self::Date(Days { first, last }) } else { Self::Nothing }
            }
            (Self::Cases(a), Self::Cases(b)) if a & b != 0 => Self::Cases(a & b),
            _ => Self::Nothing,
        }
    }

    /// Whether no value of this one comes before a value of the other; no comes before yes.
    pub fn never_below(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.never_below(b),
            (Self::Bool(a), Self::Bool(b)) => !a.no || !b.yes,
            (Self::Date(a), Self::Date(b)) => a.first >= b.last,
            _ => false,
        }
    }

    pub fn truth(self) -> Option<Truth> {
        match self {
            Self::Bool(it) => Some(it),
            Self::Number(_) | Self::Date(_) | Self::Cases(_) | Self::Nothing => None,
        }
    }

    pub fn interval(self) -> Option<Interval> {
        match self {
            Self::Number(it) => Some(it),
            Self::Bool(_) | Self::Date(_) | Self::Cases(_) | Self::Nothing => None,
        }
    }

    pub fn days(self) -> Option<Days> {
        match self {
            Self::Date(it) => Some(it),
            Self::Number(_) | Self::Bool(_) | Self::Cases(_) | Self::Nothing => None,
        }
    }
}

/// The day after; `None` at the end of the calendar.
pub(crate) fn day_after(day: Date) -> Option<Date> {
    let (year, month) = (day.year(), day.month_of_year());
    Date::new(year, month, day.day().saturating_add(1)).or_else(|| day.month().plus(1).first_day())
}

/// The day before; `None` at the start of the calendar.
pub(crate) fn day_before(day: Date) -> Option<Date> {
    let (year, month) = (day.year(), day.month_of_year());
    if day.day() > 1 {
        return Date::new(year, month, day.day().saturating_sub(1));
    }
    last_day(day.month().plus(-1))
}

/// The last day of the month.
pub(crate) fn last_day(month: base::Month) -> Option<Date> {
    let first = month.first_day()?;
    (28..=31).rev().find_map(|day| Date::new(first.year(), first.month_of_year(), day))
}
