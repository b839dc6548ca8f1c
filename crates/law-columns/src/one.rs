//! One household through a compiled plan, value by value: for who waits for the answer.
//!
//! Only what an answer depends on is computed, each once, on 64 bits. A number that does not fit leaves the whole
//! household to the reference.

use std::ops::Range;

use base::{Month, Rational, Rounding};
use law_ir::{Book, Entity, Fact, Household, InputId, Instance, Membership, Reduce, Role, Value};

use crate::answers::{Answers, Cell};
use crate::households::{is_sound, list_rank};
use crate::kernels::dates;
use crate::op::{Op, TableVersion};
use crate::plan::{Node, NodeId, Plan};
use crate::quick::{Fraction, Quick};
use crate::scalar::Stop;

/// Memory for [`Plan::one`], kept from one household to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// For each node, one more than where its values are; 0: not met yet.
    starts: Vec<u32>,
    values: Vec<Option<Quick>>,
    /// The persons of each group who have each role, group after group, role after role.
    members: Vec<Instance>,
    /// For each role, for each group, where they are.
    lists: [Vec<Range<usize>>; 7],
    /// Of the aggregations under way.
    persons: Vec<Instance>,
}

impl Plan {
    /// The plan on one household, the fastest way to one answer. Same results as
    /// [`evaluate`](crate::evaluate), for a container that would hold this household only.
    pub fn one(&self, book: &Book, household: &Household, scratch: &mut Scratch) -> Answers {
        let mut answers = Answers::alone(self, household);
        let told = is_sound(household) && self.told(household, scratch, &mut answers);
        let aids = self.aids.iter().cycle();
        for ((rank, output), (aid, _)) in self.outputs.iter().enumerate().zip(aids) {
            let month = rank.checked_div(self.aids.len()).and_then(|it| self.months.get(it));
            if (output.by_reference || !told)
                && let (Some(month), Some(column)) = (month, answers.columns.get_mut(rank))
            {
                let said = law_reference::evaluate(book, household, *month, &[*aid], false);
                for (row, it) in said.aids.iter().enumerate() {
                    column.set(row, Cell { status: it.status, amount: it.amount });
                }
            }
        }
        answers
    }

    /// Whether 64 bits sufficed for all answers.
    fn told(&self, household: &Household, scratch: &mut Scratch, answers: &mut Answers) -> bool {
        scratch.prepare(self, household);
        let mut one = One { plan: self, household, scratch, beyond: false };
        let aids = self.aids.iter().cycle();
        for ((output, column), (_, entity)) in
            self.outputs.iter().zip(&mut answers.columns).zip(aids)
        {
            for row in 0..household.count(*entity) {
                let instance = Instance::try_from(row).unwrap_or(Instance::MAX);
                column.set(row, Cell::of(one.value(output.node, instance).scalar()));
            }
            if one.beyond {
                return false;
            }
        }
        true
    }
}

impl Scratch {
    fn prepare(&mut self, plan: &Plan, household: &Household) {
        self.starts.clear();
        self.starts.resize(plan.nodes.len(), 0);
        self.values.clear();
        self.persons.clear();
        self.members.clear();
        self.lists.iter_mut().for_each(Vec::clear);
        for it in &household.families {
            let couple = std::iter::once(it.applicant).chain(it.partner);
            self.group(0, couple.clone());
            self.group(1, it.children.iter().copied());
            self.group(2, couple.chain(it.children.iter().copied()));
        }
        for it in &household.tax_households {
            self.group(3, it.declarants.iter().copied());
            self.group(4, it.dependants.iter().copied());
            self.group(5, it.declarants.iter().chain(&it.dependants).copied());
        }
        for it in &household.dwellings {
            self.group(6, it.occupants.iter().copied());
        }
    }

    fn group(&mut self, list: usize, persons: impl Iterator<Item = Instance>) {
        let start = self.members.len();
        self.members.extend(persons);
        if let Some(list) = self.lists.get_mut(list) {
            list.push(start..self.members.len());
        }
    }
}

struct One<'a> {
    plan: &'a Plan,
    household: &'a Household,
    scratch: &'a mut Scratch,
    /// A number did not fit: nothing that was computed is worth anything.
    beyond: bool,
}

