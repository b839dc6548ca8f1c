//! What an evaluation answers.

use std::sync::Arc;

use base::{Month, Rational};
use law_ir::{InputId, Instance, RuleId, Source, Value};

use crate::{Fault, Trace};

/// The answer for one household and one month.
#[derive(Debug, Clone)]
pub struct Evaluation {
    pub month: Month,
    /// One for each aid asked for and each instance of its entity.
    pub aids: Vec<AidResult>,
    pub trace: Trace,
}

impl Evaluation {
    /// Why the month itself is to be refused: it comes before the first dated values, and the rules do not
    /// say one thing that could help anybody. A refusal told without the values of its time is not believed.
    pub fn before_the_rules(&self) -> Option<&Fault> {
        let stands = |it: &AidResult| matches!(it.status, Status::Due | Status::Incomplete);
        let mut early = self.aids.iter().filter_map(|it| it.fault.as_ref()).filter(|it| match it {
            Fault::NoValue { month, first: Some(first), .. } => month < first,
            Fault::NoValue { first: None, .. }
            | Fault::TooLarge { .. }
            | Fault::DivisionByZero { .. }
            | Fault::NoCase { .. }
            | Fault::Inconsistent { .. } => false,
        });
        early.next().filter(|_| !self.aids.iter().any(stands))
    }
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
    /// All the conditions, in the order of the law; when the calculation is impossible, those that were
    /// looked at before it stopped.
    pub conditions: Vec<ConditionResult>,
    /// The words of the conditions nobody has computed: the right holds if they do.
    pub reserves: Vec<String>,
    /// What has to be known before the aid can be told.
    pub missing: Vec<MissingFact>,
    /// Why the rules have no answer for this aid, exactly when it is [`Status::Impossible`].
    pub fault: Option<Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Conditions met and an amount to pay.
    Due,
    /// A condition fails, or nothing is left to pay.
    NotDue,
    /// A fact that matters is missing.
    Incomplete,
    /// The rules have no answer: a [`Fault`] stopped the calculation of this aid, whatever is missing.
    Impossible,
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

/// A value, the facts without which there is none, or why there cannot be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Known(Value),
    Missing(Arc<[MissingFact]>),
    Impossible(Arc<Fault>),
}

impl Outcome {
    /// `None` when there is no value, whatever the reason.
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Missing(_) | Self::Impossible(_) => None,
        }
    }
}
