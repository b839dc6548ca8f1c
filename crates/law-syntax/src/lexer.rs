//! Text → tokens. Every byte goes to a token, whatever the text.

use crate::messages;
use crate::token::{Token, TokenKind};
use crate::words::is_combining;
use crate::{Diagnostic, FileId, Span};

/// Cuts `text` into tokens that cover it, and tells what could not be a word of the language.
pub(crate) fn lex(file: FileId, text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut lexer = Lexer { file, text, pos: 0, tokens: Vec::new(), diagnostics: Vec::new() };
    while let Some(c) = lexer.peek() {
        let start = lexer.pos;
        let kind = lexer.token(c);
        lexer.push(kind, start);
    }
    (lexer.tokens, lexer.diagnostics)
}

struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    pos: usize,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or("")
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.pos).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.pos += c.len_utf8();
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.pos += text.len();
        }
        found
    }

    fn eat_while(&mut self, accept: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.pos += rest.find(|c| !accept(c)).unwrap_or(rest.len());
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: offset(start), end: offset(end) }
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        // A run of unknown characters is one token and was told once.
        if let Some(last) = self.tokens.last_mut()
            && last.kind == TokenKind::Unknown
            && kind == TokenKind::Unknown
        {
            last.end = offset(self.pos);
            return;
        }
        self.tokens.push(Token { kind, start: offset(start), end: offset(self.pos) });
    }

    /// Reads the token that starts with `c`; always advances.
    fn token(&mut self, c: char) -> TokenKind {
        match c {
            _ if is_blank(c) => {
                self.eat_while(is_blank);
                TokenKind::Whitespace
            }
            '-' if self.rest().starts_with("--") => {
                self.eat_while(|c| c != '\n' && c != '\r');
                TokenKind::Comment
            }
            '«' => self.label(),
            '"' | '“' | '”' => self.quoted(c),
            '<' if self.rest().starts_with("<http://") || self.rest().starts_with("<https://") => {
                self.link()
            }
            '0'..='9' => self.number_or_date(),
            _ if is_letter(c) => self.word(),
            _ => self.symbol(c),
        }
    }

    /// A label ends at the first `»`. When another `«` or the end of the file comes first, the closing
    /// mark was forgotten: the label is taken to end with its line, so that the rest stays readable.
    fn label(&mut self) -> TokenKind {
        let start = self.pos;
        self.bump('«');
        let rest = self.rest();
        match rest.find(['«', '»']) {
            Some(at) if rest.get(at..).is_some_and(|rest| rest.starts_with('»')) => {
                self.pos += at + '»'.len_utf8();
            }
            other => {
                let stop = other.unwrap_or(rest.len());
                let inside = rest.get(..stop).unwrap_or("");
                let line = inside.lines().next().unwrap_or("");
                self.pos += line.trim_end().len();
                let span = self.span(start, self.pos);
                self.diagnostics.push(messages::unclosed_label(span));
            }
        }
        TokenKind::Label
    }

    /// `"…"` on one line, which other languages use where this one has `« … »`.
    fn quoted(&mut self, open: char) -> TokenKind {
        let start = self.pos;
        self.bump(open);
        let rest = self.rest();
        let stop = rest.find(['"', '”', '“', '\n', '\r']).unwrap_or(rest.len());
        let close = rest.get(stop..).and_then(|rest| rest.chars().next()).filter(|c| !is_blank(*c));
        let Some(close) = close else {
            let span = self.span(start, self.pos);
            self.diagnostics.push(messages::unknown_character(span, self.since(start)));
            return TokenKind::Unknown;
        };
        self.pos += stop + close.len_utf8();
        let words = rest.get(..stop).unwrap_or("").trim();
        self.diagnostics.push(messages::foreign_quotes(self.span(start, self.pos), words));
        TokenKind::Label
    }

    fn link(&mut self) -> TokenKind {
        let start = self.pos;
        self.eat_while(|c| c != '>' && !is_blank(c));
        if !self.eat(">") {
            self.diagnostics.push(messages::unclosed_link(self.span(start, self.pos)));
        }
        TokenKind::Link
    }

    fn word(&mut self) -> TokenKind {
        let start = self.pos;
        self.eat_while(is_word_part);
        if self.rest().starts_with(['\'', '’']) {
            self.apostrophe(start);
            return TokenKind::Word;
        }
        let word = self.since(start);
        if word == "au" {
            let _ = self.eat("-delà") || self.eat("-dela\u{300}");
        } else if word == "M" && self.offset_follows() {
            return TokenKind::RelativeMonth;
        } else if word == "N" && self.offset_follows() {
            return TokenKind::RelativeYear;
        }
        TokenKind::Word
    }

    /// `jusqu'à` is one word; otherwise an apostrophe ends a word of its own: `d'`, `l'`.
    fn apostrophe(&mut self, start: usize) {
        let before = self.since(start);
        self.pos += self.peek().map_or(0, char::len_utf8);
        if before == "jusqu" {
            let _ = self.eat("à") || self.eat("a\u{300}");
        }
    }

    /// Reads the `-1` of `M-1`; also true for a bare `M`.
    fn offset_follows(&mut self) -> bool {
        let rest = self.rest();
        let mut chars = rest.chars();
        let sign = chars.next();
        let is_offset = matches!(sign, Some('-' | '−' | '+'))
            && chars.next().is_some_and(|c| c.is_ascii_digit());
        if is_offset {
            self.pos += sign.map_or(0, char::len_utf8);
            self.eat_while(|c| c.is_ascii_digit());
        }
        true
    }

    fn number_or_date(&mut self) -> TokenKind {
        if let Some(kind) = self.date() {
            return kind;
        }
        let start = self.pos;
        self.eat_while(|c| c.is_ascii_digit());
        if self.pos - start <= 3 {
            while let Some(length) = thousands(self.rest()) {
                self.pos += length;
            }
        }
        let mut after = self.rest().chars();
        let (mark, digit) = (after.next(), after.next());
        if digit.is_some_and(|c| c.is_ascii_digit()) && matches!(mark, Some(',' | '.')) {
            self.pos += 1;
            self.eat_while(|c| c.is_ascii_digit());
            if mark == Some('.') {
                let span = self.span(start, self.pos);
                self.diagnostics.push(messages::decimal_point(span, self.since(start)));
            }
        }
        TokenKind::Number
    }

    /// `2026-03-01`, `2026-03`, and the shapes people write instead, which are read and told.
    fn date(&mut self) -> Option<TokenKind> {
        let rest = self.rest();
        let shape = DateShape::of(rest)?;
        let start = self.pos;
        self.pos += shape.length;
        let text = rest.get(..shape.length).unwrap_or("");
        let kind = if shape.day.is_some() { TokenKind::Date } else { TokenKind::Month };
        let span = self.span(start, self.pos);
        let canonical = shape.canonical();
        let exists = match kind {
            TokenKind::Date => canonical.parse::<base::Date>().is_ok(),
            _ => canonical.parse::<base::Month>().is_ok(),
        };
        if !exists {
            self.diagnostics.push(messages::no_such_date(span, text));
        } else if canonical != text {
            self.diagnostics.push(messages::date_shape(span, text, &canonical));
        }
        Some(kind)
    }

    fn symbol(&mut self, c: char) -> TokenKind {
        let start = self.pos;
        for (text, meant, kind) in MISTAKEN_SYMBOLS {
            if self.eat(text) {
                let span = self.span(start, self.pos);
                self.diagnostics.push(messages::mistaken_symbol(span, text, meant));
                return kind;
            }
        }
        for (text, kind) in SYMBOLS {
            if self.eat(text) {
                return kind;
            }
        }
        self.bump(c);
        let follows_unknown = self.tokens.last().is_some_and(|it| it.kind == TokenKind::Unknown);
        if !follows_unknown {
            let span = self.span(start, self.pos);
            self.diagnostics.push(messages::unknown_character(span, self.since(start)));
        }
        TokenKind::Unknown
    }
}

