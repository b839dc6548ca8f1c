//! The law, as the rest of the house sees it: load, check, evaluate, explain.
//!
//! ```text
//! .droit files ──load──▶ Law ──evaluate(household, month)──▶ Evaluation ──explain──▶ plain French
//! ```

mod calculator;
mod check;
mod fingerprint;
mod national;
pub mod schema;
pub mod situation;

use base::{Date, Month};
use law_ir::from_syntax;
use law_syntax::FileId;

pub use calculator::Calculator;
pub use law_columns as columns;
pub use law_explain::{Detail, DetailKind, Explanation, Line, WhyNot, format};
pub use law_ir::{
    Book, CaseId, ConditionKind, Dwelling, Entity, Fact, Family, History, Household, Input,
    InputId, Instance, Membership, Nature, Person, Rule, RuleId, RuleKind, Source, Symbol,
    TaxHousehold, Type, Unit, Value,
};
pub use law_projection as projection;
pub use law_reference::{
    AidResult, ConditionResult, Entry, Evaluation, Fault, MissingFact, MissingState, Outcome,
    Status, Step, Trace, Verdict,
};
pub use law_syntax::{
    Diagnostic, Severity, SourceFile, Span, format as format_source, nearest, render, to_json,
};
pub use law_unknowns as unknowns;

/// A rulebook ready to use, with the text it was read from.
#[derive(Debug)]
pub struct Law {
    book: Book,
    files: Vec<SourceFile>,
}

impl Law {
    /// The French law this binary was built with.
    ///
    /// A test keeps it free of errors; should it ever carry one, the book is empty and
    /// [`Law::national_diagnostics`] says why.
    pub fn national() -> &'static Self {
        national::law()
    }

    /// What loading the built-in law reported.
    pub fn national_diagnostics() -> &'static [Diagnostic] {
        national::diagnostics()
    }

    /// Reads files as one rulebook. Never fails: with an error there is no law, and the diagnostics say
    /// what is wrong and where.
    pub fn load(files: Vec<SourceFile>) -> (Option<Self>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut trees = Vec::new();
        for (rank, file) in files.iter().enumerate() {
            let id = FileId(u32::try_from(rank).unwrap_or(u32::MAX));
            let parsed = law_syntax::parse(id, &file.text);
            diagnostics.extend(parsed.diagnostics);
            trees.push(parsed.file);
        }
        let unreadable = diagnostics.iter().any(|it| it.severity == Severity::Error);
        let (book, found) = from_syntax(&trees);
        diagnostics.extend(found);
        diagnostics.sort_by_key(|it| (it.span, it.code));
        (book.filter(|_| !unreadable).map(|book| Self { book, files }), diagnostics)
    }

    /// What only a loaded law can be checked for: examples that do not hold, values past their review
    /// date on `today`.
    pub fn check(&self, today: Date) -> Vec<Diagnostic> {
        check::check(&self.book, today)
    }

    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The text the law was read from, in the order of the spans' files.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// What names this very law: 64 hexadecimal digits, the same for the same texts whatever the files are
    /// called and however they are ordered. An answer kept with it can be explained again.
    pub fn fingerprint(&self) -> String {
        fingerprint::of(&self.files)
    }

    /// All the aids of the book, with the full trace. An aid the rules cannot compute is
    /// [`Status::Impossible`] with its [`Fault`]; the others stand.
    pub fn evaluate(&self, household: &Household, month: Month) -> Evaluation {
        self.evaluate_only(household, month, &self.aids())
    }

    pub fn evaluate_only(
        &self,
        household: &Household,
        month: Month,
        aids: &[RuleId],
    ) -> Evaluation {
        law_reference::evaluate(&self.book, household, month, aids, true)
    }

    /// All the aids, with the rules' results but not the steps inside them: half the work, no explanation.
    pub fn evaluate_untraced(&self, household: &Household, month: Month) -> Evaluation {
        law_reference::evaluate(&self.book, household, month, &self.aids(), false)
    }

    /// These aids, without the steps: what a batch asks of each household.
    pub fn evaluate_only_untraced(
        &self,
        household: &Household,
        month: Month,
        aids: &[RuleId],
    ) -> Evaluation {
        law_reference::evaluate(&self.book, household, month, aids, false)
    }

    /// One rule, aid or not, on one instance of its entity: what an amount received in a past month would
    /// have been. The caller decides to read it as a fact; no rule ever does so by itself.
    pub fn evaluate_rule(
        &self,
        rule: RuleId,
        household: &Household,
        instance: Instance,
        month: Month,
    ) -> Outcome {
        law_reference::evaluate_rule(&self.book, household, rule, instance, month)
    }

    /// Puts one result of a traced evaluation in words.
    pub fn explain(
        &self,
        household: &Household,
        evaluation: &Evaluation,
        aid: &AidResult,
    ) -> Explanation {
        law_explain::explain(&self.book, household, evaluation, aid)
    }

    /// The aids shown to people, in order of declaration.
    pub fn aids(&self) -> Vec<RuleId> {
        self.book.aids().filter(|(_, rule, _)| !rule.hidden).map(|(id, _, _)| id).collect()
    }
}
