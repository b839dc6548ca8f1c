//! Aggregations: over the persons of a group, over the months of a window.

use law_syntax::ast;
use law_syntax::{Diagnostic, Span};

use super::Lowering;
use super::expr::{BIRTH_DATE, Context};
use crate::{Aggregation, Entity, ExprId, Op, Reduce, Role, Symbol, Type, Unit, WindowUse};

impl Lowering<'_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of one written form, each read once")]
    pub(super) fn aggregate(
        &mut self,
        reduce: Reduce,
        role: &ast::Name,
        filter: Option<&ast::Expr>,
        body: &ast::Expr,
        default: Option<&ast::Expr>,
        context: &Context,
        span: Span,
    ) -> ExprId {
        let (role, filter) = self.role_and_filter(role, filter, context);
        let inner = context.on_persons();
        let (body, ty) = match reduce {
            Reduce::Any | Reduce::All => (self.expr_of(body, &inner, Type::Bool), Type::Bool),
            Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => {
                let body = self.number(body, &inner);
                (body, self.type_of(body))
            }
        };
        let default = default.map(|it| self.expr(it, context));
        let ty = default.map_or(ty, |it| self.join(body, it, span));
        self.node(Op::Aggregate(Aggregation { reduce, role, filter, body, default }), ty, span)
    }

    pub(super) fn rank(
        &mut self,
        role: &ast::Name,
        filter: Option<&ast::Expr>,
        context: &Context,
        span: Span,
    ) -> ExprId {
        if context.entity != Entity::Person {
            self.entity_mismatch("rang", span, Entity::Person, context.entity);
        }
        if self.book.input_named(BIRTH_DATE).is_none() {
            self.report(
                Diagnostic::error(
                    "N06",
                    span,
                    format!("`rang` a besoin de la donnée `{BIRTH_DATE}`"),
                )
                .help(format!("déclarez `donnée {BIRTH_DATE} : date par personne, permanente`")),
            );
        }
        let family = Context { entity: Entity::Family, written_for: None, ..context.clone() };
        let (role, filter) = self.role_and_filter(role, filter, &family);
        self.node(Op::Rank { role, filter }, Type::NUMBER, span)
    }

    pub(super) fn role_and_filter(
        &mut self,
        role: &ast::Name,
        filter: Option<&ast::Expr>,
        context: &Context,
    ) -> (Role, Option<ExprId>) {
        let filter = filter.map(|it| self.expr_of(it, &context.on_persons(), Type::Bool));
        (self.role(role, context), filter)
    }

    fn role(&mut self, name: &ast::Name, context: &Context) -> Role {
        let entity = context.entity;
        if let Some(declared) = context.written_for.filter(|it| *it != entity) {
            let (declared, here) = (declared.word(), entity.word());
            let message = format!(
                "une fonction par {declared} qui réunit des personnes est appelée par {here}"
            );
            self.report(
                Diagnostic::error("E07", name.span, message)
                    .why("les mêmes mots y désigneraient d’autres personnes")
                    .help(format!("faites-en une règle par {declared}")),
            );
            return Role::Members;
        }
        let roles: &[(&str, Role)] = match entity {
            Entity::Person => &[],
            Entity::Family => &[
                ("membres", Role::Members),
                ("parents", Role::Parents),
                ("enfants", Role::Children),
            ],
            Entity::TaxHousehold => &[
                ("membres", Role::Members),
                ("déclarants", Role::Declarants),
                ("à_charge", Role::Dependants),
            ],
            Entity::Dwelling => &[("membres", Role::Members), ("occupants", Role::Members)],
        };
        let singular = |word: &str| word.strip_suffix('s').map(str::to_owned);
        for (word, role) in roles {
            if name.text == *word || singular(word).as_deref() == Some(name.text.as_str()) {
                return *role;
            }
        }
        let known: Vec<String> = roles.iter().map(|(word, _)| format!("`{word}`")).collect();
        let mut diagnostic = Diagnostic::error(
            "E01",
            name.span,
            format!("`{}` n’est pas un rôle dans une règle par {}", name.text, entity.word()),
        );
        diagnostic = if known.is_empty() {
            diagnostic
                .help("une agrégation s’écrit dans une règle par famille, foyer_fiscal ou ménage")
        } else {
            diagnostic.help(format!("les rôles sont : {}", known.join(", ")))
        };
        self.report(diagnostic);
        Role::Members
    }

    pub(super) fn over(
        &mut self,
        reduce: Reduce,
        window: &ast::WindowRef,
        body: &ast::Expr,
        context: &Context,
        span: Span,
    ) -> ExprId {
        let (window, length) = match window {
            ast::WindowRef::Named(name) => match self.book.symbol(&name.text) {
                Some(Symbol::Window(id)) => (WindowUse::Named(id), self.window_length(id)),
                _ => {
                    self.unknown_name(&name.text, name.span);
                    return self.wrong(span);
                }
            },
            ast::WindowRef::Months { first, last } => {
                let length = last.saturating_sub(*first).saturating_add(1);
                (WindowUse::Months { first: *first, last: *last }, Some(length))
            }
            ast::WindowRef::Year { offset } => (WindowUse::Year { offset: *offset }, Some(12)),
        };
        let inner = context.shifted();
        let (body, ty) = match reduce {
            Reduce::Any | Reduce::All => (self.expr_of(body, &inner, Type::Bool), Type::Bool),
            Reduce::Mean | Reduce::Max | Reduce::Min => {
                let body = self.number(body, &inner);
                (body, self.type_of(body))
            }
            Reduce::Sum => {
                let body = self.number(body, &inner);
                let ty = self.summed(self.type_of(body), length, span);
                (body, ty)
            }
        };
        self.node(Op::Over { reduce, window, body }, ty, span)
    }

    /// Months added up: €/month over twelve months is €/year, over another number of months €.
    fn summed(&mut self, ty: Type, length: Option<i32>, span: Span) -> Type {
        match ty {
            Type::Number(unit) if unit.month == -1 && unit.year == 0 => {
                let year = if length == Some(12) { -1 } else { 0 };
                Type::Number(Unit { month: 0, year, ..unit })
            }
            Type::Number(unit) if unit.is_dimensionless() => ty,
            Type::Number(_) => {
                let described = self.describe(ty);
                self.report(
                    Diagnostic::error(
                        "P03",
                        span,
                        format!("on n’additionne pas des mois de `{described}`"),
                    )
                    .why("seul un montant par mois, additionné sur plusieurs mois, a un sens"),
                );
                Type::Unknown
            }
            Type::Zero | Type::Unknown | Type::Bool | Type::Date | Type::Enum(_) => ty,
        }
    }

    /// The number of months of all versions of the window, if it is always the same.
    fn window_length(&self, id: crate::WindowId) -> Option<i32> {
        let window = self.book.window(id)?;
        let mut lengths = window
            .versions
            .iter()
            .map(|it| it.value.1.saturating_sub(it.value.0).saturating_add(1));
        let first = lengths.next()?;
        lengths.all(|it| it == first).then_some(first)
    }
}
