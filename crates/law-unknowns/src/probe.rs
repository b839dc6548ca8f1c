//! A few whole households tried before anything is split: an aid that is due in one and not in another is
//! possible, and no proof will say otherwise.

use base::{Month, Rational};
use law_ir::{Household, InputId, Type, Value};

use crate::completion::filled;
use crate::machine::Machine;
use crate::sets::SetId;
use crate::shape::Shape;
use crate::tighten::{Target, exact};

/// Whether the aid was seen due, and seen not due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Stories {
    pub due: bool,
    pub not_due: bool,
}

impl Stories {
    pub fn are_both(self) -> bool {
        self.due && self.not_due
    }

    pub fn see(&mut self, due: bool) {
        self.due |= due;
        self.not_due |= !due;
    }
}

/// Households that are tried; the first are poor, those after have incomes here and there.
const PROBES: usize = 10;

pub(crate) fn probe(machine: &Machine<'_>, target: Target, support: SetId) -> Stories {
    let mut res = Stories::default();
    let facts: Vec<_> = machine
        .sets
        .elements(support)
        .into_iter()
        .filter_map(|rank| machine.atom(rank))
        .filter_map(|atom| Some((atom.input?, atom.instance)))
        .collect();
    for rank in 0..PROBES {
        let mut household: Household = machine.household.clone();
        for (input, instance) in &facts {
            let mixed = input.index().wrapping_mul(7).wrapping_add(usize::from(*instance) * 3);
            let Some(value) = value(machine, *input, rank, mixed, target.2) else { continue };
            let fact = filled(household.fact(*input, *instance), value, "");
            household.set_fact(*input, *instance, fact);
        }
        if let Some(amount) = exact(machine, household, target) {
            res.see(amount > Rational::ZERO);
        }
        if res.are_both() {
            break;
        }
    }
    res
}

fn value(
    machine: &Machine<'_>,
    input: InputId,
    probe: usize,
    mixed: usize,
    month: Month,
) -> Option<Value> {
    let turn = mixed.wrapping_add(probe.wrapping_mul(5));
    let info = machine.book.input(input)?;
    Some(match (machine.domain(input)?, info.ty) {
        (Shape::Bool(_), _) => Value::Bool(probe > 1 && turn.is_multiple_of(2)),
        (Shape::Number(all), _) => {
            let amount = match (probe, turn % 6) {
                (2.., 0) => 900,
                (4.., 1) => 40_000,
                (6.., 2) => 250,
                _ => 0,
            };
            let value = Rational::from(amount);
            let ends = (all.lo().map(|it| it.value), all.hi().map(|it| it.value));
            let value = ends.0.map_or(value, |it| value.max(it));
            Value::Number(ends.1.map_or(value, |it| value.min(it)))
        }
        (Shape::Date(_), _) => {
            let years = [30, 5, 45, 2, 17, 70].get(if probe < 2 { 0 } else { turn % 6 })?;
            Value::Date(month.plus(-12 * years).first_day()?)
        }
        (Shape::Cases(_), Type::Enum(id)) => {
            let cases = &machine.book.enumeration(id)?.cases;
            Value::Case(*cases.get(turn.checked_rem(cases.len())?)?)
        }
        (Shape::Cases(_) | Shape::Nothing, _) => return None,
    })
}
