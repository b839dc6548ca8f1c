//! `propriété`: what must hold of any household, resolved.

use law_syntax::ast::{self, PropertyLaw as Written};
use law_syntax::{Diagnostic, Span};

use super::Lowering;
use super::declare::{entity, sources};
use super::expr::Context;
use crate::{
    ArticleRef, Direction, HouseholdChange, InputId, Property, PropertyLaw, RuleId, Symbol, Type,
};

pub(super) fn lower(lowering: &mut Lowering<'_>, it: &ast::Property, article: Option<ArticleRef>) {
    let law = match &it.law {
        Written::Always { test, entity: of } => {
            let entity = entity(*of);
            let test = lowering.expr_of(test, &Context::of_entity(entity), Type::Bool);
            Some(PropertyLaw::Always { test, entity })
        }
        Written::Moves { change, rule, direction, provided } => {
            lowering.moves(change, rule, *direction, provided.as_ref())
        }
    };
    let Some(law) = law else { return };
    lowering.book.properties.push(Property {
        name: it.name.text.clone(),
        label: it.label.text.clone(),
        law,
        sources: sources(&it.sources),
        article,
        span: it.name.span,
    });
}

impl Lowering<'_> {
    fn moves(
        &mut self,
        change: &ast::Change,
        rule: &ast::Name,
        direction: ast::Direction,
        provided: Option<&ast::Expr>,
    ) -> Option<PropertyLaw> {
        let change = self.change(change);
        let direction = match direction {
            ast::Direction::NeverFalls => Direction::NeverFalls,
            ast::Direction::NeverRises => Direction::NeverRises,
            ast::Direction::NeverMoves => Direction::NeverMoves,
        };
        let rule = self.rule_that_moves(rule, direction)?;
        let entity = self.book.rule(rule)?.entity;
        let provided = provided.map(|it| self.expr_of(it, &Context::of_entity(entity), Type::Bool));
        Some(PropertyLaw::Moves { rule, change: change?, direction, provided })
    }

    fn change(&mut self, change: &ast::Change) -> Option<HouseholdChange> {
        match change {
            ast::Change::OneMoreChild => Some(HouseholdChange::OneMoreChild),
            ast::Change::StrangerElsewhere => Some(HouseholdChange::StrangerElsewhere),
            ast::Change::Increase(name) => {
                self.fact_that_grows(name).map(HouseholdChange::Increase)
            }
        }
    }

    fn fact_that_grows(&mut self, name: &ast::Name) -> Option<InputId> {
        let input = match self.book.symbol(&name.text) {
            Some(Symbol::Input(id)) => self.book.input(id).map(|it| (id, it.ty)),
            Some(_) => {
                self.not_this(name.span, &name.text, "une donnée");
                return None;
            }
            None => {
                self.unknown_name(&name.text, name.span);
                return None;
            }
        };
        let (id, ty) = input?;
        if !ty.is_number() {
            let message = format!("`{}` n’est pas un nombre : rien n’y augmente", name.text);
            self.report(Diagnostic::error("T02", name.span, message));
            return None;
        }
        Some(id)
    }

    fn rule_that_moves(&mut self, name: &ast::Name, direction: Direction) -> Option<RuleId> {
        let rule = match self.book.symbol(&name.text) {
            Some(Symbol::Rule(id)) => self.book.rule(id).map(|it| (id, it.ty)),
            Some(_) => {
                self.not_this(name.span, &name.text, "une règle ou une aide");
                return None;
            }
            None => {
                self.unknown_name(&name.text, name.span);
                return None;
            }
        };
        let (id, ty) = rule?;
        if direction != Direction::NeverMoves && matches!(ty, Type::Bool | Type::Enum(_)) {
            let described = self.describe(ty);
            self.report(
                Diagnostic::error(
                    "T02",
                    name.span,
                    format!(
                        "`{described}` n’a pas d’ordre : rien n’y est plus grand ou plus petit"
                    ),
                )
                .help("écrivez `ne change pas`"),
            );
            return None;
        }
        Some(id)
    }

    fn not_this(&mut self, span: Span, name: &str, what: &str) {
        self.report(Diagnostic::error("N03", span, format!("`{name}` n’est pas {what}")));
    }
}
