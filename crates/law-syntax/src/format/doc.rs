//! A text whose breaks are not decided yet, and the choice of the breaks that keep lines short.

/// The longest line, where there is a choice.
pub(super) const WIDTH: usize = 100;
/// By how much a nested line is shifted.
pub(super) const INDENT: usize = 2;

/// A text with places where it may be broken.
#[derive(Debug, Clone)]
pub(super) enum Doc {
    /// Words without end of line.
    Text(String),
    /// Words that nobody reads, such as a link: a line may be longer by them.
    Wide(String),
    /// A comment at the end of a line: what comes next starts another.
    Comment(String),
    /// A comment on a line of its own.
    OwnComment(String),
    /// A blank, never a break.
    Space,
    /// A blank, or a break when the group around it does not fit on a line.
    Line,
    /// A break.
    Hard,
    /// An empty line.
    Blank,
    /// Lines started inside are shifted.
    Nest(Box<Doc>),
    /// Its own [`Doc::Line`]s are all blanks or all breaks.
    Group(Box<Doc>),
    Concat(Vec<Doc>),
}

impl Doc {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn nothing() -> Self {
        Self::Concat(Vec::new())
    }

    /// The comments it starts with stay out: they are not shifted.
    pub(super) fn nest(parts: Vec<Doc>) -> Self {
        Self::around(parts, Self::Nest)
    }

    /// The comments it starts with stay out: they do not break it.
    pub(super) fn group(parts: Vec<Doc>) -> Self {
        Self::around(parts, Self::Group)
    }

    fn around(parts: Vec<Doc>, wrap: fn(Box<Doc>) -> Self) -> Self {
        let mut inner = Self::Concat(parts);
        let mut res = Vec::new();
        inner.take_first_comments(&mut res);
        res.push(wrap(Box::new(inner)));
        Self::Concat(res)
    }

    /// Moves the comments before the first words to `comments`; whether nothing is left.
    fn take_first_comments(&mut self, comments: &mut Vec<Doc>) -> bool {
        match self {
            Self::OwnComment(_) => {
                comments.push(std::mem::replace(self, Self::nothing()));
                true
            }
            Self::Nest(inner) | Self::Group(inner) => inner.take_first_comments(comments),
            Self::Concat(parts) => parts.iter_mut().all(|part| part.take_first_comments(comments)),
            Self::Text(_)
            | Self::Wide(_)
            | Self::Comment(_)
            | Self::Space
            | Self::Line
            | Self::Hard
            | Self::Blank => false,
        }
    }

    /// The text, every group on one line if it fits.
    pub(super) fn render(&self) -> String {
        let mut out = Output { text: String::new(), column: 0, pending: Pending::Start, indent: 0 };
        let mut todo = vec![Step { indent: 0, flat: false, doc: self }];
        while let Some(Step { indent, flat, doc }) = todo.pop() {
            match doc {
                Self::Text(text) => out.write(text),
                Self::Wide(text) => {
                    out.write("");
                    out.text.push_str(text);
                }
                Self::Comment(text) => {
                    out.space();
                    out.write(text);
                    out.end_line(indent);
                }
                Self::OwnComment(text) => {
                    out.end_line(indent);
                    out.write(text);
                    out.end_line(indent);
                }
                Self::Space => out.space(),
                Self::Line if flat => out.space(),
                Self::Line | Self::Hard => out.new_line(Pending::Break, indent),
                Self::Blank => out.new_line(Pending::EmptyLine, indent),
                Self::Nest(inner) => todo.push(Step { indent: indent + INDENT, flat, doc: inner }),
                Self::Group(inner) => {
                    let flat = flat || fits(&out, inner, &todo);
                    todo.push(Step { indent, flat, doc: inner });
                }
                Self::Concat(parts) => {
                    todo.extend(parts.iter().rev().map(|doc| Step { indent, flat, doc }));
                }
            }
        }
        out.text
    }
}

#[derive(Debug, Clone, Copy)]
struct Step<'a> {
    indent: usize,
    /// Whether its lines are blanks.
    flat: bool,
    doc: &'a Doc,
}

/// What to write before the next words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    Nothing,
    Space,
    Break,
    EmptyLine,
    /// Nothing was written yet: no break is.
    Start,
}

struct Output {
    text: String,
    column: usize,
    pending: Pending,
    /// Of the next line, if a break is pending.
    indent: usize,
}

impl Output {
    fn space(&mut self) {
        self.pending = self.pending.max(Pending::Space);
    }

    fn new_line(&mut self, break_: Pending, indent: usize) {
        self.pending = self.pending.max(break_);
        self.indent = indent;
    }

    /// Asks for a break where the layout does not.
    fn end_line(&mut self, indent: usize) {
        if self.pending < Pending::Break {
            self.new_line(Pending::Break, indent);
        }
    }

    fn write(&mut self, text: &str) {
        match self.pending {
            Pending::Nothing => {}
            Pending::Space => self.push(" "),
            Pending::Break => self.push_line("\n"),
            Pending::EmptyLine => self.push_line("\n\n"),
            Pending::Start => {}
        }
        self.pending = Pending::Nothing;
        self.push(text);
    }

    fn push_line(&mut self, breaks: &str) {
        self.text.push_str(breaks);
        self.column = 0;
        self.push(&" ".repeat(self.indent));
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }
}

/// Whether `group` and what follows it up to the next possible break fit on the line.
fn fits(out: &Output, group: &Doc, rest: &[Step<'_>]) -> bool {
    let used = match out.pending {
        Pending::Nothing => out.column,
        Pending::Space => out.column + 1,
        Pending::Break | Pending::EmptyLine | Pending::Start => out.indent,
    };
    let Some(mut room) = WIDTH.checked_sub(used) else { return false };
    let mut rest = rest.iter().rev();
    let mut todo = vec![(true, group)];
    let mut after_comment = false;
    loop {
        let Some((flat, doc)) = todo.pop() else {
            // The group is over: a comment ends its line, whatever follows.
            let Some(step) = rest.next().filter(|_| !after_comment) else { return true };
            todo.push((step.flat, step.doc));
            continue;
        };
        let width = match doc {
            Doc::Text(_) | Doc::Wide(_) if after_comment => return false,
            Doc::Wide(_) => 0,
            Doc::Text(text) => text.chars().count(),
            Doc::Space => 1,
            Doc::Line if flat => 1,
            Doc::Comment(_) => {
                after_comment = true;
                0
            }
            Doc::OwnComment(_) | Doc::Line | Doc::Hard | Doc::Blank => return !flat,
            Doc::Nest(inner) | Doc::Group(inner) => {
                todo.push((flat, inner));
                0
            }
            Doc::Concat(parts) => {
                todo.extend(parts.iter().rev().map(|doc| (flat, doc)));
                0
            }
        };
        match room.checked_sub(width) {
            Some(left) => room = left,
            None => return false,
        }
    }
}
