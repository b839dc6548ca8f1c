//! Rules and aids: evaluated once for each place, and again where a branch narrows what they read.

use base::{Month, Rational};
use law_ir::{AidInfo, ConditionKind, ExprId, Instance, Op, Rule, RuleId, RuleKind};

use super::memo::Evaluated;
use super::{Machine, Place};
use crate::interval::{End, Interval};
use crate::known::Known;
use crate::sets::SetId;
use crate::shape::{Shape, Truth};

/// Deeper than any law goes: beyond it, anything is possible.
const MAX_DEPTH: usize = 2_500;
impl Machine<'_> {
    /// The rule's value, evaluated now unless a frame that still holds knows it.
    pub fn entry(&mut self, id: RuleId, instance: Instance, month: Month) -> Known {
        let Some(rule) = self.book.rule(id) else { return Known::fault() };
        let place = Place { entity: rule.entity, instance, month };
        self.remembered(Evaluated::Rule(id, instance, month), |it| {
            if it.depth >= MAX_DEPTH {
                return it.anything(rule);
            }
            it.depth = it.depth.saturating_add(1);
            let res = match &rule.kind {
                RuleKind::Aid(aid) => it.aid(rule, aid, place),
                RuleKind::Rule | RuleKind::Local { .. } => it.eval_body(rule.body, place),
            };
            it.depth = it.depth.saturating_sub(1);
            res
        })
    }

    /// What the innermost frame that matters says of it; evaluated now if none does.
    pub(super) fn remembered(
        &mut self,
        key: Evaluated,
        evaluate: impl FnOnce(&mut Self) -> Known,
    ) -> Known {
        let (mut above, mut rules) = (SetId::EMPTY, SetId::EMPTY);
        for rank in (0..self.frames.len()).rev() {
            let Some(frame) = self.frames.get(rank) else { break };
            if let Some(known) = frame.memo.get(&key) {
                let known = *known;
                // Narrowed since by a frame above: worth another look, though it is still right.
                if self.sets.meet(known.up, above) || self.sets.meet(known.down, above) {
                    break;
                }
                if rules != SetId::EMPTY && !known.shape.is_constant() {
                    let read = self.read_by(key);
                    if self.sets.meet(read, rules) {
                        break;
                    }
                }
                self.level = self.level.max(rank);
                return known;
            }
            let (touched, narrowed) = (frame.touched, frame.rules);
            above = self.sets.union(above, touched);
            rules = self.sets.union(rules, narrowed);
        }
        let outer = std::mem::take(&mut self.level);
        let res = evaluate(self);
        let level = self.level.min(self.frames.len().saturating_sub(1));
        if let Some(frame) = self.frames.get_mut(level) {
            frame.memo.insert(key, res);
        }
        self.level = outer.max(level);
        res
    }

    /// The ranks of the rules that it may read, in any month.
    fn read_by(&mut self, key: Evaluated) -> SetId {
        match key {
            Evaluated::Rule(rule, _, _) => self.rules_of_rule(rule),
            Evaluated::Expr(expr, _, _, _) => self.rules_of_expr(expr),
            Evaluated::Fact(..) => SetId::EMPTY,
        }
    }

    fn rules_of_rule(&mut self, id: RuleId) -> SetId {
        if let Some(known) = self.reach_rules.get(&id) {
            return *known;
        }
        let Some(rule) = self.book.rule(id) else { return SetId::EMPTY };
        let mut res = self.rules_of_expr(rule.body);
        if let RuleKind::Aid(aid) = &rule.kind {
            for condition in &aid.conditions {
                if let ConditionKind::Test(test) = condition.kind {
                    let read = self.rules_of_expr(test);
                    res = self.sets.union(res, read);
                }
            }
        }
        self.reach_rules.insert(id, res);
        res
    }

    fn rules_of_expr(&mut self, expr: ExprId) -> SetId {
        if let Some(known) = self.reach_exprs.get(&expr) {
            return *known;
        }
        let book = self.book;
        let Some(node) = book.node(expr) else { return SetId::EMPTY };
        let mut res = SetId::EMPTY;
        if let Op::Rule(id) = node.op {
            let own = self.sets.single(id.index());
            let read = self.rules_of_rule(id);
            res = self.sets.union(own, read);
        }
        for child in law_ir::invariants::children(&node.op) {
            let read = self.rules_of_expr(child);
            res = self.sets.union(res, read);
        }
        self.reach_exprs.insert(expr, res);
        res
    }

    /// Never met by a law that loads: every fact might matter.
    fn anything(&mut self, rule: &Rule) -> Known {
        let shape = self.cases.domain(self.book, rule.ty, None);
        let atom = self.atom_rank(None, 0, Month::of(1, 1));
        let set = self.sets.single(atom);
        Known { shape, up: set, down: set, faults: true }
    }

    /// A condition that surely fails settles it; otherwise the amount is that of the answers for which
    /// none fails.
    fn aid(&mut self, rule: &Rule, aid: &AidInfo, place: Place) -> Known {
        let mut tests = Vec::new();
        let mut all = Known::constant(Shape::Bool(Truth::certain(true)));
        for condition in &aid.conditions {
            let ConditionKind::Test(test) = condition.kind else { continue };
            let verdict = self.eval(test, place);
            if verdict.shape.truth().and_then(Truth::decided).is_none() {
                tests.push((test, true));
                self.note_undecided(verdict);
            }
            all = self.conjunction(all, verdict);
        }
        let naught = Known::constant(Shape::zero());
        match all.shape.truth().map(Truth::decided) {
            Some(Some(true)) => {
                let amount = self.eval_body(rule.body, place);
                let paid = self.paid(amount, aid.paid_from);
                Known::new(paid.shape, paid.up, paid.down, paid.faults || all.faults)
            }
            Some(Some(false)) => Known { up: all.up, down: all.down, faults: all.faults, ..naught },
            Some(None) => {
                let due = self.under(&tests, place, |it| {
                    let amount = it.eval_body(rule.body, place);
                    it.paid(amount, aid.paid_from)
                });
                match due {
                    Some(due) => self.either(all, due, naught),
                    None => Known::new(naught.shape, all.up, all.down, all.faults),
                }
            }
            None => Known { shape: Shape::Nothing, ..all },
        }
    }

    /// Both hold; the result may fault when either does.
    fn conjunction(&mut self, a: Known, b: Known) -> Known {
        let (Some(first), Some(second)) = (a.shape.truth(), b.shape.truth()) else {
            return self.joined(a, b, Shape::Nothing, true);
        };
        let shape = Shape::Bool(Truth { yes: first.yes && second.yes, no: first.no || second.no });
        self.joined(a, b, shape, false)
    }

    /// What is paid of an amount: nothing below the threshold, nothing below zero.
    fn paid(&mut self, amount: Known, from: Option<Rational>) -> Known {
        let Some(interval) = amount.shape.interval() else { return amount };
        let least = from.map_or(Rational::ZERO, |it| it.max(Rational::ZERO));
        let due = interval.meet(Interval::at_least(End::closed(least)));
        let always = interval.lo().is_some_and(|it| it.value >= least);
        let shape = match due {
            Some(due) if always => Shape::Number(due),
            Some(due) => Shape::Number(due.hull(Interval::point(Rational::ZERO))),
            None => Shape::zero(),
        };
        Known::new(shape, amount.up, amount.down, amount.faults)
    }
}
