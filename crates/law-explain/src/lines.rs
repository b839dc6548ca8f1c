//! The calculation lines: the terms that are added and taken away, and their total.

use base::Rational;
use law_ir::{ExprId, Op, RuleKind, Value};
use law_reference::{AidResult, Entry};

use crate::reader::Reader;
use crate::{Line, formula};

pub(crate) fn lines(reader: &Reader<'_>, aid: &AidResult) -> Vec<Line> {
    let Some(entry) = reader.aid_entry(aid) else { return Vec::new() };
    let Some(rule) = reader.rule_of(entry) else { return Vec::new() };
    let mut terms = Vec::new();
    collect(reader, entry, rule.body, true, &mut terms, 0);
    let mut res: Vec<Line> = Vec::new();
    for term in &terms {
        let first = res.is_empty();
        let operator = match (term.positive, first) {
            (true, true) => None,
            (true, false) => Some("+"),
            (false, _) => Some("−"),
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
        let label = "montant par mois".to_owned();
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

struct Term {
    positive: bool,
    label: String,
    value: String,
}

/// Follows roundings, bounds and chosen cases down to sums, and a lone name down to its own rule.
fn collect(
    reader: &Reader<'_>,
    entry: &Entry,
    expr: ExprId,
    positive: bool,
    terms: &mut Vec<Term>,
    depth: usize,
) {
    let Some(op) = reader.op(expr) else { return };
    match op {
        Op::Add(a, b) => {
            collect(reader, entry, *a, positive, terms, depth.saturating_add(1));
            collect(reader, entry, *b, positive, terms, depth.saturating_add(1));
        }
        Op::Sub(a, b) => {
            collect(reader, entry, *a, positive, terms, depth.saturating_add(1));
            collect(reader, entry, *b, !positive, terms, depth.saturating_add(1));
        }
        Op::Round { value, .. } | Op::Call { body: value, .. } => {
            collect(reader, entry, *value, positive, terms, depth);
        }
        Op::Max(all) | Op::Min(all) if bounded_by_zero(reader, all) => {
            if let Some(value) = all.first() {
                collect(reader, entry, *value, positive, terms, depth);
            }
        }
        Op::If { condition, then, otherwise } => {
            match reader.value(entry, *condition).and_then(Value::as_bool) {
                Some(true) => collect(reader, entry, *then, positive, terms, depth),
                Some(false) => collect(reader, entry, *otherwise, positive, terms, depth),
                None => term(reader, entry, expr, positive, terms),
            }
        }
        Op::Select { .. } => match formula::taken_arm(reader, entry, expr) {
            Some(arm) => collect(reader, entry, arm, positive, terms, depth),
            None => term(reader, entry, expr, positive, terms),
        },
        // The whole amount is another rule's: its terms are the lines.
        Op::Rule(rule) if depth == 0 => {
            let step = entry.steps.iter().rev().find(|it| it.expr == expr);
            let from = reader.rule_of(entry).map(|it| it.entity);
            let inner = step.zip(from).and_then(|(step, from)| reader.read_by(from, step, *rule));
            match inner.and_then(|it| Some((it, reader.rule_of(it)?.body))) {
                Some((inner, body)) if is_sum(reader, inner, body) => {
                    collect(reader, inner, body, positive, terms, 0);
                }
                _ => term(reader, entry, expr, positive, terms),
            }
        }
        _ => term(reader, entry, expr, positive, terms),
    }
}

fn bounded_by_zero(reader: &Reader<'_>, all: &[ExprId]) -> bool {
    matches!(all, [_, bound] if matches!(reader.op(*bound),
        Some(Op::Const(Value::Number(it))) if it.is_zero()))
}

/// Whether going down into the expression finds a sum.
fn is_sum(reader: &Reader<'_>, entry: &Entry, expr: ExprId) -> bool {
    match reader.op(expr) {
        Some(Op::Add(..) | Op::Sub(..) | Op::Rule(_)) => true,
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

fn term(reader: &Reader<'_>, entry: &Entry, expr: ExprId, positive: bool, terms: &mut Vec<Term>) {
    let Some(value) = reader.value(entry, expr) else { return };
    // Nothing added or taken away is not worth a line, unless it is all there is.
    if matches!(value, Value::Number(it) if it.is_zero()) && !terms.is_empty() {
        return;
    }
    let label = match reader.op(expr) {
        Some(Op::Rule(_) | Op::Input(_) | Op::Param(_)) => formula::described(reader, expr),
        _ => formula::text(reader, entry, expr, 0),
    };
    terms.push(Term { positive, label, value: reader.write(value, reader.type_of(expr)) });
}
