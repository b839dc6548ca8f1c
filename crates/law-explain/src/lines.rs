//! The calculation lines: the terms that are added and taken away, and their total.

use base::Rational;
use law_ir::{ExprId, Op, Reduce, RuleKind, Type, Value};
use law_reference::{AidResult, Entry};

use crate::reader::Reader;
use crate::{Line, format, formula};

pub(crate) fn lines(reader: &Reader<'_>, aid: &AidResult) -> Vec<Line> {
    let Some(entry) = reader.aid_entry(aid) else { return Vec::new() };
    let Some(rule) = reader.rule_of(entry) else { return Vec::new() };
    // A condition fails: no amount was computed.
    if !reader.steps(entry).iter().any(|it| it.expr == rule.body) {
        return Vec::new();
    }
    // Something is missing: half a calculation would read as a whole one.
    let (Some(paid), Some(computed)) =
        (aid.amount, reader.value(entry, rule.body).and_then(Value::as_number))
    else {
        return Vec::new();
    };
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
        let (label, value) = (term.label.clone(), reader.write(term.value, term.ty));
        res.push(Line { operator, label, value, total: false });
    }
    let aside = |label: String, value: Rational| {
        let value = format::money(value);
        Line { operator: None, label, value, total: false }
    };
    // A sum that was rounded or brought back to zero says so before the total.
    if let Some(sum) = sum(&terms).filter(|it| format::money(*it) != format::money(computed)) {
        res.push(aside("avant arrondi ou minimum".to_owned(), sum));
    }
    if let Some(from) = paid_from(rule).filter(|from| computed < *from && !computed.is_zero()) {
        let from = format::money(from);
        let label = format!("montant calculé, inférieur au seuil de versement de {from}");
        res.push(aside(label, computed));
    }
    let mean = terms.iter().any(|it| it.sign == Sign::Aside);
    let label = if mean { "moyenne, montant par mois" } else { "montant par mois" }.to_owned();
    res.push(Line { operator: None, label, value: format::money(paid), total: true });
    res
}

/// What the terms come to; `None` for those of a mean.
fn sum(terms: &[Term]) -> Option<Rational> {
    terms.iter().try_fold(Rational::ZERO, |sum, term| match term.sign {
        Sign::Plus => sum.checked_add(term.value.as_number()?),
        Sign::Minus => sum.checked_sub(term.value.as_number()?),
        Sign::Aside => None,
    })
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
    value: Value,
    ty: Type,
}

/// Follows roundings, bounds and chosen cases down to sums, and a lone name down to its own rule. Inside a
/// sum, a rounding or a bound that changed the number is one term: what is below it would not add up.
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
        Op::Call { body, .. } => collect(reader, entry, *body, sign, terms, depth),
        Op::Round { .. } | Op::Max(_) | Op::Min(_) => match changed(reader, op) {
            Some(value)
                if depth == 0 || reader.value(entry, value) == reader.value(entry, expr) =>
            {
                collect(reader, entry, value, sign, terms, depth);
            }
            _ => term(reader, entry, expr, sign, terms),
        },
        Op::If { condition, then, otherwise } => {
            match reader.value(entry, *condition).and_then(Value::as_bool) {
                Some(true) => collect(reader, entry, *then, sign, terms, depth),
                Some(false) => collect(reader, entry, *otherwise, sign, terms, depth),
                None => term(reader, entry, expr, sign, terms),
            }
        }
        Op::Select { .. } => match formula::taken_arm(reader, entry, expr) {
            Some(arm) => collect(reader, entry, arm.value, sign, terms, depth),
            None => term(reader, entry, expr, sign, terms),
        },
        // The whole amount is a mean of months: each month is a line.
        Op::Over { reduce: Reduce::Mean, body, .. } if depth == 0 => {
            let label = formula::described(reader, *body);
            let here = reader
                .steps(entry)
                .iter()
                .filter(|it| it.expr == *body && it.instance == entry.instance);
            for step in here {
                if let Some(value) = reader.trace.value(step) {
                    let label = format!("{label}, {}", format::month(step.month));
                    terms.push(Term { sign: Sign::Aside, label, value, ty: reader.type_of(*body) });
                }
            }
        }
        // The whole amount is another rule's: its terms are the lines.
        Op::Rule(rule) if depth == 0 => {
            let step = reader.steps(entry).iter().rev().find(|it| it.expr == expr);
            let inner = step.and_then(|step| reader.read_by(step, *rule));
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

/// What a rounding, or a bound at zero, may change.
fn changed(reader: &Reader<'_>, op: &Op) -> Option<ExprId> {
    match op {
        Op::Round { value, .. } => Some(*value),
        Op::Max(all) | Op::Min(all) => match all.as_slice() {
            [value, bound] => match reader.op(*bound) {
                Some(Op::Const(Value::Number(it))) if it.is_zero() => Some(*value),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether going down into the expression finds a sum.
fn is_sum(reader: &Reader<'_>, entry: &Entry, expr: ExprId) -> bool {
    match reader.op(expr) {
        Some(Op::Add(..) | Op::Sub(..) | Op::Rule(_) | Op::Over { reduce: Reduce::Mean, .. }) => {
            true
        }
        Some(Op::Call { body, .. }) => is_sum(reader, entry, *body),
        Some(op @ (Op::Round { .. } | Op::Max(_) | Op::Min(_))) => {
            changed(reader, op).is_some_and(|it| is_sum(reader, entry, it))
        }
        Some(Op::If { condition, then, otherwise }) => {
            match reader.value(entry, *condition).and_then(Value::as_bool) {
                Some(true) => is_sum(reader, entry, *then),
                Some(false) => is_sum(reader, entry, *otherwise),
                None => false,
            }
        }
        Some(Op::Select { .. }) => formula::taken_arm(reader, entry, expr)
            .is_some_and(|it| is_sum(reader, entry, it.value)),
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
    terms.push(Term { sign, label, value, ty: reader.type_of(expr) });
}
