//! The next question: the group of facts whose answers are expected to narrow the rights most, for the effort
//! they cost.
//!
//! Every group that still matters is tried: its facts are given each part of their values in turn (a *lane*),
//! and the aids that depend on them are bounded again. What was evaluated without these facts is not
//! evaluated twice.

use std::cmp::Ordering;

use base::{Month, Rational, Rounding};
use law_ir::{Book, Fact, Household, InputId, Instance, RuleId};

use crate::answer::{Effort, FactRef};
use crate::bounds::{FRAMES, facts, narrowed, targets};
use crate::machine::{Key, Limits, Machine};
use crate::sets::SetId;
use crate::shape::{Shape, one_case};
use crate::tighten::{Narrowed, parts};

/// What to ask now: one group of facts, about everybody and every month it is needed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextQuestion {
    /// The declared words of the group, or the name of the fact when it has none.
    pub group: String,
    /// In the order the law meets them.
    pub facts: Vec<FactRef>,
    /// The aids that an answer may settle, or at least make sure or excluded.
    pub settles: Vec<RuleId>,
    /// How many facts may still be asked, these included.
    pub remaining: usize,
}

/// What to ask next; `None` when nothing useful remains: every aid is settled, or what is left is proved not
/// to matter, or is what the person does not know.
///
/// `previous_group` is the group asked last: it is stayed in unless another is clearly better. The aids count
/// alike. Facts said unknown or not applicable are never asked again.
pub fn next_question(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    effort: Effort,
    previous_group: Option<&str>,
) -> Option<NextQuestion> {
    let mut machine =
        Machine::new(book, household, Limits { frames: FRAMES, steps: effort.steps, deep: false });
    let open = open_aids(&mut machine, household, month, aids);
    let mut groups = groups(&mut machine, &open);
    let remaining = groups.iter().map(|it| it.facts.len()).sum();
    if let Some(births) = births_first(book, &groups) {
        return Some(births.question(book, &open, remaining));
    }
    let likely = likely_groups(&machine, &mut groups);
    for group in likely {
        group.score(&mut machine, &open, month);
    }
    let best = groups
        .iter()
        .reduce(|best, it| if it.is_better_than(best, previous_group) { it } else { best })?;
    Some(best.question(book, &open, remaining))
}

/// Facts that are proved not to matter: whatever the answer, none of these aids changes.
///
/// Only facts that were not asked are told, among those that the law of these aids may read.
pub fn irrelevant(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
) -> Vec<FactRef> {
    let effort = Effort::USUAL;
    let mut machine =
        Machine::new(book, household, Limits { frames: FRAMES, steps: effort.steps, deep: false });
    let mut support = SetId::EMPTY;
    for (aid, instance) in targets(book, household, aids) {
        let known = machine.entry(aid, instance, month);
        let found = crate::tighten::tighten(&mut machine, (aid, instance, month), known, effort);
        if found.high != Some(found.low) || found.faults || !found.possible {
            support = machine.sets.union(support, found.support);
        }
    }
    let mut res = Vec::new();
    for input in readable(book, aids) {
        let Some(info) = book.input(input) else { continue };
        for instance in 0..household.count(info.entity) {
            let instance = Instance::try_from(instance).unwrap_or(Instance::MAX);
            if *household.fact(input, instance) != Fact::NotAsked {
                continue;
            }
            let rank = machine.rank_of(input, instance);
            if !rank.is_some_and(|rank| machine.sets.contains(support, rank)) {
                res.push(FactRef { input, instance, first: month, last: month });
            }
        }
    }
    res
}

