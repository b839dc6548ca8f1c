//! What every [`Book`] handed out satisfies, as code: called by tests on every book they build.

use crate::{
    Arm, ArmPattern, Book, ConditionKind, ExprId, Op, PropertyLaw, RuleId, RuleKind, Symbol, Type,
};

/// For each rule, the rules its body and conditions read, in any month.
pub type RuleReads = Vec<Vec<RuleId>>;

/// Which rules each rule reads.
pub fn rule_reads(book: &Book) -> RuleReads {
    let mut res = Vec::new();
    for rule in &book.rules {
        let mut found = Vec::new();
        visit(book, rule.body, &mut |op| {
            if let Op::Rule(id) = op {
                found.push(*id);
            }
        });
        if let RuleKind::Aid(aid) = &rule.kind {
            for condition in &aid.conditions {
                if let ConditionKind::Test(test) = condition.kind {
                    visit(book, test, &mut |op| {
                        if let Op::Rule(id) = op {
                            found.push(*id);
                        }
                    });
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        res.push(found);
    }
    res
}

/// Calls `see` on the expression and everything below it.
pub fn visit(book: &Book, expr: ExprId, see: &mut dyn FnMut(&Op)) {
    let Some(node) = book.node(expr) else { return };
    see(&node.op);
    for child in children(&node.op) {
        visit(book, child, see);
    }
}

/// The expressions directly below an operation, in order of writing.
pub fn children(op: &Op) -> Vec<ExprId> {
    match op {
        Op::Const(_)
        | Op::Param(_)
        | Op::Input(_)
        | Op::Rule(_)
        | Op::CurrentMonth
        | Op::Share
        | Op::IsParent
        | Op::IsChild
        | Op::IsApplicant
        | Op::TaxedElsewhere => Vec::new(),
        Op::Table { keys, .. } => keys.clone(),
        Op::OfApplicant(it)
        | Op::Call { body: it, .. }
        | Op::Not(it)
        | Op::Neg(it)
        | Op::Scale(it, _)
        | Op::Round { value: it, .. }
        | Op::In(it, _)
        | Op::At { value: it, .. }
        | Op::Over { body: it, .. }
        | Op::MonthsSince(it)
        | Op::YearsSince(it)
        | Op::YearOf(it)
        | Op::MonthNumberOf(it)
        | Op::FirstOfMonth(it) => vec![*it],
        Op::Add(a, b)
        | Op::Sub(a, b)
        | Op::Mul(a, b)
        | Op::Div(a, b)
        | Op::Compare(_, a, b)
        | Op::And(a, b)
        | Op::Or(a, b) => vec![*a, *b],
        Op::Min(all) | Op::Max(all) => all.clone(),
        Op::If { condition, then, otherwise } => vec![*condition, *then, *otherwise],
        Op::Select { subject, arms } => {
            let mut res: Vec<ExprId> = subject.iter().copied().collect();
            res.extend(arms.iter().flat_map(arm_children));
            res
        }
        Op::Aggregate(it) => {
            let mut res: Vec<ExprId> = it.filter.iter().copied().collect();
            res.push(it.body);
            res.extend(it.default);
            res
        }
        Op::Count { filter, .. } | Op::Rank { filter, .. } => filter.iter().copied().collect(),
    }
}

fn arm_children(arm: &Arm) -> Vec<ExprId> {
    let mut res = match &arm.pattern {
        ArmPattern::OneOf(values) => values.clone(),
        ArmPattern::LessThan(it)
        | ArmPattern::UpTo(it)
        | ArmPattern::AtLeast(it)
        | ArmPattern::MoreThan(it)
        | ArmPattern::When(it) => vec![*it],
        ArmPattern::Between(a, b) => vec![*a, *b],
        ArmPattern::Otherwise => Vec::new(),
    };
    res.push(arm.value);
    res
}

/// Everything that is wrong with the book; empty for every book handed out by
/// [`from_syntax`](crate::from_syntax).
pub fn broken(book: &Book) -> Vec<String> {
    let mut res = Vec::new();
    for (idx, node) in book.nodes.iter().enumerate() {
        for child in children(&node.op) {
            if child.index() >= book.nodes.len() {
                res.push(format!("node {idx} reads a node that does not exist"));
            }
        }
        if node.ty == Type::Unknown {
            res.push(format!("node {idx} has no type"));
        }
    }
    for rule in &book.rules {
        if book.node(rule.body).is_none() {
            res.push(format!("rule {} has no body", rule.name));
        }
    }
    for param in &book.params {
        if param.versions.is_empty() || !param.versions.is_sorted_by(|a, b| a.from < b.from) {
            res.push(format!("parameter {} has no ordered versions", param.name));
        }
    }
    for property in &book.properties {
        let (rule, test) = match property.law {
            PropertyLaw::Always { test, entity: _ } => (None, Some(test)),
            PropertyLaw::Moves { rule, provided, .. } => (Some(rule), provided),
        };
        let is_test = |id| book.node(id).is_some_and(|it| it.ty == Type::Bool);
        if !test.is_none_or(is_test) || rule.is_some_and(|it| book.rule(it).is_none()) {
            res.push(format!("property {} reads something else", property.name));
        }
    }
    for (name, symbol) in &book.names {
        let exists = match symbol {
            Symbol::Rule(id) => book.rule(*id).is_some_and(|it| it.name == *name),
            Symbol::Input(id) => book.input(*id).is_some_and(|it| it.name == *name),
            Symbol::Param(id) => book.param(*id).is_some_and(|it| it.name == *name),
            Symbol::Table(id) => book.table(*id).is_some_and(|it| it.name == *name),
            Symbol::Window(id) => book.window(*id).is_some_and(|it| it.name == *name),
            Symbol::Enum(id) => book.enumeration(*id).is_some_and(|it| it.name == *name),
            Symbol::Case(id) => book.case(*id).is_some_and(|it| it.name == *name),
            Symbol::Function(id) => book.function(*id).is_some_and(|it| it.name == *name),
            Symbol::Choice(rank) => book.choices.get(*rank).is_some_and(|it| it.name == *name),
        };
        if !exists {
            res.push(format!("name {name} points elsewhere"));
        }
    }
    res
}
