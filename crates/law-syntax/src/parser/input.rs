//! Facts: what they measure, and what it takes to ask for them.

use super::cursor::Parser;
use crate::ast::{Input, Label, Literal, LiteralKind, Nature};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;
use crate::words::nearest;

const CLAUSES: [&str; 7] =
    ["question", "groupe", "demande", "connue", "sensible", "modifiable", "entre"];

/// The clauses of a fact, as they are met.
#[derive(Default)]
struct Clauses {
    question: Option<Label>,
    group: Option<Label>,
    seconds: Option<Literal>,
    known_by: Option<Literal>,
    sensitive: Option<()>,
    modifiable: Option<Label>,
    bounds: Option<(Literal, Literal)>,
}

impl Parser<'_> {
    /// `donnée NOM : TYPE par ENTITÉ, NATURE « … »` and its clauses.
    pub(super) fn input(&mut self) -> Option<Input> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        self.expect(TokenKind::Colon);
        let ty = self.type_name();
        let entity = self.entity();
        let nature = self.nature();
        let label = self.label();
        self.close(mark, NodeKind::Header);
        let clauses = self.input_clauses();
        self.close(mark, NodeKind::Input);
        Some(Input {
            name: name?,
            ty,
            entity,
            nature,
            label,
            question: clauses.question,
            group: clauses.group,
            seconds: clauses.seconds,
            known_by: clauses.known_by,
            sensitive: clauses.sensitive.is_some(),
            modifiable: clauses.modifiable,
            bounds: clauses.bounds,
        })
    }

    fn input_clauses(&mut self) -> Clauses {
        let mut res = Clauses::default();
        while let Some(clause) = self.clause(&CLAUSES) {
            let mark = self.mark();
            let start = self.span();
            self.bump();
            match clause {
                "question" => {
                    let text = self.label_or_hole();
                    self.close(mark, NodeKind::Question);
                    self.once(&mut res.question, Some(text), start, clause);
                }
                "groupe" => {
                    let text = self.label_or_hole();
                    self.close(mark, NodeKind::Group);
                    self.once(&mut res.group, Some(text), start, clause);
                }
                "demande" => {
                    let seconds = self.seconds();
                    self.close(mark, NodeKind::Seconds);
                    self.once(&mut res.seconds, seconds, start, clause);
                }
                "connue" => {
                    let known_by = if self.expect_word("par") { self.literal() } else { None };
                    self.close(mark, NodeKind::KnownBy);
                    self.once(&mut res.known_by, known_by, start, "connue par");
                }
                "sensible" => {
                    self.close(mark, NodeKind::Sensitive);
                    self.once(&mut res.sensitive, Some(()), start, clause);
                }
                "modifiable" => {
                    let text = self.label_or_hole();
                    self.close(mark, NodeKind::Modifiable);
                    self.once(&mut res.modifiable, Some(text), start, clause);
                }
                _ => {
                    let found = self.bounds();
                    self.close(mark, NodeKind::Bounds);
                    self.once(&mut res.bounds, found, start, clause);
                }
            }
        }
        res
    }

    /// `20 secondes`, after `demande`.
    fn seconds(&mut self) -> Option<Literal> {
        let literal = self.literal()?;
        let has_unit = matches!(&literal.kind, LiteralKind::Number { unit: Some(_), .. });
        // A count of something else is refused once its unit is looked at.
        if has_unit || self.eat_word("seconde") {
            return Some(literal);
        }
        if matches!(self.word(), Some("minute" | "minutes" | "min")) {
            self.unexpected(messages::minutes(self.span()));
            self.bump();
        } else {
            self.expect_word("secondes");
        }
        Some(literal)
    }

    fn nature(&mut self) -> Nature {
        const NATURES: [&str; 4] = ["permanente", "état", "flux", "évènement"];
        if !self.eat(TokenKind::Comma) {
            self.unexpected(messages::expected_nature(self.here()));
            return Nature::State;
        }
        let word = match self.word() {
            Some("événement") => "évènement",
            word => word.unwrap_or(""),
        };
        let exact = NATURES.contains(&word);
        let meant = if exact { Some(word) } else { nearest(word, &NATURES) };
        match meant {
            Some(_) if exact => {}
            Some(meant) => self.unexpected(messages::misspelt(self.span(), word, meant)),
            None => self.unexpected(messages::expected_nature(self.here())),
        }
        if meant.is_some() || (self.word().is_some() && !self.first_on_line()) {
            self.bump();
        }
        match meant {
            Some("permanente") => Nature::Permanent,
            Some("flux") => Nature::Flow,
            Some("évènement") => Nature::Event,
            _ => Nature::State,
        }
    }

    /// `A et B`, after `entre`.
    fn bounds(&mut self) -> Option<(Literal, Literal)> {
        let low = self.literal()?;
        if !self.expect_word("et") {
            return None;
        }
        let high = self.literal()?;
        Some((low, high))
    }
}
