//! From bounds that are right to bounds that are close, cheapest first: the two extreme households when the
//! amount only moves one way with each fact, then the household split on the facts that decide conditions.

use base::{Month, Rational};
use law_ir::{Household, InputId, Instance, RuleId, Value};
use law_reference::{Outcome, evaluate_rule};

use crate::answer::Effort;
use crate::bounds::{limits, narrowed};
use crate::completion::{filled, known_in};
use crate::interval::{End, Interval};
use crate::known::Known;
use crate::machine::{Key, Machine};
use crate::probe::{Stories, probe};
use crate::sets::SetId;
use crate::shape::{Days, Shape, Truth, day_after};

/// What is proved of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Narrowed {
    pub low: Rational,
    /// It is never exactly `low`.
    pub above_low: bool,
    pub high: Option<Rational>,
    /// Some answers may leave no amount at all.
    pub faults: bool,
    /// Some answer may leave an amount.
    pub possible: bool,
    pub support: SetId,
}

impl Search {
    fn see(&mut self, res: Narrowed) {
        if res.is_sure() && res.possible {
            self.stories.see(res.low > Rational::ZERO || res.above_low);
        } else if res.low.is_zero() && res.high.is_some_and(|it| it > Rational::ZERO) && !res.faults
        {
            // Both ends are reached.
            self.stories = Stories { due: true, not_due: true };
        }
    }
}

/// What is evaluated: an aid, whose, and when.
pub(crate) type Target = (RuleId, Instance, Month);

impl Narrowed {
    fn is_point(self) -> bool {
        !self.faults && self.high == Some(self.low)
    }

    /// Sure to be due or sure not to be, whatever the amount.
    fn is_sure(self) -> bool {
        let due = self.low > Rational::ZERO || self.above_low;
        let never = self.high.is_some_and(|it| it <= Rational::ZERO);
        !self.possible || (!self.faults && (due || never))
    }

    fn hull(self, other: Self, support: SetId) -> Self {
        if !self.possible || !other.possible {
            let kept = if self.possible { self } else { other };
            return Self { faults: self.faults || other.faults, support, ..kept };
        }
        let low = self.low.min(other.low);
        let above = |it: Self| it.low > low || it.above_low;
        Self {
            low,
            above_low: above(self) && above(other),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
            faults: self.faults || other.faults,
            possible: true,
            support,
        }
    }
}

pub(crate) fn tighten(
    machine: &mut Machine<'_>,
    target: Target,
    known: Known,
    effort: Effort,
) -> Narrowed {
    let mut search = Search { splits: effort.splits, stories: Stories::default() };
    let open = narrowed(machine, known);
    if effort.splits > 0 && !open.is_sure() {
        search.stories = probe(machine, target, open.support);
    }
    settle(machine, target, known, effort, &mut search, &mut Vec::new())
}

/// What has to be left of the splits for amounts alone to be narrowed: the usual ones before that are for them.
const NOT_FOR_AMOUNTS: usize = 16;

/// Splitting a few facts out of many leaves the amounts as wide as they were.
fn has_many(machine: &Machine<'_>, res: Narrowed) -> bool {
    machine.sets.len(res.support) > 4
}

/// What is left to try, and what was seen on the way.
#[derive(Debug, Clone, Copy)]
struct Search {
    splits: usize,
    stories: Stories,
}

fn settle(
    machine: &mut Machine<'_>,
    target: Target,
    known: Known,
    effort: Effort,
    search: &mut Search,
    narrowings: &mut Vec<(Key, Shape)>,
) -> Narrowed {
    let mut res = narrowed(machine, known);
    if res.is_point() || !res.possible {
        search.see(res);
        return res;
    }
    if effort.corners && !res.faults && at_corners(machine, target, known, &mut res, narrowings) {
        search.see(res);
        return res;
    }
    if res.is_sure() {
        search.see(res);
        return res;
    }
    split(machine, target, res, effort, search, narrowings)
}

// ── corners ───────────────────────────────────────────────────────────────────────────────────────

/// Evaluates the two extreme households; whether both could be, so that the bounds are exact.
fn at_corners(
    machine: &mut Machine<'_>,
    target: Target,
    known: Known,
    res: &mut Narrowed,
    narrowings: &[(Key, Shape)],
) -> bool {
    if machine.sets.meet(known.up, known.down) || known.up == known.down {
        return false;
    }
    let facts: Vec<_> = machine
        .sets
        .elements(res.support)
        .into_iter()
        .map(|rank| (machine.atom(rank), machine.sets.contains(known.up, rank)))
        .collect();
    let corner = |up: bool| {
        let mut household = machine.household.clone();
        for (key, shape) in narrowings {
            let high =
                machine.key_rank(*key).map(|rank| machine.sets.contains(known.up, rank) == up);
            impose(machine, &mut household, *key, *shape, high)?;
        }
        for (atom, grows) in &facts {
            let atom = (*atom)?;
            let input = atom.input?;
            let value = machine.end_of(input, machine.domain(input)?, *grows == up)?;
            let fact = filled(household.fact(input, atom.instance), value, "");
            household.set_fact(input, atom.instance, fact);
        }
        exact(machine, household, target)
    };
    let (low, high) = (corner(false), corner(true));
    if let Some(low) = low {
        (res.low, res.above_low) = (low, false);
    }
    if high.is_some() {
        res.high = high;
    }
    low.is_some() && high.is_some()
}

