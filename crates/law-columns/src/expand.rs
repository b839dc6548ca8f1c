//! From the expressions of the book to the nodes of a plan.
//!
//! An expression is expanded *for an entity* and *for a month*, once each; two expressions that come down to
//! the same operation on the same operands are one node. Dated values, windows and months become constants
//! here, and what only depends on constants is computed here.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use base::Month;
use law_ir::{
    Aggregation, AidInfo, Arm, ArmPattern, Book, Comparison, ConditionKind, Entity, ExprId,
    InputId, Op as Expr, ParamId, Role, RuleId, RuleKind, TableId, Value, WindowUse,
};

use crate::op::{Op, TableVersion};
use crate::plan::{Node, NodeId, Output};
use crate::scalar::{self, Scalar};

/// For whom and when an expression is expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    entity: Entity,
    month: Month,
}

/// What makes two nodes one.
type Key = (Op, Box<[NodeId]>, Option<Entity>);

#[derive(Debug)]
pub(crate) struct Expander<'a> {
    book: &'a Book,
    nodes: Vec<Node>,
    known: HashMap<Key, NodeId>,
    exprs: HashMap<(ExprId, Place), NodeId>,
    rules: HashMap<(RuleId, Month), NodeId>,
    /// Something was met that a book accepted by the loader does not hold. Never lowered again: what was
    /// expanded since may be shared by what comes after.
    unknown: bool,
}

impl<'a> Expander<'a> {
    pub fn new(book: &'a Book) -> Self {
        Self {
            book,
            nodes: Vec::new(),
            known: HashMap::new(),
            exprs: HashMap::new(),
            rules: HashMap::new(),
            unknown: false,
        }
    }

