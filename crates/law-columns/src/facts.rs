//! One fact of many persons or groups, in time.

use std::ops::Range;

use base::{Date, Month, Rational};
use law_ir::{CaseId, Fact, History, Type, Value};

/// The largest denominator that a fact is kept over; beyond, the household is left to the reference.
const MAX_DEN: i64 = 1 << 30;
/// The largest numerator: far from where arithmetic would have to be watched.
const MAX_NUM: i64 = 1 << 52;
/// Euros come in cents.
pub(crate) const CENTS: i64 = 100;

/// What the values of a fact are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Bool,
    Date,
    Case,
}

impl Kind {
    pub fn of(ty: Type) -> Self {
        match ty {
            Type::Bool => Self::Bool,
            Type::Date => Self::Date,
            Type::Enum(_) => Self::Case,
            Type::Number(_) | Type::Zero | Type::Unknown => Self::Number,
        }
    }
}

/// Months as ranks, from January of year 0.
pub(crate) fn month_rank(month: Month) -> i32 {
    month.since(Month::of(0, 1))
}

/// Days in order, month and day told apart without a calendar.
pub(crate) fn day_code(date: Date) -> i32 {
    month_rank(date.month()).saturating_mul(32).saturating_add(i32::from(date.day()))
}

pub(crate) fn day_of(code: i32) -> Option<Date> {
    let month = Month::of(0, 1).plus(code.div_euclid(32));
    let year = i16::try_from(month.year()).ok()?;
    let number = i8::try_from(month.month_of_year()).ok()?;
    Date::new(year, number, i8::try_from(code.rem_euclid(32)).ok()?)
}

/// A change of value: from this month on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Point {
    pub from: i32,
    /// The numerator, 0 or 1, the code of the day, the rank of the case; 0 when not known.
    pub value: i64,
    pub known: bool,
}

/// The first value of a row: all there is to read for most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub value: i64,
    /// [`NEVER`]: nothing is known of the row.
    pub from: i32,
    /// Where the later changes of the row end.
    end: u32,
}

/// After every month.
pub(crate) const NEVER: i32 = i32::MAX;

/// The histories of one fact, row after row.
#[derive(Debug, Clone)]
pub(crate) struct FactColumn {
    pub kind: Kind,
    /// Of the numbers.
    pub den: i64,
    /// The first value of each row. Rows after the last one are not known.
    values: Vec<i64>,
    /// Since when the first value holds, and where the later changes of the row end.
    spans: Vec<(i32, u32)>,
    later: Vec<Point>,
    /// When the last of the first values begins.
    latest: i32,
    /// Every row has this value, always.
    same: bool,
}

/// The value does not fit a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit;

impl FactColumn {
    pub fn new(kind: Kind) -> Self {
        let den = if kind == Kind::Number { CENTS } else { 1 };
        Self {
            kind,
            den,
            values: Vec::new(),
            spans: Vec::new(),
            later: Vec::new(),
            latest: i32::MIN,
            same: true,
        }
    }

    pub fn rows(&self) -> usize {
        self.values.len()
    }

    /// What all the rows up to `rows` are, since when, if they are one.
    pub fn all(&self, rows: usize) -> Option<(i64, i32)> {
        match (self.values.first(), self.spans.first()) {
            (Some(value), Some((from, _))) => {
                (self.same && rows <= self.values.len()).then_some((*value, *from))
            }
            _ => Some((0, NEVER)),
        }
    }

    /// The values of all rows, if each has held since before this month and never changes.
    pub fn steady(&self, since: i32, rows: usize) -> Option<&[i64]> {
        let steady = self.later.is_empty() && self.latest <= since && rows <= self.values.len();
        steady.then_some(&self.values)
    }

    /// These rows, one after the other: the first value and the later changes.
    pub fn rows_from(&self, rows: Range<usize>) -> impl Iterator<Item = (Head, &[Point])> {
        let before = rows.start.checked_sub(1).and_then(|it| self.spans.get(it));
        let mut start = before.map_or(0, |it| it.1);
        let there = rows.start.min(self.values.len())..rows.end.min(self.values.len());
        let unknown = rows.len().saturating_sub(there.len());
        let values = self.values.get(there.clone()).unwrap_or_default();
        let spans = self.spans.get(there).unwrap_or_default();
        let known = values.iter().zip(spans);
        let known =
            known.map(|(value, (from, end))| Head { value: *value, from: *from, end: *end });
        let never = Head { value: 0, from: NEVER, end: self.end() };
        known.chain(std::iter::repeat_n(never, unknown)).map(move |head| {
            let from = std::mem::replace(&mut start, head.end);
            let later = if from < head.end {
                self.later.get(from as usize..head.end as usize).unwrap_or_default()
            } else {
                &[]
            };
            (head, later)
        })
    }

    /// Fills with rows where nothing is known, up to `rows`.
    pub fn pad(&mut self, rows: usize) {
        if self.values.len() < rows {
            let end = self.end();
            self.values.resize(rows, 0);
            self.spans.resize(rows, (NEVER, end));
            self.same = false;
            self.latest = NEVER;
        }
    }

