//! What one slip is about: the rules it is in, the facts that move them, the months and numbers to try.

use std::collections::BTreeSet;

use base::Month;
use law::Value;
use law_ir::{
    Book, ConditionKind, Dated, ExprId, InputId, Op, RuleId, RuleKind, TableKey, invariants,
};

use super::list::roots;
use super::readers::{Above, places};
use super::{Change, Mutant};
use crate::generate::Landmarks;

/// Where to look for a household that one slip moves.
#[derive(Debug)]
pub(super) struct Quarry {
    /// The rules whose text it changes.
    pub rules: Vec<RuleId>,
    /// The expressions it changes, as a trace tells them.
    pub places: BTreeSet<ExprId>,
    /// Those, and what stands above: the thresholds to aim at.
    pub thresholds: BTreeSet<ExprId>,
    /// The facts that the changed expressions read, at any depth.
    pub near: BTreeSet<InputId>,
    /// The facts that its rules read, at any depth.
    pub far: BTreeSet<InputId>,
    /// The months when a changed version is in force.
    pub months: Option<(Month, Month)>,
    /// The numbers and the days that its rules speak of.
    pub landmarks: Landmarks,
}

impl Quarry {
    pub fn of(book: &Book, above: &Above, mutant: &Mutant) -> Self {
        let places = places(book, above, mutant);
        let rules = rules_of(book, &places, mutant);
        let mut thresholds = places.clone();
        for _ in 0..3 {
            let over = thresholds.iter().filter_map(|it| above.get(it)).flatten();
            let over: Vec<ExprId> = over.copied().collect();
            thresholds.extend(over);
        }
        let mut near = Facts::default();
        let mut far = Facts::default();
        places.iter().for_each(|it| near.expr(book, *it));
        for rule in &rules {
            far.rule(book, *rule);
            thresholds.extend(book.rule(*rule).map(|it| it.body));
        }
        for change in &mutant.changes {
            if let Change::Conditions(aid, kept) = change {
                left_out(book, *aid, kept).for_each(|it| near.expr(book, it));
            }
        }
        let landmarks = landmarks(book, &rules);
        let months = months(book, mutant);
        Self { rules, places, thresholds, near: near.inputs, far: far.inputs, months, landmarks }
    }
}

/// The test of the condition that the slip forgets.
fn left_out(book: &Book, aid: RuleId, kept: &[law_ir::Condition]) -> impl Iterator<Item = ExprId> {
    let all = match book.rule(aid).map(|it| &it.kind) {
        Some(RuleKind::Aid(it)) => it.conditions.as_slice(),
        _ => &[],
    };
    all.iter().filter(|it| !kept.iter().any(|other| other.name == it.name)).filter_map(
        |it| match it.kind {
            ConditionKind::Test(test) => Some(test),
            ConditionKind::ToCheck => None,
        },
    )
}

fn rules_of(book: &Book, places: &BTreeSet<ExprId>, mutant: &Mutant) -> Vec<RuleId> {
    let mut res: Vec<RuleId> = Vec::new();
    for change in &mutant.changes {
        if let Change::Conditions(id, _) | Change::PaidFrom(id, _) = change {
            res.push(*id);
        }
    }
    for (rank, rule) in book.rules.iter().enumerate() {
        let mut waiting = roots(rule);
        while let Some(expr) = waiting.pop() {
            if places.contains(&expr) {
                res.push(RuleId::at(rank));
                break;
            }
            let children = book.node(expr).map(|it| invariants::children(&it.op));
            waiting.extend(children.unwrap_or_default());
        }
    }
    res
}

/// The facts read, at any depth.
#[derive(Default)]
struct Facts {
    inputs: BTreeSet<InputId>,
    rules: BTreeSet<RuleId>,
}

impl Facts {
    fn rule(&mut self, book: &Book, id: RuleId) {
        if self.rules.insert(id)
            && let Some(rule) = book.rule(id)
        {
            roots(rule).into_iter().for_each(|it| self.expr(book, it));
        }
    }

    fn expr(&mut self, book: &Book, id: ExprId) {
        let Some(node) = book.node(id) else { return };
        match &node.op {
            Op::Input(it) => drop(self.inputs.insert(*it)),
            Op::Rule(it) => self.rule(book, *it),
            // Who is the eldest is a matter of birthdays.
            Op::Rank { .. } => self.inputs.extend(book.birth_date),
            _ => {}
        }
        invariants::children(&node.op).into_iter().for_each(|it| self.expr(book, it));
    }
}

/// The months when the changed version is in force, or the one that a later start leaves without it.
fn months(book: &Book, mutant: &Mutant) -> Option<(Month, Month)> {
    let change = mutant.changes.first()?;
    match change {
        Change::ParamValue(id, rank, _) => in_force(&book.param(*id)?.versions, *rank),
        Change::ParamDate(id, rank, _) => starting(&book.param(*id)?.versions, *rank),
        Change::Cell { table, version, .. } => in_force(&book.table(*table)?.versions, *version),
        Change::WindowMonths(id, rank, _) => in_force(&book.window(*id)?.versions, *rank),
        Change::WindowDate(id, rank, _) => starting(&book.window(*id)?.versions, *rank),
        Change::Node(..) | Change::Conditions(..) | Change::PaidFrom(..) => None,
    }
}

fn in_force<T>(versions: &[Dated<T>], rank: usize) -> Option<(Month, Month)> {
    let first = versions.get(rank)?.from.month();
    let next = versions.get(rank.checked_add(1)?).map(|it| it.from.month().plus(-1));
    Some((first, next.unwrap_or_else(|| first.plus(1200))))
}

fn starting<T>(versions: &[Dated<T>], rank: usize) -> Option<(Month, Month)> {
    let first = versions.get(rank)?.from.month();
    Some((first, first))
}

/// What these rules, and those they read, compare with.
fn landmarks(book: &Book, rules: &[RuleId]) -> Landmarks {
    let mut res = Landmarks::default();
    let reads = invariants::rule_reads(book);
    let next = rules.iter().filter_map(|it| reads.get(it.index())).flatten();
    let all: BTreeSet<RuleId> = rules.iter().chain(next).copied().collect();
    for rule in all.iter().filter_map(|it| book.rule(*it)) {
        let mut waiting = roots(rule);
        while let Some(node) = waiting.pop().and_then(|it| book.node(it)) {
            match &node.op {
                Op::Const(Value::Number(it)) => res.numbers.push(*it),
                Op::Const(Value::Date(it)) => res.dates.push(*it),
                Op::Param(id) => {
                    let versions = book.param(*id).map(|it| it.versions.as_slice());
                    let values = versions.into_iter().flatten().filter_map(|it| it.value);
                    res.numbers.extend(values.filter_map(Value::as_number));
                }
                Op::Table { table, .. } => {
                    let last = book.table(*table).and_then(|it| it.versions.last());
                    for (key, _) in last.into_iter().flat_map(|it| &it.value.rows) {
                        if let TableKey::Number { value, .. } = key {
                            res.numbers.push(*value);
                        }
                    }
                }
                _ => {}
            }
            waiting.extend(invariants::children(&node.op));
        }
    }
    res.numbers.sort_unstable();
    res.numbers.dedup();
    res
}
