//! Names, types, entities, labels, sources, dates, numbers with their units.

use base::{Date, Month, Rational};

use super::cursor::Parser;
use crate::Span;
use crate::ast::{EntityName, Label, Literal, LiteralKind, Name, Source, TypeName};
use crate::messages;
use crate::token::TokenKind;
use crate::tree::NodeKind;
use crate::words::{self, Reserved, nearest, reserved};

/// The words a type can be, besides the names of enumerations.
const TYPES: [&str; 10] =
    ["taux", "nombre", "personnes", "ans", "mois", "jours", "heures", "oui_non", "date", "m²"];

/// What people write for a unit, and the unit.
const MISTAKEN_UNITS: [(&str, &str); 6] = [
    ("euro", "€"),
    ("euros", "€"),
    ("EUR", "€"),
    ("pourcent", "%"),
    ("année", "ans"),
    ("années", "ans"),
];

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl Parser<'_> {
    /// A name that is used; `None` (told) if there is none. A reserved word is told and taken as a name,
    /// unless it starts a line: then it is the name that is missing.
    pub(super) fn name(&mut self) -> Option<Name> {
        let span = self.span();
        let word = match self.kind() {
            TokenKind::Word => self.text(),
            TokenKind::RelativeMonth | TokenKind::RelativeYear => {
                let word = self.text();
                self.unexpected(messages::reserved_name(span, word, Some(Reserved::Kind)));
                self.bump();
                return Some(Name { text: word.to_owned(), span });
            }
            _ => {
                self.unexpected(messages::expected_name(self.here()));
                return None;
            }
        };
        if self.at_elided_name() {
            return Some(self.name_with_apostrophe(word));
        }
        if self.at_misspelt_declaration() {
            self.unexpected(messages::expected_name(self.here()));
            return None;
        }
        if let Some(why) = reserved(word) {
            let starts_something = matches!(why, Reserved::Declaration | Reserved::Structure);
            if self.at_declaration() || (starts_something && self.first_on_line()) {
                self.unexpected(messages::expected_name(self.here()));
                return None;
            }
            self.unexpected(messages::reserved_name(span, word, Some(why)));
        }
        self.bump();
        Some(Name { text: word.to_owned(), span })
    }

    /// `l'âge`: an apostrophe within what should be a name.
    pub(super) fn at_elided_name(&self) -> bool {
        let elided = self.word().is_some_and(|word| word.ends_with('\''));
        elided && self.nth_kind(1) == TokenKind::Word && self.nth_joined(1)
    }

    /// A name that a declaration gives: a hyphen in it is told.
    pub(super) fn new_name(&mut self) -> Option<Name> {
        let mut name = self.name()?;
        let mut hyphens = false;
        while self.at(TokenKind::Minus)
            && self.nth_joined(0)
            && self.nth_kind(1) == TokenKind::Word
            && self.nth_joined(1)
        {
            self.bump();
            name.text = format!("{}_{}", name.text, self.text());
            name.span = name.span.to(self.span());
            self.bump();
            hyphens = true;
        }
        if hyphens {
            self.tell(messages::hyphen_in_name(name.span, &name.text));
        }
        Some(name)
    }

    fn name_with_apostrophe(&mut self, before: &str) -> Name {
        let start = self.span();
        self.bump();
        let after = self.text();
        let span = start.to(self.span());
        let stem = before.trim_end_matches('\'');
        let text = match stem.chars().count() {
            0 | 1 => after.to_owned(),
            _ => format!("{stem}_{after}"),
        };
        self.tell(messages::apostrophe_in_name(span, &text));
        self.bump();
        Name { text, span }
    }

    pub(super) fn type_name(&mut self) -> TypeName {
        let mark = self.mark();
        let span = self.span();
        let base = match self.kind() {
            TokenKind::Euro => Some("€".to_owned()),
            TokenKind::Percent => {
                self.unexpected(messages::percent_is_no_type(span));
                Some("taux".to_owned())
            }
            TokenKind::Word => self.type_word(),
            _ => None,
        };
        let Some(mut text) = base else {
            self.unexpected(messages::expected_type(self.here()));
            return TypeName { text: String::new(), span: self.gap() };
        };
        self.bump();
        if let Some(period) = self.period() {
            text = format!("{text}/{period}");
        }
        TypeName { text, span: self.close(mark, NodeKind::Type) }
    }

    /// The type the word at the cursor names, if it can; does not consume it.
    fn type_word(&mut self) -> Option<String> {
        let word = self.word()?;
        if let Some(unit) = words::unit(word) {
            return Some(unit.to_owned());
        }
        if TYPES.contains(&word) {
            return Some(word.to_owned());
        }
        let meant = MISTAKEN_UNITS.iter().find(|(it, _)| *it == word).map(|(_, unit)| *unit);
        if let Some(meant) = meant.or(matches!(word, "booléen" | "bool").then_some("oui_non")) {
            self.unexpected(messages::unknown_unit(self.span(), word, Some(meant)));
            return Some(meant.to_owned());
        }
        reserved(word).is_none().then(|| word.to_owned())
    }

    /// `/mois` after a unit.
    fn period(&mut self) -> Option<String> {
        if !self.at(TokenKind::Slash) {
            return None;
        }
        let word = self.nth_word(1)?;
        let known = words::period(word);
        if known.is_none() && !self.nth_joined(1) {
            return None;
        }
        self.bump();
        if known.is_none() {
            let meant = nearest(word, &["mois", "an", "jour", "heure"]);
            self.unexpected(messages::unknown_unit(self.span(), word, meant));
        }
        self.bump();
        Some(known.unwrap_or(word).to_owned())
    }

    /// `par personne`; a person when it cannot be read (told).
    pub(super) fn entity(&mut self) -> EntityName {
        const ENTITIES: [&str; 4] = ["personne", "famille", "foyer_fiscal", "ménage"];
        if !self.eat_word("par") {
            self.unexpected(messages::expected_entity(self.here()));
            return EntityName::Person;
        }
        let word = self.word().unwrap_or("");
        let known = ENTITIES.contains(&word);
        let meant = if known { Some(word) } else { nearest(word, &ENTITIES) };
        if !known {
            self.unexpected(messages::unknown_entity(self.here(), meant));
        }
        // What comes after a wrong entity is read as after a right one.
        if known || (self.word().is_some() && !self.first_on_line()) {
            self.bump();
        }
        match meant {
            Some("famille") => EntityName::Family,
            Some("foyer_fiscal") => EntityName::TaxHousehold,
            Some("ménage") => EntityName::Dwelling,
            _ => EntityName::Person,
        }
    }

    pub(super) fn label(&mut self) -> Option<Label> {
        if !self.at(TokenKind::Label) {
            return None;
        }
        let res = Label { text: label_words(self.text()), span: self.span() };
        self.bump();
        Some(res)
    }

    /// A label that must be there; when it is not (told), the words to the end of the line if they may have
    /// been meant as one.
    pub(super) fn label_or_hole(&mut self) -> Label {
        if let Some(label) = self.label() {
            return label;
        }
        let hole = Label { text: String::new(), span: self.gap() };
        let may_be_words = matches!(self.kind(), TokenKind::Word | TokenKind::Number)
            && !self.first_on_line()
            && self.word().and_then(reserved).is_none();
        if !may_be_words {
            self.unexpected(messages::expected_label(self.here(), None));
            return hole;
        }
        let (here, mark) = (self.here(), self.mark());
        self.bump();
        while !self.first_on_line()
            && !matches!(self.kind(), TokenKind::Link | TokenKind::Label | TokenKind::Semicolon)
            && !matches!(self.word(), Some("vérifié" | "source" | "le"))
        {
            self.bump();
        }
        let span = self.span_since(mark);
        let text = self.text_of(span).to_owned();
        self.tell(messages::expected_label(here, Some((span, &text))));
        Label { text: label_words(&text), span }
    }

    pub(super) fn link(&mut self) -> Option<String> {
        if !self.at(TokenKind::Link) {
            return None;
        }
        let res = self.text().trim_start_matches('<').trim_end_matches('>').to_owned();
        self.bump();
        Some(res)
    }

    /// `source « … » <…> vérifié le …`, the cursor being at `source`.
    pub(super) fn source(&mut self) -> Source {
        let mark = self.mark();
        self.bump();
        let title = self.label_or_hole();
        let link = self.link();
        let verified = if self.eat_word("vérifié") {
            self.expect_word("le");
            self.date()
        } else {
            None
        };
        let span = self.close(mark, NodeKind::Source);
        Source { title, link, verified, span }
    }

    /// A day, or a month for its first day; `None` (told) if there is neither.
    pub(super) fn date(&mut self) -> Option<Date> {
        let text = self.text();
        let res = match self.kind() {
            TokenKind::Date => day_of(text),
            TokenKind::Month => month_of(text).first_day(),
            _ => return self.date_in_words(),
        };
        self.bump();
        res
    }

    /// `1er janvier 2026`, `mars 2026`, `2026`: told, and read; `None` (told) if it is none of these.
    fn date_in_words(&mut self) -> Option<Date> {
        let (mark, here) = (self.mark(), self.here());
        let mut numbers = Vec::new();
        let mut month = None;
        for ahead in 0..4 {
            let Some(text) = self.nth_text(ahead) else { break };
            match self.nth_kind(ahead) {
                TokenKind::Number => numbers.push(text.parse::<i32>().unwrap_or(0)),
                TokenKind::Word if text == "er" => {}
                TokenKind::Word if month.is_none() && MONTHS.contains(&text) => {
                    month =
                        (1..).zip(MONTHS).find(|(_, name)| *name == text).map(|(month, _)| month);
                }
                _ => break,
            }
            if numbers.last().is_some_and(|number| *number > 1000) {
                let year = numbers.last().copied().unwrap_or(0);
                let day = if numbers.len() > 1 { numbers.first().copied() } else { None };
                let meant = match day {
                    Some(day) => format!("{year:04}-{:02}-{day:02}", month.unwrap_or(1)),
                    None => format!("{year:04}-{:02}", month.unwrap_or(1)),
                };
                (0..=ahead).for_each(|_| self.bump());
                self.tell(messages::date_in_words(self.span_since(mark), &meant));
                return day_of(&meant);
            }
        }
        self.unexpected(messages::expected_date(here));
        None
    }

    /// `en MOIS`, the cursor being after `en`.
    pub(super) fn month(&mut self) -> Option<Month> {
        let (span, text) = (self.span(), self.text());
        match self.kind() {
            TokenKind::Month => {
                self.bump();
                Some(month_of(text))
            }
            TokenKind::Date => {
                let month = day_of(text).map(Date::month);
                let shown = month.map(|it| it.to_string());
                self.unexpected(messages::day_for_month(
                    span,
                    shown.as_deref().unwrap_or("2026-03"),
                ));
                self.bump();
                month
            }
            _ => {
                self.unexpected(messages::expected_month(self.here()));
                None
            }
        }
    }

    /// `M-3` or `N-2`, the token being of `kind`; 0 for a bare `M`. `None` (told) otherwise.
    pub(super) fn offset(&mut self, kind: TokenKind) -> Option<i32> {
        let (span, text) = (self.span(), self.text());
        if !self.at(kind) {
            let diagnostic = match kind {
                TokenKind::RelativeYear => messages::expected_year_offset(self.here()),
                _ => messages::expected_month_offset(self.here()),
            };
            self.unexpected(diagnostic);
            return None;
        }
        self.bump();
        if let Some(joined) = self.spaced_offset(text) {
            return Some(joined);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return Some(0);
        }
        let size = digits.parse::<i32>().ok().filter(|size| *size <= 1200);
        if size.is_none() {
            self.tell(messages::offset_too_far(span));
        }
        let size = size.unwrap_or(0);
        Some(if text.contains('+') { size } else { size.saturating_neg() })
    }

    /// `M - 1`, which reads as a subtraction: told, and taken for `M-1`.
    fn spaced_offset(&mut self, letter: &str) -> Option<i32> {
        let sign = match self.kind() {
            TokenKind::Minus => "-",
            TokenKind::Plus => "+",
            _ => return None,
        };
        // With a unit, the number is no count of months: the subtraction is meant.
        let has_unit = matches!(self.nth_kind(2), TokenKind::Euro | TokenKind::Percent)
            || self.nth_word(2).is_some_and(|word| words::unit(word).is_some());
        if letter.chars().count() != 1 || self.nth_kind(1) != TokenKind::Number || has_unit {
            return None;
        }
        let start = self.gap();
        self.bump();
        let meant = format!("{letter}{sign}{}", self.text());
        let size = self.text().parse::<i32>().unwrap_or(0);
        let span = Span { start: start.start.saturating_sub(1), ..self.span() };
        self.tell(messages::spaced_offset(span, &meant));
        self.bump();
        Some(if sign == "+" { size } else { size.saturating_neg() })
    }

    /// A value written out; `None` (told) if there is none.
    pub(super) fn literal(&mut self) -> Option<Literal> {
        let mark = self.mark();
        let kind = match self.kind() {
            TokenKind::Number | TokenKind::Minus => self.number()?,
            TokenKind::Date | TokenKind::Month => LiteralKind::Date(self.date()?),
            TokenKind::Word if self.at_word("vrai") || self.at_word("faux") => {
                let value = self.at_word("vrai");
                self.bump();
                LiteralKind::Bool(value)
            }
            TokenKind::Word if self.word().is_some_and(|word| reserved(word).is_none()) => {
                LiteralKind::Case(self.name()?)
            }
            _ => {
                self.unexpected(messages::expected_literal(self.here()));
                return None;
            }
        };
        Some(Literal { kind, span: self.close(mark, NodeKind::Literal) })
    }

    /// `12 %`, `−5 €/mois`; `None` (told) if there is no number or it cannot be represented.
    pub(super) fn number(&mut self) -> Option<LiteralKind> {
        let negative = self.eat(TokenKind::Minus);
        let (span, text) = (self.span(), self.text());
        if !self.at(TokenKind::Number) {
            self.unexpected(messages::expected_literal(self.here()));
            return None;
        }
        self.bump();
        let unit = self.unit();
        let hundred = match &unit {
            Some(unit) if unit.text == "%" => Rational::from(100),
            _ => Rational::ONE,
        };
        let value = text.parse::<Rational>().ok().and_then(|value| {
            let value = if negative { value.checked_neg()? } else { value };
            value.checked_div(hundred)
        });
        let Some(value) = value else {
            self.tell(messages::number_too_long(span));
            return None;
        };
        Some(LiteralKind::Number { value, unit })
    }

    /// The unit after a number, if there is one.
    fn unit(&mut self) -> Option<TypeName> {
        let mark = self.mark();
        let span = self.span();
        let mut text = match self.kind() {
            TokenKind::Percent => "%".to_owned(),
            TokenKind::Euro => "€".to_owned(),
            TokenKind::Word => self.unit_word()?.to_owned(),
            _ => return None,
        };
        self.bump();
        if let Some(period) = self.period() {
            text = format!("{text}/{period}");
        }
        Some(TypeName { text, span: span.to(self.span_since(mark)) })
    }

    fn unit_word(&mut self) -> Option<&'static str> {
        let word = self.word()?;
        if let Some(unit) = words::unit(word) {
            return Some(unit);
        }
        if reserved(word).is_some() || self.first_on_line() {
            return None;
        }
        let mistaken = MISTAKEN_UNITS.iter().find(|(it, _)| *it == word).map(|(_, unit)| *unit);
        let known = ["ans", "mois", "jours", "heures", "personnes"];
        let meant = mistaken.or_else(|| nearest(word, &known))?;
        self.unexpected(messages::unknown_unit(self.span(), word, Some(meant)));
        Some(meant)
    }
}

