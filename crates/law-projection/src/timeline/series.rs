//! A value over the months, told by the months in which it changes.

use std::rc::Rc;

use base::{Month, Rational};
use law_ir::Value;

/// What an expression is worth in one month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell {
    Known(Value),
    /// A fact that matters is missing.
    Missing,
    /// The rules have no answer.
    Fault,
}

impl Cell {
    pub fn value(self) -> Option<Value> {
        match self {
            Self::Known(it) => Some(it),
            Self::Missing | Self::Fault => None,
        }
    }

    pub fn number(self) -> Result<Rational, Self> {
        match self {
            Self::Known(Value::Number(it)) => Ok(it),
            Self::Known(_) => Err(Self::Fault),
            stop @ (Self::Missing | Self::Fault) => Err(stop),
        }
    }

    pub fn boolean(self) -> Result<bool, Self> {
        match self {
            Self::Known(Value::Bool(it)) => Ok(it),
            Self::Known(_) => Err(Self::Fault),
            stop @ (Self::Missing | Self::Fault) => Err(stop),
        }
    }

    pub fn date(self) -> Result<base::Date, Self> {
        match self {
            Self::Known(Value::Date(it)) => Ok(it),
            Self::Known(_) => Err(Self::Fault),
            stop @ (Self::Missing | Self::Fault) => Err(stop),
        }
    }

    /// Of two reasons not to have a value, a fault is the one told.
    pub fn worse(self, other: Self) -> Self {
        if self == Self::Fault || other == Self::Fault { Self::Fault } else { Self::Missing }
    }

