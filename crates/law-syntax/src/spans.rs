//! Typed trees compared for what they say, not for where it is written.

use crate::Span;
use crate::ast::{
    Aid, Arm, Article, Change, Choice, Condition, ConditionKind, Enumeration, Example, Exception,
    Expected, Expr, ExprKind, File, Function, Input, Item, ItemKind, Label, Literal, LiteralKind,
    Local, Name, Param, ParamVersion, Pattern, Property, PropertyLaw, ReviewEvery, Rule, Source,
    Table, TableKey, TableRow, TableVersion, ThresholdEffect, TypeName, Window, WindowRef,
    WindowVersion,
};

impl File {
    /// The same tree with every span at zero: two texts that say the same become equal.
    ///
    /// ```
    /// use law_syntax::{FileId, parse};
    /// let read = |text| parse(FileId(0), text).file;
    /// let (a, b) = (read("choix c « x »"), read("choix   c « x » -- oui"));
    /// assert_ne!(a, b);
    /// assert_eq!(a.without_spans(), b.without_spans());
    /// ```
    #[must_use]
    pub fn without_spans(mut self) -> Self {
        self.items.clear_spans();
        self
    }
}

/// What holds spans: sets them all to zero.
trait Spanned {
    fn clear_spans(&mut self);
}

impl Spanned for Span {
    fn clear_spans(&mut self) {
        *self = Self::default();
    }
}

impl<T: Spanned> Spanned for Vec<T> {
    fn clear_spans(&mut self) {
        self.iter_mut().for_each(T::clear_spans);
    }
}

impl<T: Spanned> Spanned for Option<T> {
    fn clear_spans(&mut self) {
        self.iter_mut().for_each(T::clear_spans);
    }
}

impl<A: Spanned, B: Spanned> Spanned for (A, B) {
    fn clear_spans(&mut self) {
        self.0.clear_spans();
        self.1.clear_spans();
    }
}

/// Structures whose listed fields hold spans; the others are named too, so that none is forgotten.
macro_rules! spanned {
    ($($name:ident { $($held:ident),* $(; $($bare:ident),*)? })*) => {$(
        impl Spanned for $name {
            fn clear_spans(&mut self) {
                let Self { $($held,)* $($($bare: _,)*)? } = self;
                $($held.clear_spans();)*
            }
        }
    )*};
}

spanned! {
    Item { kind, span }
    Name { span; text }
    Label { span; text }
    TypeName { span; text }
    Source { title, span; link, verified }
    Article { title, quote; link }
    Param { name, ty, label, versions; review_before }
    ParamVersion { value, source, span; from }
    Enumeration { name, label, cases }
    Table { name, keys, ty, label, versions; review_before }
    TableVersion { source, columns, rows, span; from }
    TableRow { key, values, span }
    Window { name, label, versions }
    WindowVersion { source, span; from, first, last }
    Input {
        name, ty, label, question, group, seconds, known_by, modifiable, bounds;
        entity, nature, sensitive
    }
    Rule {
        name, ty, label, sources, chosen_by, body, locals, exceptions, threshold_effects, examples;
        entity, hidden
    }
    ThresholdEffect { label, sources }
    ReviewEvery { period, sources }
    Property { name, label, sources, law }
    Local { name, label, body }
    Exception { label, condition, body, sources, overrides, span }
    Function { name, params, ty, label, sources, body, examples; entity }
    Aid {
        name, ty, label, sources, conditions, amount, locals, paid_from, review, chosen_by,
        threshold_effects, examples;
        entity, hidden
    }
    Condition { name, kind, label, sources }
    Example { label, given, expected, span; month }
    Choice { name, decision, reason, alternatives, decided_by; decided_on }
    Literal { kind, span }
    Expr { kind, span }
    Arm { pattern, value, span }
}

impl<T: Spanned> Spanned for Box<T> {
    fn clear_spans(&mut self) {
        (**self).clear_spans();
    }
}

