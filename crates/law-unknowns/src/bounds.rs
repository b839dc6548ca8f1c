//! The bounds of each aid: one pass of the machine, then tightening where an aid stays open.

use base::{Month, Rational};
use law_ir::{Book, ConditionKind, Household, Instance, RuleId, RuleKind};

use crate::answer::{AidBounds, Certainty, Effort, FactRef};
use crate::known::Known;
use crate::machine::{Limits, Machine};
use crate::sets::SetId;
use crate::tighten::{Narrowed, tighten};

/// Branches inside branches that are narrowed by their condition.
pub(crate) const FRAMES: usize = 3;

/// What is sure of these aids, for every family, person… of the household, in this month.
///
/// One answer for each aid and each instance of its entity, in the order of `aids`.
pub fn bounds(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    effort: Effort,
) -> Vec<AidBounds> {
    let mut machine = Machine::new(book, household, limits(effort));
    let targets = targets(book, household, aids);
    let first: Vec<_> = targets
        .into_iter()
        .map(|(aid, instance)| {
            // Each aid has its own steps: the last of the list is told as well as the first.
            machine.steps = 0;
            (aid, instance, machine.entry(aid, instance, month))
        })
        .collect();
    first
        .into_iter()
        .map(|(aid, instance, known)| {
            let narrowed = tighten(&mut machine, (aid, instance, month), known, effort);
            told(&machine, aid, instance, narrowed)
        })
        .collect()
}

pub(crate) fn limits(effort: Effort) -> Limits {
    Limits { frames: FRAMES, steps: effort.steps, deep: effort.splits > 0 }
}

/// Each aid with each of its instances.
pub(crate) fn targets(
    book: &Book,
    household: &Household,
    aids: &[RuleId],
) -> Vec<(RuleId, Instance)> {
    let mut res = Vec::new();
    for aid in aids {
        let Some(rule) = book.rule(*aid) else { continue };
        if !matches!(rule.kind, RuleKind::Aid(_)) {
            continue;
        }
        let count = Instance::try_from(household.count(rule.entity)).unwrap_or(Instance::MAX);
        res.extend((0..count).map(|instance| (*aid, instance)));
    }
    res
}

/// What the machine knows of an amount, as it is.
pub(crate) fn narrowed(machine: &mut Machine<'_>, known: Known) -> Narrowed {
    let support = machine.sets.union(known.up, known.down);
    match known.shape.interval() {
        Some(interval) => Narrowed {
            low: interval.lo().map_or(Rational::ZERO, |it| it.value.max(Rational::ZERO)),
            above_low: interval.lo().is_some_and(|it| it.open),
            high: interval.hi().map(|it| it.value),
            faults: known.faults,
            possible: true,
            support,
        },
        None => Narrowed {
            low: Rational::ZERO,
            above_low: false,
            high: None,
            faults: true,
            possible: false,
            support,
        },
    }
}

fn told(machine: &Machine<'_>, aid: RuleId, instance: Instance, it: Narrowed) -> AidBounds {
    let certainty = certainty(machine.book, aid, it);
    let open = certainty == Certainty::Possible || it.high != Some(it.low);
    let support = if open && it.possible { it.support } else { SetId::EMPTY };
    let (responsible, elsewhere) = facts(machine, support);
    let high = if certainty == Certainty::Impossible { Some(Rational::ZERO) } else { it.high };
    AidBounds { aid, instance, certainty, low: it.low, high, responsible, elsewhere }
}

fn certainty(book: &Book, aid: RuleId, it: Narrowed) -> Certainty {
    if !it.possible {
        return Certainty::Impossible;
    }
    if it.faults {
        return Certainty::Possible;
    }
    if it.high.is_some_and(|high| high <= Rational::ZERO) {
        return Certainty::Excluded;
    }
    if it.low > Rational::ZERO || it.above_low {
        return if has_reserves(book, aid) { Certainty::Reserved } else { Certainty::Certain };
    }
    Certainty::Possible
}

fn has_reserves(book: &Book, aid: RuleId) -> bool {
    match book.rule(aid).map(|it| &it.kind) {
        Some(RuleKind::Aid(info)) => {
            info.conditions.iter().any(|it| it.kind == ConditionKind::ToCheck)
        }
        Some(RuleKind::Rule | RuleKind::Local { .. }) | None => false,
    }
}

/// The facts of a set, in order, and whether some are outside the situation.
pub(crate) fn facts(machine: &Machine<'_>, set: SetId) -> (Vec<FactRef>, bool) {
    let mut res = Vec::new();
    let mut elsewhere = false;
    for atom in machine.sets.elements(set) {
        let Some(atom) = machine.atom(atom) else { continue };
        match atom.input {
            Some(input) => res.push(FactRef {
                input,
                instance: atom.instance,
                first: atom.first,
                last: atom.last,
            }),
            None => elsewhere = true,
        }
    }
    res.sort_unstable();
    (res, elsewhere)
}
