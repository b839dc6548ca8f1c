//! What the pages of the slice are given.

use base::Date;
use store::Id;

use super::model::Due;
use super::store::{Certificate, Dispute, Hold, Kept, Slip};

/// What comes, file by file: what would happen today, and later.
#[derive(Debug)]
pub struct Plan {
    pub lines: Vec<(Kept, Due)>,
}

/// One file: its dates, why, and what stops them.
#[derive(Debug)]
pub struct OfFile {
    pub kept: Kept,
    pub due: Due,
    pub holds: Vec<Hold>,
    pub may_hold: bool,
}

#[derive(Debug)]
pub struct SlipPage {
    pub slip: Slip,
}

#[derive(Debug)]
pub struct Certificates {
    pub lines: Vec<Certificate>,
}

#[derive(Debug)]
pub struct Disputes {
    pub file: Id,
    pub lines: Vec<Dispute>,
    /// Whoever follows the file may answer; the person may add.
    pub may_answer: bool,
}

impl Plan {
    /// Whose time has come and who wait for leave.
    pub fn awaiting(&self) -> impl Iterator<Item = &Kept> {
        self.lines.iter().filter(|it| it.1 == Due::AwaitVisa).map(|it| &it.0)
    }
}

impl OfFile {
    pub fn archive_on(&self) -> Option<Date> {
        let rule = self.kept.rule;
        (rule.archive_months > 0).then(|| rule.archive_on(self.kept.history.last_contact))
    }

    pub fn erase_on(&self) -> Date {
        self.kept.rule.erase_on(self.kept.history.last_contact)
    }
}
