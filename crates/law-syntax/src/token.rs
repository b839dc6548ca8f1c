//! The words a text is cut into.

/// What a piece of text is. Every byte of a text belongs to exactly one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Blanks and ends of line.
    Whitespace,
    /// `-- …`, without the end of its line.
    Comment,
    /// A name or a keyword: `nb_enfants`, `si`, `jusqu'à`, `au-delà`, `d'`.
    Word,
    /// `646,52`, `6 664`.
    Number,
    /// `2026-03-01`.
    Date,
    /// `2026-03`.
    Month,
    /// `M`, `M-1`.
    RelativeMonth,
    /// `N`, `N-2`.
    RelativeYear,
    /// `« … »`.
    Label,
    /// `<https://…>`.
    Link,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Arrow,
    LeftParen,
    RightParen,
    Comma,
    Colon,
    Semicolon,
    Bar,
    Percent,
    Euro,
    Slash,
    /// Text that is no word of the language; a diagnostic tells.
    Unknown,
    /// The end of the file; never stored in a tree.
    End,
}

impl TokenKind {
    /// Blanks and comments: what the parser does not see.
    pub fn is_trivia(self) -> bool {
        matches!(self, Self::Whitespace | Self::Comment)
    }

    /// The one way the formatter writes a symbol; `None` for tokens that carry text of their own.
    pub fn symbol(self) -> Option<&'static str> {
        match self {
            Self::Equal => Some("="),
            Self::NotEqual => Some("≠"),
            Self::Less => Some("<"),
            Self::LessEqual => Some("≤"),
            Self::Greater => Some(">"),
            Self::GreaterEqual => Some("≥"),
            Self::Plus => Some("+"),
            Self::Minus => Some("−"),
            Self::Times => Some("×"),
            Self::Divide => Some("÷"),
            Self::Arrow => Some("→"),
            Self::LeftParen => Some("("),
            Self::RightParen => Some(")"),
            Self::Comma => Some(","),
            Self::Colon => Some(":"),
            Self::Semicolon => Some(";"),
            Self::Bar => Some("|"),
            Self::Percent => Some("%"),
            Self::Euro => Some("€"),
            Self::Slash => Some("/"),
            Self::Whitespace
            | Self::Comment
            | Self::Word
            | Self::Number
            | Self::Date
            | Self::Month
            | Self::RelativeMonth
            | Self::RelativeYear
            | Self::Label
            | Self::Link
            | Self::Unknown
            | Self::End => None,
        }
    }
}

/// A piece of the text: its kind and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub start: u32,
    pub end: u32,
}
