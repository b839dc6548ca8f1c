//! What the pages of a file show, read through its doors.

use ::store::{Id, values};
use access::{Action, Class, Decision, FileState, Purpose, Reason, Refusal};
use base::Moment;
use web::words::Words;

use super::shown::Names;
use super::store::{self, Case, Event, Follower, Happened};
use super::words;
use crate::households::store::{self as households, Member};
use crate::people::model::{Contact, Identity};
use crate::people::store as people;
use crate::rights::kept;
use crate::spine::ties::function;
use crate::spine::{Asked, Desk, Door, Stop};
use crate::structures::store::staff_name;

/// One person of the file, as far as the doors go.
#[derive(Debug, Clone)]
pub struct PersonHere {
    pub id: Id,
    pub identity: Identity,
    pub accompanied: bool,
    /// `None`: not for this viewer.
    pub contact: Option<Contact>,
    pub has_nir: bool,
    pub links: Vec<LinkHere>,
}

/// Another record of the same person.
#[derive(Debug, Clone)]
pub struct LinkHere {
    pub id: Id,
    pub reasons: String,
    pub at: Moment,
}

#[derive(Debug, Clone)]
pub struct MemberHere {
    pub member: Member,
    pub identity: Identity,
}

/// A line of what happened, in words.
#[derive(Debug, Clone)]
pub struct Line {
    pub at: Moment,
    pub told: String,
    pub by: String,
    pub detail: String,
}

/// What the viewer may do there, to offer it or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    pub write: bool,
    pub write_social: bool,
    pub assign: bool,
    pub close: bool,
}

/// Everything the first page of a file shows.
#[derive(Debug, Clone)]
pub struct FileHere {
    pub case: Case,
    pub now: Moment,
    pub reason: Reason,
    pub people: Vec<PersonHere>,
    pub may: May,
    pub team: Vec<Follower>,
    /// `None`: the social situation is not for this viewer.
    pub social: Option<Social>,
}

#[derive(Debug, Clone)]
pub struct Social {
    pub asked: String,
    pub household: Vec<MemberHere>,
    pub thread: Vec<Line>,
    pub checks: Vec<kept::Heading>,
}

/// What heads the other pages of a file.
#[derive(Debug, Clone)]
pub struct Head {
    pub case: Id,
    pub name: String,
    pub state: FileState,
    pub reason: Reason,
    pub now: Moment,
}

/// Lines of the thread on the first page.
const LINES: i64 = 6;

/// Opens a file to read it. The purpose is the support; an emergency already declared speaks for itself; supervising is
/// said by who does it, in the address (`?motif=encadrement`).
pub fn reading(
    desk: &mut Desk<'_, '_>,
    file: Id,
    class: Class,
    supervising: bool,
) -> Result<Door, Stop> {
    let asked = Asked::new(file, Action::Read, class);
    let other = match desk.may(asked)? {
        Decision::Refused(Refusal::Purpose) if supervising => Purpose::Supervision,
        Decision::Refused(Refusal::Purpose) => Purpose::Emergency,
        Decision::Allowed(_) | Decision::Refused(_) => return desk.open(asked),
    };
    let asked_otherwise = asked.purpose(other);
    match desk.may(asked_otherwise)? {
        Decision::Allowed(_) | Decision::Refused(Refusal::ProveAgain) => desk.open(asked_otherwise),
        // The refusal that says most is the first.
        Decision::Refused(_) => desk.open(asked),
    }
}

/// The same when not being allowed is an answer like another.
fn reading_if_allowed(
    desk: &mut Desk<'_, '_>,
    file: Id,
    class: Class,
    supervising: bool,
) -> Result<Option<Door>, Stop> {
    let purposes = [Purpose::Support, Purpose::Emergency, Purpose::Supervision];
    for purpose in purposes.into_iter().filter(|it| supervising || *it != Purpose::Supervision) {
        let asked = Asked::new(file, Action::Read, class).purpose(purpose);
        if matches!(desk.may(asked)?, Decision::Allowed(_)) {
            return desk.open(asked).map(Some);
        }
    }
    Ok(None)
}

