//! The evaluator of `law-reference`, on sets of values.
//!
//! Each operation answers every result that the exact one gives for some answer to the missing facts. Where
//! a condition is undecided, both branches are evaluated, each as if the condition held or failed: the
//! facts and rules it compares are narrowed in a [`Frame`] that lasts as long as the branch.

mod assume;
mod choices;
mod groups;
mod linear;
mod memo;
mod operations;
mod ranges;
mod rules;

use memo::{Evaluated, Memo, Quick};

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use base::{Month, Rational};
use law_ir::{
    Book, Entity, ExprId, Fact, Household, InputId, Instance, Nature, Op, RuleId, Type, Value,
};

use crate::known::Known;
use crate::sets::{SetId, Sets};
use crate::shape::{CaseRanks, Shape};

/// For whom and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub entity: Entity,
    pub instance: Instance,
    pub month: Month,
}

/// What a narrowing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A missing fact in one month; a permanent fact has one value for all months.
    Fact {
        input: InputId,
        instance: Instance,
        month: Option<Month>,
    },
    /// A missing fact, whoever it is about and in every month.
    Input(InputId),
    Rule {
        rule: RuleId,
        instance: Instance,
        month: Month,
    },
}

/// A missing fact that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Atom {
    /// `None`: in a tax household outside the situation, which no answer completes.
    pub input: Option<InputId>,
    pub instance: Instance,
    /// The months it was read in.
    pub first: Month,
    pub last: Month,
}

/// What holds while a branch is evaluated, and what was computed under it.
#[derive(Debug, Default)]
struct Frame {
    /// Where its narrowings start in [`Machine::narrowed`].
    start: usize,
    /// The facts that are narrowed.
    touched: SetId,
    /// The ranks of the rules that are narrowed.
    rules: SetId,
    memo: Memo,
}

/// How far the machine goes for precision; it is sound wherever it stops.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Branches inside branches that are narrowed.
    pub frames: usize,
    /// Expressions evaluated before it stops narrowing.
    pub steps: usize,
    /// Whether sums over persons and months are written out.
    pub deep: bool,
}

#[derive(Debug)]
pub(crate) struct Machine<'a> {
    pub book: &'a Book,
    pub household: &'a Household,
    pub sets: Sets,
    cases: CaseRanks,
    atoms: Vec<Atom>,
    atom_ranks: HashMap<(Option<InputId>, Instance), usize>,
    frames: Vec<Frame>,
    narrowed: Vec<(Key, Shape)>,
    /// The innermost frame whose narrowings the current rule has met.
    level: usize,
    limits: Limits,
    pub steps: usize,
    depth: usize,
    /// The branches inside a split or a lane start above this frame.
    base: usize,
    /// Where the domains of facts were cut by a condition, in order of meeting.
    pub cuts: Vec<(InputId, Shape)>,
    /// The facts read while they were missing, in order of meeting.
    pub reads: Vec<Key>,
    seen: HashSet<Key>,
    reach_rules: HashMap<RuleId, SetId, BuildHasherDefault<Quick>>,
    reach_exprs: HashMap<ExprId, SetId, BuildHasherDefault<Quick>>,
    /// The first undecided condition met inside a sum.
    open_choice: Option<(ExprId, Place)>,
    /// How often an undecided condition depended on this fact and few others.
    pub blame: HashMap<usize, u32>,
}

/// More cuts or reads than that say nothing new.
const MAX_NOTES: usize = 4_096;

impl<'a> Machine<'a> {
    pub fn new(book: &'a Book, household: &'a Household, limits: Limits) -> Self {
        Self {
            book,
            household,
            sets: Sets::new(),
            cases: CaseRanks::new(book),
            atoms: Vec::new(),
            atom_ranks: HashMap::new(),
            frames: vec![Frame::default()],
            narrowed: Vec::new(),
            level: 0,
            limits,
            steps: 0,
            depth: 0,
            base: 1,
            cuts: Vec::new(),
            reads: Vec::new(),
            seen: HashSet::new(),
            blame: HashMap::new(),
            open_choice: None,
            reach_rules: HashMap::default(),
            reach_exprs: HashMap::default(),
        }
    }