/// The facts that the aids read, directly or through other rules.
fn readable(book: &Book, aids: &[RuleId]) -> Vec<InputId> {
    let mut seen = vec![false; book.rules.len()];
    let mut inputs = vec![false; book.inputs.len()];
    let mut left: Vec<RuleId> = aids.to_vec();
    while let Some(id) = left.pop() {
        match seen.get_mut(id.index()) {
            Some(slot) if !*slot => *slot = true,
            _ => continue,
        }
        let Some(rule) = book.rule(id) else { continue };
        let mut exprs = vec![rule.body];
        if let law_ir::RuleKind::Aid(info) = &rule.kind {
            exprs.extend(info.conditions.iter().filter_map(|it| match it.kind {
                law_ir::ConditionKind::Test(test) => Some(test),
                law_ir::ConditionKind::ToCheck => None,
            }));
        }
        for expr in exprs {
            law_ir::invariants::visit(book, expr, &mut |op| {
                let input = match op {
                    law_ir::Op::Input(input) => Some(*input),
                    law_ir::Op::Rank { .. } => book.birth_date,
                    law_ir::Op::Rule(rule) => {
                        left.push(*rule);
                        None
                    }
                    _ => None,
                };
                if let Some(slot) = input.and_then(|it| inputs.get_mut(it.index())) {
                    *slot = true;
                }
            });
        }
    }
    let ranks = inputs.iter().enumerate().filter(|(_, read)| **read);
    ranks.map(|(rank, _)| InputId::at(rank)).collect()
}

// ── aids ──────────────────────────────────────────────────────────────────────────────────────────

/// An aid that answers may still change.
#[derive(Debug, Clone, Copy)]
struct Open {
    aid: RuleId,
    instance: Instance,
    found: Narrowed,
}

fn open_aids(
    machine: &mut Machine<'_>,
    household: &Household,
    month: Month,
    aids: &[RuleId],
) -> Vec<Open> {
    let mut res = Vec::new();
    for (aid, instance) in targets(machine.book, household, aids) {
        let known = machine.entry(aid, instance, month);
        let found = narrowed(machine, known);
        if found.possible && found.support != SetId::EMPTY {
            res.push(Open { aid, instance, found });
        }
    }
    res
}

/// How much is left to know of an aid, in cents: how far apart its bounds are, and whether it is sure.
fn doubt(found: Narrowed) -> i128 {
    /// An amount without an upper bound counts as this one.
    const NO_BOUND: i64 = 300_000;
    /// To be sure of a right is worth that many cents of precision.
    const SURE: i128 = 30_000;
    let most = Rational::from_cents(NO_BOUND);
    let width = match found.high {
        Some(high) => high.min(most).checked_sub(found.low.min(most)).unwrap_or(most),
        None => most,
    };
    let cents = width
        .checked_mul(Rational::from(100))
        .and_then(|it| it.rounded(Rational::ONE, Rounding::Nearest))
        .map_or(0, Rational::numerator);
    cents.saturating_add(if is_sure(found) { 0 } else { SURE })
}

fn is_sure(found: Narrowed) -> bool {
    !found.possible
        || (!found.faults
            && (found.low > Rational::ZERO
                || found.above_low
                || found.high.is_some_and(|it| it <= Rational::ZERO)))
}

// ── groups ────────────────────────────────────────────────────────────────────────────────────────

/// Facts asked together.
#[derive(Debug, Clone)]
struct Group {
    name: String,
    inputs: Vec<InputId>,
    facts: Vec<FactRef>,
    atoms: SetId,
    /// Seconds, weighed: what is delicate or seldom known costs more.
    cost: i128,
    /// How closely undecided conditions depend on it.
    blame: u32,
    /// How many open aids depend on it.
    aids: u32,
    /// What the answers are expected to bring, in cents; not known for groups that were not tried.
    gain: i128,
    settles: Vec<RuleId>,
}

fn groups(machine: &mut Machine<'_>, open: &[Open]) -> Vec<Group> {
    let mut support = SetId::EMPTY;
    for aid in open {
        support = machine.sets.union(support, aid.found.support);
    }
    let (askable, _) = facts(machine, support);
    let mut res: Vec<Group> = Vec::new();
    let order: Vec<InputId> = machine.order_of_inputs();
    for input in order {
        for fact in askable.iter().filter(|it| it.input == input) {
            if !is_askable(machine.household, *fact) {
                continue;
            }
            let Some(info) = machine.book.input(input) else { continue };
            let name = info.asking.group.clone().unwrap_or_else(|| info.name.clone());
            let atoms = machine.fact_set(input, fact.instance);
            let at = match res.iter().position(|it| it.name == name) {
                Some(at) => at,
                None => {
                    res.push(Group::new(name));
                    res.len().saturating_sub(1)
                }
            };
            if let Some(group) = res.get_mut(at) {
                group.add(machine, *fact, atoms);
            }
        }
    }
    for group in &mut res {
        let depends = open.iter().filter(|it| machine.sets.meet(it.found.support, group.atoms));
        group.aids = u32::try_from(depends.count()).unwrap_or(u32::MAX);
    }
    res
}

