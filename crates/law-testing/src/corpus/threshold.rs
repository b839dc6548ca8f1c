//! Households just at a threshold: one amount is moved to where the two sides of a comparison are equal.

use std::collections::{BTreeSet, HashMap};

use base::{Month, Rational, Rounding};
use law::{Law, Nature, Type, Value};
use law_ir::{Book, Entity, ExprId, Household, InputId, Instance, Op, RuleId};
use law_reference::Evaluation;

use super::facts_of;
use super::perturb::{admitted, always, in_one_month, now};
use crate::dice::Dice;

/// The thresholds met while evaluating some aids.
#[derive(Debug)]
pub struct Thresholds<'a> {
    law: &'a Law,
    book: &'a Book,
    rules: &'a [RuleId],
}

/// Where one amount is moved: always, or in one month only, which reaches the sums that twelve equal months
/// cannot.
#[derive(Debug, Clone, Copy)]
struct Place {
    id: InputId,
    instance: Instance,
    only: Option<Month>,
}

impl<'a> Thresholds<'a> {
    pub fn new(law: &'a Law, book: &'a Book, rules: &'a [RuleId]) -> Self {
        Self { law, book, rules }
    }

    /// The same household just at, below and above one of the thresholds it meets. `within`: only thresholds
    /// of these expressions, moved by these facts.
    pub fn at_one(
        &self,
        dice: &mut Dice<'_>,
        household: &Household,
        month: Month,
        within: Option<(&BTreeSet<ExprId>, &BTreeSet<InputId>)>,
    ) -> Vec<Household> {
        let gaps = self.gaps(household, month);
        let mut open: Vec<(&Key, &Rational)> =
            gaps.iter().filter(|(key, _)| within.is_none_or(|it| it.0.contains(&key.0))).collect();
        open.sort_unstable_by_key(|(key, _)| **key);
        let facts: Vec<_> = facts_of(self.law, household)
            .into_iter()
            .filter(|(id, _)| within.is_none_or(|it| it.1.contains(id)))
            .filter(|(id, _)| self.book.input(*id).is_some_and(|it| is_number(it.ty)))
            .collect();
        let (Some((key, gap)), Some((id, instance))) = (dice.pick(&open), dice.pick(&facts)) else {
            return Vec::new();
        };
        let flow = self.book.input(id).is_some_and(|it| it.nature == Nature::Flow);
        let only = (flow && within.is_some() && dice.chance(70)).then(|| {
            let ago = if dice.chance(50) { dice.between(0, 4) } else { dice.between(5, 36) };
            month.plus(-ago)
        });
        let place = Place { id, instance, only };
        self.solved(household, month, place, (*key, *gap)).unwrap_or_default()
    }

    fn gaps(&self, household: &Household, month: Month) -> HashMap<Key, Rational> {
        let found = law_reference::evaluate(self.book, household, month, self.rules, true);
        gaps(self.book, &found)
    }

    fn solved(
        &self,
        household: &Household,
        month: Month,
        place: Place,
        (key, gap): (Key, Rational),
    ) -> Option<Vec<Household>> {
        let input = self.book.input(place.id)?;
        let at = place.only.unwrap_or(month);
        let value = now(household, place.id, place.instance, at)?.as_number()?;
        let with = |value: Rational| {
            let mut res = household.clone();
            let value = Value::Number(admitted(input, value));
            let before = household.fact(place.id, place.instance);
            let fact = match place.only {
                Some(only) => in_one_month(before, only, value),
                None => Some(always(value)),
            };
            if let Some(fact) = fact {
                res.set_fact(place.id, place.instance, fact);
            }
            res
        };
        let gap_at = |household: &Household| self.gaps(household, month).get(&key).copied();
        // The fact may have changed with the months: from here on it is the same all along.
        let flat = gap_at(&with(value)).unwrap_or(gap);
        // From one step of a rounding to the next there is little room.
        let by = if key.1 == STEP { Rational::from_cents(1) } else { Rational::from(10) };
        let moved = gap_at(&with(value.checked_add(by)?))?;
        let slope = moved.checked_sub(flat)?.checked_div(by)?;
        let target = value.checked_sub(flat.checked_div(slope)?)?;
        let target = target.rounded(Rational::from_cents(1), Rounding::Nearest)?;
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

fn is_number(ty: Type) -> bool {
    matches!(ty, Type::Number(_))
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
                Some(Op::Round { value: exact, mode, quantum }) => {
                    let gap = value(*exact).and_then(|it| step_gap(it, *mode, *quantum));
                    let (rule, of, when) = (entry.rule, entry.instance, entry.month);
                    let key = (step.expr, STEP, rule, of, when, step.instance, step.month);
                    res.extend(gap.map(|gap| (key, gap)));
                }
                _ => {}
            }
        }
        paid_gap(book, evaluation, entry, &mut res);
    }
    res
}

/// In the place of the rank of a bound: where a rounding goes from one step to the next.
const STEP: usize = usize::MAX - 1;

fn step_gap(exact: Rational, mode: Rounding, quantum: Rational) -> Option<Rational> {
    let half = match mode {
        Rounding::Nearest => quantum.checked_div(Rational::from(2))?,
        Rounding::Down | Rounding::Up => Rational::ZERO,
    };
    let nearest = exact.checked_sub(half)?.rounded(quantum, Rounding::Nearest)?;
    exact.checked_sub(half)?.checked_sub(nearest)
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