    pub fn atom(&self, rank: usize) -> Option<Atom> {
        self.atoms.get(rank).copied()
    }

    /// All the values of the fact.
    pub fn domain(&self, input: InputId) -> Option<Shape> {
        let input = self.book.input(input)?;
        Some(self.cases.domain(self.book, input.ty, input.bounds))
    }

    /// One of the values of the fact.
    pub fn some_value(&self, input: InputId) -> Option<Value> {
        let info = self.book.input(input)?;
        Some(match (self.domain(input)?, info.ty) {
            (Shape::Bool(_), _) => Value::Bool(false),
            (Shape::Number(it), _) => {
                let end = it.lo().or(it.hi()).map_or(Rational::ZERO, |it| it.value);
                Value::Number(if it.contains(Rational::ZERO) { Rational::ZERO } else { end })
            }
            (Shape::Date(days), _) => Value::Date(days.first),
            (_, Type::Enum(id)) => Value::Case(*self.book.enumeration(id)?.cases.first()?),
            (Shape::Cases(_) | Shape::Nothing, _) => return None,
        })
    }

    /// The low or the high end of these values of the fact; `None` if there is no such end.
    pub fn end_of(&self, input: InputId, shape: Shape, high: bool) -> Option<Value> {
        Some(match shape {
            Shape::Bool(truth) => Value::Bool(truth.decided().unwrap_or(high)),
            Shape::Number(it) => {
                let end = if high { it.hi()? } else { it.lo()? };
                if end.open {
                    return None;
                }
                Value::Number(end.value)
            }
            Shape::Date(days) => Value::Date(if high { days.last } else { days.first }),
            Shape::Cases(mask) => {
                let Type::Enum(listed) = self.book.input(input)?.ty else { return None };
                let cases = &self.book.enumeration(listed)?.cases;
                if !crate::shape::one_case(mask) {
                    return None;
                }
                Value::Case(*cases.iter().find(|it| self.cases.bit(**it) == mask)?)
            }
            Shape::Nothing => return None,
        })
    }

    /// The facts' inputs, in the order the law first met one of them missing.
    pub fn order_of_inputs(&self) -> Vec<InputId> {
        let mut res = Vec::new();
        for atom in &self.atoms {
            if let Some(input) = atom.input
                && !res.contains(&input)
            {
                res.push(input);
            }
        }
        res
    }

    /// The set of this fact alone.
    pub fn fact_set(&mut self, input: InputId, instance: Instance) -> SetId {
        self.atoms_of_key(Key::Fact { input, instance, month: None })
    }

    pub fn key_rank(&self, key: Key) -> Option<usize> {
        match key {
            Key::Fact { input, instance, .. } => self.rank_of(input, instance),
            Key::Input(_) | Key::Rule { .. } => None,
        }
    }

    pub fn rank_of(&self, input: InputId, instance: Instance) -> Option<usize> {
        self.atom_ranks.get(&(Some(input), instance)).copied()
    }

    /// The fact that a narrowing is about.
    pub fn atom_set(&mut self, key: Key) -> SetId {
        self.atoms_of_key(key)
    }

    /// The set of the facts of these inputs that have been read.
    pub fn atoms_of(&mut self, inputs: &[InputId]) -> SetId {
        let mut res = SetId::EMPTY;
        for rank in 0..self.atoms.len() {
            let of = self.atoms.get(rank).and_then(|it| it.input);
            if of.is_some_and(|it| inputs.contains(&it)) {
                let single = self.sets.single(rank);
                res = self.sets.union(res, single);
            }
        }
        res
    }