/// Not what the person said not to know, nor what does not apply, nor a month marked as not known.
fn is_askable(household: &Household, fact: FactRef) -> bool {
    match household.fact(fact.input, fact.instance) {
        Fact::NotAsked => true,
        Fact::Unknown | Fact::NotApplicable => false,
        Fact::Known(history) => {
            let start = history.points.first().map(|(from, _)| *from);
            start.is_none_or(|start| fact.first < start)
                || history.until.is_some_and(|until| fact.last > until)
        }
    }
}

/// The composition and the ages shape all the rest.
fn births_first<'a>(book: &Book, groups: &'a [Group]) -> Option<&'a Group> {
    let birth = book.birth_date?;
    groups.iter().find(|it| it.inputs.contains(&birth))
}

/// The groups worth trying: the others seldom win, and each costs several lanes.
fn likely_groups<'a>(machine: &Machine<'_>, groups: &'a mut [Group]) -> Vec<&'a mut Group> {
    const MOST: usize = 10;
    for group in groups.iter_mut() {
        let ranks = machine.sets.elements(group.atoms);
        let blames = ranks.iter().filter_map(|it| machine.blame.get(it));
        group.blame = blames.fold(0_u32, |sum, it| sum.saturating_add(*it));
    }
    let mut order: Vec<_> = groups.iter_mut().collect();
    order.sort_by(|a, b| {
        let weigh = |it: &Group| i128::from(it.aids) * 4 + i128::from(it.blame);
        (weigh(b) * a.cost).cmp(&(weigh(a) * b.cost))
    });
    order.truncate(MOST);
    order
}

impl Group {
    fn new(name: String) -> Self {
        Self {
            name,
            inputs: Vec::new(),
            facts: Vec::new(),
            atoms: SetId::EMPTY,
            cost: 0,
            blame: 0,
            aids: 0,
            gain: 0,
            settles: Vec::new(),
        }
    }

    fn add(&mut self, machine: &mut Machine<'_>, fact: FactRef, atoms: SetId) {
        self.facts.push(fact);
        self.atoms = machine.sets.union(self.atoms, atoms);
        if self.inputs.contains(&fact.input) {
            return;
        }
        self.inputs.push(fact.input);
        let Some(asking) = machine.book.input(fact.input).map(|it| &it.asking) else { return };
        let delicate = if asking.sensitive { 4 } else { 1 };
        let known_by = i128::from(asking.known_by.max(1));
        let seconds = i128::from(asking.seconds.max(1));
        self.cost = self.cost.saturating_add(seconds * delicate * 100 / known_by);
    }

    /// Bounds the aids again in each lane.
    fn score(&mut self, machine: &mut Machine<'_>, open: &[Open], month: Month) {
        let lanes = lanes(machine, &self.inputs);
        let count = i128::try_from(lanes.len().max(1)).unwrap_or(1);
        let concerned: Vec<Open> = open
            .iter()
            .filter(|it| machine.sets.meet(it.found.support, self.atoms))
            .copied()
            .collect();
        let limits = Limits { frames: 0, steps: 0, deep: false };
        let mut gain = 0_i128;
        for lane in lanes {
            let found: Vec<Narrowed> = machine.with(&lane, limits, |machine| {
                let all = concerned.iter().map(|it| {
                    let known = machine.entry(it.aid, it.instance, month);
                    narrowed(machine, known)
                });
                all.collect()
            });
            for (before, after) in concerned.iter().zip(found) {
                // Both are right: what the first pass proved still holds in the lane.
                let after = both(before.found, after);
                gain = gain.saturating_add((doubt(before.found) - doubt(after)).max(0));
                let newly = is_sure(after) && !is_sure(before.found);
                if (newly || after.high == Some(after.low)) && !self.settles.contains(&before.aid) {
                    self.settles.push(before.aid);
                }
            }
        }
        self.gain = gain / count;
    }