pub fn file(
    desk: &mut Desk<'_, '_>,
    words: &Words,
    file: Id,
    supervising: bool,
) -> Result<FileHere, Stop> {
    let door = reading(desk, file, Class::Identity, supervising)?;
    let contact = reading_if_allowed(desk, file, Class::Contact, supervising)?;
    let people = people_here(desk, &door, contact.as_ref())?;
    let social = match reading_if_allowed(desk, file, Class::Social, supervising)? {
        Some(door) => Some(Social {
            asked: store::asked(desk, &door)?,
            household: household(desk, &door)?,
            thread: thread(desk, words, &door, LINES, 0)?,
            checks: kept::headings(desk, &door)?,
        }),
        None => None,
    };
    let (case, team) = (store::case(desk, &door)?, store::following(desk, file)?);
    let (now, may) = (desk.now, may(desk, file)?);
    Ok(FileHere { case, now, reason: door.reason, people, may, team, social })
}

pub fn may(desk: &mut Desk<'_, '_>, file: Id) -> Result<May, Stop> {
    let mut can = |action, class| -> Result<bool, Stop> {
        Ok(matches!(desk.may(Asked::new(file, action, class))?, Decision::Allowed(_)))
    };
    Ok(May {
        write: can(Action::Write, Class::Contact)?,
        write_social: can(Action::Write, Class::Social)?,
        assign: can(Action::Assign, Class::Identity)?,
        close: can(Action::Close, Class::Identity)?,
    })
}

