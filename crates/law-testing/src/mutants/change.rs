//! A change of a book that can be undone.

use base::{Date, Rational};
use law_ir::{Book, Condition, ExprId, Op, ParamId, RuleId, RuleKind, TableId, Value, WindowId};

/// What to put in the place of something; swapping twice leaves the book as it was.
#[derive(Debug, Clone)]
pub enum Change {
    Node(ExprId, Op),
    ParamValue(ParamId, usize, Option<Value>),
    ParamDate(ParamId, usize, Date),
    Cell { table: TableId, version: usize, row: usize, column: usize, value: Value },
    WindowMonths(WindowId, usize, (i32, i32)),
    WindowDate(WindowId, usize, Date),
    Conditions(RuleId, Vec<Condition>),
    PaidFrom(RuleId, Option<Rational>),
}

impl Change {
    /// Puts the change in the book and what was there in the change.
    pub fn swap(&mut self, book: &mut Book) {
        match self {
            Self::Node(id, op) => {
                if let Some(node) = book.nodes.get_mut(id.index()) {
                    std::mem::swap(&mut node.op, op);
                }
            }
            Self::ParamValue(id, version, value) => {
                let param = book.params.get_mut(id.index());
                if let Some(it) = param.and_then(|it| it.versions.get_mut(*version)) {
                    std::mem::swap(&mut it.value, value);
                }
            }
            Self::ParamDate(id, version, from) => {
                let param = book.params.get_mut(id.index());
                if let Some(it) = param.and_then(|it| it.versions.get_mut(*version)) {
                    std::mem::swap(&mut it.from, from);
                }
            }
            Self::Cell { table, version, row, column, value } => {
                let table = book.tables.get_mut(table.index());
                let version = table.and_then(|it| it.versions.get_mut(*version));
                let row = version.and_then(|it| it.value.rows.get_mut(*row));
                if let Some(cell) = row.and_then(|it| it.1.get_mut(*column)) {
                    std::mem::swap(cell, value);
                }
            }
            Self::WindowMonths(id, version, months) => {
                let window = book.windows.get_mut(id.index());
                if let Some(it) = window.and_then(|it| it.versions.get_mut(*version)) {
                    std::mem::swap(&mut it.value, months);
                }
            }
            Self::WindowDate(id, version, from) => {
                let window = book.windows.get_mut(id.index());
                if let Some(it) = window.and_then(|it| it.versions.get_mut(*version)) {
                    std::mem::swap(&mut it.from, from);
                }
            }
            Self::Conditions(id, conditions) => {
                if let Some(rule) = book.rules.get_mut(id.index())
                    && let RuleKind::Aid(aid) = &mut rule.kind
                {
                    std::mem::swap(&mut aid.conditions, conditions);
                }
            }
            Self::PaidFrom(id, from) => {
                if let Some(rule) = book.rules.get_mut(id.index())
                    && let RuleKind::Aid(aid) = &mut rule.kind
                {
                    std::mem::swap(&mut aid.paid_from, from);
                }
            }
        }
    }
}
