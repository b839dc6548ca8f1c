//! Examples written beside a rule, run when the book is loaded.

use base::Month;
use law_ir::{Book, Example, Expectation, Household, Membership, Person, RuleKind, Symbol, Value};

use crate::evaluator::{Evaluator, Place};
use crate::result::Verdict;
use crate::stop::Stop;

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExampleFailure {
    /// The rule gives another value; `None` when a fact is missing from the example.
    Found(Option<Value>),
    /// The aid was expected to be refused for one condition; the ranks of those that failed.
    Refused(Vec<usize>),
    Fault(crate::Fault),
}

/// Evaluates the example on an imaginary family of one person, with its stand-ins; `month` is used when the
/// example names none.
pub fn run_example(book: &Book, example: &Example, month: Month) -> Result<(), ExampleFailure> {
    let household = one_person();
    let month = example.month.unwrap_or(month);
    let place = Place { entity: example.entity, instance: 0, month };
    let mut evaluator = Evaluator::new(book, &household, &example.given, false);
    let found = match evaluator.eval(example.body, place) {
        Ok(value) => Some(value),
        Err(Stop::Missing(_)) => None,
        Err(Stop::Fault(fault)) => return Err(ExampleFailure::Fault(crate::Fault::clone(&fault))),
    };
    match example.expected {
        Expectation::Value(expected) if found == Some(expected) => Ok(()),
        Expectation::Value(_) => Err(ExampleFailure::Found(found)),
        Expectation::RefusedBecause(rank) => {
            let failed = failed_conditions(&evaluator, book, example);
            if failed.contains(&rank) { Ok(()) } else { Err(ExampleFailure::Refused(failed)) }
        }
    }
}

fn failed_conditions(evaluator: &Evaluator<'_>, book: &Book, example: &Example) -> Vec<usize> {
    let Symbol::Rule(aid) = example.of else { return Vec::new() };
    let is_aid = book.rule(aid).is_some_and(|it| matches!(it.kind, RuleKind::Aid(_)));
    let entry = evaluator.trace.entries.iter().find(|it| is_aid && it.rule == aid);
    let Some(entry) = entry else { return Vec::new() };
    let ranked = entry.verdicts.iter().enumerate();
    ranked.filter(|(_, it)| **it == Verdict::Failed).map(|(rank, _)| rank).collect()
}

fn one_person() -> Household {
    let person = Person {
        id: "exemple".to_owned(),
        label: "exemple".to_owned(),
        family: 0,
        tax_household: Some(0),
        dwelling: 0,
        membership: Membership::Applicant,
    };
    let mut household = Household { persons: vec![person], ..Household::default() };
    household.families.push(law_ir::Family::default());
    household
        .tax_households
        .push(law_ir::TaxHousehold { declarants: vec![0], dependants: Vec::new() });
    household.dwellings.push(law_ir::Dwelling { occupants: vec![0] });
    household
}
