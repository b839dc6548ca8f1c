//! Third pass: rules, aids, functions and examples.

use std::collections::HashMap;

use law_syntax::ast::{self, ItemKind};
use law_syntax::{Diagnostic, Span};

use super::declare::{new_rule, sources};
use super::expr::Context;
use super::{Declared, LocalState, Lowering, asking, exceptions, properties};
use crate::{
    AidInfo, Condition, ConditionKind, Entity, Example, Expectation, ExprId, FunctionId, Op,
    RuleId, RuleKind, Symbol, Type, Value,
};

pub(super) fn lower_items<'a>(lowering: &mut Lowering<'a>, declared: &[Declared<'a>]) {
    let mut added: HashMap<&str, Vec<&ast::Exception>> = HashMap::new();
    for it in declared {
        if let ItemKind::ExceptionTo { target, exception } = &it.item.kind {
            lowering.check_exceptional(target);
            added.entry(target.text.as_str()).or_default().push(exception);
        }
    }
    // Written in a different order in other files, exceptions mean the same: they exclude each other.
    for it in declared {
        lowering.begin_item();
        match &it.item.kind {
            ItemKind::Rule(rule) => {
                let more = added.get(rule.name.text.as_str()).cloned().unwrap_or_default();
                lower_rule(lowering, rule, &more);
            }
            ItemKind::Aid(aid) => lower_aid(lowering, aid),
            ItemKind::Function(function) => check_function(lowering, function),
            ItemKind::Article(_)
            | ItemKind::Param(_)
            | ItemKind::Enumeration(_)
            | ItemKind::Table(_)
            | ItemKind::Window(_)
            | ItemKind::Input(_)
            | ItemKind::ExceptionTo { .. }
            | ItemKind::Choice(_)
            | ItemKind::Property(_) => {}
        }
    }
    for it in declared {
        lowering.begin_item();
        match &it.item.kind {
            ItemKind::Rule(rule) => lower_examples(lowering, &rule.name, &rule.examples),
            ItemKind::Aid(aid) => lower_examples(lowering, &aid.name, &aid.examples),
            ItemKind::Function(function) => {
                lower_examples(lowering, &function.name, &function.examples);
            }
            ItemKind::Property(property) => {
                properties::lower(lowering, property, it.article.clone());
            }
            _ => {}
        }
    }
}

fn lower_rule<'a>(lowering: &mut Lowering<'a>, it: &'a ast::Rule, more: &[&ast::Exception]) {
    let Some(id) = lowering.rule_being_read(&it.name) else { return };
    let Some(rule) = lowering.book.rule(id) else { return };
    let (ty, entity) = (rule.ty, rule.entity);
    lowering.open_locals(id, &it.locals);
    let context = Context::of_rule(id, entity);
    let base = lowering.expr_of(&it.body, &context, ty);
    let all: Vec<&ast::Exception> = it.exceptions.iter().chain(more.iter().copied()).collect();
    let body = exceptions::lower(lowering, &context, ty, base, &all);
    lowering.finish_locals(id, &it.locals, &context);
    let choice = lowering.choice(it.chosen_by.as_ref());
    if let Some(rule) = lowering.book.rules.get_mut(id.index()) {
        rule.body = body;
        rule.choice = choice;
        rule.sources.extend(all.iter().flat_map(|it| sources(&it.sources)));
    }
}

fn lower_aid<'a>(lowering: &mut Lowering<'a>, it: &'a ast::Aid) {
    let Some(id) = lowering.rule_being_read(&it.name) else { return };
    let Some(rule) = lowering.book.rule(id) else { return };
    let (ty, entity) = (rule.ty, rule.entity);
    if !ty.is_number() {
        lowering.report(Diagnostic::error("T05", it.ty.span, "une aide est un montant"));
    }
    lowering.open_locals(id, &it.locals);
    let context = Context::of_rule(id, entity);
    let mut conditions = Vec::new();
    for condition in &it.conditions {
        if it.conditions.iter().filter(|other| other.name.text == condition.name.text).count() > 1 {
            lowering.report(Diagnostic::error(
                "N02",
                condition.name.span,
                format!("la condition `{}` est écrite deux fois", condition.name.text),
            ));
        }
        let kind = match &condition.kind {
            ast::ConditionKind::ToCheck => ConditionKind::ToCheck,
            ast::ConditionKind::Test(test) => {
                ConditionKind::Test(lowering.expr_of(test, &context, Type::Bool))
            }
        };
        let label = condition
            .label
            .as_ref()
            .map_or_else(|| condition.name.text.replace('_', " "), |it| it.text.clone());
        conditions.push(Condition {
            name: condition.name.text.clone(),
            label,
            kind,
            sources: sources(&condition.sources),
        });
    }
    let body = lowering.expr_of(&it.amount, &context, ty);
    lowering.finish_locals(id, &it.locals, &context);
    let paid_from = it
        .paid_from
        .as_ref()
        .and_then(|literal| lowering.value_of_type(literal, ty))
        .and_then(Value::as_number);
    let choice = lowering.choice(it.chosen_by.as_ref());
    let review = it.review.as_ref();
    let review_every = review.and_then(|it| asking::review_every(lowering, &it.period));
    let review_sources = review.map_or_else(Vec::new, |it| sources(&it.sources));
    if let Some(rule) = lowering.book.rules.get_mut(id.index()) {
        rule.body = body;
        rule.choice = choice;
        rule.kind = RuleKind::Aid(AidInfo { conditions, paid_from, review_every, review_sources });
    }
}

