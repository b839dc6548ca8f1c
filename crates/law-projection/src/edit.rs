//! Facts changed from a month on.

use base::{Month, Rational};
use law_ir::{Book, Fact, History, Household, InputId, Instance, Nature, Value};

/// From `month` on the fact is worth `value` (`None`: not known); before, what it was.
pub(crate) fn set_from(
    household: &mut Household,
    input: InputId,
    instance: Instance,
    month: Month,
    value: Option<Value>,
    provenance: &str,
) {
    let mut points = Vec::new();
    if let Fact::Known(history) = household.fact(input, instance) {
        points.extend(history.points.iter().filter(|it| it.0 < month).copied());
        if let Some(until) = history.until.filter(|it| it.plus(1) < month) {
            points.retain(|it| it.0 <= until);
            points.push((until.plus(1), None));
        }
    }
    points.push((month, value));
    let provenance = provenance.to_owned();
    let history = History { points, until: None, provenance };
    household.set_fact(input, instance, Fact::Known(history));
}

/// The fact holds all the time.
pub(crate) fn set_always(
    household: &mut Household,
    input: InputId,
    instance: Instance,
    value: Value,
    provenance: &str,
) {
    let points = vec![(Month::of(1, 1), Some(value))];
    let history = History { points, until: None, provenance: provenance.to_owned() };
    household.set_fact(input, instance, Fact::Known(history));
}

/// What is known of the fact in that month.
pub(crate) fn known(
    household: &Household,
    input: InputId,
    instance: Instance,
    month: Month,
) -> Option<Value> {
    match household.fact(input, instance) {
        Fact::Known(history) => history.at(month),
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
    }
}

/// A value that has been told once keeps holding, except an amount that is asked month by month.
pub(crate) fn is_flow(book: &Book, input: InputId) -> bool {
    book.input(input).is_some_and(|it| it.nature == Nature::Flow)
}

pub(crate) fn number(value: Option<Value>) -> Option<Rational> {
    value.and_then(Value::as_number)
}
