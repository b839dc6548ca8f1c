//! `f(x)`: functions of the language, functions of the book written in place, tables, and a person's
//! value read on the applicant.

use base::Rational;
use law_syntax::ast::{self, ExprKind};
use law_syntax::{Diagnostic, Span};

use super::Lowering;
use super::builtins::{self, Builtin};
use super::expr::Context;
use crate::{Entity, ExprId, FunctionId, Op, Symbol, Type, Unit, Value};

impl Lowering<'_> {
    pub(super) fn call(
        &mut self,
        callee: &ast::Name,
        args: &[ast::Expr],
        context: &Context,
        span: Span,
    ) -> ExprId {
        if let Some(builtin) = builtins::function(&callee.text) {
            return self.builtin(builtin, callee, args, context, span);
        }
        match self.book.symbol(&callee.text) {
            Some(Symbol::Function(id)) => {
                let args: Vec<ExprId> = args.iter().map(|it| self.expr(it, context)).collect();
                self.call_function(id, &args, context, span)
            }
            Some(Symbol::Table(id)) => {
                let keys = self.book.table(id).map(|it| it.keys.clone()).unwrap_or_default();
                self.check_count(callee, args.len(), keys.len());
                let keys = args
                    .iter()
                    .zip(&keys)
                    .map(|(arg, (_, ty))| self.expr_of(arg, context, *ty))
                    .collect();
                let ty = self.book.table(id).map_or(Type::Unknown, |it| it.ty);
                self.node(Op::Table { table: id, keys }, ty, span)
            }
            Some(Symbol::Rule(_) | Symbol::Input(_)) => self.on_role(callee, args, context, span),
            Some(_) => {
                self.report(Diagnostic::error(
                    "N03",
                    callee.span,
                    format!("`{}` n’est pas une fonction", callee.text),
                ));
                self.wrong(span)
            }
            None => {
                self.unknown_name(&callee.text, callee.span);
                self.wrong(span)
            }
        }
    }

    /// `âge(demandeur)`: a person's value read from their family.
    fn on_role(
        &mut self,
        callee: &ast::Name,
        args: &[ast::Expr],
        context: &Context,
        span: Span,
    ) -> ExprId {
        let of_applicant = matches!(args, [arg] if matches!(arg.kind.as_ref(),
            ExprKind::Name(name) if name.text == "demandeur"));
        if !of_applicant {
            self.report(
                Diagnostic::error(
                    "E06",
                    span,
                    format!("`{}` ne se lit que sur `demandeur`", callee.text),
                )
                .why("seul le demandeur existe toujours ; les autres peuvent manquer")
                .help(format!("pour les parents : `somme des parents de {}`", callee.text)),
            );
            return self.wrong(span);
        }
        if !matches!(context.entity, Entity::Family | Entity::Person) {
            self.entity_mismatch(&callee.text, callee.span, Entity::Person, context.entity);
        }
        let body = self.name(callee, &context.on_persons());
        let ty = self.type_of(body);
        self.node(Op::OfApplicant(body), ty, span)
    }

    fn builtin(
        &mut self,
        builtin: Builtin,
        callee: &ast::Name,
        args: &[ast::Expr],
        context: &Context,
        span: Span,
    ) -> ExprId {
        match builtin {
            Builtin::Min | Builtin::Max => {
                if args.is_empty() {
                    self.check_count(callee, 0, 2);
                    return self.wrong(span);
                }
                let args: Vec<ExprId> = args.iter().map(|it| self.number(it, context)).collect();
                let mut ty = Type::Zero;
                for arg in &args {
                    let found = self.type_of(*arg);
                    ty = ty.join(found).unwrap_or_else(|| {
                        self.unit_mismatch(span, ty, found);
                        Type::Unknown
                    });
                }
                let op = if builtin == Builtin::Min { Op::Min(args) } else { Op::Max(args) };
                self.node(op, ty, span)
            }
            Builtin::Beyond => {
                self.check_count(callee, args.len(), 2);
                let [value, limit] = args else { return self.wrong(span) };
                let left = self.number(value, context);
                let right = self.number(limit, context);
                let ty = self.join(left, right, span);
                let difference = self.node(Op::Sub(left, right), ty, span);
                let zero = self.node(Op::Const(Value::Number(Rational::ZERO)), ty, span);
                self.node(Op::Max(vec![difference, zero]), ty, span)
            }
            Builtin::Monthly => {
                let twelfth = Rational::new(1, 12).unwrap_or(Rational::ZERO);
                self.bridge(
                    callee,
                    args,
                    context,
                    span,
                    (Unit::EURO_PER_YEAR, Unit::EURO_PER_MONTH, twelfth),
                )
            }
            Builtin::Yearly => {
                let scale = (Unit::EURO_PER_MONTH, Unit::EURO_PER_YEAR, Rational::from(12));
                self.bridge(callee, args, context, span, scale)
            }
            Builtin::InMonths => {
                let scale = (Unit::YEARS, Unit::MONTHS, Rational::from(12));
                self.bridge(callee, args, context, span, scale)
            }
            Builtin::YearsSince => {
                self.of_date(callee, args, context, span, Op::YearsSince, Type::Number(Unit::YEARS))
            }
            Builtin::MonthsSince => self.of_date(
                callee,
                args,
                context,
                span,
                Op::MonthsSince,
                Type::Number(Unit::MONTHS),
            ),
            Builtin::YearOf => self.of_date(callee, args, context, span, Op::YearOf, Type::NUMBER),
            Builtin::MonthOf => {
                self.of_date(callee, args, context, span, Op::MonthNumberOf, Type::NUMBER)
            }
            Builtin::FirstOfMonth => {
                self.of_date(callee, args, context, span, Op::FirstOfMonth, Type::Date)
            }
        }
    }

    fn bridge(
        &mut self,
        callee: &ast::Name,
        args: &[ast::Expr],
        context: &Context,
        span: Span,
        (from, to, scale): (Unit, Unit, Rational),
    ) -> ExprId {
        self.check_count(callee, args.len(), 1);
        let [value] = args else { return self.wrong(span) };
        let value = self.expr_of(value, context, Type::Number(from));
        self.node(Op::Scale(value, scale), Type::Number(to), span)
    }

    fn of_date(
        &mut self,
        callee: &ast::Name,
        args: &[ast::Expr],
        context: &Context,
        span: Span,
        op: fn(ExprId) -> Op,
        ty: Type,
    ) -> ExprId {
        self.check_count(callee, args.len(), 1);
        let [date] = args else { return self.wrong(span) };
        let date = self.expr_of(date, context, Type::Date);
        self.node(op(date), ty, span)
    }

    /// Writes the body of the function in place, with these arguments.
    pub(super) fn call_function(
        &mut self,
        id: FunctionId,
        args: &[ExprId],
        context: &Context,
        span: Span,
    ) -> ExprId {
        let (Some(text), Some(function)) =
            (self.functions.get(&id).copied(), self.book.function(id))
        else {
            return self.wrong(span);
        };
        let (ty, entity, params) = (function.ty, function.entity, function.params.clone());
        if !context.entity.sees(entity) {
            let (found, here) = (entity.word(), context.entity.word());
            let message =
                format!("`{}` est par {found}, elle est appelée par {here}", text.name.text);
            self.report(
                Diagnostic::error("E04", span, message)
                    .why("ce qu’elle lit a plusieurs valeurs possibles là où elle est appelée"),
            );
            return self.wrong(span);
        }
        self.check_count(
            &ast::Name { text: text.name.text.clone(), span },
            args.len(),
            params.len(),
        );
        if self.calls.contains(&id) {
            self.report(
                Diagnostic::error("P02", span, format!("`{}` s’appelle elle-même", text.name.text))
                    .why("un calcul doit toujours finir"),
            );
            return self.wrong(span);
        }
        let mut bound = Vec::new();
        for ((name, ty), arg) in params.iter().zip(args) {
            let found = self.type_of(*arg);
            if found.join(*ty).is_none() {
                self.type_mismatch(self.span_of(*arg), found, *ty);
            }
            bound.push((name.clone(), *arg));
        }
        if self.calls.is_empty() {
            self.begin_call(span);
        }
        self.calls.push(id);
        let here = Context::of_entity(context.entity);
        let inner = Context { args: bound, written_for: Some(entity), ..here };
        let body = self.expr_of(&text.body, &inner, ty);
        self.calls.pop();
        self.node(Op::Call { function: id, body }, ty, span)
    }

    fn check_count(&mut self, callee: &ast::Name, found: usize, expected: usize) {
        if found != expected {
            self.report(Diagnostic::error(
                "T03",
                callee.span,
                format!("`{}` attend {expected} valeurs, en voici {found}", callee.text),
            ));
        }
    }
}
