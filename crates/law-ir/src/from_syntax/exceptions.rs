//! `sauf`: exceptions lowered to cases, and the proof that two of them never apply together.

use law_syntax::Diagnostic;
use law_syntax::ast;

use super::Lowering;
use super::cases::const_number;
use super::expr::Context;
use crate::{Arm, ArmPattern, Comparison, ExprId, Op, Type, Value};

/// The rule's body with its exceptions: one case each, then the base.
pub(super) fn lower(
    lowering: &mut Lowering<'_>,
    context: &Context,
    ty: Type,
    base: ExprId,
    exceptions: &[&ast::Exception],
) -> ExprId {
    if exceptions.is_empty() {
        return base;
    }
    let mut ordered: Vec<&ast::Exception> = exceptions.to_vec();
    // An exception that wins over another is read before it.
    ordered.sort_by_key(|it| std::cmp::Reverse(depth(it, exceptions, 0)));
    let mut arms = Vec::new();
    for exception in &ordered {
        let condition = lowering.expr_of(&exception.condition, context, Type::Bool);
        let value = lowering.expr_of(&exception.body, context, ty);
        let label = Some(exception.label.text.clone());
        arms.push(Arm { pattern: ArmPattern::When(condition), value, label });
    }
    check_exclusive(lowering, &ordered, &arms);
    arms.push(Arm { pattern: ArmPattern::Otherwise, value: base, label: None });
    let span = lowering.span_of(base);
    lowering.node(Op::Select { subject: None, arms }, ty, span)
}

/// How many exceptions this one wins over, one after the other.
fn depth(exception: &ast::Exception, all: &[&ast::Exception], seen: usize) -> usize {
    let Some(target) = &exception.overrides else { return 0 };
    if seen > all.len() {
        return 0;
    }
    let below = all.iter().find(|it| it.label.text == target.text);
    below.map_or(0, |it| depth(it, all, seen.saturating_add(1)).saturating_add(1))
}

fn check_exclusive(lowering: &mut Lowering<'_>, exceptions: &[&ast::Exception], arms: &[Arm]) {
    for (rank, (first, first_arm)) in exceptions.iter().zip(arms).enumerate() {
        if let Some(target) = &first.overrides
            && !exceptions.iter().any(|it| it.label.text == target.text)
        {
            lowering.report(Diagnostic::error(
                "C06",
                target.span,
                format!("aucune exception ne s’appelle « {} »", target.text),
            ));
        }
        for (second, second_arm) in exceptions.iter().zip(arms).skip(rank.saturating_add(1)) {
            let ordered = wins(first, second, exceptions) || wins(second, first, exceptions);
            let (ArmPattern::When(a), ArmPattern::When(b)) =
                (&first_arm.pattern, &second_arm.pattern)
            else {
                continue;
            };
            if !ordered && !disjoint(lowering, *a, *b) {
                lowering.report(
                    Diagnostic::error(
                        "C07",
                        second.span,
                        format!(
                            "les exceptions « {} » et « {} » pourraient valoir ensemble",
                            first.label.text, second.label.text
                        ),
                    )
                    .note(first.span, "l’autre exception")
                    .why("une situation doit avoir une seule réponse")
                    .help(format!(
                        "ajoutez `prime sur « {} »`, ou des conditions qui s’excluent",
                        first.label.text
                    )),
                );
            }
        }
    }
}

fn wins(a: &ast::Exception, b: &ast::Exception, all: &[&ast::Exception]) -> bool {
    let mut current = a;
    for _ in 0..all.len() {
        let Some(target) = &current.overrides else { return false };
        if target.text == b.label.text {
            return true;
        }
        let Some(next) = all.iter().find(|it| it.label.text == target.text) else { return false };
        current = next;
    }
    false
}

/// What a conjunct says of one expression.
#[derive(Debug, Clone, Copy)]
enum Atom {
    Is {
        subject: ExprId,
        value: Value,
        equal: bool,
    },
    /// Compared with a constant.
    Order {
        subject: ExprId,
        comparison: Comparison,
        value: Value,
    },
    Truth {
        subject: ExprId,
        holds: bool,
    },
}

/// Whether two conditions can be proved never to hold together: one conjunct of each speaks of the same
/// thing and contradicts the other.
fn disjoint(lowering: &Lowering<'_>, a: ExprId, b: ExprId) -> bool {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    atoms(lowering, a, &mut left);
    atoms(lowering, b, &mut right);
    left.iter().any(|x| right.iter().any(|y| contradict(lowering, *x, *y)))
}