    /// Evaluates with these narrowings, and with a budget of steps of its own.
    pub fn with<T>(
        &mut self,
        narrowings: &[(Key, Shape)],
        limits: Limits,
        body: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = (self.limits, self.steps, self.base, self.level);
        let mark = self.narrowed.len();
        let mut touched = SetId::EMPTY;
        for (key, _) in narrowings {
            let atoms = self.atoms_of_key(*key);
            touched = self.sets.union(touched, atoms);
        }
        self.narrowed.extend_from_slice(narrowings);
        self.frames.push(Frame { start: mark, touched, ..Frame::default() });
        (self.limits, self.steps, self.base) = (limits, 0, self.frames.len());
        let res = body(self);
        self.frames.pop();
        self.narrowed.truncate(mark);
        (self.limits, self.steps, self.base, self.level) = outer;
        res
    }

    fn atoms_of_key(&mut self, key: Key) -> SetId {
        match key {
            Key::Fact { input, instance, .. } => {
                match self.atom_ranks.get(&(Some(input), instance)) {
                    Some(rank) => self.sets.single(*rank),
                    None => SetId::EMPTY,
                }
            }
            Key::Input(input) => self.atoms_of(&[input]),
            Key::Rule { .. } => SetId::EMPTY,
        }
    }

    // ── facts ─────────────────────────────────────────────────────────────────────────────────────

    fn input(&mut self, id: InputId, place: Place) -> Known {
        let Some(input) = self.book.input(id) else { return Known::fault() };
        let Some(instance) = self.household.project(place.entity, place.instance, input.entity)
        else {
            let domain = self.cases.domain(self.book, input.ty, input.bounds);
            return self.elsewhere(domain, place);
        };
        if let Fact::Known(history) = self.household.fact(id, instance)
            && let Some(value) = history.at(place.month)
        {
            return Known::constant(self.cases.shape(value));
        }
        let month = (input.nature != Nature::Permanent).then_some(place.month);
        let key = Key::Fact { input: id, instance, month };
        let domain = self.cases.domain(self.book, input.ty, input.bounds);
        let shape = self.narrow(key, domain);
        let rank = self.atom_rank(Some(id), instance, place.month);
        let set = self.sets.single(rank);
        if self.frames.len() == 1 && self.seen.insert(key) {
            self.reads.push(key);
        }
        // Cases have no order: whatever reads them may move either way.
        let down = if matches!(shape, Shape::Cases(_)) { set } else { SetId::EMPTY };
        Known::new(shape, set, down, false)
    }

    /// A value of a tax household that is not described.
    fn elsewhere(&mut self, domain: Shape, place: Place) -> Known {
        let rank = self.atom_rank(None, place.instance, place.month);
        let set = self.sets.single(rank);
        Known::new(domain, set, set, false)
    }

    fn atom_rank(&mut self, input: Option<InputId>, instance: Instance, month: Month) -> usize {
        let next = self.atoms.len();
        let rank = *self.atom_ranks.entry((input, instance)).or_insert(next);
        match self.atoms.get_mut(rank) {
            Some(atom) => {
                atom.first = atom.first.min(month);
                atom.last = atom.last.max(month);
            }
            None => self.atoms.push(Atom { input, instance, first: month, last: month }),
        }
        rank
    }

    /// The shape within what the frames say of the key.
    fn narrow(&mut self, key: Key, shape: Shape) -> Shape {
        let mut res = shape;
        let whole = match key {
            Key::Fact { input, .. } => Some(Key::Input(input)),
            Key::Input(_) | Key::Rule { .. } => None,
        };
        for (rank, (of, within)) in self.narrowed.iter().enumerate() {
            if *of == key || Some(*of) == whole {
                res = res.meet(*within);
                let frame = self.frames.iter().rposition(|it| it.start <= rank);
                self.level = self.level.max(frame.unwrap_or_default());
            }
        }
        res
    }

    fn rule(&mut self, id: RuleId, place: Place) -> Known {
        let Some(rule) = self.book.rule(id) else { return Known::fault() };
        let Some(instance) = self.household.project(place.entity, place.instance, rule.entity)
        else {
            let domain = self.cases.domain(self.book, rule.ty, None);
            return self.elsewhere(domain, place);
        };
        let known = self.entry(id, instance, place.month);
        if self.narrowed.is_empty() {
            return known;
        }
        let key = Key::Rule { rule: id, instance, month: place.month };
        let shape = self.narrow(key, known.shape);
        Known::new(shape, known.up, known.down, known.faults)
    }

