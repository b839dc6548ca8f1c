//! All the months at once: what a rule is worth over time, told by the months in which it changes.
//!
//! ```text
//! facts, dated values, clocks (pieces) ──operations, stretch by stretch──▶ aid (pieces)
//! ```
//!
//! The dates of change are *solved*: the age condition of a child is one comparison with a change on one
//! month, not thirty-six evaluations. Amounts and statuses are those of the reference, month by month; a
//! test compares them. A line can also be drawn with some [`Event`]s held back: what would the month have
//! given, had this one thing not happened?

mod depend;
mod event;
mod groups;
mod ops;
mod reach;
mod series;
#[cfg(test)]
mod tests;
mod windows;

use base::{Month, Rational};
use law_ir::{
    AidInfo, ConditionKind, Entity, ExprId, Household, Instance, RuleId, RuleKind, Value,
};

pub(crate) use depend::{Leaves, of_inputs};
pub(crate) use event::{Event, Index};
pub(crate) use groups::members;
pub(crate) use reach::reach;
pub(crate) use series::{Cell, Piece, Series};

/// The rules of a book over the months of one household.
#[derive(Debug)]
pub(crate) struct Timeline<'a> {
    pub index: &'a Index<'a>,
    pub household: &'a Household,
    /// The first and last month that anything is worked out for.
    low: Month,
    high: Month,
    held: Vec<Event>,
    /// The months as they are, and what differs from them here.
    base: Option<(&'a Self, Leaves)>,
    rules: Vec<Vec<(Instance, Series)>>,
    exprs: Known,
}

/// What is known of each expression: for each, where its first entry is, then each entry says where the next
/// is.
#[derive(Debug, Default)]
struct Known {
    first: Vec<u32>,
    entries: Vec<(Entity, Instance, Series, u32)>,
}

impl Known {
    const NONE: u32 = u32::MAX;

    fn new(exprs: usize) -> Self {
        Self { first: vec![Self::NONE; exprs], entries: Vec::new() }
    }

    fn of(&self, expr: ExprId) -> impl Iterator<Item = (Entity, Instance, &Series)> {
        let mut at = self.first.get(expr.index()).copied().unwrap_or(Self::NONE);
        std::iter::from_fn(move || {
            let (entity, instance, series, next) =
                self.entries.get(usize::try_from(at).unwrap_or(usize::MAX))?;
            at = *next;
            Some((*entity, *instance, series))
        })
    }

    fn insert(&mut self, expr: ExprId, (entity, instance): (Entity, Instance), series: Series) {
        let Some(first) = self.first.get_mut(expr.index()) else { return };
        let at = u32::try_from(self.entries.len()).unwrap_or(Self::NONE);
        self.entries.push((entity, instance, series, std::mem::replace(first, at)));
    }
}

impl<'a> Timeline<'a> {
    /// Exact for these rules from `first` to `last`; what other rules or months give is not to be read.
    pub fn new(
        index: &'a Index<'a>,
        household: &'a Household,
        rules: &[RuleId],
        (first, last): (Month, Month),
    ) -> Self {
        let (back, ahead) = reach(index.book, rules);
        let book = index.book;
        Self {
            index,
            household,
            // One month more: an event that is held back makes a month read what the month before read.
            low: first.plus(back).plus(-1),
            high: last.plus(ahead),
            held: Vec::new(),
            base: None,
            rules: vec![Vec::new(); book.rules.len()],
            exprs: Known::new(book.nodes.len()),
        }
    }

    /// The same months, with these events held back. What they do not touch is not worked out again.
    pub fn holding(&'a self, events: &[Event]) -> Self {
        let leaves = depend::of_events(self.index.book, self.household, events);
        Self { held: events.to_vec(), ..self.derived(self.household, leaves) }
    }

    /// The same months for a household that differs by these facts only.
    pub fn moved(&'a self, household: &'a Household, leaves: Leaves) -> Self {
        self.derived(household, leaves)
    }

    fn derived(&'a self, household: &'a Household, leaves: Leaves) -> Self {
        Self {
            index: self.index,
            household,
            low: self.low,
            high: self.high,
            held: Vec::new(),
            base: Some((self, leaves)),
            rules: vec![Vec::new(); self.rules.len()],
            exprs: Known::new(self.exprs.first.len()),
        }
    }

    fn known_rule(&self, id: RuleId, instance: Instance) -> Option<Series> {
        let known = self.rules.get(id.index())?.iter().find(|it| it.0 == instance);
        if let Some((_, known)) = known {
            return Some(known.clone());
        }
        let (base, leaves) = self.base.as_ref()?;
        if self.index.depends().rule_meets(id, leaves) {
            return None;
        }
        base.known_rule(id, instance)
    }

