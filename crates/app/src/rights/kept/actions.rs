//! What the addresses of checks ask for.

use access::{Action, Class, Decision};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use web::form::Fields;

use ::store::Id;

use super::pages::{ChecksPage, KeptPage, ListedCheck, Start};
use super::prefill::{answers, prefill};
use super::results::Results;
use super::store::{self, Check, Heading, NewCheck, class_of};
use crate::cases::shown::{Shown, id, new_form};
use crate::cases::{load, staff};
use crate::rights::assess::assess;
use crate::rights::model;
use crate::spine::{Answer, Asked, Desk, Door, Form, Stop, Tandem, Viewer};

pub async fn checks(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    let (form, today, words) = (new_form(&tandem, &viewer), tandem.today(), viewer.words());
    let page = tandem.look(&viewer, move |desk| {
        let door = load::reading(desk, file, Class::Social, false)?;
        let head = load::head(desk, &door)?;
        let mut checks = Vec::new();
        for heading in store::headings(desk, &door)? {
            let author = load::actor(desk, words, &heading.author)?;
            let opens = opens(desk, file, heading.class)?;
            checks.push(ListedCheck { heading, author, opens });
        }
        let start = match load::may(desk, file)?.write_social {
            true => Some(start(desk, &door, &checks, form.clone())?),
            false => None,
        };
        Ok(ChecksPage { head, checks, start, today })
    });
    Ok(page.await?.answer(&tandem, &viewer))
}

fn opens(desk: &mut Desk<'_, '_>, file: Id, class: Class) -> Result<bool, Stop> {
    let may = desk.may(Asked::new(file, Action::Read, class))?;
    Ok(matches!(may, Decision::Allowed(_)))
}

/// The household, and the answers of the last check this viewer may open.
fn start(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    checks: &[ListedCheck],
    form: String,
) -> Result<Start, Stop> {
    let last = checks.iter().find(|it| it.opens).map(|it| it.heading.clone());
    let previous = match &last {
        Some(heading) => Some(open(desk, door.file, heading)?.answers),
        None => None,
    };
    let household = load::household(desk, door)?;
    let today = desk.now.day_in_paris();
    Ok(Start { fields: prefill(previous.as_ref(), &household, today), from: last, form })
}

fn open(desk: &mut Desk<'_, '_>, file: Id, heading: &Heading) -> Result<Check, Stop> {
    let door = load::reading(desk, file, heading.class, false)?;
    store::check(desk, &door, heading.id)
}

pub async fn check(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path((file, check)): Path<(String, String)>,
) -> Answer {
    staff(&viewer)?;
    let (file, check) = (id(&file)?, id(&check)?);
    let (words, rulebook) = (viewer.words(), tandem.law.fingerprint());
    let page = tandem.look(&viewer, move |desk| {
        let door = load::reading(desk, file, Class::Social, false)?;
        let head = load::head(desk, &door)?;
        let known = store::headings(desk, &door)?;
        let heading = known.iter().find(|it| it.id == check).ok_or(Stop::Absent)?;
        let check = open(desk, file, heading)?;
        let author = load::actor(desk, words, &heading.author)?;
        let assessment = check.results.assessment().ok_or(Stop::Sealed)?;
        let law_changed = heading.rulebook != rulebook;
        Ok(KeptPage { head, check, author, assessment, law_changed })
    });
    Ok(page.await?.answer(&tandem, &viewer))
}

/// Keeps the answers of the page of results, and what the law says of them now.
pub async fn keep(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    fields: Fields,
) -> Answer {
    staff(&viewer)?;
    let file = id(&file)?;
    // The number of the form only says that this session asked: the same answers are one check by themselves, and
    // other answers of the same form are another.
    Form::sent(&fields, &viewer, &tandem.keys)?;
    if super::file_of(&fields) != Some(file) {
        return Err(Stop::Absent);
    }
    let kept = answers(fields);
    let read = model::read(&kept, tandem.today());
    if !read.errors.is_empty() {
        return Err(Stop::Absent);
    }
    let assessment = assess(tandem.law, &read).map_err(|_| Stop::Absent)?;
    let new = NewCheck {
        month: read.period.month,
        rulebook: tandem.law.fingerprint(),
        results: Results::of(&assessment),
        answers: kept,
    };
    let done = tandem.act(&viewer, move |desk| {
        // Whoever wrote it can read it again.
        let class = class_of(&new.answers);
        desk.open(Asked::new(file, Action::Write, Class::Social))?;
        let door = load::reading(desk, file, class, false)?;
        store::keep(desk, &door, &new)
    });
    let check = done.await?;
    Ok(Redirect::to(&format!("/dossiers/{file}/droits/{check}")).into_response())
}