    // ── what several results make together ────────────────────────────────────────────────────────

    /// A result that grows with both.
    fn joined(&mut self, a: Known, b: Known, shape: Shape, faults: bool) -> Known {
        let up = self.sets.union(a.up, b.up);
        let down = self.sets.union(a.down, b.down);
        Known::new(shape, up, down, faults || a.faults || b.faults)
    }

    /// One of two values, as an undecided condition says.
    fn either(&mut self, condition: Known, then: Known, otherwise: Known) -> Known {
        let shape = then.shape.hull(otherwise.shape);
        let mut up = self.sets.union(then.up, otherwise.up);
        let mut down = self.sets.union(then.down, otherwise.down);
        if then.shape.never_below(otherwise.shape) {
            up = self.sets.union(up, condition.up);
            down = self.sets.union(down, condition.down);
        } else if otherwise.shape.never_below(then.shape) {
            up = self.sets.union(up, condition.down);
            down = self.sets.union(down, condition.up);
        } else {
            let support = self.sets.union(condition.up, condition.down);
            up = self.sets.union(up, support);
            down = self.sets.union(down, support);
        }
        let faults = condition.faults || then.faults || otherwise.faults;
        Known::new(shape, up, down, faults)
    }

    fn note_undecided(&mut self, condition: Known) {
        if self.frames.len() > self.base {
            return;
        }
        let support = self.sets.union(condition.up, condition.down);
        let facts = self.sets.len(support);
        if facts > 6 {
            return;
        }
        for atom in self.sets.elements(support) {
            let slot = self.blame.entry(atom).or_default();
            *slot = slot.saturating_add(
                12_u32.checked_div(u32::try_from(facts).unwrap_or(12)).unwrap_or(1),
            );
        }
    }

    fn note_cut(&mut self, input: InputId, shape: Shape) {
        if self.cuts.len() < MAX_NOTES && !self.cuts.contains(&(input, shape)) {
            self.cuts.push((input, shape));
        }
    }

    fn eval(&mut self, expr: ExprId, place: Place) -> Known {
        let book = self.book;
        let Some(node) = book.node(expr) else { return Known::fault() };
        self.steps = self.steps.saturating_add(1);
        if is_large(&node.op) {
            let Place { entity, instance, month } = place;
            let key = Evaluated::Expr(expr, entity, instance, month);
            return self.remembered(key, |it| it.operation(&node.op, place));
        }
        self.operation(&node.op, place)
    }
}

/// Whether the expression is worth remembering: conditions are read twice, forwards and backwards.
fn is_large(op: &Op) -> bool {
    match op {
        Op::Const(_)
        | Op::Param(_)
        | Op::Input(_)
        | Op::Rule(_)
        | Op::CurrentMonth
        | Op::Share
        | Op::IsParent
        | Op::IsChild
        | Op::IsApplicant
        | Op::TaxedElsewhere
        | Op::OfApplicant(_)
        | Op::Call { .. }
        | Op::Not(_)
        | Op::Neg(_)
        | Op::Add(..)
        | Op::Sub(..)
        | Op::Scale(..)
        | Op::Round { .. }
        | Op::In(..)
        | Op::At { .. }
        | Op::MonthsSince(_)
        | Op::YearsSince(_)
        | Op::YearOf(_)
        | Op::MonthNumberOf(_)
        | Op::FirstOfMonth(_) => false,
        Op::Table { .. }
        | Op::Mul(..)
        | Op::Div(..)
        | Op::Min(_)
        | Op::Max(_)
        | Op::Compare(..)
        | Op::And(..)
        | Op::Or(..)
        | Op::If { .. }
        | Op::Select { .. }
        | Op::Over { .. }
        | Op::Aggregate(_)
        | Op::Count { .. }
        | Op::Rank { .. } => true,
    }
}