/// Gives a fact that was split on a value of its part: the high or the low end if it matters.
fn impose(
    machine: &Machine<'_>,
    household: &mut Household,
    key: Key,
    shape: Shape,
    high: Option<bool>,
) -> Option<()> {
    let Key::Fact { input, instance, month } = key else { return None };
    let value = match high {
        Some(high) => machine.end_of(input, shape, high)?,
        None => machine.end_of(input, shape, false).or(machine.end_of(input, shape, true))?,
    };
    let fact = household.fact(input, instance);
    let fact = match month {
        Some(month) => known_in(fact, month, value),
        None => filled(fact, value, ""),
    };
    household.set_fact(input, instance, fact);
    Some(())
}

/// The exact amount, with whatever is asked on the way given any value: it does not depend on it.
pub(crate) fn exact(
    machine: &Machine<'_>,
    mut household: Household,
    (aid, instance, month): Target,
) -> Option<Rational> {
    for _ in 0..64 {
        match evaluate_rule(machine.book, &household, aid, instance, month) {
            Outcome::Known(Value::Number(amount)) => return Some(amount),
            Outcome::Known(_) | Outcome::Impossible(_) => return None,
            Outcome::Missing(facts) => {
                for fact in facts.iter() {
                    let input = fact.input?;
                    let value = machine.some_value(input)?;
                    let filled = filled(household.fact(input, fact.instance), value, "");
                    household.set_fact(input, fact.instance, filled);
                }
            }
        }
    }
    None
}

// ── splits ────────────────────────────────────────────────────────────────────────────────────────

/// Evaluates each part of one fact on its own, and so on while there is budget.
fn split(
    machine: &mut Machine<'_>,
    target: Target,
    res: Narrowed,
    effort: Effort,
    search: &mut Search,
    narrowings: &mut Vec<(Key, Shape)>,
) -> Narrowed {
    // Once both stories are told, no split makes the aid sure: only a few facts are split for the amount.
    if search.stories.are_both() && (search.splits < NOT_FOR_AMOUNTS || has_many(machine, res)) {
        return res;
    }
    let Some((key, parts)) = best_split(machine, res.support, narrowings) else { return res };
    if parts.len() > search.splits {
        return res;
    }
    search.splits = search.splits.saturating_sub(parts.len());
    let (aid, instance, month) = target;
    let mut all: Option<Narrowed> = None;
    let of_key = machine.atom_set(key);
    for part in parts {
        narrowings.push((key, part));
        let found = machine.with(&[(key, part)], limits(effort), |machine| {
            let known = machine.entry(aid, instance, month);
            settle(machine, target, known, effort, search, narrowings)
        });
        narrowings.pop();
        all = Some(match all {
            None => Narrowed { support: machine.sets.union(found.support, of_key), ..found },
            Some(all) => {
                let support = machine.sets.union(all.support, found.support);
                all.hull(found, support)
            }
        });
    }
    let Some(all) = all else { return res };
    // Each part is right, and so is the whole: the narrower end of the two.
    Narrowed {
        low: all.low.max(res.low),
        above_low: if all.low >= res.low { all.above_low } else { res.above_low },
        high: match (all.high, res.high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (end, None) | (None, end) => end,
        },
        ..all
    }
}

/// The fact that undecided conditions depend on most closely, and the parts of its values.
fn best_split(
    machine: &Machine<'_>,
    support: SetId,
    narrowings: &[(Key, Shape)],
) -> Option<(Key, Vec<Shape>)> {
    let mut best: Option<(u32, Key, Vec<Shape>)> = None;
    for key in &machine.reads {
        let Key::Fact { input, instance, .. } = *key else { continue };
        let mut now = narrowings.iter().rev().filter(|(of, _)| of == key);
        let narrowed = now.next().map(|(_, shape)| *shape);
        let times = u32::try_from(now.count()).unwrap_or(u32::MAX);
        let Some(rank) = machine.rank_of(input, instance) else { continue };
        if !machine.sets.contains(support, rank) {
            continue;
        }
        // What was split already is worth less each time.
        let blame = machine.blame.get(&rank).copied().unwrap_or_default();
        let blame = match narrowed {
            None => blame,
            Some(_) => blame.checked_shr(times.saturating_add(1)).unwrap_or_default(),
        };
        if best.as_ref().is_some_and(|(most, _, _)| *most >= blame.saturating_add(1)) {
            continue;
        }
        let parts = match narrowed {
            None => parts(machine, input),
            Some(shape) => halves(shape),
        };
        if parts.len() > 1 {
            best = Some((blame.saturating_add(1), *key, parts));
        }
    }
    best.map(|(_, key, parts)| (key, parts))
}

