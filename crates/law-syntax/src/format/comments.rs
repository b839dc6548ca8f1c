//! Which token each comment goes with.

use std::collections::HashMap;

use crate::token::TokenKind;
use crate::tree::Tree;

/// A comment on a line of its own.
#[derive(Debug, Clone)]
pub(super) struct OwnLine {
    pub(super) text: String,
    pub(super) after_empty_line: bool,
}

/// What goes with a token.
#[derive(Debug, Clone, Default)]
pub(super) struct Comments {
    /// On the lines before the token.
    pub(super) before: Vec<OwnLine>,
    /// At the end of its line.
    pub(super) after: Option<String>,
    /// An empty line comes right before the token, comments apart.
    pub(super) after_empty_line: bool,
}

/// A comment goes with the token before it on its line, otherwise with the next token; `;` does not count,
/// as it is not written again.
pub(super) fn attached(tree: &Tree) -> HashMap<usize, Comments> {
    let mut res: HashMap<usize, Comments> = HashMap::new();
    let mut on_line = None;
    let mut breaks = 0;
    let mut waiting = Vec::new();
    for (index, token) in tree.tokens().iter().enumerate() {
        match token.kind {
            TokenKind::Whitespace => {
                let count = tree.token_text(token).matches('\n').count();
                breaks += count;
                if count > 0 {
                    on_line = None;
                }
            }
            TokenKind::Comment => {
                let text = tree.token_text(token).trim_end().to_owned();
                match on_line {
                    Some(before) => res.entry(before).or_default().after = Some(text),
                    None => waiting.push(OwnLine { text, after_empty_line: breaks > 1 }),
                }
                breaks = 0;
            }
            TokenKind::Semicolon => {}
            _ => {
                place(&mut res, index, &mut waiting, breaks > 1);
                on_line = Some(index);
                breaks = 0;
            }
        }
    }
    // Empty lines at the end of the file are not kept.
    place(&mut res, tree.tokens().len(), &mut waiting, false);
    res
}

fn place(
    res: &mut HashMap<usize, Comments>,
    token: usize,
    waiting: &mut Vec<OwnLine>,
    after_empty_line: bool,
) {
    if after_empty_line || !waiting.is_empty() {
        let comments = res.entry(token).or_default();
        comments.before = std::mem::take(waiting);
        comments.after_empty_line = after_empty_line;
    }
}
