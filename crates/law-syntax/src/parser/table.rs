//! Tables: their keys, their versions, their rows.

use super::cursor::Parser;
use crate::ast::{Literal, Name, Table, TableKey, TableRow, TableVersion, TypeName};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;

use base::Rational;

impl Parser<'_> {
    /// `table NOM(clef : TYPE, …) : TYPE « … »` and its clauses.
    pub(super) fn table(&mut self) -> Option<Table> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let keys = self.parameters();
        if keys.len() > 2 {
            self.tell(messages::too_many_keys(
                keys.get(2).map_or(self.gap(), |(name, _)| name.span),
            ));
        }
        self.expect(TokenKind::Colon);
        let ty = self.type_name();
        let label = self.label();
        let header = self.close(mark, NodeKind::Header);
        let (mut versions, mut review_before) = (Vec::new(), None);
        while let Some(clause) = self.clause(&["depuis", "à"]) {
            match clause {
                "depuis" => versions.extend(self.table_version()),
                _ => self.review(&mut review_before),
            }
        }
        if versions.is_empty() {
            self.missing_clause(header, "depuis", "une table a au moins une version datée");
        }
        self.close(mark, NodeKind::Table);
        Some(Table { name: name?, keys, ty, label, versions, review_before })
    }

    /// `(a : TYPE, b : TYPE)`, of tables and functions.
    pub(super) fn parameters(&mut self) -> Vec<(Name, TypeName)> {
        let mark = self.mark();
        let open = self.span();
        let mut res = Vec::new();
        if !self.expect(TokenKind::LeftParen) {
            return res;
        }
        while let Some(name) = self.new_name() {
            self.expect(TokenKind::Colon);
            res.push((name, self.type_name()));
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.close_paren(open);
        self.close(mark, NodeKind::Parameters);
        res
    }

    /// `depuis DATE source …`, `colonnes …` and the rows.
    fn table_version(&mut self) -> Option<TableVersion> {
        let mark = self.mark();
        self.bump();
        let from = self.date();
        // A parameter has a `:` there: it is easy to write one here too.
        if self.at(TokenKind::Colon) {
            self.tell(messages::colon_in_table(self.span()));
            self.bump();
        }
        let source = self.optional_source();
        let (mut columns, mut rows) = (None, Vec::new());
        while let Some(clause) = self.clause(&["colonnes", "ligne", "depuis", "à"]) {
            match clause {
                "colonnes" => {
                    let mark = self.mark();
                    let start = self.span();
                    let found = self.columns();
                    self.close(mark, NodeKind::Columns);
                    self.once(&mut columns, Some(found), start, clause);
                }
                "ligne" => rows.extend(self.row()),
                _ => break,
            }
        }
        let span = self.close(mark, NodeKind::TableVersion);
        let columns = columns.unwrap_or_default();
        Some(TableVersion { from: from?, source, columns, rows, span })
    }

    /// `colonnes a | b | c`
    fn columns(&mut self) -> Vec<TableKey> {
        self.bump();
        self.eat(TokenKind::Bar);
        let mut res = Vec::new();
        while let Some(key) = self.table_key() {
            res.push(key);
            if !self.eat(TokenKind::Bar) {
                break;
            }
        }
        res
    }

    /// `ligne CLEF : VALEUR | VALEUR`
    fn row(&mut self) -> Option<TableRow> {
        let mark = self.mark();
        self.bump();
        let key = self.table_key();
        self.expect(TokenKind::Colon);
        self.eat(TokenKind::Bar);
        let mut values: Vec<Literal> = Vec::new();
        while let Some(value) = self.literal() {
            values.push(value);
            if !self.eat(TokenKind::Bar) {
                break;
            }
        }
        let span = self.close(mark, NodeKind::Row);
        Some(TableRow { key: key?, values, span })
    }

    fn table_key(&mut self) -> Option<TableKey> {
        if !self.at(TokenKind::Number) {
            return self.name().map(TableKey::Case);
        }
        let start = self.span();
        let value = self.text().parse::<Rational>().ok();
        self.bump();
        if value.is_none() {
            self.tell(messages::number_too_long(start));
        }
        let and_more = self.at_word("et") && self.nth_word(1) == Some("plus");
        let mut span = start;
        if and_more {
            self.bump();
            span = start.to(self.span());
            self.bump();
        }
        Some(TableKey::Number { value: value?, and_more, span })
    }
}
