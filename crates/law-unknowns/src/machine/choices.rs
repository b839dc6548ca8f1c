//! One value among several: `et`, `ou`, `si`, `selon`.

use law_ir::{Arm, ArmPattern, Comparison, ExprId};

use super::operations::broken;
use super::ranges::{inside_of, outside_of};
use super::{Machine, Place};
use crate::known::Known;
use crate::shape::{Shape, Truth};

impl Machine<'_> {
    /// The second side only counts when the first has not settled it: it is read as if it had not.
    pub(super) fn connect(&mut self, a: ExprId, b: ExprId, place: Place, settles: bool) -> Known {
        let first = self.eval(a, place);
        let Some(truth) = first.shape.truth() else { return broken(first) };
        if !truth.allows(!settles) {
            return Known::new(
                Shape::Bool(Truth::certain(settles)),
                first.up,
                first.down,
                first.faults,
            );
        }
        let second = if truth.allows(settles) {
            match self.under(&[(a, !settles)], place, |it| it.eval(b, place)) {
                Some(second) => second,
                // The first side always settles it, though it did not look so.
                None => Known::constant(Shape::Bool(Truth::certain(settles))),
            }
        } else {
            self.eval(b, place)
        };
        let shape = match second.shape.truth() {
            Some(other) => {
                let settled = truth.allows(settles) || other.allows(settles);
                let open = other.allows(!settles);
                let (yes, no) = if settles { (settled, open) } else { (open, settled) };
                Shape::bool(Truth { yes, no })
            }
            None if truth.allows(settles) => Shape::Bool(Truth::certain(settles)),
            None => Shape::Nothing,
        };
        self.joined(first, second, shape, false)
    }

    pub(super) fn choose(
        &mut self,
        condition: ExprId,
        then: ExprId,
        or: ExprId,
        place: Place,
    ) -> Known {
        let known = self.eval(condition, place);
        let Some(truth) = known.shape.truth() else { return broken(known) };
        if let Some(holds) = truth.decided() {
            let res = self.eval_body(if holds { then } else { or }, place);
            return self.also(res, known);
        }
        self.note_undecided(known);
        let yes = self.under(&[(condition, true)], place, |it| it.eval_body(then, place));
        let no = self.under(&[(condition, false)], place, |it| it.eval_body(or, place));
        match (yes, no) {
            (Some(yes), Some(no)) => self.either(known, yes, no),
            // The condition never goes the other way, though it did not look so.
            (Some(only), None) | (None, Some(only)) => self.also(only, known),
            (None, None) => broken(known),
        }
    }

    /// The result, which faults where the condition does.
    fn also(&mut self, res: Known, condition: Known) -> Known {
        if !condition.faults {
            return res;
        }
        let condition = self.either_way(condition);
        self.joined(res, condition, res.shape, true)
    }

    /// From the first case to the last, each under the failure of those before.
    pub(super) fn select(&mut self, subject: Option<ExprId>, arms: &[Arm], place: Place) -> Known {
        let known = match subject {
            Some(subject) => {
                let known = self.eval(subject, place);
                if known.shape == Shape::Nothing {
                    return broken(known);
                }
                Some((subject, known))
            }
            None => None,
        };
        let mut rest = known.map(|(_, it)| it.shape);
        let mut stuck = Known::constant(Shape::Bool(Truth::certain(true)));
        let mut tried: Vec<(Known, Known)> = Vec::new();
        let mut failed: Vec<(ExprId, bool)> = Vec::new();
        let mut last = Known::constant(Shape::Nothing);
        for arm in arms {
            if rest == Some(Shape::Nothing) {
                break;
            }
            let (verdict, within) = match (&arm.pattern, known) {
                (ArmPattern::When(condition), _) => (self.eval(*condition, place), None),
                (ArmPattern::Otherwise, _) => {
                    (Known::constant(Shape::Bool(Truth::certain(true))), rest)
                }
                (pattern, Some((_, known))) => {
                    let left = rest.unwrap_or(known.shape);
                    let (verdict, inside, outside) = self.matched(pattern, known, left, place);
                    rest = Some(outside);
                    (verdict, Some(inside))
                }
                (_, None) => return Known::fault(),
            };
            let Some(truth) = verdict.shape.truth() else {
                last = broken(verdict);
                break;
            };
            // A case that is never taken may still fault while it is looked at.
            stuck = self.also(stuck, verdict);
            if !truth.yes {
                continue;
            }
            let value = self.arm(arm, known.map(|(it, _)| it).zip(within), &failed, place);
            match (value, truth.no) {
                (Some(value), false) => {
                    last = self.also(value, verdict);
                    break;
                }
                (Some(value), true) => {
                    self.note_undecided(verdict);
                    tried.push((verdict, value));
                }
                (None, false) => break,
                (None, true) => {}
            }
            if let ArmPattern::When(condition) = arm.pattern {
                failed.push((condition, false));
            }
        }
        if tried.is_empty() && last.shape == Shape::Nothing {
            return broken(last);
        }
        for (verdict, value) in tried.into_iter().rev() {
            last = if last.shape == Shape::Nothing && !last.faults {
                let verdict = self.either_way(verdict);
                self.joined(verdict, value, value.shape, false)
            } else {
                self.either(verdict, value, last)
            };
        }
        last = self.also(last, stuck);
        match known {
            Some((_, subject)) => self.also(last, subject),
            None => last,
        }
    }

    /// The value of a case, where it is taken and those before are not; `None` if that cannot be.
    fn arm(
        &mut self,
        arm: &Arm,
        subject: Option<(ExprId, Shape)>,
        failed: &[(ExprId, bool)],
        place: Place,
    ) -> Option<Known> {
        if let Some((subject, within)) = subject {
            return self.within(subject, within, place, |it| it.eval_body(arm.value, place));
        }
        let mut holding = failed.to_vec();
        if let ArmPattern::When(condition) = arm.pattern {
            holding.push((condition, true));
        }
        self.under(&holding, place, |it| it.eval_body(arm.value, place))
    }

    /// Whether the subject falls in the case, what it then is, and what is left for the cases after.
    pub(super) fn matched(
        &mut self,
        pattern: &ArmPattern,
        subject: Known,
        rest: Shape,
        place: Place,
    ) -> (Known, Shape, Shape) {
        let subject = Known { shape: rest, faults: false, ..subject };
        if let ArmPattern::OneOf(values) = pattern {
            return self.one_of(values, subject, place);
        }
        let mut all = Known::constant(Shape::Bool(Truth::certain(true)));
        let (mut inside, mut outside) = (rest, Shape::Nothing);
        for (comparison, bound) in comparisons(pattern) {
            let bound = self.eval(bound, place);
            let verdict = self.compared(comparison, subject, bound);
            all = match all.shape.truth().zip(verdict.shape.truth()) {
                Some((a, b)) => {
                    let truth = Truth { yes: a.yes && b.yes, no: a.no || b.no };
                    self.joined(all, verdict, Shape::bool(truth), false)
                }
                None => self.joined(all, verdict, Shape::Nothing, true),
            };
            outside = outside.hull(outside_of(inside, comparison, bound.shape));
            inside = inside_of(inside, comparison, bound.shape);
        }
        (all, inside, outside)
    }

    fn one_of(&mut self, values: &[ExprId], subject: Known, place: Place) -> (Known, Shape, Shape) {
        let mut any = Known::constant(Shape::Bool(Truth::certain(false)));
        let (mut inside, mut outside) = (Shape::Nothing, subject.shape);
        for value in values {
            let value = self.eval(*value, place);
            let verdict = self.compared(Comparison::Eq, subject, value);
            any = match any.shape.truth().zip(verdict.shape.truth()) {
                Some((a, b)) => {
                    let truth = Truth { yes: a.yes || b.yes, no: a.no && b.no };
                    self.joined(any, verdict, Shape::bool(truth), false)
                }
                None => self.joined(any, verdict, Shape::Nothing, true),
            };
            inside = inside.hull(subject.shape.meet(value.shape));
            outside = outside_of(outside, Comparison::Eq, value.shape);
        }
        if outside == Shape::Nothing && !any.faults {
            any = Known::constant(Shape::Bool(Truth::certain(true)));
        }
        (any, inside, outside)
    }
}

fn comparisons(pattern: &ArmPattern) -> Vec<(Comparison, ExprId)> {
    match pattern {
        ArmPattern::LessThan(it) => vec![(Comparison::Lt, *it)],
        ArmPattern::UpTo(it) => vec![(Comparison::Le, *it)],
        ArmPattern::AtLeast(it) => vec![(Comparison::Ge, *it)],
        ArmPattern::MoreThan(it) => vec![(Comparison::Gt, *it)],
        ArmPattern::Between(low, high) => vec![(Comparison::Ge, *low), (Comparison::Le, *high)],
        ArmPattern::OneOf(_) | ArmPattern::When(_) | ArmPattern::Otherwise => Vec::new(),
    }
}
