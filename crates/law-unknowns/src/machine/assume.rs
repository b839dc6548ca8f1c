//! Reading a condition backwards: what must be true of the facts and rules it compares.
//!
//! One pass, from the condition down to what it reads. What cannot be turned round is left as wide as it
//! was, so a narrowing never loses an answer for which the condition holds.

use base::{Date, Month};
use law_ir::{Aggregation, Arm, ArmPattern, Comparison, Entity, ExprId, Op, Reduce, RuleKind};

use super::ranges::{inside_of, opposite};
use super::{Frame, Key, Machine, Place};
use crate::interval::{End, Interval};
use crate::known::Known;
use crate::sets::SetId;
use crate::shape::{Days, Shape, Truth, day_after, last_day};

/// Conditions inside conditions that are read backwards.
const MAX_NESTING: usize = 24;

impl Machine<'_> {
    /// Evaluates where all these conditions turn out as said; `None` if they cannot.
    pub(super) fn under(
        &mut self,
        conditions: &[(ExprId, bool)],
        place: Place,
        body: impl FnOnce(&mut Self) -> Known,
    ) -> Option<Known> {
        self.framed(
            |it| conditions.iter().all(|(test, wanted)| it.assume(*test, place, *wanted, 0)),
            body,
        )
    }

    /// Evaluates where the expression has one of these values; `None` if it cannot.
    pub(super) fn within(
        &mut self,
        expr: ExprId,
        shape: Shape,
        place: Place,
        body: impl FnOnce(&mut Self) -> Known,
    ) -> Option<Known> {
        if shape == Shape::Nothing {
            return None;
        }
        self.framed(|it| it.refine(expr, place, shape, 0), body)
    }

    /// Evaluates where this fact is known to be so.
    pub(super) fn knowing(
        &mut self,
        key: Key,
        shape: Shape,
        body: impl FnOnce(&mut Self) -> Known,
    ) -> Option<Known> {
        let narrow = |it: &mut Self| {
            it.narrow_to(key, shape);
            true
        };
        self.framed(narrow, body)
    }

    fn framed(
        &mut self,
        narrow: impl FnOnce(&mut Self) -> bool,
        body: impl FnOnce(&mut Self) -> Known,
    ) -> Option<Known> {
        let nested = self.frames.len().saturating_sub(self.base);
        if nested >= self.limits.frames || self.steps > self.limits.steps {
            return Some(body(self));
        }
        let start = self.narrowed.len();
        self.frames.push(Frame { start, ..Frame::default() });
        let possible = narrow(self);
        let useful = self.narrowed.len() > start;
        let res = match (possible, useful) {
            (false, _) => None,
            (true, true) => Some(body(self)),
            (true, false) => {
                self.drop_frame(start);
                return Some(body(self));
            }
        };
        self.drop_frame(start);
        res
    }

    fn drop_frame(&mut self, start: usize) {
        self.frames.pop();
        self.narrowed.truncate(start);
        self.level = self.level.min(self.frames.len().saturating_sub(1));
    }

    fn narrow_to(&mut self, key: Key, shape: Shape) {
        self.narrowed.push((key, shape));
        let atoms = self.atoms_of_key(key);
        let rule = match key {
            Key::Rule { rule, .. } => self.sets.single(rule.index()),
            Key::Fact { .. } | Key::Input(_) => SetId::EMPTY,
        };
        let Some(frame) = self.frames.last_mut() else { return };
        frame.touched = self.sets.union(frame.touched, atoms);
        frame.rules = self.sets.union(frame.rules, rule);
    }

    /// Narrows what the condition reads to where it turns out as wanted; `false` if it never does.
    fn assume(&mut self, expr: ExprId, place: Place, wanted: bool, nesting: usize) -> bool {
        let known = self.eval(expr, place);
        let Some(truth) = known.shape.truth() else { return true };
        if !truth.allows(wanted) {
            return false;
        }
        if !truth.allows(!wanted) || nesting >= MAX_NESTING {
            return true;
        }
        let deeper = nesting.saturating_add(1);
        let Some(node) = self.book.node(expr) else { return true };
        match &node.op {
            Op::Not(it) => self.assume(*it, place, !wanted, deeper),
            Op::And(a, b) => self.assume_both(*a, *b, place, wanted, true, deeper),
            Op::Or(a, b) => self.assume_both(*a, *b, place, wanted, false, deeper),
            Op::Compare(comparison, a, b) => {
                let comparison = if wanted { *comparison } else { opposite(*comparison) };
                self.assume_comparison(comparison, *a, *b, place, deeper)
            }
            Op::In(subject, cases) => {
                let among = cases.iter().fold(0, |all, case| all | self.cases.bit(*case));
                // The last bit stands for several cases, in the list or not.
                let mask = if wanted { among } else { !among | (1 << 127) };
                self.refine(*subject, place, Shape::Cases(mask), deeper)
            }
            Op::If { condition, then, otherwise } => {
                self.assume_choice(*condition, *then, *otherwise, place, wanted, deeper)
            }
            Op::Aggregate(it) => self.assume_of_persons(it, place, wanted, deeper),
            Op::Over { reduce, window, body } => {
                let all = matches!((reduce, wanted), (Reduce::Any, false) | (Reduce::All, true));
                let Some((first, last)) = self.months(*window, place.month) else { return true };
                let mut month = first;
                while all && month <= last {
                    if !self.assume(*body, Place { month, ..place }, wanted, deeper) {
                        return false;
                    }
                    month = month.plus(1);
                }
                true
            }
            _ => self.refine(expr, place, Shape::Bool(Truth::certain(wanted)), deeper),
        }
    }

    /// `a et b` (`both`), or `a ou b`.
    fn assume_both(
        &mut self,
        a: ExprId,
        b: ExprId,
        place: Place,
        wanted: bool,
        both: bool,
        nesting: usize,
    ) -> bool {
        if wanted == both {
            return self.assume(a, place, wanted, nesting)
                && self.assume(b, place, wanted, nesting);
        }
        // Only one of them has to turn out as wanted: known when the other cannot.
        let never = |known: Known| known.shape.truth().is_some_and(|it| !it.allows(wanted));
        let (first, second) = (self.eval(a, place), self.eval(b, place));
        if never(first) {
            return self.assume(b, place, wanted, nesting);
        }
        if never(second) { self.assume(a, place, wanted, nesting) } else { true }
    }

    fn assume_comparison(
        &mut self,
        comparison: Comparison,
        a: ExprId,
        b: ExprId,
        place: Place,
        nesting: usize,
    ) -> bool {
        let (first, second) = (self.eval(a, place), self.eval(b, place));
        let left = inside_of(first.shape, comparison, second.shape);
        if !self.refine(a, place, left, nesting) {
            return false;
        }
        let turned = match comparison {
            Comparison::Eq | Comparison::Ne => comparison,
            Comparison::Lt => Comparison::Gt,
            Comparison::Le => Comparison::Ge,
            Comparison::Gt => Comparison::Lt,
            Comparison::Ge => Comparison::Le,
        };
        let right = inside_of(second.shape, turned, first.shape);
        self.refine(b, place, right, nesting)
    }

    fn assume_choice(
        &mut self,
        condition: ExprId,
        then: ExprId,
        otherwise: ExprId,
        place: Place,
        wanted: bool,
        nesting: usize,
    ) -> bool {
        let never = |known: Known| known.shape.truth().is_some_and(|it| !it.allows(wanted));
        let (yes, no) = (self.eval(then, place), self.eval(otherwise, place));
        match (never(yes), never(no)) {
            (true, true) => false,
            (true, false) => {
                self.assume(condition, place, false, nesting)
                    && self.assume(otherwise, place, wanted, nesting)
            }
            (false, true) => {
                self.assume(condition, place, true, nesting)
                    && self.assume(then, place, wanted, nesting)
            }
            (false, false) => true,
        }
    }

    /// `un des … vérifie` that fails, fails for each; that holds, holds for the only one who can.
    fn assume_of_persons(
        &mut self,
        it: &Aggregation,
        place: Place,
        wanted: bool,
        nesting: usize,
    ) -> bool {
        let for_each = match (it.reduce, it.filter) {
            (Reduce::Any, None) => !wanted,
            (Reduce::All, None) => wanted,
            _ => return true,
        };
        let persons = super::groups::members(self.household, it.role, place);
        let at = |instance| Place { entity: Entity::Person, instance, ..place };
        if for_each {
            return persons
                .into_iter()
                .all(|instance| self.assume(it.body, at(instance), wanted, nesting));
        }
        let mut able = Vec::new();
        for instance in persons {
            let known = self.eval(it.body, at(instance));
            if known.faults || known.shape.truth().is_none_or(|it| it.allows(wanted)) {
                able.push(instance);
            }
        }
        match able.as_slice() {
            [] => false,
            [only] => self.assume(it.body, at(*only), wanted, nesting),
            _ => true,
        }
    }

    /// Narrows what the expression reads to where its value is in `target`; `false` if it never is.
    fn refine(&mut self, expr: ExprId, place: Place, target: Shape, nesting: usize) -> bool {
        let known = self.eval(expr, place);
        if known.shape == Shape::Nothing {
            return true;
        }
        let met = known.shape.meet(target);
        if met == Shape::Nothing {
            return false;
        }
        if met == known.shape || nesting >= MAX_NESTING {
            return true;
        }
        let deeper = nesting.saturating_add(1);
        let Some(node) = self.book.node(expr) else { return true };
        match &node.op {
            Op::Input(id) => {
                let Some(input) = self.book.input(*id) else { return true };
                let at = self.household.project(place.entity, place.instance, input.entity);
                let Some(instance) = at else { return true };
                let month = (input.nature != law_ir::Nature::Permanent).then_some(place.month);
                self.note_cut(*id, met);
                self.narrow_to(Key::Fact { input: *id, instance, month }, met);
                true
            }
            Op::Rule(id) => {
                let Some(rule) = self.book.rule(*id) else { return true };
                let at = self.household.project(place.entity, place.instance, rule.entity);
                let Some(instance) = at else { return true };
                let key = Key::Rule { rule: *id, instance, month: place.month };
                self.narrow_to(key, met);
                match rule.kind {
                    RuleKind::Aid(_) => true,
                    RuleKind::Rule | RuleKind::Local { .. } => {
                        let inside = Place { entity: rule.entity, instance, ..place };
                        self.within_body(rule.body, inside, met, deeper)
                    }
                }
            }
            Op::Call { body, .. } => self.within_body(*body, place, met, deeper),
            Op::OfApplicant(body) => match self.applicant(place) {
                Some(applicant) => self.within_body(*body, applicant, met, deeper),
                None => true,
            },
            Op::At { value, shift } => {
                let place = Place { month: place.month.plus(*shift), ..place };
                self.within_body(*value, place, met, deeper)
            }
            Op::If { condition, then, otherwise } => {
                let never = |known: Known| known.shape.meet(met) == Shape::Nothing;
                let (yes, no) = (self.eval(*then, place), self.eval(*otherwise, place));
                let (holds, taken) = match (never(yes), never(no)) {
                    (true, true) => return false,
                    (true, false) => (false, *otherwise),
                    (false, true) => (true, *then),
                    (false, false) => return true,
                };
                self.assume(*condition, place, holds, deeper)
                    && self.within_body(taken, place, met, deeper)
            }
            Op::Select { subject, arms } => self.refine_select(*subject, arms, place, met, deeper),
            op => self.refine_operands(op, place, met, deeper),
        }
    }

    /// The cases whose value cannot be in `met` are not the one that is taken.
    fn refine_select(
        &mut self,
        subject: Option<ExprId>,
        arms: &[Arm],
        place: Place,
        met: Shape,
        nesting: usize,
    ) -> bool {
        let mut rest = subject.map(|it| self.eval(it, place));
        let mut inside = Shape::Nothing;
        for arm in arms {
            let able = self.eval(arm.value, place).shape.meet(met) != Shape::Nothing;
            match (&arm.pattern, rest) {
                (ArmPattern::When(condition), _) => {
                    if able {
                        return true;
                    }
                    if !self.assume(*condition, place, false, nesting) {
                        return false;
                    }
                }
                (ArmPattern::Otherwise, None) => return able,
                (ArmPattern::Otherwise, Some(known)) if able => {
                    inside = inside.hull(known.shape);
                }
                (ArmPattern::Otherwise, Some(_)) => {}
                (_, None) => return true,
                (_, Some(known)) if known.shape == Shape::Nothing => {}
                (pattern, Some(known)) => {
                    let (_, within, outside) = self.matched(pattern, known, known.shape, place);
                    if able {
                        inside = inside.hull(within);
                    }
                    rest = Some(Known { shape: outside, ..known });
                }
            }
        }
        match subject {
            Some(_) if inside == Shape::Nothing => false,
            Some(subject) => self.refine(subject, place, inside, nesting),
            None => true,
        }
    }

    fn within_body(&mut self, body: ExprId, place: Place, met: Shape, nesting: usize) -> bool {
        match met {
            Shape::Bool(truth) => match truth.decided() {
                Some(wanted) => self.assume(body, place, wanted, nesting),
                None => true,
            },
            Shape::Number(_) | Shape::Date(_) | Shape::Cases(_) | Shape::Nothing => {
                self.refine(body, place, met, nesting)
            }
        }
    }

    fn refine_operands(&mut self, op: &Op, place: Place, met: Shape, nesting: usize) -> bool {
        match (op, met) {
            (Op::Neg(it), Shape::Number(met)) => {
                self.refine(*it, place, Shape::Number(met.neg()), nesting)
            }
            (Op::Scale(it, scale), Shape::Number(met)) => {
                match base::Rational::ONE.checked_div(*scale) {
                    Some(back) => self.refine(*it, place, Shape::Number(met.scale(back)), nesting),
                    None => true,
                }
            }
            (Op::Add(a, b), Shape::Number(met)) => {
                self.refine_sum(*a, *b, place, met, nesting, false)
            }
            (Op::Sub(a, b), Shape::Number(met)) => {
                self.refine_sum(*a, *b, place, met, nesting, true)
            }
            (Op::MonthsSince(it), Shape::Number(met)) => {
                let days = born_between(met, place.month, 1);
                days.is_none_or(|days| self.refine(*it, place, Shape::Date(days), nesting))
            }
            (Op::YearsSince(it), Shape::Number(met)) => {
                let days = born_between(met, place.month, 12);
                days.is_none_or(|days| self.refine(*it, place, Shape::Date(days), nesting))
            }
            (Op::FirstOfMonth(it), Shape::Date(met)) => {
                let first = if met.first.day() > 1 {
                    met.first.month().plus(1).first_day()
                } else {
                    Some(met.first)
                };
                match first.zip(last_day(met.last.month())) {
                    Some((first, last)) if first <= last => {
                        self.refine(*it, place, Shape::Date(Days { first, last }), nesting)
                    }
                    Some(_) => false,
                    None => true,
                }
            }
            (Op::Max(all), Shape::Number(met)) => match met.hi() {
                // None of them is above.
                Some(end) => self.refine_all(all, place, Interval::at_most(end), nesting),
                None => true,
            },
            (Op::Min(all), Shape::Number(met)) => match met.lo() {
                Some(end) => self.refine_all(all, place, Interval::at_least(end), nesting),
                None => true,
            },
            _ => true,
        }
    }

    fn refine_all(&mut self, all: &[ExprId], place: Place, met: Interval, nesting: usize) -> bool {
        all.iter().all(|it| self.refine(*it, place, Shape::Number(met), nesting))
    }

    /// `a + b`, or `a − b`, is within `met`.
    fn refine_sum(
        &mut self,
        a: ExprId,
        b: ExprId,
        place: Place,
        met: Interval,
        nesting: usize,
        minus: bool,
    ) -> bool {
        let (first, second) = (self.eval(a, place), self.eval(b, place));
        let (Shape::Number(x), Shape::Number(y)) = (first.shape, second.shape) else {
            return true;
        };
        let (left, right) = if minus { (met.add(y), x.sub(met)) } else { (met.sub(y), met.sub(x)) };
        self.refine(a, place, Shape::Number(left), nesting)
            && self.refine(b, place, Shape::Number(right), nesting)
    }
}

