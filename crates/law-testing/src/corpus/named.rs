//! The values of named rules, as a line of the corpus writes them.

use std::collections::BTreeMap;

use base::Month;
use law::situation::json_decimal;
use law::{AidResult, Status, Value, Verdict};
use law_ir::{Book, Household, Instance, Rule, RuleId, RuleKind};
use law_reference::{Outcome, evaluate_rule};
use serde_json::{Value as Json, json};

/// The rules of a book by name; an `où` has that of its rule too: `rsa, où pension`.
#[derive(Debug)]
pub struct Named {
    names: Vec<String>,
    rules: BTreeMap<String, RuleId>,
}

impl Named {
    pub fn of(book: &Book) -> Self {
        let all = 0..book.rules.len();
        let names: Vec<String> = all.map(|rank| full_name(book, RuleId::at(rank))).collect();
        let rules = names.iter().enumerate();
        let rules = rules.map(|(rank, name)| (name.clone(), RuleId::at(rank))).collect();
        Self { names, rules }
    }

    pub fn name(&self, rule: RuleId) -> String {
        self.names.get(rule.index()).cloned().unwrap_or_default()
    }

    pub fn rule(&self, name: &str) -> Option<RuleId> {
        self.rules.get(name).copied()
    }
}

/// The rule, or the rule whose `où` it is.
pub(crate) fn full_name(book: &Book, id: RuleId) -> String {
    match book.rule(id) {
        Some(Rule { kind: RuleKind::Local { of }, name: local, .. }) => {
            format!("{}, où {local}", full_name(book, *of))
        }
        Some(rule) => rule.name.clone(),
        None => String::new(),
    }
}

/// What a rule is worth for one instance of its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    pub value: Result<Value, NoValue>,
    /// Of an aid: the conditions that fail, which is what a refused person is told.
    pub refused: Vec<String>,
}

/// What the rule is worth for each instance of its entity.
pub fn values_of(book: &Book, id: RuleId, household: &Household, month: Month) -> Vec<Worth> {
    let Some(rule) = book.rule(id) else { return Vec::new() };
    if matches!(rule.kind, RuleKind::Aid(_)) {
        let found = law_reference::evaluate(book, household, month, &[id], false);
        return found.aids.iter().map(of_aid).collect();
    }
    (0..household.count(rule.entity))
        .map(|instance| {
            let instance = Instance::try_from(instance).unwrap_or(Instance::MAX);
            let value = match evaluate_rule(book, household, id, instance, month) {
                Outcome::Known(value) => Ok(value),
                Outcome::Missing(_) => Err(NoValue::Missing),
                Outcome::Impossible(_) => Err(NoValue::Impossible),
            };
            Worth { value, refused: Vec::new() }
        })
        .collect()
}

fn of_aid(it: &AidResult) -> Worth {
    let value = match (it.status, it.amount) {
        (Status::Due | Status::NotDue, Some(amount)) => Ok(Value::Number(amount)),
        (Status::Impossible, _) => Err(NoValue::Impossible),
        (Status::Incomplete | Status::Due | Status::NotDue, _) => Err(NoValue::Missing),
    };
    let failed = it.conditions.iter().filter(|it| it.verdict == Verdict::Failed);
    Worth { value, refused: failed.map(|it| it.name.clone()).collect() }
}

/// Why a rule has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoValue {
    Missing,
    Impossible,
}

/// A number that is not decimal is written as a fraction; a refused aid as its failed conditions.
pub fn told_values(book: &Book, values: &[Worth]) -> Vec<Json> {
    let told = |worth: &Worth| match &worth.value {
        _ if !worth.refused.is_empty() => json!({ "refus": worth.refused }),
        Ok(Value::Number(it)) => json_decimal(*it).map_or_else(
            || Json::from(format!("{}/{}", it.numerator(), it.denominator())),
            Json::Number,
        ),
        Ok(Value::Bool(it)) => Json::Bool(*it),
        Ok(Value::Date(it)) => Json::from(it.to_string()),
        Ok(Value::Case(it)) => {
            Json::from(book.case(*it).map(|it| it.name.clone()).unwrap_or_default())
        }
        Err(NoValue::Missing) => Json::from("incomplet"),
        Err(NoValue::Impossible) => Json::from("impossible"),
    };
    values.iter().map(told).collect()
}