/// A part that conditions do not cut, in two: amounts are more often small than large.
fn halves(shape: Shape) -> Vec<Shape> {
    let Shape::Number(all) = shape else { return Vec::new() };
    let (Some(lo), Some(hi)) = (all.lo(), all.hi()) else { return Vec::new() };
    /// Amounts are told to the euro at best by then.
    const NARROWEST: i32 = 8;
    let width = hi.value.checked_sub(lo.value);
    let wide = width.is_some_and(|it| it > Rational::from(NARROWEST));
    let share = Rational::from(if lo.value.is_zero() { 8 } else { 2 });
    let cut = width.filter(|_| wide).and_then(|it| lo.value.checked_add(it.checked_div(share)?));
    let Some(cut) = cut.and_then(|it| it.rounded(Rational::ONE, base::Rounding::Down)) else {
        return Vec::new();
    };
    let below = all.meet(Interval::at_most(End::closed(cut)));
    let above = all.meet(Interval::at_least(End::open(cut)));
    below.into_iter().chain(above).map(Shape::Number).collect()
}

/// The domain of a fact cut where conditions cut it; otherwise nothing and something.
pub(crate) fn parts(machine: &Machine<'_>, input: InputId) -> Vec<Shape> {
    let Some(domain) = machine.domain(input) else { return Vec::new() };
    match domain {
        Shape::Bool(_) => [true, false].map(|it| Shape::Bool(Truth::certain(it))).to_vec(),
        Shape::Cases(mask) => {
            let cases = (0..128).map(|bit| 1_u128 << bit).filter(|bit| mask & bit != 0);
            cases.map(Shape::Cases).collect()
        }
        Shape::Number(all) => number_parts(machine, input, all),
        Shape::Date(all) => date_parts(machine, input, all),
        Shape::Nothing => Vec::new(),
    }
}

/// More parts than that are not worth their evaluation.
const MOST_CUTS: usize = 6;

fn number_parts(machine: &Machine<'_>, input: InputId, all: Interval) -> Vec<Shape> {
    let mut ends: Vec<(Rational, bool)> = Vec::new();
    for (_, cut) in machine.cuts.iter().filter(|(of, _)| *of == input) {
        let Some(cut) = cut.interval() else { continue };
        // An end of the part, and whether the number itself belongs below it.
        if let Some(lo) = cut.lo()
            && cut.lo() != all.lo()
        {
            ends.push((lo.value, lo.open));
        }
        if let Some(hi) = cut.hi()
            && cut.hi() != all.hi()
        {
            ends.push((hi.value, !hi.open));
        }
    }
    ends.sort_unstable();
    ends.dedup();
    ends.truncate(MOST_CUTS);
    let mut res = Vec::new();
    let mut rest = Some(all);
    for (value, below) in ends {
        let Some(left) = rest else { break };
        let (under, over) = if below {
            (End::closed(value), End::open(value))
        } else {
            (End::open(value), End::closed(value))
        };
        res.extend(left.meet(Interval::at_most(under)));
        rest = left.meet(Interval::at_least(over));
    }
    res.extend(rest);
    let whole = res.len() < 2;
    let all: Vec<_> = res.into_iter().map(Shape::Number).collect();
    if whole { all.into_iter().flat_map(halves).collect() } else { all }
}

fn date_parts(machine: &Machine<'_>, input: InputId, all: Days) -> Vec<Shape> {
    let mut starts: Vec<base::Date> = Vec::new();
    for (_, cut) in machine.cuts.iter().filter(|(of, _)| *of == input) {
        let Some(cut) = cut.days() else { continue };
        starts.push(cut.first);
        starts.extend(day_after(cut.last));
    }
    starts.retain(|it| *it > all.first && *it <= all.last);
    starts.sort_unstable();
    starts.dedup();
    starts.truncate(MOST_CUTS);
    let mut res = Vec::new();
    let mut first = all.first;
    for start in starts {
        let Some(last) = crate::shape::day_before(start) else { continue };
        res.push(Shape::Date(Days { first, last }));
        first = start;
    }
    res.push(Shape::Date(Days { first, last: all.last }));
    res
}
