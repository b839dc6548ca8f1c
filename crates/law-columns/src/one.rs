//! One household through a compiled plan, value by value: for who waits for the answer.
//!
//! Only what an answer depends on is computed, each once. The numbers are the reference's own.

use base::{Month, Rational};
use law_ir::{Book, Entity, Fact, Household, InputId, Instance, Membership, Role};

use crate::answers::{Answers, Cell};
use crate::households::{Households, list_rank};
use crate::kernels::rank_among;
use crate::op::Op;
use crate::plan::{Node, NodeId, Plan};
use crate::scalar::{self, Scalar, Stop};

/// Memory for [`Plan::one`], kept from one household to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// For each node, one more than where its values are; 0: not met yet.
    starts: Vec<u32>,
    values: Vec<Option<Scalar>>,
    operands: Vec<Scalar>,
}

impl Plan {
    /// The plan on one household, the fastest way to one answer. Same results as
    /// [`evaluate`](crate::evaluate), for a container that would hold this household only.
    pub fn one(&self, book: &Book, household: &Household, scratch: &mut Scratch) -> Answers {
        let mut container = Households::new(&Book::default());
        container.push_structure(household);
        let sound = container.escapes() == 0;
        let mut answers = Answers::new(self, &container, 0..1);
        scratch.starts.clear();
        scratch.starts.resize(self.nodes.len(), 0);
        scratch.values.clear();
        scratch.operands.clear();
        let mut one = One { plan: self, household, scratch };
        let aids = self.aids.iter().enumerate().cycle();
        for ((rank, output), (_, (aid, entity))) in self.outputs.iter().enumerate().zip(aids) {
            let Some(column) = answers.columns.get_mut(rank) else { continue };
            let month = rank.checked_div(self.aids.len()).and_then(|it| self.months.get(it));
            if (output.by_reference || !sound)
                && let Some(month) = month
            {
                let told = law_reference::evaluate(book, household, *month, &[*aid], false);
                for (row, it) in told.aids.iter().enumerate() {
                    column.set(row, Cell { status: it.status, amount: it.amount });
                }
                continue;
            }
            for row in 0..household.count(*entity) {
                let instance = Instance::try_from(row).unwrap_or(Instance::MAX);
                column.set(row, Cell::of(one.value(output.node, instance)));
            }
        }
        answers
    }
}

struct One<'a> {
    plan: &'a Plan,
    household: &'a Household,
    scratch: &'a mut Scratch,
}

