//! What would change: one fact at a time, among those a person can do something about.
//!
//! A number is set just beyond each threshold it meets in the evaluation; a yes becomes a no; every case of
//! an enumeration is tried. The fact is supposed to have always been so: the gain is the one of the new
//! situation, not of the months of transition. Nothing that lowers the total is reported.

use base::{Month, Rational};
use law_ir::{
    Arm, ArmPattern, Book, Entity, ExprId, Household, Input, InputId, Instance, Op, RuleId, Type,
    Unit, Value,
};

use crate::edit::{known, set_always};
use crate::extend::total;
use crate::fr;
use crate::project::{LaneAid, Projection, inputs_read, instances, lane};
use crate::timeline::{Index, Timeline};

/// One fact that would bring more, were it another.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    pub input: InputId,
    pub instance: Instance,
    pub from: Option<Value>,
    pub to: Value,
    /// What the author says a person can do about it.
    pub how: String,
    /// The aids that move, all families and persons together: before, after.
    pub gains: Vec<Gain>,
    /// In all, in euros a month; positive.
    pub gain: Rational,
    /// In French.
    pub sentence: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    pub aid: RuleId,
    pub before: Rational,
    pub after: Rational,
    /// The first month to come in which the aid becomes due by itself, when it is not today.
    pub by_itself: Option<Month>,
}

/// Tries every fact marked `modifiable`. `to_come`: a projection of the same household, to tell what comes
/// by itself.
pub fn what_would_change(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    to_come: Option<&Projection>,
) -> Vec<Flip> {
    let index = Index::new(book);
    let before = lane(book, household, month, aids);
    let mut res = Vec::new();
    for (id, input) in inputs_read(&index, aids) {
        let Some(how) = &input.modifiable else { continue };
        for instance in instances(household, input.entity) {
            let trial = Trial { index: &index, household, month, aids, before: &before };
            let mut best: Vec<Flip> = Vec::new();
            for to in candidates(&trial, (id, input), instance) {
                if let Some(flip) = trial.flip(id, instance, to, how, to_come) {
                    best.push(flip);
                }
            }
            res.extend(nearest_first(best));
        }
    }
    res.sort_by_key(|it| std::cmp::Reverse(it.gain));
    res
}

/// Of several values with the same result, the one that is nearest to today's: the first tried.
fn nearest_first(flips: Vec<Flip>) -> Vec<Flip> {
    let mut res: Vec<Flip> = Vec::new();
    for flip in flips {
        if !res.iter().any(|it| it.gains == flip.gains) {
            res.push(flip);
        }
    }
    res
}

struct Trial<'a> {
    index: &'a Index<'a>,
    household: &'a Household,
    month: Month,
    aids: &'a [RuleId],
    before: &'a [LaneAid],
}

impl Trial<'_> {
    fn with(&self, input: InputId, instance: Instance, value: Value) -> Household {
        let mut res = self.household.clone();
        set_always(&mut res, input, instance, value, fr::TRIED);
        res
    }

    fn flip(
        &self,
        input: InputId,
        instance: Instance,
        to: Value,
        how: &str,
        to_come: Option<&Projection>,
    ) -> Option<Flip> {
        let book = self.index.book;
        let changed = self.with(input, instance, to);
        let after = lane(book, &changed, self.month, self.aids);
        let mut gains = Vec::new();
        let mut gain = Rational::ZERO;
        for aid in self.aids {
            let sum = |lane: &[LaneAid]| {
                total(lane.iter().filter(|it| it.aid == *aid).map(|it| it.amount))
            };
            // An aid that cannot be told before or after says nothing of the gain.
            let (Some(was), Some(is)) = (sum(self.before), sum(&after)) else { continue };
            gain = gain.checked_add(is.checked_sub(was)?)?;
            if was != is {
                let by_itself = to_come.filter(|_| was.is_zero()).and_then(|it| due(it, *aid));
                gains.push(Gain { aid: *aid, before: was, after: is, by_itself });
            }
        }
        // What makes an aid impossible to tell may be a loss.
        let lost_sight = self
            .before
            .iter()
            .zip(&after)
            .any(|(was, is)| was.amount.is_some() && is.amount.is_none());
        if gain <= Rational::ZERO || lost_sight {
            return None;
        }
        let from = known(self.household, input, instance, self.month);
        let (how, sentence) = (how.to_owned(), String::new());
        let mut res = Flip { input, instance, from, to, how, gains, gain, sentence };
        res.sentence = fr::flip(book, self.household, &res);
        Some(res)
    }
}

fn due(projection: &Projection, aid: RuleId) -> Option<Month> {
    let lane = projection.lanes.iter().find(|lane| {
        lane.aids.iter().any(|it| it.aid == aid && it.amount.is_some_and(|it| it > Rational::ZERO))
    });
    lane.map(|it| it.month)
}

