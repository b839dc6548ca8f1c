//! What is answered, in columns.

use std::collections::BTreeMap;
use std::ops::Range;

use base::{Month, Rational};
use law_ir::{Entity, Household, RuleId, Value};
use law_reference::Status;

use crate::column::{Column, Data, KNOWN, MAX_NUM, MISSING};
use crate::households::{Households, entity_rank};
use crate::plan::Plan;
use crate::scalar::Scalar;

/// One aid of one person, family… in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub status: Status,
    /// €/month; zero when nothing is due, `None` when it cannot be told.
    pub amount: Option<Rational>,
}

impl Cell {
    pub(crate) fn of(value: Scalar) -> Self {
        match value {
            Scalar::Known(Value::Number(it)) if it > Rational::ZERO => {
                Self { status: Status::Due, amount: Some(it) }
            }
            Scalar::Known(_) => Self { status: Status::NotDue, amount: Some(Rational::ZERO) },
            Scalar::Missing => Self { status: Status::Incomplete, amount: None },
            Scalar::Fault => Self { status: Status::Impossible, amount: None },
        }
    }
}

/// One aid in one month for every row of its entity.
#[derive(Debug, Clone, Default)]
pub struct AnswerColumn {
    /// Row after row.
    pub statuses: Vec<Status>,
    /// In cents, row after row; zero where nothing can be told, and in the rows of `exact`.
    pub cents: Vec<i64>,
    /// The amounts that are not a whole number of cents, by row.
    pub exact: BTreeMap<usize, Rational>,
}

impl AnswerColumn {
    /// The cell of a row.
    pub fn cell(&self, row: usize) -> Option<Cell> {
        let status = *self.statuses.get(row)?;
        let amount = match status {
            Status::Due => Some(match self.exact.get(&row) {
                Some(exact) => *exact,
                None => Rational::from_cents(*self.cents.get(row)?),
            }),
            Status::NotDue => Some(Rational::ZERO),
            Status::Incomplete | Status::Impossible => None,
        };
        Some(Cell { status, amount })
    }

    /// Nothing told yet on any row.
    fn of_rows(rows: usize) -> Self {
        let statuses = vec![Status::Incomplete; rows];
        Self { statuses, cents: vec![0; rows], exact: BTreeMap::new() }
    }

    pub(crate) fn set(&mut self, row: usize, cell: Cell) {
        let cents = cell.amount.and_then(in_cents);
        if !self.exact.is_empty() {
            self.exact.remove(&row);
        }
        if let (None, Some(amount)) = (cents, cell.amount) {
            self.exact.insert(row, amount);
        }
        if let (Some(status), Some(slot)) = (self.statuses.get_mut(row), self.cents.get_mut(row)) {
            *status = cell.status;
            *slot = cents.unwrap_or(0);
        }
    }

    /// Writes the rows of a column where they belong: these rows of the container, which begins at `start`.
    pub(crate) fn scatter(&mut self, column: &Column, rows: &[u32], start: usize) {
        let rows = rows.iter().map(|row| (*row as usize).saturating_sub(start));
        match &column.data {
            Data::Same(value) => {
                let cell = Cell::of(*value);
                rows.for_each(|row| self.set(row, cell));
            }
            Data::Numbers(it) if 100i64.checked_rem(it.den) == Some(0) => {
                let times = 100i64.checked_div(it.den).unwrap_or(1);
                for (at, (row, num)) in rows.zip(&it.nums).enumerate() {
                    let state = column.state.as_ref().and_then(|it| it.get(at)).copied();
                    self.write(row, *num, times, state.unwrap_or(KNOWN));
                }
            }
            _ => rows.enumerate().for_each(|(at, row)| self.set(row, Cell::of(column.get(at)))),
        }
    }

    fn write(&mut self, row: usize, num: i64, times: i64, state: u8) {
        let (status, cents) = match state {
            KNOWN if num > 0 => (Status::Due, num.wrapping_mul(times)),
            KNOWN => (Status::NotDue, 0),
            MISSING => (Status::Incomplete, 0),
            _ => (Status::Impossible, 0),
        };
        if let (Some(own), Some(slot)) = (self.statuses.get_mut(row), self.cents.get_mut(row)) {
            *own = status;
            *slot = cents;
        }
    }

    pub(crate) fn append(&mut self, other: Self) {
        let start = self.statuses.len();
        self.statuses.extend(other.statuses);
        self.cents.extend(other.cents);
        let exact = other.exact.into_iter();
        self.exact.extend(exact.map(|(row, it)| (start.saturating_add(row), it)));
    }
}

