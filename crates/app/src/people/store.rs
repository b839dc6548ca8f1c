//! The rows of people. Each class of fields is sealed apart, under the person's own key.

use ::store::{Id, Migration, Row, Value, values};
use access::{Class, TieKind};
use base::Moment;
use seal::FileKey;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::marks;
use super::model::{Contact, Identity};
use super::nir::Nir;
use crate::spine::desk::{seal, tie_code, unseal};
use crate::spine::{Desk, Door, SharedEntropy, Stop};

pub const SCHEMA: Migration = Migration {
    name: "people",
    sql: "
        create table people (
            id text primary key,
            identity {bytes} not null,
            contact {bytes},
            nir {bytes},
            nir_key {bytes} unique,
            created_at text not null,
            erased_at text
        );
        create table people_marks (
            mark {int} not null,
            person_id text not null references people (id),
            primary key (mark, person_id)
        );
        create index people_marks_person on people_marks (person_id);
        create table identity_links (
            id text primary key,
            one_id text not null references people (id),
            other_id text not null references people (id),
            reasons {bytes} not null,
            decided_by text not null,
            decided_at text not null,
            undone_by text,
            undone_at text
        );
        create index identity_links_one on identity_links (one_id);
        create index identity_links_other on identity_links (other_id);
        create table person_accounts (
            id text primary key,
            person_id text not null references people (id),
            created_at text not null,
            created_by text not null,
            revoked_at text,
            revoked_by text
        );
        create index person_accounts_person on person_accounts (person_id);
    ",
};

/// A person about to be recorded. They get a file in the same breath: see `cases::store::open`.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub identity: Identity,
    pub contact: Contact,
    pub nir: Option<Nir>,
}

/// Seals a new person under a key of their own.
pub fn create(desk: &mut Desk<'_, '_>, new: &NewPerson) -> Result<Id, Stop> {
    let id = desk.new_id();
    let (now, keys) = (desk.now, desk.keys.clone());
    let mut entropy = desk.entropy.clone();
    let key = keys.create(desk.tx, id, now, &mut entropy)?;
    let identity = sealed(&key, "identity", id, &new.identity, &mut entropy)?;
    let contact = match new.contact.is_empty() {
        true => None,
        false => Some(sealed(&key, "contact", id, &new.contact, &mut entropy)?),
    };
    let nir = new.nir.as_ref().map(|it| seal(&key, "people", "nir", id, it.as_str(), &mut entropy));
    let nir_key = new.nir.as_ref().map(|it| nir_key(desk, it));
    let sql = "insert into people (id, identity, contact, nir, nir_key, created_at)
               values ($1, $2, $3, $4, $5, $6)";
    desk.tx.execute(sql, &values![id, identity, contact, nir.transpose()?, nir_key, now])?;
    mark(desk, id, &new.identity)?;
    Ok(id)
}

