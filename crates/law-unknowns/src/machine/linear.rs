//! Sums written out: what is added in one rule and taken away in another cancels.
//!
//! `aide − baisse` is narrower than the aid less the fall, each taken alone, when the fall is itself a part of
//! the aid. A `max(a, b)` is written `a` plus the excess of `b` over `a`, or the other way round: each
//! writing is right, and so is what they have in common.

use base::Rational;
use law_ir::{ExprId, InputId, Op, RuleId, RuleKind};

use super::memo::Evaluated;
use super::{Machine, Place};
use crate::interval::Interval;
use crate::known::Known;
use crate::shape::{Shape, Truth};

/// How a greatest or a least of two is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    AsItIs,
    FromFirst,
    FromSecond,
}

/// A number plus so many times each term.
#[derive(Debug, Default)]
struct Sum {
    constant: Option<Rational>,
    terms: Vec<(Evaluated, Rational, Interval)>,
}

/// Terms and steps of one sum; a law's formula has a few dozen.
const MOST_TERMS: usize = 48;
const FUEL: usize = 160;

impl Machine<'_> {
    /// The value of a rule's body, with its sums written out.
    pub(super) fn eval_body(&mut self, expr: ExprId, place: Place) -> Known {
        let known = self.eval(expr, place);
        let Shape::Number(wide) = known.shape else { return known };
        if wide.as_point().is_some() || self.steps > self.limits.steps {
            return known;
        }
        match self.written_out(expr, place).and_then(|it| it.meet(wide)) {
            Some(narrow) => Known::new(Shape::Number(narrow), known.up, known.down, known.faults),
            None => known,
        }
    }

    /// The bounds of an expression through its outer roundings and limits; `None` when nothing is a sum.
    fn written_out(&mut self, expr: ExprId, place: Place) -> Option<Interval> {
        let book = self.book;
        match &book.node(expr)?.op {
            Op::Add(..) | Op::Sub(..) => {
                self.open_choice = None;
                let whole = self.every_writing(expr, place);
                let Some((condition, at)) = self.open_choice.take() else { return whole };
                let branches = [true, false].map(|holds| {
                    self.under(&[(condition, holds)], at, |it| {
                        let found = it.every_writing(expr, place).unwrap_or(Interval::ANY);
                        Known::constant(Shape::Number(found))
                    })
                });
                let found = branches.into_iter().flatten().filter_map(|it| it.shape.interval());
                match (whole, found.reduce(Interval::hull)) {
                    (Some(a), Some(b)) => a.meet(b),
                    (it, None) | (None, it) => it,
                }
            }
            Op::Call { body, .. } => self.written_out(*body, place),
            Op::Round { value, mode, quantum } => {
                Some(self.written_out(*value, place)?.round(*quantum, *mode))
            }
            Op::Max(all) => self.extreme_out(all, place, Interval::max),
            Op::Min(all) => self.extreme_out(all, place, Interval::min),
            _ => None,
        }
    }

    /// What all the writings of a sum have in common.
    fn every_writing(&mut self, expr: ExprId, place: Place) -> Option<Interval> {
        let mut res: Option<Interval> = None;
        for writing in [Writing::AsItIs, Writing::FromFirst, Writing::FromSecond] {
            let found = self.total_of(&[(expr, Rational::ONE)], place, writing, &mut FUEL.clone());
            res = match (res, found) {
                (Some(a), Some(b)) => a.meet(b),
                (it, None) | (None, it) => it,
            };
        }
        res
    }

    fn extreme_out(
        &mut self,
        all: &[ExprId],
        place: Place,
        op: fn(Interval, Interval) -> Interval,
    ) -> Option<Interval> {
        let mut res: Option<Interval> = None;
        for expr in all {
            let next = match self.written_out(*expr, place) {
                Some(it) => it,
                None => self.eval(*expr, place).shape.interval()?,
            };
            res = Some(res.map_or(next, |it| op(it, next)));
        }
        res
    }

    /// The bounds of a sum of expressions, each so many times.
    fn total_of(
        &mut self,
        parts: &[(ExprId, Rational)],
        place: Place,
        writing: Writing,
        fuel: &mut usize,
    ) -> Option<Interval> {
        let mut sum = Sum { constant: Some(Rational::ZERO), terms: Vec::new() };
        for (expr, times) in parts {
            self.add_to(&mut sum, *expr, place, *times, writing, fuel)?;
        }
        sum.interval()
    }

    fn add_to(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        place: Place,
        times: Rational,
        writing: Writing,
        fuel: &mut usize,
    ) -> Option<()> {
        *fuel = fuel.checked_sub(1)?;
        let book = self.book;
        match &book.node(expr)?.op {
            Op::Add(a, b) => {
                self.add_to(sum, *a, place, times, writing, fuel)?;
                self.add_to(sum, *b, place, times, writing, fuel)
            }
            Op::Sub(a, b) => {
                self.add_to(sum, *a, place, times, writing, fuel)?;
                self.add_to(sum, *b, place, times.checked_neg()?, writing, fuel)
            }
            Op::Neg(it) => self.add_to(sum, *it, place, times.checked_neg()?, writing, fuel),
            Op::Scale(it, scale) => {
                self.add_to(sum, *it, place, times.checked_mul(*scale)?, writing, fuel)
            }
            Op::Mul(a, b) => {
                let (first, second) = (self.fixed(*a, place), self.fixed(*b, place));
                match (first, second) {
                    (Some(by), _) => {
                        self.add_to(sum, *b, place, times.checked_mul(by)?, writing, fuel)
                    }
                    (None, Some(by)) => {
                        self.add_to(sum, *a, place, times.checked_mul(by)?, writing, fuel)
                    }
                    (None, None) => self.add_whole(sum, expr, place, times),
                }
            }
            Op::Div(a, b) => match self.fixed(*b, place).filter(|it| !it.is_zero()) {
                Some(by) => self.add_to(sum, *a, place, times.checked_div(by)?, writing, fuel),
                None => self.add_whole(sum, expr, place, times),
            },
            Op::Call { body, .. } => self.add_to(sum, *body, place, times, writing, fuel),
            Op::At { value, shift } => {
                let place = Place { month: place.month.plus(*shift), ..place };
                self.add_to(sum, *value, place, times, writing, fuel)
            }
            Op::OfApplicant(body) => {
                let applicant = self.applicant(place)?;
                self.add_to(sum, *body, applicant, times, writing, fuel)
            }
            Op::If { condition, then, otherwise } => {
                let known = self.eval(*condition, place);
                match known.shape.truth().and_then(Truth::decided).filter(|_| !known.faults) {
                    Some(holds) => {
                        let taken = if holds { *then } else { *otherwise };
                        self.add_to(sum, taken, place, times, writing, fuel)
                    }
                    None => {
                        // The sum is worth taking branch by branch.
                        self.open_choice.get_or_insert((*condition, place));
                        self.add_whole(sum, expr, place, times)
                    }
                }
            }
            Op::Max(all) => self.add_extreme(sum, expr, all, place, (times, true), writing, fuel),
            Op::Min(all) => self.add_extreme(sum, expr, all, place, (times, false), writing, fuel),
            Op::Rule(id) => self.add_rule(sum, expr, *id, place, times, writing, fuel),
            Op::Input(id) => self.add_fact(sum, expr, *id, place, times),
            _ => self.add_whole(sum, expr, place, times),
        }
    }

    /// `max(a, b)` is `a` plus what `b` has more, if anything; `min(a, b)` is `a` less what it has more.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn add_extreme(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        all: &[ExprId],
        place: Place,
        (times, greatest): (Rational, bool),
        writing: Writing,
        fuel: &mut usize,
    ) -> Option<()> {
        let (pivot, other) = match (writing, all) {
            (Writing::FromFirst, [a, b]) => (*a, *b),
            (Writing::FromSecond, [a, b]) => (*b, *a),
            _ => return self.add_whole(sum, expr, place, times),
        };
        let minus = Rational::ONE.checked_neg()?;
        let (more, less) = if greatest { (other, pivot) } else { (pivot, other) };
        let parts = [(more, Rational::ONE), (less, minus)];
        let excess = self.total_of(&parts, place, writing, fuel)?;
        let excess = excess.max(Interval::point(Rational::ZERO));
        self.add_to(sum, pivot, place, times, writing, fuel)?;
        let times = if greatest { times } else { times.checked_neg()? };
        sum.add(expression(expr, place), times, excess)
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn add_rule(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        id: RuleId,
        place: Place,
        times: Rational,
        writing: Writing,
        fuel: &mut usize,
    ) -> Option<()> {
        let book = self.book;
        let rule = book.rule(id)?;
        let known = self.eval(expr, place);
        let interval = known.shape.interval()?;
        if let Some(value) = interval.as_point() {
            return sum.add_constant(value.checked_mul(times)?);
        }
        let instance = self.household.project(place.entity, place.instance, rule.entity)?;
        let inside = Place { entity: rule.entity, instance, ..place };
        let opens = match rule.kind {
            RuleKind::Aid(_) => false,
            RuleKind::Rule | RuleKind::Local { .. } => self.is_sum(rule.body, inside, writing),
        };
        if opens {
            return self.add_to(sum, rule.body, inside, times, writing, fuel);
        }
        sum.add(Evaluated::Rule(id, instance, place.month), times, interval)
    }

    /// Whether writing the body out may cancel something.
    fn is_sum(&mut self, body: ExprId, place: Place, writing: Writing) -> bool {
        let book = self.book;
        match book.node(body).map(|it| &it.op) {
            Some(
                Op::Add(..)
                | Op::Sub(..)
                | Op::Neg(_)
                | Op::Scale(..)
                | Op::Mul(..)
                | Op::Div(..)
                | Op::Rule(_),
            ) => true,
            Some(Op::Max(all) | Op::Min(all)) => writing != Writing::AsItIs && all.len() == 2,
            Some(Op::Call { body, .. }) => self.is_sum(*body, place, writing),
            Some(Op::If { condition, then, otherwise }) => {
                let known = self.eval(*condition, place);
                match known.shape.truth().and_then(Truth::decided).filter(|_| !known.faults) {
                    Some(true) => self.is_sum(*then, place, writing),
                    Some(false) => self.is_sum(*otherwise, place, writing),
                    None => true,
                }
            }
            _ => false,
        }
    }

    fn add_fact(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        id: InputId,
        place: Place,
        times: Rational,
    ) -> Option<()> {
        let interval = self.eval(expr, place).shape.interval()?;
        if let Some(value) = interval.as_point() {
            return sum.add_constant(value.checked_mul(times)?);
        }
        let entity = self.book.input(id)?.entity;
        match self.household.project(place.entity, place.instance, entity) {
            Some(instance) => sum.add(Evaluated::Fact(id, instance, place.month), times, interval),
            None => sum.add(expression(expr, place), times, interval),
        }
    }

    fn add_whole(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        place: Place,
        times: Rational,
    ) -> Option<()> {
        let interval = self.eval(expr, place).shape.interval()?;
        match interval.as_point() {
            Some(value) => sum.add_constant(value.checked_mul(times)?),
            None => sum.add(expression(expr, place), times, interval),
        }
    }

    fn fixed(&mut self, expr: ExprId, place: Place) -> Option<Rational> {
        self.eval(expr, place).shape.interval()?.as_point()
    }
}

fn expression(expr: ExprId, place: Place) -> Evaluated {
    Evaluated::Expr(expr, place.entity, place.instance, place.month)
}

impl Sum {
    fn add_constant(&mut self, value: Rational) -> Option<()> {
        self.constant = Some(self.constant?.checked_add(value)?);
        Some(())
    }

    fn add(&mut self, of: Evaluated, times: Rational, interval: Interval) -> Option<()> {
        if let Some((_, all, _)) = self.terms.iter_mut().find(|(it, _, _)| *it == of) {
            *all = all.checked_add(times)?;
            return Some(());
        }
        if self.terms.len() >= MOST_TERMS {
            return None;
        }
        self.terms.push((of, times, interval));
        Some(())
    }

    fn interval(self) -> Option<Interval> {
        let mut res = Interval::point(self.constant?);
        for (_, times, interval) in self.terms {
            if !times.is_zero() {
                res = res.add(interval.scale(times));
            }
        }
        Some(res)
    }
}
