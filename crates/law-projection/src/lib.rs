//! The months to come, what would change, and the budget curve.
//!
//! ```text
//! household ──extend──▶ household + hypotheses ──project──▶ lanes, changes with their cause
//!     │                        └──compare(« et si »)──▶ gained, lost, facts to ask
//!     ├──what_would_change──▶ flips            (one fact at a time)
//!     └──curve──▶ points, jumps                (one fact along an axis)
//! ```
//!
//! Amounts are those of the reference (a curve: of the columns, equal to it). Dates of change and causes
//! come from the timeline, the same rules worked out over all the months at once.

mod blame;
mod cause;
#[cfg(test)]
mod cause_tests;
mod compare;
mod curve;
mod edit;
mod extend;
mod flips;
mod fr;
mod names;
mod project;
mod scenario;
mod separation;
mod timeline;
mod walk;

pub use blame::Effect;
pub use cause::{Cause, CauseKind, DatedChange, FactChange, MovedCondition};
pub use compare::{Compared, ComparedAid, ComparedMonth, Comparison, FactAsked, compare};
pub use curve::{
    Axis, Curve, Jump, JumpGroup, JumpKind, MOST_POINTS, Point, Range, TAXABLE, curve,
};
pub use extend::{Hypothesis, HypothesisKind, extend};
pub use flips::{Flip, Gain, what_would_change};
pub use fr::standing;
pub use project::{
    Assumed, Change, Lane, LaneAid, Options, Projection, Standing, project, project_with,
};
pub use scenario::{Answer, Applied, Custody, Refused, Scenario, WhatIf};
