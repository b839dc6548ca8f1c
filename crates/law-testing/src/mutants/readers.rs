//! Which tests read what a slip changes.

use std::collections::{BTreeMap, BTreeSet};

use law_ir::{Book, ExprId, Op, RuleId, WindowUse, invariants};

use super::{Change, Mutant};

/// What stands directly above each expression.
pub(super) type Above = BTreeMap<ExprId, Vec<ExprId>>;

pub(super) fn above(book: &Book) -> Above {
    let mut res = Above::new();
    for (rank, node) in book.nodes.iter().enumerate() {
        for child in invariants::children(&node.op) {
            res.entry(child).or_default().push(ExprId::at(rank));
        }
    }
    res
}

/// The tests, by rank, that evaluate each expression and each rule.
#[derive(Debug, Default)]
pub(super) struct Readers {
    exprs: BTreeMap<ExprId, Vec<usize>>,
    rules: BTreeMap<RuleId, Vec<usize>>,
}

impl Readers {
    pub fn add(
        &mut self,
        test: usize,
        exprs: impl IntoIterator<Item = ExprId>,
        rules: impl IntoIterator<Item = RuleId>,
    ) {
        for expr in exprs {
            self.exprs.entry(expr).or_default().push(test);
        }
        for rule in rules {
            self.rules.entry(rule).or_default().push(test);
        }
    }

    /// The tests whose evaluation reads what is changed.
    pub fn of(&self, book: &Book, above: &Above, mutant: &Mutant) -> BTreeSet<usize> {
        let mut res = BTreeSet::new();
        for expr in places(book, above, mutant) {
            res.extend(self.exprs.get(&expr).into_iter().flatten());
        }
        for change in &mutant.changes {
            if let Change::Conditions(id, _) | Change::PaidFrom(id, _) = change {
                res.extend(self.rules.get(id).into_iter().flatten());
            }
        }
        res
    }
}

/// The expressions that a slip changes, as a trace tells them: constants leave no step, what stands above
/// them does; what reads a dated value stands for it.
pub(super) fn places(book: &Book, above: &Above, mutant: &Mutant) -> BTreeSet<ExprId> {
    let mut res = BTreeSet::new();
    for change in &mutant.changes {
        match change {
            Change::Node(id, _) => {
                if matches!(book.node(*id).map(|it| &it.op), Some(Op::Const(_))) {
                    res.extend(above.get(id).into_iter().flatten());
                } else {
                    res.insert(*id);
                }
            }
            Change::ParamValue(id, ..) | Change::ParamDate(id, ..) => {
                readers_of(book, &mut res, |op| matches!(op, Op::Param(it) if it == id));
            }
            Change::Cell { table: id, .. } => {
                readers_of(
                    book,
                    &mut res,
                    |op| matches!(op, Op::Table { table, .. } if table == id),
                );
            }
            Change::WindowMonths(id, ..) | Change::WindowDate(id, ..) => {
                readers_of(
                    book,
                    &mut res,
                    |op| matches!(op, Op::Over { window: WindowUse::Named(it), .. } if it == id),
                );
            }
            Change::Conditions(..) | Change::PaidFrom(..) => {}
        }
    }
    res
}

fn readers_of(book: &Book, res: &mut BTreeSet<ExprId>, is_one: impl Fn(&Op) -> bool) {
    for (rank, node) in book.nodes.iter().enumerate() {
        if is_one(&node.op) {
            res.insert(ExprId::at(rank));
        }
    }
}