fn in_cents(amount: Rational) -> Option<i64> {
    let times = 100i128.checked_div(amount.denominator())?;
    if times.checked_mul(amount.denominator()) != Some(100) {
        return None;
    }
    let cents = i64::try_from(amount.numerator().checked_mul(times)?).ok()?;
    (cents.abs() <= MAX_NUM).then_some(cents)
}

/// The answers for many households: for each month and each aid of the plan, one column.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    pub(crate) months: Vec<Month>,
    pub(crate) aids: Vec<(RuleId, Entity)>,
    /// By month, then by aid.
    pub(crate) columns: Vec<AnswerColumn>,
    /// For each entity, where the rows of each household end.
    pub(crate) ends: [Vec<u32>; 4],
}

impl Answers {
    pub(crate) fn new(plan: &Plan, households: &Households, range: Range<usize>) -> Self {
        let ends = [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling].map(
            |entity| {
                let start = households.rows_of(entity, range.start).start;
                let ends = households.ends.get(entity_rank(entity));
                let ends = ends.and_then(|it| it.get(range.clone())).unwrap_or_default();
                let start = u32::try_from(start).unwrap_or(u32::MAX);
                ends.iter().map(|it| it.saturating_sub(start)).collect()
            },
        );
        Self::of_ends(plan, ends)
    }

    /// For one household.
    pub(crate) fn alone(plan: &Plan, household: &Household) -> Self {
        let ends = [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling]
            .map(|it| vec![u32::try_from(household.count(it)).unwrap_or(u32::MAX)]);
        Self::of_ends(plan, ends)
    }

    fn of_ends(plan: &Plan, ends: [Vec<u32>; 4]) -> Self {
        let mut res = Self {
            months: plan.months.clone(),
            aids: plan.aids.clone(),
            columns: Vec::with_capacity(plan.outputs.len()),
            ends,
        };
        for (_, (_, entity)) in plan.outputs.iter().zip(plan.aids.iter().cycle()) {
            let ends = res.ends.get(entity_rank(*entity));
            let rows = ends.and_then(|it| it.last()).map_or(0, |it| *it as usize);
            res.columns.push(AnswerColumn::of_rows(rows));
        }
        res
    }

    /// How many households.
    pub fn len(&self) -> usize {
        self.ends.first().map_or(0, Vec::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn months(&self) -> &[Month] {
        &self.months
    }

    /// The aids and whom each is for, in the order of the plan.
    pub fn aids(&self) -> &[(RuleId, Entity)] {
        &self.aids
    }

    /// One cell: ranks of the month and of the aid in the plan, rank of the household, rank of the person,
    /// family… in the household.
    pub fn cell(
        &self,
        month: usize,
        aid: usize,
        household: usize,
        instance: usize,
    ) -> Option<Cell> {
        let rows = self.rows(aid, household);
        let row = rows.start.checked_add(instance).filter(|it| *it < rows.end)?;
        self.column(month, aid)?.cell(row)
    }

    /// How many persons, families… of the household the aid has an answer for.
    pub fn instances(&self, aid: usize, household: usize) -> usize {
        self.rows(aid, household).len()
    }

    /// The rows of a household in the columns of an aid.
    pub fn rows(&self, aid: usize, household: usize) -> Range<usize> {
        let ends = self.aids.get(aid).and_then(|(_, it)| self.ends.get(entity_rank(*it)));
        let Some(ends) = ends else { return 0..0 };
        let Some(end) = ends.get(household) else { return 0..0 };
        let start = household.checked_sub(1).and_then(|it| ends.get(it)).copied().unwrap_or(0);
        start as usize..*end as usize
    }

    /// Everybody's answer for one aid in one month.
    pub fn column(&self, month: usize, aid: usize) -> Option<&AnswerColumn> {
        if aid >= self.aids.len() {
            return None;
        }
        self.columns.get(month.checked_mul(self.aids.len())?.checked_add(aid)?)
    }

    /// Adds the answers for other households, of the same plan, after these.
    pub fn extend(&mut self, other: Self) {
        for (own, other) in self.columns.iter_mut().zip(other.columns) {
            own.append(other);
        }
        for (own, other) in self.ends.iter_mut().zip(&other.ends) {
            let start = own.last().copied().unwrap_or(0);
            own.extend(other.iter().map(|it| start.saturating_add(*it)));
        }
    }
}
