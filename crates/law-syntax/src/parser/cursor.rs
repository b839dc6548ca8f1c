//! The cursor over the tokens that matter, the marks that make tree nodes, and recovery.

use std::borrow::Cow;

use crate::messages::{self, Here};
use crate::token::{Token, TokenKind};
use crate::tree::{NodeKind, StoredNode, to_usize};
use crate::words::{DECLARATIONS, nearest, normalized, reserved};
use crate::{Diagnostic, FileId, Span};

/// A token that is not trivia.
#[derive(Debug)]
pub(super) struct Lexeme<'t> {
    pub(super) kind: TokenKind,
    /// Accents in one piece, apostrophes straight.
    pub(super) text: Cow<'t, str>,
    pub(super) span: Span,
    /// Its index among all tokens.
    index: u32,
    first_on_line: bool,
    /// First on its line and not indented.
    at_margin: bool,
    /// No blank between the token before and this one.
    joined: bool,
}

impl<'t> Lexeme<'t> {
    pub(super) fn all(file: FileId, text: &'t str, tokens: &[Token]) -> Vec<Self> {
        let mut res = Vec::new();
        let (mut first_on_line, mut at_margin, mut joined) = (true, true, false);
        for (index, token) in (0u32..).zip(tokens) {
            let raw = text.get(to_usize(token.start)..to_usize(token.end)).unwrap_or("");
            if token.kind.is_trivia() {
                first_on_line |= raw.contains(['\n', '\r']);
                at_margin = first_on_line && raw.ends_with(['\n', '\r']);
                joined = false;
                continue;
            }
            let text = match token.kind {
                TokenKind::Word => normalized(raw),
                _ => Cow::Borrowed(raw),
            };
            let span = Span { file, start: token.start, end: token.end };
            res.push(Self {
                kind: token.kind,
                text,
                span,
                index,
                first_on_line,
                at_margin,
                joined,
            });
            (first_on_line, at_margin, joined) = (false, false, true);
        }
        res
    }
}

/// Where a node starts, to [`Parser::close`] it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    lexeme: usize,
    node: usize,
}

/// What expressions around the cursor will go on with, up to the innermost parenthesis.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Awaited {
    /// How many `alors` await their `sinon`.
    pub(super) otherwise: u32,
    /// How many `maximum des …` await their `à défaut`.
    pub(super) default: u32,
}

