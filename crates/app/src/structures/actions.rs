//! What the forms of the team do.

use access::Role;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use store::Id;
use web::form::Fields;

use super::model::{Typed, may_give, roles_to_give};
use super::pages::{
    InvitedPage, framed, invite_page, managed, may_give_access, member_page, own, roles_in,
    team_page,
};
use super::store::{self as rows, NewStaff};
use super::view;
use crate::accounts::own::pages::new_form;
use crate::accounts::store as accounts;
use crate::accounts::view::error;
use crate::spine::session;
use crate::spine::ties;
use crate::spine::{Answer, Desk, Form, Stop, Tandem, Viewer};

/// A new colleague, or one who already works elsewhere with Tandem: the latter signs in as before.
pub async fn invite(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(structure): Path<String>,
    fields: Fields,
) -> Answer {
    let structure: Id = structure.parse().map_err(|_| Stop::Absent)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let typed = Typed::read(&fields);
    let faults = typed.faults();
    if !faults.is_empty() {
        return invite_again(&tandem, &viewer, structure, typed, &faults).await;
    }
    let invited = typed.clone();
    let done = tandem.act(&viewer, move |desk| {
        let mut code = None;
        let location = form.once(desk, |desk| {
            code = invite_in(desk, structure, &invited)?;
            Ok("/equipe".to_owned())
        })?;
        Ok((location, code))
    });
    Ok(match done.await? {
        (_, Some(code)) => invited_page(&tandem, &viewer, typed.name, code),
        (location, None) => Redirect::to(&location).into_response(),
    })
}