/// Reads the body once with stand-ins for its arguments, so that a function nobody calls is checked too.
fn check_function(lowering: &mut Lowering<'_>, it: &ast::Function) {
    let Some(Symbol::Function(id)) = lowering.book.symbol(&it.name.text) else { return };
    let Some(function) = lowering.book.function(id) else { return };
    let (entity, params) = (function.entity, function.params.clone());
    check_arguments(lowering, it);
    let stand_ins: Vec<ExprId> = params
        .iter()
        .map(|(_, ty)| {
            // Under a call: nothing may be proved from a value that is not the one of any real call.
            let op = Op::Const(Value::Number(base::Rational::ZERO));
            let body = lowering.node(op, *ty, it.name.span);
            lowering.node(Op::Call { function: id, body }, *ty, it.name.span)
        })
        .collect();
    let context = Context::of_entity(entity);
    lowering.call_function(id, &stand_ins, &context, it.name.span);
}

/// An argument may hide neither a name of the language nor another argument.
fn check_arguments(lowering: &mut Lowering<'_>, it: &ast::Function) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (name, _) in &it.params {
        lowering.check_reserved(name);
        lowering.check_hidden(name);
        let Some(first) = seen.insert(&name.text, name.span) else { continue };
        let message = format!("`{}` est déjà un argument de cette fonction", name.text);
        lowering.report(
            Diagnostic::error("N02", name.span, message)
                .note(first, "première déclaration")
                .why("la seconde valeur donnée ne serait jamais lue"),
        );
    }
}

fn lower_examples(lowering: &mut Lowering<'_>, name: &ast::Name, examples: &[ast::Example]) {
    let Some(symbol) = lowering.book.symbol(&name.text) else { return };
    for example in examples {
        match symbol {
            Symbol::Rule(id) => rule_example(lowering, id, example),
            Symbol::Function(id) => function_example(lowering, id, example),
            _ => {}
        }
    }
}

fn rule_example(lowering: &mut Lowering<'_>, id: RuleId, example: &ast::Example) {
    let Some(rule) = lowering.book.rule(id) else { return };
    let (ty, entity) = (rule.ty, rule.entity);
    let given = lowering.stand_ins(example, Symbol::Rule(id), &[]);
    let Some(expected) = lowering.expectation(id, ty, example) else { return };
    let body = lowering.node(Op::Rule(id), ty, example.span);
    lowering.book.examples.push(Example {
        of: Symbol::Rule(id),
        label: example.label.as_ref().map(|it| it.text.clone()),
        month: example.month,
        given,
        body,
        entity,
        expected,
        span: example.span,
    });
}

fn function_example(lowering: &mut Lowering<'_>, id: FunctionId, example: &ast::Example) {
    let Some(function) = lowering.book.function(id) else { return };
    let (ty, entity, params) = (function.ty, function.entity, function.params.clone());
    let mut args = Vec::new();
    for (param, ty) in &params {
        let value = example.given.iter().find(|(name, _)| name.text == *param);
        let Some(value) = value.and_then(|(_, value)| lowering.constant(value, *ty)) else {
            lowering.report(Diagnostic::error(
                "X03",
                example.span,
                format!("cet exemple ne donne pas de valeur à `{param}`"),
            ));
            return;
        };
        args.push(lowering.node(Op::Const(value), *ty, example.span));
    }
    let given = lowering.stand_ins(example, Symbol::Function(id), &params);
    let context = Context::of_entity(entity);
    let body = lowering.call_function(id, &args, &context, example.span);
    let ast::Expected::Value(expected) = &example.expected else {
        lowering.report(Diagnostic::error("X04", example.span, "seule une aide peut être refusée"));
        return;
    };
    let Some(expected) = lowering.constant(expected, ty) else { return };
    lowering.book.examples.push(Example {
        of: Symbol::Function(id),
        label: example.label.as_ref().map(|it| it.text.clone()),
        month: example.month,
        given,
        body,
        entity,
        expected: Expectation::Value(expected),
        span: example.span,
    });
}

