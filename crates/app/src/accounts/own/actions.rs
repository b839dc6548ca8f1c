//! What the forms of « Mon compte » do.

use access::Action;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use store::Id;
use web::form::Fields;
use web::say;

use super::super::actions::{chosen, later, with_session};
use super::super::browser::Browser;
use super::super::pages::CodesPage;
use super::super::password::{self as passwords, Lane};
use super::super::slow_down::{self, Turn};
use super::super::{cards, letters, sign_in, store as rows, totp, view};
use super::pages::{CardPage, PasswordPage, framed, fresh, new_form, own_words, pending, staff};
use crate::spine::session;
use crate::spine::{Answer, Asked, Desk, Form, Stop, Tandem, Viewer};

/// One session, or all but this one.
pub async fn end_sessions(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    let which = fields.get("session").unwrap_or_default().to_owned();
    let done = tandem.act(&viewer, move |desk| {
        let own = desk.viewer.session;
        let staff = staff(desk)?;
        let others = session::of_account(desk.tx, staff, desk.now)?;
        let chosen = |it: &&session::Session| {
            it.id != own && (which == "autres" || it.id.to_string() == which)
        };
        for other in others.iter().filter(chosen) {
            session::revoke(desk.tx, other.id, desk.now)?;
        }
        Ok(())
    });
    done.await?;
    Ok(Redirect::to("/compte").into_response())
}

/// The former one is asked; the other sessions end, and this one gets a new token.
pub async fn password(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    browser: Browser,
    fields: Fields,
) -> Answer {
    let staff = viewer.staff().ok_or(Stop::Absent)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let refused = |status, errors| {
        let page = PasswordPage { form: new_form(&tandem, &viewer), errors };
        Ok(framed(&tandem, &viewer, status, page.main(viewer.words())))
    };
    let current = fields.get("current").unwrap_or_default();
    match is_current(&tandem, staff, browser, current).await? {
        Current::Right => {}
        Current::Wrong => {
            let error = view::error("current", say!(viewer.words(), "accounts-current-wrong"));
            return refused(StatusCode::UNPROCESSABLE_ENTITY, vec![error]);
        }
        Current::Wait(seconds) => {
            let error = view::error("current", view::wait(viewer.words(), seconds));
            let page = refused(StatusCode::TOO_MANY_REQUESTS, vec![error])?;
            return Ok(later(seconds, page));
        }
    }
    let errors = chosen(&fields, &own_words(&tandem, staff).await?);
    if !errors.is_empty() {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, errors);
    }
    let new = passwords::store(&tandem, fields.get("new").unwrap_or_default()).await?;
    let done = tandem.act(&viewer, move |desk| {
        let mut token = None;
        let location = form.once(desk, |desk| {
            rows::set_password(desk.tx, staff, &new, desk.now)?;
            token = Some(alone(desk, staff)?);
            Ok("/compte".to_owned())
        })?;
        Ok((location, token))
    });
    let (location, token) = done.await?;
    Ok(to(&location, token.as_ref()))
}

/// Whether somebody already in gave their password.
enum Current {
    Right,
    Wrong,
    Wait(i64),
}

/// Tried as slowly as at the door: the session may have been left open on a table.
async fn is_current(
    tandem: &Tandem,
    staff: Id,
    browser: Browser,
    typed: &str,
) -> Result<Current, Stop> {
    let (now, mut entropy) = (tandem.now(), tandem.entropy());
    let (stored, turn) = tandem
        .quietly(move |tx| {
            let whence = sign_in::whence(tx, Some(staff), &browser, now)?;
            let subject = format!("password:{staff}");
            let turn = slow_down::take_turn(tx, &subject, &whence, now, &mut entropy)?;
            Ok((rows::password_of(tx, staff)?, turn))
        })
        .await?;
    let attempt = match turn {
        Turn::Taken(attempt) => attempt,
        Turn::Wait(seconds) => return Ok(Current::Wait(seconds)),
    };
    if !passwords::check(tandem, Lane::Known, stored, typed).await? {
        return Ok(Current::Wrong);
    }
    tandem.quietly(move |tx| Ok(slow_down::worked(tx, attempt)?)).await?;
    Ok(Current::Right)
}

/// A session that has just proved more goes on under its new token.
fn to(location: &str, token: Option<&session::Token>) -> Response {
    let response = Redirect::to(location).into_response();
    match token {
        Some(token) => with_session(response, token),
        None => response,
    }
}