    /// Forgets the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        if self.values.len() > rows {
            self.values.truncate(rows);
            self.spans.truncate(rows);
            let kept = self.spans.last().map_or(0, |it| it.1 as usize);
            self.later.truncate(kept);
        }
        if rows == 0 {
            self.same = true;
            self.latest = i32::MIN;
        }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.later.len()).unwrap_or(u32::MAX)
    }

    /// Adds one row. `Unfit`: nothing was added.
    pub fn push(&mut self, fact: &Fact) -> Result<(), Unfit> {
        let before = self.later.len();
        let added = match fact {
            Fact::Known(history) => self.push_history(history),
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => Ok((0, NEVER)),
        };
        match added {
            Ok((value, from)) => {
                let end = self.end();
                let first = self.values.first().zip(self.spans.first());
                let same = first.is_none_or(|(first, span)| (*first, span.0) == (value, from));
                self.same &= same && end == 0;
                self.latest = self.latest.max(from);
                self.values.push(value);
                self.spans.push((from, end));
                Ok(())
            }
            Err(Unfit) => {
                self.later.truncate(before);
                Err(Unfit)
            }
        }
    }

    /// The first known value and its month; the changes after it are added.
    fn push_history(&mut self, history: &History) -> Result<(i64, i32), Unfit> {
        if !history.points.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(Unfit);
        }
        let until = history.until.map(month_rank);
        let before = self.later.len();
        // A change of denominator rewrites what is there: the head waits among the later ones.
        for (from, value) in &history.points {
            let from = month_rank(*from);
            if until.is_some_and(|until| from > until) {
                break;
            }
            let point = match value {
                Some(value) => Point { from, value: self.coded(*value)?, known: true },
                None => Point { from, value: 0, known: false },
            };
            let last = self.later.get(before..).and_then(<[Point]>::last);
            let last = last.map_or((0, false), |it| (it.value, it.known));
            if last != (point.value, point.known) {
                self.later.push(point);
            }
        }
        if let (Some(until), Some(last)) =
            (until, self.later.get(before..).and_then(<[Point]>::last))
            && last.known
        {
            let from = until.saturating_add(1);
            self.later.push(Point { from, value: 0, known: false });
        }
        if self.later.len() == before {
            return Ok((0, NEVER));
        }
        let head = self.later.remove(before);
        Ok((head.value, head.from))
    }

    fn coded(&mut self, value: Value) -> Result<i64, Unfit> {
        match (self.kind, value) {
            (Kind::Number, Value::Number(number)) => self.numerator(number),
            (Kind::Bool, Value::Bool(it)) => Ok(i64::from(it)),
            (Kind::Date, Value::Date(date)) => Ok(i64::from(day_code(date))),
            (Kind::Case, Value::Case(case)) => Ok(i64::from(case.0)),
            _ => Err(Unfit),
        }
    }

    /// Over the denominator of the column, which grows if it has to.
    fn numerator(&mut self, number: Rational) -> Result<i64, Unfit> {
        let den = i64::try_from(number.denominator()).map_err(|_| Unfit)?;
        if self.den.checked_rem(den) != Some(0) {
            self.grow(den)?;
        }
        let times = self.den.checked_div(den).ok_or(Unfit)?;
        let num = i64::try_from(number.numerator()).map_err(|_| Unfit)?;
        num.checked_mul(times).filter(|it| it.abs() <= MAX_NUM).ok_or(Unfit)
    }

    fn grow(&mut self, den: i64) -> Result<(), Unfit> {
        let times = den.checked_div(gcd(self.den, den)).ok_or(Unfit)?;
        let grown = self.den.checked_mul(times).filter(|it| *it <= MAX_DEN).ok_or(Unfit)?;
        let fits = |it: i64| it.checked_mul(times).is_some_and(|it| it.abs() <= MAX_NUM);
        let all = self.later.iter().all(|it| fits(it.value));
        if !all || !self.values.iter().all(|it| fits(*it)) {
            return Err(Unfit);
        }
        let grow = |it: &mut i64| *it = it.saturating_mul(times);
        self.later.iter_mut().for_each(|it| grow(&mut it.value));
        self.values.iter_mut().for_each(grow);
        self.den = grown;
        Ok(())
    }

    /// The same row as a fact, for the reference.
    pub fn fact(&self, row: usize) -> Fact {
        let Some((head, later)) = self.rows_from(row..row.saturating_add(1)).next() else {
            return Fact::NotAsked;
        };
        if head.from == NEVER {
            return Fact::NotAsked;
        }
        let first = Point { from: head.from, value: head.value, known: true };
        let points = std::iter::once(&first).chain(later).map(|point| {
            let value = if point.known { self.value(point.value) } else { None };
            (Month::of(0, 1).plus(point.from), value)
        });
        Fact::Known(History { points: points.collect(), until: None, provenance: String::new() })
    }

    pub fn value(&self, coded: i64) -> Option<Value> {
        match self.kind {
            Kind::Number => {
                Rational::new(i128::from(coded), i128::from(self.den)).map(Value::Number)
            }
            Kind::Bool => Some(Value::Bool(coded != 0)),
            Kind::Date => day_of(i32::try_from(coded).ok()?).map(Value::Date),
            Kind::Case => Some(Value::Case(CaseId(u32::try_from(coded).ok()?))),
        }
    }
}

/// The greatest common divisor of two positive numbers.
pub(crate) fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a
}
