//! The months to come: what each aid gives, when it changes, and why.

use base::{Date, Month, Rational};
use law_ir::{
    AidInfo, Book, Entity, Household, Input, InputId, Instance, Op, ParamId, RuleId, RuleKind,
    TableId, invariants,
};
use law_reference::{MissingFact, Status, evaluate};

use crate::cause::{Cause, Target, attribute};
use crate::fr;
use crate::timeline::{Index, Timeline};

/// What is due month by month, from the rules as they are known today.
#[derive(Debug, Clone)]
pub struct Projection {
    pub first: Month,
    /// One for each month, in order.
    pub lanes: Vec<Lane>,
    /// In order of month, then of aid.
    pub changes: Vec<Change>,
    /// The dated values that are read beyond what is known of them.
    pub assumed: Vec<Assumed>,
    /// The months, after the first, in which the rules can give something else: no amount and no status
    /// changes in another.
    pub solved: Vec<Month>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    pub month: Month,
    pub aids: Vec<LaneAid>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LaneAid {
    pub aid: RuleId,
    pub instance: Instance,
    pub status: Status,
    /// What the law gives for the month; `None` when it cannot be told.
    pub amount: Option<Rational>,
    /// What is paid: the amount of the last review, for an aid that is reviewed every few months; otherwise
    /// the same.
    pub paid: Option<Rational>,
    /// What has to be known before the aid can be told.
    pub missing: Vec<MissingFact>,
}

impl LaneAid {
    pub fn standing(&self) -> Standing {
        Standing { status: self.status, amount: self.amount }
    }
}

/// The status and amount of an aid that are not those of the month before.
#[derive(Debug, Clone)]
pub struct Change {
    pub month: Month,
    pub aid: RuleId,
    pub instance: Instance,
    pub before: Standing,
    pub after: Standing,
    /// Held back alone, it undoes the change, unless `others` is not empty: then all of them are needed.
    pub cause: Cause,
    pub others: Vec<Cause>,
    /// What is missing from now on, when the amount can no longer be told.
    pub missing: Vec<MissingFact>,
    /// The month in which the payment follows, when the aid waits for its review.
    pub paid_from: Option<Month>,
    /// In French, cause first.
    pub sentence: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    pub status: Status,
    pub amount: Option<Rational>,
}

/// « Barème supposé inchangé »: the last known version of a dated value, used after the day it was to be
/// looked at again, or simply not replaced yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumed {
    pub label: String,
    /// Since when the value holds.
    pub since: Date,
    /// `None`: nothing says that it will change.
    pub review_before: Option<Date>,
    /// The first projected month past the review date.
    pub first: Option<Month>,
}

/// How a projection is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The month of the claim, from which reviews are counted: the first month when it is not told.
    pub claim: Option<Month>,
}

/// Every month from `first`, each aid for each family, person… and every change with its cause.
///
/// A fact that is not known in a month to come leaves the aid incomplete: nothing is carried on silently
/// (see [`extend`](crate::extend)).
pub fn project(
    book: &Book,
    household: &Household,
    first: Month,
    months: u16,
    aids: &[RuleId],
) -> Projection {
    project_with(book, household, first, months, aids, &Options::default())
}

pub fn project_with(
    book: &Book,
    household: &Household,
    first: Month,
    months: u16,
    aids: &[RuleId],
    options: &Options,
) -> Projection {
    let index = Index::new(book);
    let last = first.plus(i32::from(months.max(1)).saturating_sub(1));
    let mut line = Timeline::new(&index, household, aids, (first, last));
    let solved = solved(&mut line, aids, (first, last));
    let lanes = lanes(book, household, (first, last), aids, &solved);
    let mut res = Projection { first, lanes, changes: Vec::new(), assumed: Vec::new(), solved };
    let claim = options.claim.unwrap_or(first);
    hold_between_reviews(book, &mut res.lanes, claim);
    res.changes = changes(&mut line, &res.lanes, claim);
    res.assumed = assumed(&line, (first, last));
    res
}

/// The months after the first in which one of the aids changes, by the rules alone.
fn solved(line: &mut Timeline<'_>, aids: &[RuleId], (first, last): (Month, Month)) -> Vec<Month> {
    let mut res = Vec::new();
    for aid in aids {
        let Some(rule) = line.index.book.rule(*aid) else { continue };
        for instance in instances(line.household, rule.entity) {
            let series = line.rule(*aid, instance);
            res.extend(series.changes().filter(|it| *it > first && *it <= last));
        }
    }
    res.sort_unstable();
    res.dedup();
    res
}

pub(crate) fn instances(household: &Household, entity: Entity) -> impl Iterator<Item = Instance> {
    let count = Instance::try_from(household.count(entity)).unwrap_or(Instance::MAX);
    0..count
}

/// The reference is asked again in the months that were solved, and in each month while it lacks a fact:
/// which one may depend on the month.
fn lanes(
    book: &Book,
    household: &Household,
    (first, last): (Month, Month),
    aids: &[RuleId],
    solved: &[Month],
) -> Vec<Lane> {
    let mut res: Vec<Lane> = Vec::new();
    let mut month = first;
    while month <= last {
        let same = match res.last() {
            Some(before) if solved.binary_search(&month).is_err() => {
                let known = before.aids.iter().all(|it| it.amount.is_some());
                known.then(|| before.aids.clone())
            }
            _ => None,
        };
        let aids = same.unwrap_or_else(|| lane(book, household, month, aids));
        res.push(Lane { month, aids });
        month = month.plus(1);
    }
    res
}

