//! What the addresses of households ask for.

use ::store::Id;
use access::{Action, Class};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use base::Date;
use web::form::{FieldError, Fields};
use web::say;
use web::words::Words;

use super::pages::HouseholdPage;
use super::store::{self, MemberRole, NewMember};
use super::view::SHARES;
use crate::cases::shown::{Shown, id, new_form, query, wrong};
use crate::cases::{load, staff};
use crate::people::actions::{self as people_actions, Same};
use crate::people::form as person_form;
use crate::people::model::{Contact, Identity};
use crate::people::pages::Candidate;
use crate::people::search::Holder;
use crate::people::store::{self as people, NewPerson};
use crate::rights::model::typed;
use crate::spine::{Answer, Asked, Desk, Form, Stop, Tandem, Viewer};

pub async fn household(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    RawQuery(text): RawQuery,
) -> Answer {
    staff(&viewer)?;
    let supervising = query(text).is("motif", "encadrement");
    let form = new_form(&tandem, &viewer);
    let nothing = (Fields::default(), Vec::new(), form);
    show(&tandem, &viewer, id(&file)?, supervising, nothing).await
}

async fn show(
    tandem: &Tandem,
    viewer: &Viewer,
    file: Id,
    supervising: bool,
    (fields, errors, form): (Fields, Vec<FieldError>, String),
) -> Answer {
    let page = tandem.look(viewer, move |desk| {
        let door = load::reading(desk, file, Class::Social, supervising)?;
        let head = load::head(desk, &door)?;
        let members = load::household(desk, &door)?;
        let may = load::may(desk, file)?.write_social;
        let (fields, errors, form) = (fields.clone(), errors.clone(), form.clone());
        Ok(HouseholdPage { head, members, may, fields, errors, form })
    });
    Ok(page.await?.answer(tandem, viewer))
}

/// Somebody about to be counted, as typed.
#[derive(Debug, Clone)]
struct Typed {
    identity: Identity,
    role: MemberRole,
    share_percent: i64,
    since: Date,
}

fn read(fields: &Fields, words: &Words, today: Date) -> Result<Typed, Vec<FieldError>> {
    let mut errors = Vec::new();
    let role = fields.get("role").and_then(MemberRole::from_code);
    if role.is_none() {
        errors.push(wrong("role", say!(words, "households-role-missing")));
    }
    let identity = person_form::identity(fields, words, today, &mut errors);
    let since = match day(fields, "since", words, today) {
        Ok(day) => day,
        Err(error) => {
            errors.push(error);
            today
        }
    };
    let share = fields.get("share").and_then(|it| it.parse().ok());
    let share_percent = share.filter(|it| SHARES.contains(it)).unwrap_or(100);
    match role {
        Some(role) if errors.is_empty() => Ok(Typed { identity, role, share_percent, since }),
        Some(_) | None => Err(errors),
    }
}

/// A day that has come; today when nothing is typed.
fn day(fields: &Fields, name: &str, words: &Words, today: Date) -> Result<Date, FieldError> {
    match fields.get(name).map(typed::date) {
        None => Ok(today),
        Some(Ok(day)) if day <= today => Ok(day),
        Some(Ok(_)) => Err(wrong(name, say!(words, "households-day-late"))),
        Some(Err(_)) => Err(wrong(name, say!(words, "households-day-form"))),
    }
}

enum Added {
    Done(String),
    Ask(Vec<Candidate>, Vec<FieldError>),
}

