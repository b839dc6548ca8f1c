//! What the pages of the slice ask for.

use access::{Action, Class, Decision};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::Id;
use web::form::{FieldError, Fields};
use web::format::read_date;
use web::say;

use super::model::due;
use super::pages::{Certificates, Disputes, OfFile, Plan, SlipPage};
use super::{store as rows, view};
use crate::spine::{Answer, Asked, Desk, Form, Section, Stop, Tandem, Viewer, staff_page};
use crate::words;

/// Fewer letters say nothing.
const SHORTEST_REASON: usize = 10;

fn id(text: &str) -> Result<Id, Stop> {
    text.parse().map_err(|_| Stop::Absent)
}

fn new_form(tandem: &Tandem, viewer: &Viewer) -> Form {
    Form::new(viewer, &tandem.keys, tandem.now(), &mut tandem.entropy())
}

fn wrong(field: &str, message: String) -> FieldError {
    FieldError { field: field.to_owned(), message }
}

pub async fn plan(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    let today = tandem.today();
    let page = tandem
        .look(&viewer, move |desk| {
            let kept = rows::of_viewer(desk)?;
            let lines = kept.into_iter().map(|it| {
                let due = due(it.rule, it.history, today);
                (it, due)
            });
            Ok(Plan { lines: lines.collect() })
        })
        .await?;
    let words = viewer.words();
    let main = view::plan(words, new_form(&tandem, &viewer).value(), &page);
    let title = say!(words, "life-plan-title");
    let page = staff_page(&tandem, &viewer, Section::Team, &title, main).wide();
    Ok(page.render().into_response())
}

/// A slip for every file that waits for leave, one structure at a time.
pub async fn slip(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let today = tandem.today();
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                let kept = rows::of_viewer(desk)?;
                let awaiting: Vec<_> = kept
                    .iter()
                    .filter(|it| due(it.rule, it.history, today) == super::model::Due::AwaitVisa)
                    .collect();
                let first = awaiting.first().ok_or(Stop::Absent)?;
                let files: Vec<Id> = awaiting
                    .iter()
                    .filter(|it| it.structure == first.structure)
                    .map(|it| it.file)
                    .collect();
                let slip = rows::create_slip(desk, first.structure, &files)?;
                Ok(format!("/conservation/bordereau/{slip}"))
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}

pub async fn show_slip(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
) -> Answer {
    slip_page(&tandem, &viewer, id(&path)?, StatusCode::OK, &[]).await
}

async fn slip_page(
    tandem: &Tandem,
    viewer: &Viewer,
    slip: Id,
    status: StatusCode,
    errors: &[FieldError],
) -> Answer {
    let slip = tandem.look(viewer, move |desk| rows::slip(desk, slip)).await?;
    let words = viewer.words();
    let form = new_form(tandem, viewer);
    let main = view::slip(words, form.value(), &SlipPage { slip }, errors);
    let title = say!(words, "life-slip-title");
    let page = staff_page(tandem, viewer, Section::Team, &title, main).wide();
    Ok((status, page.render()).into_response())
}

pub async fn visa(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
    fields: Fields,
) -> Answer {
    let slip = id(&path)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let words = viewer.words();
    let mut errors = Vec::new();
    let reference = fields.get("visa").unwrap_or_default().to_owned();
    if reference.is_empty() {
        errors.push(wrong("visa", say!(words, "life-slip-visa-missing")));
    }
    let on = fields.get("le").and_then(read_date).filter(|it| *it <= tandem.today());
    let Some(on) = on.filter(|_| errors.is_empty()) else {
        if on.is_none() {
            errors.push(wrong("le", say!(words, "life-slip-visa-on-wrong")));
        }
        return slip_page(&tandem, &viewer, slip, StatusCode::UNPROCESSABLE_ENTITY, &errors).await;
    };
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                rows::record_visa(desk, slip, &reference, on)?;
                Ok(format!("/conservation/bordereau/{slip}"))
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}

pub async fn certificates(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    let lines = tandem.look(&viewer, rows::certificates).await?;
    let words = viewer.words();
    let main = view::certificates(words, &Certificates { lines });
    let title = say!(words, "life-certificates-title");
    Ok(staff_page(&tandem, &viewer, Section::Team, &title, main).render().into_response())
}

pub async fn of_file(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
) -> Answer {
    file_page(&tandem, &viewer, id(&path)?, StatusCode::OK, &[]).await
}

