//! Declarations that compute: rules, functions, aids, exceptions, examples.

use super::cursor::Parser;
use super::expr::level;
use crate::Span;
use crate::ast::{
    Aid, Condition, ConditionKind, EntityName, Example, Exception, Expected, Expr, Function,
    ItemKind, Label, Literal, Local, Name, ReviewEvery, Rule, Source, ThresholdEffect, TypeName,
};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;

const RULE: [&str; 8] = ["source", "masquée", "choisi", "=", "où", "sauf", "effet", "exemple"];
const FUNCTION: [&str; 3] = ["source", "=", "exemple"];
const AID: [&str; 10] = [
    "source",
    "masquée",
    "conditions",
    "montant",
    "où",
    "versé",
    "réexamen",
    "choisi",
    "effet",
    "exemple",
];

struct Header {
    name: Option<Name>,
    params: Vec<(Name, TypeName)>,
    ty: TypeName,
    entity: EntityName,
    label: Option<Label>,
    span: Span,
}

/// The clauses that rules, functions and aids share, as they are met.
#[derive(Default)]
struct Clauses {
    sources: Vec<Source>,
    hidden: Option<()>,
    chosen_by: Option<Name>,
    body: Option<Expr>,
    locals: Vec<Local>,
    exceptions: Vec<Exception>,
    examples: Vec<Example>,
    conditions: Vec<Condition>,
    paid_from: Option<Literal>,
    review: Option<ReviewEvery>,
    threshold_effects: Vec<ThresholdEffect>,
}

