//! A rule that reads itself, at once or through others, in this month or another: refused.

use std::collections::{HashSet, VecDeque};

use law_syntax::Diagnostic;

use super::{Lowering, limits};
use crate::invariants::{RuleReads, rule_reads};
use crate::{RuleId, RuleKind};

/// Reports the shortest loop through each group of rules that read each other; without any, how deep rules
/// read each other is checked too.
pub(super) fn check(lowering: &mut Lowering<'_>) {
    let reads = rule_reads(&lowering.book);
    let order = in_order(&reads);
    if order.len() == reads.len() {
        return limits::check_chains(lowering, &order);
    }
    let fine: HashSet<RuleId> = order.into_iter().collect();
    let mut told: HashSet<RuleId> = HashSet::new();
    for idx in 0..reads.len() {
        let rule = RuleId::at(idx);
        if fine.contains(&rule) || told.contains(&rule) {
            continue;
        }
        if let Some(path) = shortest_loop(&reads, rule) {
            report(lowering, &path);
            told.extend(path);
        }
    }
}

/// The rules, each after those it reads; those that are in a loop, or read one, are left out.
fn in_order(reads: &RuleReads) -> Vec<RuleId> {
    let mut readers: Vec<Vec<RuleId>> = vec![Vec::new(); reads.len()];
    let mut awaited: Vec<usize> = Vec::with_capacity(reads.len());
    let mut res = Vec::with_capacity(reads.len());
    for (idx, read) in reads.iter().enumerate() {
        awaited.push(read.len());
        if read.is_empty() {
            res.push(RuleId::at(idx));
        }
        for it in read {
            if let Some(slot) = readers.get_mut(it.index()) {
                slot.push(RuleId::at(idx));
            }
        }
    }
    let mut next = 0;
    while let Some(rule) = res.get(next).copied() {
        next = next.saturating_add(1);
        for reader in readers.get(rule.index()).map(Vec::as_slice).unwrap_or_default() {
            let Some(left) = awaited.get_mut(reader.index()) else { continue };
            *left = left.saturating_sub(1);
            if *left == 0 {
                res.push(*reader);
            }
        }
    }
    res
}

/// Breadth first from the rule back to itself.
fn shortest_loop(reads: &RuleReads, start: RuleId) -> Option<Vec<RuleId>> {
    let mut from: Vec<Option<RuleId>> = vec![None; reads.len()];
    let mut queue = VecDeque::from([start]);
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
