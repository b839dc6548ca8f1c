//! From an amount that is not the one of the month before, down to what is different.
//!
//! The walk goes through the operations whose value changed and stops at the leaves: a fact, a dated value,
//! a clock. A case that is no longer taken is followed both to what made it lose and to what changed in it.

use std::collections::HashSet;

use base::Month;
use law_ir::{
    Arm, ArmPattern, ConditionKind, Entity, ExprId, InputId, Instance, Op, ParamId, Role, Rule,
    RuleId, RuleKind, TableId, Value, WindowId, WindowUse,
};

use crate::timeline::{Cell, Event, Timeline, members};

type Who = (Entity, Instance);

/// A step of the way from the aid to what changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Frame {
    Rule {
        rule: RuleId,
        instance: Instance,
        before: Cell,
        after: Cell,
    },
    /// A condition of an aid, by its rank.
    Condition {
        aid: RuleId,
        rank: usize,
        before: Cell,
        after: Cell,
    },
    /// A person is now counted in a group, or no longer.
    Counted {
        person: Instance,
        counted: bool,
    },
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Leaf {
    Fact { input: InputId, instance: Instance },
    Param(ParamId),
    Table { table: TableId, before: Cell, after: Cell },
    Window(WindowId),
    Clock,
}

/// An event that was met, the leaf it moves and the way to it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub event: Event,
    pub leaf: Leaf,
    pub path: Vec<Frame>,
}

#[derive(Debug)]
pub(crate) struct Walk<'t, 'a> {
    line: &'t mut Timeline<'a>,
    /// Also goes through what has the same value as the month before: two changes may cancel out.
    deep: bool,
    seen: HashSet<(ExprId, Who, Month)>,
    path: Vec<Frame>,
    found: Vec<Found>,
}

/// What is not as the month before, for one aid in one month; in the order of the law.
pub(crate) fn differences(
    line: &mut Timeline<'_>,
    aid: RuleId,
    instance: Instance,
    month: Month,
    deep: bool,
) -> Vec<Found> {
    let (seen, path, found) = (HashSet::new(), Vec::new(), Vec::new());
    let mut walk = Walk { line, deep, seen, path, found };
    walk.rule(aid, instance, month);
    walk.found
}

impl Walk<'_, '_> {
    fn rule(&mut self, id: RuleId, instance: Instance, month: Month) {
        let Some(rule) = self.line.index.book.rule(id) else { return };
        let series = self.line.rule(id, instance);
        let (before, after) = (series.at(month.plus(-1)), series.at(month));
        self.path.push(Frame::Rule { rule: id, instance, before, after });
        match &rule.kind {
            RuleKind::Aid(_) => self.aid(id, rule, instance, month),
            RuleKind::Rule | RuleKind::Local { .. } => {
                self.expr(rule.body, (rule.entity, instance), month);
            }
        }
        self.path.pop();
    }

    fn aid(&mut self, id: RuleId, rule: &Rule, instance: Instance, month: Month) {
        let RuleKind::Aid(aid) = &rule.kind else { return };
        let who = (rule.entity, instance);
        let mut refused = false;
        for (rank, condition) in aid.conditions.iter().enumerate() {
            let ConditionKind::Test(test) = condition.kind else { continue };
            let series = self.line.eval(test, who);
            let (before, after) = (series.at(month.plus(-1)), series.at(month));
            refused |= before == Cell::Known(Value::Bool(false));
            self.path.push(Frame::Condition { aid: id, rank, before, after });
            self.expr(test, who, month);
            self.path.pop();
        }
        if !refused || self.deep {
            self.expr(rule.body, who, month);
        }
    }

    fn differs(&mut self, expr: ExprId, who: Who, month: Month) -> bool {
        let series = self.line.eval(expr, who);
        series.at(month) != series.at(month.plus(-1))
    }

    fn expr(&mut self, expr: ExprId, who: Who, month: Month) {
        let Some(node) = self.line.index.book.node(expr) else { return };
        if !self.deep && !self.differs(expr, who, month) {
            return;
        }
        if !self.seen.insert((expr, who, month)) {
            return;
        }
        match &node.op {
            Op::Const(_)
            | Op::Share
            | Op::IsParent
            | Op::IsChild
            | Op::IsApplicant
            | Op::TaxedElsewhere => {}
            Op::Param(id) => self.dated(expr, who, month, Leaf::Param(*id)),
            Op::Table { table, keys } => self.table(expr, *table, keys, who, month),
            Op::Input(id) => self.input(*id, who, month),
            Op::Rule(id) => {
                if let Some(instance) = self.line.seen(*id, who) {
                    self.rule(*id, instance, month);
                }
            }
            Op::OfApplicant(body) => {
                if let Some(applicant) = self.line.applicant(who) {
                    self.expr(*body, (Entity::Person, applicant), month);
                }
            }
            Op::At { value, shift } => self.expr(*value, who, month.plus(*shift)),
            Op::Over { window, body, .. } => self.over(*window, *body, who, month),
            Op::If { condition, then, otherwise } => {
                self.expr(*condition, who, month);
                let before = self.line.eval(*condition, who).at(month.plus(-1));
                match before.boolean() {
                    Ok(holds) => self.expr(if holds { *then } else { *otherwise }, who, month),
                    Err(_) => {
                        self.expr(*then, who, month);
                        self.expr(*otherwise, who, month);
                    }
                }
            }
            Op::Select { subject, arms } => self.select(*subject, arms, who, month),
            Op::Aggregate(it) => {
                for person in members(self.line.household, it.role, who) {
                    self.filter(it.filter, person, month);
                    self.expr(it.body, (Entity::Person, person), month);
                }
                if let Some(default) = it.default {
                    self.expr(default, who, month);
                }
            }
            Op::Count { role, filter } => {
                for person in members(self.line.household, *role, who) {
                    self.filter(*filter, person, month);
                }
            }
            Op::Rank { role, filter } => self.rank(*role, *filter, who, month),
            Op::CurrentMonth => self.clock(expr, who, month),
            Op::MonthsSince(date) | Op::YearsSince(date) => {
                self.expr(*date, who, month);
                self.clock(expr, who, month);
            }
            op => {
                for child in law_ir::invariants::children(op) {
                    self.expr(child, who, month);
                }
            }
        }
    }

