//! What is computed from values that are all there, and what one side settles alone.

use std::cmp::Ordering;

use base::{Rational, Rounding};
use law_ir::{Arm, ArmPattern, Comparison, ExprId, Value};

use super::{Evaluator, Place};
use crate::Fault;
use crate::stop::{Eval, Stop, both_stop, fault, merge};

impl Evaluator<'_> {
    #[inline(always)]
    pub(super) fn arithmetic(
        &mut self,
        a: ExprId,
        b: ExprId,
        place: Place,
        op: impl Fn(Rational, Rational) -> Option<Rational>,
    ) -> Eval {
        let (a, b) = self.both(a, b, place)?;
        self.exact(op(a, b))
    }

    pub(super) fn divide(&mut self, a: ExprId, b: ExprId, place: Place) -> Eval {
        let (a, b) = self.both(a, b, place)?;
        if b.is_zero() {
            return Err(fault(Fault::DivisionByZero { label: self.label() }));
        }
        self.exact(a.checked_div(b))
    }

    pub(super) fn extreme(
        &mut self,
        all: &[ExprId],
        place: Place,
        better: impl Fn(Rational, Rational) -> bool,
    ) -> Eval {
        let mut best: Option<Rational> = None;
        let mut stopped = Ok(());
        for expr in all {
            match self.number(*expr, place) {
                Ok(it) if best.is_none_or(|best| better(it, best)) => best = Some(it),
                Ok(_) => {}
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped?;
        best.map(Value::Number).ok_or_else(|| self.inconsistent())
    }

    pub(super) fn round(
        &mut self,
        value: ExprId,
        mode: Rounding,
        quantum: Rational,
        place: Place,
    ) -> Eval {
        let value = self.number(value, place)?;
        self.exact(value.rounded(quantum, mode))
    }

    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        a: ExprId,
        b: ExprId,
        place: Place,
    ) -> Eval {
        let (a, b) = match (self.eval(a, place), self.eval(b, place)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(a), Err(b)) => return Err(both_stop(a, b)),
            (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => return Err(stop),
        };
        Ok(Value::Bool(match comparison {
            Comparison::Eq => a == b,
            Comparison::Ne => a != b,
            Comparison::Lt => self.order(a, b)?.is_lt(),
            Comparison::Le => self.order(a, b)?.is_le(),
            Comparison::Gt => self.order(a, b)?.is_gt(),
            Comparison::Ge => self.order(a, b)?.is_ge(),
        }))
    }

    /// `et` is settled by one false, `ou` by one true, even when the other side is missing.
    pub(super) fn connect(&mut self, a: ExprId, b: ExprId, place: Place, settles: bool) -> Eval {
        let first = self.boolean(a, place);
        match first {
            Ok(it) if it == settles => return Ok(Value::Bool(settles)),
            Ok(_) => return Ok(Value::Bool(self.boolean(b, place)?)),
            Err(Stop::Fault(_)) => return first.map(Value::Bool),
            Err(Stop::Missing(_)) => {}
        }
        match self.boolean(b, place) {
            Ok(it) if it == settles => Ok(Value::Bool(settles)),
            Ok(_) => first.map(Value::Bool),
            Err(other) => match first {
                Err(stop) => Err(both_stop(stop, other)),
                Ok(_) => Err(other),
            },
        }
    }

    pub(super) fn select(&mut self, subject: Option<ExprId>, arms: &[Arm], place: Place) -> Eval {
        let subject = subject.map(|it| self.eval(it, place)).transpose()?;
        for arm in arms {
            let taken = match (&arm.pattern, subject) {
                (ArmPattern::Otherwise, _) => true,
                (ArmPattern::When(condition), _) => self.boolean(*condition, place)?,
                (pattern, Some(subject)) => self.matches(pattern, subject, place)?,
                (_, None) => return Err(self.inconsistent()),
            };
            if taken {
                return self.eval(arm.value, place);
            }
        }
        Err(fault(Fault::NoCase { label: self.label() }))
    }

    fn matches(&mut self, pattern: &ArmPattern, subject: Value, place: Place) -> Eval<bool> {
        if let ArmPattern::OneOf(values) = pattern {
            return self.is_one_of(subject, values, place);
        }
        let mut against = |bound: &ExprId| {
            let bound = self.eval(*bound, place)?;
            self.order(subject, bound)
        };
        Ok(match pattern {
            ArmPattern::LessThan(bound) => against(bound)?.is_lt(),
            ArmPattern::UpTo(bound) => against(bound)?.is_le(),
            ArmPattern::AtLeast(bound) => against(bound)?.is_ge(),
            ArmPattern::MoreThan(bound) => against(bound)?.is_gt(),
            ArmPattern::Between(low, high) => against(low)?.is_ge() && against(high)?.is_le(),
            ArmPattern::OneOf(_) | ArmPattern::When(_) | ArmPattern::Otherwise => false,
        })
    }

    fn is_one_of(&mut self, subject: Value, values: &[ExprId], place: Place) -> Eval<bool> {
        let mut found = false;
        let mut stopped = Ok(());
        for expr in values {
            match self.eval(*expr, place) {
                Ok(value) => found |= value == subject,
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped.map(|()| found)
    }

    fn order(&self, a: Value, b: Value) -> Eval<Ordering> {
        a.order(b).ok_or_else(|| self.inconsistent())
    }
}