impl One<'_> {
    /// The node's value, computed now if it has not been. Goes as deep as the rules read each other, which the
    /// loader bounds.
    fn value(&mut self, id: NodeId, instance: Instance) -> Scalar {
        if let Some(value) = self.known(id, instance) {
            return value;
        }
        let value = self.computed(id, instance);
        self.store(id, instance, value);
        value
    }

    fn known(&self, id: NodeId, instance: Instance) -> Option<Scalar> {
        match *self.scratch.starts.get(id.index())? {
            0 => match self.plan.node(id)?.op {
                Op::Const(value) => Some(value),
                _ => None,
            },
            start => {
                let at = (start as usize).wrapping_sub(1).wrapping_add(usize::from(instance));
                *self.scratch.values.get(at)?
            }
        }
    }

    fn store(&mut self, id: NodeId, instance: Instance, value: Scalar) {
        let Some(start) = self.scratch.starts.get_mut(id.index()) else { return };
        if *start == 0 {
            let axis = self.plan.node(id).and_then(|it| it.axis);
            let count = axis.map_or(1, |it| self.household.count(it));
            let at = self.scratch.values.len();
            self.scratch.values.resize(at.saturating_add(count), None);
            *start = u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX);
        }
        let at = (*start as usize).saturating_sub(1).saturating_add(usize::from(instance));
        if let Some(slot) = self.scratch.values.get_mut(at) {
            *slot = Some(value);
        }
    }

    fn computed(&mut self, id: NodeId, instance: Instance) -> Scalar {
        let plan = self.plan;
        let Some(node) = plan.node(id) else { return Scalar::Fault };
        match &node.op {
            Op::Const(value) => *value,
            Op::Input { input, month } => self.input(*input, *month, instance),
            Op::Share | Op::IsParent | Op::IsChild | Op::IsApplicant | Op::TaxedElsewhere => {
                self.membership(&node.op, instance)
            }
            Op::Project { from } => {
                let to = node.axis.and_then(|it| self.household.project(it, instance, *from));
                match (to, node.args.first()) {
                    (Some(to), Some(arg)) => self.value(*arg, to),
                    _ => Scalar::Missing,
                }
            }
            Op::Applicant => match (self.household.family(instance), node.args.first()) {
                (Some(family), Some(arg)) => self.value(*arg, family.applicant),
                _ => Scalar::Fault,
            },
            Op::And => self.connect(node, instance, false),
            Op::Or => self.connect(node, instance, true),
            Op::Select { subject, otherwise } => self.select(node, instance, *subject, *otherwise),
            Op::Aid { .. } => self.aid(node, instance),
            Op::Aggregate { .. } | Op::Count { .. } => self.aggregate(node, instance),
            Op::Rank { role, filter } => self.rank(node, instance, *role, *filter),
            op => self.plain(op, node, instance),
        }
    }

    /// All the operands, then the operation.
    fn plain(&mut self, op: &Op, node: &Node, instance: Instance) -> Scalar {
        match *node.args {
            [it] => {
                let it = self.value(it, instance);
                scalar::apply(op, &[it])
            }
            [a, b] => {
                let (a, b) = (self.value(a, instance), self.value(b, instance));
                scalar::apply(op, &[a, b])
            }
            _ => {
                let base = self.scratch.operands.len();
                for arg in &node.args {
                    let value = self.value(*arg, instance);
                    self.scratch.operands.push(value);
                }
                self.with_operands(base, |operands| scalar::apply(op, operands))
            }
        }
    }

    /// Uses the operands from `base` on, and forgets them.
    fn with_operands(&mut self, base: usize, op: impl FnOnce(&[Scalar]) -> Scalar) -> Scalar {
        let value = op(self.scratch.operands.get(base..).unwrap_or_default());
        self.scratch.operands.truncate(base);
        value
    }

    fn input(&self, input: InputId, month: Month, instance: Instance) -> Scalar {
        match self.household.fact(input, instance) {
            Fact::Known(history) => history.at(month).map_or(Scalar::Missing, Scalar::Known),
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => Scalar::Missing,
        }
    }

    fn membership(&self, op: &Op, instance: Instance) -> Scalar {
        let Some(person) = self.household.person(instance) else { return Scalar::Fault };
        let child = matches!(person.membership, Membership::Child { .. });
        match op {
            Op::Share => Scalar::number(Some(match person.membership {
                Membership::Child { share } => share,
                Membership::Applicant | Membership::Partner => Rational::ONE,
            })),
            Op::IsApplicant => Scalar::bool(person.membership == Membership::Applicant),
            Op::TaxedElsewhere => Scalar::bool(person.tax_household.is_none()),
            Op::IsChild => Scalar::bool(child),
            _ => Scalar::bool(!child),
        }
    }

    fn connect(&mut self, node: &Node, instance: Instance, settles: bool) -> Scalar {
        let [a, b] = *node.args else { return Scalar::Fault };
        let first = self.value(a, instance);
        match first.truth() {
            Ok(it) if it == settles => first,
            Err(Stop::Fault) => first,
            Ok(_) => self.value(b, instance),
            Err(Stop::Missing) => {
                let second = self.value(b, instance);
                scalar::apply(&node.op, &[first, second])
            }
        }
    }

    fn select(
        &mut self,
        node: &Node,
        instance: Instance,
        subject: bool,
        otherwise: bool,
    ) -> Scalar {
        let mut rest = &*node.args;
        if subject && let Some((first, arms)) = rest.split_first() {
            let value = self.value(*first, instance);
            if !value.is_known() {
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
                Err(stop) => return stop.scalar(),
            }
        }
        last.map_or(Scalar::Fault, |it| self.value(it, instance))
    }

    fn aid(&mut self, node: &Node, instance: Instance) -> Scalar {
        let Some((amount, conditions)) = node.args.split_last() else { return Scalar::Fault };
        let base = self.scratch.operands.len();
        let mut refused = false;
        for condition in conditions {
            let value = self.value(*condition, instance);
            refused |= value.truth() == Ok(false);
            self.scratch.operands.push(value);
        }
        // Refused or at fault, whatever the amount is.
        let amount = if refused { Scalar::ZERO } else { self.value(*amount, instance) };
        self.scratch.operands.push(amount);
        self.with_operands(base, |operands| scalar::apply(&node.op, operands))
    }

    /// Keeps the persons who pass the filter, or tells why that cannot be told.
    fn keep(&mut self, persons: &mut Vec<Instance>, filter: Option<NodeId>) -> Result<(), Stop> {
        let Some(filter) = filter else { return Ok(()) };
        let mut stopped = None;
        persons.retain(|person| match self.value(filter, *person).truth() {
            Ok(passes) => passes,
            Err(stop) => {
                stopped = stopped.max(Some(stop));
                false
            }
        });
        stopped.map_or(Ok(()), Err)
    }

    fn aggregate(&mut self, node: &Node, instance: Instance) -> Scalar {
        let (role, has_filter) = match node.op {
            Op::Aggregate { role, filter, .. } | Op::Count { role, filter } => (role, filter),
            _ => return Scalar::Fault,
        };
        let (filter, rest) = match node.args.split_first() {
            Some((filter, rest)) if has_filter => (Some(*filter), rest),
            _ => (None, &*node.args),
        };
        let members = node.axis.map(|it| members(self.household, it, role, instance));
        let mut persons = members.unwrap_or_default();
        if let Err(stop) = self.keep(&mut persons, filter) {
            return stop.scalar();
        }
        let Op::Aggregate { reduce, .. } = node.op else { return Scalar::count(persons.len()) };
        if let (true, Some(default)) = (persons.is_empty(), rest.get(1)) {
            return self.value(*default, instance);
        }
        let Some(body) = rest.first() else { return Scalar::Fault };
        let base = self.scratch.operands.len();
        for person in persons {
            let value = self.value(*body, person);
            self.scratch.operands.push(value);
        }
        self.with_operands(base, |operands| scalar::reduced(reduce, operands))
    }

    fn rank(&mut self, node: &Node, instance: Instance, role: Role, has_filter: bool) -> Scalar {
        let (filter, birth) = match *node.args {
            [filter, birth] if has_filter => (Some(filter), birth),
            [birth] if !has_filter => (None, birth),
            _ => return Scalar::Fault,
        };
        let Some(person) = self.household.person(instance) else { return Scalar::Fault };
        let mut persons = members(self.household, Entity::Family, role, person.family);
        if let Err(stop) = self.keep(&mut persons, filter) {
            return stop.scalar();
        }
        if !persons.contains(&instance) {
            return Scalar::whole(0);
        }
        for person in &persons {
            self.value(birth, *person);
        }
        let persons: Vec<usize> = persons.into_iter().map(usize::from).collect();
        let born = |it: usize| {
            let person = Instance::try_from(it).unwrap_or(Instance::MAX);
            self.known(birth, person).unwrap_or(Scalar::Fault)
        };
        rank_among(usize::from(instance), &persons, born)
    }
}

/// The persons of the group who have the role, in order of declaration.
fn members(household: &Household, entity: Entity, role: Role, group: Instance) -> Vec<Instance> {
    let at = usize::from(group);
    let family = household.families.get(at);
    let couple = family.into_iter().flat_map(|it| std::iter::once(it.applicant).chain(it.partner));
    let children = family.map(|it| it.children.as_slice()).unwrap_or_default();
    let taxed = household.tax_households.get(at);
    let declarants = taxed.map(|it| it.declarants.as_slice()).unwrap_or_default();
    let dependants = taxed.map(|it| it.dependants.as_slice()).unwrap_or_default();
    match list_rank(entity, role) {
        Some(0) => couple.collect(),
        Some(1) => children.to_vec(),
        Some(2) => couple.chain(children.iter().copied()).collect(),
        Some(3) => declarants.to_vec(),
        Some(4) => dependants.to_vec(),
        Some(5) => declarants.iter().chain(dependants).copied().collect(),
        Some(_) => household.dwellings.get(at).map(|it| it.occupants.clone()).unwrap_or_default(),
        None => Vec::new(),
    }
}
