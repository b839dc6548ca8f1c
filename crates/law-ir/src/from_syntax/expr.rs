//! Expressions: names resolved, types and units checked, one node each.

use base::{Rational, Rounding};
use law_syntax::ast::{self, BinaryOp, ExprKind};
use law_syntax::{Diagnostic, Span};

use super::{Lowering, builtins, cases};
use crate::{Comparison, Entity, ExprId, Op, RuleId, Symbol, Type, Unit, Value};

/// The fact by which `rang` orders persons.
pub(super) const BIRTH_DATE: &str = "date_de_naissance";

/// Where an expression stands.
#[derive(Debug, Clone)]
pub(super) struct Context {
    /// Who the value is about, here.
    pub entity: Entity,
    /// The rule whose `où` can be read.
    pub rule: Option<RuleId>,
    /// The arguments of the function being written in place.
    pub args: Vec<(String, ExprId)>,
    /// Inside an aggregation or another month an argument would be read on somebody or sometime else.
    pub args_hidden: bool,
    /// In a function written in place: the entity whose roles its text speaks of.
    pub written_for: Option<Entity>,
}

impl Context {
    pub(super) fn of_entity(entity: Entity) -> Self {
        Self { entity, rule: None, args: Vec::new(), args_hidden: false, written_for: None }
    }

    pub(super) fn shifted(&self) -> Self {
        Self { args_hidden: true, ..self.clone() }
    }

    pub(super) fn on_persons(&self) -> Self {
        Self { entity: Entity::Person, ..self.shifted() }
    }
}

