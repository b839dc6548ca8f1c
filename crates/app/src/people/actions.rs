//! What the addresses of persons ask for.

use ::store::Id;
use access::{Action, Class, Decision, Function};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use web::form::{FieldError, Fields};
use web::say;

use super::form::{self, Typed};
use super::model::Identity;
use super::pages::{AlikePage, Candidate, EditPage, FindPage, Followed, NewPage};
use super::search::{self, Found, Holder, Sought};
use super::store::{self, NewPerson};
use crate::cases::shown::{Shown, id, new_form, wrong};
use crate::cases::store::{self as cases, Event, NewCase, Place};
use crate::cases::{load, staff};
use crate::spine::{Answer, Asked, Desk, Form, Stop, Tandem, Viewer};

pub async fn find(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    show_found(tandem, viewer, None).await
}

/// What is typed comes in the body of a form, never in an address.
pub async fn found(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    let typed = fields.get("who").map(str::to_owned);
    show_found(tandem, viewer, typed).await
}

async fn show_found(tandem: Tandem, viewer: Viewer, typed: Option<String>) -> Answer {
    staff(&viewer)?;
    let today = tandem.today();
    let page = tandem.look(&viewer, move |desk| {
        let found = match &typed {
            Some(text) => {
                let found = search::find(desk, &Sought::typed(text))?;
                Some(candidates(desk, found)?)
            }
            None => None,
        };
        let may_create = !cases::may_open_in(desk)?.is_empty();
        let typed = typed.clone().unwrap_or_default();
        Ok(FindPage { typed, found, may_create, today })
    });
    Ok(page.await?.answer(&tandem, &viewer))
}

/// Each person with the files through which the viewer knows them. Each file shown is a look.
fn candidates(desk: &mut Desk<'_, '_>, found: Vec<Found>) -> Result<Vec<Candidate>, Stop> {
    let mut res = Vec::new();
    for it in found {
        let mut files = Vec::new();
        for case in search::files(desk, it.person)? {
            desk.open(Asked::new(case, Action::Find, Class::Identity))?;
            let opens = desk.may(Asked::new(case, Action::Read, Class::Identity))?;
            let team = cases::following(desk, case)?;
            let referents = team.into_iter().filter(|it| it.function == Function::Referent);
            files.push(Followed {
                case,
                structure_name: cases::heading(desk, case)?.structure_name,
                referents: referents.map(|it| it.name).collect(),
                opens: matches!(opens, Decision::Allowed(_)),
            });
        }
        let Found { person, identity, same_birth, .. } = it;
        res.push(Candidate { person, identity, same_birth, files });
    }
    Ok(res)
}

pub async fn to_create(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    staff(&viewer)?;
    let form = new_form(&tandem, &viewer);
    show_new(&tandem, &viewer, Fields::default(), Vec::new(), form).await
}

async fn show_new(
    tandem: &Tandem,
    viewer: &Viewer,
    fields: Fields,
    errors: Vec<FieldError>,
    form: String,
) -> Answer {
    let places = tandem.look(viewer, cases::may_open_in).await?;
    if places.is_empty() {
        return Err(Stop::Absent);
    }
    Ok(NewPage { fields, errors, places, form }.answer(tandem, viewer))
}

/// What the answer to « est-ce la même personne ? » was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    NotAsked,
    Another,
    Person(Id),
}

impl Same {
    pub fn of(fields: &Fields) -> Self {
        match fields.get("same") {
            None => Self::NotAsked,
            Some(text) => text.parse().map_or(Self::Another, Self::Person),
        }
    }
}

/// Where a creation leads.
#[derive(Debug, Clone)]
enum Creation {
    Done(String),
    /// Those who may be the same person are shown first.
    Ask(Vec<Candidate>, Vec<FieldError>),
    Wrong(Vec<FieldError>),
}

