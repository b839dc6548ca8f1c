//! A rule that reads itself, at once or through others, in this month or another: refused.

use law_syntax::Diagnostic;

use super::Lowering;
use crate::invariants::{RuleReads, rule_reads};
use crate::{RuleId, RuleKind};

/// Reports the shortest loop through each group of rules that read each other.
pub(super) fn check(lowering: &mut Lowering<'_>) {
    let reads = rule_reads(&lowering.book);
    let mut told: Vec<RuleId> = Vec::new();
    for idx in 0..lowering.book.rules.len() {
        let rule = RuleId::at(idx);
        if told.contains(&rule) {
            continue;
        }
        if let Some(path) = shortest_loop(&reads, rule) {
            report(lowering, &path);
            told.extend(path);
        }
    }
}

/// Breadth first from the rule back to itself.
fn shortest_loop(reads: &RuleReads, start: RuleId) -> Option<Vec<RuleId>> {
    let mut from: Vec<Option<RuleId>> = vec![None; reads.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(rule) = queue.pop_front() {
        for next in reads.get(rule.index())? {
            if *next == start {
                let mut path = vec![rule];
                let mut at = rule;
                while at != start {
                    at = from.get(at.index()).copied().flatten()?;
                    path.push(at);
                }
                path.reverse();
                return Some(path);
            }
            let slot = from.get_mut(next.index())?;
            if slot.is_none() {
                *slot = Some(rule);
                queue.push_back(*next);
            }
        }
    }
    None
}

fn report(lowering: &mut Lowering<'_>, path: &[RuleId]) {
    let name = |id: &RuleId| {
        let rule = lowering.book.rule(*id);
        rule.map_or_else(String::new, |it| match it.kind {
            RuleKind::Local { .. } => format!("`{}` (où)", it.name),
            RuleKind::Rule | RuleKind::Aid(_) => format!("`{}`", it.name),
        })
    };
    let mut words: Vec<String> = path.iter().map(name).collect();
    words.extend(path.first().map(name));
    let Some(span) = path.first().and_then(|it| lowering.book.rule(*it)).map(|it| it.span) else {
        return;
    };
    lowering.report(
        Diagnostic::error("P02", span, format!("cette règle se lit elle-même : {}", words.join(" → ")))
            .why("le résultat dépendrait de l’ordre des calculs")
            .help("un montant d’un mois passé est une donnée : ce qui a été reçu, pas ce que la règle recalcule"),
    );
}