impl Spanned for ItemKind {
    fn clear_spans(&mut self) {
        match self {
            Self::Article(it) => it.clear_spans(),
            Self::Param(it) => it.clear_spans(),
            Self::Enumeration(it) => it.clear_spans(),
            Self::Table(it) => it.clear_spans(),
            Self::Window(it) => it.clear_spans(),
            Self::Input(it) => it.clear_spans(),
            Self::Rule(it) => it.clear_spans(),
            Self::Function(it) => it.clear_spans(),
            Self::Aid(it) => it.clear_spans(),
            Self::Choice(it) => it.clear_spans(),
            Self::Property(it) => it.clear_spans(),
            Self::ExceptionTo { target, exception } => {
                target.clear_spans();
                exception.clear_spans();
            }
        }
    }
}

impl Spanned for PropertyLaw {
    fn clear_spans(&mut self) {
        match self {
            Self::Always { test, entity: _ } => test.clear_spans(),
            Self::Moves { change, rule, direction: _, provided } => {
                change.clear_spans();
                rule.clear_spans();
                provided.clear_spans();
            }
        }
    }
}

impl Spanned for Change {
    fn clear_spans(&mut self) {
        match self {
            Self::Increase(name) => name.clear_spans(),
            Self::OneMoreChild | Self::StrangerElsewhere => {}
        }
    }
}

impl Spanned for TableKey {
    fn clear_spans(&mut self) {
        match self {
            Self::Number { span, value: _, and_more: _ } => span.clear_spans(),
            Self::Case(name) => name.clear_spans(),
        }
    }
}

impl Spanned for ConditionKind {
    fn clear_spans(&mut self) {
        match self {
            Self::Test(test) => test.clear_spans(),
            Self::ToCheck => {}
        }
    }
}

impl Spanned for Expected {
    fn clear_spans(&mut self) {
        match self {
            Self::Value(value) => value.clear_spans(),
            Self::RefusedBecause(name) => name.clear_spans(),
        }
    }
}

impl Spanned for LiteralKind {
    fn clear_spans(&mut self) {
        match self {
            Self::Number { unit, value: _ } => unit.clear_spans(),
            Self::Date(_) | Self::Bool(_) => {}
            Self::Case(name) => name.clear_spans(),
        }
    }
}

impl Spanned for WindowRef {
    fn clear_spans(&mut self) {
        match self {
            Self::Named(name) => name.clear_spans(),
            Self::Months { .. } | Self::Year { .. } => {}
        }
    }
}

impl Spanned for Pattern {
    fn clear_spans(&mut self) {
        match self {
            Self::Values(values) => values.clear_spans(),
            Self::LessThan(it)
            | Self::UpTo(it)
            | Self::AtLeast(it)
            | Self::MoreThan(it)
            | Self::When(it) => it.clear_spans(),
            Self::Between(low, high) => {
                low.clear_spans();
                high.clear_spans();
            }
            Self::Otherwise => {}
        }
    }
}

impl Spanned for ExprKind {
    fn clear_spans(&mut self) {
        match self {
            Self::Literal(it) => it.clear_spans(),
            Self::Name(it) => it.clear_spans(),
            Self::Call { callee, args } => {
                callee.clear_spans();
                args.clear_spans();
            }
            Self::Not(it) | Self::Neg(it) => it.clear_spans(),
            Self::Binary { op: _, left, right } => {
                left.clear_spans();
                right.clear_spans();
            }
            Self::In { subject, cases } => {
                subject.clear_spans();
                cases.clear_spans();
            }
            Self::If { condition, then, otherwise } => {
                condition.clear_spans();
                then.clear_spans();
                otherwise.clear_spans();
            }
            Self::Select { subject, arms } => {
                subject.clear_spans();
                arms.clear_spans();
            }
            Self::AtLeast { value, bound } | Self::AtMost { value, bound } => {
                value.clear_spans();
                bound.clear_spans();
            }
            Self::Round { value, mode: _, quantum } => {
                value.clear_spans();
                quantum.clear_spans();
            }
            Self::At { value, shift: _ } => value.clear_spans(),
            Self::Aggregate { reduce: _, role, filter, body, default } => {
                role.clear_spans();
                filter.clear_spans();
                body.clear_spans();
                default.clear_spans();
            }
            Self::Count { role, filter } | Self::Rank { role, filter } => {
                role.clear_spans();
                filter.clear_spans();
            }
            Self::Over { reduce: _, window, body } => {
                window.clear_spans();
                body.clear_spans();
            }
            Self::Error => {}
        }
    }
}