pub async fn create(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    staff(&viewer)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let typed = form::read(&fields, viewer.words(), tandem.today());
    if !typed.errors.is_empty() {
        let number = form.value().to_owned();
        return show_new(&tandem, &viewer, fields, typed.errors, number).await;
    }
    let (sent, number, words) = (fields.clone(), form.value().to_owned(), viewer.words());
    let done = tandem.act(&viewer, move |desk| {
        if let Some(location) = form.done(desk)? {
            return Ok(Creation::Done(location));
        }
        // What has to be asked first is no act: the form stays good for the answer.
        match ask_first(desk, &sent, &typed, words)? {
            Some(asked) => Ok(asked),
            None => form.once(desk, |desk| record(desk, &sent, &typed)).map(Creation::Done),
        }
    });
    match done.await? {
        Creation::Done(location) => Ok(Redirect::to(&location).into_response()),
        Creation::Wrong(errors) => show_new(&tandem, &viewer, fields, errors, number).await,
        Creation::Ask(candidates, errors) => {
            let page =
                alike_page(&tandem, (candidates, errors), fields, number, "/personnes/nouvelle");
            Ok(page.answer(&tandem, &viewer))
        }
    }
}

pub fn alike_page(
    tandem: &Tandem,
    (candidates, errors): (Vec<Candidate>, Vec<FieldError>),
    fields: Fields,
    form: String,
    action: &str,
) -> AlikePage {
    let today = tandem.today();
    AlikePage { candidates, fields, errors, today, form, action: action.to_owned() }
}

fn ask_first(
    desk: &mut Desk<'_, '_>,
    fields: &Fields,
    typed: &Typed,
    words: &web::words::Words,
) -> Result<Option<Creation>, Stop> {
    if place(desk, fields)?.is_none() {
        let errors = vec![wrong("place", say!(words, "people-place-missing"))];
        return Ok(Some(Creation::Wrong(errors)));
    }
    let holder = match &typed.nir {
        Some(nir) => search::with_nir(desk, nir)?,
        None => Holder::Nobody,
    };
    let taken = || Creation::Wrong(vec![wrong("nir", say!(words, "people-nir-taken"))]);
    match (Same::of(fields), holder) {
        (_, Holder::Hidden) | (Same::Another, Holder::Found(_)) => Ok(Some(taken())),
        (Same::Another, Holder::Nobody) => Ok(None),
        (Same::NotAsked, holder) => {
            let alike = alike(desk, &typed.identity, holder)?;
            Ok((!alike.is_empty()).then(|| Creation::Ask(alike, Vec::new())))
        }
        (Same::Person(person), holder) => {
            if opened_file(desk, person)?.is_some() || fields.get("reason.text").is_some() {
                return Ok(None);
            }
            let alike = alike(desk, &typed.identity, holder)?;
            let errors = vec![wrong("reason.text", say!(words, "people-alike-reason-missing"))];
            Ok(Some(Creation::Ask(alike, errors)))
        }
    }
}

/// Those who may be the person typed, the holder of the same number first.
pub fn alike(
    desk: &mut Desk<'_, '_>,
    identity: &Identity,
    holder: Holder,
) -> Result<Vec<Candidate>, Stop> {
    let mut found = search::alike(desk, identity)?;
    if let Holder::Found(it) = holder {
        found.retain(|other| other.person != it.person);
        found.insert(0, *it);
    }
    candidates(desk, found)
}

/// A file of theirs that the viewer may read.
pub fn opened_file(desk: &mut Desk<'_, '_>, person: Id) -> Result<Option<Id>, Stop> {
    for case in search::files(desk, person)? {
        let may = desk.may(Asked::new(case, Action::Read, Class::Contact))?;
        if matches!(may, Decision::Allowed(_)) {
            return Ok(Some(case));
        }
    }
    Ok(None)
}

/// Creates, or goes to the file of the person already there.
fn record(desk: &mut Desk<'_, '_>, fields: &Fields, typed: &Typed) -> Result<String, Stop> {
    let same = match Same::of(fields) {
        Same::Person(person) => Some(person),
        Same::NotAsked | Same::Another => None,
    };
    if let Some(case) = same.map(|it| opened_file(desk, it)).transpose()?.flatten() {
        return Ok(format!("/dossiers/{case}"));
    }
    let place = place(desk, fields)?.ok_or(Stop::Absent)?;
    let nir = match same {
        // Their number is on the other record already, or stays to be asked.
        Some(_) => None,
        None => typed.nir.clone(),
    };
    let new = NewPerson { identity: typed.identity.clone(), contact: typed.contact.clone(), nir };
    let person = store::create(desk, &new)?;
    let case = cases::open(
        desk,
        &NewCase {
            structure: place.structure,
            team: place.team,
            person,
            asked: fields.get("asked.text").unwrap_or_default().to_owned(),
            referent: desk.viewer.staff().filter(|_| place.follows),
        },
    )?;
    if let Some(other) = same {
        link(desk, case, (person, other), fields)?;
    }
    Ok(format!("/dossiers/{case}"))
}