    fn known_expr(&self, expr: ExprId, who: (Entity, Instance)) -> Option<Series> {
        if let Some((_, _, known)) = self.exprs.of(expr).find(|it| (it.0, it.1) == who) {
            return Some(known.clone());
        }
        let (base, leaves) = self.base.as_ref()?;
        if self.index.depends().expr_meets(expr, leaves) {
            return None;
        }
        base.known_expr(expr, who)
    }

    /// A rule or an aid, on one instance of its entity.
    pub fn rule(&mut self, id: RuleId, instance: Instance) -> Series {
        if let Some(known) = self.known_rule(id, instance) {
            return known;
        }
        let Some(rule) = self.index.book.rule(id) else { return self.constant(Cell::Fault) };
        let res = match &rule.kind {
            RuleKind::Aid(aid) => self.aid(rule.body, aid, (rule.entity, instance)),
            RuleKind::Rule | RuleKind::Local { .. } => {
                self.eval(rule.body, (rule.entity, instance))
            }
        };
        if let Some(known) = self.rules.get_mut(id.index()) {
            known.push((instance, res.clone()));
        }
        res
    }

    /// What an expression is worth for somebody.
    pub fn eval(&mut self, expr: ExprId, who: (Entity, Instance)) -> Series {
        if let Some(known) = self.known_expr(expr, who) {
            return known;
        }
        let Some(node) = self.index.book.node(expr) else { return self.constant(Cell::Fault) };
        let res = self.operation(expr, &node.op, who);
        self.exprs.insert(expr, who, res.clone());
        res
    }

    fn aid(&mut self, body: ExprId, aid: &AidInfo, who: (Entity, Instance)) -> Series {
        let mut conditions = Vec::new();
        for condition in &aid.conditions {
            if let ConditionKind::Test(test) = condition.kind {
                conditions.push(self.eval(test, who));
            }
        }
        let verdict = if conditions.is_empty() {
            self.constant(Cell::Known(Value::Bool(true)))
        } else {
            Series::all(&conditions, |_, cells| verdict(cells))
        };
        if !verdict.any(|it| matches!(it, Cell::Known(Value::Bool(true)) | Cell::Missing)) {
            return verdict.map(|it| match it {
                Cell::Known(_) => Cell::Known(Value::Number(Rational::ZERO)),
                stop => stop,
            });
        }
        let amount = self.eval(body, who);
        let paid_from = aid.paid_from;
        verdict.zip(&amount, |verdict, amount| paid(verdict, amount, paid_from))
    }

    /// The expressions that were worked out so far: those that mattered for somebody in some month.
    pub fn worked_out(&self) -> impl Iterator<Item = &law_ir::Op> {
        let nodes = self.index.book.nodes.iter().zip(&self.exprs.first);
        nodes.filter(|(_, first)| **first != Known::NONE).map(|(node, _)| &node.op)
    }

    /// For whom an expression was worked out so far.
    pub fn worked_out_for(&self, expr: ExprId) -> impl Iterator<Item = (Entity, Instance)> {
        self.exprs.of(expr).map(|it| (it.0, it.1))
    }

    fn constant(&self, cell: Cell) -> Series {
        Series::constant(self.low, cell)
    }

    /// The series, with the events that `concerns` picks held back.
    fn hold(&self, series: Series, concerns: impl Fn(&Event) -> bool) -> Series {
        if self.held.is_empty() {
            return series;
        }
        series.held(self.held.iter().filter(|it| concerns(it)).map(|it| it.month()))
    }
}

/// A fault stops the aid; one condition that fails settles it, whatever is missing elsewhere.
fn verdict(conditions: &[Cell]) -> Cell {
    let has = |cell: Cell| conditions.contains(&cell);
    if conditions.iter().any(|it| !matches!(it, Cell::Known(Value::Bool(_)) | Cell::Missing)) {
        Cell::Fault
    } else if has(Cell::Known(Value::Bool(false))) {
        Cell::Known(Value::Bool(false))
    } else if has(Cell::Missing) {
        Cell::Missing
    } else {
        Cell::Known(Value::Bool(true))
    }
}

fn paid(verdict: Cell, amount: Cell, paid_from: Option<Rational>) -> Cell {
    let zero = Cell::Known(Value::Number(Rational::ZERO));
    match (verdict, amount.number()) {
        (Cell::Known(Value::Bool(false)), _) => zero,
        (Cell::Fault, _) => Cell::Fault,
        (Cell::Missing, Err(stop)) => Cell::Missing.worse(stop),
        (Cell::Missing, Ok(_)) => Cell::Missing,
        (Cell::Known(_), Err(stop)) => stop,
        (Cell::Known(_), Ok(amount)) => {
            let due = paid_from.is_none_or(|from| amount >= from) && !amount.is_negative();
            if due { Cell::Known(Value::Number(amount)) } else { zero }
        }
    }
}
