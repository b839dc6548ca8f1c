//! What the household of a case has received in the past from the benefits we model.
//!
//! The law reads them as facts (the activity bonus of a month counts the housing aid received that month).
//! The witness recomputes them for M-3 to M-1 and injects zero before; so do we, explicitly: our own rules
//! are asked what they give for each of these months, and the answer becomes a fact.

use base::{Month, Rational};
use law::{Fact, Fault, History, Household, Law, Outcome, Value};

/// The facts filled here, each with the rule that computes it.
const RECEIVED: [(&str, &str); 4] = [
    ("aide_au_logement_perçue", "aide_au_logement"),
    ("allocations_familiales_de_base_perçues", "af_de_base"),
    ("complément_familial_de_base_perçu", "cf_de_base"),
    ("asf_perçue", "asf"),
];

/// The names of these facts.
pub(crate) fn facts() -> impl Iterator<Item = &'static str> {
    RECEIVED.into_iter().map(|(fact, _)| fact)
}

/// Adds to the first family what our rules give it for the three months before `now`; nothing before.
pub(crate) fn receive(law: &Law, household: &mut Household, now: Month) -> Result<(), Fault> {
    let mut received = Vec::new();
    for (fact, rule) in RECEIVED {
        let book = law.book();
        let (Some(input), Some(rule)) = (book.input_named(fact), book.rule_named(rule)) else {
            continue;
        };
        let mut points = vec![(Month::of(2000, 1), Some(Value::Number(Rational::ZERO)))];
        for ago in (1..=3).rev() {
            let month = now.plus(-ago);
            let value = match law.evaluate_rule(rule, household, 0, month) {
                Outcome::Known(value) => Some(value),
                Outcome::Missing(_) => None,
                Outcome::Impossible(fault) => return Err(Fault::clone(&fault)),
            };
            points.push((month, value));
        }
        let provenance = "calculé par nos règles".to_owned();
        let until = Some(now.plus(-1));
        received.push((input, Fact::Known(History { points, until, provenance })));
    }
    for (input, fact) in received {
        household.set_fact(input, 0, fact);
    }
    Ok(())
}