pub async fn add(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let number = form.value().to_owned();
    let typed = match read(&fields, viewer.words(), tandem.today()) {
        Ok(typed) => typed,
        Err(errors) => {
            return show(&tandem, &viewer, file, false, (fields, errors, number)).await;
        }
    };
    let (sent, words) = (fields.clone(), viewer.words());
    let done = tandem.act(&viewer, move |desk| {
        if let Some(location) = form.done(desk)? {
            return Ok(Added::Done(location));
        }
        desk.open(Asked::new(file, Action::Write, Class::Social))?;
        match ask_first(desk, &sent, &typed, words)? {
            Some(asked) => Ok(asked),
            None => form.once(desk, |desk| record(desk, file, &sent, &typed)).map(Added::Done),
        }
    });
    match done.await? {
        Added::Done(location) => Ok(Redirect::to(&location).into_response()),
        Added::Ask(candidates, errors) => {
            let action = format!("/dossiers/{file}/foyer");
            let asked = (candidates, errors);
            let page = people_actions::alike_page(&tandem, asked, fields, number, &action);
            Ok(page.answer(&tandem, &viewer))
        }
    }
}

/// A child of two homes, a partner already known: shown before a second record is made.
fn ask_first(
    desk: &mut Desk<'_, '_>,
    fields: &Fields,
    typed: &Typed,
    words: &Words,
) -> Result<Option<Added>, Stop> {
    let errors = match Same::of(fields) {
        Same::Another => return Ok(None),
        Same::NotAsked => Vec::new(),
        Same::Person(person) => {
            let opens = people_actions::opened_file(desk, person)?.is_some();
            if opens || fields.get("reason.text").is_some() {
                return Ok(None);
            }
            vec![wrong("reason.text", say!(words, "people-alike-reason-missing"))]
        }
    };
    let alike = people_actions::alike(desk, &typed.identity, Holder::Nobody)?;
    Ok((!alike.is_empty()).then_some(Added::Ask(alike, errors)))
}

/// INVARIANT: a record is only brought into a file by whoever may already read it in another.
fn record(
    desk: &mut Desk<'_, '_>,
    file: Id,
    fields: &Fields,
    typed: &Typed,
) -> Result<String, Stop> {
    let door = desk.open(Asked::new(file, Action::Write, Class::Social))?;
    let same = match Same::of(fields) {
        Same::Person(person) => Some(person),
        Same::NotAsked | Same::Another => None,
    };
    let opened = same.map(|it| people_actions::opened_file(desk, it)).transpose()?.flatten();
    let person = match (same, opened) {
        (Some(person), Some(_)) => person,
        (Some(_), None) | (None, _) => {
            let identity = typed.identity.clone();
            people::create(desk, &NewPerson { identity, contact: Contact::default(), nir: None })?
        }
    };
    let new = NewMember {
        person,
        role: typed.role,
        share_percent: typed.share_percent,
        starts_on: typed.since,
    };
    store::add_member(desk, &door, &new)?;
    if let Some(other) = same.filter(|it| *it != person) {
        people_actions::link(desk, file, (person, other), fields)?;
    }
    Ok(format!("/dossiers/{file}/foyer"))
}

pub async fn end(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, row)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let (file, row) = (id(&file)?, id(&row)?);
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let (number, words) = (form.value().to_owned(), viewer.words());
    let name = format!("end-{row}");
    let on = match day(&fields, &name, words, tandem.today()) {
        Ok(on) => on,
        Err(error) => {
            let again = (fields, vec![error], number);
            return show(&tandem, &viewer, file, false, again).await;
        }
    };
    let done = tandem.act(&viewer, move |desk| {
        if let Some(location) = form.done(desk)? {
            return Ok(Some(location));
        }
        let door = desk.open(Asked::new(file, Action::Write, Class::Social))?;
        let members = store::members(desk, &door)?;
        let there = members.iter().find(|it| it.row == row).ok_or(Stop::Absent)?;
        if on < there.starts_on {
            return Ok(None);
        }
        let ended = form.once(desk, |desk| {
            store::end_member(desk, &door, row, on)?;
            Ok(format!("/dossiers/{file}/foyer"))
        });
        ended.map(Some)
    });
    match done.await? {
        Some(location) => Ok(Redirect::to(&location).into_response()),
        None => {
            let errors = vec![wrong(&name, say!(words, "households-end-early"))];
            show(&tandem, &viewer, file, false, (fields, errors, number)).await
        }
    }
}