fn atoms(lowering: &Lowering<'_>, expr: ExprId, res: &mut Vec<Atom>) {
    let Some(node) = lowering.book.node(expr) else { return };
    match &node.op {
        Op::And(a, b) => {
            atoms(lowering, *a, res);
            atoms(lowering, *b, res);
        }
        Op::Not(inner) => res.push(Atom::Truth { subject: *inner, holds: false }),
        Op::Compare(comparison, a, b) => {
            if let Some(value) = constant(lowering, *b) {
                res.push(match comparison {
                    Comparison::Eq => Atom::Is { subject: *a, value, equal: true },
                    Comparison::Ne => Atom::Is { subject: *a, value, equal: false },
                    other => Atom::Order { subject: *a, comparison: *other, value },
                });
            }
            res.push(Atom::Truth { subject: expr, holds: true });
        }
        _ => res.push(Atom::Truth { subject: expr, holds: true }),
    }
}

fn constant(lowering: &Lowering<'_>, expr: ExprId) -> Option<Value> {
    match lowering.book.node(expr).map(|it| &it.op)? {
        Op::Const(value) => Some(*value),
        _ => const_number(lowering, expr).map(Value::Number),
    }
}

fn contradict(lowering: &Lowering<'_>, a: Atom, b: Atom) -> bool {
    match (a, b) {
        (Atom::Truth { subject: x, holds: p }, Atom::Truth { subject: y, holds: q }) => {
            p != q && same(lowering, x, y)
        }
        (
            Atom::Is { subject: x, value: v, equal: p },
            Atom::Is { subject: y, value: w, equal: q },
        ) => same(lowering, x, y) && if p == q { p && v != w } else { v == w },
        (
            Atom::Is { subject: x, value: v, equal: true },
            Atom::Order { subject: y, comparison, value: w },
        )
        | (
            Atom::Order { subject: y, comparison, value: w },
            Atom::Is { subject: x, value: v, equal: true },
        ) => same(lowering, x, y) && !holds(comparison, v, w),
        (
            Atom::Order { subject: x, comparison: p, value: v },
            Atom::Order { subject: y, comparison: q, value: w },
        ) => same(lowering, x, y) && (opposed(p, v, q, w) || opposed(q, w, p, v)),
        _ => false,
    }
}

fn holds(comparison: Comparison, left: Value, right: Value) -> bool {
    let Some(order) = order(left, right) else { return true };
    match comparison {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

fn order(left: Value, right: Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(&b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(&b)),
        _ => None,
    }
}

/// `x p v` asks for small values and `x q w` for large ones, with nothing in common.
fn opposed(p: Comparison, v: Value, q: Comparison, w: Value) -> bool {
    let below = matches!(p, Comparison::Lt | Comparison::Le);
    let above = matches!(q, Comparison::Gt | Comparison::Ge);
    let touching = p == Comparison::Le && q == Comparison::Ge;
    below && above && order(v, w).is_some_and(|it| it.is_lt() || (it.is_eq() && !touching))
}

/// Whether two expressions are written the same, whatever their place.
fn same(lowering: &Lowering<'_>, a: ExprId, b: ExprId) -> bool {
    if a == b {
        return true;
    }
    let (Some(a), Some(b)) = (lowering.book.node(a), lowering.book.node(b)) else { return false };
    let both = |x: ExprId, y: ExprId| same(lowering, x, y);
    match (&a.op, &b.op) {
        (Op::YearsSince(x), Op::YearsSince(y))
        | (Op::MonthsSince(x), Op::MonthsSince(y))
        | (Op::Not(x), Op::Not(y))
        | (Op::OfApplicant(x), Op::OfApplicant(y)) => both(*x, *y),
        (Op::Compare(p, x, y), Op::Compare(q, z, w)) => p == q && both(*x, *z) && both(*y, *w),
        (Op::And(x, y), Op::And(z, w)) | (Op::Or(x, y), Op::Or(z, w)) => {
            both(*x, *z) && both(*y, *w)
        }
        (
            Op::Const(_)
            | Op::Param(_)
            | Op::Input(_)
            | Op::Rule(_)
            | Op::CurrentMonth
            | Op::IsParent
            | Op::IsChild
            | Op::IsApplicant
            | Op::Share
            | Op::TaxedElsewhere,
            _,
        ) => a.op == b.op,
        _ => false,
    }
}
