//! One fact of many persons or groups, in time.

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

/// After every month.
pub(crate) const NEVER: i32 = i32::MAX;

/// The histories of one fact, row after row.
#[derive(Debug, Clone)]
pub(crate) struct FactColumn {
    pub kind: Kind,
    /// Of the numbers.
    pub den: i64,
    /// Rows after the last one are not known.
    rows: usize,
    /// The value of every row and since when, as long as they are one: nothing is then written row by row.
    same: Option<(i64, i32)>,
    /// The first value of each row: all there is to read for most.
    values: Vec<i64>,
    /// Since when it holds; [`NEVER`]: nothing is known of the row.
    froms: Vec<i32>,
    /// Where the later changes of each row end.
    ends: Vec<u32>,
    later: Vec<Point>,
    /// When the last of the first values begins.
    latest: i32,
    /// The last month in which something is known, of any row; `None`: nothing was ever. Where rows end in
    /// different months, each says so among its changes.
    until: Option<i32>,
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
            rows: 0,
            same: None,
            values: Vec::new(),
            froms: Vec::new(),
            ends: Vec::new(),
            later: Vec::new(),
            latest: i32::MIN,
            until: None,
        }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What all the rows up to `rows` are, since when and until when, if they are one.
    pub fn all(&self, rows: usize) -> Option<(i64, i32, i32)> {
        if self.rows == 0 {
            return Some((0, NEVER, NEVER));
        }
        let (value, from) = self.same?;
        (rows <= self.rows).then_some((value, from, self.until()))
    }

    /// The last month in which something may be known.
    pub fn until(&self) -> i32 {
        self.until.unwrap_or(NEVER)
    }

    /// The first values of these rows.
    pub fn heads(&self, rows: &[u32], values: &mut Vec<i64>) {
        match self.same {
            Some((value, _)) => values.extend(rows.iter().map(|_| value)),
            None => values.extend(
                rows.iter().map(|row| self.values.get(*row as usize).copied().unwrap_or(0)),
            ),
        }
    }

    /// Those of these rows whose first value begins after that month: their place among them, and when.
    pub fn begun_after(&self, month: i32, rows: &[u32]) -> impl Iterator<Item = (usize, i32)> {
        let begin = |row: usize| match self.same {
            Some((_, from)) if row < self.rows => from,
            _ => self.froms.get(row).copied().unwrap_or(NEVER),
        };
        let end = u32::try_from(self.rows).unwrap_or(u32::MAX);
        let some = self.latest > month || rows.iter().any(|row| *row >= end);
        let rows = if some { rows } else { &[] };
        let begins = rows.iter().map(move |row| begin(*row as usize));
        begins.enumerate().filter(move |(_, from)| *from > month)
    }

    /// Those of these rows that change: their place among them, and the changes.
    pub fn changes(&self, rows: &[u32]) -> impl Iterator<Item = (usize, &[Point])> {
        let rows = if self.later.is_empty() { &[] } else { rows };
        rows.iter().enumerate().filter_map(|(at, row)| {
            let row = *row as usize;
            let end = *self.ends.get(row)?;
            // Before the first row there is none, as there is none after the last.
            let start = self.ends.get(row.wrapping_sub(1)).copied().unwrap_or(0);
            if start == end {
                return None;
            }
            Some((at, self.later.get(start as usize..end as usize)?))
        })
    }

    /// Fills with rows where nothing is known, up to `rows`.
    pub fn pad(&mut self, rows: usize) {
        while self.rows < rows {
            self.add(0, NEVER, false);
        }
    }

    /// Forgets the rows from `rows` on.
    pub fn truncate(&mut self, rows: usize) {
        self.rows = self.rows.min(rows);
        self.values.truncate(rows);
        self.froms.truncate(rows);
        self.ends.truncate(rows);
        self.later.truncate(self.ends.last().map_or(0, |it| *it as usize));
        if rows == 0 {
            *self = Self {
                values: std::mem::take(&mut self.values),
                froms: std::mem::take(&mut self.froms),
                ends: std::mem::take(&mut self.ends),
                later: std::mem::take(&mut self.later),
                ..Self::new(self.kind)
            };
        }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.later.len()).unwrap_or(u32::MAX)
    }

    /// Adds one row, and tells how it changes after its first value. `Unfit`: nothing was added.
    pub fn push(&mut self, fact: &Fact) -> Result<&[Point], Unfit> {
        let added = match fact {
            Fact::Known(history) => self.push_history(history),
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => Ok((0, NEVER)),
        };
        match added {
            Ok((value, from)) => {
                let before = self.ends.last().copied().unwrap_or(0);
                self.add(value, from, self.end() > before);
                Ok(self.later.get(before as usize..).unwrap_or_default())
            }
            Err(Unfit) => {
                self.later.truncate(self.ends.last().map_or(0, |it| *it as usize));
                Err(Unfit)
            }
        }
    }

    #[inline]
    fn add(&mut self, value: i64, from: i32, changes: bool) {
        self.latest = self.latest.max(from);
        let one = Some((value, from));
        if !changes && (self.rows == 0 || self.same == one) {
            self.same = one;
            self.rows = self.rows.saturating_add(1);
            return;
        }
        self.spread();
        self.values.push(value);
        self.froms.push(from);
        self.ends.push(self.end());
        self.rows = self.rows.saturating_add(1);
    }

    /// Writes row by row what all are.
    fn spread(&mut self) {
        if let Some((value, from)) = self.same.take() {
            self.values.resize(self.rows, value);
            self.froms.resize(self.rows, from);
            self.ends.resize(self.rows, 0);
        }
    }

    /// The first known value and its month; the changes after it are added.
    fn push_history(&mut self, history: &History) -> Result<(i64, i32), Unfit> {
        if !history.points.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(Unfit);
        }
        let until = history.until.map_or(NEVER, month_rank);
        if *self.until.get_or_insert(until) != until {
            self.end_apart();
        }
        // A change of denominator rewrites what is there: the head waits among the later ones.
        let before = self.later.len();
        for (from, value) in &history.points {
            let from = month_rank(*from);
            if from > until {
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
        if self.later.len() == before {
            return Ok((0, NEVER));
        }
        if self.until != Some(until) && self.later.last().is_some_and(|it| it.known) {
            self.later.push(ended(until));
        }
        let head = self.later.remove(before);
        Ok((head.value, head.from))
    }

    /// The rows did not end in the same month: from now on each says when it does.
    fn end_apart(&mut self) {
        let until = self.until.replace(NEVER).unwrap_or(NEVER);
        if until == NEVER || self.rows == 0 {
            return;
        }
        self.spread();
        let mut later = Vec::with_capacity(self.later.len().saturating_add(self.rows));
        let mut start = 0usize;
        for (from, end) in self.froms.iter().zip(&mut self.ends) {
            let own = self.later.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            later.extend_from_slice(own);
            if *from != NEVER && own.last().is_none_or(|it| it.known) {
                later.push(ended(until));
            }
            *end = u32::try_from(later.len()).unwrap_or(u32::MAX);
        }
        self.later = later;
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
        if number.is_zero() {
            return Ok(0);
        }
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
        let same = self.same.is_none_or(|(value, _)| fits(value));
        if !all || !same || !self.values.iter().all(|it| fits(*it)) {
            return Err(Unfit);
        }
        let grow = |it: &mut i64| *it = it.saturating_mul(times);
        self.later.iter_mut().for_each(|it| grow(&mut it.value));
        self.values.iter_mut().for_each(grow);
        if let Some((value, _)) = &mut self.same {
            grow(value);
        }
        self.den = grown;
        Ok(())
    }

    /// The same row as a fact, for the reference.
    pub fn fact(&self, row: usize) -> Fact {
        let own = self.values.get(row).copied().zip(self.froms.get(row).copied());
        let head = if row < self.rows { self.same.or(own) } else { None };
        let Some((value, from)) = head.filter(|(_, from)| *from != NEVER) else {
            return Fact::NotAsked;
        };
        let first = std::iter::once(Point { from, value, known: true });
        let rows = &[u32::try_from(row).unwrap_or(u32::MAX)];
        let later = self.changes(rows).flat_map(|(_, later)| later.iter().copied());
        let points = first.chain(later).map(|point| {
            let value = if point.known { self.value(point.value) } else { None };
            (Month::of(0, 1).plus(point.from), value)
        });
        let until = self.until.filter(|it| *it != NEVER).map(|it| Month::of(0, 1).plus(it));
        Fact::Known(History { points: points.collect(), until, provenance: String::new() })
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

/// Nothing is known after that month.
fn ended(until: i32) -> Point {
    Point { from: until.saturating_add(1), value: 0, known: false }
}

/// The greatest common divisor of two positive numbers.
pub(crate) fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a
}
