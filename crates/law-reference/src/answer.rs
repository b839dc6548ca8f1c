//! From the evaluator's entries to what is answered.

use std::sync::Arc;

use base::{Month, Rational};
use law_ir::{AidInfo, Book, ConditionKind, Household, Instance, Rule, RuleId, RuleKind, Value};

use crate::Fault;
use crate::evaluator::Evaluator;
use crate::result::{AidResult, ConditionResult, Evaluation, Outcome, Status};
use crate::trace::Entry;

/// Evaluates these aids for every family, person… of the household, in this month.
///
/// With `traced`, every expression that was evaluated is kept; without, only the rules' results.
/// A fault stops the aids that meet it, no other.
pub fn evaluate(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    traced: bool,
) -> Evaluation {
    let mut evaluator = Evaluator::new(book, household, &[], traced);
    let mut results = Vec::new();
    for aid in aids {
        let Some(rule) = book.rule(*aid) else { continue };
        let RuleKind::Aid(info) = &rule.kind else { continue };
        for instance in 0..household.count(rule.entity) {
            let instance = Instance::try_from(instance).unwrap_or(Instance::MAX);
            let entry = evaluator.entry(*aid, instance, month);
            results.push(aid_result(*aid, rule, info, evaluator.trace.entries.get(entry)));
        }
    }
    Evaluation { month, aids: results, trace: evaluator.trace }
}

/// One rule on one instance of its entity, without a trace.
pub fn evaluate_rule(
    book: &Book,
    household: &Household,
    rule: RuleId,
    instance: Instance,
    month: Month,
) -> Outcome {
    let mut evaluator = Evaluator::new(book, household, &[], false);
    let at = evaluator.entry(rule, instance, month);
    let outcome = evaluator.trace.entries.get(at).map(|it| it.outcome.clone());
    outcome.unwrap_or_else(|| {
        Outcome::Impossible(Arc::new(Fault::Inconsistent { label: String::new() }))
    })
}

fn aid_result(aid: RuleId, rule: &Rule, info: &AidInfo, entry: Option<&Entry>) -> AidResult {
    let verdicts = entry.map(|it| it.verdicts.as_slice()).unwrap_or_default();
    let conditions = info.conditions.iter().zip(verdicts).map(|(condition, verdict)| {
        let sources = condition.sources.clone();
        let (name, label) = (condition.name.clone(), condition.label.clone());
        ConditionResult { name, label, verdict: *verdict, sources }
    });
    let to_check = info.conditions.iter().filter(|it| it.kind == ConditionKind::ToCheck);
    let mut fault = None;
    let (status, amount, missing) = match entry.map(|it| &it.outcome) {
        Some(Outcome::Known(Value::Number(it))) if *it > Rational::ZERO => {
            (Status::Due, Some(*it), Vec::new())
        }
        Some(Outcome::Known(_)) => (Status::NotDue, Some(Rational::ZERO), Vec::new()),
        Some(Outcome::Missing(facts)) => (Status::Incomplete, None, facts.to_vec()),
        Some(Outcome::Impossible(why)) => {
            fault = Some(Fault::clone(why));
            (Status::Impossible, None, Vec::new())
        }
        None => (Status::Incomplete, None, Vec::new()),
    };
    AidResult {
        aid,
        name: rule.name.clone(),
        label: rule.label.clone(),
        instance: entry.map_or(0, |it| it.instance),
        status,
        amount,
        conditions: conditions.collect(),
        reserves: to_check.map(|it| it.label.clone()).collect(),
        missing,
        fault,
    }
}
