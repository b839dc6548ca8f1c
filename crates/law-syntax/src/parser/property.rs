//! `propriété`: what must hold of any household.

use super::cursor::Parser;
use super::expr::level;
use crate::ast::{Change, Direction, Expr, Property, PropertyLaw, Source};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;

const CLAUSES: [&str; 4] = ["source", "toujours", "quand", "pourvu"];

impl Parser<'_> {
    /// `propriété NOM « … »` and its clauses; `None` if what it claims could not be read (told).
    pub(super) fn property(&mut self) -> Option<Property> {
        let mark = self.mark();
        self.bump();
        let name = self.new_name();
        let label = self.label_or_hole();
        let header = self.close(mark, NodeKind::Header);
        let mut sources: Vec<Source> = Vec::new();
        let (mut claims, mut law, mut condition) = (0_u8, None, None);
        while let Some(clause) = self.clause(&CLAUSES) {
            let start = self.span();
            match clause {
                "source" => sources.push(self.source()),
                "toujours" | "quand" => {
                    let claim = if clause == "quand" { self.moves() } else { self.always() };
                    if claims > 0 {
                        self.tell(messages::second_claim(start));
                    } else {
                        law = claim;
                    }
                    claims = 1;
                }
                _ => {
                    let test = self.provided();
                    self.once(&mut condition, Some((test, start)), start, "pourvu que");
                }
            }
        }
        if claims == 0 {
            let why = "une propriété dit ce qui est vrai de tout foyer";
            self.missing_clause(header, "toujours : …", why);
        }
        self.close(mark, NodeKind::Property);
        let law = match (law?, condition) {
            (PropertyLaw::Moves { change, rule, direction, provided: _ }, condition) => {
                let provided = condition.map(|(test, _)| test);
                PropertyLaw::Moves { change, rule, direction, provided }
            }
            (always, condition) => {
                if let Some((_, start)) = condition {
                    self.tell(messages::provided_without_change(start));
                }
                always
            }
        };
        Some(Property { name: name?, label, sources, law })
    }

    /// `toujours : C par ENTITÉ`
    fn always(&mut self) -> Option<PropertyLaw> {
        let mark = self.mark();
        self.bump();
        self.expect(TokenKind::Colon);
        let test = self.operation_of(level::OR);
        let entity = self.entity();
        self.close(mark, NodeKind::Always);
        Some(PropertyLaw::Always { test, entity })
    }

    /// `quand … : RÈGLE ne baisse pas`
    fn moves(&mut self) -> Option<PropertyLaw> {
        let mark = self.mark();
        self.bump();
        let change = self.change();
        self.expect(TokenKind::Colon);
        let rule = self.name();
        let direction = if rule.is_some() { self.direction() } else { None };
        self.close(mark, NodeKind::Moves);
        Some(PropertyLaw::Moves {
            change: change?,
            rule: rule?,
            direction: direction?,
            provided: None,
        })
    }

    /// `un enfant naît`, `une personne s'ajoute ailleurs`, `DONNÉE augmente`
    fn change(&mut self) -> Option<Change> {
        let fixed = match (self.word(), self.nth_word(1)) {
            (Some("un"), Some("enfant")) => Some((&["naît"][..], Change::OneMoreChild)),
            (Some("une"), Some("personne")) => {
                Some((&["s'", "ajoute", "ailleurs"][..], Change::StrangerElsewhere))
            }
            _ => None,
        };
        if let Some((words, change)) = fixed {
            self.bump();
            self.bump();
            return words.iter().all(|word| self.expect_word(word)).then_some(change);
        }
        if self.at(TokenKind::Colon) || matches!(self.word(), Some("un" | "une")) {
            self.unexpected(messages::expected_change(self.here()));
            return None;
        }
        let name = self.name()?;
        self.expect_word("augmente").then_some(Change::Increase(name))
    }

    /// `ne baisse pas`, `n'augmente pas`, `ne change pas`
    fn direction(&mut self) -> Option<Direction> {
        let direction = match (self.word(), self.nth_word(1)) {
            (Some("ne"), Some("baisse")) => Direction::NeverFalls,
            (Some("n'"), Some("augmente")) => Direction::NeverRises,
            (Some("ne"), Some("change")) => Direction::NeverMoves,
            _ => {
                self.unexpected(messages::expected_direction(self.here()));
                return None;
            }
        };
        self.bump();
        self.bump();
        self.expect_word("pas").then_some(direction)
    }

    /// `pourvu que C`
    fn provided(&mut self) -> Expr {
        let mark = self.mark();
        self.bump();
        self.expect_word("que");
        let test = self.operation_of(level::OR);
        self.close(mark, NodeKind::Provided);
        test
    }
}
