//! `selon`: arms lowered, and the proof that exactly one of them applies.

use std::cmp::Ordering;

use base::Rational;
use law_syntax::ast::{self, Pattern};
use law_syntax::{Diagnostic, Span};

use super::Lowering;
use super::expr::Context;
use crate::types::Flavour;
use crate::{Arm, ArmPattern, ExprId, Op, Type, Unit, Value};

pub(super) fn lower_select(
    lowering: &mut Lowering<'_>,
    subject: Option<&ast::Expr>,
    arms: &[ast::Arm],
    context: &Context,
    span: Span,
) -> ExprId {
    let subject_id = subject.map(|it| lowering.expr(it, context));
    let subject_type = subject_id.map(|it| lowering.type_of(it));
    let mut lowered = Vec::new();
    let mut ty = Type::Zero;
    for arm in arms {
        let pattern = lower_pattern(lowering, &arm.pattern, subject_type, context);
        let value = lowering.expr(&arm.value, context);
        let found = lowering.type_of(value);
        ty = if lowered.is_empty() { found } else { joined(lowering, ty, found, arm.span) };
        lowered.push((Arm { pattern, value, label: None }, arm.span));
    }
    check_order(lowering, &lowered, span);
    match subject_type {
        Some(Type::Enum(id)) => {
            let all = lowering.book.enumeration(id).map(|it| it.cases.clone()).unwrap_or_default();
            let all: Vec<Value> = all.into_iter().map(Value::Case).collect();
            check_listed(lowering, &all, &lowered, span);
        }
        Some(Type::Bool) => {
            check_listed(lowering, &[Value::Bool(true), Value::Bool(false)], &lowered, span);
        }
        Some(ty @ (Type::Number(_) | Type::Zero | Type::Date)) => {
            check_line(lowering, ty, &lowered, span);
        }
        None => need_otherwise(lowering, &lowered, span),
        Some(Type::Unknown) => {}
    }
    let arms = lowered.into_iter().map(|(arm, _)| arm).collect();
    lowering.node(Op::Select { subject: subject_id, arms }, ty, span)
}

fn joined(lowering: &mut Lowering<'_>, a: Type, b: Type, span: Span) -> Type {
    a.join(b).unwrap_or_else(|| {
        lowering.type_mismatch(span, b, a);
        Type::Unknown
    })
}

fn lower_pattern(
    lowering: &mut Lowering<'_>,
    pattern: &Pattern,
    subject: Option<Type>,
    context: &Context,
) -> ArmPattern {
    let bound = |lowering: &mut Lowering<'_>, expr: &ast::Expr| {
        let Some(ty) = subject else {
            lowering.report(
                Diagnostic::error("C04", expr.span, "sans sujet, chaque cas est une condition")
                    .help("écrivez `selon montant | jusqu’à …` ou `selon | condition → …`"),
            );
            return lowering.expr(expr, context);
        };
        lowering.expr_of(expr, context, ty)
    };
    match pattern {
        Pattern::Values(values) => {
            ArmPattern::OneOf(values.iter().map(|it| bound(lowering, it)).collect())
        }
        Pattern::LessThan(it) => ArmPattern::LessThan(bound(lowering, it)),
        Pattern::UpTo(it) => ArmPattern::UpTo(bound(lowering, it)),
        Pattern::AtLeast(it) => ArmPattern::AtLeast(bound(lowering, it)),
        Pattern::MoreThan(it) => ArmPattern::MoreThan(bound(lowering, it)),
        Pattern::Between(low, high) => {
            let low = bound(lowering, low);
            ArmPattern::Between(low, bound(lowering, high))
        }
        Pattern::When(condition) => {
            ArmPattern::When(lowering.expr_of(condition, context, Type::Bool))
        }
        Pattern::Otherwise => ArmPattern::Otherwise,
    }
}

fn is_otherwise(arm: &Arm) -> bool {
    matches!(arm.pattern, ArmPattern::Otherwise)
}