/// Who it is. The person must be of the file that was opened.
pub fn identity(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<Identity, Stop> {
    let sealed = column(desk, door, person, Class::Identity, "identity")?.ok_or(Stop::Absent)?;
    opened(desk, "identity", person, &sealed)
}

/// A name opened to be compared with what was typed. INVARIANT: the person is of a file the viewer may find, and what
/// is not shown, with its door open, does not leave the search.
pub(super) fn glance(desk: &mut Desk<'_, '_>, person: Id) -> Result<Identity, Stop> {
    let sql = "select identity from people where id = $1 and erased_at is null";
    let sealed: Vec<u8> = desk.tx.row(sql, &values![person])?.get(0)?;
    opened(desk, "identity", person, &sealed)
}

/// How to reach them; empty when nothing was noted.
pub fn contact(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<Contact, Stop> {
    match column(desk, door, person, Class::Contact, "contact")? {
        Some(sealed) => opened(desk, "contact", person, &sealed),
        None => Ok(Contact::default()),
    }
}

pub fn has_nir(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<bool, Stop> {
    Ok(column(desk, door, person, Class::Identity, "nir")?.is_some())
}

/// Shows the number: a look of its own in the access log.
pub fn nir(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<Option<Nir>, Stop> {
    let Some(sealed) = column(desk, door, person, Class::Identity, "nir")? else { return Ok(None) };
    let key = desk.keys.open(desk.tx, person)?;
    let text = unseal(&key, "people", "nir", person, &sealed)?;
    desk.note_of(person, "read_nir", tie_code(door.reason.tie));
    Ok(Some(Nir::parse(&text).map_err(|_| Stop::Sealed)?))
}

/// Through a door opened to write.
pub fn update_identity(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    identity: &Identity,
) -> Result<(), Stop> {
    belongs(desk, door, person, Class::Identity)?;
    write(desk, person, "identity", identity)?;
    desk.tx.execute("delete from people_marks where person_id = $1", &values![person])?;
    mark(desk, person, identity)
}

pub fn update_contact(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    contact: &Contact,
) -> Result<(), Stop> {
    belongs(desk, door, person, Class::Contact)?;
    write(desk, person, "contact", contact)
}

/// The number, or nothing any more. Whether another person has it is asked first: [`holder_of_nir`].
pub fn update_nir(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    nir: Option<&Nir>,
) -> Result<(), Stop> {
    belongs(desk, door, person, Class::Identity)?;
    let key = desk.keys.open(desk.tx, person)?;
    let mut entropy = desk.entropy.clone();
    let sealed = nir.map(|it| seal(&key, "people", "nir", person, it.as_str(), &mut entropy));
    let hash = nir.map(|it| nir_key(desk, it));
    let sql = "update people set nir = $2, nir_key = $3 where id = $1";
    desk.tx.execute(sql, &values![person, sealed.transpose()?, hash])?;
    Ok(())
}

/// Who has this number, by its hash: nothing is opened.
pub fn holder_of_nir(desk: &mut Desk<'_, '_>, nir: &Nir) -> Result<Option<Id>, Stop> {
    let hash = nir_key(desk, nir);
    let row = desk.tx.row_if_any("select id from people where nir_key = $1", &values![hash])?;
    Ok(row.map(|it| it.get(0)).transpose()?)
}

/// The persons of a file, those who left it included, the first first.
pub fn of_case(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<InCase>, Stop> {
    let sql = "select id, person_id, role, starts_at, ends_at from case_people
               where case_id = $1 order by starts_at, id";
    let rows = desk.tx.rows(sql, &values![door.file])?;
    let read = |it: &Row| {
        let role: String = it.get(2)?;
        Ok(InCase {
            row: it.get(0)?,
            person: it.get(1)?,
            accompanied: role != HOUSEHOLD,
            starts_at: it.get(3)?,
            ends_at: it.get(4)?,
        })
    };
    rows.iter().map(read).collect()
}

/// One person of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InCase {
    pub row: Id,
    pub person: Id,
    /// Accompanied, or only of the household: the file is the former's own.
    pub accompanied: bool,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
}

/// The role of who is accompanied, and of who only lives there.
pub const ACCOMPANIED: &str = "accompanied";
pub const HOUSEHOLD: &str = "household";

/// What was decided of two records: the same person, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: Id,
    /// The record at the other end.
    pub other: Id,
    pub reasons: String,
    pub decided_by: Id,
    pub decided_at: Moment,
}

/// Says that two records are the same person. Nothing is merged: see [`unlink`].
pub fn link(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    other: Id,
    reasons: &str,
) -> Result<Id, Stop> {
    belongs(desk, door, person, Class::Identity)?;
    let id = desk.new_id();
    let key = desk.keys.open(desk.tx, person)?;
    let mut entropy = desk.entropy.clone();
    let reasons = seal(&key, "identity_links", "reasons", id, reasons, &mut entropy)?;
    let sql = "insert into identity_links (id, one_id, other_id, reasons, decided_by, decided_at)
               values ($1, $2, $3, $4, $5, $6)";
    let by = desk.viewer.actor();
    desk.tx.execute(sql, &values![id, person, other, reasons, by, desk.now])?;
    Ok(id)
}

/// The links that stand.
pub fn links(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<Vec<Link>, Stop> {
    belongs(desk, door, person, Class::Identity)?;
    let sql = "select id, one_id, other_id, reasons, decided_by, decided_at from identity_links
               where (one_id = $1 or other_id = $1) and undone_at is null order by id";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![person])? {
        let (id, one, other): (Id, Id, Id) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = desk.keys.open(desk.tx, one)?;
        let reasons = unseal(&key, "identity_links", "reasons", id, &row.get::<Vec<u8>>(3)?)?;
        let other = if one == person { other } else { one };
        res.push(Link { id, other, reasons, decided_by: row.get(4)?, decided_at: row.get(5)? });
    }
    Ok(res)
}

/// It was not the same person after all: the link stays written, with who undid it.
pub fn unlink(desk: &mut Desk<'_, '_>, door: &Door, person: Id, link: Id) -> Result<(), Stop> {
    belongs(desk, door, person, Class::Identity)?;
    let sql = "update identity_links set undone_by = $3, undone_at = $4
               where id = $1 and (one_id = $2 or other_id = $2) and undone_at is null";
    let by = desk.viewer.actor();
    let changed = desk.tx.execute(sql, &values![link, person, by, desk.now])?;
    if changed == 1 { Ok(()) } else { Err(Stop::Absent) }
}

/// Whether what a door opens holds this class: a share may open the situation without the address.
pub fn reaches(door: &Door, class: Class) -> bool {
    match door.reason.tie {
        TieKind::Shared(classes) => classes.holds(class),
        TieKind::Author => class == door.class,
        TieKind::Member { .. }
        | TieKind::Follows(_)
        | TieKind::Mandate
        | TieKind::Own
        | TieKind::BreakGlass => class <= door.class,
        TieKind::Barred => false,
    }
}

/// INVARIANT: no record of a person is opened through the door of a file they are not of.
fn belongs(desk: &mut Desk<'_, '_>, door: &Door, person: Id, class: Class) -> Result<(), Stop> {
    let sql = "select 1 from case_people where case_id = $1 and person_id = $2";
    let found = desk.tx.row_if_any(sql, &values![door.file, person])?;
    if found.is_some() && reaches(door, class) { Ok(()) } else { Err(Stop::Absent) }
}

fn column(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    class: Class,
    column: &str,
) -> Result<Option<Vec<u8>>, Stop> {
    belongs(desk, door, person, class)?;
    let sql = format!("select {column} from people where id = $1 and erased_at is null");
    Ok(desk.tx.row(&sql, &values![person])?.get(0)?)
}

fn opened<T: DeserializeOwned>(
    desk: &mut Desk<'_, '_>,
    column: &str,
    person: Id,
    sealed: &[u8],
) -> Result<T, Stop> {
    let key = desk.keys.open(desk.tx, person)?;
    read_json(&unseal(&key, "people", column, person, sealed)?)
}

fn write<T: Serialize>(
    desk: &mut Desk<'_, '_>,
    person: Id,
    column: &str,
    value: &T,
) -> Result<(), Stop> {
    let key = desk.keys.open(desk.tx, person)?;
    let mut entropy = desk.entropy.clone();
    let sealed = sealed(&key, column, person, value, &mut entropy)?;
    let sql = format!("update people set {column} = $2 where id = $1 and erased_at is null");
    desk.tx.execute(&sql, &values![person, sealed])?;
    Ok(())
}

fn sealed<T: Serialize>(
    key: &FileKey,
    column: &str,
    person: Id,
    value: &T,
    entropy: &mut SharedEntropy,
) -> Result<Vec<u8>, Stop> {
    let json = serde_json::to_string(value).map_err(|_| Stop::Sealed)?;
    seal(key, "people", column, person, &json, entropy)
}

fn read_json<T: DeserializeOwned>(json: &str) -> Result<T, Stop> {
    serde_json::from_str(json).map_err(|_| Stop::Sealed)
}

fn mark(desk: &mut Desk<'_, '_>, person: Id, identity: &Identity) -> Result<(), Stop> {
    let marks = marks::of_person(&desk.keys.lookup(MARKS), identity);
    if marks.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = (0..marks.len()).map(|at| format!("(${}, $1)", at + 2)).collect();
    let sql = format!("insert into people_marks (mark, person_id) values {}", rows.join(", "));
    let values: Vec<Value> =
        std::iter::once(person.into()).chain(marks.into_iter().map(Value::from)).collect();
    desk.tx.execute(&sql, &values)?;
    Ok(())
}

/// What marks are hashed for.
pub(super) const MARKS: &str = "people marks";

fn nir_key(desk: &Desk<'_, '_>, nir: &Nir) -> Vec<u8> {
    desk.keys.lookup("nir").hash(nir.as_str())
}
