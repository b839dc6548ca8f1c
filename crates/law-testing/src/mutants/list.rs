//! Every slip of a book, once for each place of the text.

use std::collections::{BTreeMap, BTreeSet};

use base::{Month, Rational};
use law_ir::{
    ArmPattern, Book, Condition, ConditionKind, ExprId, Op, ParamId, Rule, RuleId, RuleKind,
    TableId, Value, WindowId, WindowUse, invariants,
};
use law_syntax::Span;

use super::slips::{slips, step};
use super::{Change, Mutant};
use crate::corpus::full_name;
use crate::proof::op_kind;

/// The slips of everything the aids read, and of the dated values in force from `first` to `last`.
pub fn mutants(book: &Book, first: Month, last: Month) -> Vec<Mutant> {
    let reach = Reach::of(book);
    let mut res = Vec::new();
    reach.expressions(book, &mut res);
    for (rank, rule) in book.rules.iter().enumerate() {
        aid_slips(RuleId::at(rank), rule, &mut res);
    }
    for rank in reach.params {
        param_slips(book, ParamId::at(rank), (first, last), &mut res);
    }
    for rank in reach.tables {
        table_slips(book, TableId::at(rank), (first, last), &mut res);
    }
    for rank in reach.windows {
        window_slips(book, WindowId::at(rank), (first, last), &mut res);
    }
    res.sort_by_key(|it| (it.span, it.what.clone()));
    res
}

/// What the aids read.
#[derive(Default)]
struct Reach {
    /// Each expression with the rule it is written for.
    exprs: BTreeMap<ExprId, RuleId>,
    /// Constants that something is compared with or bounded by.
    thresholds: BTreeSet<ExprId>,
    params: BTreeSet<usize>,
    tables: BTreeSet<usize>,
    windows: BTreeSet<usize>,
}

impl Reach {
    fn of(book: &Book) -> Self {
        let mut res = Self::default();
        let mut waiting: Vec<RuleId> = book.aids().map(|(id, _, _)| id).collect();
        let mut seen: BTreeSet<RuleId> = waiting.iter().copied().collect();
        while let Some(id) = waiting.pop() {
            let Some(rule) = book.rule(id) else { continue };
            for root in roots(rule) {
                res.walk(book, root, id);
            }
            let read = invariants::rule_reads(book);
            for other in read.get(id.index()).into_iter().flatten() {
                if seen.insert(*other) {
                    waiting.push(*other);
                }
            }
        }
        res
    }

    fn walk(&mut self, book: &Book, expr: ExprId, rule: RuleId) {
        let Some(node) = book.node(expr) else { return };
        if self.exprs.insert(expr, rule).is_some() {
            return;
        }
        match &node.op {
            Op::Param(id) => drop(self.params.insert(id.index())),
            Op::Table { table, .. } => drop(self.tables.insert(table.index())),
            Op::Over { window: WindowUse::Named(id), .. } => drop(self.windows.insert(id.index())),
            Op::Compare(_, a, b) => self.thresholds.extend([*a, *b]),
            Op::Min(all) | Op::Max(all) => self.thresholds.extend(all),
            Op::Select { arms, .. } => {
                for arm in arms {
                    match &arm.pattern {
                        ArmPattern::OneOf(values) => self.thresholds.extend(values),
                        ArmPattern::LessThan(it)
                        | ArmPattern::UpTo(it)
                        | ArmPattern::AtLeast(it)
                        | ArmPattern::MoreThan(it) => drop(self.thresholds.insert(*it)),
                        ArmPattern::Between(a, b) => self.thresholds.extend([*a, *b]),
                        ArmPattern::When(_) | ArmPattern::Otherwise => {}
                    }
                }
            }
            _ => {}
        }
        for child in invariants::children(&node.op) {
            self.walk(book, child, rule);
        }
    }

    fn expressions(&self, book: &Book, res: &mut Vec<Mutant>) {
        // A function is written in place at each call: one slip of its text changes all of these places.
        let mut places: BTreeMap<(Span, &str, String), Mutant> = BTreeMap::new();
        for (expr, rule) in &self.exprs {
            let Some(node) = book.node(*expr) else { continue };
            let mut found = slips(book, &node.op);
            if let Op::Const(Value::Number(value)) = node.op
                && self.thresholds.contains(expr)
            {
                found.extend(thresholds(value, step(node.ty)));
            }
            for (op, what) in found {
                let key = (node.span, op_kind(&node.op), what.clone());
                let mutant = places.entry(key).or_insert_with(|| Mutant {
                    rule: Some(*rule),
                    within: full_name(book, *rule),
                    span: node.span,
                    what,
                    changes: Vec::new(),
                });
                mutant.changes.push(Change::Node(*expr, op));
            }
        }
        res.extend(places.into_values());
    }
}

pub(super) fn roots(rule: &Rule) -> Vec<ExprId> {
    let mut res = vec![rule.body];
    if let RuleKind::Aid(aid) = &rule.kind {
        res.extend(aid.conditions.iter().filter_map(|it| match it.kind {
            ConditionKind::Test(test) => Some(test),
            ConditionKind::ToCheck => None,
        }));
    }
    res
}

