//! The evaluation of a chunk: on demand, node after node, each on all the rows at once.
//!
//! What nobody in the chunk needs is not computed: the branch no row takes, the amount of an aid every row is
//! refused, the second half of an `et` that is false for all.

use std::ops::Range;
use std::rc::Rc;

use base::{Rational, Rounding};
use law_ir::{Book, Comparison};

use crate::answers::{Answers, Cell};
use crate::chunk::Chunk;
use crate::column::Column;
use crate::households::Households;
use crate::kernels::{self, Verdicts};
use crate::load;
use crate::op::Op;
use crate::parallel::CHUNK;
use crate::plan::{Node, NodeId, Plan};
use crate::scalar::{Scalar, Stop};
use crate::twins::Twins;

/// Memory for the evaluation of chunks by one thread, kept from one chunk to the next.
#[derive(Debug, Default)]
pub struct Workspace {
    chunk: Chunk,
    memo: Vec<Option<Rc<Column>>>,
    /// How many are still to read each column: it is forgotten after the last.
    readers: Vec<u32>,
    stack: Vec<NodeId>,
    twins: Twins,
}

/// An operand that has to be computed first.
struct Needs(NodeId);

/// How many households are evaluated at once: what they need stays in the cache of one core.
const AT_ONCE: usize = CHUNK.div_ceil(5);

/// Evaluates some households of the container, in this thread: best a few thousand at a time. What streams are
/// built on.
pub fn evaluate_chunk(
    plan: &Plan,
    book: &Book,
    households: &Households,
    range: Range<usize>,
    workspace: &mut Workspace,
) -> Answers {
    let range = range.start.min(households.len())..range.end.min(households.len());
    let mut answers = Answers::new(plan, households, range.clone());
    let mut alike = households.alike(range.clone());
    for few in alike.chunks_mut(AT_ONCE) {
        // Read in the order they are kept in.
        few.sort_unstable();
        workspace.chunk.read(households, few);
        workspace.memo.clear();
        workspace.memo.resize(plan.nodes.len(), None);
        workspace.prepare(plan, households);
        let mut machine = Machine { plan, workspace };
        for ((output, answer), (_, entity)) in
            plan.outputs.iter().zip(&mut answers.columns).zip(plan.aids.iter().cycle())
        {
            let column = machine.column(output.node);
            machine.read(output.node);
            let start = households.rows_of(*entity, range.start).start;
            answer.scatter(&column, machine.workspace.chunk.rows(*entity), start);
        }
    }
    escape(plan, book, households, &range, &mut answers);
    answers
}

impl Workspace {
    /// Reads the facts of the chunk, finds what comes to the same, and counts who reads what.
    fn prepare(&mut self, plan: &Plan, households: &Households) {
        for input in plan.reads.keys() {
            for (id, column) in load::months(plan, households, &self.chunk, *input) {
                if let Some(slot) = self.memo.get_mut(id.index()) {
                    *slot = Some(column);
                }
            }
        }
        self.twins.find(plan, &self.memo);
        self.readers.clear();
        self.readers.resize(plan.nodes.len(), 0);
        let twins = &self.twins;
        let done = plan.nodes.iter().enumerate().filter(|(rank, _)| {
            let id = NodeId::at(*rank);
            twins.first(id) == id
        });
        let args = done.flat_map(|(_, node)| node.args.iter().copied());
        for id in args.chain(plan.outputs.iter().map(|it| it.node)) {
            if let Some(count) = self.readers.get_mut(twins.first(id).index()) {
                *count = count.saturating_add(1);
            }
        }
    }
}

/// The reference answers for the households that do not fit columns, and for the aids the plan does not know.
fn escape(
    plan: &Plan,
    book: &Book,
    households: &Households,
    range: &Range<usize>,
    answers: &mut Answers,
) {
    let every: Vec<usize> = (0..plan.outputs.len()).collect();
    let unknown: Vec<usize> = every
        .iter()
        .copied()
        .filter(|it| plan.outputs.get(*it).is_some_and(|it| it.by_reference))
        .collect();
    for household in range.clone() {
        let escaped = u32::try_from(household).is_ok_and(|it| households.escapes.contains_key(&it));
        let outputs = if escaped { &every } else { &unknown };
        if outputs.is_empty() {
            continue;
        }
        let Some(whole) = households.household(household) else { continue };
        for output in outputs {
            let aids = plan.aids.len().max(1);
            let (month, aid) = (output / aids, output % aids);
            let (Some(month), Some((aid, entity))) = (plan.months.get(month), plan.aids.get(aid))
            else {
                continue;
            };
            let evaluation = law_reference::evaluate(book, &whole, *month, &[*aid], false);
            let start = households.rows_of(*entity, range.start).start;
            let rows = households.rows_of(*entity, household);
            for (row, result) in rows.zip(evaluation.aids) {
                let cell = Cell { status: result.status, amount: result.amount };
                if let Some(column) = answers.columns.get_mut(*output) {
                    column.set(row.saturating_sub(start), cell);
                }
            }
        }
    }
}

