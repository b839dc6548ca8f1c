//! The rows of files and of what links people to them.

use ::store::{Id, Migration, values};
use access::{Class, Classes, FileState, Function, Role};
use base::{Entropy, Moment};
use seal::FileKey;

use crate::households::store::{self as households, MemberRole, NewMember};
use crate::people::store as people;
use crate::spine::desk::seal;
use crate::spine::ties::{class_code, function, function_code, role, state, state_code};
use crate::spine::{Desk, Door, Stop};
use crate::structures::store::staff_name;

pub const SCHEMA: Migration = Migration {
    name: "cases",
    sql: "
        create table cases (
            id text primary key,
            number text not null unique,
            structure_id text not null references structures (id),
            team_id text references teams (id),
            household_id text references households (id),
            state text not null,
            opening {bytes} not null,
            opened_at text not null,
            last_contact_at text not null,
            closed_at text,
            archived_at text,
            erased_at text
        );
        create index cases_structure on cases (structure_id, state);
        create table case_people (
            id text primary key,
            case_id text not null references cases (id),
            person_id text not null references people (id),
            role text not null,
            starts_at text not null,
            ends_at text
        );
        create index case_people_case on case_people (case_id);
        create index case_people_person on case_people (person_id);
        create table care_team (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text not null references staff (id),
            function text not null,
            starts_at text not null,
            ends_at text
        );
        create index care_team_case on care_team (case_id);
        create index care_team_staff on care_team (staff_id, ends_at);
        create table shares (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text references staff (id),
            structure_id text references structures (id),
            classes text not null,
            purpose {bytes} not null,
            told {bytes} not null,
            shared_by text not null,
            starts_at text not null,
            ends_at text
        );
        create index shares_case on shares (case_id);
        create index shares_staff on shares (staff_id);
        create index shares_structure on shares (structure_id);
        create table bars (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text not null references staff (id),
            declared_by text not null,
            starts_at text not null,
            ends_at text
        );
        create index bars_staff on bars (staff_id, case_id);
        create table emergencies (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text not null references staff (id),
            reason {bytes} not null,
            starts_at text not null,
            ends_at text not null,
            seen_by text,
            seen_at text
        );
        create index emergencies_staff on emergencies (staff_id, case_id);
        create table case_events (
            id text primary key,
            case_id text not null references cases (id),
            kind text not null,
            actor text not null,
            detail {bytes},
            at text not null
        );
        create index case_events_case on case_events (case_id, at);
    ",
};

/// A file about to be opened.
#[derive(Debug, Clone)]
pub struct NewCase {
    pub structure: Id,
    pub team: Option<Id>,
    /// Who it accompanies.
    pub person: Id,
    /// What the person asks for, in their words.
    pub asked: String,
    /// Who follows it from the first day, if somebody does.
    pub referent: Option<Id>,
}

/// What is in clear of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub id: Id,
    pub number: String,
    pub structure: Id,
    pub structure_name: String,
    pub team_name: Option<String>,
    pub household: Option<Id>,
    pub state: FileState,
    pub opened_at: Moment,
    pub last_contact_at: Moment,
    pub closed_at: Option<Moment>,
}

/// What happened to a file. The codes are stored: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Opened,
    Closed,
    Reopened,
    PersonAdded,
    PersonLeft,
    Assigned,
    Unassigned,
    Shared,
    ShareEnded,
    MemberAdded,
    MemberLeft,
    IdentityChanged,
    ContactChanged,
    Linked,
    Unlinked,
    RightsChecked,
}