fn check_order(lowering: &mut Lowering<'_>, arms: &[(Arm, Span)], span: Span) {
    let Some(at) = arms.iter().position(|(arm, _)| is_otherwise(arm)) else { return };
    if let Some((_, after)) = arms.get(at.saturating_add(1)) {
        lowering.report(
            Diagnostic::error("C03", *after, "ce cas n’est jamais atteint")
                .note(span, "un cas qui prend tout le reste vient avant lui"),
        );
    }
}

fn need_otherwise(lowering: &mut Lowering<'_>, arms: &[(Arm, Span)], span: Span) {
    if !arms.iter().any(|(arm, _)| is_otherwise(arm)) {
        lowering.report(
            Diagnostic::error("C01", span, "il manque le cas `sinon`")
                .why("sans lui, une situation pourrait n’avoir aucune réponse")
                .help("ajoutez `| sinon → …` à la fin"),
        );
    }
}

/// Cases that are listed: those of an enumeration, true and false. Each must be written once.
fn check_listed(lowering: &mut Lowering<'_>, all: &[Value], arms: &[(Arm, Span)], span: Span) {
    let mut seen: Vec<(Value, Span)> = Vec::new();
    for (arm, arm_span) in arms {
        let values = match &arm.pattern {
            ArmPattern::OneOf(values) => values,
            ArmPattern::Otherwise | ArmPattern::When(_) => continue,
            _ => {
                lowering.report(
                    Diagnostic::error("T02", *arm_span, "ces cas n’ont pas d’ordre")
                        .why("rien n’y est plus grand ou plus petit")
                        .help("écrivez les cas un par un, séparés par `ou`"),
                );
                return;
            }
        };
        for value in values {
            let Some(case) = const_value(lowering, *value) else {
                if lowering.type_of(*value) != Type::Unknown {
                    lowering.report(
                        Diagnostic::error("C05", *arm_span, "ce cas est calculé")
                            .why("rien ne prouve qu’il ne tombe pas dans un autre"),
                    );
                }
                return;
            };
            if let Some((_, first)) = seen.iter().find(|(it, _)| *it == case) {
                let name = case_name(lowering, case);
                let first = *first;
                lowering.report(
                    Diagnostic::error("C02", *arm_span, format!("`{name}` tombe dans deux cas"))
                        .note(first, "premier cas"),
                );
            }
            seen.push((case, *arm_span));
        }
    }
    if arms.iter().any(|(arm, _)| is_otherwise(arm)) {
        return;
    }
    let absent: Vec<String> = all
        .iter()
        .filter(|case| !seen.iter().any(|(it, _)| it == *case))
        .map(|case| format!("`{}`", case_name(lowering, *case)))
        .collect();
    if !absent.is_empty() {
        lowering.report(
            Diagnostic::error("C01", span, format!("aucun cas pour {}", absent.join(", ")))
                .why("chaque situation doit avoir une réponse, et une seule"),
        );
    }
}

fn const_value(lowering: &Lowering<'_>, expr: ExprId) -> Option<Value> {
    match lowering.book.node(expr).map(|it| &it.op) {
        Some(Op::Const(value)) => Some(*value),
        _ => None,
    }
}

fn case_name(lowering: &Lowering<'_>, case: Value) -> String {
    match case {
        Value::Case(case) => lowering.book.case(case).map(|it| it.name.clone()).unwrap_or_default(),
        Value::Bool(true) => "vrai".to_owned(),
        Value::Bool(false) => "faux".to_owned(),
        Value::Number(_) | Value::Date(_) => String::new(),
    }
}

/// A constant number, possibly negated.
pub(super) fn const_number(lowering: &Lowering<'_>, expr: ExprId) -> Option<Rational> {
    match lowering.book.node(expr).map(|it| &it.op)? {
        Op::Const(Value::Number(it)) => Some(*it),
        Op::Neg(inner) => const_number(lowering, *inner)?.checked_neg(),
        _ => None,
    }
}

