//! Where the corpus starts: the households of the witness, completed.

use std::collections::BTreeMap;

use base::{Month, Rational};
use law::{Law, Type, Value};
use law_ir::{Fact, History, Household};
use serde_json::{Map, Value as Json};

use super::facts_of;
use super::perturb::now;
use crate::case::Case;
use crate::{adapter, past};

/// The households of the witness and their months.
pub fn starts(law: &Law, cases: &[Case]) -> Vec<(Household, Month)> {
    let one = |case: &Case| {
        let mut household = adapter::situation(case).to_household_of_any_age(law).ok()?;
        past::receive(law, &mut household, case.month).ok()?;
        flatten(law, &mut household, case.month);
        Some((household, case.month))
    };
    cases.iter().filter_map(one).collect()
}

/// Histories as short as they can be told: a value that never changed holds always, and what changed long
/// before any month a rule reads is forgotten.
fn flatten(law: &Law, household: &mut Household, month: Month) {
    for (input, instance) in facts_of(law, household) {
        let Fact::Known(history) = household.fact(input, instance) else { continue };
        let long_ago = month.plus(-36);
        let mut points: Vec<(Month, Option<Value>)> = Vec::new();
        for (from, value) in &history.points {
            match points.last_mut() {
                Some((_, last)) if last == value => {}
                Some(last) if *from <= long_ago => *last = (*from, *value),
                _ => points.push((*from, *value)),
            }
        }
        let until = match points.as_mut_slice() {
            [(from, Some(_))] => {
                *from = Month::of(1, 1);
                None
            }
            _ => history.until,
        };
        let provenance = history.provenance.clone();
        household.set_fact(input, instance, Fact::Known(History { points, until, provenance }));
    }
}

/// The most common value of each fact, as `ordinaire.json` writes it; zero, no or the first case where no
/// household tells it.
pub fn ordinary(law: &Law, starts: &[(Household, Month)]) -> Map<String, Json> {
    let mut counts: BTreeMap<usize, Vec<(Value, usize)>> = BTreeMap::new();
    for (household, month) in starts {
        for (input, instance) in facts_of(law, household) {
            let Some(value) = now(household, input, instance, *month) else { continue };
            let seen = counts.entry(input.index()).or_default();
            match seen.iter_mut().find(|(it, _)| *it == value) {
                Some((_, times)) => *times += 1,
                None => seen.push((value, 1)),
            }
        }
    }
    let mut res = Map::new();
    for (rank, input) in law.book().inputs.iter().enumerate() {
        if input.name == "date_de_naissance" {
            continue;
        }
        let most = counts.get(&rank).and_then(|it| it.iter().max_by_key(|(_, times)| *times));
        let value = most.map(|(value, _)| *value).or_else(|| plain(law, input.ty));
        if let Some(told) = value.and_then(|it| told(law, it)) {
            res.insert(input.name.clone(), told);
        }
    }
    res
}

fn plain(law: &Law, ty: Type) -> Option<Value> {
    match ty {
        Type::Bool => Some(Value::Bool(false)),
        Type::Enum(id) => law.book().enumeration(id)?.cases.first().map(|it| Value::Case(*it)),
        // Never happened.
        Type::Date => base::Date::new(9999, 12, 31).map(Value::Date),
        Type::Number(_) | Type::Zero | Type::Unknown => Some(Value::Number(Rational::ZERO)),
    }
}

fn told(law: &Law, value: Value) -> Option<Json> {
    match value {
        Value::Number(it) => law::situation::json_decimal(it).map(Json::Number),
        Value::Bool(it) => Some(Json::Bool(it)),
        Value::Date(it) => Some(Json::from(it.to_string())),
        Value::Case(id) => law.book().case(id).map(|it| Json::from(it.name.clone())),
    }
}

/// The facts a household still lacks, given their ordinary value.
pub fn completed(
    law: &Law,
    ordinary: &super::Ordinary,
    household: &Household,
) -> Option<Household> {
    let told = crate::generate::situation(law.book(), household);
    let mut res = ordinary.complete(law, &told).to_household_of_any_age(law).ok()?;
    // What is said not to apply or not to be known stays so.
    for (input, instance) in facts_of(law, household) {
        if matches!(household.fact(input, instance), Fact::Unknown | Fact::NotApplicable) {
            res.set_fact(input, instance, household.fact(input, instance).clone());
        }
    }
    Some(res)
}