impl Event {
    pub const ALL: [Self; 16] = [
        Self::Opened,
        Self::Closed,
        Self::Reopened,
        Self::PersonAdded,
        Self::PersonLeft,
        Self::Assigned,
        Self::Unassigned,
        Self::Shared,
        Self::ShareEnded,
        Self::MemberAdded,
        Self::MemberLeft,
        Self::IdentityChanged,
        Self::ContactChanged,
        Self::Linked,
        Self::Unlinked,
        Self::RightsChecked,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::PersonAdded => "person_added",
            Self::PersonLeft => "person_left",
            Self::Assigned => "assigned",
            Self::Unassigned => "unassigned",
            Self::Shared => "shared",
            Self::ShareEnded => "share_ended",
            Self::MemberAdded => "member_added",
            Self::MemberLeft => "member_left",
            Self::IdentityChanged => "identity_changed",
            Self::ContactChanged => "contact_changed",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::RightsChecked => "rights_checked",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// As stored: other slices write events of their own.
    pub kind: String,
    pub actor: String,
    /// A reason, a name: sealed under the file's key.
    pub detail: String,
    pub at: Moment,
}

/// Opens a file for one person, with its household and its first event.
pub fn open(desk: &mut Desk<'_, '_>, new: &NewCase) -> Result<Id, Stop> {
    let id = desk.new_id();
    let (now, keys) = (desk.now, desk.keys.clone());
    let mut entropy = desk.entropy.clone();
    let key = keys.create(desk.tx, id, now, &mut entropy)?;
    let household = households::create(desk)?;
    let number = number(desk)?;
    let opening = seal(&key, "cases", "opening", id, &new.asked, &mut entropy)?;
    let sql = "insert into cases (id, number, structure_id, team_id, household_id, state, opening,
                                  opened_at, last_contact_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $8)";
    let state = state_code(FileState::Open);
    let row = values![id, number, new.structure, new.team, household, state, opening, now];
    desk.tx.execute(sql, &row)?;
    insert_person(desk, id, new.person, people::ACCOMPANIED)?;
    households::insert_member(
        desk,
        household,
        &NewMember {
            person: new.person,
            role: MemberRole::Adult,
            share_percent: 100,
            starts_on: now.day_in_paris(),
        },
    )?;
    write_event(desk, id, &key, Event::Opened, "")?;
    if let Some(staff) = new.referent {
        insert_follower(desk, id, staff, Function::Referent)?;
        write_event(desk, id, &key, Event::Assigned, function_code(Function::Referent))?;
    }
    Ok(id)
}

/// The structures in which the viewer may open a file now: they work there, receive or supervise.
pub fn may_open_in(desk: &mut Desk<'_, '_>) -> Result<Vec<Place>, Stop> {
    let Some(staff) = desk.viewer.staff() else { return Ok(Vec::new()) };
    let sql = "select member.structure_id, structures.name, member.team_id, teams.name, member.role
               from memberships member
               join structures on structures.id = member.structure_id
               left join teams on teams.id = member.team_id
               where member.staff_id = $1 and member.starts_at <= $2
                     and (member.ends_at is null or member.ends_at > $2)
                     and structures.closed_at is null
               order by structures.name, member.id";
    let mut res: Vec<Place> = Vec::new();
    for row in desk.tx.rows(sql, &values![staff, desk.now])? {
        let follows = match role(&row.get::<String>(4)?) {
            Some(Role::Worker) => true,
            Some(Role::Reception | Role::Manager) => false,
            Some(Role::Mediator | Role::Volunteer | Role::Dpo | Role::Admin) | None => continue,
        };
        let place = Place {
            structure: row.get(0)?,
            structure_name: row.get(1)?,
            team: row.get(2)?,
            team_name: row.get(3)?,
            follows,
        };
        let same = |it: &&mut Place| (it.structure, it.team) == (place.structure, place.team);
        match res.iter_mut().find(same) {
            Some(known) => known.follows |= place.follows,
            None => res.push(place),
        }
    }
    Ok(res)
}

/// Where a file may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub structure: Id,
    pub structure_name: String,
    pub team: Option<Id>,
    pub team_name: Option<String>,
    /// Whoever opens a file there follows it.
    pub follows: bool,
}

impl Place {
    /// What a form sends.
    pub fn code(&self) -> String {
        match self.team {
            Some(team) => format!("{}.{team}", self.structure),
            None => self.structure.to_string(),
        }
    }

    pub fn name(&self) -> String {
        match &self.team_name {
            Some(team) => format!("{}, {team}", self.structure_name),
            None => self.structure_name.clone(),
        }
    }
}

