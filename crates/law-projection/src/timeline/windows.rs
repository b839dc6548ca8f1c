//! Dated values, and windows of months sliding over a series.

use base::{Month, Rational};
use law_ir::{Dated, ExprId, Op, ParamId, Reduce, TableId, Value, WindowId, WindowUse};

use super::event::first_full_month;
use super::ops::Who;
use super::{Cell, Event, Piece, Series, Timeline};

impl Timeline<'_> {
    /// The rank of the version in force; a fault before the first.
    fn versions<T>(&self, versions: &[Dated<T>]) -> Series {
        let mut pieces = vec![Piece { from: self.low, cell: Cell::Fault }];
        for (rank, version) in versions.iter().enumerate() {
            let from = first_full_month(version.from).max(self.low);
            let rank = i64::try_from(rank).unwrap_or(i64::MAX);
            pieces.push(Piece { from, cell: Cell::of(Some(Rational::from(rank))) });
        }
        pieces.retain(|it| it.from <= self.high);
        let series = Series::new(pieces);
        self.hold(series, |event| matches!(event, Event::Version { .. }))
    }

    pub(super) fn param(&self, id: ParamId) -> Series {
        let Some(param) = self.index.book.param(id) else { return self.constant(Cell::Fault) };
        self.versions(&param.versions).map(|rank| {
            let value = version(&param.versions, rank).and_then(|it| *it);
            value.map_or(Cell::Fault, Cell::Known)
        })
    }

    pub(super) fn table(&mut self, id: TableId, keys: &[ExprId], who: Who) -> Series {
        let Some(table) = self.index.book.table(id) else { return self.constant(Cell::Fault) };
        let mut series = vec![self.versions(&table.versions)];
        for key in keys {
            series.push(self.eval(*key, who));
        }
        Series::all(&series, |_, cells| {
            let Some((rank, keys)) = cells.split_first() else { return Cell::Fault };
            let stop = keys.iter().filter(|it| it.value().is_none()).copied();
            if let Some(stop) = stop.reduce(Cell::worse) {
                return stop;
            }
            let keys: Vec<Value> = keys.iter().filter_map(|it| it.value()).collect();
            let value = version(&table.versions, *rank).and_then(|it| it.get(&keys));
            value.map_or(Cell::Fault, Cell::Known)
        })
    }

    pub(super) fn over(
        &mut self,
        reduce: Reduce,
        window: WindowUse,
        body: ExprId,
        who: Who,
    ) -> Series {
        let body = self.eval(body, who);
        match window {
            WindowUse::Months { first, last } => {
                let whole = (self.low, self.high);
                Series::new(self.sliding(reduce, &body, (first, last), whole))
            }
            WindowUse::Year { offset } => {
                let series = self.yearly(reduce, &body, offset);
                self.hold(series, |event| matches!(event, Event::Calendar { .. }))
            }
            WindowUse::Named(id) => self.named(reduce, &body, id),
        }
    }

    fn named(&self, reduce: Reduce, body: &Series, id: WindowId) -> Series {
        let Some(window) = self.index.book.window(id) else { return self.constant(Cell::Fault) };
        let ranks = self.versions(&window.versions);
        let mut res = Vec::new();
        let ends = ranks.changes().map(|it| it.plus(-1)).chain([self.high]);
        for (piece, end) in ranks.pieces().iter().zip(ends) {
            match version(&window.versions, piece.cell) {
                Some(months) => {
                    res.extend(self.sliding(reduce, body, *months, (piece.from, end)));
                }
                None => res.push(Piece { from: piece.from, cell: Cell::Fault }),
            }
        }
        Series::new(res)
    }

    /// From `start` to `end`: a change of the body moves the result from the month in which it enters the
    /// window to the month in which nothing before it is left.
    fn sliding(
        &self,
        reduce: Reduce,
        body: &Series,
        (first, last): (i32, i32),
        (start, end): (Month, Month),
    ) -> Vec<Piece> {
        let mut months = vec![start];
        for change in body.changes() {
            let mut month = change.plus(last.saturating_neg()).max(start);
            let gone = change.plus(first.saturating_neg()).min(end);
            while month <= gone {
                months.push(month);
                month = month.plus(1);
            }
        }
        months.sort_unstable();
        months.dedup();
        let each = months.into_iter().map(|from| {
            let cells = cells(body, from.plus(first), from.plus(last));
            Piece { from, cell: reduced(reduce, &cells) }
        });
        each.collect()
    }

    fn yearly(&self, reduce: Reduce, body: &Series, offset: i32) -> Series {
        let years = self.low.year()..=self.high.year();
        Series::new(years.map(|year| {
            let read = year.saturating_add(offset);
            let cells = cells(body, Month::of(read, 1), Month::of(read, 12));
            Piece { from: Month::of(year, 1).max(self.low), cell: reduced(reduce, &cells) }
        }))
    }

    /// Reading the calendar: what `each` makes of the first month of every month, held back by its owner.
    pub(super) fn by_month(&self, site: ExprId, who: Who, each: impl Fn(Month) -> Cell) -> Series {
        let mut pieces = Vec::new();
        let mut month = self.low;
        while month <= self.high {
            pieces.push(Piece { from: month, cell: each(month) });
            month = month.plus(1);
        }
        self.hold_clock(Series::new(pieces), site, who)
    }

    pub(super) fn hold_clock(&self, series: Series, site: ExprId, who: Who) -> Series {
        if self.held.is_empty() {
            return series;
        }
        let owner = self.index.clock(self.household, site, who, self.low);
        self.hold(series, |event| event.in_month(self.low) == owner)
    }

    /// Months or years since a date, on each month.
    pub(super) fn since(&mut self, site: ExprId, op: &Op, date: ExprId, who: Who) -> Series {
        let step = if matches!(op, Op::YearsSince(_)) { 12 } else { 1 };
        let dates = self.eval(date, who);
        let mut pieces = Vec::new();
        let ends = dates.changes().map(|it| it.plus(-1)).chain([self.high]);
        for (piece, end) in dates.pieces().iter().zip(ends) {
            let date = match piece.cell.date() {
                Ok(date) => date,
                Err(stop) => {
                    pieces.push(Piece { from: piece.from, cell: stop });
                    continue;
                }
            };
            let mut from = piece.from;
            while from <= end {
                let months = date.months_until(from);
                let whole = Rational::from(months.div_euclid(step));
                pieces.push(Piece { from, cell: Cell::of(Some(whole)) });
                from = from.plus(step.saturating_sub(months.rem_euclid(step)));
            }
        }
        self.hold_clock(Series::new(pieces), site, who)
    }
}