/// Every other session ends; this one goes on under a new token.
fn alone(desk: &mut Desk<'_, '_>, staff: Id) -> Result<session::Token, Stop> {
    let own = desk.viewer.session;
    for other in session::of_account(desk.tx, staff, desk.now)?.iter().filter(|it| it.id != own) {
        session::revoke(desk.tx, other.id, desk.now)?;
    }
    Ok(session::prove(desk.tx, own, desk.now, &mut desk.entropy)?)
}

/// The new telephone replaces the former one; the other sessions end.
pub async fn telephone(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    fresh(&tandem, &viewer)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let typed = letters::plain(fields.get("code").unwrap_or_default());
    let done = tandem.act(&viewer, move |desk| {
        let mut token = None;
        let location = form.once(desk, |desk| {
            let staff = staff(desk)?;
            let (keys, now) = (desk.keys.clone(), desk.now);
            let own = rows::pending_authenticator(desk.tx, &keys, staff, now, &mut desk.entropy)?;
            let step = totp::step_of(&own.secret, &typed, 0, now).ok_or(Stop::Absent)?;
            rows::confirm_authenticator(desk.tx, staff, own.id, step, now)?;
            token = Some(alone(desk, staff)?);
            Ok("/compte".to_owned())
        })?;
        Ok((location, token))
    });
    match done.await {
        Ok((location, token)) => Ok(to(&location, token.as_ref())),
        Err(Stop::Absent) => {
            let message = say!(viewer.words(), "accounts-telephone-wrong");
            let page = pending(&tandem, &viewer, vec![view::error("code", message)]).await?;
            let shown = page.main(viewer.words());
            Ok(framed(&tandem, &viewer, StatusCode::UNPROCESSABLE_ENTITY, shown))
        }
        Err(other) => Err(other),
    }
}

/// Shown once: sent again, the form leads to the account.
pub async fn codes(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    fresh(&tandem, &viewer)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let done = tandem.act(&viewer, move |desk| {
        let mut codes = None;
        let location = form.once(desk, |desk| {
            let staff = staff(desk)?;
            let (keys, now) = (desk.keys.clone(), desk.now);
            codes = Some(rows::new_printed_codes(desk.tx, &keys, staff, now, &mut desk.entropy)?);
            Ok("/compte".to_owned())
        })?;
        Ok((location, codes))
    });
    Ok(match done.await? {
        (_, Some(codes)) => {
            framed(&tandem, &viewer, StatusCode::OK, CodesPage { codes }.main(viewer.words()))
        }
        (location, None) => Redirect::to(&location).into_response(),
    })
}

/// Face to face, from the file: the card is shown once, to be printed.
pub async fn give_card(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    fields: Fields,
) -> Answer {
    let (file, person) = whose(&viewer, &file, &fields)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let drawn = cards::draw(&tandem).await?;
    let back = format!("/dossiers/{file}");
    let to = back.clone();
    let done = tandem.act(&viewer, move |desk| {
        let door = desk.open(Asked::new(file, Action::Write, cards::CLASS))?;
        let mut card = None;
        let location = form.once(desk, |desk| {
            card = Some(cards::give_card(desk, &door, person, &drawn)?);
            Ok(to.clone())
        })?;
        Ok((location, card))
    });
    Ok(match done.await? {
        (_, Some(card)) => {
            let page = CardPage::new(&tandem.settings.address, card, back);
            framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words()))
        }
        (location, None) => Redirect::to(&location).into_response(),
    })
}

pub async fn revoke_card(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(file): Path<String>,
    fields: Fields,
) -> Answer {
    let (file, person) = whose(&viewer, &file, &fields)?;
    let form = Form::sent(&fields, &viewer, &tandem.keys)?;
    let done = tandem.act(&viewer, move |desk| {
        let door = desk.open(Asked::new(file, Action::Write, cards::CLASS))?;
        form.once(desk, |desk| {
            cards::revoke_card(desk, &door, person)?;
            Ok(format!("/dossiers/{file}"))
        })
    });
    Ok(Redirect::to(&done.await?).into_response())
}

/// A card is given by somebody of the service, not by a person to another.
fn whose(viewer: &Viewer, file: &str, fields: &Fields) -> Result<(Id, Id), Stop> {
    viewer.staff().ok_or(Stop::Absent)?;
    let id = |text: &str| text.parse::<Id>().map_err(|_| Stop::Absent);
    Ok((id(file)?, id(fields.get("person").unwrap_or_default())?))
}