    fn input(&mut self, id: InputId, who: Who, month: Month) {
        let Some(input) = self.line.index.book.input(id) else { return };
        let entity = input.entity;
        let Some(instance) = self.line.household.project(who.0, who.1, entity) else { return };
        let series = self.line.input(id, who);
        if series.at(month) != series.at(month.plus(-1)) {
            let event = Event::Fact { entity, instance, month };
            self.meet(event, Leaf::Fact { input: id, instance });
        }
    }

    fn dated(&mut self, expr: ExprId, who: Who, month: Month, leaf: Leaf) {
        if self.differs(expr, who, month) {
            self.meet(Event::Version { month }, leaf);
        }
    }

    fn table(&mut self, expr: ExprId, table: TableId, keys: &[ExprId], who: Who, month: Month) {
        for key in keys {
            self.expr(*key, who, month);
        }
        let versions = self.line.index.book.table(table).map(|it| {
            let rank = |month: Month| it.at(month).map(|(rank, _)| rank);
            (rank(month.plus(-1)), rank(month))
        });
        if versions.is_some_and(|(before, after)| before != after) {
            let series = self.line.eval(expr, who);
            let (before, after) = (series.at(month.plus(-1)), series.at(month));
            self.meet(Event::Version { month }, Leaf::Table { table, before, after });
        }
    }

    fn over(&mut self, window: WindowUse, body: ExprId, who: Who, month: Month) {
        let (first, last) = match window {
            WindowUse::Months { first, last } => (first, last),
            WindowUse::Year { .. } => {
                if month.month_of_year() == 1 {
                    self.meet(Event::Calendar { month }, Leaf::Clock);
                }
                return;
            }
            WindowUse::Named(id) => {
                let Some(window) = self.line.index.book.window(id) else { return };
                let (before, after) = (window.at(month.plus(-1)), window.at(month));
                if before.map(|it| it.0) != after.map(|it| it.0) {
                    self.meet(Event::Version { month }, Leaf::Window(id));
                }
                let Some((_, version)) = before else { return };
                version.value
            }
        };
        for offset in first..=last {
            self.expr(body, who, month.plus(offset));
        }
    }

    fn select(&mut self, subject: Option<ExprId>, arms: &[Arm], who: Who, month: Month) {
        if let Some(subject) = subject {
            self.expr(subject, who, month);
        }
        let chosen = self.line.chosen_arm(subject, arms, who);
        let rank = |cell: Cell| usize::try_from(cell.number().ok()?.numerator()).ok();
        let before = rank(chosen.at(month.plus(-1)));
        let after = rank(chosen.at(month));
        // What is looked at before the case that is taken decides too.
        let last = before.into_iter().chain(after).max().unwrap_or(arms.len());
        for arm in arms.iter().take(last.saturating_add(1)) {
            match &arm.pattern {
                ArmPattern::OneOf(values) => {
                    values.iter().for_each(|it| self.expr(*it, who, month));
                }
                ArmPattern::LessThan(it)
                | ArmPattern::UpTo(it)
                | ArmPattern::AtLeast(it)
                | ArmPattern::MoreThan(it)
                | ArmPattern::When(it) => self.expr(*it, who, month),
                ArmPattern::Between(low, high) => {
                    self.expr(*low, who, month);
                    self.expr(*high, who, month);
                }
                ArmPattern::Otherwise => {}
            }
        }
        if let Some(arm) = before.and_then(|it| arms.get(it)) {
            self.expr(arm.value, who, month);
        }
    }

    fn filter(&mut self, filter: Option<ExprId>, person: Instance, month: Month) {
        let Some(filter) = filter else { return };
        let who = (Entity::Person, person);
        let series = self.line.eval(filter, who);
        let counted = series.at(month) == Cell::Known(Value::Bool(true));
        let changed = series.at(month) != series.at(month.plus(-1));
        if changed {
            self.path.push(Frame::Counted { person, counted });
        }
        self.expr(filter, who, month);
        if changed {
            self.path.pop();
        }
    }

    fn rank(&mut self, role: Role, filter: Option<ExprId>, who: Who, month: Month) {
        let family = self.line.household.project(who.0, who.1, Entity::Family);
        let Some(family) = family else { return };
        for person in members(self.line.household, role, (Entity::Family, family)) {
            self.filter(filter, person, month);
            if let Some(birth) = self.line.index.book.birth_date {
                self.input(birth, (Entity::Person, person), month);
            }
        }
    }

    fn clock(&mut self, site: ExprId, who: Who, month: Month) {
        if self.differs(site, who, month) {
            let event = self.line.index.clock(self.line.household, site, who, month);
            self.meet(event, Leaf::Clock);
        }
    }

    fn meet(&mut self, event: Event, leaf: Leaf) {
        self.found.push(Found { event, leaf, path: self.path.clone() });
    }
}
