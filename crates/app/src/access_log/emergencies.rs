//! Opening a file in an emergency: three hours, a written reason, seen by the manager and by the person.

use ::store::{Id, values};
use access::{Action, Class, Decision, Purpose, Refusal};
use base::Moment;

use crate::spine::desk::{seal, unseal};
use crate::spine::{Asked, Desk, Stop};

/// One rule, shown with its hour: not the length of a session.
pub const LASTS_SECONDS: i64 = 3 * 3600;

/// Fewer letters say nothing.
pub const SHORTEST_REASON: usize = 20;

/// An emergency that the manager has not looked at yet, or has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    pub id: Id,
    pub file: Id,
    pub number: String,
    pub staff: Id,
    pub reason: String,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub seen_at: Option<Moment>,
}

/// Opens the door for three hours. Who may not know that the file exists cannot, nor can whoever is barred.
pub fn declare(desk: &mut Desk<'_, '_>, file: Id, reason: &str) -> Result<(), Stop> {
    let staff = desk.viewer.staff().ok_or(Stop::Absent)?;
    let find = Asked::new(file, Action::Find, Class::Identity);
    match desk.may(find)? {
        Decision::Allowed(_) => {}
        Decision::Refused(Refusal::ProveAgain) => return Err(Stop::ProveAgain),
        Decision::Refused(_) => return Err(Stop::Absent),
    }
    if !is_fresh(desk) {
        return Err(Stop::ProveAgain);
    }
    let id = desk.new_id();
    let key = desk.keys.open(desk.tx, file)?;
    let reason = seal(&key, "emergencies", "reason", id, reason, &mut desk.entropy)?;
    let sql = "insert into emergencies (id, case_id, staff_id, reason, starts_at, ends_at)
               values ($1, $2, $3, $4, $5, $6)";
    let ends_at = desk.now.plus_seconds(LASTS_SECONDS);
    desk.tx.execute(sql, &values![id, file, staff, reason, desk.now, ends_at])?;
    desk.note_of(file, "break_glass", "break_glass");
    Ok(())
}

/// The same proof as the doors ask for what goes out.
fn is_fresh(desk: &Desk<'_, '_>) -> bool {
    (0..=600).contains(&desk.now.seconds_since(desk.viewer.proof.proved_at))
}

/// Those of the structures where the viewer is a manager or the data protection officer, the last first.
pub fn to_look_at(desk: &mut Desk<'_, '_>) -> Result<Vec<Emergency>, Stop> {
    let staff = desk.viewer.staff().ok_or(Stop::Absent)?;
    let sql = "select emergencies.id, case_id, cases.number, staff_id, reason, starts_at, ends_at, seen_at
               from emergencies join cases on cases.id = emergencies.case_id
               where cases.structure_id in (
                   select structure_id from memberships
                   where staff_id = $1 and role in ('manager', 'dpo')
                         and starts_at <= $2 and (ends_at is null or ends_at > $2))
               order by emergencies.starts_at desc limit 100";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![staff, desk.now])? {
        let (id, file): (Id, Id) = (row.get(0)?, row.get(1)?);
        let reason: Vec<u8> = row.get(4)?;
        // The reason goes with the file: once erased there is nothing left to say.
        let reason = match desk.keys.open(desk.tx, file) {
            Ok(key) => unseal(&key, "emergencies", "reason", id, &reason)?,
            Err(Stop::Absent) => String::new(),
            Err(other) => return Err(other),
        };
        res.push(Emergency {
            id,
            file,
            number: row.get(2)?,
            staff: row.get(3)?,
            reason,
            starts_at: row.get(5)?,
            ends_at: row.get(6)?,
            seen_at: row.get(7)?,
        });
    }
    Ok(res)
}

/// The manager has read it.
pub fn seen(desk: &mut Desk<'_, '_>, emergency: Id) -> Result<(), Stop> {
    let mine = to_look_at(desk)?;
    let found = mine.iter().find(|it| it.id == emergency).ok_or(Stop::Absent)?;
    // Whoever declared it does not approve it.
    if Some(found.staff) == desk.viewer.staff() {
        return Err(Stop::Absent);
    }
    let sql = "update emergencies set seen_by = $2, seen_at = $3 where id = $1 and seen_at is null";
    desk.tx.execute(sql, &values![emergency, desk.viewer.actor(), desk.now])?;
    Ok(())
}

/// What the door of a file asks for while an emergency holds.
pub fn asked(file: Id, action: Action, class: Class) -> Asked {
    Asked::new(file, action, class).purpose(Purpose::Emergency)
}