    fn is_better_than(&self, other: &Self, previous: Option<&str>) -> bool {
        let worth = |it: &Self| {
            let stays = if previous == Some(it.name.as_str()) { 3 } else { 2 };
            let expected = it.gain.saturating_mul(64);
            let closeness = i128::from(it.aids) * 4 + i128::from(it.blame.min(1_000));
            expected.saturating_add(closeness).saturating_mul(stays)
        };
        let (mine, theirs) = (worth(self), worth(other));
        mine.saturating_mul(other.cost.max(1)).cmp(&theirs.saturating_mul(self.cost.max(1)))
            == Ordering::Greater
    }

    fn question(&self, book: &Book, open: &[Open], remaining: usize) -> NextQuestion {
        let mut settles = self.settles.clone();
        if settles.is_empty() {
            settles = open.iter().map(|it| it.aid).collect();
            settles.dedup();
        }
        // In the order of the law.
        settles.sort_unstable();
        debug_assert!(self.inputs.iter().all(|it| book.input(*it).is_some()));
        NextQuestion { group: self.name.clone(), facts: self.facts.clone(), settles, remaining }
    }
}

fn both(before: Narrowed, after: Narrowed) -> Narrowed {
    if !after.possible {
        return after;
    }
    Narrowed {
        low: before.low.max(after.low),
        high: match (before.high, after.high) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (end, None) | (None, end) => end,
        },
        faults: before.faults && after.faults,
        ..after
    }
}

// ── lanes ─────────────────────────────────────────────────────────────────────────────────────────

/// Each lane gives every fact of the group one part of its values, from the lowest to the highest together.
fn lanes(machine: &Machine<'_>, inputs: &[InputId]) -> Vec<Vec<(Key, Shape)>> {
    const MOST: usize = 4;
    let cells: Vec<(InputId, Vec<Shape>)> =
        inputs.iter().map(|input| (*input, cells(machine, *input))).collect();
    let most = cells.iter().map(|(_, it)| it.len()).max().unwrap_or(0);
    let count = most.min(MOST);
    let lane = |rank: usize| {
        let part = |cells: &[Shape]| {
            let last = cells.len().saturating_sub(1);
            let steps = count.saturating_sub(1).max(1);
            cells.get(rank.saturating_mul(last) / steps).copied()
        };
        let all = cells.iter().filter_map(|(input, it)| Some((Key::Input(*input), part(it)?)));
        all.collect()
    };
    (0..count).map(lane).collect()
}

/// The parts of a fact's values that the law tells apart; otherwise nothing and something, or halves.
fn cells(machine: &Machine<'_>, input: InputId) -> Vec<Shape> {
    let Some(domain) = machine.domain(input) else { return Vec::new() };
    match domain {
        Shape::Number(all) => {
            let cut = parts(machine, input);
            if cut.len() > 1 {
                return cut;
            }
            let zero = crate::interval::Interval::point(Rational::ZERO);
            let end = crate::interval::End::open(Rational::ZERO);
            let some = all.meet(crate::interval::Interval::at_least(end));
            let none = all.meet(zero);
            none.into_iter().chain(some).map(Shape::Number).collect()
        }
        Shape::Cases(mask) => classes(machine, input, mask),
        Shape::Bool(_) | Shape::Date(_) => parts(machine, input),
        Shape::Nothing => Vec::new(),
    }
}

/// Cases that no condition tells apart go together.
fn classes(machine: &Machine<'_>, input: InputId, mask: u128) -> Vec<Shape> {
    let mut res = vec![mask];
    for (_, cut) in machine.cuts.iter().filter(|(of, _)| *of == input) {
        let Shape::Cases(cut) = *cut else { continue };
        res = res.into_iter().flat_map(|it| [it & cut, it & !cut]).filter(|it| *it != 0).collect();
    }
    res.sort_by_key(|it| !one_case(*it));
    res.into_iter().map(Shape::Cases).collect()
}