/// What is between the guillemets, white space folded.
fn label_words(text: &str) -> String {
    let text = text.strip_prefix(['«', '"', '“', '”']).unwrap_or(text);
    let text = text.strip_suffix(['»', '"', '“', '”']).unwrap_or(text);
    words::accents_composed(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// Year, month, day: the numbers of a date, be it written the other way round (which was told).
fn numbers(text: &str) -> Vec<i32> {
    let mut res: Vec<i32> = text.split(['-', '/']).filter_map(|part| part.parse().ok()).collect();
    if text.find(['-', '/']).is_some_and(|at| at < 4) {
        res.reverse();
    }
    res
}

/// The day, or the nearest before it that exists (the text was told to be wrong).
fn day_of(text: &str) -> Option<Date> {
    let numbers = numbers(text);
    let part = |n: usize| numbers.get(n).copied().unwrap_or(1);
    let year = i16::try_from(part(0).clamp(1, 9999)).ok()?;
    let month = i8::try_from(part(1).clamp(1, 12)).ok()?;
    let day = i8::try_from(part(2).clamp(1, 31)).ok()?;
    (1..=day).rev().find_map(|day| Date::new(year, month, day))
}

fn month_of(text: &str) -> Month {
    let numbers = numbers(text);
    let part = |n: usize| numbers.get(n).copied().unwrap_or(1);
    Month::of(part(0).clamp(1, 9999), part(1).clamp(1, 12))
}