/// What is in clear of an opened file.
pub fn case(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Case, Stop> {
    heading(desk, door.file)
}

/// The same without a door: for a page that says why the door is closed, and only that.
pub(crate) fn heading(desk: &mut Desk<'_, '_>, file: Id) -> Result<Case, Stop> {
    let sql = "select cases.id, cases.number, cases.structure_id, structures.name, teams.name,
                      cases.household_id, cases.state, cases.opened_at, cases.last_contact_at,
                      cases.closed_at
               from cases join structures on structures.id = cases.structure_id
               left join teams on teams.id = cases.team_id where cases.id = $1";
    let row = desk.tx.row(sql, &values![file])?;
    Ok(Case {
        id: row.get(0)?,
        number: row.get(1)?,
        structure: row.get(2)?,
        structure_name: row.get(3)?,
        team_name: row.get(4)?,
        household: row.get(5)?,
        state: state(&row.get::<String>(6)?),
        opened_at: row.get(7)?,
        last_contact_at: row.get(8)?,
        closed_at: row.get(9)?,
    })
}

/// What the person asked for when the file was opened.
pub fn asked(desk: &mut Desk<'_, '_>, door: &Door) -> Result<String, Stop> {
    let row = desk.tx.row("select opening from cases where id = $1", &values![door.file])?;
    door.read("cases", "opening", door.file, &row.get::<Vec<u8>>(0)?)
}

/// The person was met, called or written to.
pub fn contacted(desk: &mut Desk<'_, '_>, door: &Door) -> Result<(), Stop> {
    let sql = "update cases set last_contact_at = $2 where id = $1 and last_contact_at < $2";
    desk.tx.execute(sql, &values![door.file, desk.now])?;
    Ok(())
}

pub fn close(desk: &mut Desk<'_, '_>, door: &Door, reason: &str) -> Result<(), Stop> {
    let sql = "update cases set state = 'closed', closed_at = $2 where id = $1 and state = 'open'";
    changed(desk.tx.execute(sql, &values![door.file, desk.now])?)?;
    event(desk, door, Event::Closed, reason)
}

pub fn reopen(desk: &mut Desk<'_, '_>, door: &Door, reason: &str) -> Result<(), Stop> {
    let sql =
        "update cases set state = 'open', closed_at = null where id = $1 and state = 'closed'";
    changed(desk.tx.execute(sql, &values![door.file])?)?;
    event(desk, door, Event::Reopened, reason)
}

/// A person of the file: accompanied (it becomes their own) or of the household. Once, however often it is asked.
pub fn add_person(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    accompanied: bool,
) -> Result<(), Stop> {
    let role = if accompanied { people::ACCOMPANIED } else { people::HOUSEHOLD };
    let sql = "select 1 from case_people where case_id = $1 and person_id = $2 and role = $3
                      and (ends_at is null or ends_at > $4)";
    let there = desk.tx.row_if_any(sql, &values![door.file, person, role, desk.now])?;
    if there.is_some() {
        return Ok(());
    }
    insert_person(desk, door.file, person, role)?;
    event(desk, door, Event::PersonAdded, &person.to_string())
}

pub fn end_person(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<(), Stop> {
    let sql = "update case_people set ends_at = $3
               where case_id = $1 and person_id = $2 and ends_at is null";
    let ended = desk.tx.execute(sql, &values![door.file, person, desk.now])?;
    if ended == 0 {
        Err(Stop::Absent)
    } else {
        event(desk, door, Event::PersonLeft, &person.to_string())
    }
}

/// Who follows a file, or followed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    pub row: Id,
    pub staff: Id,
    pub name: String,
    pub function: Function,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
}

/// Gives a function in the team, from now on. Who already has it keeps it; a file has one referent at a time.
pub fn assign(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    staff: Id,
    function: Function,
) -> Result<(), Stop> {
    let standing = following(desk, door.file)?;
    if standing.iter().any(|it| it.staff == staff && it.function == function) {
        return Ok(());
    }
    let replaced = standing.iter().filter(|it| match function {
        Function::Referent => it.function == Function::Referent || it.staff == staff,
        Function::CoReferent | Function::Coordinator | Function::Contributor => it.staff == staff,
    });
    for row in replaced.map(|it| it.row).collect::<Vec<_>>() {
        unassign(desk, door, row)?;
    }
    insert_follower(desk, door.file, staff, function)?;
    event(desk, door, Event::Assigned, &format!("{} {staff}", function_code(function)))
}

/// Ends a function: the row stays.
pub fn unassign(desk: &mut Desk<'_, '_>, door: &Door, row: Id) -> Result<(), Stop> {
    let sql = "update care_team set ends_at = $3
               where id = $1 and case_id = $2 and ends_at is null
               returning staff_id, function";
    let rows = desk.tx.rows(sql, &values![row, door.file, desk.now])?;
    let Some(ended) = rows.first() else { return Err(Stop::Absent) };
    let (staff, function): (Id, String) = (ended.get(0)?, ended.get(1)?);
    event(desk, door, Event::Unassigned, &format!("{function} {staff}"))
}

/// The team, those who left it included, the last come first.
pub fn team(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<Follower>, Stop> {
    followers(desk, door.file)
}

/// Who follows the file now: said to whoever may find it, so that they know whom to ask.
pub fn following(desk: &mut Desk<'_, '_>, file: Id) -> Result<Vec<Follower>, Stop> {
    let now = desk.now;
    let mut res = followers(desk, file)?;
    res.retain(|it| it.starts_at <= now && it.ends_at.is_none_or(|to| now < to));
    Ok(res)
}

fn followers(desk: &mut Desk<'_, '_>, file: Id) -> Result<Vec<Follower>, Stop> {
    let sql = "select id, staff_id, function, starts_at, ends_at from care_team
               where case_id = $1 order by id desc";
    let keys = desk.keys.clone();
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![file])? {
        let Some(function) = function(&row.get::<String>(2)?) else { continue };
        let staff: Id = row.get(1)?;
        let name = staff_name(desk.tx, &keys, staff)?;
        let (starts_at, ends_at) = (row.get(3)?, row.get(4)?);
        res.push(Follower { row: row.get(0)?, staff, name, function, starts_at, ends_at });
    }
    Ok(res)
}

/// What is shown to a partner, why, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewShare {
    pub with: SharedWith,
    pub classes: Classes,
    /// Why they need it, in words.
    pub purpose: String,
    /// How the person was told, in words.
    pub told: String,
    pub until: Option<Moment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedWith {
    Staff(Id),
    Structure(Id),
}

/// Shares from now on. Whoever receives a file is told whose it is: the identity goes with every share.
pub fn share(desk: &mut Desk<'_, '_>, door: &Door, new: &NewShare) -> Result<Id, Stop> {
    let id = desk.new_id();
    let mut entropy = desk.entropy.clone();
    let told = door.write("shares", "told", id, &new.told, &mut entropy)?;
    let purpose = door.write("shares", "purpose", id, &new.purpose, &mut entropy)?;
    let (staff, structure) = match new.with {
        SharedWith::Staff(staff) => (Some(staff), None),
        SharedWith::Structure(structure) => (None, Some(structure)),
    };
    let sql = "insert into shares (id, case_id, staff_id, structure_id, classes, purpose, told,
                                   shared_by, starts_at, ends_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let classes = classes_code(new.classes.with(Class::Identity));
    let by = desk.viewer.actor();
    let row =
        values![id, door.file, staff, structure, classes, purpose, told, by, desk.now, new.until];
    desk.tx.execute(sql, &row)?;
    event(desk, door, Event::Shared, &id.to_string())?;
    Ok(id)
}

pub fn end_share(desk: &mut Desk<'_, '_>, door: &Door, share: Id) -> Result<(), Stop> {
    let sql = "update shares set ends_at = $3
               where id = $1 and case_id = $2 and (ends_at is null or ends_at > $3)";
    changed(desk.tx.execute(sql, &values![share, door.file, desk.now])?)?;
    event(desk, door, Event::ShareEnded, &share.to_string())
}

/// Writes one of our events, its detail sealed under the file's key.
pub fn event(desk: &mut Desk<'_, '_>, door: &Door, kind: Event, detail: &str) -> Result<(), Stop> {
    happened(desk, door, kind.code(), detail)
}

/// Writes an event of any slice.
pub fn happened(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    kind: &str,
    detail: &str,
) -> Result<(), Stop> {
    let id = desk.new_id();
    let mut entropy = desk.entropy.clone();
    let sealed = match detail {
        "" => None,
        text => Some(door.write("case_events", "detail", id, text, &mut entropy)?),
    };
    insert_event(desk, id, door.file, kind, sealed)
}

/// What happened, the last first.
pub fn history(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    limit: i64,
    skipped: i64,
) -> Result<Vec<Happened>, Stop> {
    let sql = "select id, kind, actor, detail, at from case_events
               where case_id = $1 order by at desc, id desc limit $2 offset $3";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![door.file, limit, skipped])? {
        let id: Id = row.get(0)?;
        let sealed: Option<Vec<u8>> = row.get(3)?;
        let detail = sealed.map(|it| door.read("case_events", "detail", id, &it)).transpose()?;
        let detail = detail.unwrap_or_default();
        res.push(Happened { kind: row.get(1)?, actor: row.get(2)?, detail, at: row.get(4)? });
    }
    Ok(res)
}