/// A service of the structure, to which colleagues and files may then belong.
pub async fn create_team(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(structure): Path<String>,
    fields: Fields,
) -> Answer {
    let structure: Id = structure.parse().map_err(|_| Stop::Absent)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let field = view::service_field(structure);
    let name = text(&fields, &field);
    if name.is_empty() {
        let message = viewer.words().say("structures-service-missing");
        let page = team_page(&tandem, &viewer, vec![error(&field, message)]).await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(framed(&tandem, &viewer, status, page.main(viewer.words())));
    }
    let done = tandem.act(&viewer, move |desk| {
        if roles_to_give(&roles_in(&own(desk)?, structure)).is_empty() {
            return Err(Stop::Absent);
        }
        form.once(desk, |desk| {
            rows::create_team(desk.tx, structure, &name, desk.now, &mut desk.entropy)?;
            Ok("/equipe".to_owned())
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}

/// The code to hand over; none for who already signs in.
fn invite_in(
    desk: &mut Desk<'_, '_>,
    structure: Id,
    typed: &Typed,
) -> Result<Option<String>, Stop> {
    let role = role_given(desk, structure, &typed.role)?;
    let team = team_of(desk, structure, &typed.team)?;
    let (keys, now) = (desk.keys.clone(), desk.now);
    let new = NewStaff { name: &typed.name, email: &typed.address };
    let staff = rows::find_or_create_staff(desk.tx, &keys, &new, now, &mut desk.entropy)?;
    let own = rows::memberships_of(desk.tx, staff, now)?;
    if !own.iter().any(|it| it.structure == structure && it.role == Some(role) && it.team == team) {
        rows::join(desk.tx, staff, structure, team, role, now, &mut desk.entropy)?;
    }
    // Somebody expected elsewhere too is invited there: a code made here would open that place as well.
    if accounts::password_of(desk.tx, staff)?.is_some() || !may_give_access(desk, staff)? {
        return Ok(None);
    }
    let by = desk.viewer.staff().ok_or(Stop::Absent)?;
    Ok(Some(accounts::invite(desk.tx, &keys, staff, by, now, &mut desk.entropy)?))
}

async fn invite_again(
    tandem: &Tandem,
    viewer: &Viewer,
    structure: Id,
    typed: Typed,
    faults: &[(&'static str, &'static str)],
) -> Answer {
    let form = new_form(tandem, viewer);
    let mut page = tandem
        .look(viewer, move |desk| invite_page(desk, structure, form.clone(), typed.clone()))
        .await?;
    page.errors = view::errors(viewer.words(), faults);
    Ok(framed(tandem, viewer, StatusCode::UNPROCESSABLE_ENTITY, page.main(viewer.words())))
}

fn invited_page(
    tandem: &Tandem,
    viewer: &Viewer,
    name: String,
    code: String,
) -> axum::response::Response {
    let link = format!("{}/invitation/{code}", tandem.settings.address);
    let until = tandem.now().plus_seconds(accounts::INVITATION_DAYS * 24 * 3600);
    let page = InvitedPage { name, link, code, until };
    framed(tandem, viewer, StatusCode::OK, page.main(viewer.words()))
}

/// Another role or team: the membership ends and another begins.
pub async fn change(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(membership): Path<String>,
    fields: Fields,
) -> Answer {
    let id: Id = membership.parse().map_err(|_| Stop::Absent)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let (role, team) = (text(&fields, "role"), text(&fields, "team"));
    let done = tandem.act(&viewer, move |desk| {
        let mut fault = None;
        let location = form.once(desk, |desk| {
            let it = managed(desk, id)?;
            let role = role_given(desk, it.structure, &role)?;
            let team = team_of(desk, it.structure, &team)?;
            if role != Role::Admin && rows::is_last_admin(desk.tx, &it, desk.now)? {
                fault = Some("structures-last-admin");
                return Err(Stop::Absent);
            }
            if (it.role, it.team) != (Some(role), team) {
                rows::end_membership(desk.tx, it.id, desk.now)?;
                let (now, staff) = (desk.now, it.staff);
                rows::join(desk.tx, staff, it.structure, team, role, now, &mut desk.entropy)?;
            }
            Ok("/equipe".to_owned())
        });
        told(location, fault)
    });
    ended(&tandem, &viewer, id, done.await?).await
}

/// Ends what they were here; their sessions end at once, everywhere.
pub async fn leave(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(membership): Path<String>,
    fields: Fields,
) -> Answer {
    let id: Id = membership.parse().map_err(|_| Stop::Absent)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let done = tandem.act(&viewer, move |desk| {
        let mut fault = None;
        let location = form.once(desk, |desk| {
            let it = managed(desk, id)?;
            let theirs = rows::memberships_of(desk.tx, it.staff, desk.now)?;
            for other in theirs.iter().filter(|other| other.structure == it.structure) {
                managed(desk, other.id)?;
                if rows::is_last_admin(desk.tx, other, desk.now)? {
                    fault = Some("structures-last-admin");
                    return Err(Stop::Absent);
                }
            }
            session::revoke_all(desk.tx, it.staff, desk.now)?;
            if rows::leave(desk.tx, it.staff, it.structure, desk.now)? {
                accounts::forget_proofs(desk.tx, it.staff)?;
            }
            Ok("/equipe".to_owned())
        });
        told(location, fault)
    });
    ended(&tandem, &viewer, id, done.await?).await
}

/// A new invitation for who lost everything: the former proofs end when it is used.
pub async fn give_access(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(membership): Path<String>,
    fields: Fields,
) -> Answer {
    let id: Id = membership.parse().map_err(|_| Stop::Absent)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let done = tandem.act(&viewer, move |desk| {
        let mut invited = None;
        let location = form.once(desk, |desk| {
            let it = managed(desk, id)?;
            let by = desk.viewer.staff().ok_or(Stop::Absent)?;
            if !may_give_access(desk, it.staff)? {
                return Err(Stop::Absent);
            }
            let (keys, now) = (desk.keys.clone(), desk.now);
            let name = rows::staff_name(desk.tx, &keys, it.staff)?;
            let code = accounts::invite(desk.tx, &keys, it.staff, by, now, &mut desk.entropy)?;
            invited = Some((name, code));
            Ok("/equipe".to_owned())
        })?;
        Ok((location, invited))
    });
    Ok(match done.await? {
        (_, Some((name, code))) => invited_page(&tandem, &viewer, name, code),
        (location, None) => Redirect::to(&location).into_response(),
    })
}

/// A fault is an answer: nothing was written before it was found.
fn told(
    location: Result<String, Stop>,
    fault: Option<&'static str>,
) -> Result<Result<String, &'static str>, Stop> {
    match (location, fault) {
        (Err(_), Some(fault)) => Ok(Err(fault)),
        (other, _) => other.map(Ok),
    }
}

async fn ended(
    tandem: &Tandem,
    viewer: &Viewer,
    id: Id,
    done: Result<String, &'static str>,
) -> Answer {
    let fault = match done {
        Ok(location) => return Ok(Redirect::to(&location).into_response()),
        Err(fault) => fault,
    };
    let form = new_form(tandem, viewer);
    let mut page = tandem.look(viewer, move |desk| member_page(desk, id, form.clone())).await?;
    page.errors = view::errors(viewer.words(), &[("role", fault)]);
    Ok(framed(tandem, viewer, StatusCode::UNPROCESSABLE_ENTITY, page.main(viewer.words())))
}

/// A role that the viewer may give there.
fn role_given(desk: &mut Desk<'_, '_>, structure: Id, code: &str) -> Result<Role, Stop> {
    let role = ties::role(code).ok_or(Stop::Absent)?;
    let own = roles_in(&own(desk)?, structure);
    if own.iter().any(|it| may_give(*it, role)) { Ok(role) } else { Err(Stop::Absent) }
}

fn team_of(desk: &mut Desk<'_, '_>, structure: Id, text: &str) -> Result<Option<Id>, Stop> {
    if text.is_empty() {
        return Ok(None);
    }
    let teams = rows::teams_of(desk.tx, structure)?;
    let found = teams.iter().find(|it| it.0.to_string() == text).map(|it| it.0);
    found.map(Some).ok_or(Stop::Absent)
}

fn text(fields: &Fields, name: &str) -> String {
    fields.get(name).unwrap_or_default().to_owned()
}
