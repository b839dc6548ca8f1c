//! How tokens are written, and which of them touch.

use super::Formatter;
use super::doc::{Doc, WIDTH};
use crate::token::TokenKind;
use crate::tree::NodeKind;
use crate::words::{accents_composed, normalized};

impl Formatter<'_> {
    pub(super) fn kind(&self, token: usize) -> TokenKind {
        self.tree.tokens().get(token).map_or(TokenKind::End, |it| it.kind)
    }

    pub(super) fn text(&self, token: usize) -> &str {
        self.tree.tokens().get(token).map_or("", |it| self.tree.token_text(it))
    }

    pub(super) fn is_word(&self, token: usize, word: &str) -> bool {
        self.kind(token) == TokenKind::Word && normalized(self.text(token)) == word
    }

    /// A token with the comments before it and after it.
    pub(super) fn token(&self, token: usize) -> Doc {
        let doc = match self.kind(token) {
            TokenKind::Link => Doc::Wide(self.text(token).to_owned()),
            _ => Doc::text(self.canonical(token)),
        };
        self.with_comments(token, doc)
    }

    pub(super) fn with_comments(&self, token: usize, doc: Doc) -> Doc {
        let Some(comments) = self.comments.get(&token) else { return doc };
        let before = comments.before.iter().map(|it| Doc::OwnComment(it.text.clone()));
        let mut parts: Vec<Doc> = before.collect();
        parts.push(doc);
        parts.extend(comments.after.clone().map(Doc::Comment));
        Doc::Concat(parts)
    }

    /// The one way the token is written.
    fn canonical(&self, token: usize) -> String {
        let text = self.text(token);
        match self.kind(token) {
            TokenKind::Word => match &*normalized(text) {
                "m2" => "m²".to_owned(),
                "événement" => "évènement".to_owned(),
                word => word.to_owned(),
            },
            TokenKind::Number => self.number(token, text),
            TokenKind::RelativeMonth | TokenKind::RelativeYear => text.replace('−', "-"),
            TokenKind::Label => label(&folded(text)),
            kind => kind.symbol().unwrap_or(text).to_owned(),
        }
    }

    /// Thousands apart. A bare number of four digits stays as its author wrote it: it may be a year.
    fn number(&self, token: usize, text: &str) -> String {
        let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
        let digits: Vec<char> = whole.chars().filter(char::is_ascii_digit).collect();
        let has_unit = matches!(self.kind(self.next(token)), TokenKind::Euro | TokenKind::Percent);
        let bare = fraction.is_empty() && !has_unit && digits.len() == whole.len();
        let mut res = String::new();
        for (index, digit) in digits.iter().enumerate() {
            let left = digits.len() - index;
            if index > 0 && left.is_multiple_of(3) && !(bare && digits.len() == 4) {
                res.push(' ');
            }
            res.push(*digit);
        }
        if !fraction.is_empty() {
            res.push(',');
            res.push_str(fraction);
        }
        res
    }

    /// Whether the author started a line with the token.
    pub(super) fn starts_line(&self, token: usize) -> bool {
        let before = (0..token).rev().take_while(|it| self.kind(*it).is_trivia());
        before.into_iter().any(|it| self.text(it).contains('\n'))
    }

    /// The next token that is not trivia.
    fn next(&self, token: usize) -> usize {
        let mut next = token + 1;
        while self.kind(next).is_trivia() {
            next += 1;
        }
        next
    }

    /// Whether the tokens are written without a blank between them, `inside` being the innermost node
    /// that holds both.
    pub(super) fn touch(&self, before: usize, after: usize, inside: NodeKind) -> bool {
        use TokenKind::{Comma, LeftParen, Minus, RightParen, Slash, Word};
        match (self.kind(before), self.kind(after)) {
            (LeftParen | Slash, _) | (_, RightParen | Comma | Slash) => true,
            (Word, LeftParen) => matches!(inside, NodeKind::Call | NodeKind::Header),
            (Minus, _) => matches!(inside, NodeKind::Neg | NodeKind::Literal),
            (Word, _) => self.text(before).ends_with(['\'', '’']),
            _ => false,
        }
    }

    /// A quotation of the law, which may be long: its own lines are kept, and broken when too long.
    pub(super) fn quotation(&self, token: usize) -> Doc {
        let text = unquoted(self.text(token));
        let lines: Vec<Vec<&str>> = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .filter(|line| !line.is_empty())
            .collect();
        let mut parts = Vec::new();
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter().enumerate() {
            let open = if index == 0 { "« " } else { "" };
            let close = if index == last { " »" } else { "" };
            // Declarations are not indented: the mark is at 2, the lines that continue at 4.
            for (row, words) in broken(line, open, close).into_iter().enumerate() {
                if index > 0 || row > 0 {
                    parts.push(Doc::Hard);
                }
                parts.push(Doc::text(accents_composed(&words).into_owned()));
            }
        }
        if parts.is_empty() {
            parts.push(Doc::text(label("")));
        }
        self.with_comments(token, Doc::nest(parts))
    }
}

/// The words in lines that are short enough once indented by 4; the marks stay with their words.
fn broken(words: &[&str], open: &str, close: &str) -> Vec<String> {
    let mut res = Vec::new();
    let mut line = open.to_owned();
    let mut is_empty = true;
    for (index, word) in words.iter().enumerate() {
        let close = if index + 1 == words.len() { close } else { "" };
        let size = line.chars().count() + 1 + word.chars().count() + close.chars().count();
        if !is_empty && size + 4 > WIDTH {
            res.push(std::mem::take(&mut line));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        line.push_str(close);
        is_empty = false;
    }
    res.push(line);
    res
}

fn unquoted(text: &str) -> &str {
    let text = text.strip_prefix('«').unwrap_or(text);
    text.strip_suffix('»').unwrap_or(text)
}

fn folded(text: &str) -> String {
    accents_composed(&unquoted(text).split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn label(words: &str) -> String {
    if words.is_empty() { "« »".to_owned() } else { format!("« {words} »") }
}
