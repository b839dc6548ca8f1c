//! What an evaluation leaves behind: every rule, and every expression inside it.

use std::ops::Range;

use base::{Date, Month, Rational};
use law_ir::{CaseId, Entity, ExprId, Instance, RuleId, Value};

use crate::{Outcome, Verdict};

/// Every rule that was evaluated, each after those it reads.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub entries: Vec<Entry>,
    /// Those of all the entries, each entry's together.
    steps: Vec<Step>,
    /// The numbers that no step has room for.
    wide: Vec<Rational>,
}

/// One rule, on one instance of its entity, in one month.
#[derive(Debug, Clone)]
pub struct Entry {
    pub rule: RuleId,
    pub instance: Instance,
    pub month: Month,
    pub outcome: Outcome,
    /// Where [`Trace::steps`] finds them.
    pub(crate) steps: Range<usize>,
    /// For an aid: what became of each condition.
    pub verdicts: Vec<Verdict>,
}

/// An expression that was evaluated, on whom and for which month. [`Trace::value`] tells what it was worth.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub expr: ExprId,
    /// What `instance` is a rank of: a person inside an aggregation, otherwise the entity of the rule.
    pub entity: Entity,
    pub instance: Instance,
    pub month: Month,
    value: Kept,
}

/// A value in half the room: an evaluation keeps thousands of them.
#[derive(Debug, Clone, Copy)]
enum Kept {
    /// A fact was missing, or the rules have no answer.
    Nothing,
    Bool(bool),
    Date(Date),
    Case(CaseId),
    Number {
        num: i64,
        den: i64,
    },
    /// Its rank among the wide ones.
    Wide(usize),
}

impl Trace {
    /// Room for what the national aids of a family leave.
    pub(crate) fn with_room(traced: bool) -> Self {
        let steps = Vec::with_capacity(if traced { 4096 } else { 0 });
        Self { entries: Vec::with_capacity(512), steps, wide: Vec::new() }
    }

    pub fn entry(&self, rule: RuleId, instance: Instance, month: Month) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|it| it.rule == rule && it.instance == instance && it.month == month)
    }

    /// The expressions of the entry's body that were evaluated, operands before operations; constants left
    /// out. Empty when the evaluation was asked not to trace.
    pub fn steps(&self, entry: &Entry) -> &[Step] {
        self.steps.get(entry.steps.clone()).unwrap_or_default()
    }

    /// What the expression was worth; `None` when a fact was missing or the rules have no answer.
    pub fn value(&self, step: &Step) -> Option<Value> {
        match step.value {
            Kept::Nothing => None,
            Kept::Bool(it) => Some(Value::Bool(it)),
            Kept::Date(it) => Some(Value::Date(it)),
            Kept::Case(it) => Some(Value::Case(it)),
            Kept::Number { num, den } => {
                Rational::new(i128::from(num), i128::from(den)).map(Value::Number)
            }
            Kept::Wide(rank) => self.wide.get(rank).copied().map(Value::Number),
        }
    }

    pub(crate) fn step(
        &mut self,
        expr: ExprId,
        (entity, instance, month): (Entity, Instance, Month),
        value: Option<&Value>,
    ) -> Step {
        let value = match value {
            None => Kept::Nothing,
            Some(Value::Bool(it)) => Kept::Bool(*it),
            Some(Value::Date(it)) => Kept::Date(*it),
            Some(Value::Case(it)) => Kept::Case(*it),
            Some(Value::Number(it)) => {
                match (i64::try_from(it.numerator()), i64::try_from(it.denominator())) {
                    (Ok(num), Ok(den)) => Kept::Number { num, den },
                    _ => {
                        self.wide.push(*it);
                        Kept::Wide(self.wide.len().saturating_sub(1))
                    }
                }
            }
        };
        Step { expr, entity, instance, month, value }
    }

    /// Keeps the steps of an entry that is complete.
    pub(crate) fn keep(&mut self, steps: impl Iterator<Item = Step>) -> Range<usize> {
        let first = self.steps.len();
        self.steps.extend(steps);
        first..self.steps.len()
    }
}
