//! What an evaluation answers, and the trace it leaves.

use std::sync::Arc;

use base::{Month, Rational};
use law_ir::{Entity, ExprId, InputId, Instance, RuleId, Source, Value};

/// The answer for one household and one month.
#[derive(Debug, Clone)]
pub struct Evaluation {
    pub month: Month,
    /// One for each aid asked for and each instance of its entity.
    pub aids: Vec<AidResult>,
    pub trace: Trace,
}

#[derive(Debug, Clone)]
pub struct AidResult {
    pub aid: RuleId,
    pub name: String,
    pub label: String,
    pub instance: Instance,
    pub status: Status,
    /// In the unit of the aid, €/month; zero when nothing is due, `None` when it cannot be told.
    pub amount: Option<Rational>,
    /// All the conditions, in the order of the law.
    pub conditions: Vec<ConditionResult>,
    /// The words of the conditions nobody has computed: the right holds if they do.
    pub reserves: Vec<String>,
    /// What has to be known before the aid can be told.
    pub missing: Vec<MissingFact>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Conditions met and an amount to pay.
    Due,
    /// A condition fails, or nothing is left to pay.
    NotDue,
    /// A fact that matters is missing.
    Incomplete,
}

#[derive(Debug, Clone)]
pub struct ConditionResult {
    pub name: String,
    pub label: String,
    pub verdict: Verdict,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Met,
    Failed,
    /// Depends on a fact that is missing.
    Missing,
    /// A person has to check it.
    ToCheck,
}

/// A fact the calculation needed and did not find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingFact {
    /// `None`: the tax household itself, outside the situation.
    pub input: Option<InputId>,
    pub instance: Instance,
    pub state: MissingState,
    /// The months it was needed for.
    pub first: Month,
    pub last: Month,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingState {
    NotAsked,
    /// The person does not know.
    Unknown,
    /// Said not to apply to them, yet a rule reads it.
    NotApplicable,
    /// In a tax household outside the situation.
    Elsewhere,
}

/// A value, or the facts without which there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Known(Value),
    Missing(Arc<[MissingFact]>),
}

impl Outcome {
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Missing(_) => None,
        }
    }
}

/// Every rule that was evaluated, each after those it reads.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub entries: Vec<Entry>,
}

/// One rule, on one instance of its entity, in one month.
#[derive(Debug, Clone)]
pub struct Entry {
    pub rule: RuleId,
    pub instance: Instance,
    pub month: Month,
    pub outcome: Outcome,
    /// The expressions of its body that were evaluated, operands before operations; constants left out.
    /// Empty when the evaluation was asked not to trace.
    pub steps: Vec<Step>,
    /// For an aid: what became of each condition.
    pub verdicts: Vec<Verdict>,
}

/// An expression that was evaluated, on whom and for which month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub expr: ExprId,
    /// What `instance` is a rank of: a person inside an aggregation, otherwise the entity of the rule.
    pub entity: Entity,
    pub instance: Instance,
    pub month: Month,
    /// `None`: a fact was missing.
    pub value: Option<Value>,
}

impl Trace {
    pub fn entry(&self, rule: RuleId, instance: Instance, month: Month) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|it| it.rule == rule && it.instance == instance && it.month == month)
    }
}
