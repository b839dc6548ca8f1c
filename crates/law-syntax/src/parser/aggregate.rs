//! Aggregations, over the people of a role or the months of a window.

use super::cursor::{Mark, Parser};
use super::expr::{Built, level};
use crate::ast::{Expr, ExprKind, Name, Reduce, WindowRef};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;

impl Parser<'_> {
    /// The aggregation the cursor is at; `None`, nothing being consumed, if it is at none.
    pub(super) fn aggregate(&mut self) -> Option<Built> {
        let mark = self.mark();
        let reduce = match self.word()? {
            "nombre" if self.nth_is_of(1) => return Some(self.count(mark)),
            "rang" => return Some(self.rank(mark)),
            "somme" => Reduce::Sum,
            "moyenne" => Reduce::Mean,
            "maximum" => Reduce::Max,
            "minimum" => Reduce::Min,
            "un" | "une" => Reduce::Any,
            "chacun" | "chacune" | "chaque" => Reduce::All,
            _ => return None,
        };
        let start = self.span();
        let word = self.text();
        self.bump();
        if matches!(reduce, Reduce::Max | Reduce::Min) && self.at(TokenKind::LeftParen) {
            self.tell(messages::maximum_of_values(start, word));
            return Some(self.arguments(mark, start, word));
        }
        let over_months = match reduce {
            Reduce::Any | Reduce::All => self.eat_word("mois"),
            Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => false,
        };
        if self.eat_word("sur") {
            return Some(self.over_window(mark, reduce));
        }
        if over_months {
            self.expect_word("sur");
            return Some(Built { expr: self.hole(), height: 1 });
        }
        if !self.eat_of() {
            self.unexpected(messages::incomplete_aggregate(self.here(), word));
            return Some(Built { expr: self.hole(), height: 1 });
        }
        if reduce == Reduce::Mean {
            self.tell(messages::mean_of_people(start));
        }
        Some(self.over_people(mark, reduce))
    }

    /// `maximum(a, b)`, told, read as `max(a, b)`.
    fn arguments(&mut self, mark: Mark, start: crate::Span, word: &str) -> Built {
        let text = if word == "maximum" { "max" } else { "min" };
        self.call(mark, Name { text: text.to_owned(), span: start })
    }

    fn nth_is_of(&self, n: usize) -> bool {
        matches!(self.nth_word(n), Some("de" | "des" | "d'"))
    }

    fn eat_of(&mut self) -> bool {
        let found = self.nth_is_of(0);
        if found {
            self.bump();
        }
        found
    }

    /// `somme des ROLE tels que C de E`, the cursor being at the role.
    fn over_people(&mut self, mark: Mark, reduce: Reduce) -> Built {
        let Some(role) = self.name() else { return Built { expr: self.hole(), height: 1 } };
        let mut below = 0;
        let filter = self.such_that(&mut below, |p| p.operation(level::OR));
        let extremum = u32::from(matches!(reduce, Reduce::Max | Reduce::Min));
        self.awaited.default += extremum;
        let body = self.reduced(reduce, &mut below);
        self.awaited.default -= extremum;
        let default = self.default(reduce, &mut below);
        let kind = ExprKind::Aggregate { reduce, role, filter, body, default };
        self.build(mark, NodeKind::Aggregate, below, kind)
    }

    /// `tels que C`; how far C goes depends on whether a keyword ends it.
    fn such_that(&mut self, below: &mut u32, read: fn(&mut Self) -> Built) -> Option<Expr> {
        match self.word() {
            Some("tels" | "telles") => {}
            Some("tel" | "telle") => {
                let meant = if self.at_word("tel") { "tels" } else { "telles" };
                self.unexpected(messages::misspelt(self.span(), self.text(), meant));
            }
            _ => return None,
        }
        self.bump();
        self.expect_word("que");
        let condition = read(self);
        *below = (*below).max(condition.height);
        Some(condition.expr)
    }

    /// `de E` or `vérifie C`.
    fn reduced(&mut self, reduce: Reduce, below: &mut u32) -> Expr {
        let found = match reduce {
            Reduce::Any | Reduce::All => self.expect_word("vérifie"),
            Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => {
                self.eat_word("d'") || self.expect_word("de")
            }
        };
        if !found {
            return self.hole();
        }
        let body = self.body();
        *below = (*below).max(body.height);
        body.expr
    }

    /// `à défaut E`, which a maximum needs and a sum does not have.
    fn default(&mut self, reduce: Reduce, below: &mut u32) -> Option<Expr> {
        let extremum = matches!(reduce, Reduce::Max | Reduce::Min);
        if !(self.at_word("à") && self.nth_word(1) == Some("défaut")) {
            if extremum {
                self.unexpected(messages::missing_default(self.gap()));
            }
            return None;
        }
        if !extremum && self.awaited.default > 0 {
            return None;
        }
        let start = self.span();
        self.bump();
        if !extremum {
            self.tell(messages::useless_default(start.to(self.span())));
        }
        self.bump();
        let default = self.body();
        *below = (*below).max(default.height);
        Some(default.expr)
    }

    /// `nombre de ROLE tels que C`
    fn count(&mut self, mark: Mark) -> Built {
        self.bump();
        self.eat_of();
        let Some(role) = self.name() else { return Built { expr: self.hole(), height: 1 } };
        let mut below = 0;
        let filter = self.such_that(&mut below, Self::body);
        self.build(mark, NodeKind::Aggregate, below, ExprKind::Count { role, filter })
    }

    /// `rang parmi ROLE tels que C`
    fn rank(&mut self, mark: Mark) -> Built {
        self.bump();
        self.expect_word("parmi");
        let Some(role) = self.name() else { return Built { expr: self.hole(), height: 1 } };
        let mut below = 0;
        let filter = self.such_that(&mut below, Self::body);
        self.build(mark, NodeKind::Aggregate, below, ExprKind::Rank { role, filter })
    }

    /// `somme sur FENÊTRE de E`, the cursor being at the window.
    fn over_window(&mut self, mark: Mark, reduce: Reduce) -> Built {
        let Some(window) = self.window_ref() else {
            return Built { expr: self.hole(), height: 1 };
        };
        let mut below = 0;
        let body = self.reduced(reduce, &mut below);
        let kind = ExprKind::Over { reduce, window, body };
        self.build(mark, NodeKind::Aggregate, below, kind)
    }

    fn window_ref(&mut self) -> Option<WindowRef> {
        if self.at(TokenKind::RelativeMonth) {
            let (first, last) = self.month_range()?;
            return Some(WindowRef::Months { first, last });
        }
        if self.at_word("année") && self.nth_kind(1) == TokenKind::RelativeYear {
            self.bump();
            let offset = self.offset(TokenKind::RelativeYear)?;
            return Some(WindowRef::Year { offset });
        }
        if self.at(TokenKind::RelativeYear) {
            self.unexpected(messages::missing_year_word(self.span(), self.text()));
            let offset = self.offset(TokenKind::RelativeYear)?;
            return Some(WindowRef::Year { offset });
        }
        self.name().map(WindowRef::Named)
    }

    /// `M-4 à M-2`; `None` (told) if it cannot be read.
    pub(super) fn month_range(&mut self) -> Option<(i32, i32)> {
        let start = self.span();
        let first = self.offset(TokenKind::RelativeMonth)?;
        if !self.expect_word("à") {
            return None;
        }
        let span = start.to(self.span());
        let last = self.offset(TokenKind::RelativeMonth)?;
        if first > last {
            self.tell(messages::reversed_range(span));
        }
        Some((first, last))
    }
}