    pub fn of(value: Option<Rational>) -> Self {
        value.map_or(Self::Fault, |it| Self::Known(Value::Number(it)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    pub from: Month,
    pub cell: Cell,
}

/// INVARIANT: sorted by month, each month once, no two neighbours worth the same; never empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series(Rc<[Piece]>);

impl Series {
    pub fn constant(from: Month, cell: Cell) -> Self {
        Self(Rc::from([Piece { from, cell }]))
    }

    /// From pieces in order of month; a month told twice keeps its last value.
    pub fn new(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut res: Vec<Piece> = Vec::new();
        for piece in pieces {
            if res.last().is_some_and(|last| last.from == piece.from) {
                res.pop();
            }
            if res.last().is_none_or(|last| last.cell != piece.cell) {
                res.push(piece);
            }
        }
        Self(Rc::from(res))
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The only value there is, if it never changes.
    pub fn only(&self) -> Option<Cell> {
        match &*self.0 {
            [only] => Some(only.cell),
            _ => None,
        }
    }

    /// Before the first piece, what the first says: a month that far is never asked for.
    pub fn at(&self, month: Month) -> Cell {
        let after = self.0.partition_point(|it| it.from <= month);
        let piece = self.0.get(after.saturating_sub(1));
        piece.map_or(Cell::Missing, |it| it.cell)
    }

    /// The months, after the first, in which the value changes.
    pub fn changes(&self) -> impl Iterator<Item = Month> {
        self.0.iter().skip(1).map(|it| it.from)
    }

    pub fn any(&self, test: impl Fn(Cell) -> bool) -> bool {
        self.0.iter().any(|it| test(it.cell))
    }

    /// Month by month, what `each` makes of the value.
    pub fn map(&self, each: impl Fn(Cell) -> Cell) -> Self {
        if let [only] = &*self.0 {
            return Self::constant(only.from, each(only.cell));
        }
        Self::new(self.0.iter().map(|it| Piece { from: it.from, cell: each(it.cell) }))
    }

    pub fn zip(&self, other: &Self, each: impl Fn(Cell, Cell) -> Cell) -> Self {
        if let Some(only) = other.only() {
            return self.map(|it| each(it, only));
        }
        if let Some(only) = self.only() {
            return other.map(|it| each(only, it));
        }
        Self::all(&[self.clone(), other.clone()], |_, cells| match cells {
            [a, b] => each(*a, *b),
            _ => Cell::Fault,
        })
    }

    /// Several series together: `each` is called once for every stretch of months in which none changes,
    /// with its first month.
    pub fn all(series: &[Self], mut each: impl FnMut(Month, &[Cell]) -> Cell) -> Self {
        let mut months: Vec<Month> =
            series.iter().flat_map(|it| it.0.iter().map(|piece| piece.from)).collect();
        months.sort_unstable();
        months.dedup();
        let mut cursors: Vec<&[Piece]> = series.iter().map(|it| &*it.0).collect();
        let mut cells: Vec<Cell> = series.iter().map(|_| Cell::Missing).collect();
        Self::new(months.into_iter().map(|from| {
            for (cursor, cell) in cursors.iter_mut().zip(&mut cells) {
                while let [first, rest @ ..] = *cursor
                    && first.from <= from
                {
                    *cell = first.cell;
                    *cursor = rest;
                }
            }
            Piece { from, cell: each(from, &cells) }
        }))
    }

    /// What the value is `shift` months away, from the month `low` on.
    pub fn shifted(&self, shift: i32, low: Month) -> Self {
        if shift == 0 || self.0.len() == 1 {
            return self.clone();
        }
        let first = Piece { from: low, cell: self.at(low.plus(shift)) };
        let moved = self.0.iter();
        let moved = moved.map(|it| Piece { from: it.from.plus(shift.saturating_neg()), ..*it });
        Self::new(std::iter::once(first).chain(moved.filter(|it| it.from > low)))
    }

    /// The same, except that in each of these months the value of the month before still holds.
    pub fn held(&self, months: impl Iterator<Item = Month>) -> Self {
        let mut res = self.clone();
        for month in months {
            let Some(first) = res.0.first().map(|it| it.from) else { return res };
            // Events are held back one at a time in the order given: each reads the values as they were.
            if month <= first || self.at(month) == self.at(month.plus(-1)) {
                continue;
            }
            let before = res.0.iter().filter(|it| it.from < month).copied();
            let during = Piece { from: month, cell: self.at(month.plus(-1)) };
            let next = Piece { from: month.plus(1), cell: res.at(month.plus(1)) };
            let after = res.0.iter().filter(|it| it.from > month.plus(1)).copied();
            res = Self::new(before.chain([during, next]).chain(after).collect::<Vec<_>>());
        }
        res
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn cell(number: i32) -> Cell {
        Cell::Known(Value::Number(Rational::from(number)))
    }

    fn series(points: &[(&str, i32)]) -> Series {
        Series::new(points.iter().map(|(from, it)| Piece { from: month(from), cell: cell(*it) }))
    }

    #[test]
    fn a_month_held_back_reads_the_month_before_and_no_other() {
        let salary = series(&[("2026-01", 900), ("2026-05", 0)]);
        let held = salary.held([month("2026-05")].into_iter());
        assert_eq!(held.at(month("2026-04")), cell(900));
        assert_eq!(held.at(month("2026-05")), cell(900));
        assert_eq!(held.at(month("2026-06")), cell(0));
        assert_eq!(salary.held([month("2026-06")].into_iter()), salary);
    }

    #[test]
    fn a_shift_moves_the_changes_the_other_way() {
        let salary = series(&[("2026-01", 900), ("2026-05", 0)]);
        let past = salary.shifted(-2, month("2026-01"));
        assert_eq!(past, series(&[("2026-01", 900), ("2026-07", 0)]));
        let future = salary.shifted(2, month("2026-01"));
        assert_eq!(future, series(&[("2026-01", 900), ("2026-03", 0)]));
    }

    #[test]
    fn stretches_are_cut_where_any_of_the_series_changes() {
        let a = series(&[("2026-01", 1), ("2026-05", 2)]);
        let b = series(&[("2026-01", 10), ("2026-03", 20), ("2026-05", 19)]);
        let sum = a.zip(&b, |a, b| {
            Cell::of(a.number().ok().zip(b.number().ok()).and_then(|(a, b)| a.checked_add(b)))
        });
        assert_eq!(sum, series(&[("2026-01", 11), ("2026-03", 21)]));
    }
}
