//! `sauf`: exceptions lowered to cases, and the proof that two of them never apply together.

use std::collections::HashMap;

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
    let beaten = beaten(lowering, exceptions);
    let mut ranks: Vec<usize> = (0..exceptions.len()).collect();
    // An exception that wins over another is read before it. The others exclude each other; their label
    // orders them, so that what is missing does not depend on the order of the files.
    ranks.sort_by_key(|rank| {
        let wins = beaten.get(*rank).map_or(0, Vec::len);
        (std::cmp::Reverse(wins), exceptions.get(*rank).map(|it| it.label.text.as_str()))
    });
    let mut read: Vec<(usize, &ast::Exception, ExprId)> = Vec::new();
    let mut arms = Vec::new();
    for rank in ranks {
        let Some(exception) = exceptions.get(rank) else { continue };
        let condition = lowering.expr_of(&exception.condition, context, Type::Bool);
        let value = lowering.expr_of(&exception.body, context, ty);
        let label = Some(exception.label.text.clone());
        arms.push(Arm { pattern: ArmPattern::When(condition), value, label });
        read.push((rank, exception, condition));
    }
    check_exclusive(lowering, &read, &beaten);
    arms.push(Arm { pattern: ArmPattern::Otherwise, value: base, label: None });
    let span = lowering.span_of(base);
    lowering.node(Op::Select { subject: None, arms }, ty, span)
}

/// For each exception, those it wins over: the one it names, the one that one names…
///
/// Reports two exceptions with the same words, a name nobody bears, and a chain that comes back to itself:
/// each would make the winner depend on the order of writing.
fn beaten(lowering: &mut Lowering<'_>, exceptions: &[&ast::Exception]) -> Vec<Vec<usize>> {
    let mut ranks: HashMap<&str, usize> = HashMap::new();
    for (rank, exception) in exceptions.iter().enumerate() {
        let label = &exception.label;
        let Some(first) = ranks.get(label.text.as_str()) else {
            ranks.insert(label.text.as_str(), rank);
            continue;
        };
        let first = exceptions.get(*first).map_or(label.span, |it| it.label.span);
        let message = format!("deux exceptions s’appellent « {} »", label.text);
        lowering.report(
            Diagnostic::error("N02", label.span, message)
                .note(first, "première exception")
                .why("`prime sur` doit désigner une seule exception"),
        );
    }
    let target = |exception: &ast::Exception| {
        exception.overrides.as_ref().and_then(|it| ranks.get(it.text.as_str()).copied())
    };
    let mut res = Vec::new();
    for (rank, exception) in exceptions.iter().enumerate() {
        let Some(named) = &exception.overrides else {
            res.push(Vec::new());
            continue;
        };
        if target(exception).is_none() {
            lowering.report(Diagnostic::error(
                "C06",
                named.span,
                format!("aucune exception ne s’appelle « {} »", named.text),
            ));
        }
        let mut below = Vec::new();
        let mut next = target(exception);
        while let Some(it) = next.filter(|it| *it != rank && below.len() < exceptions.len()) {
            below.push(it);
            next = exceptions.get(it).and_then(|it| target(it));
        }
        if next == Some(rank) {
            lowering.report(
                Diagnostic::error("C08", named.span, "cette exception prime sur elle-même")
                    .why("quand plusieurs exceptions valent ensemble, une seule doit l’emporter"),
            );
        }
        res.push(below);
    }
    res
}

/// Reports each pair of exceptions that nothing orders and that are not proved exclusive.
fn check_exclusive(
    lowering: &mut Lowering<'_>,
    exceptions: &[(usize, &ast::Exception, ExprId)],
    beaten: &[Vec<usize>],
) {
    let wins = |a: usize, b: usize| beaten.get(a).is_some_and(|it| it.contains(&b));
    for (at, (a, first, condition)) in exceptions.iter().enumerate() {
        for (b, second, other) in exceptions.iter().skip(at.saturating_add(1)) {
            if wins(*a, *b) || wins(*b, *a) || disjoint(lowering, *condition, *other) {
                continue;
            }
            let (one, two) = (&first.label.text, &second.label.text);
            let message =
                format!("les exceptions « {one} » et « {two} » pourraient valoir ensemble");
            lowering.report(
                Diagnostic::error("C07", second.span, message)
                    .note(first.span, "l’autre exception")
                    .why("une situation doit avoir une seule réponse")
                    .help(format!(
                        "ajoutez `prime sur « {one} »`, ou des conditions qui s’excluent"
                    )),
            );
        }
    }
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
    let Some(order) = left.order(right) else { return true };
    match comparison {
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

/// `x p v` asks for small values and `x q w` for large ones, with nothing in common.
fn opposed(p: Comparison, v: Value, q: Comparison, w: Value) -> bool {
    let below = matches!(p, Comparison::Lt | Comparison::Le);
    let above = matches!(q, Comparison::Gt | Comparison::Ge);
    let touching = p == Comparison::Le && q == Comparison::Ge;
    below && above && v.order(w).is_some_and(|it| it.is_lt() || (it.is_eq() && !touching))
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