/// `P0 P2`, as stored.
pub fn classes_code(classes: Classes) -> String {
    let held = Class::ALL.iter().filter(|it| classes.holds(**it)).map(|it| class_code(*it));
    held.collect::<Vec<_>>().join(" ")
}

fn insert_person(desk: &mut Desk<'_, '_>, case: Id, person: Id, role: &str) -> Result<(), Stop> {
    let id = desk.new_id();
    let sql = "insert into case_people (id, case_id, person_id, role, starts_at)
               values ($1, $2, $3, $4, $5)";
    desk.tx.execute(sql, &values![id, case, person, role, desk.now])?;
    Ok(())
}

fn insert_follower(
    desk: &mut Desk<'_, '_>,
    case: Id,
    staff: Id,
    function: Function,
) -> Result<(), Stop> {
    let id = desk.new_id();
    let sql = "insert into care_team (id, case_id, staff_id, function, starts_at)
               values ($1, $2, $3, $4, $5)";
    desk.tx.execute(sql, &values![id, case, staff, function_code(function), desk.now])?;
    Ok(())
}

/// Before there is a door: the file was just made.
fn write_event(
    desk: &mut Desk<'_, '_>,
    case: Id,
    key: &FileKey,
    kind: Event,
    detail: &str,
) -> Result<(), Stop> {
    let id = desk.new_id();
    let mut entropy = desk.entropy.clone();
    let sealed = match detail {
        "" => None,
        text => Some(seal(key, "case_events", "detail", id, text, &mut entropy)?),
    };
    insert_event(desk, id, case, kind.code(), sealed)
}

