//! Declarations of values: parameters, enumerations, windows, choices.

use super::cursor::Parser;
use crate::Span;
use crate::ast::{Choice, Enumeration, Label, Param, ParamVersion, Source, Window, WindowVersion};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;

use base::Date;

impl Parser<'_> {
    /// `paramètre NOM : TYPE « … »` and its clauses.
    pub(super) fn param(&mut self) -> Option<Param> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        self.expect(TokenKind::Colon);
        let ty = self.type_name();
        let label = self.label();
        let header = self.close(mark, NodeKind::Header);
        let (mut versions, mut review_before) = (Vec::new(), None);
        while let Some(clause) = self.clause(&["depuis", "à"]) {
            match clause {
                "depuis" => versions.extend(self.param_version()),
                _ => self.review(&mut review_before),
            }
        }
        if versions.is_empty() {
            self.missing_clause(header, "depuis", "un paramètre a au moins une valeur datée");
        }
        self.close(mark, NodeKind::Param);
        Some(Param { name: name?, ty, label, versions, review_before })
    }

    /// `depuis DATE : VALEUR source …`
    fn param_version(&mut self) -> Option<ParamVersion> {
        let mark = self.mark();
        self.bump();
        let from = self.date();
        self.expect(TokenKind::Colon);
        let stops = self.at_word("sans") && self.nth_word(1) == Some("valeur");
        let value = if stops {
            self.bump();
            self.bump();
            None
        } else {
            self.literal()
        };
        let source = self.optional_source();
        let span = self.close(mark, NodeKind::Version);
        if value.is_none() && !stops {
            return None;
        }
        Some(ParamVersion { from: from?, value, source, span })
    }

    /// The source of a dated value; a second one is told.
    pub(super) fn optional_source(&mut self) -> Option<Source> {
        let mut res = None;
        loop {
            if self.at(TokenKind::Semicolon) && self.nth_word(1) == Some("source") {
                self.bump();
            }
            if !self.at_word("source") {
                return res;
            }
            let span = self.span();
            let source = self.source();
            if res.is_some() {
                self.tell(messages::repeated_clause(span, "source"));
            } else {
                res = Some(source);
            }
        }
    }

    /// `à revoir avant DATE`
    pub(super) fn review(&mut self, before: &mut Option<Date>) {
        let mark = self.mark();
        let start = self.span();
        self.bump();
        let found = self.expect_word("revoir") && self.expect_word("avant");
        let date = if found { self.date() } else { None };
        let span = self.close(mark, NodeKind::Review);
        self.once(before, date, start.to(span), "à revoir avant");
    }

    /// Keeps the first of the clauses that may be written once, tells the others.
    pub(super) fn once<T>(
        &mut self,
        slot: &mut Option<T>,
        value: Option<T>,
        span: Span,
        clause: &str,
    ) {
        if slot.is_some() {
            self.tell(messages::repeated_clause(span, clause));
        } else {
            *slot = value;
        }
    }

    pub(super) fn missing_clause(&mut self, header: Span, clause: &str, why: &str) {
        // When a clause was there but could not be read, that was told.
        if !self.told_since(header) {
            self.tell(messages::missing_clause(header, clause, why));
        }
    }

    /// `énumération NOM « … »` and its cases.
    pub(super) fn enumeration(&mut self) -> Option<Enumeration> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let label = self.label();
        let header = self.close(mark, NodeKind::Header);
        let mut cases = Vec::new();
        while self.clause(&["|"]).is_some() {
            let mark = self.mark();
            self.bump();
            if let Some(name) = self.new_name() {
                cases.push((name, self.label()));
            }
            self.close(mark, NodeKind::Case);
        }
        if cases.is_empty() {
            self.missing_clause(header, "| cas", "une énumération est la liste de ses cas");
        }
        self.close(mark, NodeKind::Enumeration);
        Some(Enumeration { name: name?, label, cases })
    }

    /// `fenêtre NOM « … »` and its versions.
    pub(super) fn window(&mut self) -> Option<Window> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let label = self.label();
        let header = self.close(mark, NodeKind::Header);
        let mut versions = Vec::new();
        while self.clause(&["depuis"]).is_some() {
            versions.extend(self.window_version());
        }
        if versions.is_empty() {
            self.missing_clause(header, "depuis", "une fenêtre dit quels mois elle couvre");
        }
        self.close(mark, NodeKind::Window);
        Some(Window { name: name?, label, versions })
    }

    /// `depuis DATE : M-3 à M-1 source …`
    fn window_version(&mut self) -> Option<WindowVersion> {
        let mark = self.mark();
        self.bump();
        let from = self.date();
        self.expect(TokenKind::Colon);
        let range = self.month_range();
        let source = self.optional_source();
        let span = self.close(mark, NodeKind::Version);
        let (first, last) = range?;
        Some(WindowVersion { from: from?, first, last, source, span })
    }

    /// `choix NOM « … »` and its clauses.
    pub(super) fn choice(&mut self) -> Option<Choice> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let decision = self.label_or_hole();
        self.close(mark, NodeKind::Header);
        let (mut reason, mut alternatives) = (None, Vec::new());
        let (mut decided_by, mut decided_on) = (None, None);
        while let Some(clause) = self.clause(&["motif", "alternatives", "décidé"]) {
            let mark = self.mark();
            let start = self.span();
            self.bump();
            match clause {
                "motif" => {
                    let text = self.label_or_hole();
                    self.close(mark, NodeKind::Reason);
                    self.once(&mut reason, Some(text), start, clause);
                }
                "alternatives" => {
                    self.alternatives(&mut alternatives);
                    self.close(mark, NodeKind::Alternatives);
                }
                _ => {
                    self.expect_word("par");
                    let who = self.label_or_hole();
                    if self.eat_word("le") {
                        decided_on = self.date();
                    }
                    self.close(mark, NodeKind::Decided);
                    self.once(&mut decided_by, Some(who), start, "décidé par");
                }
            }
        }
        self.close(mark, NodeKind::Choice);
        Some(Choice { name: name?, decision, reason, alternatives, decided_by, decided_on })
    }

    /// `« … », « … »`
    fn alternatives(&mut self, alternatives: &mut Vec<Label>) {
        alternatives.push(self.label_or_hole());
        loop {
            let separated =
                matches!(self.kind(), TokenKind::Comma | TokenKind::Semicolon | TokenKind::Bar)
                    && self.nth_kind(1) == TokenKind::Label;
            if separated {
                self.bump();
            }
            let Some(label) = self.label() else { return };
            alternatives.push(label);
        }
    }
}
