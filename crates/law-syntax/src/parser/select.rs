//! `selon`: its arms and their patterns.

use super::cursor::Parser;
use super::expr::{Built, level};
use crate::Span;
use crate::ast::{Arm, Expr, ExprKind, Pattern};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;

impl Parser<'_> {
    /// The cursor is at `selon`.
    pub(super) fn select(&mut self) -> Built {
        let mark = self.mark();
        let start = self.span();
        self.bump();
        let subject = if self.at(TokenKind::Bar) { None } else { Some(self.operation(level::OR)) };
        let mut below = subject.as_ref().map_or(0, |it| it.height);
        let mut arms = Vec::new();
        let mut modified = false;
        while self.at_arm() {
            let value = self.arm(subject.is_some(), modified, &mut arms);
            modified |= value.modified;
            below = below.max(value.height);
        }
        if arms.is_empty() {
            self.unexpected(messages::no_arm(self.here(), start));
        }
        let kind = ExprKind::Select { subject: subject.map(|it| it.expr), arms };
        self.build(mark, NodeKind::Select, below, kind)
    }

    /// `|`, or a last arm that lacks it.
    fn at_arm(&mut self) -> bool {
        if self.at(TokenKind::Bar) {
            return true;
        }
        let last =
            self.at_word("au-delà") || (self.at_word("sinon") && self.awaited.otherwise == 0);
        if last {
            self.unexpected(messages::missing_bar(self.span(), self.text()));
        }
        last
    }

    fn arm(&mut self, has_subject: bool, modified_before: bool, arms: &mut Vec<Arm>) -> ReadArm {
        let mark = self.mark();
        self.eat(TokenKind::Bar);
        let pattern_mark = self.mark();
        let (pattern, height) = self.pattern(has_subject);
        self.close(pattern_mark, NodeKind::Pattern);
        self.arrow();
        let value_mark = self.mark();
        let value = self.operation(level::OR);
        let start = value.expr.span;
        let modified = self.at_modifier();
        let value = self.modifiers(value_mark, value);
        if modified && !self.at(TokenKind::Bar) && !modified_before {
            let span = Span { start: start.end, ..value.expr.span };
            self.tell(messages::modifier_after_last_arm(span));
        }
        let height = height.max(value.height);
        let span = self.close(mark, NodeKind::Arm);
        arms.push(Arm { pattern, value: value.expr, span });
        ReadArm { height, modified }
    }

    /// `→`, or what people write instead of it.
    pub(super) fn arrow(&mut self) {
        if self.eat(TokenKind::Arrow) {
            return;
        }
        let mistaken =
            matches!(self.kind(), TokenKind::Colon | TokenKind::Equal) || self.at_word("alors");
        self.unexpected(messages::missing_arrow(self.here(), mistaken.then(|| self.span())));
        if mistaken {
            self.bump();
        }
    }

    /// A pattern, and the height of what is in it.
    fn pattern(&mut self, has_subject: bool) -> (Pattern, u32) {
        if self.eat_word("sinon") {
            return (Pattern::Otherwise, 0);
        }
        if !has_subject {
            let start = self.span();
            if matches!(self.word(), Some("moins" | "plus" | "jusqu'à" | "au-delà" | "de")) {
                self.unexpected(messages::pattern_without_subject(start));
            }
            let condition = self.operation(level::OR);
            return (Pattern::When(condition.expr), condition.height);
        }
        match self.word() {
            Some("au-delà") => {
                self.bump();
                (Pattern::Otherwise, 0)
            }
            Some("moins") => self.bound_pattern(true, Pattern::LessThan),
            Some("plus") => self.bound_pattern(true, Pattern::MoreThan),
            Some("jusqu'à") => self.bound_pattern(false, Pattern::UpTo),
            Some("de") => self.between(),
            _ => self.comparison_or_values(),
        }
    }

    /// `moins de V`, `plus de V`, `jusqu'à V`.
    fn bound_pattern(&mut self, with_de: bool, make: fn(Expr) -> Pattern) -> (Pattern, u32) {
        self.bump();
        if with_de && !self.eat_word("d'") {
            self.expect_word("de");
        }
        let bound = self.operation(level::ADD);
        (make(bound.expr), bound.height)
    }

    /// `de A à B`
    fn between(&mut self) -> (Pattern, u32) {
        self.bump();
        let low = self.operation(level::ADD);
        self.expect_word("à");
        let high = self.operation(level::ADD);
        let height = low.height.max(high.height);
        (Pattern::Between(low.expr, high.expr), height)
    }

    fn comparison_or_values(&mut self) -> (Pattern, u32) {
        let make: fn(Expr) -> Pattern = match self.kind() {
            TokenKind::Less => Pattern::LessThan,
            TokenKind::LessEqual => Pattern::UpTo,
            TokenKind::Greater => Pattern::MoreThan,
            TokenKind::GreaterEqual => Pattern::AtLeast,
            TokenKind::Equal => |value| Pattern::Values(vec![value]),
            _ => return self.values(),
        };
        self.unexpected(messages::comparison_pattern(self.span(), self.text()));
        self.bump();
        let bound = self.operation(level::ADD);
        (make(bound.expr), bound.height)
    }

    /// `V`, `V ou V`, `V et plus`.
    fn values(&mut self) -> (Pattern, u32) {
        let first = self.operation(level::ADD);
        let mut height = first.height;
        if self.at_word("et") && self.nth_word(1) == Some("plus") {
            self.bump();
            self.bump();
            return (Pattern::AtLeast(first.expr), height);
        }
        let mut values = vec![first.expr];
        loop {
            if self.at(TokenKind::Comma) {
                self.unexpected(messages::comma_in_pattern(self.span()));
            } else if !self.at_word("ou") {
                break;
            }
            self.bump();
            let value = self.operation(level::ADD);
            height = height.max(value.height);
            values.push(value.expr);
        }
        if matches!(
            self.kind(),
            TokenKind::Less | TokenKind::LessEqual | TokenKind::Greater | TokenKind::GreaterEqual
        ) {
            self.unexpected(messages::condition_pattern(self.span()));
            self.bump();
            let _ = self.operation(level::OR);
        }
        (Pattern::Values(values), height)
    }
}

/// What the `selon` needs to know of an arm it read.
struct ReadArm {
    height: u32,
    /// Whether a modifier ends the value of the arm.
    modified: bool,
}