fn insert_event(
    desk: &mut Desk<'_, '_>,
    id: Id,
    case: Id,
    kind: &str,
    detail: Option<Vec<u8>>,
) -> Result<(), Stop> {
    let sql = "insert into case_events (id, case_id, kind, actor, detail, at)
               values ($1, $2, $3, $4, $5, $6)";
    let actor = desk.viewer.actor();
    desk.tx.execute(sql, &values![id, case, kind, actor, detail, desk.now])?;
    Ok(())
}

fn changed(rows: u64) -> Result<(), Stop> {
    if rows == 1 { Ok(()) } else { Err(Stop::Absent) }
}

/// « 2026-K7QF3 »: read aloud without mistaking a letter for a digit, and says nothing of how many there are.
fn number(desk: &mut Desk<'_, '_>) -> Result<String, Stop> {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    loop {
        let mut random = [0; 5];
        desk.entropy.fill(&mut random);
        let signs = random.iter().filter_map(|it| SIGNS.get(usize::from(it % 32)));
        let signs: String = signs.map(|it| char::from(*it)).collect();
        let number = format!("{}-{signs}", desk.now.day_in_paris().year());
        let taken = "select 1 from cases where number = $1";
        if desk.tx.row_if_any(taken, &values![number.as_str()])?.is_none() {
            return Ok(number);
        }
    }
}