fn version<T>(versions: &[Dated<T>], rank: Cell) -> Option<&T> {
    let rank = usize::try_from(rank.number().ok()?.numerator()).ok()?;
    versions.get(rank).map(|it| &it.value)
}

fn cells(body: &Series, first: Month, last: Month) -> Vec<Cell> {
    if let Some(only) = body.only() {
        let months = last.since(first).saturating_add(1).max(0);
        return vec![only; usize::try_from(months).unwrap_or(0)];
    }
    let mut res = Vec::new();
    let mut month = first;
    while month <= last {
        res.push(body.at(month));
        month = month.plus(1);
    }
    res
}

/// Several values into one: `un`/`chacun` are settled by one of them, the others need all.
pub(super) fn reduced(reduce: Reduce, cells: &[Cell]) -> Cell {
    let settles = match reduce {
        Reduce::Any => Some(true),
        Reduce::All => Some(false),
        Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => None,
    };
    if let Some(settles) = settles {
        let settling = Cell::Known(Value::Bool(settles));
        if cells.contains(&settling) {
            return settling;
        }
        let stops = cells.iter().filter_map(|it| it.boolean().err());
        return stops.reduce(Cell::worse).unwrap_or(Cell::Known(Value::Bool(!settles)));
    }
    let mut numbers = Vec::with_capacity(cells.len());
    let mut stop = None;
    for cell in cells {
        match cell.number() {
            Ok(it) => numbers.push(it),
            Err(it) => stop = Some(stop.map_or(it, |before| it.worse(before))),
        }
    }
    if let Some(stop) = stop {
        return stop;
    }
    let sum = || numbers.iter().try_fold(Rational::ZERO, |sum, it| sum.checked_add(*it));
    Cell::of(match reduce {
        Reduce::Sum => sum(),
        Reduce::Mean => {
            let count = Rational::from(i64::try_from(numbers.len()).unwrap_or(i64::MAX));
            sum().and_then(|sum| sum.checked_div(count))
        }
        Reduce::Max => numbers.iter().max().copied(),
        Reduce::Min => numbers.iter().min().copied(),
        Reduce::Any | Reduce::All => None,
    })
}
