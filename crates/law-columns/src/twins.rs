//! Operations that come to the same values in a chunk: only the first of them is done.
//!
//! A fact that does not change has one column for all its months: what is made of it month after month is then
//! the same operation on the same columns. An income nobody has is zero as another one is.

use std::rc::Rc;

use crate::column::Column;
use crate::op::Op;
use crate::plan::{Node, NodeId, Plan};
use crate::scalar::Scalar;

/// For each node of a plan, the first that has the same values.
#[derive(Debug, Default)]
pub(crate) struct Twins {
    first: Vec<NodeId>,
    /// Nodes by what they do to what; a power of two of places, half of them free.
    table: Vec<u32>,
    /// Facts that are one value for everybody, and not a constant of the plan.
    values: Vec<(Scalar, NodeId)>,
    /// The columns of the fact read last, and their nodes.
    months: Vec<(*const Column, NodeId)>,
}

const FREE: u32 = u32::MAX;

impl Twins {
    /// Finds them, from the columns of all the facts the plan reads.
    pub fn find(&mut self, plan: &Plan, memo: &[Option<Rc<Column>>]) {
        self.first.clear();
        self.values.clear();
        self.months.clear();
        self.table.clear();
        let places = plan.nodes.len().saturating_mul(2).next_power_of_two();
        self.table.resize(places, FREE);
        for (rank, node) in plan.nodes.iter().enumerate() {
            let id = NodeId::at(rank);
            let first = match &node.op {
                Op::Const(_) => id,
                Op::Input { .. } => match memo.get(rank).and_then(Option::as_ref) {
                    Some(column) => self.of_fact(plan, column, id),
                    None => id,
                },
                _ => self.of_operation(plan, node, id),
            };
            self.first.push(first);
        }
    }

    pub fn first(&self, id: NodeId) -> NodeId {
        self.first.get(id.index()).copied().unwrap_or(id)
    }

    fn of_fact(&mut self, plan: &Plan, column: &Rc<Column>, id: NodeId) -> NodeId {
        if let Some(value) = column.as_same() {
            if let Some(constant) = plan.constants.get(&value) {
                return *constant;
            }
            if let Some((_, first)) = self.values.iter().find(|it| it.0 == value) {
                return *first;
            }
            self.values.push((value, id));
            return id;
        }
        let column = Rc::as_ptr(column);
        if let Some((_, first)) = self.months.iter().rev().find(|it| it.0 == column) {
            return *first;
        }
        self.months.push((column, id));
        id
    }

    fn of_operation(&mut self, plan: &Plan, node: &Node, id: NodeId) -> NodeId {
        let class = plan.classes.get(id.index());
        let mask = self.table.len().wrapping_sub(1);
        let mut at = self.hash(class.copied().unwrap_or(0), node) & mask;
        loop {
            let Some(place) = self.table.get_mut(at) else { return id };
            if *place == FREE {
                *place = u32::try_from(id.index()).unwrap_or(FREE);
                return id;
            }
            let other = NodeId(*place);
            if plan.classes.get(other.index()) == class
                && plan.node(other).is_some_and(|it| self.same_operands(it, node))
            {
                return other;
            }
            at = at.wrapping_add(1) & mask;
        }
    }

    fn same_operands(&self, a: &Node, b: &Node) -> bool {
        let firsts = |it: &Node| it.args.len();
        firsts(a) == firsts(b)
            && a.args.iter().zip(&b.args).all(|(a, b)| self.first(*a) == self.first(*b))
    }

    fn hash(&self, class: u32, node: &Node) -> usize {
        let mut hash = u64::from(class);
        for arg in &node.args {
            let next = hash.rotate_left(5) ^ u64::from(self.first(*arg).0);
            hash = next.wrapping_mul(0x517c_c1b7_2722_0a95);
        }
        // The low bits of a product depend on the low bits only.
        usize::try_from(hash.rotate_left(32) & u64::from(u32::MAX)).unwrap_or(0)
    }
}
