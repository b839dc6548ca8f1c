//! When a file changes state. Pure: dates in, what is due out.

use access::FileState;
use base::Date;

/// How long, and in how many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Months in the active base after the last contact.
    pub active_months: i32,
    /// Months in the intermediate archive after that; 0: none.
    pub archive_months: i32,
    /// A public body asks the public archives first.
    pub needs_visa: bool,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    pub state: FileState,
    pub last_contact: Date,
    /// A hold stands today.
    pub held: bool,
    pub has_visa: bool,
}

/// What today asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing before this day.
    Nothing {
        next: Date,
    },
    /// The team is told: the step comes on this day.
    Warning {
        step_on: Date,
    },
    Archive,
    Erase,
    /// The time has come; the public archives have not answered.
    AwaitVisa,
    /// The time has come or will; a hold stands.
    Held,
    /// Nothing is left.
    Over,
}

/// The team is told this long before.
const WARNING_DAYS: i32 = 30;

impl Rule {
    /// The last day in the active base.
    pub fn archive_on(self, last_contact: Date) -> Date {
        last_contact.plus_months(self.active_months)
    }

    /// The day everything ends.
    pub fn erase_on(self, last_contact: Date) -> Date {
        last_contact.plus_months(self.active_months.saturating_add(self.archive_months))
    }
}

/// What is due on `today`. The same answer whenever it is asked: a day missed is caught up the next.
pub fn due(rule: Rule, history: History, today: Date) -> Due {
    let (archive_on, erase_on) =
        (rule.archive_on(history.last_contact), rule.erase_on(history.last_contact));
    match history.state {
        FileState::Erased => return Due::Over,
        FileState::Open | FileState::Closed | FileState::Archived => {}
    }
    if history.held {
        return Due::Held;
    }
    if today >= erase_on {
        return if rule.needs_visa && !history.has_visa { Due::AwaitVisa } else { Due::Erase };
    }
    let step_on = match history.state {
        FileState::Open | FileState::Closed if rule.archive_months > 0 => archive_on,
        FileState::Open | FileState::Closed | FileState::Archived | FileState::Erased => erase_on,
    };
    if today >= step_on {
        Due::Archive
    } else if step_on.plus_days(-WARNING_DAYS) <= today {
        Due::Warning { step_on }
    } else {
        Due::Nothing { next: step_on.plus_days(-WARNING_DAYS) }
    }
}

/// Whether so many erasures in one day look like a clock that jumped.
pub fn is_suspect(erasures: usize, files: usize) -> bool {
    // Under a hundred files one per cent is nothing: five in a day are still an ordinary end of year.
    erasures > 5 && erasures.saturating_mul(100) > files
}

#[cfg(test)]
mod tests {
    use access::FileState;
    use base::Date;

    use super::{Due, History, Rule, due, is_suspect};

    const CCAS: Rule = Rule { active_months: 24, archive_months: 36, needs_visa: true };
    const ASSOCIATION: Rule = Rule { active_months: 24, archive_months: 0, needs_visa: false };

    fn on(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn last_seen(text: &str) -> History {
        History { state: FileState::Open, last_contact: on(text), held: false, has_visa: false }
    }

    #[test]
    fn two_years_after_the_last_contact() {
        let history = last_seen("2024-11-22");
        assert_eq!(
            due(ASSOCIATION, history, on("2026-10-22")),
            Due::Nothing { next: on("2026-10-23") }
        );
        assert_eq!(
            due(ASSOCIATION, history, on("2026-10-23")),
            Due::Warning { step_on: on("2026-11-22") }
        );
        assert_eq!(
            due(ASSOCIATION, history, on("2026-11-21")),
            Due::Warning { step_on: on("2026-11-22") }
        );
        assert_eq!(due(ASSOCIATION, history, on("2026-11-22")), Due::Erase);
        assert_eq!(due(CCAS, history, on("2026-11-22")), Due::Archive);
    }

    #[test]
    fn the_archives_are_asked_first() {
        let archived = History { state: FileState::Archived, ..last_seen("2020-01-31") };
        assert_eq!(due(CCAS, archived, on("2025-01-31")), Due::AwaitVisa);
        let with_visa = History { has_visa: true, ..archived };
        assert_eq!(
            due(CCAS, with_visa, on("2025-01-30")),
            Due::Warning { step_on: on("2025-01-31") }
        );
        assert_eq!(due(CCAS, with_visa, on("2025-01-31")), Due::Erase);
    }

    #[test]
    fn a_hold_stops_everything() {
        let held = History { held: true, ..last_seen("2000-01-01") };
        assert_eq!(due(ASSOCIATION, held, on("2026-11-22")), Due::Held);
    }

    /// Whatever the history and the day: never early, never late by a day, and what is due follows the dates alone.
    #[test]
    fn retention_is_never_early_and_never_late() {
        let mut tried = 0;
        for active_months in [1, 12, 24, 36] {
            for archive_months in [0, 12, 36] {
                for needs_visa in [false, true] {
                    let rule = Rule { active_months, archive_months, needs_visa };
                    for day in (0..2_500).step_by(3) {
                        for state in [FileState::Open, FileState::Closed, FileState::Archived] {
                            for (held, has_visa) in
                                [(false, false), (false, true), (true, false), (true, true)]
                            {
                                let history = History {
                                    state,
                                    last_contact: on("2020-02-29"),
                                    held,
                                    has_visa,
                                };
                                check(rule, history, on("2020-02-29").plus_days(day));
                                tried += 1;
                            }
                        }
                    }
                }
            }
        }
        assert!(tried > 200_000, "{tried}");
    }

    /// The table's rule, said again another way.
    fn check(rule: Rule, history: History, today: Date) {
        let found = due(rule, history, today);
        let ended =
            today >= history.last_contact.plus_months(rule.active_months + rule.archive_months);
        let erases = ended && !history.held && (!rule.needs_visa || history.has_visa);
        assert_eq!(found == Due::Erase, erases, "{rule:?} {history:?} {today}");
        let archives = !ended
            && !history.held
            && rule.archive_months > 0
            && history.state != FileState::Archived
            && today >= history.last_contact.plus_months(rule.active_months);
        assert_eq!(found == Due::Archive, archives, "{rule:?} {history:?} {today}");
    }

    #[test]
    fn a_clock_that_jumped_is_seen() {
        assert!(!is_suspect(5, 60));
        assert!(is_suspect(6, 60));
        assert!(!is_suspect(1_000, 100_000));
        assert!(is_suspect(1_001, 100_000));
    }
}
