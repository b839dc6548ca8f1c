//! Filling what is missing of a fact.

use base::Month;
use law_ir::{Fact, History, Value};

/// The fact with this value in every month where it is missing; what is known stays.
///
/// ```
/// use base::{Month, Rational};
/// use law_ir::{Fact, History, Value};
/// use law_unknowns::filled;
///
/// let march = Month::of(2026, 3);
/// let known = History {
///     points: vec![(march, Some(Value::Bool(true)))],
///     until: Some(march),
///     provenance: "déclaré".to_owned(),
/// };
/// let Fact::Known(history) = filled(&Fact::Known(known), Value::Bool(false), "réponse") else {
///     panic!("a filled fact is known");
/// };
/// assert_eq!(history.at(march), Some(Value::Bool(true)));
/// assert_eq!(history.at(march.plus(-1)), Some(Value::Bool(false)));
/// assert_eq!(history.at(march.plus(1)), Some(Value::Bool(false)));
/// ```
pub fn filled(fact: &Fact, value: Value, provenance: &str) -> Fact {
    let start = Month::of(1, 1);
    let mut points = vec![(start, Some(value))];
    let mut said = provenance.to_owned();
    if let Fact::Known(history) = fact {
        said.clone_from(&history.provenance);
        for (month, known) in &history.points {
            if history.until.is_some_and(|until| *month > until) {
                break;
            }
            points.retain(|(at, _)| at != month);
            points.push((*month, Some(known.unwrap_or(value))));
        }
        if let Some(until) = history.until {
            points.push((until.plus(1), Some(value)));
        }
    }
    Fact::Known(History { points, until: None, provenance: said })
}

/// The fact with this value in this month, whatever the other months are.
pub(crate) fn known_in(fact: &Fact, month: Month, value: Value) -> Fact {
    let mut history = match fact {
        Fact::Known(history) => history.clone(),
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => {
            History { points: Vec::new(), until: None, provenance: String::new() }
        }
    };
    let after = history.at(month.plus(1));
    if let Some(until) = history.until.take() {
        history.points.retain(|(at, _)| *at <= until);
        history.points.push((until.plus(1), None));
    }
    history.points.retain(|(at, _)| *at != month && *at != month.plus(1));
    history.points.push((month, Some(value)));
    history.points.push((month.plus(1), after));
    history.points.sort_by_key(|(at, _)| *at);
    Fact::Known(history)
}
