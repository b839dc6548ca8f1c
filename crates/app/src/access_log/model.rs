//! The lines of a page, from the rows of the log. Pure.

use base::{Date, Moment};
use store::Id;

/// One row of the log about one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub rank: i64,
    pub at: Moment,
    pub actor: String,
    pub action: String,
    pub purpose: String,
    pub relation: String,
}

/// What the person sees of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    Shown,
    /// Not before this instant: it would put somebody in danger, or spoil a safeguarding enquiry.
    Delayed {
        until: Moment,
    },
    /// Shown without the service: its name alone would say where somebody is sheltered, or who spoke.
    Protected,
}

/// Looks of one day by the same somebody, for the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub first_rank: i64,
    pub day: Date,
    pub last_at: Moment,
    pub actor: String,
    pub action: String,
    pub purpose: String,
    pub relation: String,
    pub times: usize,
    pub visibility: Visibility,
}

/// Who the actor of a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The accompanied person themselves.
    Oneself,
    Staff {
        id: Id,
        name: String,
        /// The structure and the role they had, if they had one.
        structure: Option<String>,
        role: Option<access::Role>,
    },
    /// A job, or an account that no longer exists.
    Unknown,
}

/// Gathers entries, newest first, into lines.
pub fn lines(entries: &[Entry], visibility: impl Fn(i64) -> Visibility) -> Vec<Line> {
    let mut res: Vec<Line> = Vec::new();
    for entry in entries {
        let day = entry.at.day_in_paris();
        let seen = visibility(entry.rank);
        let same = res.iter_mut().rev().take_while(|it| it.day == day).find(|it| {
            it.actor == entry.actor
                && it.action == entry.action
                && it.purpose == entry.purpose
                && it.relation == entry.relation
                && it.visibility == seen
        });
        match same {
            Some(line) => {
                line.times = line.times.saturating_add(1);
                line.first_rank = entry.rank;
            }
            None => res.push(Line {
                first_rank: entry.rank,
                day,
                last_at: entry.at,
                actor: entry.actor.clone(),
                action: entry.action.clone(),
                purpose: entry.purpose.clone(),
                relation: entry.relation.clone(),
                times: 1,
                visibility: seen,
            }),
        }
    }
    res
}

impl Visibility {
    /// Whether the person may see the line at `now`.
    pub fn is_open_at(self, now: Moment) -> bool {
        match self {
            Self::Shown | Self::Protected => true,
            Self::Delayed { until } => until <= now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Visibility, lines};

    fn entry(rank: i64, at: &str, actor: &str) -> Entry {
        Entry {
            rank,
            at: at.parse().expect("an instant"),
            actor: actor.into(),
            action: "read".into(),
            purpose: "support".into(),
            relation: "follows".into(),
        }
    }

    #[test]
    fn a_day_of_looks_is_one_line() {
        let entries = [
            entry(4, "2026-11-23T09:00:00.000Z", "léa"),
            entry(3, "2026-11-22T15:00:00.000Z", "léa"),
            entry(2, "2026-11-22T14:00:00.000Z", "ali"),
            entry(1, "2026-11-22T09:00:00.000Z", "léa"),
        ];
        let lines = lines(&entries, |_| Visibility::Shown);
        assert_eq!(lines.iter().map(|it| it.times).collect::<Vec<_>>(), [1, 2, 1]);
    }

    #[test]
    fn a_delayed_line_appears_when_its_day_comes() {
        let until = "2026-12-01T00:00:00.000Z".parse().expect("an instant");
        let delayed = Visibility::Delayed { until };
        let before = "2026-11-30T23:59:59.999Z".parse().expect("an instant");
        assert!(!delayed.is_open_at(before));
        assert!(delayed.is_open_at(until));
        assert!(Visibility::Protected.is_open_at(before));
    }
}