/// The values worth trying, the nearest first.
fn candidates(trial: &Trial<'_>, (id, input): (InputId, &Input), instance: Instance) -> Vec<Value> {
    let Some(now) = known(trial.household, id, instance, trial.month) else { return Vec::new() };
    match (input.ty, now) {
        (Type::Bool, Value::Bool(it)) => vec![Value::Bool(!it)],
        (Type::Enum(of), now) => {
            let cases = trial.index.book.enumeration(of).map(|it| it.cases.clone());
            let cases = cases.unwrap_or_default().into_iter().map(Value::Case);
            cases.filter(|it| *it != now).collect()
        }
        (Type::Number(unit), Value::Number(now)) => {
            numbers(trial, (id, input), instance, now, quantum(unit))
        }
        _ => Vec::new(),
    }
}

/// The smallest step of an answer: a cent, a person, an hour…
fn quantum(unit: Unit) -> Rational {
    if unit.euro != 0 { Rational::from_cents(1) } else { Rational::ONE }
}

/// Where a comparison turns: each side is followed from today's value to the next step, and the crossing is
/// where the straight line meets. A crossing that is not one simply gives nothing.
fn numbers(
    trial: &Trial<'_>,
    (id, input): (InputId, &Input),
    instance: Instance,
    now: Rational,
    quantum: Rational,
) -> Vec<Value> {
    let step = if quantum == Rational::ONE { Rational::ONE } else { Rational::from(10) };
    let Some(next) = now.checked_add(step) else { return Vec::new() };
    let moved = trial.with(id, instance, Value::Number(next));
    let mut here = line(trial, trial.household);
    let mut there = line(trial, &moved);
    let mut found: Vec<Rational> = Vec::new();
    for (a, b, who) in comparisons(&here, trial.index.book) {
        let gap = |it: &mut Timeline<'_>| {
            let month = trial.month;
            let (a, b) = (it.eval(a, who).at(month).number(), it.eval(b, who).at(month).number());
            a.ok()?.checked_sub(b.ok()?)
        };
        let (Some(was), Some(is)) = (gap(&mut here), gap(&mut there)) else { continue };
        let crossing = is.checked_sub(was).filter(|it| !it.is_zero()).and_then(|slope| {
            let steps = was.checked_neg()?.checked_div(slope)?;
            now.checked_add(steps.checked_mul(step)?)
        });
        let Some(crossing) = crossing else { continue };
        for mode in [base::Rounding::Down, base::Rounding::Up] {
            let Some(near) = crossing.rounded(quantum, mode) else { continue };
            let below = near.checked_sub(quantum);
            found.extend([below, Some(near), near.checked_add(quantum)].into_iter().flatten());
        }
    }
    let allowed = |it: &Rational| match input.bounds {
        Some((Value::Number(low), Value::Number(high))) => *it >= low && *it <= high,
        _ => !it.is_negative(),
    };
    found.retain(|it| allowed(it) && *it != now);
    found.sort_by_key(|it| distance(*it, now));
    found.dedup();
    found.into_iter().map(Value::Number).collect()
}

fn distance(a: Rational, b: Rational) -> Option<Rational> {
    let gap = a.checked_sub(b)?;
    if gap.is_negative() { gap.checked_neg() } else { Some(gap) }
}

fn line<'a>(trial: &Trial<'a>, household: &'a Household) -> Timeline<'a> {
    let months = (trial.month, trial.month);
    let mut res = Timeline::new(trial.index, household, trial.aids, months);
    for aid in trial.aids {
        let Some(rule) = trial.index.book.rule(*aid) else { continue };
        for instance in instances(household, rule.entity) {
            res.rule(*aid, instance);
        }
    }
    res
}

/// The comparisons that were met, with for whom.
fn comparisons(line: &Timeline<'_>, book: &Book) -> Vec<(ExprId, ExprId, (Entity, Instance))> {
    let mut res = Vec::new();
    for (rank, node) in book.nodes.iter().enumerate() {
        let met = line.worked_out_for(ExprId::at(rank));
        match &node.op {
            Op::Compare(_, a, b) => res.extend(met.map(|who| (*a, *b, who))),
            Op::Select { subject: Some(subject), arms } => {
                for who in met {
                    res.extend(arms.iter().flat_map(bounds).map(|it| (*subject, it, who)));
                }
            }
            _ => {}
        }
    }
    res
}

fn bounds(arm: &Arm) -> Vec<ExprId> {
    match &arm.pattern {
        ArmPattern::OneOf(values) => values.clone(),
        ArmPattern::LessThan(it)
        | ArmPattern::UpTo(it)
        | ArmPattern::AtLeast(it)
        | ArmPattern::MoreThan(it) => vec![*it],
        ArmPattern::Between(low, high) => vec![*low, *high],
        ArmPattern::When(_) | ArmPattern::Otherwise => Vec::new(),
    }
}
