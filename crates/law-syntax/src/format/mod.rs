//! The one way a text is written: two spaces of indentation, one clause per line, canonical symbols.
//!
//! Works on the lossless tree, so that parentheses and comments stay where their author put them.

mod comments;
mod doc;
mod expr;
mod items;
mod words;

use std::collections::HashMap;

use crate::tree::{Element, Node, Tree};
use crate::{Diagnostic, FileId, Severity, parse};

use comments::{Comments, OwnLine};
use doc::Doc;

/// The text as it should be written, comments included; it reads the same.
///
/// # Errors
/// What is wrong with the text, if it cannot be read entirely: formatting could damage it.
///
/// ```
/// use law_syntax::format;
/// let text = "règle   reste : €/mois par famille source « CASF »   = a-b , au minimum 0 -- jamais moins";
/// assert_eq!(
///     format(text).unwrap(),
///     "règle reste : €/mois par famille source « CASF »\n  = a − b, au minimum 0 -- jamais moins\n",
/// );
/// assert!(format("règle").is_err());
/// ```
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(FileId(0), text);
    if parsed.diagnostics.iter().any(|it| it.severity == Severity::Error) {
        return Err(parsed.diagnostics);
    }
    let mut comments = comments::attached(&parsed.tree);
    let firsts = parsed.tree.items().into_iter().map(|it| it.token_range().start);
    let before_items = firsts.chain([parsed.tree.tokens().len()]).filter_map(|first| {
        let found = comments.get_mut(&first)?;
        Some((first, (std::mem::take(&mut found.before), found.after_empty_line)))
    });
    let before_items = before_items.collect();
    let formatter = Formatter { tree: &parsed.tree, comments, before_items };
    let mut res = formatter.file().render();
    if !res.is_empty() {
        res.push('\n');
    }
    Ok(res)
}

struct Formatter<'t> {
    tree: &'t Tree,
    /// By the token they go with.
    comments: HashMap<usize, Comments>,
    /// By the first token of a declaration, the number of tokens standing for the end of the file: the
    /// comments before it, and whether an empty line follows them.
    before_items: HashMap<usize, (Vec<OwnLine>, bool)>,
}

impl<'t> Formatter<'t> {
    /// The declarations, with the empty lines their author left between them.
    fn file(&self) -> Doc {
        let mut parts = Vec::new();
        for item in self.tree.items() {
            let first = item.token_range().start;
            parts.push(self.before_item(first));
            parts.push(self.item(item));
            parts.push(Doc::Hard);
        }
        parts.push(self.before_item(self.tree.tokens().len()));
        Doc::Concat(parts)
    }

    /// The empty lines and the comments before a declaration.
    fn before_item(&self, first: usize) -> Doc {
        let mut parts = Vec::new();
        let Some((comments, after_empty_line)) = self.before_items.get(&first) else {
            return Doc::nothing();
        };
        for comment in comments {
            if comment.after_empty_line {
                parts.push(Doc::Blank);
            }
            parts.push(Doc::OwnComment(comment.text.clone()));
        }
        if *after_empty_line {
            parts.push(Doc::Blank);
        }
        Doc::Concat(parts)
    }

    /// The elements one after the other, on one line.
    fn sequence(&self, node: Node<'t>) -> Doc {
        self.joined(node, &node.elements())
    }

    /// Some elements of `node` one after the other, on one line.
    fn joined(&self, node: Node<'t>, elements: &[Element<'t>]) -> Doc {
        let mut parts = Vec::new();
        let mut last = None;
        for element in elements {
            if self.is_dropped(element) {
                continue;
            }
            if let Some(last) = last
                && !self.touch(last, first_token(element), node.kind())
            {
                parts.push(Doc::Space);
            }
            parts.push(self.element(element));
            last = Some(self.last_token(element));
        }
        Doc::Concat(parts)
    }

    fn element(&self, element: &Element<'t>) -> Doc {
        match element {
            Element::Node(node) => self.node(*node),
            Element::Token(token) => self.token(*token),
        }
    }

    /// `;` between clauses: the end of the line says as much.
    fn is_dropped(&self, element: &Element<'t>) -> bool {
        match element {
            Element::Token(token) => self.kind(*token) == crate::TokenKind::Semicolon,
            Element::Node(_) => false,
        }
    }

    fn last_token(&self, element: &Element<'t>) -> usize {
        match element {
            Element::Node(node) => node.token_range().end.saturating_sub(1),
            Element::Token(token) => *token,
        }
    }
}

fn first_token(element: &Element<'_>) -> usize {
    match element {
        Element::Node(node) => node.token_range().start,
        Element::Token(token) => *token,
    }
}
