//! Scenarios beside the household as it is: what is gained and lost, aid by aid, and when.

use base::{Month, Rational};
use law_ir::{Book, Household, InputId, Instance, RuleId};

use crate::extend::{earnings, total};
use crate::project::{Lane, Projection, project};
use crate::scenario::{Refused, WhatIf};

#[derive(Debug, Clone)]
pub struct Comparison {
    pub first: Month,
    pub base: Projection,
    /// In the order asked for; a scenario that has no meaning here says why.
    pub scenarios: Vec<Result<Compared, Refused>>,
}

/// One scenario beside the base, over the same months.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The household of the scenario: persons and groups are those of the base, then the new ones.
    pub household: Household,
    /// The months of the base up to the scenario, then those of the scenario.
    pub projection: Projection,
    /// In the order of the aids asked for.
    pub aids: Vec<ComparedAid>,
    pub months: Vec<ComparedMonth>,
    /// What the scenario adds and takes over the period, on the months where both are known.
    pub gained: Rational,
    pub lost: Rational,
    /// The first month in which an aid differs.
    pub first_difference: Option<Month>,
    /// Facts the scenario needs that nobody has told: to be asked, then given as answers.
    pub asked: Vec<FactAsked>,
    /// The aids that cannot be told in some month of the scenario while the base tells them.
    pub unknown: Vec<RuleId>,
}

/// One aid, all families and persons together.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedAid {
    pub aid: RuleId,
    /// For each month: base, then scenario; `None` when it cannot be told.
    pub months: Vec<(Option<Rational>, Option<Rational>)>,
    pub gained: Rational,
    pub lost: Rational,
    pub first_difference: Option<Month>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComparedMonth {
    pub month: Month,
    /// The aids together.
    pub aids: (Option<Rational>, Option<Rational>),
    /// Pay, benefits of insurance and support received, before any aid.
    pub earnings: (Option<Rational>, Option<Rational>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactAsked {
    pub input: InputId,
    pub instance: Instance,
}

/// Projects the household as it is and in each scenario. The household should have been
/// [extended](crate::extend) to the months asked for: a scenario does not invent what the base lacks.
pub fn compare(
    book: &Book,
    household: &Household,
    first: Month,
    months: u16,
    aids: &[RuleId],
    scenarios: &[WhatIf],
) -> Comparison {
    let base = project(book, household, first, months, aids);
    let scenarios =
        scenarios.iter().map(|it| compared(book, household, (&base, months), aids, it)).collect();
    Comparison { first, base, scenarios }
}

fn compared(
    book: &Book,
    household: &Household,
    (base, months): (&Projection, u16),
    aids: &[RuleId],
    what_if: &WhatIf,
) -> Result<Compared, Refused> {
    let applied = what_if.apply(book, household)?;
    let mut projection = project(book, &applied.household, base.first, months, aids);
    for (lane, before) in projection.lanes.iter_mut().zip(&base.lanes) {
        if lane.month < applied.from {
            lane.clone_from(before);
        }
    }
    // The month of the scenario is compared with the base, not with itself the month before.
    projection.changes.retain(|it| it.month > applied.from);
    let before = base.changes.iter().filter(|it| it.month < applied.from).cloned();
    projection.changes.splice(0..0, before);
    let aids: Vec<ComparedAid> =
        aids.iter().map(|it| aid(*it, &base.lanes, &projection.lanes)).collect();
    let sum = |of: fn(&ComparedAid) -> Rational| {
        total(aids.iter().map(|it| Some(of(it)))).unwrap_or(Rational::ZERO)
    };
    let (gained, lost) = (sum(|it| it.gained), sum(|it| it.lost));
    let unknown =
        aids.iter().filter(|it| it.months.iter().any(|(a, b)| a.is_some() && b.is_none()));
    Ok(Compared {
        months: months_of(book, household, (&applied.household, applied.from), base, &projection),
        gained,
        lost,
        first_difference: aids.iter().filter_map(|it| it.first_difference).min(),
        asked: asked(&base.lanes, &projection.lanes),
        unknown: unknown.map(|it| it.aid).collect(),
        aids,
        household: applied.household,
        projection,
    })
}

pub(crate) fn amount_of(lane: &Lane, aid: RuleId) -> Option<Rational> {
    total(lane.aids.iter().filter(|it| it.aid == aid).map(|it| it.amount))
}

fn aid(aid: RuleId, base: &[Lane], scenario: &[Lane]) -> ComparedAid {
    let mut res = ComparedAid {
        aid,
        months: Vec::new(),
        gained: Rational::ZERO,
        lost: Rational::ZERO,
        first_difference: None,
    };
    for (before, after) in base.iter().zip(scenario) {
        let (was, is) = (amount_of(before, aid), amount_of(after, aid));
        res.months.push((was, is));
        if was != is && res.first_difference.is_none() {
            res.first_difference = Some(before.month);
        }
        let Some(gain) = was.zip(is).and_then(|(was, is)| is.checked_sub(was)) else { continue };
        let side = if gain.is_negative() { &mut res.lost } else { &mut res.gained };
        let size = if gain.is_negative() { gain.checked_neg() } else { Some(gain) };
        *side = size.and_then(|it| side.checked_add(it)).unwrap_or(*side);
    }
    res
}

fn months_of(
    book: &Book,
    household: &Household,
    (changed, from): (&Household, Month),
    base: &Projection,
    scenario: &Projection,
) -> Vec<ComparedMonth> {
    let sum = |lane: &Lane| total(lane.aids.iter().map(|it| it.amount));
    let each = base.lanes.iter().zip(&scenario.lanes).map(|(before, after)| {
        let month = before.month;
        let was = earnings(book, household, month);
        let is = if month < from { was } else { earnings(book, changed, month) };
        ComparedMonth { month, aids: (sum(before), sum(after)), earnings: (was, is) }
    });
    each.collect()
}

/// What the scenario misses and the base does not.
fn asked(base: &[Lane], scenario: &[Lane]) -> Vec<FactAsked> {
    let missing = |lanes: &[Lane]| {
        let facts = lanes.iter().flat_map(|lane| lane.aids.iter().flat_map(|it| &it.missing));
        let facts =
            facts.filter_map(|it| Some(FactAsked { input: it.input?, instance: it.instance }));
        let mut res: Vec<FactAsked> = facts.collect();
        res.sort_unstable();
        res.dedup();
        res
    };
    let known = missing(base);
    let mut res = missing(scenario);
    res.retain(|it| known.binary_search(it).is_err());
    res
}
