//! Small wrong laws: each is the law of the house with one slip, as a hurried author would make it.
//!
//! A slip that no test of the rules notices (the examples beside the rules, the cases worked out by hand, the
//! frozen corpus, the properties) is a place where the law could be wrong without anybody knowing.

mod change;
mod hunt;
mod judge;
mod list;
mod quarry;
mod readers;
mod report;
mod slips;

use base::Month;
use law_ir::{Book, RuleId};
use law_syntax::Span;

pub use change::Change;
pub use hunt::{Found, Hunter};
pub use judge::{Expected, Judge, Killer};
pub use list::mutants;
pub use report::{LEAST_PERCENT, listed, report};

/// The months the tests of the rules cover.
pub fn period() -> (Month, Month) {
    (Month::of(2025, 1), Month::of(2026, 12))
}

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
    /// Puts the slip in the book.
    pub fn swap(&mut self, book: &mut Book) {
        self.changes.iter_mut().for_each(|it| it.swap(book));
    }

    /// Takes it out again.
    pub fn swap_back(&mut self, book: &mut Book) {
        self.changes.iter_mut().rev().for_each(|it| it.swap(book));
    }
}