pub(crate) fn lane(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
) -> Vec<LaneAid> {
    let evaluation = evaluate(book, household, month, aids, false);
    let each = evaluation.aids.into_iter().map(|it| LaneAid {
        aid: it.aid,
        instance: it.instance,
        status: it.status,
        amount: it.amount,
        paid: it.amount,
        missing: it.missing,
    });
    each.collect()
}

fn aid_info(book: &Book, aid: RuleId) -> Option<&AidInfo> {
    match &book.rule(aid)?.kind {
        RuleKind::Aid(info) => Some(info),
        RuleKind::Rule | RuleKind::Local { .. } => None,
    }
}

fn is_review(book: &Book, aid: RuleId, claim: Month, month: Month) -> bool {
    let every = aid_info(book, aid).and_then(|it| it.review_every).filter(|it| *it > 1);
    every.is_none_or(|every| month.since(claim).rem_euclid(i32::from(every)) == 0)
}

/// An aid that is reviewed every few months is paid at the amount of its last review. The first month is
/// paid as it is due: what an earlier review had fixed is not known.
fn hold_between_reviews(book: &Book, lanes: &mut [Lane], claim: Month) {
    let mut before: Vec<LaneAid> = Vec::new();
    for lane in lanes {
        for aid in &mut lane.aids {
            let held = before.iter().find(|it| (it.aid, it.instance) == (aid.aid, aid.instance));
            if let Some(held) = held.filter(|_| !is_review(book, aid.aid, claim, lane.month)) {
                aid.paid = held.paid;
            }
        }
        before.clone_from(&lane.aids);
    }
}

fn changes(line: &mut Timeline<'_>, lanes: &[Lane], claim: Month) -> Vec<Change> {
    let mut res = Vec::new();
    for (before, after) in lanes.iter().zip(lanes.iter().skip(1)) {
        for (was, is) in before.aids.iter().zip(&after.aids) {
            let (was, standing) = (was.standing(), is.standing());
            if was == standing {
                continue;
            }
            let target = Target { aid: is.aid, instance: is.instance, month: after.month };
            let mut causes = attribute(line, target).into_iter().map(|it| it.1);
            let Some(cause) = causes.next() else { continue };
            let mut change = Change {
                month: after.month,
                aid: is.aid,
                instance: is.instance,
                before: was,
                after: standing,
                cause,
                others: causes.collect(),
                missing: is.missing.clone(),
                paid_from: paid_from(line.index.book, is.aid, claim, after.month),
                sentence: String::new(),
            };
            change.sentence = fr::change(line.index.book, line.household, &change);
            res.push(change);
        }
    }
    res
}

/// The review that follows, when the month is not one.
fn paid_from(book: &Book, aid: RuleId, claim: Month, month: Month) -> Option<Month> {
    if is_review(book, aid, claim, month) {
        return None;
    }
    (1..=i32::from(u8::MAX)).map(|it| month.plus(it)).find(|it| is_review(book, aid, claim, *it))
}

/// The dated values that were read, whose last known version is in force in the last month.
fn assumed(line: &Timeline<'_>, (first, last): (Month, Month)) -> Vec<Assumed> {
    let book = line.index.book;
    let (mut params, mut tables): (Vec<ParamId>, Vec<TableId>) = (Vec::new(), Vec::new());
    for op in line.worked_out() {
        match op {
            Op::Param(id) => params.push(*id),
            Op::Table { table, .. } => tables.push(*table),
            _ => {}
        }
    }
    params.sort_unstable();
    params.dedup();
    tables.sort_unstable();
    tables.dedup();
    let last_day = last.first_day();
    let in_force = |from: Date| last_day.is_some_and(|day| from <= day);
    let params = params.into_iter().filter_map(|id| {
        let param = book.param(id)?;
        let version = param.versions.last().filter(|it| in_force(it.from))?;
        Some((param.label.clone(), version.from, param.review_before))
    });
    let tables = tables.into_iter().filter_map(|id| {
        let table = book.table(id)?;
        let version = table.versions.last().filter(|it| in_force(it.from))?;
        Some((table.label.clone(), version.from, table.review_before))
    });
    let each = params.chain(tables).map(|(label, since, review_before)| {
        let passed = review_before.map(|it| it.month().plus(i32::from(it.day() > 1)).max(first));
        Assumed { label, since, review_before, first: passed.filter(|it| *it <= last) }
    });
    let mut res: Vec<Assumed> = each.collect();
    // Those that are known to be out of date first, the oldest review before the others.
    res.sort_by_key(|it| (it.first.is_none(), it.review_before.is_none(), it.review_before));
    res
}

/// Every operation of a rule, conditions included.
pub(crate) fn each_op(book: &Book, rule: RuleId, see: &mut dyn FnMut(&Op)) {
    let Some(rule) = book.rule(rule) else { return };
    invariants::visit(book, rule.body, see);
    if let RuleKind::Aid(aid) = &rule.kind {
        for condition in &aid.conditions {
            if let law_ir::ConditionKind::Test(test) = condition.kind {
                invariants::visit(book, test, see);
            }
        }
    }
}

/// The inputs these rules read.
pub(crate) fn inputs_read<'a>(
    index: &Index<'a>,
    aids: &[RuleId],
) -> impl Iterator<Item = (InputId, &'a Input)> {
    let book = index.book;
    let mut inputs = Vec::new();
    for rule in index.read_by(aids) {
        each_op(book, rule, &mut |op| {
            if let Op::Input(id) = op {
                inputs.push(*id);
            }
        });
    }
    inputs.sort_unstable();
    inputs.dedup();
    inputs.into_iter().filter_map(|id| Some((id, book.input(id)?)))
}
