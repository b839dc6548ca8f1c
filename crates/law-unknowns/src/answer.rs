//! What is answered: for each aid, what is sure, and what it still depends on.

use base::{Month, Rational};
use law_ir::{InputId, Instance, RuleId};

/// What can be said of an aid before everything is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Due, whatever the missing answers turn out to be.
    Certain,
    /// Due whatever the missing answers, if the conditions that a person has to check hold.
    Reserved,
    /// Due or not: it depends on missing answers, or nothing could be proved.
    Possible,
    /// Not due, whatever the missing answers.
    Excluded,
    /// The rules have no answer, whatever the missing facts.
    Impossible,
}

impl Certainty {
    /// Whether the right is due for sure, conditions to check aside.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Certain | Self::Reserved)
    }
}

/// One aid of one family or person.
///
/// The answer is right for every completion of the household: any value within bounds for each missing
/// fact, in each missing month. `Certain`, `Reserved` and `Excluded` are never wrong; `Possible` may be
/// said of what is in fact sure, and the amounts may be wider than what can happen. A value so large that
/// exact arithmetic cannot hold the calculation is not a possible answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AidBounds {
    pub aid: RuleId,
    pub instance: Instance,
    pub certainty: Certainty,
    /// The least that may be due, in the unit of the aid (€/month); zero where it may not be due.
    pub low: Rational,
    /// The most that may be due; `None`: no upper bound is known.
    pub high: Option<Rational>,
    /// The missing facts it may depend on; empty when nothing can change it any more.
    pub responsible: Vec<FactRef>,
    /// It may depend on a tax household outside the situation, which no answer completes.
    pub elsewhere: bool,
}

impl AidBounds {
    /// Whether no answer can change the result.
    pub fn is_settled(&self) -> bool {
        self.certainty == Certainty::Impossible
            || (self.certainty != Certainty::Possible && self.high == Some(self.low))
    }

    /// The same, with what was already proved before an answer: the completions that are left are among
    /// those of before, so that both are right. Answer after answer, what is kept so never widens.
    ///
    /// `before` is of the same aid, instance and month, and of the same household with fewer answers.
    #[must_use]
    pub fn since(mut self, before: &Self) -> Self {
        let sure = before.certainty != Certainty::Possible;
        if self.certainty == Certainty::Possible && sure {
            self.certainty = before.certainty;
        }
        self.low = self.low.max(before.low);
        self.high = match (self.high, before.high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (end, None) | (None, end) => end,
        };
        if self.is_settled() {
            self.responsible.clear();
            self.elsewhere = false;
        }
        self
    }

    /// How far apart the bounds are; `None` without an upper bound.
    pub fn width(&self) -> Option<Rational> {
        self.high?.checked_sub(self.low)
    }
}

/// A missing fact, and the months it is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactRef {
    pub input: InputId,
    pub instance: Instance,
    pub first: Month,
    pub last: Month,
}

/// How long to look for what is sure. The answer is right at any effort; more effort makes it narrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// For each aid that stays possible, how many partial households are evaluated.
    pub splits: usize,
    /// Whether an aid that only moves one way with each missing fact is evaluated at its two extremes.
    pub corners: bool,
    /// Expressions evaluated, for each partial household, with branches narrowed by their condition.
    pub steps: usize,
}

impl Effort {
    /// One pass: for a page that answers while one types.
    pub const QUICK: Self = Self { splits: 0, corners: false, steps: 8_000 };
    /// What is asked for once.
    pub const USUAL: Self = Self { splits: 48, corners: true, steps: 12_000 };
    /// For tests and studies.
    pub const THOROUGH: Self = Self { splits: 1_000, corners: true, steps: 100_000 };
}