pub(super) struct Parser<'t> {
    lexemes: &'t [Lexeme<'t>],
    pos: usize,
    text: &'t str,
    /// The end of the last token, for what is missing at the end of the text.
    end: Span,
    /// Where the last missing thing was reported: what follows from it is not told again.
    reported: Option<usize>,
    /// How many expressions the cursor is inside of.
    pub(super) depth: u32,
    /// Said once per file: one such expression makes many.
    pub(super) told_too_deep: bool,
    pub(super) awaited: Awaited,
    /// The indentation of the `=` of the clause being read, if it starts its line.
    pub(super) equal_indent: Option<usize>,
    pub(super) nodes: Vec<StoredNode>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(file: FileId, text: &'t str, lexemes: &'t [Lexeme<'t>]) -> Self {
        let size = u32::try_from(text.trim_end().len()).unwrap_or(u32::MAX);
        Self {
            lexemes,
            pos: 0,
            text,
            end: Span { file, start: size, end: size },
            reported: None,
            depth: 0,
            told_too_deep: false,
            awaited: Awaited::default(),
            equal_indent: None,
            nodes: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    // Looking.

    fn nth(&self, n: usize) -> Option<&'t Lexeme<'t>> {
        self.lexemes.get(self.pos.saturating_add(n))
    }

    pub(super) fn nth_kind(&self, n: usize) -> TokenKind {
        self.nth(n).map_or(TokenKind::End, |it| it.kind)
    }

    pub(super) fn kind(&self) -> TokenKind {
        self.nth_kind(0)
    }

    pub(super) fn at(&self, kind: TokenKind) -> bool {
        self.kind() == kind
    }

    pub(super) fn nth_word(&self, n: usize) -> Option<&'t str> {
        self.nth(n).filter(|it| it.kind == TokenKind::Word).map(|it| &*it.text)
    }

    pub(super) fn word(&self) -> Option<&'t str> {
        self.nth_word(0)
    }

    pub(super) fn at_word(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    pub(super) fn text(&self) -> &'t str {
        self.nth(0).map_or("", |it| &it.text)
    }

    pub(super) fn nth_text(&self, n: usize) -> Option<&'t str> {
        self.nth(n).map(|it| &*it.text)
    }

    pub(super) fn span(&self) -> Span {
        self.nth(0).map_or(self.end, |it| it.span)
    }

    pub(super) fn first_on_line(&self) -> bool {
        self.nth(0).is_none_or(|it| it.first_on_line)
    }

    /// How far a token that is first on its line is from the margin, in bytes.
    pub(super) fn indent(&self) -> Option<usize> {
        let lexeme = self.nth(0).filter(|it| it.first_on_line)?;
        let before = self.text.get(..to_usize(lexeme.span.start))?;
        Some(before.len() - before.trim_end_matches([' ', '\t']).len())
    }

    /// No blank before the token `n` tokens away.
    pub(super) fn nth_joined(&self, n: usize) -> bool {
        self.nth(n).is_some_and(|it| it.joined)
    }

    /// The empty place right after the last token read: where something is missing.
    pub(super) fn gap(&self) -> Span {
        let before = self.pos.checked_sub(1).and_then(|pos| self.lexemes.get(pos));
        let end = before.map_or(0, |it| it.span.end);
        Span { start: end, end, ..self.end }
    }

    /// The text of a span, as it was typed.
    pub(super) fn text_of(&self, span: Span) -> &'t str {
        self.text.get(to_usize(span.start)..to_usize(span.end)).unwrap_or("")
    }

    /// How the text at the cursor is named in a sentence.
    pub(super) fn found(&self) -> String {
        match self.nth(0) {
            None => "la fin du fichier".to_owned(),
            Some(it) if it.text.chars().count() > 32 => {
                let start: String = it.text.chars().take(30).collect();
                format!("`{}…`", one_line(&start))
            }
            Some(it) => format!("`{}`", one_line(&it.text)),
        }
    }

    /// What is found where something else was awaited.
    pub(super) fn here(&self) -> Here {
        let (token, gap) = (self.span(), self.gap());
        let span = if self.first_on_line() { gap } else { token };
        Here { span, gap, found: self.found() }
    }

    // Moving.

    pub(super) fn bump(&mut self) {
        if self.pos < self.lexemes.len() {
            self.pos += 1;
        }
    }

    pub(super) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn expect(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        if !found {
            let symbol = kind.symbol().unwrap_or("");
            self.unexpected(messages::expected_symbol(self.here(), symbol));
        }
        found
    }

    pub(super) fn expect_word(&mut self, word: &str) -> bool {
        if self.eat_word(word) {
            return true;
        }
        if let Some(found) = self.word()
            && nearest(found, &[word]).is_some()
        {
            self.unexpected(messages::misspelt(self.span(), found, word));
            self.bump();
            return true;
        }
        self.unexpected(messages::expected_word(self.here(), word));
        false
    }

    // Nodes.

    pub(super) fn mark(&self) -> Mark {
        Mark { lexeme: self.pos, node: self.nodes.len() }
    }

    /// Makes a node of all that was read since `mark`; nothing if nothing was.
    pub(super) fn close(&mut self, mark: Mark, kind: NodeKind) -> Span {
        let last = self.pos.checked_sub(1).and_then(|pos| self.lexemes.get(pos));
        if let (Some(first), Some(last)) = (self.lexemes.get(mark.lexeme), last)
            && mark.lexeme < self.pos
        {
            let first_node = u32::try_from(mark.node).unwrap_or(u32::MAX);
            let end = last.index.saturating_add(1);
            self.nodes.push(StoredNode { kind, start: first.index, end, first: first_node });
        }
        self.span_since(mark)
    }

    pub(super) fn span_since(&self, mark: Mark) -> Span {
        match (self.lexemes.get(mark.lexeme), self.pos.checked_sub(1)) {
            (Some(first), Some(last)) if mark.lexeme <= last => {
                self.lexemes.get(last).map_or(first.span, |last| first.span.to(last.span))
            }
            _ => self.gap(),
        }
    }

    /// Whether something was told of the text from `start` on.
    pub(super) fn told_since(&self, start: Span) -> bool {
        self.diagnostics.last().is_some_and(|it| it.span.start >= start.start)
    }

    // Telling.

    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Tells that the token at the cursor is not what was awaited, unless something was already told
    /// about that very place: by the parser, or by the lexer if the token is no word of the language.
    pub(super) fn unexpected(&mut self, diagnostic: Diagnostic) {
        if self.reported != Some(self.pos) && !self.at(TokenKind::Unknown) {
            self.reported = Some(self.pos);
            self.diagnostics.push(diagnostic);
        }
    }

    /// What is missing here is the consequence of something already told.
    pub(super) fn reported_here(&mut self) {
        self.reported = Some(self.pos);
    }

    // Recovery.

    /// The keyword among `clauses` at the cursor, misspelt or not, after skipping what is none of them;
    /// `None` at the end of the declaration. Does not consume the keyword.
    pub(super) fn clause(&mut self, clauses: &[&'static str]) -> Option<&'static str> {
        loop {
            while self.eat(TokenKind::Semicolon) {}
            // Clauses first: `ligne a :` could be a declaration with a misspelt keyword.
            if let Some(found) = self.at_clause(clauses) {
                return Some(found);
            }
            if self.at_end_of_item() {
                return None;
            }
            let misspelt = self.word().filter(|_| self.first_on_line());
            if let Some(word) = misspelt
                && let Some(meant) = nearest(word, clauses)
            {
                self.unexpected(messages::misspelt(self.span(), word, meant));
                return Some(meant);
            }
            self.unexpected(messages::not_a_clause(self.span(), &self.found(), clauses));
            self.skip_to(clauses);
        }
    }

    pub(super) fn no_more_clauses(&mut self) {
        while self.clause(&[]).is_some() {}
    }

    fn at_clause(&self, clauses: &[&'static str]) -> Option<&'static str> {
        let lead = match self.kind() {
            TokenKind::Equal => "=",
            TokenKind::Bar => "|",
            _ => self.word()?,
        };
        if lead == "sauf" && self.nth_word(1) == Some("à") {
            return None;
        }
        clauses.iter().copied().find(|it| *it == lead)
    }

    /// Skips at least one token, up to a clause of `clauses` or the end of the declaration.
    pub(super) fn skip_to(&mut self, clauses: &[&'static str]) {
        let mark = self.mark();
        self.bump();
        loop {
            // In the middle of a line, `=` and `|` are more likely a part of what could not be read.
            let at_clause = self.at_clause(clauses).is_some();
            if at_clause && (self.word().is_some() || self.first_on_line()) || self.at_end_of_item()
            {
                break;
            }
            self.bump();
        }
        self.close(mark, NodeKind::Error);
    }

    pub(super) fn at_end_of_item(&self) -> bool {
        self.at(TokenKind::End) || self.at_declaration()
    }

    /// Whether a declaration starts here, be its keyword misspelt.
    pub(super) fn at_declaration(&self) -> bool {
        let (Some(lexeme), Some(word)) = (self.nth(0), self.word()) else { return false };
        if word == "sauf" {
            return self.nth_word(1) == Some("à");
        }
        if DECLARATIONS.contains(&word) {
            return lexeme.first_on_line
                || self.nth_is_name(1)
                || self.nth_kind(1) == TokenKind::Label;
        }
        if !lexeme.first_on_line || reserved(word).is_some() || !self.has_declaration_shape() {
            return false;
        }
        let ends_name = matches!(self.nth_kind(2), TokenKind::Colon | TokenKind::LeftParen);
        (lexeme.at_margin && ends_name) || nearest(word, &DECLARATIONS).is_some()
    }

    /// Whether what could be a name is a misspelt keyword beyond doubt: no expression goes on with
    /// `name : TYPE par`.
    pub(super) fn at_misspelt_declaration(&self) -> bool {
        let (Some(lexeme), Some(word)) = (self.nth(0), self.word()) else { return false };
        lexeme.first_on_line
            && self.nth_is_name(1)
            && self.nth_kind(2) == TokenKind::Colon
            && (self.nth_word(4) == Some("par") || self.nth_word(6) == Some("par"))
            && nearest(word, &DECLARATIONS).is_some()
    }

    /// `word name :`, `word name (`, `word name « … »`.
    fn has_declaration_shape(&self) -> bool {
        use TokenKind::{Colon, Label, LeftParen};
        self.nth_is_name(1) && matches!(self.nth_kind(2), Colon | LeftParen | Label)
    }

    fn nth_is_name(&self, n: usize) -> bool {
        self.nth_word(n).is_some_and(|word| reserved(word).is_none())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
