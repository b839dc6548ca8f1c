//! Sums written out: what is added in one rule and taken away in another cancels.
//!
//! `aide − baisse` is narrower than the aid less the fall, each taken alone, when the fall is itself a part of
//! the aid. A `max(a, b)` is written `a` plus the excess of `b` over `a`, or the other way round: each
//! writing is right, and so is what they have in common.

use base::{Rational, Rounding};
use law_ir::{Aggregation, Entity, ExprId, InputId, Op, Reduce, RuleId, RuleKind, WindowUse};

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
    /// From the first, with the sums over persons and months opened too.
    Deep,
}

/// A number plus so many times each term.
#[derive(Debug, Default)]
struct Sum {
    constant: Option<Rational>,
    terms: Vec<(Evaluated, Rational, Interval)>,
}

/// Terms and steps of one sum; a law's formula has a few dozen.
const MOST_TERMS: usize = 48;
const FUEL: usize = 240;

/// Choices inside a sum that are taken branch by branch.
const BRANCHES: usize = 3;

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
    pub(super) fn written_out(&mut self, expr: ExprId, place: Place) -> Option<Interval> {
        let book = self.book;
        match &book.node(expr)?.op {
            Op::Add(..) | Op::Sub(..) => self.branch_by_branch(expr, place, BRANCHES),
            Op::Call { body, .. } => self.written_out(*body, place),
            Op::Round { value, mode, quantum } => {
                Some(self.written_out(*value, place)?.round(*quantum, *mode))
            }
            Op::Max(all) => self.extreme_out(all, place, Interval::max),
            Op::Min(all) => self.extreme_out(all, place, Interval::min),
            _ => None,
        }
    }

    /// The bounds of a sum, and those of each branch of the first choice that is open in it: what is chosen
    /// there may be what is taken away elsewhere.
    fn branch_by_branch(&mut self, expr: ExprId, place: Place, depth: usize) -> Option<Interval> {
        self.open_choice = None;
        let whole = self.every_writing(expr, place);
        let Some((condition, at)) = self.open_choice.take() else { return whole };
        let Some(deeper) = depth.checked_sub(1) else { return whole };
        let mut branches: Option<Interval> = None;
        for holds in [true, false] {
            let found = self.under(&[(condition, holds)], at, |it| {
                let found = it.branch_by_branch(expr, place, deeper).unwrap_or(Interval::ANY);
                Known::constant(Shape::Number(found))
            });
            // A branch that cannot be taken adds nothing.
            let Some(found) = found.and_then(|it| it.shape.interval()) else { continue };
            branches = Some(branches.map_or(found, |it| it.hull(found)));
        }
        match (whole, branches) {
            (Some(a), Some(b)) => a.meet(b),
            (it, None) | (None, it) => it,
        }
    }

    /// What all the writings of a sum have in common.
    fn every_writing(&mut self, expr: ExprId, place: Place) -> Option<Interval> {
        let mut res: Option<Interval> = None;
        // Only what is taken away can cancel what persons and months add up to.
        let is_difference = matches!(self.book.node(expr).map(|it| &it.op), Some(Op::Sub(..)));
        let most = if self.limits.deep && is_difference { 4 } else { 3 };
        let all = [Writing::AsItIs, Writing::FromFirst, Writing::FromSecond, Writing::Deep];
        for writing in all.into_iter().take(most) {
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
            Op::Round { value, mode, quantum } => {
                // The error of rounding is a term of its own.
                let interval = self.eval(expr, place).shape.interval()?;
                if let Some(value) = interval.as_point() {
                    return sum.add_constant(value.checked_mul(times)?);
                }
                let error = error_of(*mode, *quantum)?;
                self.add_to(sum, *value, place, times, writing, fuel)?;
                sum.add(expression(expr, place), times, error)
            }
            Op::Aggregate(it) if writing == Writing::Deep => {
                self.add_persons(sum, expr, it, place, times, fuel)
            }
            Op::Over { reduce, window, body } if writing == Writing::Deep => {
                let window = (*reduce, *window, *body);
                self.add_months(sum, expr, window, place, times, fuel)
            }
            _ => self.add_whole(sum, expr, place, times),
        }
    }

    /// The sum over persons who are surely counted, or surely not, person by person.
    fn add_persons(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        it: &Aggregation,
        place: Place,
        times: Rational,
        fuel: &mut usize,
    ) -> Option<()> {
        let known = self.eval(expr, place).shape.interval()?;
        let opens = it.reduce == Reduce::Sum && it.default.is_none();
        if known.as_point().is_some() || !opens {
            return self.add_whole(sum, expr, place, times);
        }
        let mut counted = Vec::new();
        for instance in super::groups::members(self.household, it.role, place) {
            let at = Place { entity: Entity::Person, instance, ..place };
            let verdict = it.filter.map(|filter| self.eval(filter, at));
            match verdict.map(|it| (it.shape.truth().and_then(Truth::decided), it.faults)) {
                None | Some((Some(true), false)) => counted.push(at),
                Some((Some(false), false)) => {}
                Some(_) => return self.add_whole(sum, expr, place, times),
            }
        }
        for at in counted {
            self.add_to(sum, it.body, at, times, Writing::Deep, fuel)?;
        }
        Some(())
    }

    /// The sum or the mean over months, month by month.
    fn add_months(
        &mut self,
        sum: &mut Sum,
        expr: ExprId,
        (reduce, window, body): (Reduce, WindowUse, ExprId),
        place: Place,
        times: Rational,
        fuel: &mut usize,
    ) -> Option<()> {
        /// A year of months is too many terms for what they cancel.
        const MOST_MONTHS: usize = 4;
        let known = self.eval(expr, place).shape.interval()?;
        let (first, last) = self.months(window, place.month)?;
        let after_first = std::iter::successors(Some(first), |it| Some(it.plus(1)));
        let months = after_first.take_while(|it| *it <= last).take(MOST_MONTHS + 1);
        let months: Vec<_> = months.collect();
        if known.as_point().is_some() || months.is_empty() || months.len() > MOST_MONTHS {
            return self.add_whole(sum, expr, place, times);
        }
        let times = match reduce {
            Reduce::Sum => times,
            Reduce::Mean => times.checked_div(Rational::from(i32::try_from(months.len()).ok()?))?,
            Reduce::Any | Reduce::All | Reduce::Min | Reduce::Max => {
                return self.add_whole(sum, expr, place, times);
            }
        };
        for month in months {
            self.add_to(sum, body, Place { month, ..place }, times, Writing::Deep, fuel)?;
        }
        Some(())
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
            (Writing::FromFirst | Writing::Deep, [a, b]) => (*a, *b),
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
                | Op::Round { .. }
                | Op::Rule(_),
            ) => true,
            Some(Op::Aggregate(it)) => writing == Writing::Deep && it.reduce == Reduce::Sum,
            Some(Op::Over { reduce, .. }) => {
                writing == Writing::Deep && matches!(reduce, Reduce::Sum | Reduce::Mean)
            }
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

/// How far a rounding may move a number.
fn error_of(mode: Rounding, quantum: Rational) -> Option<Interval> {
    let quantum = if quantum.is_negative() { quantum.checked_neg()? } else { quantum };
    let minus = quantum.checked_neg()?;
    Some(match mode {
        Rounding::Down => Interval::between(minus, Rational::ZERO),
        Rounding::Up => Interval::between(Rational::ZERO, quantum),
        Rounding::Nearest => {
            let half = quantum.checked_div(Rational::from(2))?;
            Interval::between(half.checked_neg()?, half)
        }
    })
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
