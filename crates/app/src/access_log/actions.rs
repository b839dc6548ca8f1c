//! What the pages of the slice ask for.

use access::{Action, Class};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::Date;
use serde::Deserialize;
use store::Id;
use web::form::{FieldError, Fields};
use web::format::read_date;
use web::say;

use super::model::{Line, Visibility, Who, lines};
use super::pages::{FileLog, PersonLog, Unusual};
use super::{emergencies, matrix, store as rows, unusual as rules, view};
use crate::spine::viewer::Account;
use crate::spine::{Answer, Asked, Desk, Form, Section, Stop, Tandem, Viewer, staff_page};
use crate::structures::store::staff_name;
use crate::words;

#[derive(Debug, Deserialize)]
pub struct From {
    avant: Option<i64>,
}

pub async fn matrix() -> impl IntoResponse {
    matrix::page(words::of(web::words::Lang::French)).render()
}

fn file(text: &str) -> Result<Id, Stop> {
    text.parse().map_err(|_| Stop::Absent)
}

pub async fn of_file(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
    Query(from): Query<From>,
) -> Answer {
    let id = file(&path)?;
    let before = from.avant.unwrap_or_default().max(0);
    let page = tandem
        .look(&viewer, move |desk| {
            desk.open(Asked::new(id, Action::ReadLog, Class::Identity))?;
            let (lines, older) = read(desk, id, before)?;
            Ok(FileLog { file: id, lines, older })
        })
        .await?;
    let words = viewer.words();
    let title = say!(words, "access-log-title");
    let main = view::file_log(words, &page);
    let page = staff_page(&tandem, &viewer, Section::Cases, &title, main).wide();
    Ok(page.render().into_response())
}

type Read = (Vec<(Line, Who)>, Option<i64>);

fn read(desk: &mut Desk<'_, '_>, file: Id, before: i64) -> Result<Read, Stop> {
    let entries = rows::entries(desk.tx, file, before)?;
    let decided = rows::decided(desk.tx, file)?;
    let full = i64::try_from(entries.len()).is_ok_and(|it| it == rows::PAGE);
    let older = entries.last().filter(|_| full).map(|it| it.rank);
    let gathered = lines(&entries, |rank| decided.get(&rank).copied().unwrap_or(Visibility::Shown));
    let mut res = Vec::new();
    for line in gathered {
        let who = rows::who(desk, &line.actor, line.last_at)?;
        res.push((line, who));
    }
    Ok((res, older))
}

pub async fn for_the_person(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
) -> Answer {
    let id = file(&path)?;
    let Account::Person(_) = viewer.account else { return Err(Stop::Absent) };
    let page = tandem
        .look(&viewer, move |desk| {
            desk.open(Asked::new(id, Action::ReadLog, Class::Identity))?;
            let (all, _) = read(desk, id, 0)?;
            let now = desk.now;
            let lines = all.into_iter().filter(|it| it.0.visibility.is_open_at(now)).collect();
            Ok(PersonLog { lines })
        })
        .await?;
    let words = viewer.words();
    let title = say!(words, "person-log-title");
    let main = view::person_log(words, &page);
    Ok(crate::person_space::pages::framed(StatusCode::OK, viewer.lang, (title, main)))
}

/// Delays or protects one line.
pub async fn hide(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((path, rank)): Path<(String, i64)>,
    fields: Fields,
) -> Answer {
    let id = file(&path)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let words = viewer.words();
    let (visibility, reason) = match read_choice(words, &fields, &tandem) {
        Ok(it) => it,
        Err(errors) => {
            let main = view::hide(words, &path, rank, form.value(), &errors);
            let title = say!(words, "access-log-hide-title");
            let page = staff_page(&tandem, &viewer, Section::Cases, &title, main);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render()).into_response());
        }
    };
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                let door = desk.open(Asked::new(id, Action::Assign, Class::Identity))?;
                rows::decide(desk, &door, rank, visibility, &reason)?;
                Ok(format!("/dossiers/{id}/consultations"))
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}

