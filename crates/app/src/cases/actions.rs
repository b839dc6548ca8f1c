//! What the addresses of files ask for.

use ::store::{Id, values};
use access::{Action, Class, FileState};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use web::form::{FieldError, Fields};
use web::say;
use web::words::Words;

use super::list::{self, View};
use super::load;
use super::pages::{ClosedPage, ClosurePage, FilePage, HistoryPage, ListPage, NirPage, TeamPage};
use super::shown::{Shown, id, new_form, page_number, query, wrong};
use super::store::{self, Event};
use crate::people::store as people;
use crate::spine::ties::function;
use crate::spine::{Answer, Asked, Desk, Form, Stop, Tandem, Viewer};
use crate::structures::store::staff_name;

pub const EVENTS_BY_PAGE: usize = 30;

/// The pages of files are those of staff.
pub fn staff(viewer: &Viewer) -> Result<Id, Stop> {
    viewer.staff().ok_or(Stop::Absent)
}

pub async fn list(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    RawQuery(text): RawQuery,
) -> Answer {
    staff(&viewer)?;
    let query = query(text);
    let view = query.get("vue").and_then(View::from_code).unwrap_or(View::Mine);
    let page = page_number(&query);
    let found = tandem.look(&viewer, move |desk| {
        let count = list::count(desk, view)?;
        Ok(ListPage { view, page, count, files: list::page(desk, view, page)?, now: desk.now })
    });
    Ok(found.await?.answer(&tandem, &viewer))
}

pub async fn file(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    RawQuery(text): RawQuery,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    let (supervising, words) = (is_supervising(text), viewer.words());
    let found = tandem.look(&viewer, move |desk| load::file(desk, words, file, supervising));
    let page = FilePage { file: found.await?, form: new_form(&tandem, &viewer) };
    Ok(page.answer(&tandem, &viewer))
}

fn is_supervising(text: Option<String>) -> bool {
    query(text).is("motif", "encadrement")
}

pub async fn closed(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    match tandem.look(&viewer, move |desk| load::closed(desk, file)).await? {
        Some(closed) => Ok(ClosedPage { closed }.answer(&tandem, &viewer)),
        None => Ok(Redirect::to(&format!("/dossiers/{file}")).into_response()),
    }
}

pub async fn team(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    RawQuery(text): RawQuery,
) -> Answer {
    staff(&viewer)?;
    let (file, supervising) = (id(&file)?, is_supervising(text));
    let form = new_form(&tandem, &viewer);
    let page =
        team_page(&tandem, &viewer, file, supervising, (Fields::default(), Vec::new(), form));
    Ok(page.await?.answer(&tandem, &viewer))
}

async fn team_page(
    tandem: &Tandem,
    viewer: &Viewer,
    file: Id,
    supervising: bool,
    (fields, errors, form): (Fields, Vec<FieldError>, String),
) -> Result<TeamPage, Stop> {
    let found = tandem.look(viewer, move |desk| {
        let door = load::reading(desk, file, Class::Identity, supervising)?;
        let head = load::head(desk, &door)?;
        let (team, may) = (store::team(desk, &door)?, load::may(desk, file)?.assign);
        let colleagues = if may { colleagues(desk, file)? } else { Vec::new() };
        Ok((head, team, may, colleagues))
    });
    let (head, team, may, colleagues) = found.await?;
    Ok(TeamPage { head, team, colleagues, may, fields, errors, form })
}

/// Who works in the structure of the file now.
fn colleagues(desk: &mut Desk<'_, '_>, file: Id) -> Result<Vec<(Id, String)>, Stop> {
    let sql = "select distinct member.staff_id from memberships member
               join cases on cases.structure_id = member.structure_id
               join staff on staff.id = member.staff_id
               where cases.id = $1 and member.starts_at <= $2
                     and (member.ends_at is null or member.ends_at > $2)
                     and member.role in ('worker', 'manager')
                     and staff.suspended_at is null and staff.left_at is null";
    let keys = desk.keys.clone();
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![file, desk.now])? {
        let staff: Id = row.get(0)?;
        res.push((staff, staff_name(desk.tx, &keys, staff)?));
    }
    res.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(res)
}

