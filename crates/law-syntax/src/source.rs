//! The files diagnostics point into, and their lines.

use std::ops::Range;

use crate::tree::to_usize;
use crate::{FileId, Span};

/// A file as it was given to [`crate::parse`]; its [`FileId`] is its index in the list of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path to show: relative to the rulebook.
    pub name: String,
    pub text: String,
}

/// A place as people count it, both from 1; columns are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A file and where its lines start, to go from bytes to lines fast.
pub(crate) struct Lines<'a> {
    pub(crate) file: &'a SourceFile,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn all(files: &'a [SourceFile]) -> Vec<Self> {
        files.iter().map(Self::new).collect()
    }

    fn new(file: &'a SourceFile) -> Self {
        let after_break = file.text.match_indices('\n').map(|(at, _)| at + 1);
        Self { file, starts: std::iter::once(0).chain(after_break).collect() }
    }

    /// The bytes of `span` in the text, whatever the span: inside the text, on character boundaries.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        let start = self.boundary(to_usize(span.start));
        start..self.boundary(to_usize(span.end)).max(start)
    }

    fn boundary(&self, at: usize) -> usize {
        let at = at.min(self.file.text.len());
        (0..=at).rev().find(|at| self.file.text.is_char_boundary(*at)).unwrap_or(0)
    }

    /// The index of the line a byte is in.
    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn line_start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.file.text.len())
    }

    pub(crate) fn position(&self, at: usize) -> Position {
        let line = self.line_of(at);
        let before = self.file.text.get(self.line_start(line)..at).unwrap_or("");
        Position { line: line + 1, column: before.chars().count() + 1 }
    }

    /// The whole lines that `range` is in: their text, the byte they start at, the number of the first.
    pub(crate) fn window(&self, range: Range<usize>) -> (&'a str, usize, usize) {
        let first = self.line_of(range.start);
        let start = self.line_start(first);
        let end = self.line_start(self.line_of(range.end) + 1).max(range.end);
        (self.file.text.get(start..end).unwrap_or(""), start, first + 1)
    }
}

pub(crate) fn lines_of<'l, 'a>(lines: &'l [Lines<'a>], file: FileId) -> Option<&'l Lines<'a>> {
    lines.get(to_usize(file.0))
}
