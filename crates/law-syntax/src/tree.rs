//! The lossless tree: every byte of the text, and the shape the parser gave it.

use std::ops::Range;

use crate::token::{Token, TokenKind};

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeKind {
    // Declarations.
    Article,
    Param,
    Enumeration,
    Table,
    Window,
    Input,
    Rule,
    Function,
    Aid,
    ExceptionTo,
    Choice,
    Property,
    /// Text that could not be read.
    Error,
    // Clauses.
    /// From the first word of a declaration to its label.
    Header,
    Source,
    Hidden,
    ChosenBy,
    /// `= E`
    Body,
    /// `où …`
    Local,
    /// `sauf …`, with its sources.
    Exception,
    /// `prime sur « … »`
    Overrides,
    Example,
    /// `depuis …` of a parameter or a window.
    Version,
    /// `depuis …` of a table, with its rows.
    TableVersion,
    Columns,
    Row,
    /// `à revoir avant …`
    Review,
    /// `| cas « … »`
    Case,
    Question,
    /// `groupe « … »`
    Group,
    /// `demande … secondes`
    Seconds,
    /// `connue par … %`
    KnownBy,
    Sensitive,
    Modifiable,
    Bounds,
    /// `conditions …`
    Conditions,
    Condition,
    /// `montant = E`
    Amount,
    /// `versé à partir de …`
    PaidFrom,
    /// `réexamen tous les …`
    ReviewEvery,
    /// `effet de seuil assumé « … »`, with its sources.
    ThresholdEffect,
    /// `toujours : …`
    Always,
    /// `quand … : …`
    Moves,
    /// `pourvu que …`
    Provided,
    Reason,
    Alternatives,
    Decided,
    // Parts.
    Type,
    Literal,
    Parameters,
    // Expressions.
    Name,
    Call,
    Paren,
    Not,
    Neg,
    /// `A op B`
    Binary,
    /// `E parmi (…)`
    In,
    If,
    Select,
    Arm,
    Pattern,
    /// `E, au minimum X` and its kin.
    Modified,
    /// `E à M-1`
    At,
    /// Every aggregation, over people or months.
    Aggregate,
}

/// The text of a file cut into tokens and nodes.
///
/// ```
/// use law_syntax::{FileId, parse};
/// let text = "règle x : €/mois par famille -- un commentaire\n  = 1 €/mois ???";
/// let tree = parse(FileId(0), text).tree;
/// let again: String = tree.tokens().iter().map(|token| tree.token_text(token)).collect();
/// assert_eq!(again, text);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    text: String,
    // INVARIANT: the tokens follow each other without gap and cover `text`.
    tokens: Vec<Token>,
    // INVARIANT: a node comes after all its descendants; `StoredNode::first` is the first of them.
    nodes: Vec<StoredNode>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StoredNode {
    pub(crate) kind: NodeKind,
    /// Tokens of the node: from `start` included to `end` excluded.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The first of the nodes before this one that are inside it; its own index if there is none.
    pub(crate) first: u32,
}

/// A node of a [`Tree`]: never empty, starts and ends with a token that is not trivia.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    index: usize,
    stored: StoredNode,
}

/// What a node is made of, in the order of the text.
#[derive(Debug, Clone, Copy)]
pub enum Element<'a> {
    Node(Node<'a>),
    /// A token of the node that is in none of its children: its index in [`Tree::tokens`].
    Token(usize),
}

impl Tree {
    pub(crate) fn new(text: &str, tokens: Vec<Token>, nodes: Vec<StoredNode>) -> Self {
        Self { text: text.to_owned(), tokens, nodes }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub fn token_text(&self, token: &Token) -> &str {
        self.text.get(to_usize(token.start)..to_usize(token.end)).unwrap_or("")
    }

    /// The declarations, and the stretches that could not be read, in the order of the text.
    pub fn items(&self) -> Vec<Node<'_>> {
        self.nodes_between(0, self.nodes.len())
    }

    fn node(&self, index: usize) -> Option<Node<'_>> {
        self.nodes.get(index).map(|stored| Node { tree: self, index, stored: *stored })
    }

    /// The outermost nodes among those of indices `first..end`.
    fn nodes_between(&self, first: usize, end: usize) -> Vec<Node<'_>> {
        let mut res = Vec::new();
        let mut end = end;
        while end > first {
            let Some(node) = self.node(end.saturating_sub(1)) else { break };
            end = to_usize(node.stored.first);
            res.push(node);
        }
        res.reverse();
        res
    }
}

impl<'a> Node<'a> {
    pub fn kind(self) -> NodeKind {
        self.stored.kind
    }

    /// Indices of its tokens in [`Tree::tokens`], trivia between them included.
    pub fn token_range(self) -> Range<usize> {
        to_usize(self.stored.start)..to_usize(self.stored.end)
    }

    pub fn text(self) -> &'a str {
        let tokens = self.tree.tokens.get(self.token_range()).unwrap_or(&[]);
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => {
                self.tree.text.get(to_usize(first.start)..to_usize(last.end)).unwrap_or("")
            }
            _ => "",
        }
    }

    pub fn children(self) -> Vec<Node<'a>> {
        self.tree.nodes_between(to_usize(self.stored.first), self.index)
    }

    /// Its children, and its own tokens without trivia.
    pub fn elements(self) -> Vec<Element<'a>> {
        let mut res = Vec::new();
        let mut token = to_usize(self.stored.start);
        for child in self.children() {
            self.tokens_between(token, to_usize(child.stored.start), &mut res);
            token = to_usize(child.stored.end);
            res.push(Element::Node(child));
        }
        self.tokens_between(token, to_usize(self.stored.end), &mut res);
        res
    }

    fn tokens_between(self, start: usize, end: usize, res: &mut Vec<Element<'a>>) {
        for index in start..end {
            let kind = self.tree.tokens.get(index).map_or(TokenKind::Whitespace, |it| it.kind);
            if !kind.is_trivia() {
                res.push(Element::Token(index));
            }
        }
    }
}

pub(crate) fn to_usize(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}
