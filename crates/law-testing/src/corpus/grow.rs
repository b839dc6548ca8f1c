//! The corpus grown: what reaches something new is kept.

use std::collections::HashMap;

use base::{Month, Rational};
use law::{Type, Value};
use law_ir::{Book, Entity, ExprId, Household, InputId, Instance, Op, RuleId};
use law_reference::Evaluation;

use super::perturb::{admitted, always, now};
use super::{Coverage, Pool, facts_of};
use crate::dice::Dice;

/// A corpus being grown.
#[derive(Debug)]
pub struct Growth<'a> {
    pub pool: Pool<'a>,
    pub aids: Vec<RuleId>,
    pub coverage: Coverage,
    pub kept: Vec<(Household, Month)>,
}

impl<'a> Growth<'a> {
    pub fn new(pool: Pool<'a>) -> Self {
        let aids = pool.law.aids();
        Self { pool, aids, coverage: Coverage::default(), kept: Vec::new() }
    }

    fn book(&self) -> &'a Book {
        self.pool.law.book()
    }

    pub fn evaluate(&self, household: &Household, month: Month) -> Evaluation {
        law_reference::evaluate(self.book(), household, month, &self.aids, true)
    }

    /// Keeps the household if it reaches something new.
    pub fn offer(&mut self, household: &Household, month: Month) -> bool {
        let evaluation = self.evaluate(household, month);
        let new = self.coverage.add(self.book(), &evaluation) > 0;
        if new {
            self.kept.push((household.clone(), month));
        }
        new
    }

    /// Draws near what is kept, and solves thresholds, that many times.
    pub fn grow(&mut self, dice: &mut Dice<'_>, tries: usize) {
        for _ in 0..tries {
            let at = dice.below(self.kept.len());
            let Some((household, month)) = self.kept.get(at).cloned() else { return };
            if dice.chance(50) {
                let (household, month) = self.pool.near(dice, &household, month);
                self.offer(&household, month);
            } else {
                for household in self.at_a_threshold(dice, &household, month, None) {
                    self.offer(&household, month);
                }
            }
        }
    }

    /// The same household just at, below and above one of the thresholds it meets: one amount is moved to
    /// where the two sides of a comparison are equal. `within`: only thresholds of these expressions.
    pub fn at_a_threshold(
        &self,
        dice: &mut Dice<'_>,
        household: &Household,
        month: Month,
        within: Option<&[ExprId]>,
    ) -> Vec<Household> {
        let book = self.book();
        let gaps = gaps(book, &self.evaluate(household, month));
        let mut open: Vec<(&Key, &Rational)> =
            gaps.iter().filter(|(key, _)| within.is_none_or(|it| it.contains(&key.0))).collect();
        open.sort_unstable_by_key(|(key, _)| **key);
        let facts: Vec<_> = facts_of(self.pool.law, household)
            .into_iter()
            .filter(|(id, _)| book.input(*id).is_some_and(|it| matches!(it.ty, Type::Number(_))))
            .collect();
        let (Some((key, gap)), Some(fact)) = (dice.pick(&open), dice.pick(&facts)) else {
            return Vec::new();
        };
        self.solved(household, month, fact, (*key, *gap)).unwrap_or_default()
    }

    fn solved(
        &self,
        household: &Household,
        month: Month,
        (id, instance): (InputId, Instance),
        (key, gap): (Key, Rational),
    ) -> Option<Vec<Household>> {
        let input = self.book().input(id)?;
        let value = now(household, id, instance, month)?.as_number()?;
        let with = |value: Rational| {
            let mut res = household.clone();
            res.set_fact(id, instance, always(Value::Number(admitted(input, value))));
            res
        };
        let gap_at = |household: &Household| {
            gaps(self.book(), &self.evaluate(household, month)).get(&key).copied()
        };
        // The fact may have changed with the months: from here on it is the same all along.
        let flat = gap_at(&with(value)).unwrap_or(gap);
        let by = Rational::from(10);
        let moved = gap_at(&with(value.checked_add(by)?))?;
        let slope = moved.checked_sub(flat)?.checked_div(by)?;
        let target = value.checked_sub(flat.checked_div(slope)?)?;
        let target = target.rounded(Rational::from_cents(1), base::Rounding::Nearest)?;
        let cent = Rational::from_cents(1);
        let beside = [
            target,
            target.checked_add(cent)?,
            target.checked_sub(cent)?,
            target.checked_add(Rational::ONE)?,
            target.checked_sub(Rational::ONE)?,
        ];
        Some(beside.into_iter().map(with).collect())
    }
}

/// A comparison: the expression, which of its bounds, and where it was evaluated.
pub(crate) type Key = (ExprId, usize, RuleId, Instance, Month, Instance, Month);

/// How far apart the two sides of each comparison of numbers are.
fn gaps(book: &Book, evaluation: &Evaluation) -> HashMap<Key, Rational> {
    let mut res = HashMap::new();
    for entry in &evaluation.trace.entries {
        let trace = &evaluation.trace;
        let values: HashMap<(ExprId, Entity, Instance, Month), Rational> = trace
            .steps(entry)
            .iter()
            .filter_map(|it| {
                let value = trace.value(it)?.as_number()?;
                Some(((it.expr, it.entity, it.instance, it.month), value))
            })
            .collect();
        for step in trace.steps(entry) {
            let value = |expr: ExprId| match book.node(expr).map(|it| &it.op) {
                Some(Op::Const(value)) => value.as_number(),
                _ => values.get(&(expr, step.entity, step.instance, step.month)).copied(),
            };
            let mut add = |rank: usize, a: ExprId, b: ExprId| {
                if let (Some(a), Some(b)) = (value(a), value(b))
                    && let Some(gap) = a.checked_sub(b)
                {
                    let (rule, of, when) = (entry.rule, entry.instance, entry.month);
                    res.insert((step.expr, rank, rule, of, when, step.instance, step.month), gap);
                }
            };
            match book.node(step.expr).map(|it| &it.op) {
                Some(Op::Compare(_, a, b)) => add(0, *a, *b),
                Some(Op::Min(all) | Op::Max(all)) => {
                    for (rank, pair) in all.windows(2).enumerate() {
                        if let [a, b] = pair {
                            add(rank, *a, *b);
                        }
                    }
                }
                Some(op @ Op::Select { subject: Some(subject), .. }) => {
                    for (rank, bound) in law_ir::invariants::children(op).into_iter().enumerate() {
                        add(rank, *subject, bound);
                    }
                }
                _ => {}
            }
        }
        paid_gap(book, evaluation, entry, &mut res);
    }
    res
}

/// Between the amount of an aid and the least that is paid.
fn paid_gap(
    book: &Book,
    evaluation: &Evaluation,
    entry: &law_reference::Entry,
    res: &mut HashMap<Key, Rational>,
) {
    let Some(rule) = book.rule(entry.rule) else { return };
    let law_ir::RuleKind::Aid(aid) = &rule.kind else { return };
    let trace = &evaluation.trace;
    let body = trace.steps(entry).iter().rev().find(|it| it.expr == rule.body);
    let amount = body.and_then(|it| trace.value(it)).and_then(Value::as_number);
    if let (Some(from), Some(amount)) = (aid.paid_from, amount)
        && let Some(gap) = amount.checked_sub(from)
    {
        let (of, when) = (entry.instance, entry.month);
        res.insert((rule.body, usize::MAX, entry.rule, of, when, of, when), gap);
    }
}
