//! From a trace to plain French: why, why not, how it was computed.
//!
//! Nothing is computed again here: every number told is a number of the trace.

mod details;
pub mod format;
mod formula;
mod lines;
mod reader;
mod sentence;
mod why_not;

use base::Date;
use law_ir::{Book, Household, Source};
use law_reference::{AidResult, Evaluation, Status, Verdict};

use reader::Reader;

/// What can be told of one aid.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// One sentence.
    pub sentence: String,
    /// The calculation as one would write it on paper.
    pub lines: Vec<Line>,
    /// Everything: rules, dated values and facts, with their sources, the rule before what it reads.
    pub details: Vec<Detail>,
    /// The conditions that are met, in words.
    pub because: Vec<String>,
    pub why_not: Vec<WhyNot>,
    /// The facts that are missing, in words, each once.
    pub missing: Vec<String>,
    /// What a person still has to check.
    pub reserves: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `+`, `−`, or nothing on the first line and on the total.
    pub operator: Option<&'static str>,
    pub label: String,
    pub value: String,
    pub total: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailKind {
    Rule,
    Parameter,
    Fact,
}

#[derive(Debug, Clone)]
pub struct Detail {
    /// How far from the aid itself.
    pub depth: usize,
    pub kind: DetailKind,
    pub label: String,
    /// Of whom: empty when it goes without saying.
    pub about: String,
    pub value: String,
    /// The calculation, with the values it read.
    pub formula: Option<String>,
    /// The month or months, when not the month of the answer.
    pub period: Option<String>,
    /// Since when the dated value holds.
    pub since: Option<Date>,
    /// The value's review date has passed: it may have changed.
    pub review_passed: bool,
    /// Where a fact that is known comes from, in words: "déclaré", "avis d’impôt 2025"…
    pub provenance: Option<String>,
    /// The reading of the law that was chosen where the text is silent, and why.
    pub choice: Option<String>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone)]
pub struct WhyNot {
    /// The condition, in the words of the law's author.
    pub condition: String,
    /// How far the household is from it.
    pub sentence: String,
    pub sources: Vec<Source>,
}

/// Explains one result of an evaluation that was traced.
pub fn explain(
    book: &Book,
    household: &Household,
    evaluation: &Evaluation,
    aid: &AidResult,
) -> Explanation {
    let reader = Reader::new(book, household, evaluation);
    // Of a refused aid the conditions that fail say enough: the others may have been met by nobody.
    let silent = matches!(aid.status, Status::NotDue | Status::Impossible);
    let met = aid.conditions.iter().filter(|it| !silent && it.verdict == Verdict::Met);
    let why_not = why_not::why_not(&reader, aid);
    let missing = sentence::missing(&reader, aid);
    Explanation {
        sentence: sentence::sentence(&reader, aid, &why_not, &missing),
        lines: lines::lines(&reader, aid),
        details: details::details(&reader, aid),
        because: met.map(|it| it.label.clone()).collect(),
        why_not,
        missing,
        reserves: aid.reserves.clone(),
    }
}