impl One<'_> {
    /// The node's value, computed now if it has not been. Goes as deep as the rules read each other, which the
    /// loader bounds.
    fn value(&mut self, id: NodeId, instance: Instance) -> Quick {
        if let Some(Some(constant)) = self.plan.quick.get(id.index()) {
            return *constant;
        }
        let Some(node) = self.plan.node(id) else { return Quick::Fault };
        let at = self.place(id, node, instance);
        if let Some(Some(value)) = self.scratch.values.get(at) {
            return *value;
        }
        let value = self.computed(node, instance);
        if let Some(slot) = self.scratch.values.get_mut(at) {
            *slot = Some(value);
        }
        value
    }

    /// Where the value is kept.
    fn place(&mut self, id: NodeId, node: &Node, instance: Instance) -> usize {
        let Some(start) = self.scratch.starts.get_mut(id.index()) else { return usize::MAX };
        if *start == 0 {
            let at = self.scratch.values.len();
            let count = node.axis.map_or(1, |it| self.household.count(it));
            self.scratch.values.resize(at.saturating_add(count), None);
            *start = u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX);
        }
        // An instance there is not would read what is kept for another node.
        let first = (*start as usize).saturating_sub(1);
        match node.axis {
            Some(axis) if usize::from(instance) >= self.household.count(axis) => usize::MAX,
            Some(_) => first.saturating_add(usize::from(instance)),
            None => first,
        }
    }

    fn computed(&mut self, node: &Node, instance: Instance) -> Quick {
        match &node.op {
            // One that does not fit.
            Op::Const(_) => self.beyond(),
            Op::Input { input, month } => self.input(*input, *month, instance),
            Op::Share | Op::IsParent | Op::IsChild | Op::IsApplicant | Op::TaxedElsewhere => {
                self.membership(&node.op, instance)
            }
            Op::Project { from } => {
                let to = node.axis.and_then(|it| self.household.project(it, instance, *from));
                match (to, node.args.first()) {
                    (Some(to), Some(arg)) => self.value(*arg, to),
                    _ => Quick::Missing,
                }
            }
            Op::Applicant => match (self.household.family(instance), node.args.first()) {
                (Some(family), Some(arg)) => self.value(*arg, family.applicant),
                _ => Quick::Fault,
            },
            Op::And => self.connect(node, instance, false),
            Op::Or => self.connect(node, instance, true),
            Op::Select { subject, otherwise } => self.select(node, instance, *subject, *otherwise),
            Op::Aid { paid_from } => self.aid(node, instance, *paid_from),
            Op::Aggregate { .. } | Op::Count { .. } => self.aggregate(node, instance),
            Op::Rank { role, filter } => self.rank(node, instance, *role, *filter),
            Op::Window(reduce) => {
                let mut total = Total::new(*reduce);
                for arg in &node.args {
                    if total.settled.is_none() {
                        total.add(self.value(*arg, instance));
                    }
                }
                self.reduced(&total)
            }
            Op::Min | Op::Max => self.extreme(node, instance),
            Op::Table(table) => self.table(node, table.as_ref(), instance),
            Op::OneOf => self.one_of(node, instance),
            op => self.plain(op, node, instance),
        }
    }

    fn beyond(&mut self) -> Quick {
        self.beyond = true;
        Quick::Fault
    }

    fn fitting(&mut self, number: Option<Fraction>) -> Quick {
        number.map_or_else(|| self.beyond(), Quick::Number)
    }

    /// Operations that need all of one operand or two.
    fn plain(&mut self, op: &Op, node: &Node, instance: Instance) -> Quick {
        match *node.args {
            [it] => {
                let it = self.value(it, instance);
                self.on_one(op, it).unwrap_or_else(Quick::of_stop)
            }
            [a, b] => {
                let (a, b) = (self.value(a, instance), self.value(b, instance));
                if let Op::Compare(comparison) = op {
                    return Quick::compare(*comparison, a, b);
                }
                match (a.number(), b.number()) {
                    (Ok(a), Ok(b)) => self.arithmetic(op, a, b),
                    (a, b) => a.err().max(b.err()).map_or(Quick::Fault, Quick::of_stop),
                }
            }
            _ => Quick::Fault,
        }
    }

    fn arithmetic(&mut self, op: &Op, a: Fraction, b: Fraction) -> Quick {
        let number = match op {
            Op::Add => a.add(b),
            Op::Sub => a.add(b.neg()),
            Op::Mul => a.mul(b),
            // A division by zero is a fault.
            Op::Div if b.is_zero() => return Quick::Fault,
            Op::Div => a.div(b),
            _ => return Quick::Fault,
        };
        self.fitting(number)
    }

    fn on_one(&mut self, op: &Op, it: Quick) -> Result<Quick, Stop> {
        Ok(match op {
            Op::Not => Quick::Bool(!it.truth()?),
            Op::Neg => Quick::Number(it.number()?.neg()),
            Op::Round { mode, quantum } => {
                let number = it.number()?;
                self.round(number, *quantum, *mode)
            }
            Op::In(cases) => match it {
                Quick::Case(case) => Quick::Bool(cases.iter().any(|it| it.0 == case)),
                other => return Err(other.stop().unwrap_or(Stop::Fault)),
            },
            Op::FirstOfMonth => Quick::Date(dates::first_of_month(it.date()?)),
            op => dates::told(op, it.date()?).map_or(Quick::Fault, Quick::whole),
        })
    }

    fn round(&mut self, number: Fraction, quantum: Rational, mode: Rounding) -> Quick {
        if quantum <= Rational::ZERO {
            return Quick::Fault;
        }
        let rounded = Fraction::of(quantum).and_then(|quantum| number.rounded(quantum, mode));
        self.fitting(rounded)
    }

    fn input(&mut self, input: InputId, month: Month, instance: Instance) -> Quick {
        let value = match self.household.fact(input, instance) {
            Fact::Known(history) => history.at(month),
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
        };
        let Some(value) = value else { return Quick::Missing };
        Quick::of_value(value).unwrap_or_else(|| self.beyond())
    }

    fn membership(&mut self, op: &Op, instance: Instance) -> Quick {
        let Some(person) = self.household.person(instance) else { return Quick::Fault };
        let child = matches!(person.membership, Membership::Child { .. });
        match op {
            Op::Share => match person.membership {
                Membership::Child { share } => self.fitting(Fraction::of(share)),
                Membership::Applicant | Membership::Partner => Quick::whole(1),
            },
            Op::IsApplicant => Quick::Bool(person.membership == Membership::Applicant),
            Op::TaxedElsewhere => Quick::Bool(person.tax_household.is_none()),
            Op::IsChild => Quick::Bool(child),
            _ => Quick::Bool(!child),
        }
    }

    /// `et` (settled by false) and `ou` (settled by true).
    fn connect(&mut self, node: &Node, instance: Instance, settles: bool) -> Quick {
        let [a, b] = *node.args else { return Quick::Fault };
        match self.value(a, instance).truth() {
            Ok(it) if it == settles => Quick::Bool(settles),
            Ok(_) => self.value(b, instance),
            Err(Stop::Fault) => Quick::Fault,
            Err(Stop::Missing) => match self.value(b, instance).truth() {
                Ok(it) if it == settles => Quick::Bool(settles),
                Err(Stop::Fault) => Quick::Fault,
                Ok(_) | Err(Stop::Missing) => Quick::Missing,
            },
        }
    }

    fn select(&mut self, node: &Node, instance: Instance, subject: bool, otherwise: bool) -> Quick {
        let mut rest = &*node.args;
        if subject && let Some((first, arms)) = rest.split_first() {
            let value = self.value(*first, instance);
            if value.stop().is_some() {
                return value;
            }
            rest = arms;
        }
        let (arms, last) = match rest.split_last() {
            Some((last, arms)) if otherwise => (arms, Some(*last)),
            _ => (rest, None),
        };
        for arm in arms.chunks_exact(2) {
            let [test, value] = arm else { continue };
            match self.value(*test, instance).truth() {
                Ok(true) => return self.value(*value, instance),
                Ok(false) => {}
                Err(stop) => return Quick::of_stop(stop),
            }
        }
        last.map_or(Quick::Fault, |it| self.value(it, instance))
    }

    /// A fault in any condition stops; a condition that fails settles it, and the amount is not looked at.
    fn aid(&mut self, node: &Node, instance: Instance, paid_from: Option<Rational>) -> Quick {
        let Some((amount, conditions)) = node.args.split_last() else { return Quick::Fault };
        let (mut failed, mut missing) = (false, false);
        for condition in conditions {
            match self.value(*condition, instance).truth() {
                Ok(true) => {}
                Ok(false) => failed = true,
                Err(Stop::Missing) => missing = true,
                Err(Stop::Fault) => return Quick::Fault,
            }
        }
        if failed {
            return Quick::ZERO;
        }
        match self.value(*amount, instance).number() {
            Err(stop) => Quick::of_stop(stop),
            Ok(_) if missing => Quick::Missing,
            Ok(amount) => {
                let from = paid_from.map(Fraction::of);
                if from.is_some_and(|it| it.is_none()) {
                    return self.beyond();
                }
                let enough = from.flatten().is_none_or(|from| amount.order(from).is_ge());
                if enough && !amount.is_negative() { Quick::Number(amount) } else { Quick::ZERO }
            }
        }
    }

    fn extreme(&mut self, node: &Node, instance: Instance) -> Quick {
        let mut stopped = None;
        let mut best: Option<Fraction> = None;
        for arg in &node.args {
            let value = self.value(*arg, instance);
            stopped = stopped.max(value.stop());
            let Quick::Number(it) = value else { continue };
            let replaced = best.is_none_or(|best| match node.op {
                Op::Max => it.order(best).is_gt(),
                _ => it.order(best).is_lt(),
            });
            best = if replaced { Some(it) } else { best };
        }
        match (stopped, best) {
            (Some(stop), _) => Quick::of_stop(stop),
            (None, best) => best.map_or(Quick::Fault, Quick::Number),
        }
    }

    /// The keys have to be known even where no version is in force.
    fn table(&mut self, node: &Node, table: Option<&TableVersion>, instance: Instance) -> Quick {
        let mut keys = [Value::Bool(false); 2];
        let mut stopped = None;
        for (at, arg) in node.args.iter().enumerate() {
            match self.value(*arg, instance).scalar().held() {
                Err(stop) => stopped = stopped.max(Some(stop)),
                // Tables have rows and columns: other keys are not read.
                Ok(key) => {
                    if let Some(slot) = keys.get_mut(at) {
                        *slot = key;
                    }
                }
            }
        }
        if let Some(stop) = stopped {
            return Quick::of_stop(stop);
        }
        let keys = keys.get(..node.args.len().min(2)).unwrap_or_default();
        match table.and_then(|it| it.values.get(keys)) {
            Some(value) => Quick::of_value(value).unwrap_or_else(|| self.beyond()),
            None => Quick::Fault,
        }
    }

    /// The subject, then what it may equal: all of it has to be known.
    fn one_of(&mut self, node: &Node, instance: Instance) -> Quick {
        let Some((subject, values)) = node.args.split_first() else { return Quick::Fault };
        let subject = self.value(*subject, instance);
        if subject.stop().is_some() {
            return subject;
        }
        let (mut found, mut stopped) = (false, None);
        for value in values {
            let value = self.value(*value, instance);
            stopped = stopped.max(value.stop());
            found |= value.is(subject);
        }
        stopped.map_or(Quick::Bool(found), Quick::of_stop)
    }

    // ── groups ────────────────────────────────────────────────────────────────────────────────────

    /// Puts aside the persons of the group who have the role and pass the filter, or tells why that cannot be
    /// told. Those from the rank that is returned on are theirs.
    fn keep(
        &mut self,
        entity: Entity,
        role: Role,
        group: Instance,
        filter: Option<NodeId>,
    ) -> Result<usize, Stop> {
        let base = self.scratch.persons.len();
        let lists = list_rank(entity, role).and_then(|it| self.scratch.lists.get(it));
        let members = lists.and_then(|it| it.get(usize::from(group))).cloned().unwrap_or(0..0);
        let mut stopped = None;
        for at in members {
            let Some(person) = self.scratch.members.get(at).copied() else { continue };
            match filter.map_or(Ok(true), |it| self.value(it, person).truth()) {
                Ok(true) => self.scratch.persons.push(person),
                Ok(false) => {}
                Err(stop) => stopped = stopped.max(Some(stop)),
            }
        }
        match stopped {
            None => Ok(base),
            Some(stop) => {
                self.scratch.persons.truncate(base);
                Err(stop)
            }
        }
    }

    fn aggregate(&mut self, node: &Node, instance: Instance) -> Quick {
        let (Op::Aggregate { role, filter, .. } | Op::Count { role, filter }) = node.op else {
            return Quick::Fault;
        };
        let (filter, rest) = match node.args.split_first() {
            Some((first, rest)) if filter => (Some(*first), rest),
            _ => (None, &*node.args),
        };
        let entity = node.axis.unwrap_or(Entity::Person);
        let base = match self.keep(entity, role, instance, filter) {
            Ok(base) => base,
            Err(stop) => return Quick::of_stop(stop),
        };
        let end = self.scratch.persons.len();
        let value = match (&node.op, rest) {
            (Op::Aggregate { .. }, [_, default]) if base == end => self.value(*default, instance),
            (Op::Aggregate { reduce, .. }, [body, ..]) => {
                let mut total = Total::new(*reduce);
                for at in base..end {
                    let Some(person) = self.scratch.persons.get(at).copied() else { continue };
                    if total.settled.is_none() {
                        total.add(self.value(*body, person));
                    }
                }
                self.reduced(&total)
            }
            (Op::Aggregate { .. }, []) => Quick::Fault,
            _ => Quick::count(end.saturating_sub(base)),
        };
        self.scratch.persons.truncate(base);
        value
    }

    fn reduced(&mut self, total: &Total) -> Quick {
        total.told().unwrap_or_else(|| self.beyond())
    }

    /// By birth date, then in order of declaration; 0 for who is not counted.
    fn rank(&mut self, node: &Node, instance: Instance, role: Role, has_filter: bool) -> Quick {
        let (filter, birth) = match *node.args {
            [filter, birth] if has_filter => (Some(filter), birth),
            [birth] if !has_filter => (None, birth),
            _ => return Quick::Fault,
        };
        let Some(person) = self.household.person(instance) else { return Quick::Fault };
        let base = match self.keep(Entity::Family, role, person.family, filter) {
            Ok(base) => base,
            Err(stop) => return Quick::of_stop(stop),
        };
        let rank = self.rank_from(base, instance, birth);
        self.scratch.persons.truncate(base);
        rank.unwrap_or_else(Quick::of_stop)
    }

    fn rank_from(&mut self, base: usize, own: Instance, birth: NodeId) -> Result<Quick, Stop> {
        let end = self.scratch.persons.len();
        let persons = self.scratch.persons.get(base..end).unwrap_or_default();
        let Some(place) = persons.iter().position(|it| *it == own) else {
            return Ok(Quick::whole(0));
        };
        let born_first = self.value(birth, own);
        let (mut before, mut stopped) = (0usize, born_first.date().err());
        for at in base..end {
            let Some(person) = self.scratch.persons.get(at).copied() else { continue };
            match (self.value(birth, person).date(), born_first.date()) {
                (Ok(other), Ok(own)) => {
                    let earlier = other < own || (other == own && at.saturating_sub(base) < place);
                    before = before.saturating_add(usize::from(earlier));
                }
                (Err(stop), _) => stopped = stopped.max(Some(stop)),
                (Ok(_), Err(_)) => {}
            }
        }
        stopped.map_or(Ok(Quick::count(before.saturating_add(1))), Err)
    }
}