impl<'a> Lowering<'a> {
    /// Warns that an argument has the name of something else, which its function then cannot read.
    fn check_hidden(&mut self, name: &ast::Name) {
        let Some(first) = self.places.get(&name.text).copied() else { return };
        let message = format!("l’argument `{}` cache un nom du recueil", name.text);
        self.report(
            Diagnostic::warning("N06", name.span, message)
                .note(first, "ce qu’il cache")
                .why("qui relit la fonction croirait y voir l’autre valeur")
                .help("donnez un autre nom à l’argument"),
        );
    }

    /// Only a rule has exceptions: those of anything else would be dropped without a word.
    fn check_exceptional(&mut self, target: &ast::Name) {
        let what = match self.book.symbol(&target.text) {
            None => return self.unknown_name(&target.text, target.span),
            Some(Symbol::Rule(id)) => match self.book.rule(id).map(|it| &it.kind) {
                Some(RuleKind::Aid(_)) => "une aide",
                _ => return,
            },
            Some(_) => "autre chose qu’une règle",
        };
        self.report(
            Diagnostic::error(
                "E05",
                target.span,
                format!("`{}` est {what} : `sauf` ne s’y applique pas", target.text),
            )
            .why("une exception que rien ne lit laisserait croire que la loi en tient compte")
            .help("écrivez l’exception à une règle que le montant ou une condition lit"),
        );
    }

    /// The rule a declaration belongs to; `None` for the second declaration of a name.
    fn rule_being_read(&self, name: &ast::Name) -> Option<RuleId> {
        match self.book.symbol(&name.text)? {
            Symbol::Rule(id) if self.places.get(&name.text) == Some(&name.span) => Some(id),
            _ => None,
        }
    }

    /// What an example gives in place of facts and rules; the arguments of a function are read elsewhere.
    fn stand_ins(
        &mut self,
        example: &ast::Example,
        of: Symbol,
        params: &[(String, Type)],
    ) -> Vec<(Symbol, Value)> {
        let mut res: Vec<(Symbol, Value)> = Vec::new();
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for (name, value) in &example.given {
            if let Some(first) = seen.insert(&name.text, name.span) {
                let message = format!("cet exemple donne deux fois `{}`", name.text);
                self.report(
                    Diagnostic::error("X07", name.span, message).note(first, "première fois"),
                );
            }
            if params.iter().any(|(param, _)| *param == name.text) {
                continue;
            }
            let Some(symbol) = self.book.symbol(&name.text) else {
                self.unknown_name(&name.text, name.span);
                continue;
            };
            if symbol == of {
                let message = format!("cet exemple donne la réponse de `{}`", name.text);
                self.report(
                    Diagnostic::error("X06", name.span, message)
                        .why("un exemple qui donne sa propre réponse ne peut jamais échouer")
                        .help("donnez les données et les règles qu’elle lit"),
                );
                continue;
            }
            let Some(expected) = self.type_of_symbol(symbol) else {
                let message = format!(
                    "`{}` n’est ni une donnée ni une règle : un exemple ne peut pas le remplacer",
                    name.text
                );
                self.report(Diagnostic::error("X02", name.span, message));
                continue;
            };
            if let Some(value) = self.constant(value, expected) {
                res.push((symbol, value));
            }
        }
        res
    }

    /// The type of a fact or a rule; `None` for other names.
    fn type_of_symbol(&self, symbol: Symbol) -> Option<Type> {
        match symbol {
            Symbol::Rule(it) => self.book.rule(it).map(|it| it.ty),
            Symbol::Input(it) => self.book.input(it).map(|it| it.ty),
            _ => None,
        }
    }

    fn open_locals(&mut self, rule: RuleId, locals: &'a [ast::Local]) {
        for local in locals {
            let key = (rule, local.name.text.clone());
            self.check_reserved(&local.name);
            if self.book.names.contains_key(&local.name.text) {
                self.report(
                    Diagnostic::error(
                        "N02",
                        local.name.span,
                        format!("`{}` est déjà un nom du recueil", local.name.text),
                    )
                    .why("une valeur intermédiaire qui cache un autre nom se lit de travers"),
                );
            }
            if self.locals.insert(key, LocalState::Waiting(local)).is_some() {
                self.report(Diagnostic::error(
                    "N02",
                    local.name.span,
                    format!("`{}` est déclaré deux fois dans cette règle", local.name.text),
                ));
            }
        }
    }