/// Says that the new record and one the viewer may find are the same person.
pub fn link(
    desk: &mut Desk<'_, '_>,
    case: Id,
    (person, other): (Id, Id),
    fields: &Fields,
) -> Result<(), Stop> {
    if search::files(desk, other)?.is_empty() {
        return Err(Stop::Absent);
    }
    let reasons = fields.get("reason.text").ok_or(Stop::Absent)?;
    let door = desk.open(Asked::new(case, Action::Write, Class::Identity))?;
    store::link(desk, &door, person, other, reasons)?;
    cases::event(desk, &door, Event::Linked, reasons)
}

fn place(desk: &mut Desk<'_, '_>, fields: &Fields) -> Result<Option<Place>, Stop> {
    let chosen = fields.get("place").unwrap_or_default();
    Ok(cases::may_open_in(desk)?.into_iter().find(|it| it.code() == chosen))
}

pub async fn to_edit(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, person)): Path<(String, String)>,
) -> Answer {
    staff(&viewer)?;
    let (file, person) = (id(&file)?, id(&person)?);
    let form = new_form(&tandem, &viewer);
    show_edit(&tandem, &viewer, (file, person), None, form).await
}

async fn show_edit(
    tandem: &Tandem,
    viewer: &Viewer,
    (file, person): (Id, Id),
    sent: Option<(Fields, Vec<FieldError>)>,
    form: String,
) -> Answer {
    let page = tandem.look(viewer, move |desk| {
        let door = desk.open(Asked::new(file, Action::Write, Class::Contact))?;
        let identity = store::identity(desk, &door, person)?;
        let contact = store::contact(desk, &door, person)?;
        let has_nir = store::has_nir(desk, &door, person)?;
        let (fields, errors) =
            sent.clone().unwrap_or_else(|| (form::filled(&identity, &contact), Vec::new()));
        let head = load::Head { name: identity.name(), ..load::head(desk, &door)? };
        Ok(EditPage { head, person, has_nir, fields, errors, form: form.clone() })
    });
    Ok(page.await?.answer(tandem, viewer))
}

pub async fn edit(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, person)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let (file, person) = (id(&file)?, id(&person)?);
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let typed = form::read(&fields, viewer.words(), tandem.today());
    let number = form.value().to_owned();
    if !typed.errors.is_empty() {
        let sent = Some((fields, typed.errors));
        return show_edit(&tandem, &viewer, (file, person), sent, number).await;
    }
    let erase = fields.is("nir-erase", "oui");
    let done = tandem.act(&viewer, move |desk| {
        if let Some(nir) = &typed.nir
            && store::holder_of_nir(desk, nir)?.is_some_and(|it| it != person)
        {
            return Ok(None);
        }
        form.once(desk, |desk| correct(desk, (file, person), &typed, erase)).map(Some)
    });
    match done.await? {
        Some(location) => Ok(Redirect::to(&location).into_response()),
        None => {
            let errors = vec![wrong("nir", say!(viewer.words(), "people-nir-taken"))];
            show_edit(&tandem, &viewer, (file, person), Some((fields, errors)), number).await
        }
    }
}

/// Writes what changed, and only that.
fn correct(
    desk: &mut Desk<'_, '_>,
    (file, person): (Id, Id),
    typed: &Typed,
    erase: bool,
) -> Result<String, Stop> {
    let door = desk.open(Asked::new(file, Action::Write, Class::Contact))?;
    let nir_changes = typed.nir.is_some() || erase;
    let identity_changes = store::identity(desk, &door, person)? != typed.identity;
    if identity_changes {
        store::update_identity(desk, &door, person, &typed.identity)?;
    }
    if nir_changes {
        store::update_nir(desk, &door, person, typed.nir.as_ref())?;
    }
    if identity_changes || nir_changes {
        cases::event(desk, &door, Event::IdentityChanged, &person.to_string())?;
    }
    if store::contact(desk, &door, person)? != typed.contact {
        store::update_contact(desk, &door, person, &typed.contact)?;
        cases::event(desk, &door, Event::ContactChanged, &person.to_string())?;
    }
    Ok(format!("/dossiers/{file}"))
}
