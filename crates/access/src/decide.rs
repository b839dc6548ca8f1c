//! The decision, and its reason.

use base::Moment;

use crate::{Action, Class, FileState, Purpose, Tie, TieKind, Viewer, ruled};

/// What is asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub action: Action,
    pub class: Class,
    pub purpose: Purpose,
    pub state: FileState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Allowed(Reason),
    Refused(Refusal),
}

/// The tie that allows it: shown in words, written in the access log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    pub tie: TieKind,
    pub since: Moment,
    pub until: Option<Moment>,
}

/// Why not: what would have to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// A bar stands.
    Barred,
    /// The file no longer exists.
    Erased,
    /// A second factor is asked first.
    SecondFactor,
    /// Would be allowed after proving again who they are.
    ProveAgain,
    /// A tie allowed it and has ended.
    Ended { at: Moment },
    /// A tie will allow it and has not begun.
    NotYet { from: Moment },
    /// A tie allows it for another purpose.
    Purpose,
    /// Nothing allows it.
    NoTie,
}

/// How long a proof of identity is enough for what takes data out or opens it wider.
const PROOF_SECONDS: i64 = 10 * 60;

/// The one place where access is decided.
pub fn decide(viewer: &Viewer, ties: &[Tie], request: Request, now: Moment) -> Decision {
    match refused_first(viewer, ties, request, now) {
        Some(refusal) => Decision::Refused(refusal),
        None => match strongest(ties, request, now) {
            Some(tie) if needs_proof(request.action, tie.kind) && !is_fresh(viewer, now) => {
                Decision::Refused(Refusal::ProveAgain)
            }
            Some(tie) => Decision::Allowed(Reason {
                tie: tie.kind,
                since: tie.period.from,
                until: tie.period.to,
            }),
            None => Decision::Refused(nearest_refusal(ties, request, now)),
        },
    }
}

/// What no tie can outweigh.
fn refused_first(viewer: &Viewer, ties: &[Tie], request: Request, now: Moment) -> Option<Refusal> {
    let bar = |it: &&Tie| it.kind == TieKind::Barred && it.period.holds(now);
    if ties.iter().any(|it| bar(&it)) {
        return Some(Refusal::Barred);
    }
    match request.state {
        FileState::Erased => return Some(Refusal::Erased),
        FileState::Open | FileState::Closed | FileState::Archived => {}
    }
    (!viewer.second_factor).then_some(Refusal::SecondFactor)
}

/// Among the ties that allow it, the one that explains best: following before belonging, belonging before an
/// emergency.
fn strongest(ties: &[Tie], request: Request, now: Moment) -> Option<&Tie> {
    let Request { action, class, purpose, state } = request;
    ties.iter()
        .filter(|it| it.period.holds(now) && ruled(it.kind, action, class, state, purpose))
        .min_by_key(|it| rank(it.kind))
}

fn rank(kind: TieKind) -> u8 {
    match kind {
        TieKind::Own => 0,
        TieKind::Author => 1,
        TieKind::Follows(_) => 2,
        TieKind::Mandate => 3,
        TieKind::Shared(_) => 4,
        TieKind::Member { .. } => 5,
        TieKind::BreakGlass => 6,
        TieKind::Barred => 7,
    }
}

fn needs_proof(action: Action, tie: TieKind) -> bool {
    match action {
        Action::Share | Action::Export | Action::Erase => true,
        Action::Find
        | Action::Read
        | Action::Write
        | Action::Assign
        | Action::Close
        | Action::ReadLog => tie == TieKind::BreakGlass,
    }
}

/// A proof from the future is no proof: the clock was moved.
fn is_fresh(viewer: &Viewer, now: Moment) -> bool {
    (0..=PROOF_SECONDS).contains(&now.seconds_since(viewer.proved_at))
}

/// The refusal that says most of what would change it.
fn nearest_refusal(ties: &[Tie], request: Request, now: Moment) -> Refusal {
    let Request { action, class, purpose, state } = request;
    let would = |it: &&Tie, purpose| ruled(it.kind, action, class, state, purpose);
    let ended = ties
        .iter()
        .filter(|it| would(it, purpose))
        .filter_map(|it| it.period.to.filter(|to| *to <= now))
        .max();
    if let Some(at) = ended {
        return Refusal::Ended { at };
    }
    let later = ties.iter().filter(|it| would(it, purpose) && it.period.from > now);
    if let Some(from) = later.map(|it| it.period.from).min() {
        return Refusal::NotYet { from };
    }
    let elsewhere =
        |it: &&Tie| it.period.holds(now) && Purpose::ALL.iter().any(|purpose| would(it, *purpose));
    if ties.iter().any(|it| elsewhere(&it)) { Refusal::Purpose } else { Refusal::NoTie }
}
