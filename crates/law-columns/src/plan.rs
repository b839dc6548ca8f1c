//! What has to be computed for some aids and some months, whoever the household is.

use std::collections::HashMap;

use base::Month;
use law_ir::{Book, Entity, InputId, RuleId, RuleKind};

use crate::expand::Expander;
use crate::op::Op;
use crate::quick::Quick;
use crate::scalar::Scalar;

/// The rank of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub u32);

impl NodeId {
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// An operation on other nodes. INVARIANT: the operands have lower ranks.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub op: Op,
    pub args: Box<[NodeId]>,
    /// Of whose rows the values are; `None`: the same for everybody.
    pub axis: Option<Entity>,
}

/// One aid in one month.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub node: NodeId,
    /// The expansion met what it does not know how to write: the reference answers.
    pub by_reference: bool,
}

/// Some aids in some months, unrolled: every operation that has to be done, each once, in an order in which
/// operands come first. Compiled once, used for any number of households, from several threads.
#[derive(Debug)]
pub struct Plan {
    pub(crate) nodes: Vec<Node>,
    pub(crate) months: Vec<Month>,
    pub(crate) aids: Vec<(RuleId, Entity)>,
    /// By month, then by aid.
    pub(crate) outputs: Vec<Output>,
    /// For each node, what it does apart from its operands: nodes of one class with the same operands have the
    /// same values.
    pub(crate) classes: Vec<u32>,
    pub(crate) constants: HashMap<Scalar, NodeId>,
    /// The constants that fit 64 bits, each at the rank of its node.
    pub(crate) quick: Vec<Option<Quick>>,
    /// For each fact that is read, the months it is read in, in order.
    pub(crate) reads: HashMap<InputId, Vec<(Month, NodeId)>>,
}

impl Plan {
    /// The calculation of these aids in each of these months. What is not an aid of the book is left out.
    pub fn new(book: &Book, aids: &[RuleId], months: &[Month]) -> Self {
        let aids: Vec<(RuleId, Entity)> = aids
            .iter()
            .filter_map(|id| Some((*id, book.rule(*id)?)))
            .filter(|(_, rule)| matches!(rule.kind, RuleKind::Aid(_)))
            .map(|(id, rule)| (id, rule.entity))
            .collect();
        let mut expander = Expander::new(book);
        let mut outputs = Vec::with_capacity(aids.len().saturating_mul(months.len()));
        for month in months {
            for (aid, _) in &aids {
                outputs.push(expander.output(*aid, *month));
            }
        }
        let nodes = expander.into_nodes();
        let mut reads: HashMap<InputId, Vec<(Month, NodeId)>> = HashMap::new();
        let mut constants = HashMap::new();
        for (rank, node) in nodes.iter().enumerate() {
            if let Op::Input { input, month } = node.op {
                reads.entry(input).or_default().push((month, NodeId::at(rank)));
            }
            if let Op::Const(value) = node.op {
                constants.insert(value, NodeId::at(rank));
            }
        }
        let classes = classes(&nodes);
        let quick = nodes.iter().map(|it| match it.op {
            Op::Const(value) => Quick::of(value),
            _ => None,
        });
        let quick = quick.collect();
        reads.values_mut().for_each(|it| it.sort_unstable());
        Self { nodes, months: months.to_vec(), aids, outputs, classes, constants, quick, reads }
    }

    /// The months asked for, in the order they were asked in.
    pub fn months(&self) -> &[Month] {
        &self.months
    }

    /// The aids of the plan and whom each is for, in the order they were asked in.
    pub fn aids(&self) -> &[(RuleId, Entity)] {
        &self.aids
    }

    /// How many operations the plan is made of.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }
}

fn classes(nodes: &[Node]) -> Vec<u32> {
    let mut known: HashMap<(&Op, Option<Entity>), u32> = HashMap::new();
    let mut res = Vec::with_capacity(nodes.len());
    for node in nodes {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        res.push(*known.entry((&node.op, node.axis)).or_insert(next));
    }
    res
}