impl Parser<'_> {
    /// `règle NOM : TYPE par ENTITÉ « … »` and its clauses.
    pub(super) fn rule(&mut self) -> Option<Rule> {
        let mark = self.mark();
        let header = self.header(false);
        let clauses = self.clauses(&RULE);
        let body =
            self.body_of(clauses.body, header.span, "=", "une règle dit comment elle se calcule");
        self.close(mark, NodeKind::Rule);
        Some(Rule {
            name: header.name?,
            ty: header.ty,
            entity: header.entity,
            label: header.label,
            sources: clauses.sources,
            hidden: clauses.hidden.is_some(),
            chosen_by: clauses.chosen_by,
            body,
            locals: clauses.locals,
            exceptions: clauses.exceptions,
            threshold_effects: clauses.threshold_effects,
            examples: clauses.examples,
        })
    }

    /// `fonction NOM(…) : TYPE par ENTITÉ « … »` and its clauses.
    pub(super) fn function(&mut self) -> Option<Function> {
        let mark = self.mark();
        let header = self.header(true);
        let clauses = self.clauses(&FUNCTION);
        let why = "une fonction dit comment elle se calcule";
        let body = self.body_of(clauses.body, header.span, "=", why);
        self.close(mark, NodeKind::Function);
        Some(Function {
            name: header.name?,
            params: header.params,
            ty: header.ty,
            entity: header.entity,
            label: header.label,
            sources: clauses.sources,
            body,
            examples: clauses.examples,
        })
    }

    /// `aide NOM : TYPE par ENTITÉ « … »` and its clauses.
    pub(super) fn aid(&mut self) -> Option<Aid> {
        let mark = self.mark();
        let header = self.header(false);
        let clauses = self.clauses(&AID);
        let why = "une aide dit combien elle verse";
        let amount = self.body_of(clauses.body, header.span, "montant = …", why);
        self.close(mark, NodeKind::Aid);
        Some(Aid {
            name: header.name?,
            ty: header.ty,
            entity: header.entity,
            label: header.label,
            sources: clauses.sources,
            hidden: clauses.hidden.is_some(),
            conditions: clauses.conditions,
            amount,
            locals: clauses.locals,
            paid_from: clauses.paid_from,
            review: clauses.review,
            chosen_by: clauses.chosen_by,
            threshold_effects: clauses.threshold_effects,
            examples: clauses.examples,
        })
    }

    fn header(&mut self, with_params: bool) -> Header {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let params = if with_params { self.parameters() } else { Vec::new() };
        if !with_params && self.at(TokenKind::LeftParen) {
            self.tell(messages::rule_with_arguments(self.span()));
            let _ = self.parameters();
        }
        self.expect(TokenKind::Colon);
        let ty = self.type_name();
        let entity = self.entity();
        let label = self.label();
        let span = self.close(mark, NodeKind::Header);
        Header { name, params, ty, entity, label, span }
    }

    fn body_of(&mut self, body: Option<Expr>, header: Span, clause: &str, why: &str) -> Expr {
        body.unwrap_or_else(|| {
            self.missing_clause(header, clause, why);
            self.hole()
        })
    }

    fn clauses(&mut self, allowed: &[&'static str]) -> Clauses {
        let mut res = Clauses::default();
        while let Some(clause) = self.clause(allowed) {
            let start = self.span();
            match clause {
                "source" => res.sources.push(self.source()),
                "masquée" => {
                    let mark = self.mark();
                    self.bump();
                    self.close(mark, NodeKind::Hidden);
                    self.once(&mut res.hidden, Some(()), start, clause);
                }
                "choisi" => {
                    let name = self.chosen_by();
                    self.once(&mut res.chosen_by, name, start, "choisi par");
                }
                "=" => {
                    let body = self.equals(NodeKind::Body, false);
                    self.once(&mut res.body, Some(body), start, clause);
                }
                "montant" => {
                    let body = self.equals(NodeKind::Amount, true);
                    self.once(&mut res.body, Some(body), start, clause);
                }
                "où" => res.locals.extend(self.local()),
                "sauf" => {
                    let exception = self.exception();
                    res.exceptions.push(exception);
                }
                "exemple" => res.examples.extend(self.example()),
                "conditions" => self.conditions(&mut res.conditions),
                "effet" => res.threshold_effects.extend(self.threshold_effect()),
                "réexamen" => {
                    let review = self.review_every();
                    self.once(&mut res.review, review, start, clause);
                }
                _ => {
                    let value = self.paid_from();
                    self.once(&mut res.paid_from, value, start, "versé à partir de");
                }
            }
        }
        res
    }

    fn chosen_by(&mut self) -> Option<Name> {
        let mark = self.mark();
        self.bump();
        self.expect_word("par");
        let res = self.name();
        self.close(mark, NodeKind::ChosenBy);
        res
    }

    /// `= E` or `montant = E`
    fn equals(&mut self, node: NodeKind, after_word: bool) -> Expr {
        let mark = self.mark();
        self.equal_indent = if after_word { None } else { self.indent() };
        self.bump();
        if after_word {
            self.equal_sign();
        }
        let res = self.expression();
        self.equal_indent = None;
        self.close(mark, node);
        res
    }

    /// `=`, or `:` which is told.
    fn equal_sign(&mut self) {
        if self.at(TokenKind::Colon) {
            self.unexpected(messages::colon_for_equal(self.span()));
            self.bump();
        } else {
            self.expect(TokenKind::Equal);
        }
    }

    /// `où NOM « … » = E`
    fn local(&mut self) -> Option<Local> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let label = self.label();
        self.equal_sign();
        let body = self.expression();
        self.close(mark, NodeKind::Local);
        Some(Local { name: name?, label, body })
    }

    /// `sauf « … » si C : E`, its sources and what it overrides.
    fn exception(&mut self) -> Exception {
        let mark = self.mark();
        self.bump();
        let exception = self.exception_after_keyword();
        let span = self.close(mark, NodeKind::Exception);
        Exception { span, ..exception }
    }

    /// `sauf à NOM « … » si C : E`: a declaration.
    pub(super) fn exception_to(&mut self) -> Option<ItemKind> {
        let mark = self.mark();
        self.bump();
        self.bump();
        let target = self.name();
        let exception = self.exception_after_keyword();
        self.no_more_clauses();
        let span = self.close(mark, NodeKind::ExceptionTo);
        Some(ItemKind::ExceptionTo { target: target?, exception: Exception { span, ..exception } })
    }

    fn exception_after_keyword(&mut self) -> Exception {
        let label = self.label_or_hole();
        self.expect_word("si");
        let condition = self.operation_of(level::OR);
        self.expect(TokenKind::Colon);
        let body = self.expression();
        let (mut sources, mut overrides) = (Vec::new(), None);
        loop {
            if self.at(TokenKind::Semicolon) && matches!(self.nth_word(1), Some("source" | "prime"))
            {
                self.bump();
            }
            match self.word() {
                Some("source") => sources.push(self.source()),
                Some("prime") => {
                    let mark = self.mark();
                    let start = self.span();
                    self.bump();
                    self.expect_word("sur");
                    let label = self.label_or_hole();
                    self.close(mark, NodeKind::Overrides);
                    self.once(&mut overrides, Some(label), start, "prime sur");
                }
                _ => break,
            }
        }
        Exception { label, condition, body, sources, overrides, span: self.gap() }
    }

    /// `exemple « … » en MOIS avec NOM = VALEUR, … → VALEUR`
    fn example(&mut self) -> Option<Example> {
        let mark = self.mark();
        self.bump();
        let label = self.label();
        let month = if self.eat_word("en") { self.month() } else { None };
        let given = if self.eat_word("avec") { self.given() } else { Vec::new() };
        self.arrow();
        let expected = if self.at_word("refus") && self.nth_word(1) == Some("à") {
            self.bump();
            self.bump();
            self.expect_word("cause");
            self.expect_word("de");
            self.name().map(Expected::RefusedBecause)
        } else {
            Some(Expected::Value(self.operation_of(level::ADD)))
        };
        let span = self.close(mark, NodeKind::Example);
        Some(Example { label, month, given, expected: expected?, span })
    }

    /// `NOM = VALEUR, …`
    fn given(&mut self) -> Vec<(Name, Expr)> {
        let mut res = Vec::new();
        while let Some(name) = self.name() {
            self.expect(TokenKind::Equal);
            res.push((name, self.operation_of(level::ADD)));
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        res
    }

    /// `versé à partir de VALEUR`
    fn paid_from(&mut self) -> Option<Literal> {
        let mark = self.mark();
        self.bump();
        let found = self.expect_word("à") && self.expect_word("partir") && self.expect_word("de");
        let res = if found { self.literal() } else { None };
        self.close(mark, NodeKind::PaidFrom);
        res
    }

    /// `réexamen tous les 3 mois` and its sources.
    fn review_every(&mut self) -> Option<ReviewEvery> {
        let mark = self.mark();
        self.bump();
        let found = self.expect_word("tous") && self.expect_word("les");
        let period = if found { self.literal() } else { None };
        let sources = self.own_sources();
        self.close(mark, NodeKind::ReviewEvery);
        Some(ReviewEvery { period: period?, sources })
    }

    /// `effet de seuil assumé « … »` and its sources.
    fn threshold_effect(&mut self) -> Option<ThresholdEffect> {
        let mark = self.mark();
        self.bump();
        let found =
            self.expect_word("de") && self.expect_word("seuil") && self.expect_word("assumé");
        let label = found.then(|| self.label_or_hole());
        let sources = self.own_sources();
        self.close(mark, NodeKind::ThresholdEffect);
        Some(ThresholdEffect { label: label?, sources })
    }

    /// The sources right after a part of a declaration: they are its own.
    fn own_sources(&mut self) -> Vec<Source> {
        let mut sources = Vec::new();
        loop {
            if self.at(TokenKind::Semicolon) && self.nth_word(1) == Some("source") {
                self.bump();
            }
            if !self.at_word("source") {
                return sources;
            }
            sources.push(self.source());
        }
    }

    /// Whether the word at the cursor starts a clause of an aid, and is no condition's name.
    fn at_aid_clause(&self) -> bool {
        let is_name = matches!(self.word(), Some("effet" | "réexamen")) && self.at_condition();
        !is_name && self.word().is_some_and(|word| AID.contains(&word))
    }

    fn conditions(&mut self, conditions: &mut Vec<Condition>) {
        let mark = self.mark();
        let start = self.span();
        self.bump();
        self.eat(TokenKind::Colon);
        let before = conditions.len();
        loop {
            while self.eat(TokenKind::Semicolon) {}
            if self.at_end_of_item() || self.at_aid_clause() {
                break;
            }
            if self.at_condition() {
                conditions.extend(self.condition_clause());
            } else {
                self.unexpected(messages::expected_condition(self.span(), &self.found()));
                self.skip_to_condition();
            }
        }
        if conditions.len() == before {
            self.unexpected(messages::no_condition(start));
        }
        self.close(mark, NodeKind::Conditions);
    }

    fn at_condition(&self) -> bool {
        self.word().is_some() && self.nth_kind(1) == TokenKind::Colon && !self.at_declaration()
    }

    fn skip_to_condition(&mut self) {
        let mark = self.mark();
        loop {
            self.bump();
            let at_condition = self.at_condition() && self.first_on_line();
            if self.at_aid_clause() || at_condition || self.at_end_of_item() {
                break;
            }
        }
        self.close(mark, NodeKind::Error);
    }

    /// `NOM : C « … » source …`
    fn condition_clause(&mut self) -> Option<Condition> {
        let mark = self.mark();
        let name = self.new_name();
        if name.is_none() {
            self.bump();
        }
        self.bump();
        let (kind, label) = if self.at_word("à") && self.nth_word(1) == Some("vérifier") {
            self.bump();
            self.bump();
            (ConditionKind::ToCheck, Some(self.label_or_hole()))
        } else {
            let test = self.expression();
            (ConditionKind::Test(test), self.label())
        };
        let sources = self.own_sources();
        self.close(mark, NodeKind::Condition);
        Some(Condition { name: name?, kind, label, sources })
    }
}
