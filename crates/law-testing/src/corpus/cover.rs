//! Which branches of the law an evaluation takes, and which side of each threshold it falls on.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use base::{Month, Rational};
use law_ir::{Book, Entity, ExprId, Household, Instance, Op, RuleId, RuleKind, Value};
use law_reference::{Entry, Evaluation};

/// What has been reached so far.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    reached: HashSet<u64>,
}

impl Coverage {
    /// Adds what the evaluation reaches; how much of it is new.
    pub fn add(&mut self, book: &Book, evaluation: &Evaluation) -> usize {
        let found = outcomes(book, evaluation);
        found.into_iter().filter(|it| self.reached.insert(*it)).count()
    }

    /// How much of what the evaluation reaches is new, without adding it.
    pub fn news(&self, book: &Book, evaluation: &Evaluation) -> usize {
        outcomes(book, evaluation).iter().filter(|it| !self.reached.contains(*it)).count()
    }

    pub fn len(&self) -> usize {
        self.reached.len()
    }

    pub fn is_empty(&self) -> bool {
        self.reached.is_empty()
    }
}

/// The expressions and the rules an evaluation reads.
pub fn seen(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
) -> (Evaluation, BTreeSet<ExprId>, BTreeSet<RuleId>) {
    let evaluation = law_reference::evaluate(book, household, month, aids, true);
    let entries = &evaluation.trace.entries;
    let exprs = entries
        .iter()
        .flat_map(|it| evaluation.trace.steps(it).iter().map(|step| step.expr))
        .collect();
    let rules = entries.iter().map(|it| it.rule).collect();
    (evaluation, exprs, rules)
}

type At = (ExprId, Entity, Instance, Month);

/// Each outcome as a number: the expression and what came of it.
fn outcomes(book: &Book, evaluation: &Evaluation) -> HashSet<u64> {
    let mut res = HashSet::new();
    for entry in &evaluation.trace.entries {
        let trace = &evaluation.trace;
        let values: HashMap<At, Option<Value>> = trace
            .steps(entry)
            .iter()
            .map(|it| ((it.expr, it.entity, it.instance, it.month), trace.value(it)))
            .collect();
        for step in trace.steps(entry) {
            let worth = trace.value(step);
            let Some(node) = book.node(step.expr) else { continue };
            let at = |expr: ExprId| (expr, step.entity, step.instance, step.month);
            let value = |expr: ExprId| match book.node(expr).map(|it| &it.op) {
                Some(Op::Const(value)) => Some(*value),
                _ => values.get(&at(expr)).copied().flatten(),
            };
            let mut reach = |outcome: Outcome| {
                res.insert(fingerprint(step.expr, &outcome));
            };
            match (&node.op, worth) {
                (Op::Compare(_, a, b), _) => reach(side(value(*a), value(*b))),
                (Op::Min(all) | Op::Max(all), Some(Value::Number(best))) => {
                    let values = all.iter().map(|it| value(*it).and_then(Value::as_number));
                    let rank = values.clone().position(|it| it == Some(best));
                    let ties = values.filter(|it| *it == Some(best)).count();
                    reach(Outcome::Rank(rank.unwrap_or(0), ties > 1));
                }
                (Op::Select { subject, arms }, _) => {
                    let taken = arms.iter().position(|arm| values.contains_key(&at(arm.value)));
                    // A constant arm leaves no step of its own: its value tells it.
                    match taken {
                        Some(rank) => reach(Outcome::Rank(rank, false)),
                        None => reach(Outcome::Value(worth)),
                    }
                    if let Some(subject) = subject.and_then(value) {
                        let bounds = law_ir::invariants::children(&node.op);
                        for bound in bounds {
                            reach(side(Some(subject), value(bound)));
                        }
                    }
                }
                (Op::Round { value: exact, .. }, Some(Value::Number(rounded))) => {
                    let exact = value(*exact).and_then(Value::as_number);
                    reach(Outcome::Side(exact.map(|it| it.cmp(&rounded)), false));
                }
                (Op::Param(id), _) => {
                    let version = book.param(*id).and_then(|it| it.at(step.month));
                    reach(Outcome::Rank(version.map_or(0, |it| it.0), false));
                }
                (Op::Table { .. } | Op::Rank { .. } | Op::Count { .. }, found) => {
                    reach(Outcome::Value(found));
                }
                (_, Some(Value::Bool(it))) => reach(Outcome::Value(Some(Value::Bool(it)))),
                (_, None) => reach(Outcome::Value(None)),
                _ => reach(Outcome::Reached),
            }
        }
        aid_outcomes(book, evaluation, entry, &mut res);
    }
    res
}

/// Each condition met or not, and where the amount stands beside what is paid at least.
fn aid_outcomes(book: &Book, evaluation: &Evaluation, entry: &Entry, res: &mut HashSet<u64>) {
    let Some(rule) = book.rule(entry.rule) else { return };
    let RuleKind::Aid(aid) = &rule.kind else { return };
    for (rank, verdict) in entry.verdicts.iter().enumerate() {
        let mut hasher = DefaultHasher::new();
        (entry.rule, rank, format!("{verdict:?}")).hash(&mut hasher);
        res.insert(hasher.finish());
    }
    let trace = &evaluation.trace;
    let body = trace.steps(entry).iter().rev().find(|it| it.expr == rule.body);
    if let (Some(from), Some(step)) = (aid.paid_from, body) {
        let outcome = side(trace.value(step), Some(Value::Number(from)));
        res.insert(fingerprint(ExprId(u32::MAX.saturating_sub(entry.rule.0)), &outcome));
    }
}

#[derive(Hash)]
enum Outcome {
    Reached,
    Value(Option<Value>),
    Rank(usize, bool),
    /// Which side, and whether within a cent or a unit of it.
    Side(Option<std::cmp::Ordering>, bool),
}

fn side(a: Option<Value>, b: Option<Value>) -> Outcome {
    let (Some(a), Some(b)) = (a, b) else { return Outcome::Side(None, false) };
    let Some(order) = a.order(b) else { return Outcome::Value(Some(Value::Bool(a == b))) };
    Outcome::Side(Some(order), close(a, b))
}

fn close(a: Value, b: Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let gap = a.checked_sub(b).unwrap_or(Rational::ONE);
            let gap = if gap.is_negative() { gap.checked_neg().unwrap_or(gap) } else { gap };
            let near = if a.is_integer() && b.is_integer() {
                Rational::ONE
            } else {
                Rational::from_cents(2)
            };
            gap <= near
        }
        (Value::Date(a), Value::Date(b)) => a.month() == b.month(),
        _ => false,
    }
}

fn fingerprint(expr: ExprId, outcome: &Outcome) -> u64 {
    let mut hasher = DefaultHasher::new();
    (expr, outcome).hash(&mut hasher);
    hasher.finish()
}
