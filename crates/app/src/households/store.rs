//! The rows of households, their members and the ties between persons.

use ::store::{Id, Migration, values};
use access::Class;
use base::Date;

use crate::cases::store::{self as cases, Event};
use crate::people::store as people;
use crate::spine::desk::{seal, unseal};
use crate::spine::{Desk, Door, Stop};

pub const SCHEMA: Migration = Migration {
    name: "households",
    sql: "
        create table households (
            id text primary key,
            address {bytes},
            created_at text not null
        );
        create table household_members (
            id text primary key,
            household_id text not null references households (id),
            person_id text not null references people (id),
            role text not null,
            share_percent {int} not null,
            starts_on text not null,
            ends_on text
        );
        create index household_members_household on household_members (household_id);
        create index household_members_person on household_members (person_id);
        create table relationships (
            id text primary key,
            one_id text not null references people (id),
            other_id text not null references people (id),
            kind text not null,
            note {bytes},
            starts_on text,
            ends_on text
        );
        create index relationships_one on relationships (one_id);
        create index relationships_other on relationships (other_id);
    ",
};

/// Somebody about to be counted in a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMember {
    pub person: Id,
    pub role: MemberRole,
    /// How much of the time a child lives here: 100, or less when two homes share them.
    pub share_percent: i64,
    pub starts_on: Date,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub row: Id,
    pub person: Id,
    pub role: MemberRole,
    pub share_percent: i64,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
}

/// What somebody is in a household. The codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberRole {
    Adult,
    Partner,
    Child,
    /// A parent, a brother, somebody put up.
    Other,
}

impl MemberRole {
    pub const ALL: [Self; 4] = [Self::Adult, Self::Partner, Self::Child, Self::Other];