/// What the values of several months, or of several persons, are together, as [`reduced`] tells it.
///
/// [`reduced`]: crate::scalar::reduced
struct Total {
    reduce: Reduce,
    /// What nothing that follows changes.
    settled: Option<Quick>,
    stopped: Option<Stop>,
    /// `None`: beyond 64 bits.
    sum: Option<Fraction>,
    best: Option<Fraction>,
    count: usize,
}

impl Total {
    fn new(reduce: Reduce) -> Self {
        let sum = Some(Fraction::ZERO);
        Self { reduce, settled: None, stopped: None, sum, best: None, count: 0 }
    }

    fn add(&mut self, value: Quick) {
        self.count = self.count.saturating_add(1);
        match value {
            Quick::Bool(it) => {
                let settles = match self.reduce {
                    Reduce::Any => it,
                    Reduce::All => !it,
                    Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => false,
                };
                self.settled = settles.then_some(value);
            }
            Quick::Number(it) => {
                self.sum = self.sum.and_then(|sum| sum.add(it));
                let replaced = self.best.is_none_or(|best| match self.reduce {
                    Reduce::Max => it.order(best).is_gt(),
                    _ => it.order(best).is_lt(),
                });
                self.best = if replaced { Some(it) } else { self.best };
            }
            Quick::Date(_) | Quick::Case(_) => self.settled = Some(Quick::Fault),
            Quick::Missing | Quick::Fault => self.stopped = self.stopped.max(value.stop()),
        }
    }

    /// `None`: it does not fit.
    fn told(&self) -> Option<Quick> {
        let sum = self.sum?;
        if let Some(settled) = self.settled {
            return Some(settled);
        }
        if let Some(stop) = self.stopped {
            return Some(Quick::of_stop(stop));
        }
        Some(match self.reduce {
            Reduce::Any => Quick::Bool(false),
            Reduce::All => Quick::Bool(true),
            Reduce::Sum => Quick::Number(sum),
            Reduce::Mean if self.count == 0 => Quick::Fault,
            Reduce::Mean => match Quick::count(self.count) {
                Quick::Number(count) => Quick::Number(sum.div(count)?),
                _ => Quick::Fault,
            },
            Reduce::Max | Reduce::Min => self.best.map_or(Quick::Fault, Quick::Number),
        })
    }
}
