//! What links somebody to a file.

use base::Moment;

use crate::{Classes, Function, Role};

/// Who asks, and how sure we are that it is them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// A second factor was given in this session; an accompanied person's card and code count as one.
    pub second_factor: bool,
    /// When they last proved who they are.
    pub proved_at: Moment,
}

/// From a moment to another; open on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Moment,
    /// `None`: until it is ended.
    pub to: Option<Moment>,
}

/// One link between the viewer and the file asked for. The caller loads those of the viewer and of the file;
/// what it forgets is refused, never allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    pub kind: TieKind,
    pub period: Period,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieKind {
    /// A role in the structure that leads the file. `same_team`: in the very team that follows it.
    Member { role: Role, same_team: bool },
    /// Follows the file.
    Follows(Function),
    /// It was shared with them or their structure.
    Shared(Classes),
    /// Acts for the person under a mandate.
    Mandate,
    /// It is their own file.
    Own,
    /// Opened in an emergency, with a written reason.
    BreakGlass,
    /// Wrote the private note that is asked for.
    Author,
    /// Must not see it: a relative, a declared conflict, the other party of a couple.
    Barred,
}

impl Period {
    pub fn holds(self, now: Moment) -> bool {
        self.from <= now && self.to.is_none_or(|to| now < to)
    }
}