/// Where a constant stands on the line of numbers; a date reads as the number `AAAAMMJJ`, in the same order.
fn const_place(lowering: &Lowering<'_>, expr: ExprId) -> Option<Rational> {
    match const_value(lowering, expr) {
        Some(Value::Date(date)) => {
            let digits = date.to_string().replace('-', "");
            digits.parse().ok()
        }
        _ => const_number(lowering, expr),
    }
}

/// A place of the line in words.
fn place_words(place: Rational, ty: Type) -> String {
    if ty != Type::Date {
        return place.to_string();
    }
    let digits = format!("{:0>8}", place.to_string());
    let (year, day) = digits.split_at(4);
    let (month, day) = day.split_at(2);
    format!("{year}-{month}-{day}")
}

/// A place on the line of numbers: at the value, or just above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    value: Rational,
    above: bool,
}

impl Cut {
    fn before(value: Rational) -> Self {
        Self { value, above: false }
    }

    fn after(value: Rational) -> Self {
        Self { value, above: true }
    }
}

impl PartialOrd for Cut {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cut {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value).then(self.above.cmp(&other.above))
    }
}

/// From `low` (`None`: the beginning) to `high` (`None`: the end).
#[derive(Debug, Clone, Copy)]
struct Interval {
    low: Option<Cut>,
    high: Option<Cut>,
    span: Span,
}

/// The intervals of the arms, `None` when a bound is not a constant.
fn intervals(lowering: &Lowering<'_>, arms: &[(Arm, Span)]) -> Option<Vec<Interval>> {
    let mut res = Vec::new();
    let mut chain = None;
    for (arm, span) in arms {
        let span = *span;
        let number = |expr: &ExprId| const_place(lowering, *expr);
        match &arm.pattern {
            ArmPattern::OneOf(values) => {
                for value in values {
                    let value = number(value)?;
                    let low = Some(Cut::before(value));
                    res.push(Interval { low, high: Some(Cut::after(value)), span });
                }
            }
            ArmPattern::LessThan(it) => {
                let high = Some(Cut::before(number(it)?));
                res.push(Interval { low: chain, high, span });
                chain = high;
            }
            ArmPattern::UpTo(it) => {
                let high = Some(Cut::after(number(it)?));
                res.push(Interval { low: chain, high, span });
                chain = high;
            }
            ArmPattern::AtLeast(it) => {
                res.push(Interval { low: Some(Cut::before(number(it)?)), high: None, span });
            }
            ArmPattern::MoreThan(it) => {
                res.push(Interval { low: Some(Cut::after(number(it)?)), high: None, span });
            }
            ArmPattern::Between(low, high) => {
                let low = Some(Cut::before(number(low)?));
                res.push(Interval { low, high: Some(Cut::after(number(high)?)), span });
            }
            ArmPattern::When(_) | ArmPattern::Otherwise => {}
        }
    }
    Some(res)
}

