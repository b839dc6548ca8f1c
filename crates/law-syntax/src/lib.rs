//! Text of the Droit language → lossless tree, typed tree, diagnostics; and back, formatted.
//!
//! Reading never fails: any bytes give a tree and diagnostics.

pub mod ast;
mod diagnostic;
mod format;
mod json;
mod lexer;
mod messages;
mod nearest;
mod parser;
mod reasons;
mod render;
mod source;
mod spans;
mod token;
mod tree;
mod words;

pub use diagnostic::{Diagnostic, FileId, Fix, Severity, Span};
pub use format::format;
pub use json::to_json;
pub use nearest::nearest;
pub use render::render;
pub use source::SourceFile;
pub use token::{Token, TokenKind};
pub use tree::{Element, Node, NodeKind, Tree};

/// Past this many, a file is not a file with mistakes but something else: the rest is not told.
const MAX_DIAGNOSTICS: usize = 500;

/// What a text says, however broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The whole text, byte for byte.
    pub tree: Tree,
    /// What could be understood of it.
    pub file: ast::File,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text; a declaration that is broken does not hide the next one.
///
/// The typed tree is never taller than 200 expressions, so that those who walk it may recurse. At most 500
/// diagnostics are given. A text of 4 GiB or more is refused: its tree is empty.
///
/// ```
/// use law_syntax::{FileId, ast::ItemKind, parse};
/// let text = "règle broken : €/mois par = ? \n\nparamètre seuil : taux\n  depuis 2026-01 : 12 %";
/// let parsed = parse(FileId(0), text);
/// assert!(!parsed.diagnostics.is_empty());
/// assert!(matches!(&parsed.file.items[1].kind, ItemKind::Param(it) if it.name.text == "seuil"));
/// ```
pub fn parse(file: FileId, text: &str) -> Parsed {
    if u32::try_from(text.len()).is_err() {
        let diagnostics = vec![messages::too_big(Span { file, start: 0, end: 0 })];
        let tree = Tree::new("", Vec::new(), Vec::new());
        return Parsed { tree, file: ast::File::default(), diagnostics };
    }
    let (tokens, mut diagnostics) = lexer::lex(file, text);
    let outcome = parser::parse(file, text, &tokens);
    diagnostics.extend(outcome.diagnostics);
    diagnostics.sort_by_key(|it| (it.span.start, it.span.end));
    if let Some(first_untold) = diagnostics.get(MAX_DIAGNOSTICS) {
        let span = first_untold.span;
        diagnostics.truncate(MAX_DIAGNOSTICS);
        diagnostics.push(messages::too_many_mistakes(span, MAX_DIAGNOSTICS));
    }
    let tree = Tree::new(text, tokens, outcome.nodes);
    Parsed { tree, file: outcome.file, diagnostics }
}

/// Reads bytes as [`parse`] does text; what is not UTF-8 is told and replaced by `�` in the tree.
pub fn parse_bytes(file: FileId, bytes: &[u8]) -> Parsed {
    let text = String::from_utf8_lossy(bytes);
    let mut parsed = parse(file, &text);
    if let Err(error) = std::str::from_utf8(bytes) {
        let before = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = u32::try_from(before.len()).unwrap_or(u32::MAX);
        let end = start.saturating_add(u32::try_from('\u{fffd}'.len_utf8()).unwrap_or(0));
        parsed.diagnostics.insert(0, messages::not_utf8(Span { file, start, end }, line));
    }
    parsed
}