fn thresholds(value: Rational, step: Rational) -> Vec<(Op, String)> {
    [(step, "+"), (step.checked_neg().unwrap_or(step), "−")]
        .into_iter()
        .filter_map(|(by, sign)| {
            let moved = value.checked_add(by)?;
            Some((Op::Const(Value::Number(moved)), format!("seuil {value} {sign} {step}")))
        })
        .collect()
}

fn aid_slips(id: RuleId, rule: &Rule, res: &mut Vec<Mutant>) {
    let RuleKind::Aid(aid) = &rule.kind else { return };
    let mut add = |what: String, change: Change| {
        let (within, span) = (rule.name.clone(), rule.span);
        res.push(Mutant { rule: Some(id), within, span, what, changes: vec![change] });
    };
    for (rank, condition) in aid.conditions.iter().enumerate() {
        if condition.kind == ConditionKind::ToCheck {
            continue;
        }
        let mut kept: Vec<Condition> = aid.conditions.clone();
        kept.remove(rank);
        add(format!("condition {} oubliée", condition.name), Change::Conditions(id, kept));
    }
    if let Some(from) = aid.paid_from {
        add("seuil de versement oublié".to_owned(), Change::PaidFrom(id, None));
        let cent = Rational::from_cents(1);
        let moved = [(from.checked_add(cent), "+"), (from.checked_sub(cent), "−")];
        for (moved, sign) in moved {
            let what = format!("versé à partir de {from} {sign} 0,01");
            add(what, Change::PaidFrom(id, moved));
        }
    }
}

/// Whether a version that starts then, until the next, is in force in some month asked about.
fn in_force<T>(versions: &[law_ir::Dated<T>], rank: usize, (first, last): (Month, Month)) -> bool {
    let starts = versions.get(rank).is_some_and(|it| it.from.month() <= last);
    let next = versions.get(rank.saturating_add(1));
    starts && next.is_none_or(|it| it.from.month() > first)
}

fn param_slips(book: &Book, id: ParamId, period: (Month, Month), res: &mut Vec<Mutant>) {
    let Some(param) = book.param(id) else { return };
    let mut add = |what: String, change: Change| {
        let (within, span) = (param.name.clone(), param.span);
        res.push(Mutant { rule: None, within, span, what, changes: vec![change] });
    };
    for (rank, version) in param.versions.iter().enumerate() {
        if !in_force(&param.versions, rank, period) {
            continue;
        }
        let from = version.from;
        if let Some(Value::Number(value)) = version.value {
            let step = step(param.ty);
            for (moved, sign) in [(value.checked_add(step), "+"), (value.checked_sub(step), "−")]
            {
                let what = format!("depuis {from} : {value} {sign} {step}");
                add(what, Change::ParamValue(id, rank, moved.map(Value::Number)));
            }
        }
        let Some(before) = rank.checked_sub(1).and_then(|it| param.versions.get(it)) else {
            continue;
        };
        // Only what starts within the period can be told from what started before.
        if from.month() > period.0 {
            let what = format!("depuis {from} : valeur de la version précédente");
            add(what, Change::ParamValue(id, rank, before.value));
            if let Some(later) = from.month().plus(1).first_day() {
                let what = format!("depuis {from} : un mois trop tard");
                add(what, Change::ParamDate(id, rank, later));
            }
        }
    }
}

fn table_slips(book: &Book, id: TableId, period: (Month, Month), res: &mut Vec<Mutant>) {
    let Some(table) = book.table(id) else { return };
    let step = step(table.ty);
    for (version, dated) in table.versions.iter().enumerate() {
        if !in_force(&table.versions, version, period) {
            continue;
        }
        for (row, (_, cells)) in dated.value.rows.iter().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let Some(moved) = value.as_number().and_then(|it| it.checked_add(step)) else {
                    continue;
                };
                let value = Value::Number(moved);
                let (line, place) = (row.saturating_add(1), column.saturating_add(1));
                res.push(Mutant {
                    rule: None,
                    within: table.name.clone(),
                    span: table.span,
                    what: format!("depuis {}, ligne {line}, case {place} : + {step}", dated.from),
                    changes: vec![Change::Cell { table: id, version, row, column, value }],
                });
            }
        }
    }
}

fn window_slips(book: &Book, id: WindowId, period: (Month, Month), res: &mut Vec<Mutant>) {
    let Some(window) = book.window(id) else { return };
    let mut add = |what: String, change: Change| {
        let (within, span) = (window.name.clone(), window.span);
        res.push(Mutant { rule: None, within, span, what, changes: vec![change] });
    };
    for (rank, version) in window.versions.iter().enumerate() {
        if !in_force(&window.versions, rank, period) {
            continue;
        }
        let (first, last) = version.value;
        for by in [-1, 1] {
            let months = (first.saturating_add(by), last.saturating_add(by));
            let what = format!("depuis {} : fenêtre décalée de {by} mois", version.from);
            add(what, Change::WindowMonths(id, rank, months));
        }
        let longer = (first.saturating_sub(1), last);
        let what = format!("depuis {} : fenêtre d’un mois de plus", version.from);
        add(what, Change::WindowMonths(id, rank, longer));
        if let Some(later) = version.from.month().plus(1).first_day()
            && version.from.month() > period.0
        {
            let what = format!("depuis {} : un mois trop tard", version.from);
            add(what, Change::WindowDate(id, rank, later));
        }
    }
}
