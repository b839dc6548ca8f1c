//! The rows of retention: holds, slips, certificates, disputes; and the files as the rule sees them.

use ::store::{Id, Migration, Row, Tx, values};
use base::{Date, Moment};

use super::model::{History, Rule};
use crate::spine::ties;
use crate::spine::{Desk, Door, Stop};

pub const SCHEMA: Migration = Migration {
    name: "life of data",
    sql: "
        create table retention_rules (
            structure_id text primary key references structures (id),
            archive_months {int} not null,
            justification text not null,
            needs_visa {bool} not null,
            decided_by text not null,
            decided_at text not null
        );
        create table retention_holds (
            id text primary key,
            case_id text not null references cases (id),
            reason {bytes} not null,
            declared_by text not null,
            starts_at text not null,
            ends_at text
        );
        create index retention_holds_case on retention_holds (case_id);
        create table retention_warnings (
            case_id text primary key references cases (id),
            step_on text not null,
            warned_at text not null
        );
        create table destruction_slips (
            id text primary key,
            structure_id text not null references structures (id),
            created_by text not null,
            created_at text not null,
            visa text,
            visa_on text,
            visa_by text
        );
        create table slip_cases (
            slip_id text not null references destruction_slips (id),
            case_id text not null references cases (id),
            primary key (slip_id, case_id)
        );
        create index slip_cases_case on slip_cases (case_id);
        create table destructions (
            id text primary key,
            case_id text not null unique references cases (id),
            structure_id text not null references structures (id),
            number text not null,
            cause text not null,
            slip_id text,
            done_by text not null,
            at text not null
        );
        create index destructions_structure on destructions (structure_id, at);
        create table disputes (
            id text primary key,
            case_id text not null references cases (id),
            about text not null,
            words {bytes} not null,
            said_by text not null,
            at text not null,
            answer {bytes},
            answered_by text,
            answered_at text
        );
        create index disputes_case on disputes (case_id);
    ",
};

/// A file as the rule sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub file: Id,
    pub number: String,
    pub structure: Id,
    pub rule: Rule,
    pub history: History,
}

const KEPT: &str = "
    select cases.id, cases.number, cases.structure_id, cases.state, cases.last_contact_at,
           structures.retention_months, structures.kind,
           coalesce(retention_rules.archive_months, 0), retention_rules.needs_visa,
           (select count(*) from retention_holds held where held.case_id = cases.id
                and held.starts_at <= $1 and (held.ends_at is null or held.ends_at > $1)),
           (select count(*) from slip_cases
                join destruction_slips on destruction_slips.id = slip_cases.slip_id
                where slip_cases.case_id = cases.id and destruction_slips.visa is not null)
    from cases
    join structures on structures.id = cases.structure_id
    left join retention_rules on retention_rules.structure_id = cases.structure_id
    where cases.state <> 'erased'";

/// Every file that is not erased, after `after`, in order of identifiers.
pub fn all(tx: &mut Tx<'_>, now: Moment, after: &str, limit: i64) -> Result<Vec<Kept>, Stop> {
    let sql = format!("{KEPT} and cases.id > $2 order by cases.id limit $3");
    let rows = tx.rows(&sql, &values![now, after, limit])?;
    Ok(rows.iter().map(kept).collect::<::store::Result<_>>()?)
}

/// One file.
pub fn one(tx: &mut Tx<'_>, now: Moment, file: Id) -> Result<Kept, Stop> {
    let row = tx.row(&format!("{KEPT} and cases.id = $2"), &values![now, file])?;
    Ok(kept(&row)?)
}

/// The files of the structures where the viewer is a manager or the data protection officer.
pub fn of_viewer(desk: &mut Desk<'_, '_>) -> Result<Vec<Kept>, Stop> {
    let staff = desk.viewer.staff().ok_or(Stop::Absent)?;
    let sql = format!(
        "{KEPT} and cases.structure_id in (
             select structure_id from memberships
             where staff_id = $2 and role in ('manager', 'dpo')
                   and starts_at <= $1 and (ends_at is null or ends_at > $1))
         order by cases.last_contact_at, cases.id"
    );
    let rows = desk.tx.rows(&sql, &values![desk.now, staff])?;
    Ok(rows.iter().map(kept).collect::<::store::Result<_>>()?)
}

