//! The rows of structures, teams, staff and memberships.

use ::store::{Id, Migration, Result, Row, Tx, values};
use access::Role;
use base::{Entropy, Moment};

use crate::spine::desk::{seal, unseal};
use crate::spine::ties::{role, role_code};
use crate::spine::{Keys, SharedEntropy, Stop};

pub const SCHEMA: Migration = Migration {
    name: "structures",
    sql: "
        create table structures (
            id text primary key,
            name text not null,
            kind text not null,
            territory text not null,
            retention_months {int} not null,
            created_at text not null,
            closed_at text
        );
        create table teams (
            id text primary key,
            structure_id text not null references structures (id),
            name text not null,
            closed_at text
        );
        create table staff (
            id text primary key,
            name {bytes} not null,
            email {bytes} not null,
            email_key {bytes} not null unique,
            lang text not null,
            created_at text not null,
            suspended_at text,
            left_at text
        );
        create table memberships (
            id text primary key,
            staff_id text not null references staff (id),
            structure_id text not null references structures (id),
            team_id text references teams (id),
            role text not null,
            starts_at text not null,
            ends_at text
        );
        create index memberships_staff on memberships (staff_id, structure_id);
        create index memberships_structure on memberships (structure_id, role);
    ",
};

/// A structure about to be recorded.
#[derive(Debug, Clone)]
pub struct NewStructure<'a> {
    pub name: &'a str,
    /// `ccas`, `departement`, `association`, `centre_social`, `hopital`, `autre`.
    pub kind: &'a str,
    /// Where it acts, in words: « Gers », « Auch et Pavie ».
    pub territory: &'a str,
    /// How long a file is kept after the last contact.
    pub retention_months: i64,
}

/// A member of staff about to be recorded; invited, without a password yet.
#[derive(Debug, Clone)]
pub struct NewStaff<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

pub fn create_structure(
    tx: &mut Tx<'_>,
    new: &NewStructure<'_>,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<Id> {
    let id = Id::new(now, entropy);
    let sql = "insert into structures (id, name, kind, territory, retention_months, created_at)
               values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, &values![id, new.name, new.kind, new.territory, new.retention_months, now])?;
    Ok(id)
}

pub fn create_team(
    tx: &mut Tx<'_>,
    structure: Id,
    name: &str,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<Id> {
    let id = Id::new(now, entropy);
    let sql = "insert into teams (id, structure_id, name) values ($1, $2, $3)";
    tx.execute(sql, &values![id, structure, name])?;
    Ok(id)
}

/// Their name and address are sealed under a key of their own: leaving for good is destroying it.
pub fn create_staff(
    tx: &mut Tx<'_>,
    keys: &Keys,
    new: &NewStaff<'_>,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Id, Stop> {
    let id = Id::new(now, entropy);
    let key = keys.create(tx, id, now, entropy)?;
    let name = seal(&key, "staff", "name", id, new.name, entropy)?;
    let email = seal(&key, "staff", "email", id, new.email, entropy)?;
    let sql = "insert into staff (id, name, email, email_key, lang, created_at)
               values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, &values![id, name, email, email_key(keys, new.email), "fr", now])?;
    Ok(id)
}

/// From now on, until it is ended.
pub fn join(
    tx: &mut Tx<'_>,
    staff: Id,
    structure: Id,
    team: Option<Id>,
    role: Role,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<Id> {
    let id = Id::new(now, entropy);
    let sql = "insert into memberships (id, staff_id, structure_id, team_id, role, starts_at)
               values ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, &values![id, staff, structure, team, role_code(role), now])?;
    Ok(id)
}

/// Who has this address; nobody who left.
pub fn staff_by_email(tx: &mut Tx<'_>, keys: &Keys, email: &str) -> Result<Option<Id>> {
    let sql = "select id from staff
               where email_key = $1 and suspended_at is null and left_at is null";
    let row = tx.row_if_any(sql, &values![email_key(keys, email)])?;
    row.map(|it| it.get(0)).transpose()
}

/// A colleague's name: shown to whoever works beside them.
pub fn staff_name(tx: &mut Tx<'_>, keys: &Keys, staff: Id) -> Result<String, Stop> {
    let row = tx.row("select name from staff where id = $1", &values![staff])?;
    let key = keys.open(tx, staff)?;
    unseal(&key, "staff", "name", staff, &row.get::<Vec<u8>>(0)?)
}

/// Their own address.
pub fn staff_email(tx: &mut Tx<'_>, keys: &Keys, staff: Id) -> Result<String, Stop> {
    let row = tx.row("select email from staff where id = $1", &values![staff])?;
    let key = keys.open(tx, staff)?;
    unseal(&key, "staff", "email", staff, &row.get::<Vec<u8>>(0)?)
}

/// The language of who may still sign in.
pub fn lang_if_active(tx: &mut Tx<'_>, staff: Id) -> Result<Option<String>> {
    let sql = "select lang from staff where id = $1 and suspended_at is null and left_at is null";
    tx.row_if_any(sql, &values![staff])?.map(|it| it.get(0)).transpose()
}

