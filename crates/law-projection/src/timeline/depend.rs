//! What each expression depends on, so that a month imagined otherwise is worked out only where it differs.

use base::Month;
use law_ir::{
    Book, ConditionKind, Dated, ExprId, Household, InputId, Op, RuleId, RuleKind, WindowUse,
    invariants,
};

use super::event::{Event, Index, first_full_month};
use crate::edit::known;

/// A set of leaves: facts, dated values, clocks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Leaves(Vec<u64>);

impl Leaves {
    fn insert(&mut self, leaf: usize) {
        let (word, bit) = (leaf / 64, leaf % 64);
        if self.0.len() <= word {
            self.0.resize(word.saturating_add(1), 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

/// For each rule, the leaves it reads in any month.
#[derive(Debug)]
pub(crate) struct Depends {
    exprs: Vec<Option<Leaves>>,
    rules: Vec<Option<Leaves>>,
}

/// Where the leaves of each sort start.
struct Layout {
    params: usize,
    tables: usize,
    windows: usize,
    clocks: usize,
    calendar: usize,
    rule_date: usize,
}

fn layout(book: &Book) -> Layout {
    let params = book.inputs.len();
    let tables = params.saturating_add(book.params.len());
    let windows = tables.saturating_add(book.tables.len());
    let clocks = windows.saturating_add(book.windows.len());
    let calendar = clocks.saturating_add(book.inputs.len());
    let rule_date = calendar.saturating_add(1);
    Layout { params, tables, windows, clocks, calendar, rule_date }
}

impl Depends {
    pub fn new(index: &Index<'_>) -> Self {
        let book = index.book;
        let mut walk = Walk {
            index,
            layout: layout(book),
            res: Self { exprs: vec![None; book.nodes.len()], rules: vec![None; book.rules.len()] },
        };
        for rank in 0..book.rules.len() {
            walk.rule(RuleId::at(rank));
        }
        walk.res
    }

    pub fn expr_meets(&self, expr: ExprId, leaves: &Leaves) -> bool {
        let known = self.exprs.get(expr.index()).and_then(Option::as_ref);
        known.is_none_or(|it| it.meets(leaves))
    }

    pub fn rule_meets(&self, rule: RuleId, leaves: &Leaves) -> bool {
        let known = self.rules.get(rule.index()).and_then(Option::as_ref);
        known.is_none_or(|it| it.meets(leaves))
    }
}

/// These facts.
pub(crate) fn of_inputs(inputs: impl IntoIterator<Item = InputId>) -> Leaves {
    let mut res = Leaves::default();
    inputs.into_iter().for_each(|it| res.insert(it.index()));
    res
}

/// What these events move.
pub(crate) fn of_events(book: &Book, household: &Household, events: &[Event]) -> Leaves {
    let layout = layout(book);
    let mut res = Leaves::default();
    for event in events {
        match *event {
            Event::Fact { entity, instance, month } => {
                let of_entity = book.inputs.iter().enumerate().filter(|it| it.1.entity == entity);
                for (rank, _) in of_entity {
                    let at = |month| known(household, InputId::at(rank), instance, month);
                    if at(month) != at(month.plus(-1)) {
                        res.insert(rank);
                    }
                }
            }
            Event::Version { month } => {
                dated(&mut res, layout.params, month, book.params.iter().map(|it| &*it.versions));
                dated(&mut res, layout.tables, month, book.tables.iter().map(|it| &*it.versions));
                dated(&mut res, layout.windows, month, book.windows.iter().map(|it| &*it.versions));
            }
            Event::Clock { input, .. } => {
                res.insert(layout.clocks.saturating_add(input.index()));
            }
            Event::Calendar { .. } => res.insert(layout.calendar),
            Event::RuleDate { .. } => res.insert(layout.rule_date),
        }
    }
    res
}

fn dated<'v, T: 'v>(
    res: &mut Leaves,
    start: usize,
    month: Month,
    all: impl Iterator<Item = &'v [Dated<T>]>,
) {
    for (rank, versions) in all.enumerate() {
        if versions.iter().any(|it| first_full_month(it.from) == month) {
            res.insert(start.saturating_add(rank));
        }
    }
}

struct Walk<'i, 'a> {
    index: &'i Index<'a>,
    layout: Layout,
    res: Depends,
}

impl Walk<'_, '_> {
    fn rule(&mut self, id: RuleId) -> Leaves {
        if let Some(Some(known)) = self.res.rules.get(id.index()) {
            return known.clone();
        }
        let Some(rule) = self.index.book.rule(id) else { return Leaves::default() };
        let mut res = self.expr(rule.body);
        if let RuleKind::Aid(aid) = &rule.kind {
            for condition in &aid.conditions {
                if let ConditionKind::Test(test) = condition.kind {
                    res.add(&self.expr(test));
                }
            }
        }
        if let Some(slot) = self.res.rules.get_mut(id.index()) {
            *slot = Some(res.clone());
        }
        res
    }

    fn expr(&mut self, expr: ExprId) -> Leaves {
        if let Some(Some(known)) = self.res.exprs.get(expr.index()) {
            return known.clone();
        }
        let Some(node) = self.index.book.node(expr) else { return Leaves::default() };
        let mut res = Leaves::default();
        let layout = &self.layout;
        match &node.op {
            Op::Input(id) => res.insert(id.index()),
            Op::Param(id) => res.insert(layout.params.saturating_add(id.index())),
            Op::Table { table, .. } => res.insert(layout.tables.saturating_add(table.index())),
            Op::Over { window: WindowUse::Named(id), .. } => {
                res.insert(layout.windows.saturating_add(id.index()));
            }
            Op::Over { window: WindowUse::Year { .. }, .. } => res.insert(layout.calendar),
            Op::Rank { .. } => {
                if let Some(birth) = self.index.book.birth_date {
                    res.insert(birth.index());
                }
            }
            Op::CurrentMonth | Op::MonthsSince(_) | Op::YearsSince(_) => {
                match self.index.date_read(expr) {
                    None => res.insert(layout.calendar),
                    Some(date) => match self.index.input_of(date) {
                        Some(input) => res.insert(layout.clocks.saturating_add(input.index())),
                        None => res.insert(layout.rule_date),
                    },
                }
            }
            Op::Rule(id) => res = self.rule(*id),
            _ => {}
        }
        for child in invariants::children(&node.op) {
            res.add(&self.expr(child));
        }
        if let Some(slot) = self.res.exprs.get_mut(expr.index()) {
            *slot = Some(res.clone());
        }
        res
    }
}