fn read_choice(
    words: &web::words::Words,
    fields: &Fields,
    tandem: &Tandem,
) -> Result<(Visibility, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: String| {
        errors.push(FieldError { field: field.to_owned(), message });
    };
    let reason = fields.get("raison.text").unwrap_or_default().to_owned();
    let visibility = match fields.get("choix") {
        Some("shown") => Visibility::Shown,
        Some("protected") => Visibility::Protected,
        Some("delayed") => match fields.get("jusqu").and_then(read_date) {
            Some(date) if date > tandem.today() => delayed(date),
            Some(_) | None => {
                wrong("jusqu", say!(words, "access-log-hide-until-wrong"));
                Visibility::Shown
            }
        },
        Some(_) | None => {
            wrong("raison.text", say!(words, "access-log-hide-choice-missing"));
            Visibility::Shown
        }
    };
    if reason.chars().count() < 10 && visibility != Visibility::Shown {
        wrong("raison.text", say!(words, "access-log-hide-reason-short"));
    }
    if errors.is_empty() { Ok((visibility, reason)) } else { Err(errors) }
}

fn delayed(date: Date) -> Visibility {
    // INVARIANT: a date is written as an instant begins.
    match format!("{date}T00:00:00.000Z").parse() {
        Ok(until) => Visibility::Delayed { until },
        Err(_) => Visibility::Protected,
    }
}

pub async fn emergency(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
) -> Answer {
    let id = file(&path)?;
    viewer.staff().ok_or(Stop::Absent)?;
    tandem
        .look(&viewer, move |desk| {
            let find = Asked::new(id, Action::Find, Class::Identity);
            match desk.may(find)? {
                access::Decision::Allowed(_) => Ok(()),
                access::Decision::Refused(_) => Err(Stop::Absent),
            }
        })
        .await?;
    Ok(emergency_page(&tandem, &viewer, &Fields::default(), &[]).into_response())
}

fn emergency_page(
    tandem: &Tandem,
    viewer: &Viewer,
    fields: &Fields,
    errors: &[FieldError],
) -> maud::Markup {
    let words = viewer.words();
    let form = Form::new(viewer, &tandem.keys, tandem.now(), &mut tandem.entropy());
    let title = say!(words, "access-log-emergency-title");
    let main = view::emergency(words, form.value(), fields, errors);
    staff_page(tandem, viewer, Section::Cases, &title, main).render()
}

pub async fn open_in_emergency(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
    fields: Fields,
) -> Answer {
    let id = file(&path)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let reason = fields.get("motif.text").unwrap_or_default().to_owned();
    if reason.chars().count() < emergencies::SHORTEST_REASON {
        let message = say!(viewer.words(), "access-log-emergency-short");
        let errors = [FieldError { field: "motif.text".to_owned(), message }];
        let page = emergency_page(&tandem, &viewer, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                emergencies::declare(desk, id, &reason)?;
                Ok(format!("/dossiers/{id}?raison=urgence"))
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}

/// How far back a manager looks.
const UNUSUAL_DAYS: i64 = 30;

pub async fn unusual(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    let manager = viewer.staff().ok_or(Stop::Absent)?;
    let page = tandem
        .look(&viewer, move |desk| {
            let from = desk.now.plus_seconds(-UNUSUAL_DAYS * 86_400);
            let looks = rules::looks(desk.tx, manager, from, desk.now)?;
            let mut findings = Vec::new();
            for finding in rules::find(&looks) {
                let name = staff_name(desk.tx, &desk.keys, finding.staff)?;
                findings.push((finding, name));
            }
            let mut declared = Vec::new();
            for it in emergencies::to_look_at(desk)? {
                let name = staff_name(desk.tx, &desk.keys, it.staff)?;
                declared.push((it, name));
            }
            Ok(Unusual { findings, emergencies: declared })
        })
        .await?;
    let words = viewer.words();
    let form = Form::new(&viewer, &tandem.keys, tandem.now(), &mut tandem.entropy());
    let title = say!(words, "access-log-unusual-title");
    let main = view::unusual(words, form.value(), &page);
    Ok(staff_page(&tandem, &viewer, Section::Team, &title, main).render().into_response())
}

pub async fn seen(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let id = file(fields.get("urgence").unwrap_or_default())?;
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                emergencies::seen(desk, id)?;
                Ok("/equipe/acces".to_owned())
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}