/// What other languages and word processors write, what to write instead, and how it is read.
const MISTAKEN_SYMBOLS: [(&str, &str, TokenKind); 14] = [
    ("==", "=", TokenKind::Equal),
    ("=>", "→", TokenKind::Arrow),
    ("=<", "≤", TokenKind::LessEqual),
    ("<>", "≠", TokenKind::NotEqual),
    ("&&", "et", TokenKind::Unknown),
    ("||", "ou", TokenKind::Unknown),
    ("⩽", "≤", TokenKind::LessEqual),
    ("⩾", "≥", TokenKind::GreaterEqual),
    ("⇒", "→", TokenKind::Arrow),
    ("–", "−", TokenKind::Minus),
    ("—", "−", TokenKind::Minus),
    ("∕", "÷", TokenKind::Divide),
    ("·", "×", TokenKind::Times),
    ("⋅", "×", TokenKind::Times),
];

/// Longest first: `<=` before `<`.
const SYMBOLS: [(&str, TokenKind); 26] = [
    ("!=", TokenKind::NotEqual),
    ("≠", TokenKind::NotEqual),
    ("<=", TokenKind::LessEqual),
    ("≤", TokenKind::LessEqual),
    (">=", TokenKind::GreaterEqual),
    ("≥", TokenKind::GreaterEqual),
    ("->", TokenKind::Arrow),
    ("→", TokenKind::Arrow),
    ("=", TokenKind::Equal),
    ("<", TokenKind::Less),
    (">", TokenKind::Greater),
    ("+", TokenKind::Plus),
    ("-", TokenKind::Minus),
    ("−", TokenKind::Minus),
    ("*", TokenKind::Times),
    ("×", TokenKind::Times),
    ("÷", TokenKind::Divide),
    ("(", TokenKind::LeftParen),
    (")", TokenKind::RightParen),
    (",", TokenKind::Comma),
    (":", TokenKind::Colon),
    (";", TokenKind::Semicolon),
    ("|", TokenKind::Bar),
    ("%", TokenKind::Percent),
    ("€", TokenKind::Euro),
    ("/", TokenKind::Slash),
];

