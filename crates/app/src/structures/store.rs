//! The rows of structures, teams, staff and memberships.

use ::store::{Id, Migration, Result, Tx, values};
use access::Role;
use base::{Entropy, Moment};

use crate::spine::desk::{seal, unseal};
use crate::spine::ties::role_code;
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

fn email_key(keys: &Keys, email: &str) -> Vec<u8> {
    keys.lookup("email").hash(email)
}
