//! What a manager should ask about: not proof of anything, and never a figure on somebody.
//!
//! Each finding says what was seen in words, with its dates; none is kept, ranked or added up per worker.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{Id, Row, Tx, values};
use base::{Date, Moment};

use crate::spine::Stop;

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Far more files in a day than on that worker's other days.
    Bulk { files: usize },
    /// At night or on a Sunday.
    Hours,
    /// Somebody of the same name, without following the file.
    Namesake,
    /// Doors that stayed closed, again and again.
    Refused { times: usize },
    /// Several files of one household, followed by none of hers or his.
    SameHousehold { files: usize },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub staff: Id,
    pub day: Date,
    pub kind: Kind,
}

/// A look, as the rules below read it.
#[derive(Debug, Clone)]
pub struct Look {
    pub staff: Id,
    pub file: Id,
    pub at: Moment,
    pub follows: bool,
    pub refused: bool,
    pub namesake: bool,
    pub household: Option<Id>,
}

/// A day under this many files is never a bulk.
const BULK_AT_LEAST: usize = 40;
/// And it is more than this many times the worker's median day.
const BULK_TIMES: usize = 3;
const REFUSED_AT_LEAST: usize = 10;
const HOUSEHOLD_AT_LEAST: usize = 3;

/// What stands out in these looks. Pure: tried on made-up years.
pub fn find(looks: &[Look]) -> Vec<Finding> {
    let mut days: BTreeMap<(Id, Date), Vec<&Look>> = BTreeMap::new();
    for look in looks {
        days.entry((look.staff, look.at.day_in_paris())).or_default().push(look);
    }
    let medians = medians(&days);
    let mut res = Vec::new();
    for ((staff, day), looks) in &days {
        let usual = medians.get(staff).copied().unwrap_or_default();
        for kind in of_a_day(looks, usual) {
            res.push(Finding { staff: *staff, day: *day, kind });
        }
    }
    res.sort_by(|a, b| b.day.cmp(&a.day).then(a.kind.cmp(&b.kind)).then(a.staff.cmp(&b.staff)));
    res
}

fn of_a_day(looks: &[&Look], usual: usize) -> Vec<Kind> {
    let mut res = Vec::new();
    let opened = || looks.iter().filter(|it| !it.refused);
    let files: BTreeSet<Id> = opened().map(|it| it.file).collect();
    if files.len() >= BULK_AT_LEAST && files.len() > usual.saturating_mul(BULK_TIMES) {
        res.push(Kind::Bulk { files: files.len() });
    }
    if opened().any(|it| !it.follows && is_out_of_hours(it.at)) {
        res.push(Kind::Hours);
    }
    if looks.iter().any(|it| it.namesake && !it.follows) {
        res.push(Kind::Namesake);
    }
    let refused = looks.iter().filter(|it| it.refused).count();
    if refused >= REFUSED_AT_LEAST {
        res.push(Kind::Refused { times: refused });
    }
    let mut homes: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for look in opened().filter(|it| !it.follows) {
        if let Some(household) = look.household {
            homes.entry(household).or_default().insert(look.file);
        }
    }
    if let Some(most) = homes.values().map(BTreeSet::len).max()
        && most >= HOUSEHOLD_AT_LEAST
    {
        res.push(Kind::SameHousehold { files: most });
    }
    res
}

/// How many files each opens on an ordinary day.
fn medians(days: &BTreeMap<(Id, Date), Vec<&Look>>) -> BTreeMap<Id, usize> {
    let mut counts: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for ((staff, _), looks) in days {
        let files: BTreeSet<Id> = looks.iter().filter(|it| !it.refused).map(|it| it.file).collect();
        counts.entry(*staff).or_default().push(files.len());
    }
    counts
        .into_iter()
        .map(|(staff, mut counts)| {
            counts.sort_unstable();
            (staff, counts.get(counts.len() / 2).copied().unwrap_or_default())
        })
        .collect()
}

