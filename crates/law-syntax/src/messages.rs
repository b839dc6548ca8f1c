//! Every sentence the reader of a text is told, by name: to list them, read the modules below.

mod lexical;
mod syntax;

use crate::Span;

pub(crate) use lexical::*;
pub(crate) use syntax::*;

/// What is found where something else was awaited.
pub(crate) struct Here {
    /// What to show: the token found, or the end of the one before if the token is on another line.
    pub(crate) span: Span,
    /// Right after the token before: where to insert what is missing.
    pub(crate) gap: Span,
    /// The token found, as named in a sentence.
    pub(crate) found: String,
}
