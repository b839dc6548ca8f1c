//! What the pages of the slice are given.

use access::{Purpose, Role};
use base::Moment;
use store::Id;

use super::emergencies::Emergency;
use super::model::{Line, Who};
use super::unusual::Finding;

/// The log of a file, for staff.
#[derive(Debug)]
pub struct FileLog {
    pub file: Id,
    pub lines: Vec<(Line, Who)>,
    /// Where the next page starts, when there is one.
    pub older: Option<i64>,
}

/// The same, for the person.
#[derive(Debug)]
pub struct PersonLog {
    pub lines: Vec<(Line, Who)>,
}

/// What a manager looks at.
#[derive(Debug)]
pub struct Unusual {
    pub findings: Vec<(Finding, String)>,
    pub emergencies: Vec<(Emergency, String)>,
}

impl FileLog {
    /// Made-up contents: every kind of line.
    pub fn samples(file: Id, staff: Id, now: Moment) -> Vec<Self> {
        let empty = Self { file, lines: Vec::new(), older: None };
        let full = Self { file, lines: sample_lines(staff, now), older: Some(12) };
        vec![empty, full]
    }
}

impl PersonLog {
    pub fn samples(staff: Id, now: Moment) -> Vec<Self> {
        vec![Self { lines: Vec::new() }, Self { lines: sample_lines(staff, now) }]
    }
}

fn sample_lines(staff: Id, now: Moment) -> Vec<(Line, Who)> {
    use super::model::Visibility;
    let line = |rank: i64, action: &str, purpose: &str, times, visibility| Line {
        first_rank: rank,
        day: now.plus_seconds(-86_400 * rank).day_in_paris(),
        last_at: now,
        actor: staff.to_string(),
        action: action.into(),
        purpose: purpose.into(),
        relation: "follows".into(),
        times,
        visibility,
    };
    let worker = Who::Staff {
        id: staff,
        name: "Claire Dubosc".into(),
        structure: Some("CCAS d’Auch".into()),
        role: Some(Role::Worker),
    };
    let support = crate::spine::desk::purpose_code(Purpose::Support);
    vec![
        (line(1, "read", support, 3, Visibility::Shown), worker.clone()),
        (line(2, "break_glass", "emergency", 1, Visibility::Protected), worker),
        (line(3, "read", support, 1, Visibility::Shown), Who::Oneself),
        (line(4, "refused", support, 2, Visibility::Delayed { until: now }), Who::Unknown),
    ]
}