/// Before seven, after nine in the evening, in Paris; Sundays.
fn is_out_of_hours(at: Moment) -> bool {
    let hour = at.hour_in_paris();
    !(7..21).contains(&hour) || at.is_sunday_in_paris()
}

/// The looks at the files of these structures since `from`, as the rules read them.
pub fn looks(tx: &mut Tx<'_>, manager: Id, from: Moment, now: Moment) -> Result<Vec<Look>, Stop> {
    let sql = "select access_log.actor, access_log.subject, access_log.at, access_log.action,
                      access_log.relation, cases.household_id
               from access_log
               join cases on cases.id = access_log.subject
               join staff on staff.id = access_log.actor
               where access_log.at >= $3 and cases.structure_id in (
                   select structure_id from memberships
                   where staff_id = $1 and role in ('manager', 'dpo')
                         and starts_at <= $2 and (ends_at is null or ends_at > $2))";
    let rows = tx.rows(sql, &values![manager, now, from])?;
    Ok(rows.iter().map(look).collect::<::store::Result<_>>()?)
}

fn look(row: &Row) -> ::store::Result<Look> {
    let (action, relation): (String, String) = (row.get(3)?, row.get(4)?);
    Ok(Look {
        staff: row.get(0)?,
        file: row.get(1)?,
        at: row.get(2)?,
        follows: relation == "follows",
        refused: action == "refused",
        namesake: false,
        household: row.get(5)?,
    })
}

#[cfg(test)]
mod tests {
    use base::{Entropy, Moment};
    use store::Id;

    use super::{Kind, Look, find};

    struct Counter(u8);

    impl Entropy for Counter {
        fn fill(&mut self, out: &mut [u8]) {
            self.0 = self.0.wrapping_add(1);
            out.fill(self.0);
        }
    }

    fn id(rank: u8) -> Id {
        Id::new(Moment::from_millis(i64::from(rank)), &mut Counter(rank))
    }

    fn look(staff: u8, file: u8, at: &str) -> Look {
        Look {
            staff: id(staff),
            file: id(file),
            at: at.parse().expect("an instant"),
            follows: false,
            refused: false,
            namesake: false,
            household: None,
        }
    }

    #[test]
    fn an_ordinary_week_says_nothing() {
        let week: Vec<Look> = (23..28)
            .flat_map(|day| {
                (0..12).map(move |file| look(1, file, &format!("2026-11-{day}T10:00:00.000Z")))
            })
            .collect();
        assert_eq!(find(&week), []);
    }

    #[test]
    fn a_bulk_a_night_and_closed_doors_are_said() {
        let mut looks: Vec<Look> =
            (0..5).map(|day| look(1, day, &format!("2026-11-2{day}T10:00:00.000Z"))).collect();
        looks.extend((0..60).map(|file| look(1, file, "2026-11-26T10:00:00.000Z")));
        looks.push(look(2, 1, "2026-11-24T23:30:00.000Z"));
        let closed = Look { refused: true, ..look(3, 1, "2026-11-25T10:00:00.000Z") };
        looks.extend(std::iter::repeat_n(closed, 10));
        let kinds: Vec<Kind> = find(&looks).into_iter().map(|it| it.kind).collect();
        assert!(kinds.contains(&Kind::Bulk { files: 60 }), "{kinds:?}");
        assert!(kinds.contains(&Kind::Hours), "{kinds:?}");
        assert!(kinds.contains(&Kind::Refused { times: 10 }), "{kinds:?}");
    }

    #[test]
    fn a_namesake_followed_is_the_job() {
        let followed =
            Look { namesake: true, follows: true, ..look(1, 1, "2026-11-24T10:00:00.000Z") };
        assert_eq!(find(std::slice::from_ref(&followed)), []);
        let not = Look { follows: false, ..followed };
        assert_eq!(find(&[not]).len(), 1);
    }
}