    /// Reads the `où` that nothing has read yet and says they are of no use.
    fn finish_locals(&mut self, rule: RuleId, locals: &'a [ast::Local], context: &Context) {
        for local in locals {
            let key = (rule, local.name.text.clone());
            if matches!(self.locals.get(&key), Some(LocalState::Waiting(_))) {
                self.report(Diagnostic::warning(
                    "N05",
                    local.name.span,
                    format!("`{}` n’est lu nulle part", local.name.text),
                ));
                self.local(rule, &local.name.text, local.name.span, context);
            }
        }
    }

    /// The rule that stands for an `où`, read at its first use.
    pub(super) fn local(
        &mut self,
        rule: RuleId,
        name: &str,
        place: Span,
        context: &Context,
    ) -> Option<RuleId> {
        let key = (rule, name.to_owned());
        let local = match self.locals.get(&key)? {
            LocalState::Done(id) => return Some(*id),
            LocalState::BeingRead(span) => {
                let first = *span;
                self.report(
                    Diagnostic::error("P02", place, format!("`{name}` se lit lui-même"))
                        .note(first, "sa définition"),
                );
                return None;
            }
            LocalState::Waiting(local) => *local,
        };
        self.locals.insert(key.clone(), LocalState::BeingRead(local.name.span));
        let entity = self.book.rule(rule).map_or(context.entity, |it| it.entity);
        let body = self.expr(&local.body, &Context::of_rule(rule, entity));
        let ty = match self.type_of(body) {
            Type::Zero => Type::NUMBER,
            ty => ty,
        };
        let id = RuleId::at(self.book.rules.len());
        let parent = self.book.rule(rule);
        let (article, hidden) = parent.map_or((None, false), |it| (it.article.clone(), it.hidden));
        let mut made =
            new_rule(&local.name, local.label.as_ref(), ty, entity, RuleKind::Local { of: rule });
        made.hidden = hidden;
        made.article = article;
        made.body = body;
        self.book.rules.push(made);
        self.locals.insert(key, LocalState::Done(id));
        Some(id)
    }

    fn choice(&mut self, name: Option<&ast::Name>) -> Option<usize> {
        let name = name?;
        match self.book.symbol(&name.text) {
            Some(Symbol::Choice(rank)) => Some(rank),
            _ => {
                self.unknown_name(&name.text, name.span);
                None
            }
        }
    }

    fn expectation(
        &mut self,
        rule: RuleId,
        ty: Type,
        example: &ast::Example,
    ) -> Option<Expectation> {
        match &example.expected {
            ast::Expected::Value(value) => self.constant(value, ty).map(Expectation::Value),
            ast::Expected::RefusedBecause(name) => {
                let found = self.book.rule(rule).and_then(|it| match &it.kind {
                    RuleKind::Aid(aid) => {
                        let rank = aid.conditions.iter().position(|it| it.name == name.text)?;
                        aid.conditions.get(rank).map(|it| (rank, it.kind))
                    }
                    RuleKind::Rule | RuleKind::Local { .. } => None,
                });
                match found {
                    Some((rank, ConditionKind::Test(_))) => Some(Expectation::RefusedBecause(rank)),
                    Some((_, ConditionKind::ToCheck)) => {
                        let message =
                            format!("`{}` est à vérifier : elle n’est jamais fausse", name.text);
                        self.report(
                            Diagnostic::error("X04", name.span, message)
                                .why("personne ne l’a calculée : elle met l’aide « sous réserve »"),
                        );
                        None
                    }
                    None => {
                        self.report(Diagnostic::error(
                            "X04",
                            name.span,
                            format!("`{}` n’est pas une condition de cette aide", name.text),
                        ));
                        None
                    }
                }
            }
        }
    }

    /// The value of an expression that must be a constant (a literal, possibly negative).
    fn constant(&mut self, expr: &ast::Expr, ty: Type) -> Option<Value> {
        match expr.kind.as_ref() {
            ast::ExprKind::Literal(literal) => self.value_of_type(literal, ty),
            ast::ExprKind::Neg(inner) => match self.constant(inner, ty)? {
                Value::Number(it) => it.checked_neg().map(Value::Number),
                Value::Bool(_) | Value::Date(_) | Value::Case(_) => {
                    self.type_mismatch(expr.span, ty, Type::NUMBER);
                    None
                }
            },
            // A case and a literal are told apart by what the name means, not by how it is written.
            ast::ExprKind::Name(name) => {
                let kind = ast::LiteralKind::Case(name.clone());
                self.value_of_type(&ast::Literal { kind, span: expr.span }, ty)
            }
            _ => {
                self.report(Diagnostic::error(
                    "X05",
                    expr.span,
                    "un exemple donne des valeurs, pas des calculs",
                ));
                None
            }
        }
    }
}

impl Context {
    pub(super) fn of_rule(rule: RuleId, entity: Entity) -> Self {
        Self { rule: Some(rule), ..Self::of_entity(entity) }
    }
}