/// The days for which so many whole months (or years) have passed by the first of `month`.
fn born_between(met: Interval, month: Month, months: i32) -> Option<Days> {
    let any = Days::any()?;
    let least = met.lo().and_then(|it| count(it, base::Rounding::Up));
    let most = met.hi().and_then(|it| count(it, base::Rounding::Down));
    let last = match least {
        // The first day of the month so many months ago is the last day that is old enough.
        Some(least) => first_day(month.plus(least.checked_mul(months)?.checked_neg()?)),
        None => Some(any.last),
    };
    let first = match most {
        Some(most) => {
            let over = most.checked_add(1)?.checked_mul(months)?;
            first_day(month.plus(over.checked_neg()?)).and_then(day_after)
        }
        None => Some(any.first),
    };
    let days = Days { first: first.unwrap_or(any.first), last: last.unwrap_or(any.last) };
    (days.first <= days.last).then_some(days)
}

fn first_day(month: Month) -> Option<Date> {
    month.first_day()
}

/// A whole number of months or years; far more than a calendar holds is no information.
fn count(end: End, mode: base::Rounding) -> Option<i32> {
    let rounded = end.value.rounded(base::Rational::ONE, mode)?;
    let count = i32::try_from(rounded.numerator()).ok()?;
    (count.unsigned_abs() < 200_000).then_some(count)
}