/// Cases along a line: numbers, dates. Each place must be in one.
fn check_line(lowering: &mut Lowering<'_>, subject: Type, arms: &[(Arm, Span)], span: Span) {
    let Some(mut intervals) = intervals(lowering, arms) else {
        return check_open_chain(lowering, arms, span);
    };
    if let Some(it) =
        intervals.iter().find(|it| matches!((it.low, it.high), (Some(a), Some(b)) if a >= b))
    {
        let place = it.span;
        lowering.report(
            Diagnostic::error("C03", place, "ce cas n’est jamais atteint")
                .why("ses bornes ne laissent aucune valeur ; les bornes doivent monter"),
        );
        return;
    }
    intervals.sort_by_key(|it| it.low);
    for pair in intervals.windows(2) {
        let [first, second] = pair else { continue };
        let overlap = match (first.high, second.low) {
            (None, _) | (_, None) => true,
            (Some(high), Some(low)) => high > low,
        };
        if overlap {
            let witness = second
                .low
                .map_or_else(String::new, |it| format!(" : {}", place_words(it.value, subject)));
            let (place, other) = (second.span, first.span);
            lowering.report(
                Diagnostic::error("C02", place, format!("une valeur tombe dans deux cas{witness}"))
                    .note(other, "l’autre cas")
                    .why("chaque situation doit avoir une seule réponse"),
            );
        }
    }
    // The line of dates goes on for ever both ways: its rest is said, not proved empty.
    if subject == Type::Date {
        return need_otherwise(lowering, arms, span);
    }
    if arms.iter().any(|(arm, _)| is_otherwise(arm)) {
        return;
    }
    if let Some(witness) = first_gap(&intervals, Grain::of(subject)) {
        lowering.report(
            Diagnostic::error("C01", span, format!("aucun cas pour {witness}"))
                .why("chaque situation doit avoir une réponse")
                .help("ajoutez le cas qui manque, ou `| sinon → …`"),
        );
    }
}

/// Bounds that are not constants can only be read in a chain that ends with `au-delà`.
fn check_open_chain(lowering: &mut Lowering<'_>, arms: &[(Arm, Span)], span: Span) {
    let chain = arms.iter().all(|(arm, _)| {
        matches!(arm.pattern, ArmPattern::LessThan(_) | ArmPattern::UpTo(_) | ArmPattern::Otherwise)
    });
    if chain {
        return need_otherwise(lowering, arms, span);
    }
    lowering.report(
        Diagnostic::error(
            "C05",
            span,
            "ces bornes sont calculées : rien ne prouve qu’elles couvrent tout, une seule fois",
        )
        .help("n’employez que `moins de` ou `jusqu’à`, puis `au-delà`"),
    );
}

/// What a number may be between two others, and below zero.
#[derive(Debug, Clone, Copy)]
struct Grain {
    /// Head counts and ages are whole numbers: between 1 and 2 there is nothing to decide.
    whole: bool,
    /// Nobody counts less than nobody. Ages may be negative: who is born this month has not reached 0.
    positive: bool,
}

impl Grain {
    fn of(ty: Type) -> Self {
        let persons = matches!(ty, Type::Number(unit) if unit.flavour == Flavour::Persons);
        let age = matches!(ty, Type::Number(unit) if unit == Unit::YEARS || unit == Unit::MONTHS);
        Self { whole: persons || age, positive: persons }
    }
}

/// A value no interval holds, in words.
fn first_gap(intervals: &[Interval], Grain { whole, positive }: Grain) -> Option<String> {
    let mut reached = match intervals.first() {
        None => return Some("aucune valeur".to_owned()),
        Some(first) => match first.low {
            None => first.high,
            Some(low) if positive && low <= Cut::before(Rational::ZERO) => first.high,
            Some(low) if whole => return Some(low.value.checked_sub(Rational::ONE)?.to_string()),
            Some(low) => return Some(format!("une valeur inférieure à {}", low.value)),
        },
    };
    for next in intervals.iter().skip(1) {
        let (Some(end), Some(low)) = (reached, next.low) else { return None };
        let joined = end >= low || (whole && next_whole(end) >= Some(low));
        if !joined {
            let witness = if whole { next_whole(end)?.value } else { end.value };
            return Some(witness.to_string());
        }
        reached = next.high;
    }
    reached.map(|end| {
        let witness = if whole { next_whole(end).map(|it| it.value) } else { Some(end.value) };
        witness.map_or_else(String::new, |it| format!("{it} et plus"))
    })
}

/// The first whole number at or after the cut.
fn next_whole(cut: Cut) -> Option<Cut> {
    let up = cut.value.rounded(Rational::ONE, base::Rounding::Up)?;
    let value = if cut.above && up == cut.value { up.checked_add(Rational::ONE)? } else { up };
    Some(Cut::before(value))
}