pub fn head(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Head, Stop> {
    let name = main_name(desk, door)?;
    let state = store::case(desk, door)?.state;
    Ok(Head { case: door.file, name, state, reason: door.reason, now: desk.now })
}

/// The person the file is named after: the first accompanied.
pub fn main_name(desk: &mut Desk<'_, '_>, door: &Door) -> Result<String, Stop> {
    let all = people::of_case(desk, door)?;
    let now = desk.now;
    let there = |it: &&people::InCase| it.ends_at.is_none_or(|end| now < end);
    let first = all.iter().filter(|it| it.accompanied).find(there).or_else(|| all.first());
    match first {
        Some(it) => Ok(people::identity(desk, door, it.person)?.name()),
        None => Ok(String::new()),
    }
}

fn people_here(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    contact: Option<&Door>,
) -> Result<Vec<PersonHere>, Stop> {
    let now = desk.now;
    let mut res: Vec<PersonHere> = Vec::new();
    for it in people::of_case(desk, door)? {
        let here = it.accompanied && it.ends_at.is_none_or(|end| now < end);
        if !here || res.iter().any(|known| known.id == it.person) {
            continue;
        }
        let identity = people::identity(desk, door, it.person)?;
        let contact = match contact {
            Some(door) => Some(people::contact(desk, door, it.person)?),
            None => None,
        };
        let has_nir = contact.is_some() && people::has_nir(desk, door, it.person)?;
        let links = people::links(desk, door, it.person)?;
        let link =
            |it: people::Link| LinkHere { id: it.id, reasons: it.reasons, at: it.decided_at };
        let links = links.into_iter().map(link).collect();
        let (id, accompanied) = (it.person, it.accompanied);
        res.push(PersonHere { id, identity, accompanied, contact, has_nir, links });
    }
    Ok(res)
}

/// Who lives there and lived there: who is accompanied first, then as they came.
pub fn household(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<MemberHere>, Stop> {
    let mut res = Vec::new();
    for member in households::members(desk, door)? {
        let identity = people::identity(desk, door, member.person)?;
        res.push(MemberHere { member, identity });
    }
    res.sort_by_key(|it| it.member.role);
    Ok(res)
}

/// What happened, in words, the last first.
pub fn thread(
    desk: &mut Desk<'_, '_>,
    words: &Words,
    door: &Door,
    limit: i64,
    skipped: i64,
) -> Result<Vec<Line>, Stop> {
    let mut names = Names::new();
    for it in people::of_case(desk, door)? {
        let name = people::identity(desk, door, it.person)?.name();
        names.insert(it.person, name);
    }
    let mut res = Vec::new();
    for it in store::history(desk, door, limit, skipped)? {
        let by = actor(desk, words, &it.actor)?;
        let known = Event::from_code(&it.kind);
        let told =
            known.map_or_else(|| words.say("cases-event-other"), |it| words::event(words, it));
        let detail = detail(desk, words, &names, known, &it)?;
        res.push(Line { at: it.at, told, by, detail });
    }
    Ok(res)
}

pub fn count_of_events(desk: &mut Desk<'_, '_>, door: &Door) -> Result<usize, Stop> {
    let sql = "select count(*) from case_events where case_id = $1";
    let count: i64 = desk.tx.row(sql, &values![door.file])?.get(0)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// A colleague's name, or « la personne » for whoever the file is about.
pub fn actor(desk: &mut Desk<'_, '_>, words: &Words, actor: &str) -> Result<String, Stop> {
    let Ok(id) = actor.parse::<Id>() else { return Ok(words.say("cases-history-person")) };
    let known = desk.tx.row_if_any("select 1 from staff where id = $1", &values![id])?;
    let keys = desk.keys.clone();
    match known {
        Some(_) => staff_name(desk.tx, &keys, id),
        None => Ok(words.say("cases-history-person")),
    }
}

fn detail(
    desk: &mut Desk<'_, '_>,
    words: &Words,
    names: &Names,
    kind: Option<Event>,
    it: &Happened,
) -> Result<String, Stop> {
    let named = |text: &str| text.parse().ok().and_then(|id: Id| names.get(&id).cloned());
    Ok(match kind {
        Some(Event::Closed | Event::Reopened | Event::Linked | Event::Unlinked) => {
            it.detail.clone()
        }
        Some(Event::Assigned | Event::Unassigned) => {
            let (code, who) = it.detail.split_once(' ').unwrap_or((&it.detail, ""));
            let function = function(code).map(|it| words::function(words, it));
            let who = match who {
                "" => None,
                id => Some(actor(desk, words, id)?),
            };
            [who, function].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Some(
            Event::PersonAdded
            | Event::PersonLeft
            | Event::MemberAdded
            | Event::MemberLeft
            | Event::IdentityChanged
            | Event::ContactChanged,
        ) => named(&it.detail).unwrap_or_default(),
        Some(Event::Opened | Event::Shared | Event::ShareEnded | Event::RightsChecked) | None => {
            String::new()
        }
    })
}

/// Why a door is closed, for whoever may know that it exists.
#[derive(Debug, Clone)]
pub struct ClosedHere {
    pub case: Case,
    pub refusal: Refusal,
    pub team: Vec<Follower>,
    /// Would open to supervise.
    pub supervision: bool,
}

/// `None`: the door opens after all.
pub fn closed(desk: &mut Desk<'_, '_>, file: Id) -> Result<Option<ClosedHere>, Stop> {
    let asked = Asked::new(file, Action::Read, Class::Identity);
    let refusal = match desk.may(asked)? {
        Decision::Allowed(_) => return Ok(None),
        Decision::Refused(refusal) => refusal,
    };
    // Knowing that it exists is a look too.
    desk.open(Asked::new(file, Action::Find, Class::Identity))?;
    let supervise = desk.may(asked.purpose(Purpose::Supervision))?;
    let supervision = matches!(supervise, Decision::Allowed(_));
    let (case, team) = (store::heading(desk, file)?, store::following(desk, file)?);
    Ok(Some(ClosedHere { case, refusal, team, supervision }))
}
