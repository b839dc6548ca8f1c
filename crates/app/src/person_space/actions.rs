//! What the forms of the accompanied person do.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use web::form::Fields;
use web::words::Lang;

use super::pages::{self, CardSignInPage, framed};
use super::view;
use crate::accounts::actions::{CLEAR_SITE_DATA, later, with_session, without_session};
use crate::accounts::browser::Browser;
use crate::accounts::sign_in::{self, First};
use crate::accounts::view::{error, wait};
use crate::spine::session;
use crate::spine::{Answer, Stop, Tandem, Viewer};
use crate::words;

pub async fn sign_in(
    State(tandem): State<Tandem>,
    browser: Browser,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let lang = pages::lang(fields.get("langue"), &headers);
    let words = words::of(lang);
    let text = |name| fields.get(name).unwrap_or_default();
    let refused = |status, errors| {
        let page = CardSignInPage { lang, errors, ..CardSignInPage::default() };
        framed(status, lang, page.main(words))
    };
    if text("code").is_empty() || text("pin").is_empty() {
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, view::wrong(words)));
    }
    Ok(match sign_in::with_card(&tandem, &browser, text("code"), text("pin"), lang).await? {
        First::HalfWay(token) => with_session(Redirect::to("/espace").into_response(), &token),
        First::Wrong => refused(StatusCode::UNPROCESSABLE_ENTITY, view::wrong(words)),
        First::Wait(seconds) => {
            let errors = vec![error("code", wait(words, seconds))];
            later(seconds, refused(StatusCode::TOO_MANY_REQUESTS, errors))
        }
    })
}

/// For this session: the device may be somebody else's.
pub async fn language(State(tandem): State<Tandem>, viewer: Viewer, fields: Fields) -> Answer {
    let lang = fields.get("langue").and_then(Lang::from_tag).ok_or(Stop::Absent)?;
    let own = viewer.session;
    tandem.act(&viewer, move |desk| Ok(session::speak(desk.tx, own, lang.tag())?)).await?;
    Ok(Redirect::to("/espace").into_response())
}

/// By a link or a button. The session ends first; then the browser is asked to forget all it has of us.
pub async fn leave(State(tandem): State<Tandem>, browser: Browser) -> Answer {
    let now = tandem.now();
    tandem.quietly(move |tx| sign_in::end(tx, browser.session.as_ref(), now)).await?;
    Ok(forgotten(Redirect::to("/calendrier").into_response()))
}

fn forgotten(response: Response) -> Response {
    let mut response = without_session(response);
    let all = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert(CLEAR_SITE_DATA, all);
    response
}