/// A public body asks the archives unless it decided otherwise in writing.
fn kept(row: &Row) -> ::store::Result<Kept> {
    let kind: String = row.get(6)?;
    let is_public = matches!(kind.as_str(), "ccas" | "departement" | "hopital");
    let last_contact: Moment = row.get(4)?;
    let months = |at| row.get::<i64>(at).map(|it| i32::try_from(it).unwrap_or(i32::MAX));
    Ok(Kept {
        file: row.get(0)?,
        number: row.get(1)?,
        structure: row.get(2)?,
        rule: Rule {
            active_months: months(5)?,
            archive_months: months(7)?,
            needs_visa: row.get::<Option<bool>>(8)?.unwrap_or(is_public),
        },
        history: History {
            state: ties::state(&row.get::<String>(3)?),
            last_contact: last_contact.day_in_paris(),
            held: row.get::<i64>(9)? > 0,
            has_visa: row.get::<i64>(10)? > 0,
        },
    })
}

/// How many files there are that are not erased.
pub fn count(tx: &mut Tx<'_>) -> Result<usize, Stop> {
    let row = tx.row("select count(*) from cases where state <> 'erased'", &[])?;
    Ok(usize::try_from(row.get::<i64>(0)?).unwrap_or(usize::MAX))
}

pub fn archive(tx: &mut Tx<'_>, file: Id, now: Moment) -> Result<(), Stop> {
    let sql = "update cases set state = 'archived', archived_at = $2
               where id = $1 and state in ('open', 'closed')";
    tx.execute(sql, &values![file, now])?;
    Ok(())
}

/// The team is told once a step.
pub fn warn(tx: &mut Tx<'_>, file: Id, step_on: Date, now: Moment) -> Result<(), Stop> {
    let sql = "insert into retention_warnings (case_id, step_on, warned_at) values ($1, $2, $3)
               on conflict (case_id) do update set step_on = excluded.step_on,
                   warned_at = case when retention_warnings.step_on = excluded.step_on
                                    then retention_warnings.warned_at else excluded.warned_at end";
    tx.execute(sql, &values![file, step_on, now])?;
    Ok(())
}

/// A reason not to destroy: a dispute, a request of the person, an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub id: Id,
    pub reason: String,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
}

pub fn holds(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<Hold>, Stop> {
    let sql = "select id, reason, starts_at, ends_at from retention_holds
               where case_id = $1 order by starts_at";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![door.file])? {
        let id: Id = row.get(0)?;
        let reason = door.read("retention_holds", "reason", id, &row.get::<Vec<u8>>(1)?)?;
        res.push(Hold { id, reason, starts_at: row.get(2)?, ends_at: row.get(3)? });
    }
    Ok(res)
}

pub fn hold(desk: &mut Desk<'_, '_>, door: &Door, reason: &str) -> Result<(), Stop> {
    let id = desk.new_id();
    let sealed = door.write("retention_holds", "reason", id, reason, &mut desk.entropy)?;
    let sql = "insert into retention_holds (id, case_id, reason, declared_by, starts_at)
               values ($1, $2, $3, $4, $5)";
    desk.tx.execute(sql, &values![id, door.file, sealed, desk.viewer.actor(), desk.now])?;
    Ok(())
}

pub fn end_hold(desk: &mut Desk<'_, '_>, door: &Door, hold: Id) -> Result<(), Stop> {
    let sql = "update retention_holds set ends_at = $3
               where id = $1 and case_id = $2 and ends_at is null";
    desk.tx.execute(sql, &values![hold, door.file, desk.now])?;
    Ok(())
}

/// A list of files for the public archives: numbers and dates, no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub id: Id,
    pub structure: String,
    pub created_at: Moment,
    pub visa: Option<String>,
    pub visa_on: Option<Date>,
    /// Number, day of opening, day of the last contact.
    pub files: Vec<(String, Date, Date)>,
}

pub fn create_slip(desk: &mut Desk<'_, '_>, structure: Id, files: &[Id]) -> Result<Id, Stop> {
    let id = desk.new_id();
    let sql = "insert into destruction_slips (id, structure_id, created_by, created_at)
               values ($1, $2, $3, $4)";
    desk.tx.execute(sql, &values![id, structure, desk.viewer.actor(), desk.now])?;
    for file in files {
        let sql = "insert into slip_cases (slip_id, case_id) values ($1, $2)";
        desk.tx.execute(sql, &values![id, *file])?;
    }
    Ok(id)
}

