//! What may happen in a month, and which clocks of the rules it drives.

use std::cell::OnceCell;
use std::collections::HashMap;

use base::Month;
use law_ir::{Book, Entity, ExprId, Household, InputId, Instance, Op, RuleId, Type, invariants};

use super::depend::Depends;

/// Something that is not the same in `month` as in the month before.
///
/// Holding an event back means reading, in that month alone, what held the month before: the rules have no
/// other way to see time pass, so holding back every event of every month gives the month before itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Event {
    /// Facts of a person, family… change.
    Fact { entity: Entity, instance: Instance, month: Month },
    /// Dated values of the law (parameters, tables, windows) get a new version.
    Version { month: Month },
    /// One more month since a date of somebody: an age, a duration.
    Clock { input: InputId, instance: Instance, month: Month },
    /// The calendar itself: a new year of reference, a new quarter.
    Calendar { month: Month },
    /// A date written in the rule is reached.
    RuleDate { site: ExprId, month: Month },
}

impl Event {
    pub fn month(self) -> Month {
        match self {
            Self::Fact { month, .. }
            | Self::Version { month }
            | Self::Clock { month, .. }
            | Self::Calendar { month }
            | Self::RuleDate { month, .. } => month,
        }
    }

    /// The same event, whatever its month.
    pub fn in_month(self, month: Month) -> Self {
        match self {
            Self::Fact { entity, instance, .. } => Self::Fact { entity, instance, month },
            Self::Version { .. } => Self::Version { month },
            Self::Clock { input, instance, .. } => Self::Clock { input, instance, month },
            Self::Calendar { .. } => Self::Calendar { month },
            Self::RuleDate { site, .. } => Self::RuleDate { site, month },
        }
    }
}

/// What is worked out once for a book: what each reading of the clock is compared with, how far the rules
/// look, and which rules depend on which.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    pub book: &'a Book,
    /// For `mois_courant` inside a comparison: the other side.
    compared_with: HashMap<ExprId, ExprId>,
    /// Worked out when a month is first imagined otherwise.
    depends: OnceCell<Depends>,
}

impl<'a> Index<'a> {
    pub fn new(book: &'a Book) -> Self {
        let mut compared_with = HashMap::new();
        for node in &book.nodes {
            if let Op::Compare(_, a, b) = node.op {
                for (side, other) in [(a, b), (b, a)] {
                    if let Some(site) = current_month(book, side) {
                        compared_with.insert(site, other);
                    }
                }
            }
        }
        Self { book, compared_with, depends: OnceCell::new() }
    }

    pub fn depends(&self) -> &Depends {
        self.depends.get_or_init(|| Depends::new(self))
    }

    /// The event that moves a reading of the clock, as of `month`.
    pub fn clock(
        &self,
        household: &Household,
        site: ExprId,
        who: (Entity, Instance),
        month: Month,
    ) -> Event {
        let Some(date) = self.date_read(site) else { return Event::Calendar { month } };
        match self.origin(household, date, who) {
            Some((input, instance)) => Event::Clock { input, instance, month },
            None => Event::RuleDate { site, month },
        }
    }

    /// The date that a reading of the clock is set against; `None`: the calendar alone is read.
    pub fn date_read(&self, site: ExprId) -> Option<ExprId> {
        match self.book.node(site).map(|it| &it.op) {
            Some(Op::MonthsSince(date) | Op::YearsSince(date)) => Some(*date),
            Some(Op::CurrentMonth) => self.compared_with.get(&site).copied(),
            _ => None,
        }
    }

    /// The fact that a date comes from, when it is one.
    pub fn input_of(&self, date: ExprId) -> Option<InputId> {
        match &self.book.node(date)?.op {
            Op::Input(id) => (self.book.input(*id)?.ty == Type::Date).then_some(*id),
            Op::Rule(id) => self.input_of(self.book.rule(*id)?.body),
            Op::FirstOfMonth(it)
            | Op::OfApplicant(it)
            | Op::Call { body: it, .. }
            | Op::At { value: it, .. } => self.input_of(*it),
            _ => None,
        }
    }

    /// The same fact, with whose it is.
    fn origin(
        &self,
        household: &Household,
        date: ExprId,
        (entity, instance): (Entity, Instance),
    ) -> Option<(InputId, Instance)> {
        match &self.book.node(date)?.op {
            Op::Input(id) => {
                let input = self.book.input(*id)?;
                let seen = household.project(entity, instance, input.entity)?;
                (input.ty == Type::Date).then_some((*id, seen))
            }
            Op::Rule(id) => {
                let rule = self.book.rule(*id)?;
                let seen = household.project(entity, instance, rule.entity)?;
                self.origin(household, rule.body, (rule.entity, seen))
            }
            Op::FirstOfMonth(it) | Op::Call { body: it, .. } | Op::At { value: it, .. } => {
                self.origin(household, *it, (entity, instance))
            }
            Op::OfApplicant(it) => {
                let family = household.project(entity, instance, Entity::Family)?;
                let applicant = household.family(family)?.applicant;
                self.origin(household, *it, (Entity::Person, applicant))
            }
            _ => None,
        }
    }

    /// Every rule these ones read, in any month, themselves included.
    pub fn read_by(&self, rules: &[RuleId]) -> Vec<RuleId> {
        let reads = invariants::rule_reads(self.book);
        let mut seen = vec![false; self.book.rules.len()];
        let mut todo = rules.to_vec();
        while let Some(rule) = todo.pop() {
            let Some(slot) = seen.get_mut(rule.index()) else { continue };
            if !std::mem::replace(slot, true) {
                todo.extend(reads.get(rule.index()).into_iter().flatten());
            }
        }
        let kept = seen.iter().enumerate().filter(|(_, it)| **it);
        kept.map(|(rank, _)| RuleId::at(rank)).collect()
    }
}

fn current_month(book: &Book, expr: ExprId) -> Option<ExprId> {
    match &book.node(expr)?.op {
        Op::CurrentMonth => Some(expr),
        Op::At { value: it, .. } | Op::FirstOfMonth(it) => current_month(book, *it),
        _ => None,
    }
}

/// The first month whose first day is not before `day`.
pub(crate) fn first_full_month(day: base::Date) -> Month {
    day.month().plus(i32::from(day.day() > 1))
}
