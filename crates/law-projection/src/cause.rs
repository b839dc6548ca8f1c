//! Why an amount changed: one cause when holding one thing back undoes the change, otherwise the fewest.

use base::{Date, Month, Rational};
use law_ir::{Book, Entity, InputId, Instance, RuleId, Source, Type, Value};

use crate::timeline::{Cell, Event, Timeline};
use crate::walk::{Found, Frame, Leaf, differences};

/// What changed, and what it took with it.
#[derive(Debug, Clone)]
pub struct Cause {
    pub kind: CauseKind,
    /// The month in which it happened: earlier than the month of the change when the law looks back.
    pub happened: Month,
    /// The other aid through which it acts, if it does.
    pub through: Option<RuleId>,
    /// The rule nearest to the cause that has words for people.
    pub rule: Option<RuleId>,
    /// The condition of the aid that is now met (or no longer).
    pub condition: Option<MovedCondition>,
    /// A person who is now counted for the aid (or no longer).
    pub counted: Option<(Instance, bool)>,
}

#[derive(Debug, Clone)]
pub enum CauseKind {
    /// Somebody reaches an age, or is born.
    Age { person: Instance, born: Date },
    /// Time has passed since another date: an isolation, an arrival, the start of unemployment.
    Duration { input: InputId, instance: Instance, since: Date },
    /// New dated values of the law.
    Dated(Vec<DatedChange>),
    /// Facts of one person, family… changed.
    Facts { entity: Entity, instance: Instance, facts: Vec<FactChange> },
    /// The calendar: another year of reference, a new quarter.
    Calendar,
    /// A date written in the rule is reached.
    RuleDate,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DatedChange {
    pub label: String,
    /// In words; empty when there was none, or when it is not one value (a whole table, a window).
    pub before: String,
    pub after: String,
    pub since: Option<Date>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactChange {
    pub input: InputId,
    /// `None`: not known.
    pub before: Option<Value>,
    pub after: Option<Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MovedCondition {
    pub aid: RuleId,
    pub label: String,
    /// Met from now on; `false`: no longer met.
    pub met: bool,
}

/// One amount of one month, to be attributed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub aid: RuleId,
    pub instance: Instance,
    pub month: Month,
}

/// From what to what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    pub before: Cell,
    pub after: Cell,
}

impl Move {
    /// Between two amounts, the first is there again. When the amount came to be known, or no longer is,
    /// that is what has to be undone: which amount it was depends on everything else.
    pub fn is_undone(self, cell: Cell) -> bool {
        match (self.before, self.after) {
            (Cell::Known(_), Cell::Known(_)) => cell == self.before,
            (Cell::Known(_), _) => matches!(cell, Cell::Known(_)),
            (Cell::Missing | Cell::Fault, _) => cell == self.before,
        }
    }
}

/// The principal cause of a change, then the others without which it would not be undone; with the events
/// they tell.
pub(crate) fn attribute(line: &mut Timeline<'_>, target: Target) -> Vec<(Event, Cause)> {
    let Target { aid, instance, month } = target;
    let series = line.rule(aid, instance);
    let change = Move { before: series.at(month.plus(-1)), after: series.at(month) };
    let mut found = differences(line, aid, instance, month, false);
    let mut events = events_of(&found);
    // Holding back what was met must give the month before; if not, two changes hid one another.
    if !change.is_undone(undone(line, target, &events)) {
        found = differences(line, aid, instance, month, true);
        events = events_of(&found);
    }
    let events = fewest(line, target, change, events);
    let each = events.into_iter();
    each.filter_map(|event| Some((event, cause(line, aid, event, &found)?))).collect()
}

fn events_of(found: &[Found]) -> Vec<Event> {
    let mut res: Vec<Event> = Vec::new();
    for it in found {
        if !res.contains(&it.event) {
            res.push(it.event);
        }
    }
    res
}

/// What the month would have given, had these events not happened yet.
pub(crate) fn undone(line: &Timeline<'_>, target: Target, events: &[Event]) -> Cell {
    let Target { aid, instance, month } = target;
    let mut held = line.holding(events);
    held.rule(aid, instance).at(month)
}

/// One event that undoes the change alone, or a set of which none can be spared, the weightiest first.
fn fewest(line: &Timeline<'_>, target: Target, change: Move, events: Vec<Event>) -> Vec<Event> {
    if events.len() < 2 {
        return events;
    }
    let alone: Vec<Cell> = events.iter().map(|it| undone(line, target, &[*it])).collect();
    let sufficient = events.iter().zip(&alone).find(|(_, cell)| change.is_undone(**cell));
    if let Some((event, _)) = sufficient {
        return vec![*event];
    }
    let mut kept: Vec<(Event, Cell)> = events.into_iter().zip(alone).collect();
    let all: Vec<Event> = kept.iter().map(|it| it.0).collect();
    if change.is_undone(undone(line, target, &all)) {
        for at in (0..kept.len()).rev() {
            let rest = kept.iter().enumerate().filter(|(rank, _)| *rank != at);
            let rest: Vec<Event> = rest.map(|(_, it)| it.0).collect();
            if !rest.is_empty() && change.is_undone(undone(line, target, &rest)) {
                kept.remove(at);
            }
        }
    }
    kept.sort_by_key(|(_, cell)| std::cmp::Reverse(closeness(*cell, change.before)));
    kept.into_iter().map(|it| it.0).collect()
}

/// How near holding one event back comes to the month before: the nearest weighs most.
fn closeness(cell: Cell, before: Cell) -> Option<Rational> {
    let gap = cell.number().ok()?.checked_sub(before.number().ok()?)?;
    if gap.is_negative() { Some(gap) } else { gap.checked_neg() }
}

fn cause(line: &mut Timeline<'_>, aid: RuleId, event: Event, found: &[Found]) -> Option<Cause> {
    let met: Vec<&Found> = found.iter().filter(|it| it.event == event).collect();
    let first = met.first()?;
    let book = line.index.book;
    Some(Cause {
        kind: kind(line, event, &met),
        happened: event.month(),
        through: first.path.iter().skip(1).find_map(|it| other_aid(book, it)),
        rule: first.path.iter().rev().find_map(|it| told_rule(book, it)).filter(|it| *it != aid),
        condition: first.path.iter().find_map(|it| moved(book, aid, it)),
        counted: first.path.iter().find_map(|it| match it {
            Frame::Counted { person, counted } => Some((*person, *counted)),
            Frame::Rule { .. } | Frame::Condition { .. } => None,
        }),
    })
}

fn kind(line: &Timeline<'_>, event: Event, met: &[&Found]) -> CauseKind {
    match event {
        Event::Clock { input, instance, month } => {
            let date = match line.household.fact(input, instance) {
                law_ir::Fact::Known(history) => history.at(month).and_then(Value::as_date),
                _ => None,
            };
            match date {
                Some(born) if line.index.book.birth_date == Some(input) => {
                    CauseKind::Age { person: instance, born }
                }
                Some(since) => CauseKind::Duration { input, instance, since },
                None => CauseKind::Calendar,
            }
        }
        Event::Version { month } => {
            let mut res: Vec<DatedChange> = Vec::new();
            for it in met {
                if let Some(change) = dated(line.index.book, it.leaf, month)
                    && !res.iter().any(|known| known.label == change.label)
                {
                    res.push(change);
                }
            }
            CauseKind::Dated(res)
        }
        Event::Fact { entity, instance, month } => {
            let mut facts: Vec<FactChange> = Vec::new();
            for it in met {
                let Leaf::Fact { input, .. } = it.leaf else { continue };
                let at = |month| match line.household.fact(input, instance) {
                    law_ir::Fact::Known(history) => history.at(month),
                    _ => None,
                };
                let change = FactChange { input, before: at(month.plus(-1)), after: at(month) };
                if !facts.contains(&change) {
                    facts.push(change);
                }
            }
            CauseKind::Facts { entity, instance, facts }
        }
        Event::Calendar { .. } => CauseKind::Calendar,
        Event::RuleDate { .. } => CauseKind::RuleDate,
    }
}

fn dated(book: &Book, leaf: Leaf, month: Month) -> Option<DatedChange> {
    let write = |value: Option<Value>, ty: Type| {
        value.map(|it| law_explain::format::value(book, it, ty)).unwrap_or_default()
    };
    let before = month.plus(-1);
    match leaf {
        Leaf::Param(id) => {
            let param = book.param(id)?;
            let version = param.at(month).map(|it| it.1);
            Some(DatedChange {
                label: param.label.clone(),
                before: write(param.at(before).and_then(|it| it.1.value), param.ty),
                after: write(version.and_then(|it| it.value), param.ty),
                since: version.map(|it| it.from),
                sources: version.map(|it| it.sources.clone()).unwrap_or_default(),
            })
        }
        Leaf::Table { table, before, after } => {
            let table = book.table(table)?;
            let version = table.at(month).map(|it| it.1);
            let same = before == after;
            let told =
                |cell: Cell| if same { String::new() } else { write(cell.value(), table.ty) };
            Some(DatedChange {
                label: table.label.clone(),
                before: told(before),
                after: told(after),
                since: version.map(|it| it.from),
                sources: version.map(|it| it.sources.clone()).unwrap_or_default(),
            })
        }
        Leaf::Window(id) => {
            let window = book.window(id)?;
            let version = window.at(month).map(|it| it.1);
            Some(DatedChange {
                label: window.label.clone(),
                before: String::new(),
                after: String::new(),
                since: version.map(|it| it.from),
                sources: version.map(|it| it.sources.clone()).unwrap_or_default(),
            })
        }
        Leaf::Fact { .. } | Leaf::Clock => None,
    }
}

fn other_aid(book: &Book, frame: &Frame) -> Option<RuleId> {
    match frame {
        Frame::Rule { rule, .. } => {
            let aid = matches!(book.rule(*rule)?.kind, law_ir::RuleKind::Aid(_));
            aid.then_some(*rule)
        }
        Frame::Condition { .. } | Frame::Counted { .. } => None,
    }
}

/// A rule that people are told about, and whose value changed.
fn told_rule(book: &Book, frame: &Frame) -> Option<RuleId> {
    match frame {
        Frame::Rule { rule, before, after, .. } if before != after => {
            (!book.rule(*rule)?.hidden).then_some(*rule)
        }
        Frame::Rule { .. } | Frame::Condition { .. } | Frame::Counted { .. } => None,
    }
}

fn moved(book: &Book, of: RuleId, frame: &Frame) -> Option<MovedCondition> {
    let Frame::Condition { aid, rank, before, after } = frame else { return None };
    let (met, was) = (after.boolean().ok()?, before.boolean().ok());
    if *aid != of || was == Some(met) {
        return None;
    }
    let law_ir::RuleKind::Aid(info) = &book.rule(*aid)?.kind else { return None };
    let label = info.conditions.get(*rank)?.label.clone();
    Some(MovedCondition { aid: *aid, label, met })
}
