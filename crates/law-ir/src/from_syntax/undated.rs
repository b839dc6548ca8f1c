//! An example that names no month must mean the same whatever the day it is read.

use std::collections::HashSet;

use law_syntax::Diagnostic;

use super::Lowering;
use crate::invariants::children;
use crate::{Book, ConditionKind, Example, ExprId, Op, RuleId, RuleKind, Symbol, WindowUse};

/// Refuses the examples without a month whose answer changes with time.
pub(super) fn check(lowering: &mut Lowering<'_>) {
    let book = &lowering.book;
    let undated = book.examples.iter().filter(|it| it.month.is_none());
    let told: Vec<Diagnostic> =
        undated.filter_map(|it| Some(moves(it, &reads_time(book, it)?))).collect();
    lowering.diagnostics.extend(told);
}

fn moves(example: &Example, what: &str) -> Diagnostic {
    let message = format!("cet exemple ne dit pas son mois, et {what} change avec le temps");
    Diagnostic::error("X08", example.span, message)
        .why("un exemple relu un autre jour doit donner le même résultat")
        .help("ajoutez le mois : `exemple en 2026-05 …`")
}

/// The first thing met that depends on the month; what the example gives is not looked into.
fn reads_time(book: &Book, example: &Example) -> Option<String> {
    let mut seen: HashSet<RuleId> = HashSet::new();
    // The rule of the example itself is never given: what it would give is refused.
    let mut waiting: Vec<ExprId> = vec![example.body];
    while let Some(expr) = waiting.pop() {
        let Some(node) = book.node(expr) else { continue };
        if let Some(name) = dated(book, &node.op) {
            return Some(name);
        }
        if let Op::Rule(id) = node.op {
            let given = example.given.iter().any(|(it, _)| *it == Symbol::Rule(id));
            if !given && seen.insert(id) {
                waiting.extend(bodies(book, id));
            }
        }
        waiting.extend(children(&node.op));
    }
    None
}

/// How to name what the operation reads, if it is not the same every month.
fn dated(book: &Book, op: &Op) -> Option<String> {
    let name = match op {
        Op::Param(id) => &book.param(*id)?.name,
        Op::Table { table, .. } => &book.table(*table)?.name,
        Op::Over { window: WindowUse::Named(id), .. } => &book.window(*id)?.name,
        Op::CurrentMonth => return Some("`mois_courant`".to_owned()),
        Op::MonthsSince(_) | Op::YearsSince(_) => return Some("un âge ou une durée".to_owned()),
        _ => return None,
    };
    Some(format!("`{name}`"))
}

/// The expressions of a rule: its body, and the conditions of an aid.
fn bodies(book: &Book, id: RuleId) -> Vec<ExprId> {
    let Some(rule) = book.rule(id) else { return Vec::new() };
    let mut res = vec![rule.body];
    if let RuleKind::Aid(aid) = &rule.kind {
        res.extend(aid.conditions.iter().filter_map(|it| match it.kind {
            ConditionKind::Test(test) => Some(test),
            ConditionKind::ToCheck => None,
        }));
    }
    res
}
