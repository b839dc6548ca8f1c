//! Small wrong laws: each is the law of the house with one slip, as a hurried author would make it.
//!
//! A slip that no test of the rules notices (the examples beside the rules, the cases worked out by hand, the
//! frozen corpus, the properties) is a place where the law could be wrong without anybody knowing.

mod change;
mod judge;
mod list;
mod report;
mod slips;

use law_ir::RuleId;
use law_syntax::Span;

pub use change::Change;
pub use judge::{Expected, Judge, Killer};
pub use list::mutants;
pub use report::{LEAST_PERCENT, report};

/// One slip.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The rule it is in; `None` in a value that several rules read.
    pub rule: Option<RuleId>,
    /// What it is in, by name: the rule, the parameter, the window.
    pub within: String,
    pub span: Span,
    /// In words: `< au lieu de ≤`.
    pub what: String,
    /// All the places of the book that the slip in the text changes: a function is written in place at each
    /// call.
    pub changes: Vec<Change>,
}

impl Mutant {
    /// The expressions it changes, and those around a changed value: where to look for a threshold.
    pub fn expressions(&self) -> Vec<law_ir::ExprId> {
        let of = |it: &Change| match it {
            Change::Node(id, _) => Some(*id),
            _ => None,
        };
        self.changes.iter().filter_map(of).collect()
    }
}
