//! What is gathered over months and persons.
//!
//! Every month and every person is evaluated, even once the answer is settled: the trace tells them all.

use std::ops::Range;

use base::{Date, Month, Rational};
use law_ir::{Aggregation, Entity, ExprId, Instance, Reduce, Role, Value, WindowUse};

use super::{Evaluator, Place, count};
use crate::Fault;
use crate::roles::role_members;
use crate::stop::{Eval, fault, merge};

/// A reduction under way.
struct Fold {
    reduce: Reduce,
    values: usize,
    /// Of a sum or a mean.
    total: Rational,
    /// Of a maximum or a minimum.
    best: Option<Rational>,
    missing: Eval<()>,
    /// Whatever comes after changes nothing: a case settles it, or it cannot go on.
    settled: Option<Eval>,
}

impl Evaluator<'_> {
    pub(super) fn over(
        &mut self,
        reduce: Reduce,
        window: WindowUse,
        body: ExprId,
        place: Place,
    ) -> Eval {
        let (first, last) = self.months(window, place.month)?;
        let mut fold = Fold::new(reduce);
        let mut month = first;
        while month <= last {
            let value = self.eval(body, Place { month, ..place });
            self.take(&mut fold, value);
            month = month.plus(1);
        }
        self.result(fold)
    }

    fn months(&mut self, window: WindowUse, month: Month) -> Eval<(Month, Month)> {
        let (first, last) = match window {
            WindowUse::Months { first, last } => (first, last),
            WindowUse::Year { offset } => {
                let year = month.year().saturating_add(offset);
                return Ok((Month::of(year, 1), Month::of(year, 12)));
            }
            WindowUse::Named(id) => {
                let Some(window) = self.book.window(id) else { return Err(self.inconsistent()) };
                let Some((_, version)) = window.at(month) else {
                    let first = window.versions.first().map(|it| it.from.month());
                    let label = window.label.clone();
                    return Err(fault(Fault::NoValue { label, month, first }));
                };
                version.value
            }
        };
        Ok((month.plus(first), month.plus(last)))
    }

    pub(super) fn aggregate(&mut self, it: &Aggregation, place: Place) -> Eval {
        let persons = self.chosen(it.role, it.filter, place)?;
        let mut fold = Fold::new(it.reduce);
        for rank in persons.clone() {
            let Some(instance) = self.persons.get(rank).copied() else { break };
            let value = self.eval(it.body, Place { entity: Entity::Person, instance, ..place });
            self.take(&mut fold, value);
        }
        self.persons.truncate(persons.start);
        match it.default {
            Some(default) if persons.is_empty() => self.eval(default, place),
            _ => self.result(fold),
        }
    }

    pub(super) fn count(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Eval {
        let persons = self.chosen(role, filter, place)?;
        self.persons.truncate(persons.start);
        Ok(Value::Number(count(persons.len())))
    }

    fn take(&self, fold: &mut Fold, value: Eval) {
        fold.values = fold.values.saturating_add(1);
        if fold.settled.is_some() {
            return;
        }
        match (value, fold.reduce) {
            (Ok(Value::Bool(it)), reduce) => {
                let settles = match reduce {
                    Reduce::Any => it,
                    Reduce::All => !it,
                    Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => false,
                };
                if settles {
                    fold.settled = Some(Ok(Value::Bool(it)));
                }
            }
            (Ok(Value::Number(it)), Reduce::Sum | Reduce::Mean) => {
                match fold.total.checked_add(it) {
                    Some(total) => fold.total = total,
                    None => fold.settled = Some(Err(self.too_large())),
                }
            }
            (Ok(Value::Number(it)), Reduce::Max) => {
                fold.best = Some(fold.best.map_or(it, |best| best.max(it)));
            }
            (Ok(Value::Number(it)), Reduce::Min) => {
                fold.best = Some(fold.best.map_or(it, |best| best.min(it)));
            }
            (Ok(Value::Number(_)), Reduce::Any | Reduce::All)
            | (Ok(Value::Date(_) | Value::Case(_)), _) => {
                fold.settled = Some(Err(self.inconsistent()));
            }
            (Err(stop), _) => {
                let before = std::mem::replace(&mut fold.missing, Ok(()));
                fold.missing = merge(before, Err(stop));
            }
        }
    }

    fn result(&self, fold: Fold) -> Eval {
        if let Some(settled) = fold.settled {
            return settled;
        }
        fold.missing?;
        match fold.reduce {
            Reduce::Any => Ok(Value::Bool(false)),
            Reduce::All => Ok(Value::Bool(true)),
            Reduce::Sum => Ok(Value::Number(fold.total)),
            Reduce::Mean if fold.values == 0 => {
                Err(fault(Fault::DivisionByZero { label: self.label() }))
            }
            Reduce::Mean => self.exact(fold.total.checked_div(count(fold.values))),
            Reduce::Max | Reduce::Min => {
                fold.best.map(Value::Number).ok_or_else(|| self.inconsistent())
            }
        }
    }

    /// The persons of the group with this role who pass the filter, in order of declaration: their ranks in
    /// `self.persons`, to be cut back to the first of them after use.
    fn chosen(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Eval<Range<usize>> {
        let first = self.persons.len();
        let mut stopped = Ok(());
        for instance in role_members(self.household, role, place) {
            let person = Place { entity: Entity::Person, instance, ..place };
            match filter.map_or(Ok(true), |filter| self.boolean(filter, person)) {
                Ok(true) => self.persons.push(instance),
                Ok(false) => {}
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        if let Err(stop) = stopped {
            self.persons.truncate(first);
            return Err(stop);
        }
        Ok(first..self.persons.len())
    }

    /// 1 for the eldest: by birth date, then by order of declaration; 0 for somebody not counted.
    pub(super) fn rank(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Eval {
        let family = Place {
            entity: Entity::Family,
            instance: self.project(place, Entity::Family)?,
            ..place
        };
        let persons = self.chosen(role, filter, family)?;
        let rank = self.rank_among(persons.clone(), place);
        self.persons.truncate(persons.start);
        rank.map(|it| Value::Number(count(it)))
    }

    fn rank_among(&mut self, persons: Range<usize>, place: Place) -> Eval<usize> {
        let chosen = self.persons.get(persons.clone()).unwrap_or_default();
        let Some(position) = chosen.iter().position(|it| *it == place.instance) else {
            return Ok(0);
        };
        let own = self.birth(place.instance, place.month);
        let mut rank = 1_usize;
        let mut stopped = Ok(());
        for (order, at) in persons.enumerate() {
            let Some(instance) = self.persons.get(at).copied() else { break };
            match (self.birth(instance, place.month), &own) {
                (Ok(born), Ok(own)) if (born, order) < (*own, position) => {
                    rank = rank.saturating_add(1);
                }
                // Its own, when it is the one that has no date, is told in its turn.
                (Ok(_), Ok(_) | Err(_)) => {}
                (Err(stop), _) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped.map(|()| rank)
    }

    fn birth(&mut self, instance: Instance, month: Month) -> Eval<Date> {
        let Some(birth) = self.book.birth_date else { return Err(self.inconsistent()) };
        let born = self.input(birth, Place { entity: Entity::Person, instance, month })?;
        born.as_date().ok_or_else(|| self.inconsistent())
    }
}

impl Fold {
    fn new(reduce: Reduce) -> Self {
        let total = Rational::ZERO;
        Self { reduce, values: 0, total, best: None, missing: Ok(()), settled: None }
    }
}
