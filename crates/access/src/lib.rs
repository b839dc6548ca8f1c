//! Who may do what with a file, and why: one pure function, deny by default.
//!
//! ```text
//! viewer + ties to the file + what is asked + now ──decide──▶ allowed (because…, until…) | refused (because…)
//! ```
//!
//! Words: a *tie* is what links somebody to a file (they follow it, it was shared with them, it is theirs); a
//! *class* is how sensitive a field is, from P0 to P5; a *bar* forbids whatever the ties say.
//!
//! Invariants, each a test:
//! - nothing is allowed without a tie that says so;
//! - a bar wins over every tie; a tie removed never allows more;
//! - a private note is its author's alone;
//! - whoever runs the service reads no file;
//! - no arm of a `match` stands for "all the others" here: a new variant is a question to its author.
#![deny(clippy::wildcard_enum_match_arm)]

mod decide;
mod table;
mod tie;
mod words;

pub use decide::{Decision, Reason, Refusal, Request, decide};
pub use table::{Rule, ruled, rules};
pub use tie::{Period, Tie, TieKind, Viewer};
pub use words::{Action, Class, Classes, FileState, Function, Purpose, Role};
