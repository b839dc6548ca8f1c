//! One rulebook drawn from a seed, and the households it is tried on.

use std::collections::BTreeMap;

use base::Month;
use law::{Law, SourceFile};
use law_ir::{Book, Household, Op};

use crate::dice::Dice;
use crate::engine::aids;
use crate::generate::{self, Knowledge, Landmarks};

/// How much to try.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// The first rulebook is drawn from this seed, the next from the next one.
    pub first_seed: u64,
    /// Comparisons of one household in one month to make at least.
    pub comparisons: usize,
    /// Households drawn for each rulebook.
    pub households: usize,
    /// Months asked about of each household.
    pub months: usize,
}

impl Run {
    pub fn of(comparisons: usize) -> Self {
        Self { first_seed: 1, comparisons, households: 40, months: 5 }
    }

    /// Tries rulebooks until enough comparisons are made.
    pub fn each(&self, mut one: impl FnMut(&Trial, &Self) -> super::Proof) -> super::Proof {
        let mut done = 0;
        let mut seed = self.first_seed;
        while done < self.comparisons {
            if let Some(trial) = Trial::new(seed) {
                done += one(&trial, self)?;
            }
            seed = seed.wrapping_add(1);
        }
        Ok(done)
    }
}

/// A rulebook that loads.
#[derive(Debug)]
pub struct Trial {
    pub seed: u64,
    pub text: String,
    pub law: Law,
    pub landmarks: Landmarks,
}

impl Trial {
    /// `None` when the text is refused: the share of those is measured by a test of its own.
    pub fn new(seed: u64) -> Option<Self> {
        Self::of_text(seed, generate::rulebook(Dice::seeded(seed)))
    }

    pub fn of_text(seed: u64, text: String) -> Option<Self> {
        let law = load(&text)?;
        let landmarks = Landmarks::of(law.book());
        Some(Self { seed, text, law, landmarks })
    }

    pub fn book(&self) -> &Book {
        self.law.book()
    }

    pub fn aids(&self) -> Vec<law::RuleId> {
        aids(self.book())
    }

    /// The months asked about, each once, in order.
    pub fn months(&self, dice: &mut Dice<'_>, count: usize) -> Vec<Month> {
        let mut res: Vec<Month> = (0..count).map(|_| self.landmarks.month(dice)).collect();
        res.sort_unstable();
        res.dedup();
        res
    }

    pub fn households(
        &self,
        dice: &mut Dice<'_>,
        count: usize,
        month: Month,
        knowledge: impl Fn(usize) -> Knowledge,
    ) -> Vec<Household> {
        let draw =
            |rank| generate::household(dice, self.book(), &self.landmarks, month, knowledge(rank));
        (0..count).map(draw).collect()
    }

    /// Other choices than those that made the text.
    pub fn dice(&self) -> Dice<'static> {
        Dice::seeded(self.seed ^ 0x5eed_5eed_5eed_5eed)
    }
}

pub(super) fn load(text: &str) -> Option<Law> {
    Law::load(vec![SourceFile { name: "tirage.droit".to_owned(), text: text.to_owned() }]).0
}

/// What the rulebooks drawn are made of.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    pub drawn: usize,
    pub loaded: usize,
    /// How many times each operation occurs.
    pub ops: BTreeMap<&'static str, usize>,
}

impl Coverage {
    pub fn of(seeds: std::ops::Range<u64>) -> Self {
        let mut res = Self::default();
        for seed in seeds {
            res.drawn += 1;
            let Some(trial) = Trial::new(seed) else { continue };
            res.loaded += 1;
            for node in &trial.book().nodes {
                *res.ops.entry(op_kind(&node.op)).or_default() += 1;
            }
        }
        res
    }
}

/// How many operations the language has, as [`op_kind`] names them.
pub const OP_KINDS: usize = 40;

/// The name of the operation. A new one does not compile until it is named here; once [`OP_KINDS`] counts it,
/// the test of coverage fails until it is drawn.
pub fn op_kind(op: &Op) -> &'static str {
    match op {
        Op::Const(_) => "Const",
        Op::Param(_) => "Param",
        Op::Table { .. } => "Table",
        Op::Input(_) => "Input",
        Op::Rule(_) => "Rule",
        Op::OfApplicant(_) => "OfApplicant",
        Op::Call { .. } => "Call",
        Op::Not(_) => "Not",
        Op::Neg(_) => "Neg",
        Op::Add(..) => "Add",
        Op::Sub(..) => "Sub",
        Op::Mul(..) => "Mul",
        Op::Div(..) => "Div",
        Op::Scale(..) => "Scale",
        Op::Min(_) => "Min",
        Op::Max(_) => "Max",
        Op::Round { .. } => "Round",
        Op::Compare(..) => "Compare",
        Op::And(..) => "And",
        Op::Or(..) => "Or",
        Op::In(..) => "In",
        Op::If { .. } => "If",
        Op::Select { subject: Some(_), .. } => "Select",
        Op::Select { subject: None, .. } => "Select without subject",
        Op::At { .. } => "At",
        Op::Over { .. } => "Over",
        Op::Aggregate(_) => "Aggregate",
        Op::Count { .. } => "Count",
        Op::Rank { .. } => "Rank",
        Op::CurrentMonth => "CurrentMonth",
        Op::Share => "Share",
        Op::IsParent => "IsParent",
        Op::IsChild => "IsChild",
        Op::IsApplicant => "IsApplicant",
        Op::TaxedElsewhere => "TaxedElsewhere",
        Op::MonthsSince(_) => "MonthsSince",
        Op::YearsSince(_) => "YearsSince",
        Op::YearOf(_) => "YearOf",
        Op::MonthNumberOf(_) => "MonthNumberOf",
        Op::FirstOfMonth(_) => "FirstOfMonth",
    }
}