/// Only for who manages the structure, or protects its data.
pub fn slip(desk: &mut Desk<'_, '_>, id: Id) -> Result<Slip, Stop> {
    let staff = desk.viewer.staff().ok_or(Stop::Absent)?;
    let sql = "select structures.name, created.created_at, created.visa, created.visa_on
               from destruction_slips created
               join structures on structures.id = created.structure_id
               where created.id = $1 and created.structure_id in (
                   select structure_id from memberships
                   where staff_id = $2 and role in ('manager', 'dpo')
                         and starts_at <= $3 and (ends_at is null or ends_at > $3))";
    let row = desk.tx.row(sql, &values![id, staff, desk.now])?;
    let sql = "select cases.number, cases.opened_at, cases.last_contact_at from slip_cases
               join cases on cases.id = slip_cases.case_id
               where slip_id = $1 order by cases.number";
    let mut files = Vec::new();
    for file in desk.tx.rows(sql, &values![id])? {
        let (opened, last): (Moment, Moment) = (file.get(1)?, file.get(2)?);
        files.push((file.get(0)?, opened.day_in_paris(), last.day_in_paris()));
    }
    Ok(Slip {
        id,
        structure: row.get(0)?,
        created_at: row.get(1)?,
        visa: row.get(2)?,
        visa_on: row.get(3)?,
        files,
    })
}

pub fn record_visa(desk: &mut Desk<'_, '_>, id: Id, visa: &str, on: Date) -> Result<(), Stop> {
    slip(desk, id)?;
    let sql = "update destruction_slips set visa = $2, visa_on = $3, visa_by = $4
               where id = $1 and visa is null";
    desk.tx.execute(sql, &values![id, visa, on, desk.viewer.actor()])?;
    Ok(())
}

/// What is left of an erased file: the proof that it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub number: String,
    pub cause: String,
    pub at: Moment,
}

pub fn certificates(desk: &mut Desk<'_, '_>) -> Result<Vec<Certificate>, Stop> {
    let staff = desk.viewer.staff().ok_or(Stop::Absent)?;
    let sql = "select number, cause, at from destructions
               where structure_id in (
                   select structure_id from memberships
                   where staff_id = $1 and role in ('manager', 'dpo')
                         and starts_at <= $2 and (ends_at is null or ends_at > $2))
               order by at desc limit 500";
    let rows = desk.tx.rows(sql, &values![staff, desk.now])?;
    let read = |row: &Row| -> ::store::Result<Certificate> {
        Ok(Certificate { number: row.get(0)?, cause: row.get(1)?, at: row.get(2)? })
    };
    Ok(rows.iter().map(read).collect::<::store::Result<_>>()?)
}

/// What somebody says of a fact of their file, beside it, in their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    pub id: Id,
    pub about: String,
    pub words: String,
    pub at: Moment,
    pub answer: Option<String>,
}

pub fn disputes(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<Dispute>, Stop> {
    let sql = "select id, about, words, at, answer from disputes where case_id = $1 order by at";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![door.file])? {
        let id: Id = row.get(0)?;
        let words = door.read("disputes", "words", id, &row.get::<Vec<u8>>(2)?)?;
        let answer: Option<Vec<u8>> = row.get(4)?;
        let answer = answer.map(|it| door.read("disputes", "answer", id, &it)).transpose()?;
        res.push(Dispute { id, about: row.get(1)?, words, at: row.get(3)?, answer });
    }
    Ok(res)
}

pub fn dispute(desk: &mut Desk<'_, '_>, door: &Door, about: &str, words: &str) -> Result<(), Stop> {
    let id = desk.new_id();
    let sealed = door.write("disputes", "words", id, words, &mut desk.entropy)?;
    let sql = "insert into disputes (id, case_id, about, words, said_by, at)
               values ($1, $2, $3, $4, $5, $6)";
    desk.tx.execute(sql, &values![id, door.file, about, sealed, desk.viewer.actor(), desk.now])?;
    Ok(())
}

pub fn answer(desk: &mut Desk<'_, '_>, door: &Door, id: Id, text: &str) -> Result<(), Stop> {
    let sealed = door.write("disputes", "answer", id, text, &mut desk.entropy)?;
    let sql = "update disputes set answer = $3, answered_by = $4, answered_at = $5
               where id = $1 and case_id = $2";
    let row = values![id, door.file, sealed, desk.viewer.actor(), desk.now];
    desk.tx.execute(sql, &row)?;
    Ok(())
}