/// One role of somebody in a structure, over a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub id: Id,
    pub staff: Id,
    pub structure: Id,
    pub team: Option<Id>,
    /// A role that is not known allows nothing.
    pub role: Option<Role>,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
}

const MEMBERSHIP: &str = "id, staff_id, structure_id, team_id, role, starts_at, ends_at";

/// What somebody is now, everywhere.
pub fn memberships_of(tx: &mut Tx<'_>, staff: Id, now: Moment) -> Result<Vec<Membership>> {
    let sql = format!(
        "select {MEMBERSHIP} from memberships
         where staff_id = $1 and starts_at <= $2 and (ends_at is null or ends_at > $2) order by id"
    );
    tx.rows(&sql, &values![staff, now])?.iter().map(membership).collect()
}

/// Who is or was in a structure, those who are first.
pub fn members_of(tx: &mut Tx<'_>, structure: Id) -> Result<Vec<Membership>> {
    let sql = format!(
        "select {MEMBERSHIP} from memberships where structure_id = $1
         order by case when ends_at is null then 0 else 1 end, starts_at, id"
    );
    tx.rows(&sql, &values![structure])?.iter().map(membership).collect()
}

pub fn membership_by_id(tx: &mut Tx<'_>, id: Id) -> Result<Membership> {
    let sql = format!("select {MEMBERSHIP} from memberships where id = $1");
    membership(&tx.row(&sql, &values![id])?)
}

fn membership(row: &Row) -> Result<Membership> {
    Ok(Membership {
        id: row.get(0)?,
        staff: row.get(1)?,
        structure: row.get(2)?,
        team: row.get(3)?,
        role: role(&row.get::<String>(4)?),
        starts_at: row.get(5)?,
        ends_at: row.get(6)?,
    })
}

pub fn structure_name(tx: &mut Tx<'_>, structure: Id) -> Result<String> {
    tx.row("select name from structures where id = $1", &values![structure])?.get(0)
}

/// The teams of a structure that exist now: identifier and name.
pub fn teams_of(tx: &mut Tx<'_>, structure: Id) -> Result<Vec<(Id, String)>> {
    let sql =
        "select id, name from teams where structure_id = $1 and closed_at is null order by name";
    tx.rows(sql, &values![structure])?.iter().map(|it| Ok((it.get(0)?, it.get(1)?))).collect()
}

pub fn team_name(tx: &mut Tx<'_>, team: Id) -> Result<String> {
    tx.row("select name from teams where id = $1", &values![team])?.get(0)
}

/// Who has this address, left or not; they come back under the same account, since what they did keeps its author.
pub fn find_or_create_staff(
    tx: &mut Tx<'_>,
    keys: &Keys,
    new: &NewStaff<'_>,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Id, Stop> {
    let sql = "update staff set left_at = null where email_key = $1 returning id";
    match tx.row_if_any(sql, &values![email_key(keys, new.email)])? {
        Some(row) => Ok(row.get(0)?),
        None => create_staff(tx, keys, new, now, entropy),
    }
}

/// Ends it now; what it allowed until then can still be explained.
pub fn end_membership(tx: &mut Tx<'_>, id: Id, now: Moment) -> Result<()> {
    let sql =
        "update memberships set ends_at = $2 where id = $1 and (ends_at is null or ends_at > $2)";
    tx.execute(sql, &values![id, now]).map(|_| ())
}

/// Whether nobody else administers the structure: without one, nobody could invite any more.
pub fn is_last_admin(tx: &mut Tx<'_>, own: &Membership, now: Moment) -> Result<bool> {
    if own.role != Some(Role::Admin) {
        return Ok(false);
    }
    let sql = "select count(*) from memberships it join staff on staff.id = it.staff_id
               where it.structure_id = $1 and it.role = $2 and it.staff_id <> $3
                     and it.starts_at <= $4 and (it.ends_at is null or it.ends_at > $4)
                     and staff.left_at is null and staff.suspended_at is null";
    let row = values![own.structure, role_code(Role::Admin), own.staff, now];
    Ok(tx.row(sql, &row)?.get::<i64>(0)? == 0)
}

/// Leaves the structure: the roles, the files followed there and what was shared by name end together. `true`: they
/// are nowhere any more, and their account is closed.
pub fn leave(tx: &mut Tx<'_>, staff: Id, structure: Id, now: Moment) -> Result<bool> {
    let sql = "update memberships set ends_at = $3
               where staff_id = $1 and structure_id = $2 and (ends_at is null or ends_at > $3)";
    tx.execute(sql, &values![staff, structure, now])?;
    // Following a file opens it by itself: it ends here, whatever the slice of files says.
    for table in ["care_team", "shares"] {
        let sql = format!(
            "update {table} set ends_at = $3
             where staff_id = $1 and (ends_at is null or ends_at > $3)
                   and case_id in (select id from cases where structure_id = $2)"
        );
        tx.execute(&sql, &values![staff, structure, now])?;
    }
    if !memberships_of(tx, staff, now)?.is_empty() {
        return Ok(false);
    }
    tx.execute("update staff set left_at = $2 where id = $1", &values![staff, now])?;
    Ok(true)
}

fn email_key(keys: &Keys, email: &str) -> Vec<u8> {
    keys.lookup("email").hash(email)
}