struct Machine<'a> {
    plan: &'a Plan,
    workspace: &'a mut Workspace,
}

impl Machine<'_> {
    /// The node's column, computed now with all it needs if it has not been.
    fn column(&mut self, id: NodeId) -> Rc<Column> {
        let id = self.workspace.twins.first(id);
        // A stack of our own: rules may read each other deeper than a thread's allows.
        self.workspace.stack.clear();
        self.workspace.stack.push(id);
        while let Some(id) = self.workspace.stack.last().copied() {
            if self.known(id).is_some() {
                self.workspace.stack.pop();
                continue;
            }
            match self.step(id) {
                Ok(column) => {
                    self.store(id, column);
                    self.workspace.stack.pop();
                    let args = self.plan.node(id).map(|it| &*it.args).unwrap_or_default();
                    args.iter().for_each(|it| self.read(*it));
                }
                Err(Needs(operand)) => {
                    let operand = self.workspace.twins.first(operand);
                    self.workspace.stack.push(operand);
                }
            }
        }
        self.known(id).cloned().unwrap_or_else(|| Rc::new(Column::same(Scalar::Fault)))
    }

    fn known(&self, id: NodeId) -> Option<&Rc<Column>> {
        self.workspace.memo.get(self.workspace.twins.first(id).index())?.as_ref()
    }

    fn store(&mut self, id: NodeId, column: Rc<Column>) {
        if let Some(slot) = self.workspace.memo.get_mut(id.index()) {
            *slot = Some(column);
        }
    }

    /// One reader less.
    fn read(&mut self, id: NodeId) {
        let id = self.workspace.twins.first(id);
        if let Some(left) = self.workspace.readers.get_mut(id.index()) {
            *left = left.saturating_sub(1);
            if *left == 0
                && let Some(slot) = self.workspace.memo.get_mut(id.index())
            {
                *slot = None;
            }
        }
    }

    fn need(&self, id: NodeId) -> Result<&Rc<Column>, Needs> {
        self.known(id).ok_or(Needs(id))
    }

    fn step(&mut self, id: NodeId) -> Result<Rc<Column>, Needs> {
        let Some(node) = self.plan.node(id) else {
            return Ok(Rc::new(Column::same(Scalar::Fault)));
        };
        match &node.op {
            Op::Const(value) => Ok(Rc::new(Column::same(*value))),
            // All facts are read beforehand; one that was not is of no entity.
            Op::Input { .. } => Ok(Rc::new(Column::same(Scalar::Missing))),
            Op::Select { subject, otherwise } => self.select(node, *subject, *otherwise),
            Op::And => self.connect(node, false),
            Op::Or => self.connect(node, true),
            Op::Aid { .. } => self.aid(node),
            Op::Round { mode, quantum } => self.round(node, *quantum, *mode),
            Op::Compare(comparison) => self.compare(node, *comparison),
            _ => self.plain(node),
        }
    }

    /// All the operands, then the operation.
    fn plain(&self, node: &Node) -> Result<Rc<Column>, Needs> {
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(self.need(*arg)?.as_ref());
        }
        if let Some(arg) = kernels::unchanged(&node.op, &args).and_then(|it| node.args.get(it)) {
            return self.need(*arg).cloned();
        }
        Ok(Rc::new(kernels::compute(node, &args, &self.workspace.chunk)))
    }

    /// The two sides of a division that nobody has computed yet.
    fn division(&self, id: NodeId) -> Option<(NodeId, NodeId)> {
        let node = self.plan.node(id)?;
        match (&node.op, &*node.args) {
            (Op::Div, [a, b]) if self.known(id).is_none() => Some((*a, *b)),
            _ => None,
        }
    }

    fn round(&self, node: &Node, quantum: Rational, mode: Rounding) -> Result<Rc<Column>, Needs> {
        if let Some((a, b)) = node.args.first().and_then(|it| self.division(*it)) {
            let (a, b) = (self.need(a)?, self.need(b)?);
            if let Some(column) = kernels::round_ratio(a, b, quantum, mode, self.rows(node)) {
                return Ok(Rc::new(column));
            }
        }
        self.plain(node)
    }

    fn compare(&self, node: &Node, comparison: Comparison) -> Result<Rc<Column>, Needs> {
        if let [left, right] = &*node.args
            && let Some((a, b)) = self.division(*left)
        {
            let (a, b, c) = (self.need(a)?, self.need(b)?, self.need(*right)?);
            if let Some(column) = kernels::compare_ratio(comparison, (a, b), c, self.rows(node)) {
                return Ok(Rc::new(column));
            }
        }
        self.plain(node)
    }

    fn rows(&self, node: &Node) -> usize {
        node.axis.map_or(0, |it| self.workspace.chunk.count(it))
    }

    fn connect(&self, node: &Node, settles: bool) -> Result<Rc<Column>, Needs> {
        let [a, b] = &*node.args else { return Ok(Rc::new(Column::same(Scalar::Fault))) };
        let first = self.need(*a)?;
        match first.as_same().map(Scalar::truth) {
            Some(Ok(it)) if it == settles => return Ok(Rc::clone(first)),
            Some(Err(Stop::Fault)) => return Ok(Rc::clone(first)),
            Some(Ok(_)) => return self.need(*b).cloned(),
            Some(Err(Stop::Missing)) | None => {}
        }
        let second = self.need(*b)?;
        let args = [first.as_ref(), second.as_ref()];
        let chunk = &self.workspace.chunk;
        Ok(Rc::new(kernels::compute(node, &args, chunk)))
    }

    /// Only the cases that some row takes are computed.
    fn select(&self, node: &Node, has_subject: bool, otherwise: bool) -> Result<Rc<Column>, Needs> {
        let mut rest = &*node.args;
        let mut subject = None;
        if has_subject && let Some((first, arms)) = rest.split_first() {
            let column = self.need(*first)?;
            if column.as_same().is_some_and(|it| !it.is_known()) {
                return Ok(Rc::clone(column));
            }
            subject = Some(column);
            rest = arms;
        }
        let (arms, last) = match rest.split_last() {
            Some((last, arms)) if otherwise => (arms, Some(*last)),
            _ => (rest, None),
        };
        let mut taken: Vec<(&Rc<Column>, &Rc<Column>)> = Vec::new();
        let mut end = None;
        for arm in arms.chunks_exact(2) {
            let [test, value] = arm else { continue };
            let test = self.need(*test)?;
            match test.as_same().map(Scalar::truth) {
                Some(Ok(false)) => {}
                Some(Ok(true)) => {
                    end = Some(Rc::clone(self.need(*value)?));
                    break;
                }
                Some(Err(stop)) => {
                    end = Some(Rc::new(Column::same(stop.scalar())));
                    break;
                }
                None => taken.push((test, self.need(*value)?)),
            }
        }
        let mut res = match (end, last) {
            (Some(end), _) => end,
            (None, Some(last)) => Rc::clone(self.need(last)?),
            (None, None) => Rc::new(Column::same(Scalar::Fault)),
        };
        let rows = self.rows(node);
        for (test, value) in taken.into_iter().rev() {
            res = Rc::new(kernels::blend(test, value, &res, rows));
        }
        if let Some(subject) = subject
            && subject.state.is_some()
        {
            res = Rc::new(kernels::guard(subject, &res, rows));
        }
        Ok(res)
    }

    /// The amount is only computed if it is due to somebody.
    fn aid(&self, node: &Node) -> Result<Rc<Column>, Needs> {
        let Some((amount, conditions)) = node.args.split_last() else {
            return Ok(Rc::new(Column::same(Scalar::Fault)));
        };
        let mut columns = Vec::with_capacity(node.args.len());
        for condition in conditions {
            columns.push(self.need(*condition)?.as_ref());
        }
        let verdicts = Verdicts::of(&columns, self.rows(node));
        if let Some(settled) = verdicts.settled() {
            return Ok(Rc::new(settled));
        }
        let amount = self.need(*amount)?;
        let Op::Aid { paid_from } = node.op else {
            return Ok(Rc::new(Column::same(Scalar::Fault)));
        };
        Ok(Rc::new(verdicts.pay(amount, paid_from, self.rows(node))))
    }
}