    pub fn code(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Partner => "partner",
            Self::Child => "child",
            Self::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl Member {
    pub fn is_there(&self, on: Date) -> bool {
        self.starts_on <= on && self.ends_on.is_none_or(|end| on < end)
    }
}

/// A household of its own for a new file, with its key.
pub fn create(desk: &mut Desk<'_, '_>) -> Result<Id, Stop> {
    let id = desk.new_id();
    let (now, keys, mut entropy) = (desk.now, desk.keys.clone(), desk.entropy.clone());
    keys.create(desk.tx, id, now, &mut entropy)?;
    let sql = "insert into households (id, created_at) values ($1, $2)";
    desk.tx.execute(sql, &values![id, now])?;
    Ok(id)
}

/// The household of an opened file.
pub fn of_case(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Id, Stop> {
    let sql = "select household_id from cases where id = $1";
    desk.tx.row(sql, &values![door.file])?.get::<Option<Id>>(0)?.ok_or(Stop::Absent)
}

/// Everybody who lives or lived there, the first come first.
pub fn members(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<Member>, Stop> {
    let household = of_case(desk, door)?;
    let sql = "select id, person_id, role, share_percent, starts_on, ends_on from household_members
               where household_id = $1 order by starts_on, id";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![household])? {
        res.push(Member {
            row: row.get(0)?,
            person: row.get(1)?,
            role: MemberRole::from_code(&row.get::<String>(2)?).unwrap_or(MemberRole::Other),
            share_percent: row.get(3)?,
            starts_on: row.get(4)?,
            ends_on: row.get(5)?,
        });
    }
    Ok(res)
}

/// Counts somebody from a day on, and makes them known to the file, which is not theirs for all that.
pub fn add_member(desk: &mut Desk<'_, '_>, door: &Door, new: &NewMember) -> Result<Id, Stop> {
    let household = of_case(desk, door)?;
    let there = members(desk, door)?;
    if let Some(it) = there.iter().find(|it| it.person == new.person && it.ends_on.is_none()) {
        return Ok(it.row);
    }
    let known = people::of_case(desk, door)?.iter().any(|it| it.person == new.person);
    if !known {
        cases::add_person(desk, door, new.person, false)?;
    }
    let row = insert_member(desk, household, new)?;
    cases::event(desk, door, Event::MemberAdded, &new.person.to_string())?;
    Ok(row)
}

/// They do not live there any more from this day on: the row stays.
pub fn end_member(desk: &mut Desk<'_, '_>, door: &Door, row: Id, on: Date) -> Result<(), Stop> {
    let household = of_case(desk, door)?;
    let sql = "update household_members set ends_on = $3
               where id = $1 and household_id = $2 and ends_on is null and starts_on <= $3
               returning person_id";
    let rows = desk.tx.rows(sql, &values![row, household, on])?;
    let Some(ended) = rows.first() else { return Err(Stop::Absent) };
    let person: Id = ended.get(0)?;
    cases::event(desk, door, Event::MemberLeft, &person.to_string())
}

/// Where the household lives; sealed under its own key.
pub fn address(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Option<String>, Stop> {
    let household = of_case(desk, door)?;
    let row = desk.tx.row("select address from households where id = $1", &values![household])?;
    let Some(sealed) = row.get::<Option<Vec<u8>>>(0)? else { return Ok(None) };
    if !people::reaches(door, Class::Contact) {
        return Ok(None);
    }
    let key = desk.keys.open(desk.tx, household)?;
    Ok(Some(unseal(&key, "households", "address", household, &sealed)?))
}

pub fn update_address(desk: &mut Desk<'_, '_>, door: &Door, address: &str) -> Result<(), Stop> {
    let household = of_case(desk, door)?;
    let key = desk.keys.open(desk.tx, household)?;
    let mut entropy = desk.entropy.clone();
    let sealed = seal(&key, "households", "address", household, address, &mut entropy)?;
    let sql = "update households set address = $2 where id = $1";
    desk.tx.execute(sql, &values![household, sealed])?;
    Ok(())
}

/// What two persons are to each other. The codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// One is the parent of the other.
    Parent,
    Couple,
    /// They were.
    FormerCouple,
    Sibling,
    /// One cares for the other.
    Carer,
}

impl Kinship {
    pub const ALL: [Self; 5] =
        [Self::Parent, Self::Couple, Self::FormerCouple, Self::Sibling, Self::Carer];

    pub fn code(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Couple => "couple",
            Self::FormerCouple => "former_couple",
            Self::Sibling => "sibling",
            Self::Carer => "carer",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relationship {
    pub row: Id,
    pub one: Id,
    pub other: Id,
    pub kind: Kinship,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
}

/// Both must be of the opened file. Said once: what stands is not written again.
pub fn relate(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    (one, other): (Id, Id),
    kind: Kinship,
    starts_on: Option<Date>,
) -> Result<(), Stop> {
    let there = people::of_case(desk, door)?;
    let known = |person: Id| there.iter().any(|it| it.person == person);
    if one == other || !known(one) || !known(other) {
        return Err(Stop::Absent);
    }
    let stands = relationships(desk, door)?;
    let same = |it: &Relationship| (it.one, it.other, it.kind) == (one, other, kind);
    if stands.iter().any(|it| same(it) && it.ends_on.is_none()) {
        return Ok(());
    }
    let id = desk.new_id();
    let sql = "insert into relationships (id, one_id, other_id, kind, starts_on)
               values ($1, $2, $3, $4, $5)";
    desk.tx.execute(sql, &values![id, one, other, kind.code(), starts_on])?;
    Ok(())
}

/// Between the persons of the opened file, and only them.
pub fn relationships(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<Relationship>, Stop> {
    let sql = "select id, one_id, other_id, kind, starts_on, ends_on from relationships
               where one_id in (select person_id from case_people where case_id = $1)
                 and other_id in (select person_id from case_people where case_id = $1)
               order by id";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![door.file])? {
        let Some(kind) = Kinship::from_code(&row.get::<String>(3)?) else { continue };
        res.push(Relationship {
            row: row.get(0)?,
            one: row.get(1)?,
            other: row.get(2)?,
            kind,
            starts_on: row.get(4)?,
            ends_on: row.get(5)?,
        });
    }
    Ok(res)
}

pub(crate) fn insert_member(
    desk: &mut Desk<'_, '_>,
    household: Id,
    new: &NewMember,
) -> Result<Id, Stop> {
    let id = desk.new_id();
    let sql = "insert into household_members
               (id, household_id, person_id, role, share_percent, starts_on)
               values ($1, $2, $3, $4, $5, $6)";
    let share = new.share_percent.clamp(0, 100);
    let row = values![id, household, new.person, new.role.code(), share, new.starts_on];
    desk.tx.execute(sql, &row)?;
    Ok(id)
}