/// The length of a blank and three digits that continue a number; `None` if a fourth digit follows.
fn thousands(rest: &str) -> Option<usize> {
    let blank =
        rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))?;
    let digits = rest.get(blank.len_utf8()..)?;
    let count = digits.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (count == 3).then_some(blank.len_utf8() + 3)
}

/// Three numbers (or two) that look like a date.
struct DateShape<'a> {
    year: &'a str,
    month: &'a str,
    day: Option<&'a str>,
    length: usize,
}

impl<'a> DateShape<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let first = digits(text);
        let separator =
            text.get(first.len()..)?.chars().next().filter(|c| matches!(c, '-' | '/'))?;
        let rest = text.get(first.len() + 1..)?;
        let second = digits(rest);
        if second.is_empty() || second.len() > 2 {
            return None;
        }
        let third = rest.get(second.len()..)?.strip_prefix(separator).map_or("", digits);
        let two = first.len() + 1 + second.len();
        let shape = match (separator, first.len(), third.len()) {
            ('-', 4, 1 | 2) => {
                Self { year: first, month: second, day: Some(third), length: two + 1 + third.len() }
            }
            ('-', 4, 0) => Self { year: first, month: second, day: None, length: two },
            (_, 1 | 2, 4) => Self { year: third, month: second, day: Some(first), length: two + 5 },
            _ => return None,
        };
        let ends = !text.get(shape.length..)?.starts_with(is_word_part);
        ends.then_some(shape)
    }

    fn canonical(&self) -> String {
        match self.day {
            Some(day) => format!("{}-{:0>2}-{:0>2}", self.year, self.month, day),
            None => format!("{}-{:0>2}", self.year, self.month),
        }
    }
}

/// The digits `text` starts with; stops counting after five, which no date has.
fn digits(text: &str) -> &str {
    let count = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    text.get(..count).unwrap_or("")
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Latin letters only: a Cyrillic `а` looks like a Latin `a` and makes another name.
fn is_letter(c: char) -> bool {
    let latin = c.is_ascii_alphabetic()
        || ('\u{c0}'..='\u{24f}').contains(&c)
        || ('\u{1e00}'..='\u{1eff}').contains(&c);
    latin && c != '×' && c != '÷'
}

fn is_word_part(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || c == '_' || c == '²' || is_combining(c)
}