pub async fn assign(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let words = viewer.words();
    let chosen: Option<Id> = fields.get("staff").and_then(|it| it.parse().ok());
    let function = fields.get("function").and_then(function);
    let mut errors = Vec::new();
    if chosen.is_none() {
        errors.push(wrong("staff", say!(words, "cases-team-staff-missing")));
    }
    if function.is_none() {
        errors.push(wrong("function", say!(words, "cases-team-function-missing")));
    }
    let (Some(chosen), Some(function), true) = (chosen, function, errors.is_empty()) else {
        let again = (fields, errors, form.value().to_owned());
        let page = team_page(&tandem, &viewer, file, false, again).await?;
        return Ok(page.answer(&tandem, &viewer));
    };
    let done = tandem.act(&viewer, move |desk| {
        form.once(desk, |desk| {
            let door = desk.open(Asked::new(file, Action::Assign, Class::Identity))?;
            // Only somebody of the structure: an identifier of elsewhere is no colleague.
            if !colleagues(desk, file)?.iter().any(|(it, _)| *it == chosen) {
                return Err(Stop::Absent);
            }
            store::assign(desk, &door, chosen, function)?;
            Ok(format!("/dossiers/{file}/equipe"))
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}

pub async fn unassign(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, row)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let (file, row) = (id(&file)?, id(&row)?);
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let done = tandem.act(&viewer, move |desk| {
        form.once(desk, |desk| {
            let door = desk.open(Asked::new(file, Action::Assign, Class::Identity))?;
            store::unassign(desk, &door, row)?;
            Ok(format!("/dossiers/{file}/equipe"))
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}

pub async fn history(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    RawQuery(text): RawQuery,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    let page = page_number(&query(text.clone()));
    let (supervising, words) = (is_supervising(text), viewer.words());
    let found = tandem.look(&viewer, move |desk| {
        let door = load::reading(desk, file, Class::Social, supervising)?;
        let limit = i64::try_from(EVENTS_BY_PAGE).unwrap_or(i64::MAX);
        let skipped = page.saturating_sub(1).saturating_mul(EVENTS_BY_PAGE);
        let skipped = i64::try_from(skipped).unwrap_or(i64::MAX);
        let lines = load::thread(desk, words, &door, limit, skipped)?;
        let (head, count) = (load::head(desk, &door)?, load::count_of_events(desk, &door)?);
        Ok(HistoryPage { head, lines, page, count })
    });
    Ok(found.await?.answer(&tandem, &viewer))
}

/// Whether a file is to be closed, or opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    Close,
    Reopen,
}

impl Closure {
    /// Reopening is giving the file to a team again: whoever may assign may.
    fn action(self) -> Action {
        match self {
            Self::Close => Action::Close,
            Self::Reopen => Action::Assign,
        }
    }

    fn state(self) -> FileState {
        match self {
            Self::Close => FileState::Open,
            Self::Reopen => FileState::Closed,
        }
    }
}

pub async fn to_close(state: State<Tandem>, viewer: Viewer, path: Path<String>) -> Answer {
    closure(state.0, viewer, &path.0, Closure::Close).await
}

pub async fn to_reopen(state: State<Tandem>, viewer: Viewer, path: Path<String>) -> Answer {
    closure(state.0, viewer, &path.0, Closure::Reopen).await
}

async fn closure(tandem: Tandem, viewer: Viewer, file: &str, wanted: Closure) -> Answer {
    staff(&viewer)?;
    let form = new_form(&tandem, &viewer);
    let again = (Fields::default(), Vec::new(), form);
    let page = closure_page(&tandem, &viewer, id(file)?, wanted, again).await?;
    Ok(page.answer(&tandem, &viewer))
}

async fn closure_page(
    tandem: &Tandem,
    viewer: &Viewer,
    file: Id,
    wanted: Closure,
    (fields, errors, form): (Fields, Vec<FieldError>, String),
) -> Result<ClosurePage, Stop> {
    let found = tandem.look(viewer, move |desk| {
        let door = desk.open(Asked::new(file, wanted.action(), Class::Identity))?;
        let head = load::head(desk, &door)?;
        if head.state == wanted.state() { Ok(head) } else { Err(Stop::Absent) }
    });
    let head = found.await?;
    Ok(ClosurePage { head, closing: wanted == Closure::Close, fields, errors, form })
}

pub async fn close(
    state: State<Tandem>,
    viewer: Viewer,
    path: Path<String>,
    fields: Fields,
) -> Answer {
    settle(state.0, viewer, &path.0, fields, Closure::Close).await
}

pub async fn reopen(
    state: State<Tandem>,
    viewer: Viewer,
    path: Path<String>,
    fields: Fields,
) -> Answer {
    settle(state.0, viewer, &path.0, fields, Closure::Reopen).await
}

async fn settle(
    tandem: Tandem,
    viewer: Viewer,
    file: &str,
    fields: Fields,
    wanted: Closure,
) -> Answer {
    staff(&viewer)?;
    let file = id(file)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let Some(reason) = fields.get("reason.text").map(str::to_owned) else {
        let errors = vec![missing_reason(viewer.words())];
        let again = (fields, errors, form.value().to_owned());
        let page = closure_page(&tandem, &viewer, file, wanted, again).await?;
        return Ok(page.answer(&tandem, &viewer));
    };
    let done = tandem.act(&viewer, move |desk| {
        form.once(desk, |desk| {
            let door = desk.open(Asked::new(file, wanted.action(), Class::Identity))?;
            match wanted {
                Closure::Close => store::close(desk, &door, &reason)?,
                Closure::Reopen => store::reopen(desk, &door, &reason)?,
            }
            Ok(format!("/dossiers/{file}"))
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}

pub fn missing_reason(words: &Words) -> FieldError {
    wrong("reason.text", say!(words, "cases-reason-missing"))
}

/// Shows the number of social security: asked by a button, never by following a link.
pub async fn nir(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, person)): Path<(String, String)>,
) -> Answer {
    staff(&viewer)?;
    let (file, person) = (id(&file)?, id(&person)?);
    let found = tandem.look(&viewer, move |desk| {
        let door = load::reading(desk, file, Class::Contact, false)?;
        let nir = people::nir(desk, &door, person)?.map(|it| it.shown());
        let name = people::identity(desk, &door, person)?.name();
        Ok(NirPage { head: load::head(desk, &door)?, name, nir })
    });
    Ok(found.await?.answer(&tandem, &viewer))
}

/// Two records were not the same person after all.
pub async fn unlink(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, person, link)): Path<(String, String, String)>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let (file, person, link) = (id(&file)?, id(&person)?, id(&link)?);
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let done = tandem.act(&viewer, move |desk| {
        form.once(desk, |desk| {
            let door = desk.open(Asked::new(file, Action::Write, Class::Identity))?;
            people::unlink(desk, &door, person, link)?;
            store::event(desk, &door, Event::Unlinked, "")?;
            Ok(format!("/dossiers/{file}"))
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}