    pub fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }

    pub fn output(&mut self, aid: RuleId, month: Month) -> Output {
        let node = self.rule_node(aid, month);
        Output { node, by_reference: self.unknown }
    }

    /// The rule in that month, on the rows of its own entity.
    fn rule_node(&mut self, id: RuleId, month: Month) -> NodeId {
        if let Some(node) = self.rules.get(&(id, month)) {
            return *node;
        }
        let Some(rule) = self.book.rule(id) else { return self.inconsistent() };
        let place = Place { entity: rule.entity, month };
        let node = match &rule.kind {
            RuleKind::Aid(aid) => self.aid(rule.body, aid, place),
            RuleKind::Rule | RuleKind::Local { .. } => self.expr(rule.body, place),
        };
        self.rules.insert((id, month), node);
        node
    }

    fn aid(&mut self, body: ExprId, aid: &AidInfo, place: Place) -> NodeId {
        let mut args = Vec::new();
        for condition in &aid.conditions {
            if let ConditionKind::Test(test) = condition.kind {
                args.push(self.expr(test, place));
            }
        }
        args.push(self.expr(body, place));
        self.node(Op::Aid { paid_from: aid.paid_from }, args, place)
    }

    fn expr(&mut self, id: ExprId, place: Place) -> NodeId {
        if let Some(node) = self.exprs.get(&(id, place)) {
            return *node;
        }
        let book = self.book;
        let node = match book.node(id) {
            Some(node) => self.operation(&node.op, place),
            None => self.inconsistent(),
        };
        self.exprs.insert((id, place), node);
        node
    }

    fn operation(&mut self, op: &Expr, place: Place) -> NodeId {
        match op {
            Expr::Const(value) => self.constant(Scalar::Known(*value)),
            Expr::Param(id) => self.param(*id, place.month),
            Expr::Table { table, keys } => self.table(*table, keys, place),
            Expr::Input(id) => self.input(*id, place),
            Expr::Rule(id) => self.rule(*id, place),
            Expr::OfApplicant(body) => self.of_applicant(*body, place),
            Expr::Call { body, .. } => self.expr(*body, place),
            Expr::Not(it) => self.unary(Op::Not, *it, place),
            Expr::Neg(it) => self.unary(Op::Neg, *it, place),
            Expr::Add(a, b) => self.binary(Op::Add, *a, *b, place),
            Expr::Sub(a, b) => self.binary(Op::Sub, *a, *b, place),
            Expr::Mul(a, b) => self.binary(Op::Mul, *a, *b, place),
            Expr::Div(a, b) => self.binary(Op::Div, *a, *b, place),
            Expr::Scale(it, scale) => {
                let it = self.expr(*it, place);
                let scale = self.constant(Scalar::number(Some(*scale)));
                self.node(Op::Mul, vec![it, scale], place)
            }
            Expr::Min(all) => self.several(Op::Min, all, place),
            Expr::Max(all) => self.several(Op::Max, all, place),
            Expr::Round { value, mode, quantum } => {
                self.unary(Op::Round { mode: *mode, quantum: *quantum }, *value, place)
            }
            Expr::Compare(comparison, a, b) => self.binary(Op::Compare(*comparison), *a, *b, place),
            Expr::And(a, b) => self.binary(Op::And, *a, *b, place),
            Expr::Or(a, b) => self.binary(Op::Or, *a, *b, place),
            Expr::In(subject, cases) => {
                self.unary(Op::In(Arc::from(cases.as_slice())), *subject, place)
            }
            Expr::If { condition, then, otherwise } => {
                let args = [condition, then, otherwise].map(|it| self.expr(*it, place));
                self.select_node(None, &[(args[0], args[1])], Some(args[2]), place)
            }
            Expr::Select { subject, arms } => self.select(*subject, arms, place),
            Expr::At { value, shift } => {
                self.expr(*value, Place { month: place.month.plus(*shift), ..place })
            }
            Expr::Over { reduce, window, body } => match self.window(*window, place.month) {
                Some((first, last)) => {
                    let mut args = Vec::new();
                    let mut month = first;
                    while month <= last {
                        args.push(self.expr(*body, Place { month, ..place }));
                        month = month.plus(1);
                    }
                    self.node(Op::Window(*reduce), args, place)
                }
                None => self.constant(Scalar::Fault),
            },
            Expr::Aggregate(it) => self.aggregate(it, place),
            Expr::Count { role, filter } => {
                let role = canonical(*role, place.entity);
                let args: Vec<NodeId> = self.filter(*filter, place).into_iter().collect();
                let filter = !args.is_empty();
                self.node(Op::Count { role, filter }, args, place)
            }
            Expr::Rank { role, filter } => self.rank(*role, *filter, place),
            Expr::CurrentMonth => self.constant(scalar::first_day(place.month)),
            Expr::Share => self.of_person(Op::Share, place),
            Expr::IsParent => self.of_person(Op::IsParent, place),
            Expr::IsChild => self.of_person(Op::IsChild, place),
            Expr::IsApplicant => self.of_person(Op::IsApplicant, place),
            Expr::TaxedElsewhere => self.of_person(Op::TaxedElsewhere, place),
            Expr::MonthsSince(date) => self.unary(Op::MonthsSince(place.month), *date, place),
            Expr::YearsSince(date) => self.unary(Op::YearsSince(place.month), *date, place),
            Expr::YearOf(date) => self.unary(Op::YearOf, *date, place),
            Expr::MonthNumberOf(date) => self.unary(Op::MonthNumberOf, *date, place),
            Expr::FirstOfMonth(date) => self.unary(Op::FirstOfMonth, *date, place),
        }
    }

    // ── what is read ──────────────────────────────────────────────────────────────────────────────

    fn param(&mut self, id: ParamId, month: Month) -> NodeId {
        let version = self.book.param(id).and_then(|it| it.at(month));
        let value = version.and_then(|(_, version)| version.value);
        self.constant(value.map_or(Scalar::Fault, Scalar::Known))
    }

    fn table(&mut self, id: TableId, keys: &[ExprId], place: Place) -> NodeId {
        let args = keys.iter().map(|it| self.expr(*it, place)).collect();
        let version = self.book.table(id).and_then(|it| it.at(place.month));
        let version = version.map(|(version, dated)| TableVersion {
            table: id,
            version,
            values: Arc::new(dated.value.clone()),
        });
        self.node(Op::Table(version), args, place)
    }

    fn input(&mut self, id: InputId, place: Place) -> NodeId {
        let Some(input) = self.book.input(id) else { return self.inconsistent() };
        let op = Op::Input { input: id, month: place.month };
        let read = self.hashed(op, Vec::new(), Some(input.entity));
        self.project(read, input.entity, place)
    }

    fn rule(&mut self, id: RuleId, place: Place) -> NodeId {
        let Some(rule) = self.book.rule(id) else { return self.inconsistent() };
        let node = self.rule_node(id, place.month);
        self.project(node, rule.entity, place)
    }

    /// What is on the rows of `from`, read on the rows of the place.
    fn project(&mut self, node: NodeId, from: Entity, place: Place) -> NodeId {
        match (place.entity, from) {
            (here, there) if here == there => node,
            // Somebody may have no tax household here: even a constant is then not read.
            (Entity::Person, Entity::TaxHousehold) => {
                self.hashed(Op::Project { from }, vec![node], Some(place.entity))
            }
            (Entity::Person, Entity::Family | Entity::Dwelling)
            | (Entity::Family, Entity::Dwelling) => {
                if self.value(node).is_some() {
                    return node;
                }
                self.hashed(Op::Project { from }, vec![node], Some(place.entity))
            }
            _ => self.constant(Scalar::Missing),
        }
    }

    fn of_applicant(&mut self, body: ExprId, place: Place) -> NodeId {
        if !matches!(place.entity, Entity::Person | Entity::Family) {
            return self.constant(Scalar::Missing);
        }
        let node = self.expr(body, Place { entity: Entity::Person, ..place });
        if self.value(node).is_some() {
            return node;
        }
        let node = self.hashed(Op::Applicant, vec![node], Some(Entity::Family));
        self.project(node, Entity::Family, place)
    }

    fn of_person(&mut self, op: Op, place: Place) -> NodeId {
        if place.entity != Entity::Person {
            return self.inconsistent();
        }
        self.hashed(op, Vec::new(), Some(Entity::Person))
    }

    /// The first and last month; `None` when no version is in force.
    fn window(&self, window: WindowUse, month: Month) -> Option<(Month, Month)> {
        let (first, last) = match window {
            WindowUse::Months { first, last } => (first, last),
            WindowUse::Year { offset } => {
                let year = month.year().saturating_add(offset);
                return Some((Month::of(year, 1), Month::of(year, 12)));
            }
            WindowUse::Named(id) => self.book.window(id)?.at(month)?.1.value,
        };
        Some((month.plus(first), month.plus(last)))
    }

    // ── groups ────────────────────────────────────────────────────────────────────────────────────

    fn filter(&mut self, filter: Option<ExprId>, place: Place) -> Option<NodeId> {
        let filter = self.expr(filter?, Place { entity: Entity::Person, ..place });
        (self.value(filter) != Some(Scalar::bool(true))).then_some(filter)
    }

    fn aggregate(&mut self, it: &Aggregation, place: Place) -> NodeId {
        let role = canonical(it.role, place.entity);
        let mut args: Vec<NodeId> = self.filter(it.filter, place).into_iter().collect();
        let filter = !args.is_empty();
        args.push(self.expr(it.body, Place { entity: Entity::Person, ..place }));
        let default = it.default.map(|it| self.expr(it, place));
        args.extend(default);
        let op = Op::Aggregate { reduce: it.reduce, role, filter, default: default.is_some() };
        self.hashed(op, args, Some(place.entity))
    }

    fn rank(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> NodeId {
        let Some(birth) = self.book.birth_date else { return self.inconsistent() };
        if place.entity != Entity::Person {
            return self.inconsistent();
        }
        let role = canonical(role, Entity::Family);
        let mut args: Vec<NodeId> = self.filter(filter, place).into_iter().collect();
        let filter = !args.is_empty();
        args.push(self.input(birth, place));
        self.hashed(Op::Rank { role, filter }, args, Some(Entity::Person))
    }

    // ── cases ─────────────────────────────────────────────────────────────────────────────────────

    fn select(&mut self, subject: Option<ExprId>, arms: &[Arm], place: Place) -> NodeId {
        let subject = subject.map(|it| self.expr(it, place));
        let mut tests = Vec::new();
        let mut otherwise = None;
        for arm in arms {
            let test = match (&arm.pattern, subject) {
                (ArmPattern::Otherwise, _) => {
                    otherwise = Some(self.expr(arm.value, place));
                    break;
                }
                (ArmPattern::When(condition), _) => self.expr(*condition, place),
                (pattern, Some(subject)) => self.matches(pattern, subject, place),
                (_, None) => self.constant(Scalar::Fault),
            };
            tests.push((test, self.expr(arm.value, place)));
        }
        self.select_node(subject, &tests, otherwise, place)
    }

    fn matches(&mut self, pattern: &ArmPattern, subject: NodeId, place: Place) -> NodeId {
        let mut against = |comparison, bound: ExprId| {
            let bound = self.expr(bound, place);
            self.node(Op::Compare(comparison), vec![subject, bound], place)
        };
        match pattern {
            ArmPattern::LessThan(bound) => against(Comparison::Lt, *bound),
            ArmPattern::UpTo(bound) => against(Comparison::Le, *bound),
            ArmPattern::AtLeast(bound) => against(Comparison::Ge, *bound),
            ArmPattern::MoreThan(bound) => against(Comparison::Gt, *bound),
            ArmPattern::Between(low, high) => {
                let low = against(Comparison::Ge, *low);
                let high = against(Comparison::Le, *high);
                let neither = self.constant(Scalar::bool(false));
                self.select_node(None, &[(low, high)], Some(neither), place)
            }
            ArmPattern::OneOf(values) => {
                let mut args = vec![subject];
                args.extend(values.iter().map(|it| self.expr(*it, place)));
                self.one_of(args, place)
            }
            ArmPattern::When(_) | ArmPattern::Otherwise => self.inconsistent(),
        }
    }

    fn one_of(&mut self, args: Vec<NodeId>, place: Place) -> NodeId {
        if args.len() == 2 {
            return self.node(Op::Compare(Comparison::Eq), args, place);
        }
        let cases: Option<Vec<_>> = args
            .iter()
            .skip(1)
            .map(|it| match self.value(*it) {
                Some(Scalar::Known(Value::Case(case))) => Some(case),
                _ => None,
            })
            .collect();
        match (cases, args.first()) {
            (Some(cases), Some(subject)) if !cases.is_empty() => {
                self.node(Op::In(Arc::from(cases)), vec![*subject], place)
            }
            _ => self.node(Op::OneOf, args, place),
        }
    }

    /// Cases that never hold are left out, and those after one that always does.
    fn select_node(
        &mut self,
        subject: Option<NodeId>,
        tests: &[(NodeId, NodeId)],
        otherwise: Option<NodeId>,
        place: Place,
    ) -> NodeId {
        let subject = match subject.and_then(|it| self.value(it)) {
            Some(stop @ (Scalar::Missing | Scalar::Fault)) => return self.constant(stop),
            Some(Scalar::Known(_)) => None,
            None => subject,
        };
        let mut args: Vec<NodeId> = subject.into_iter().collect();
        let mut last = otherwise;
        for (test, value) in tests {
            match self.value(*test).map(Scalar::truth) {
                Some(Ok(false)) => {}
                Some(Ok(true)) => {
                    last = Some(*value);
                    break;
                }
                Some(Err(stop)) => {
                    last = Some(self.constant(stop.scalar()));
                    break;
                }
                None => args.extend([*test, *value]),
            }
        }
        if let (true, Some(last)) = (args.is_empty(), last) {
            return last;
        }
        args.extend(last);
        let op = Op::Select { subject: subject.is_some(), otherwise: last.is_some() };
        self.node(op, args, place)
    }

    // ── nodes ─────────────────────────────────────────────────────────────────────────────────────

    fn unary(&mut self, op: Op, it: ExprId, place: Place) -> NodeId {
        let it = self.expr(it, place);
        self.node(op, vec![it], place)
    }

    fn binary(&mut self, op: Op, a: ExprId, b: ExprId, place: Place) -> NodeId {
        let args = vec![self.expr(a, place), self.expr(b, place)];
        self.node(op, args, place)
    }

    fn several(&mut self, op: Op, all: &[ExprId], place: Place) -> NodeId {
        let args = all.iter().map(|it| self.expr(*it, place)).collect();
        self.node(op, args, place)
    }

    /// The operation on values of the same rows: computed now if they are all constants, spared if it changes
    /// nothing.
    fn node(&mut self, op: Op, args: Vec<NodeId>, place: Place) -> NodeId {
        let grouped = matches!(op, Op::Count { .. });
        let values: Vec<Option<Scalar>> = args.iter().map(|it| self.value(*it)).collect();
        if !grouped && values.iter().all(Option::is_some) {
            let values: Vec<Scalar> = values.into_iter().flatten().collect();
            return self.constant(scalar::apply(&op, &values));
        }
        if let (Some(same), [a, b]) = (scalar::unchanged(&op, &values), args.as_slice()) {
            return if same == 0 { *a } else { *b };
        }
        if let (Op::And | Op::Or, Some(Some(first))) = (&op, values.first()) {
            match (&op, first.truth()) {
                (Op::And, Ok(false)) | (Op::Or, Ok(true)) => return self.constant(*first),
                (_, Err(scalar::Stop::Fault)) => return self.constant(Scalar::Fault),
                _ => {}
            }
        }
        self.hashed(op, args, Some(place.entity))
    }

    fn hashed(&mut self, op: Op, args: Vec<NodeId>, axis: Option<Entity>) -> NodeId {
        match self.known.entry((op, Box::from(args), axis)) {
            Entry::Occupied(it) => *it.get(),
            Entry::Vacant(slot) => {
                let id = NodeId::at(self.nodes.len());
                let (op, args, axis) = slot.key().clone();
                self.nodes.push(Node { op, args, axis });
                slot.insert(id);
                id
            }
        }
    }

    fn constant(&mut self, value: Scalar) -> NodeId {
        self.hashed(Op::Const(value), Vec::new(), None)
    }

    fn value(&self, id: NodeId) -> Option<Scalar> {
        match self.nodes.get(id.index())?.op {
            Op::Const(value) => Some(value),
            _ => None,
        }
    }

    /// What the loader never lets through: the reference is left to answer.
    fn inconsistent(&mut self) -> NodeId {
        self.unknown = true;
        self.constant(Scalar::Fault)
    }
}

/// Roles that name the same persons of a group are one.
fn canonical(role: Role, entity: Entity) -> Role {
    match (entity, role) {
        (Entity::Family, Role::Declarants | Role::Dependants)
        | (Entity::TaxHousehold, Role::Parents | Role::Children)
        | (Entity::Dwelling, _) => Role::Members,
        (Entity::Family | Entity::TaxHousehold | Entity::Person, role) => role,
    }
}