async fn file_page(
    tandem: &Tandem,
    viewer: &Viewer,
    file: Id,
    status: StatusCode,
    errors: &[FieldError],
) -> Answer {
    let today = tandem.today();
    let page = tandem
        .look(viewer, move |desk| {
            let door = desk.open(Asked::new(file, Action::Read, Class::Contact))?;
            let kept = rows::one(desk.tx, desk.now, file)?;
            let due = due(kept.rule, kept.history, today);
            let holds = rows::holds(desk, &door)?;
            let may_hold = may(desk, file, Action::Close)?;
            Ok(OfFile { kept, due, holds, may_hold })
        })
        .await?;
    let words = viewer.words();
    let form = new_form(tandem, viewer);
    let main = view::of_file(words, form.value(), &page, errors);
    let title = say!(words, "life-file-title");
    let page = staff_page(tandem, viewer, Section::Cases, &title, main);
    Ok((status, page.render()).into_response())
}

fn may(desk: &mut Desk<'_, '_>, file: Id, action: Action) -> Result<bool, Stop> {
    let decision = desk.may(Asked::new(file, action, Class::Identity))?;
    Ok(matches!(decision, Decision::Allowed(_)))
}

/// Suspends, or lifts.
pub async fn hold(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
    fields: Fields,
) -> Answer {
    let file = id(&path)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let lift = fields.get("lever").map(id).transpose()?;
    let reason = fields.get("raison.text").unwrap_or_default().to_owned();
    if lift.is_none() && reason.chars().count() < SHORTEST_REASON {
        let errors = [wrong("raison.text", say!(viewer.words(), "life-hold-short"))];
        return file_page(&tandem, &viewer, file, StatusCode::UNPROCESSABLE_ENTITY, &errors).await;
    }
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                let door = desk.open(Asked::new(file, Action::Close, Class::Identity))?;
                match lift {
                    Some(hold) => rows::end_hold(desk, &door, hold)?,
                    None => rows::hold(desk, &door, &reason)?,
                }
                Ok(format!("/dossiers/{file}/conservation"))
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}

pub async fn disputes(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
) -> Answer {
    disputes_page(&tandem, &viewer, id(&path)?, StatusCode::OK, &Fields::default(), &[]).await
}

async fn disputes_page(
    tandem: &Tandem,
    viewer: &Viewer,
    file: Id,
    status: StatusCode,
    fields: &Fields,
    errors: &[FieldError],
) -> Answer {
    let page = tandem
        .look(viewer, move |desk| {
            let door = desk.open(Asked::new(file, Action::Read, Class::Social))?;
            let lines = rows::disputes(desk, &door)?;
            let may_answer = desk.viewer.staff().is_some();
            Ok(Disputes { file, lines, may_answer })
        })
        .await?;
    let words = viewer.words();
    let form = new_form(tandem, viewer);
    let main = view::disputes(words, form.value(), &page, fields, errors);
    let title = say!(words, "life-disputes-title");
    let page = staff_page(tandem, viewer, Section::Cases, &title, main);
    Ok((status, page.render()).into_response())
}

pub async fn dispute(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(path): Path<String>,
    fields: Fields,
) -> Answer {
    let file = id(&path)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let words = viewer.words();
    let about = fields.get("sujet").unwrap_or_default().to_owned();
    let said = fields.get("mots.text").unwrap_or_default().to_owned();
    let mut errors = Vec::new();
    if about.is_empty() {
        errors.push(wrong("sujet", say!(words, "life-disputes-about-missing")));
    }
    if said.is_empty() {
        errors.push(wrong("mots.text", say!(words, "life-disputes-words-missing")));
    }
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return disputes_page(&tandem, &viewer, file, status, &fields, &errors).await;
    }
    let location = tandem
        .act(&viewer, move |desk| {
            form.once(desk, |desk| {
                let door = desk.open(Asked::new(file, Action::Write, Class::Social))?;
                rows::dispute(desk, &door, &about, &said)?;
                Ok(format!("/dossiers/{file}/contestations"))
            })
        })
        .await?;
    Ok(Redirect::to(&location).into_response())
}

/// The register, for everybody.
pub async fn register() -> impl IntoResponse {
    let words = words::of(web::words::Lang::French);
    let main = view::register(words, crate::PRIVACY_OF_ALL);
    let title = say!(words, "life-register-title");
    web::layout::Page::new(&title, main).wide().footer("").render()
}