impl Lowering<'_> {
    /// The expression, which must have the type.
    pub(super) fn expr_of(&mut self, expr: &ast::Expr, context: &Context, ty: Type) -> ExprId {
        let id = self.expr(expr, context);
        let found = self.type_of(id);
        if found.join(ty).is_none() {
            self.type_mismatch(expr.span, found, ty);
        }
        id
    }

    pub(super) fn expr(&mut self, expr: &ast::Expr, context: &Context) -> ExprId {
        let read = self.one_deeper(expr.span, |lowering| lowering.kind(expr, context));
        read.unwrap_or_else(|| self.wrong(expr.span))
    }

    fn kind(&mut self, expr: &ast::Expr, context: &Context) -> ExprId {
        let span = expr.span;
        match expr.kind.as_ref() {
            ExprKind::Literal(literal) => match self.literal(literal) {
                Some((value, ty)) => self.node(Op::Const(value), ty, span),
                None => self.wrong(span),
            },
            ExprKind::Name(name) => self.name(name, context),
            ExprKind::Call { callee, args } => self.call(callee, args, context, span),
            ExprKind::Not(inner) => {
                let inner = self.expr_of(inner, context, Type::Bool);
                self.node(Op::Not(inner), Type::Bool, span)
            }
            ExprKind::Neg(inner) => {
                let inner = self.number(inner, context);
                let ty = self.type_of(inner);
                self.node(Op::Neg(inner), ty, span)
            }
            ExprKind::Binary { op, left, right } => self.binary(*op, left, right, context, span),
            ExprKind::In { subject, cases } => self.one_of(subject, cases, context, span),
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.expr_of(condition, context, Type::Bool);
                let then = self.expr(then, context);
                let otherwise = self.expr(otherwise, context);
                let ty = self.join(then, otherwise, span);
                self.node(Op::If { condition, then, otherwise }, ty, span)
            }
            ExprKind::Select { subject, arms } => {
                cases::lower_select(self, subject.as_ref(), arms, context, span)
            }
            ExprKind::AtLeast { value, bound } => {
                self.bounded(value, bound, context, span, Op::Max)
            }
            ExprKind::AtMost { value, bound } => self.bounded(value, bound, context, span, Op::Min),
            ExprKind::Round { value, mode, quantum } => {
                let value = self.number(value, context);
                self.round(value, *mode, quantum, span)
            }
            ExprKind::At { value, shift } => {
                let value = self.expr(value, &context.shifted());
                let ty = self.type_of(value);
                self.node(Op::At { value, shift: *shift }, ty, span)
            }
            ExprKind::Aggregate { reduce, role, filter, body, default } => {
                let filter = filter.as_ref();
                self.aggregate(*reduce, role, filter, body, default.as_ref(), context, span)
            }
            ExprKind::Count { role, filter } => {
                let (role, filter) = self.role_and_filter(role, filter.as_ref(), context);
                self.node(Op::Count { role, filter }, Type::PERSONS, span)
            }
            ExprKind::Rank { role, filter } => self.rank(role, filter.as_ref(), context, span),
            ExprKind::Over { reduce, window, body } => {
                self.over(*reduce, window, body, context, span)
            }
            ExprKind::Error => self.wrong(span),
        }
    }

    /// A node for text that has been reported as wrong.
    pub(super) fn wrong(&mut self, span: Span) -> ExprId {
        self.node(Op::Const(Value::Bool(false)), Type::Unknown, span)
    }

    pub(super) fn number(&mut self, expr: &ast::Expr, context: &Context) -> ExprId {
        let id = self.expr(expr, context);
        let found = self.type_of(id);
        if !found.is_number() {
            self.type_mismatch(expr.span, found, Type::NUMBER);
        }
        id
    }

    pub(super) fn name(&mut self, name: &ast::Name, context: &Context) -> ExprId {
        if let Some((_, arg)) = context.args.iter().find(|(it, _)| *it == name.text) {
            if context.args_hidden {
                self.report(
                    Diagnostic::error("T06", name.span, format!("l’argument `{}` ne peut pas être lu ici", name.text))
                        .why("dans une agrégation ou un autre mois, il désignerait la valeur d’une autre personne ou d’un autre mois"),
                );
            }
            return *arg;
        }
        if let Some(rule) = context.rule
            && self.locals.contains_key(&(rule, name.text.clone()))
        {
            return match self.local(rule, &name.text, name.span, context) {
                Some(local) => self.read_rule(local, name, context),
                None => self.wrong(name.span),
            };
        }
        if let Some((op, ty, of_person)) = builtins::name(&name.text) {
            if of_person && context.entity != Entity::Person {
                self.entity_mismatch(&name.text, name.span, Entity::Person, context.entity);
            }
            return self.node(op, ty, name.span);
        }
        match self.book.symbol(&name.text) {
            Some(Symbol::Rule(id)) => self.read_rule(id, name, context),
            Some(Symbol::Input(id)) => {
                let Some(input) = self.book.input(id) else { return self.wrong(name.span) };
                let (ty, entity) = (input.ty, input.entity);
                self.check_entity(name, entity, context);
                self.node(Op::Input(id), ty, name.span)
            }
            Some(Symbol::Param(id)) => {
                let ty = self.book.param(id).map_or(Type::Unknown, |it| it.ty);
                self.node(Op::Param(id), ty, name.span)
            }
            Some(Symbol::Case(id)) => {
                let ty = self.book.case(id).map_or(Type::Unknown, |it| Type::Enum(it.of));
                self.node(Op::Const(Value::Case(id)), ty, name.span)
            }
            Some(Symbol::Function(_) | Symbol::Table(_)) => {
                self.report(
                    Diagnostic::error(
                        "N03",
                        name.span,
                        format!("`{}` attend des valeurs entre parenthèses", name.text),
                    )
                    .help(format!("écrivez `{}(…)`", name.text)),
                );
                self.wrong(name.span)
            }
            Some(Symbol::Window(_) | Symbol::Enum(_) | Symbol::Choice(_)) => {
                self.report(Diagnostic::error(
                    "N03",
                    name.span,
                    format!("`{}` n’a pas de valeur à lui seul", name.text),
                ));
                self.wrong(name.span)
            }
            None => {
                self.unknown_name_in(&name.text, name.span, context);
                self.wrong(name.span)
            }
        }
    }

    fn read_rule(&mut self, id: RuleId, name: &ast::Name, context: &Context) -> ExprId {
        let Some(rule) = self.book.rule(id) else { return self.wrong(name.span) };
        let (ty, entity) = (rule.ty, rule.entity);
        self.check_entity(name, entity, context);
        self.node(Op::Rule(id), ty, name.span)
    }

    fn check_entity(&mut self, name: &ast::Name, entity: Entity, context: &Context) {
        if !context.entity.sees(entity) {
            self.entity_mismatch(&name.text, name.span, entity, context.entity);
        }
    }

    pub(super) fn entity_mismatch(&mut self, name: &str, span: Span, found: Entity, here: Entity) {
        let message = format!("`{name}` est par {}, il est lu par {}", found.word(), here.word());
        let mut diagnostic = Diagnostic::error("E04", span, message)
            .why("plusieurs valeurs sont possibles : il faut dire laquelle, ou comment les réunir");
        if found == Entity::Person {
            diagnostic = diagnostic
                .help(format!("somme de tous ? `somme des membres de {name}` ; celui du demandeur ? `{name}(demandeur)`"))
                .fix(span, format!("(somme des membres de {name})"));
        }
        self.report(diagnostic);
    }

    fn binary(
        &mut self,
        op: BinaryOp,
        left: &ast::Expr,
        right: &ast::Expr,
        context: &Context,
        span: Span,
    ) -> ExprId {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let left = self.expr_of(left, context, Type::Bool);
                let right = self.expr_of(right, context, Type::Bool);
                let op =
                    if op == BinaryOp::And { Op::And(left, right) } else { Op::Or(left, right) };
                self.node(op, Type::Bool, span)
            }
            BinaryOp::Add | BinaryOp::Sub => {
                let left = self.number(left, context);
                let right = self.number(right, context);
                let ty = self.join(left, right, span);
                let op =
                    if op == BinaryOp::Add { Op::Add(left, right) } else { Op::Sub(left, right) };
                self.node(op, ty, span)
            }
            BinaryOp::Mul | BinaryOp::Div => {
                let left = self.number(left, context);
                let right = self.number(right, context);
                let sign = if op == BinaryOp::Mul { 1 } else { -1 };
                let ty = self.product(left, right, sign, span);
                let op =
                    if op == BinaryOp::Mul { Op::Mul(left, right) } else { Op::Div(left, right) };
                self.node(op, ty, span)
            }
            BinaryOp::Eq | BinaryOp::Ne => {
                let op = if op == BinaryOp::Eq { Comparison::Eq } else { Comparison::Ne };
                self.compare(op, left, right, context, span)
            }
            BinaryOp::Lt => self.ordered(Comparison::Lt, left, right, context, span),
            BinaryOp::Le => self.ordered(Comparison::Le, left, right, context, span),
            BinaryOp::Gt => self.ordered(Comparison::Gt, left, right, context, span),
            BinaryOp::Ge => self.ordered(Comparison::Ge, left, right, context, span),
        }
    }

    fn compare(
        &mut self,
        op: Comparison,
        left: &ast::Expr,
        right: &ast::Expr,
        context: &Context,
        span: Span,
    ) -> ExprId {
        let left = self.expr(left, context);
        let right = self.expr(right, context);
        self.join(left, right, span);
        self.node(Op::Compare(op, left, right), Type::Bool, span)
    }

    fn ordered(
        &mut self,
        op: Comparison,
        left: &ast::Expr,
        right: &ast::Expr,
        context: &Context,
        span: Span,
    ) -> ExprId {
        let id = self.compare(op, left, right, context, span);
        let ty = match self.book.node(id).map(|it| &it.op) {
            Some(Op::Compare(_, left, _)) => self.type_of(*left),
            _ => Type::Unknown,
        };
        if matches!(ty, Type::Bool | Type::Enum(_)) {
            let described = self.describe(ty);
            self.report(
                Diagnostic::error(
                    "T02",
                    span,
                    format!(
                        "`{described}` n’a pas d’ordre : rien n’y est plus grand ou plus petit"
                    ),
                )
                .help("comparez avec `=` ou `≠`"),
            );
        }
        id
    }

    fn one_of(
        &mut self,
        subject: &ast::Expr,
        names: &[ast::Name],
        context: &Context,
        span: Span,
    ) -> ExprId {
        let subject_id = self.expr(subject, context);
        let ty = self.type_of(subject_id);
        let mut cases = Vec::new();
        for name in names {
            match self.book.symbol(&name.text) {
                Some(Symbol::Case(case)) => {
                    let of = self.book.case(case).map_or(Type::Unknown, |it| Type::Enum(it.of));
                    if of.join(ty).is_none() {
                        self.type_mismatch(name.span, of, ty);
                    }
                    cases.push(case);
                }
                _ => self.unknown_name(&name.text, name.span),
            }
        }
        self.node(Op::In(subject_id, cases), Type::Bool, span)
    }

    fn bounded(
        &mut self,
        value: &ast::Expr,
        bound: &ast::Expr,
        context: &Context,
        span: Span,
        op: fn(Vec<ExprId>) -> Op,
    ) -> ExprId {
        let value = self.number(value, context);
        let bound = self.number(bound, context);
        let ty = self.join(value, bound, span);
        self.node(op(vec![value, bound]), ty, span)
    }

    fn round(
        &mut self,
        value: ExprId,
        mode: ast::RoundMode,
        quantum: &ast::Literal,
        span: Span,
    ) -> ExprId {
        let ty = self.type_of(value);
        let step = match self.literal(quantum) {
            Some((Value::Number(step), unit)) if step > Rational::ZERO => {
                if !rounds(ty, unit) {
                    self.unit_mismatch(quantum.span, ty, unit);
                }
                step
            }
            _ => {
                self.report(Diagnostic::error(
                    "T07",
                    quantum.span,
                    "on arrondit à un multiple d’un nombre positif",
                ));
                Rational::ONE
            }
        };
        let mode = match mode {
            ast::RoundMode::Nearest => Rounding::Nearest,
            ast::RoundMode::Down => Rounding::Down,
            ast::RoundMode::Up => Rounding::Up,
        };
        self.node(Op::Round { value, mode, quantum: step }, ty, span)
    }

    fn product(&mut self, left: ExprId, right: ExprId, sign: i8, span: Span) -> Type {
        match (self.type_of(left), self.type_of(right)) {
            (Type::Number(a), Type::Number(b)) => match a.times(b, sign) {
                Some(unit) => Type::Number(unit),
                None => {
                    self.report(Diagnostic::error("U03", span, "cette unité n’a plus de sens"));
                    Type::Unknown
                }
            },
            (Type::Zero, it) | (it, Type::Zero) => it,
            _ => Type::Unknown,
        }
    }

    /// The common type of two values that meet; reported when there is none.
    pub(super) fn join(&mut self, left: ExprId, right: ExprId, span: Span) -> Type {
        let (a, b) = (self.type_of(left), self.type_of(right));
        if let Some(ty) = a.join(b) {
            return ty;
        }
        if let (Type::Number(_), Type::Number(_)) = (a, b) {
            let (words_a, words_b) = (self.describe(a), self.describe(b));
            let (left_span, right_span) = (self.span_of(left), self.span_of(right));
            let mut diagnostic = Diagnostic::error(
                "U12",
                span,
                format!("`{words_a}` et `{words_b}` ne se mélangent pas"),
            )
            .note(left_span, words_a)
            .note(right_span, words_b)
            .why("deux mesures différentes ne s’ajoutent ni ne se comparent");
            if period_bridge(a, b) {
                diagnostic = diagnostic
                    .help("écrivez `mensualisé(…)` autour du montant par an, ou `annualisé(…)` autour du montant par mois");
            }
            self.report(diagnostic);
        } else {
            self.type_mismatch(span, b, a);
        }
        Type::Unknown
    }

    pub(super) fn unit_mismatch(&mut self, span: Span, a: Type, b: Type) {
        let (a, b) = (self.describe(a), self.describe(b));
        self.report(
            Diagnostic::error("U12", span, format!("`{a}` et `{b}` ne se mélangent pas"))
                .why("deux mesures différentes ne s’ajoutent ni ne se comparent"),
        );
    }

    pub(super) fn type_mismatch(&mut self, span: Span, found: Type, expected: Type) {
        let code = match (found, expected) {
            (Type::Number(_), Type::Number(_)) => "U02",
            _ => "T01",
        };
        let (found_words, expected_words) = (self.describe(found), self.describe(expected));
        let mut diagnostic = Diagnostic::error(
            code,
            span,
            format!("ceci est en `{found_words}`, il faut `{expected_words}`"),
        );
        if code == "U02" {
            diagnostic = diagnostic.why("l’unité déclarée est celle que liront les autres règles");
            if period_bridge(expected, found) {
                let word = if expected == Type::Number(Unit::EURO_PER_MONTH) {
                    "mensualisé"
                } else {
                    "annualisé"
                };
                diagnostic = diagnostic.help(format!("écrivez `{word}(…)`"));
            }
        }
        self.report(diagnostic);
    }

    pub(super) fn unknown_name(&mut self, name: &str, span: Span) {
        // Outside of any rule: only the names of the book may have been meant.
        self.unknown_name_in(name, span, &Context::of_entity(Entity::Person));
    }

    /// Tells that nothing has this name here, and the nearest one that could be read here.
    pub(super) fn unknown_name_in(&mut self, name: &str, span: Span, context: &Context) {
        if name.is_empty() {
            return; // The parser has already said that a name is missing.
        }
        // Comparing with every name takes time: who misspells hundreds of them has another problem.
        let near = if self.diagnostics.len() < 200 {
            let known = self.book.names.keys().map(String::as_str);
            let locals = self.locals.keys().filter(|(rule, _)| Some(*rule) == context.rule);
            let local = locals.map(|(_, name)| name.as_str());
            let args = context.args.iter().map(|(name, _)| name.as_str());
            let all = known.chain(local).chain(args).chain(builtins::NAMES);
            law_syntax::nearest(name, all).map(str::to_owned)
        } else {
            None
        };
        let mut diagnostic =
            Diagnostic::error("N01", span, format!("`{name}` n’est déclaré nulle part"))
                .why("un nom mal écrit serait une donnée que personne ne remplit");
        if let Some(near) = near {
            diagnostic = diagnostic.help(format!("vouliez-vous dire `{near}` ?")).fix(span, near);
        }
        self.report(diagnostic);
    }
}

/// Whether a value of this type can be rounded to a multiple of that quantum: the same unit, or euros for
/// any amount of money, per month as per hour.
fn rounds(value: Type, quantum: Type) -> bool {
    let euros = quantum == Type::Number(Unit::EURO);
    match value {
        Type::Number(unit) => quantum.join(value).is_some() || (euros && unit.euro == 1),
        Type::Zero | Type::Unknown => true,
        Type::Bool | Type::Date | Type::Enum(_) => false,
    }
}

/// Whether one is an amount per month and the other per year: a bridge exists.
fn period_bridge(a: Type, b: Type) -> bool {
    let (month, year) = (Type::Number(Unit::EURO_PER_MONTH), Type::Number(Unit::EURO_PER_YEAR));
    (a, b) == (month, year) || (a, b) == (year, month)
}
