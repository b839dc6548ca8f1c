//! The calculation lines: the terms that are added and taken away, and their total.

use base::Rational;
use law_ir::{ExprId, Op, Reduce, RuleKind, Value};
use law_reference::{AidResult, Entry};

use crate::reader::Reader;
use crate::{Line, formula};

pub(crate) fn lines(reader: &Reader<'_>, aid: &AidResult) -> Vec<Line> {
    let Some(entry) = reader.aid_entry(aid) else { return Vec::new() };
    let Some(rule) = reader.rule_of(entry) else { return Vec::new() };
    // A condition fails: no amount was computed.
    if !entry.steps.iter().any(|it| it.expr == rule.body) {
        return Vec::new();
    }
    let mut terms = Vec::new();
    collect(reader, entry, rule.body, Sign::Plus, &mut terms, 0);
    let mut res: Vec<Line> = Vec::new();
    for term in &terms {
        let first = res.is_empty();
        let operator = match (term.sign, first) {
            (Sign::Aside, _) | (Sign::Plus, true) => None,
            (Sign::Plus, false) => Some("+"),
            (Sign::Minus, _) => Some("−"),
        };
        let line =
            Line { operator, label: term.label.clone(), value: term.value.clone(), total: false };
        res.push(line);
    }
    // A sum that was rounded or brought back to zero says so before the total.
    let computed = reader.value(entry, rule.body).and_then(Value::as_number);
    if let Some(paid) = aid.amount {
        let below = paid_from(rule).filter(|from| computed.is_some_and(|it| it < *from));
        if let (Some(from), Some(computed)) = (below, computed)
            && !computed.is_zero()
        {
            res.push(Line {
                operator: None,
                label: format!(
                    "montant calculé, inférieur au seuil de versement de {}",
                    crate::format::money(from)
                ),
                value: crate::format::money(computed),
                total: false,
            });
        }
        let mean = terms.iter().any(|it| it.sign == Sign::Aside);
        let label = if mean { "moyenne, montant par mois" } else { "montant par mois" }.to_owned();
        res.push(Line { operator: None, label, value: crate::format::money(paid), total: true });
    }
    res
}

fn paid_from(rule: &law_ir::Rule) -> Option<Rational> {
    match &rule.kind {
        RuleKind::Aid(aid) => aid.paid_from,
        RuleKind::Rule | RuleKind::Local { .. } => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    /// One of the values of a mean: told, neither added nor taken away.
    Aside,
}

impl Sign {
    fn reversed(self) -> Self {
        match self {
            Self::Plus => Self::Minus,
            Self::Minus => Self::Plus,
            Self::Aside => Self::Aside,
        }
    }
}

struct Term {
    sign: Sign,
    label: String,
    value: String,
}

/// Follows roundings, bounds and chosen cases down to sums, and a lone name down to its own rule.
fn collect(
    reader: &Reader<'_>,
    entry: &Entry,
    expr: ExprId,
    sign: Sign,
    terms: &mut Vec<Term>,
    depth: usize,
) {
    let Some(op) = reader.op(expr) else { return };
    match op {
        Op::Add(a, b) => {
            collect(reader, entry, *a, sign, terms, depth.saturating_add(1));
            collect(reader, entry, *b, sign, terms, depth.saturating_add(1));
        }
        Op::Sub(a, b) => {
            collect(reader, entry, *a, sign, terms, depth.saturating_add(1));
            collect(reader, entry, *b, sign.reversed(), terms, depth.saturating_add(1));
        }
        Op::Round { value, .. } | Op::Call { body: value, .. } => {
            collect(reader, entry, *value, sign, terms, depth);
        }
        Op::Max(all) | Op::Min(all) if bounded_by_zero(reader, all) => {
            if let Some(value) = all.first() {
                collect(reader, entry, *value, sign, terms, depth);
            }
        }
        Op::If { condition, then, otherwise } => {
            match reader.value(entry, *condition).and_then(Value::as_bool) {
                Some(true) => collect(reader, entry, *then, sign, terms, depth),
                Some(false) => collect(reader, entry, *otherwise, sign, terms, depth),
                None => term(reader, entry, expr, sign, terms),
            }
        }
        Op::Select { .. } => match formula::taken_arm(reader, entry, expr) {
            Some(arm) => collect(reader, entry, arm, sign, terms, depth),
            None => term(reader, entry, expr, sign, terms),
        },
        // The whole amount is a mean of months: each month is a line.
        Op::Over { reduce: Reduce::Mean, body, .. } if depth == 0 => {
            let label = formula::described(reader, *body);
            let here =
                entry.steps.iter().filter(|it| it.expr == *body && it.instance == entry.instance);
            for step in here {
                if let Some(value) = step.value {
                    let value = reader.write(value, reader.type_of(*body));
                    let label = format!("{label}, {}", crate::format::month(step.month));
                    terms.push(Term { sign: Sign::Aside, label, value });
                }
            }
        }
        // The whole amount is another rule's: its terms are the lines.
        Op::Rule(rule) if depth == 0 => {
            let step = entry.steps.iter().rev().find(|it| it.expr == expr);
            let from = reader.rule_of(entry).map(|it| it.entity);
            let inner = step.zip(from).and_then(|(step, from)| reader.read_by(from, step, *rule));
            match inner.and_then(|it| Some((it, reader.rule_of(it)?.body))) {
                Some((inner, body)) if is_sum(reader, inner, body) => {
                    collect(reader, inner, body, sign, terms, 0);
                }
                _ => term(reader, entry, expr, sign, terms),
            }
        }
        _ => term(reader, entry, expr, sign, terms),
    }
}

fn bounded_by_zero(reader: &Reader<'_>, all: &[ExprId]) -> bool {
    matches!(all, [_, bound] if matches!(reader.op(*bound),
        Some(Op::Const(Value::Number(it))) if it.is_zero()))
}

/// Whether going down into the expression finds a sum.
fn is_sum(reader: &Reader<'_>, entry: &Entry, expr: ExprId) -> bool {
    match reader.op(expr) {
        Some(Op::Add(..) | Op::Sub(..) | Op::Rule(_) | Op::Over { reduce: Reduce::Mean, .. }) => {
            true
        }
        Some(Op::Round { value, .. } | Op::Call { body: value, .. }) => {
            is_sum(reader, entry, *value)
        }
        Some(Op::Max(all) | Op::Min(all)) if bounded_by_zero(reader, all) => {
            all.first().is_some_and(|it| is_sum(reader, entry, *it))
        }
        Some(Op::If { condition, then, otherwise }) => {
            match reader.value(entry, *condition).and_then(Value::as_bool) {
                Some(true) => is_sum(reader, entry, *then),
                Some(false) => is_sum(reader, entry, *otherwise),
                None => false,
            }
        }
        Some(Op::Select { .. }) => {
            formula::taken_arm(reader, entry, expr).is_some_and(|it| is_sum(reader, entry, it))
        }
        _ => false,
    }
}

fn term(reader: &Reader<'_>, entry: &Entry, expr: ExprId, sign: Sign, terms: &mut Vec<Term>) {
    let Some(value) = reader.value(entry, expr) else { return };
    // Nothing added or taken away is not worth a line, unless it is all there is.
    if matches!(value, Value::Number(it) if it.is_zero()) && !terms.is_empty() {
        return;
    }
    let label = match reader.op(expr) {
        Some(Op::Rule(_) | Op::Input(_) | Op::Param(_)) => formula::described(reader, expr),
        _ => formula::text(reader, entry, expr, 0),
    };
    terms.push(Term { sign, label, value: reader.write(value, reader.type_of(expr)) });
}
