//! Expressions: modifiers, operators by precedence, `si`, names, calls, parentheses.

use super::cursor::{Mark, Parser};
use crate::Span;
use crate::ast::{BinaryOp, Expr, ExprKind, Literal, LiteralKind, Name, RoundMode, TypeName};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;
use crate::words::{Reserved, nearest, reserved};

use base::Rational;

/// How many expressions the reader of a text may be inside of.
const MAX_DEPTH: u32 = 100;

/// How tall a typed expression may be, long chains of `+` included: whoever walks it may recurse.
const MAX_HEIGHT: u32 = 200;

/// An expression and its height.
pub(super) struct Built {
    pub(super) expr: Expr,
    pub(super) height: u32,
}

/// The precedence of operators, from the weakest.
pub(super) mod level {
    pub(in crate::parser) const OR: u8 = 1;
    pub(in crate::parser) const AND: u8 = 2;
    pub(in crate::parser) const COMPARE: u8 = 4;
    pub(in crate::parser) const ADD: u8 = 5;
    pub(in crate::parser) const MULTIPLY: u8 = 6;
}

impl Parser<'_> {
    /// A full expression, with its modifiers.
    pub(super) fn expression(&mut self) -> Expr {
        self.modified().expr
    }

    /// An expression without modifiers at its end, made of operators of at least `level`.
    pub(super) fn operation_of(&mut self, level: u8) -> Expr {
        self.operation(level).expr
    }

    pub(super) fn hole(&self) -> Expr {
        Expr { kind: Box::new(ExprKind::Error), span: self.gap() }
    }

    /// Closes a node and makes its expression; a hole (told) if it is too tall.
    pub(super) fn build(
        &mut self,
        mark: Mark,
        node: NodeKind,
        below: u32,
        kind: ExprKind,
    ) -> Built {
        let span = self.close(mark, node);
        if below >= MAX_HEIGHT {
            self.too_deep(span);
            return Built { expr: Expr { kind: Box::new(ExprKind::Error), span }, height: 1 };
        }
        Built { expr: Expr { kind: Box::new(kind), span }, height: below.saturating_add(1) }
    }

    fn too_deep(&mut self, span: Span) {
        if !self.told_too_deep {
            self.told_too_deep = true;
            self.tell(messages::too_deep(span));
        }
    }

    fn modified(&mut self) -> Built {
        let mark = self.mark();
        let value = self.operation(level::OR);
        self.modifiers(mark, value)
    }

    pub(super) fn modifiers(&mut self, mark: Mark, value: Built) -> Built {
        let mut value = value;
        while self.at_modifier() {
            value = self.modifier(mark, value);
        }
        value
    }

    /// `,` then `au minimum`, `au maximum` or `arrondi`.
    pub(super) fn at_modifier(&self) -> bool {
        if !self.at(TokenKind::Comma) {
            return false;
        }
        match (self.nth_word(1), self.nth_word(2)) {
            (Some("arrondi"), _) => true,
            (Some("au"), Some(bound)) => nearest(bound, &["minimum", "maximum"]).is_some(),
            (Some(word), Some("à" | "au")) => nearest(word, &["arrondi"]).is_some(),
            _ => false,
        }
    }

    fn modifier(&mut self, mark: Mark, value: Built) -> Built {
        self.bump();
        if !self.eat_word("au") {
            return self.rounding(mark, value);
        }
        let at_least = match self.word().and_then(|word| nearest(word, &["minimum", "maximum"])) {
            Some(meant) => self.expect_word(meant) && meant == "minimum",
            None => false,
        };
        let bound = self.operation(level::OR);
        let below = value.height.max(bound.height);
        let (value, bound) = (value.expr, bound.expr);
        let kind = match at_least {
            true => ExprKind::AtLeast { value, bound },
            false => ExprKind::AtMost { value, bound },
        };
        self.build(mark, NodeKind::Modified, below, kind)
    }

    /// The cursor is at `arrondi`.
    fn rounding(&mut self, mark: Mark, value: Built) -> Built {
        self.expect_word("arrondi");
        let quantum = self.quantum();
        let mode = match self.word() {
            Some("inférieur") => RoundMode::Down,
            Some("supérieur") => RoundMode::Up,
            _ => RoundMode::Nearest,
        };
        if mode != RoundMode::Nearest {
            self.bump();
        }
        match quantum {
            Some(quantum) => {
                let kind = ExprKind::Round { value: value.expr, mode, quantum };
                self.build(mark, NodeKind::Modified, value.height, kind)
            }
            None => value,
        }
    }

    /// `au centime`, `à l'euro`, `à 0,01 %`.
    fn quantum(&mut self) -> Option<Literal> {
        let start = self.span();
        let euros = |value: Rational, span: Span| {
            let unit = Some(TypeName { text: "€".to_owned(), span });
            Literal { kind: LiteralKind::Number { value, unit }, span }
        };
        if self.eat_word("au") && self.at_word("centime") {
            let span = start.to(self.span());
            self.bump();
            return Some(euros(Rational::from_cents(1), span));
        }
        if self.eat_word("à") {
            if self.at_word("l'") && self.nth_word(1) == Some("euro") {
                self.bump();
                let span = start.to(self.span());
                self.bump();
                return Some(euros(Rational::ONE, span));
            }
            if self.at(TokenKind::Number) {
                return self.literal();
            }
        }
        self.unexpected(messages::unknown_rounding(self.here()));
        None
    }

    /// Operators of at least `min`, by precedence climbing.
    pub(super) fn operation(&mut self, min: u8) -> Built {
        if self.depth >= MAX_DEPTH {
            self.too_deep(self.span());
            self.reported_here();
            return Built { expr: self.hole(), height: 1 };
        }
        self.depth += 1;
        let mark = self.mark();
        let first = self.prefix();
        let res = self.operators(mark, first, min);
        self.depth -= 1;
        res
    }

    fn operators(&mut self, mark: Mark, first: Built, min: u8) -> Built {
        let mut left = first;
        let mut compared = None;
        while let Some(level) = self.operator_level().filter(|level| *level >= min) {
            let span = self.span();
            if self.at(TokenKind::Equal)
                && self.equal_indent.is_some()
                && self.equal_indent == self.indent()
            {
                self.tell(messages::equal_under_equal(span));
            }
            if level == level::COMPARE
                && let Some(before) = compared.replace(span)
            {
                self.tell(messages::chained_comparison(span, before));
            }
            if level != level::COMPARE {
                compared = None;
            }
            left = match self.binary_operator() {
                Some(op) => self.binary(mark, left, op, level),
                None => self.among(mark, left),
            };
        }
        left
    }

    fn operator_level(&self) -> Option<u8> {
        match self.kind() {
            TokenKind::Word => match self.word()? {
                "ou" => Some(level::OR),
                "et" => Some(level::AND),
                "parmi" => Some(level::COMPARE),
                _ => None,
            },
            TokenKind::Equal
            | TokenKind::NotEqual
            | TokenKind::Less
            | TokenKind::LessEqual
            | TokenKind::Greater
            | TokenKind::GreaterEqual => Some(level::COMPARE),
            TokenKind::Plus | TokenKind::Minus => Some(level::ADD),
            TokenKind::Times | TokenKind::Divide | TokenKind::Slash => Some(level::MULTIPLY),
            // Told by the lexer.
            TokenKind::Unknown if self.text() == "||" => Some(level::OR),
            TokenKind::Unknown if self.text() == "&&" => Some(level::AND),
            _ => None,
        }
    }

    /// `None` for `parmi`.
    fn binary_operator(&self) -> Option<BinaryOp> {
        match self.kind() {
            TokenKind::Equal => Some(BinaryOp::Eq),
            TokenKind::NotEqual => Some(BinaryOp::Ne),
            TokenKind::Less => Some(BinaryOp::Lt),
            TokenKind::LessEqual => Some(BinaryOp::Le),
            TokenKind::Greater => Some(BinaryOp::Gt),
            TokenKind::GreaterEqual => Some(BinaryOp::Ge),
            TokenKind::Plus => Some(BinaryOp::Add),
            TokenKind::Minus => Some(BinaryOp::Sub),
            TokenKind::Times => Some(BinaryOp::Mul),
            TokenKind::Divide | TokenKind::Slash => Some(BinaryOp::Div),
            _ if matches!(self.text(), "ou" | "||") => Some(BinaryOp::Or),
            _ if matches!(self.text(), "et" | "&&") => Some(BinaryOp::And),
            _ => None,
        }
    }

    fn binary(&mut self, mark: Mark, left: Built, op: BinaryOp, level: u8) -> Built {
        if self.at(TokenKind::Slash) {
            self.tell(messages::slash_division(self.span()));
        }
        self.bump();
        let right = self.operation(level.saturating_add(1));
        let below = left.height.max(right.height);
        let kind = ExprKind::Binary { op, left: left.expr, right: right.expr };
        self.build(mark, NodeKind::Binary, below, kind)
    }

    /// `parmi (a, b)`, the cursor being at `parmi`.
    fn among(&mut self, mark: Mark, subject: Built) -> Built {
        self.bump();
        let open = self.span();
        let mut cases = Vec::new();
        if self.expect(TokenKind::LeftParen) {
            while let Some(case) = self.name() {
                cases.push(case);
                if !self.eat(TokenKind::Comma) {
                    break;
                }
            }
            self.close_paren(open);
        }
        let kind = ExprKind::In { subject: subject.expr, cases };
        self.build(mark, NodeKind::In, subject.height, kind)
    }

    /// `)`; when it is missing, shows where `(` was.
    pub(super) fn close_paren(&mut self, open: Span) {
        if !self.eat(TokenKind::RightParen) {
            self.unexpected(messages::unclosed_paren(self.here(), open));
        }
    }

    fn prefix(&mut self) -> Built {
        let mark = self.mark();
        if self.at(TokenKind::Minus) {
            self.bump();
            let operand = self.nested(Self::prefix);
            let kind = ExprKind::Neg(operand.expr);
            return self.build(mark, NodeKind::Neg, operand.height, kind);
        }
        match self.word() {
            Some("non") => {
                self.bump();
                let operand = self.operation(level::COMPARE);
                self.build(mark, NodeKind::Not, operand.height, ExprKind::Not(operand.expr))
            }
            Some("si") => self.choice_of_two(),
            Some("selon") => self.select(),
            _ => self.operand(),
        }
    }

    /// Counts one more level around `read`.
    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Built) -> Built {
        if self.depth >= MAX_DEPTH {
            self.too_deep(self.span());
            self.reported_here();
            return Built { expr: self.hole(), height: 1 };
        }
        self.depth += 1;
        let res = read(self);
        self.depth -= 1;
        res
    }

    /// What an aggregation is over, or the filter of `nombre` and `rang`: a name, a call, a parenthesis,
    /// a literal or another aggregation, after `non` or not.
    pub(super) fn body(&mut self) -> Built {
        let mark = self.mark();
        if self.eat_word("non") {
            let operand = self.nested(Self::operand);
            return self.build(mark, NodeKind::Not, operand.height, ExprKind::Not(operand.expr));
        }
        self.nested(Self::operand)
    }

    /// `si C alors A sinon B`
    fn choice_of_two(&mut self) -> Built {
        let mark = self.mark();
        let start = self.span();
        self.bump();
        let condition = self.operation(level::OR);
        self.then_word();
        let then = self.then_branch();
        let otherwise = if self.eat_word("sinon") {
            self.operation(level::OR)
        } else {
            self.unexpected(messages::missing_else(self.here(), start));
            Built { expr: self.hole(), height: 1 }
        };
        let below = condition.height.max(then.height).max(otherwise.height);
        let (condition, then, otherwise) = (condition.expr, then.expr, otherwise.expr);
        let kind = ExprKind::If { condition, then, otherwise };
        self.build(mark, NodeKind::If, below, kind)
    }

    /// `alors`, or what people write instead of it.
    fn then_word(&mut self) {
        if self.eat_word("alors") {
            return;
        }
        let mistaken = matches!(self.kind(), TokenKind::Arrow | TokenKind::Colon)
            || (self.at(TokenKind::Comma) && !self.at_modifier())
            || self.word().is_some_and(|word| nearest(word, &["alors"]).is_some());
        self.unexpected(messages::missing_then(self.here(), mistaken.then(|| self.span())));
        if mistaken {
            self.bump();
            self.eat_word("alors");
        }
    }

    fn then_branch(&mut self) -> Built {
        let mark = self.mark();
        self.awaited.otherwise += 1;
        let value = self.operation(level::OR);
        self.awaited.otherwise -= 1;
        if !self.at_modifier() {
            return value;
        }
        let start = value.expr.span;
        let value = self.modifiers(mark, value);
        self.tell(messages::modifier_in_branch(start.to(value.expr.span)));
        value
    }

    /// A primary and the `à M-1` after it.
    fn operand(&mut self) -> Built {
        let mark = self.mark();
        let mut value = self.primary();
        while self.at_word("à")
            && matches!(self.nth_kind(1), TokenKind::RelativeMonth | TokenKind::RelativeYear)
        {
            self.bump();
            let shift = self.offset(TokenKind::RelativeMonth);
            if shift.is_none() {
                self.bump();
            }
            let kind = ExprKind::At { value: value.expr, shift: shift.unwrap_or(0) };
            value = self.build(mark, NodeKind::At, value.height, kind);
        }
        value
    }

    fn primary(&mut self) -> Built {
        let mark = self.mark();
        match self.kind() {
            TokenKind::Number | TokenKind::Date | TokenKind::Month => self.literal_operand(mark),
            TokenKind::LeftParen => self.paren(mark),
            TokenKind::Word => match self.word() {
                Some("vrai" | "faux") => self.literal_operand(mark),
                _ => match self.aggregate() {
                    Some(aggregate) => aggregate,
                    None => self.name_or_call(mark),
                },
            },
            TokenKind::RelativeMonth | TokenKind::RelativeYear => self.name_or_call(mark),
            _ => self.missing_operand(),
        }
    }

    fn missing_operand(&mut self) -> Built {
        if self.at(TokenKind::Label) && !self.first_on_line() {
            let mark = self.mark();
            self.unexpected(messages::label_in_expression(self.span()));
            self.bump();
            return self.build(mark, NodeKind::Error, 0, ExprKind::Error);
        }
        self.unexpected(messages::expected_expression(self.here()));
        Built { expr: self.hole(), height: 1 }
    }

    fn literal_operand(&mut self, mark: Mark) -> Built {
        let kind = match self.literal() {
            Some(literal) => ExprKind::Literal(literal),
            None => ExprKind::Error,
        };
        Built { expr: Expr { kind: Box::new(kind), span: self.span_since(mark) }, height: 1 }
    }

    fn paren(&mut self, mark: Mark) -> Built {
        let open = self.span();
        self.bump();
        let awaited = std::mem::take(&mut self.awaited);
        let inner = self.modified();
        self.awaited = awaited;
        self.close_paren(open);
        // The typed tree has no parentheses: the span is theirs, so that what is shown is balanced.
        let span = self.close(mark, NodeKind::Paren);
        Built { expr: Expr { span, ..inner.expr }, height: inner.height }
    }

    fn name_or_call(&mut self, mark: Mark) -> Built {
        let kind = self.word().and_then(reserved).filter(|_| !self.at_elided_name());
        let is_missing = match kind {
            Some(Reserved::Structure) => true,
            Some(Reserved::Declaration) => self.at_declaration(),
            Some(Reserved::Starter | Reserved::Kind) => false,
            None => self.at_misspelt_declaration(),
        };
        if is_missing {
            return self.missing_operand();
        }
        let Some(name) = self.name() else { return Built { expr: self.hole(), height: 1 } };
        if self.at(TokenKind::LeftParen) {
            return self.call(mark, name);
        }
        self.build(mark, NodeKind::Name, 0, ExprKind::Name(name))
    }

    pub(super) fn call(&mut self, mark: Mark, callee: Name) -> Built {
        let open = self.span();
        self.bump();
        let awaited = std::mem::take(&mut self.awaited);
        let (mut args, mut below) = (Vec::new(), 0);
        loop {
            let arg = self.modified();
            below = below.max(arg.height);
            args.push(arg.expr);
            if self.at(TokenKind::Semicolon) {
                self.tell(messages::semicolon_in_call(self.span()));
            } else if !self.at(TokenKind::Comma) {
                break;
            }
            self.bump();
        }
        self.awaited = awaited;
        self.close_paren(open);
        self.build(mark, NodeKind::Call, below, ExprKind::Call { callee, args })
    }
}
