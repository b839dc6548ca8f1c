//! Facts to come: known amounts supposed unchanged, each told as a hypothesis.

use base::{Month, Rational};
use law_ir::{Book, Fact, History, Household, InputId, Instance, RuleId, Value};

use crate::edit::{known, set_from};
use crate::project::instances;
use crate::timeline::{Index, Timeline};
use crate::{fr, names};

/// Something supposed of the months to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Hypothesis {
    pub input: InputId,
    pub instance: Instance,
    /// The first month that is supposed.
    pub from: Month,
    pub kind: HypothesisKind,
    /// In French.
    pub sentence: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HypothesisKind {
    /// The last known amount goes on.
    Unchanged(Value),
    /// An aid is received as this rule computes it.
    AsComputed(RuleId),
}

/// How many months amounts received are computed for: any projection, and what it looks at.
const HORIZON: i32 = 48;

/// The household with its monthly amounts carried on after `last_known`, and the list of what that
/// supposes.
///
/// Only an amount known in `last_known` goes on: what was already missing stays missing. The amounts
/// received from aids that the book computes are not carried on: each month is supposed to bring what the
/// rules give for it.
pub fn extend(
    book: &Book,
    household: &Household,
    last_known: Month,
) -> (Household, Vec<Hypothesis>) {
    let mut res = household.clone();
    let mut hypotheses = Vec::new();
    for (rank, input) in book.inputs.iter().enumerate() {
        let id = InputId::at(rank);
        for instance in instances(household, input.entity) {
            let Fact::Known(history) = household.fact(id, instance) else { continue };
            let Some(until) = history.until.filter(|it| *it >= last_known) else { continue };
            let Some(value) = history.at(until) else { continue };
            let from = until.plus(1);
            let history = History { until: None, ..history.clone() };
            res.set_fact(id, instance, Fact::Known(history));
            let kind = HypothesisKind::Unchanged(value);
            let sentence = String::new();
            hypotheses.push(Hypothesis { input: id, instance, from, kind, sentence });
        }
    }
    for (input, rule) in received(book) {
        for it in hypotheses.iter_mut().filter(|it| it.input == input) {
            it.kind = HypothesisKind::AsComputed(rule);
        }
    }
    receive(book, &mut res, last_known.plus(1), &hypotheses);
    for it in &mut hypotheses {
        it.sentence = fr::hypothesis(book, household, it);
    }
    (res, hypotheses)
}

/// The amounts received that a rule of this book computes.
pub(crate) fn received(book: &Book) -> Vec<(InputId, RuleId)> {
    let each = names::RECEIVED
        .iter()
        .filter_map(|(input, rule)| Some((book.input_named(input)?, book.rule_named(rule)?)));
    each.collect()
}

/// From their first supposed month, the amounts received become what the rules give. An amount received
/// may change what is due later (the RSA of a month, the housing aid of the next): computed again until
/// nothing moves.
fn receive(book: &Book, household: &mut Household, now: Month, hypotheses: &[Hypothesis]) {
    let mut todo = Vec::new();
    for it in hypotheses {
        if let HypothesisKind::AsComputed(rule) = it.kind {
            todo.push((it.input, rule, it.instance, it.from));
        }
    }
    receive_from(book, household, now, &todo);
}

pub(crate) type Receipt = (InputId, RuleId, Instance, Month);

pub(crate) fn receive_from(book: &Book, household: &mut Household, now: Month, todo: &[Receipt]) {
    let index = Index::new(book);
    let mut rules: Vec<RuleId> = todo.iter().map(|it| it.1).collect();
    rules.dedup();
    let first = todo.iter().map(|it| it.3).min().unwrap_or(now);
    let last = now.plus(HORIZON);
    for _ in 0..=HORIZON {
        let mut moved = false;
        let mut line = Timeline::new(&index, household, &rules, (first, last));
        let mut computed = Vec::new();
        for (_, rule, instance, _) in todo {
            computed.push(line.rule(*rule, *instance));
        }
        let mut next = household.clone();
        for ((input, _, instance, from), series) in todo.iter().zip(computed) {
            let mut points = vec![(*from, series.at(*from))];
            points.extend(
                series.pieces().iter().filter(|it| it.from > *from).map(|it| (it.from, it.cell)),
            );
            points.retain(|it| it.0 <= last);
            for (month, cell) in points {
                set_from(&mut next, *input, *instance, month, cell.value(), fr::COMPUTED);
            }
            moved |= next.fact(*input, *instance) != household.fact(*input, *instance);
        }
        *household = next;
        if !moved {
            break;
        }
    }
}

/// What each person receives besides the aids, in that month; `None` if an amount that was told of before
/// or after is not known then.
pub(crate) fn earnings(book: &Book, household: &Household, month: Month) -> Option<Rational> {
    let inputs: Vec<InputId> =
        names::EARNINGS.iter().filter_map(|it| book.input_named(it)).collect();
    let mut sum = Rational::ZERO;
    for input in inputs {
        for person in instances(household, law_ir::Entity::Person) {
            if !matches!(household.fact(input, person), Fact::Known(_)) {
                continue;
            }
            let value = known(household, input, person, month)?.as_number()?;
            sum = sum.checked_add(value)?;
        }
    }
    Some(sum)
}

/// The sum, when every one is known.
pub(crate) fn total(amounts: impl IntoIterator<Item = Option<Rational>>) -> Option<Rational> {
    amounts.into_iter().try_fold(Rational::ZERO, |sum, it| sum.checked_add(it?))
}
