//! What the forms of sign-in do.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use web::cookie;
use web::form::{FieldError, Fields};
use web::say;

use super::browser::Browser;
use super::own::pages::own_words;
use super::pages::{
    self, CodePage, CodesPage, InvitationPage, SignInPage, TelephonePage, Welcome, french, shown,
};
use super::password::{self, Lane};
use super::sign_in::{self, First, Second};
use super::slow_down::{self, Turn, Whence};
use super::{cards, own_path, store as rows, totp, view};
use crate::spine::session::{self, Kind, Token};
use crate::spine::viewer::HalfWay;
use crate::spine::{Account, Answer, Stop, Tandem, Viewer};

pub async fn sign_in(State(tandem): State<Tandem>, browser: Browser, fields: Fields) -> Answer {
    let words = french();
    let text = |name| fields.get(name).unwrap_or_default().to_owned();
    let (address, typed, back) = (text("address"), text("password"), text("vers"));
    let mut page = SignInPage { address, back, ..SignInPage::default() };
    if page.address.is_empty() {
        page.errors.push(view::error("address", say!(words, "accounts-address-missing")));
    }
    if typed.is_empty() {
        page.errors.push(view::error("password", say!(words, "accounts-password-missing")));
    }
    if !page.errors.is_empty() {
        return Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(words)));
    }
    match sign_in::first(&tandem, &browser, &page.address, &typed).await? {
        First::HalfWay(token) => Ok(with_session(to_code(&page.back), &token)),
        First::Wrong => {
            page.errors.push(view::error("password", say!(words, "accounts-wrong")));
            Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(words)))
        }
        First::Wait(seconds) => {
            page.errors.push(view::error("password", view::wait(words, seconds)));
            Ok(later(seconds, shown(StatusCode::TOO_MANY_REQUESTS, page.main(words))))
        }
    }
}

fn to_code(back: &str) -> Response {
    if back.is_empty() {
        return Redirect::to("/connexion/code").into_response();
    }
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    Redirect::to(&format!("/connexion/code?vers={back}")).into_response()
}

pub async fn code(
    State(tandem): State<Tandem>,
    HalfWay(half): HalfWay,
    browser: Browser,
    fields: Fields,
) -> Answer {
    if half.kind == Kind::Person {
        return Err(Stop::Absent);
    }
    if half.second_factor {
        return Ok(Redirect::to(own_path(fields.get("vers"))).into_response());
    }
    let page = CodePage { back: back(&fields), ..CodePage::default() };
    second(tandem, half, browser, &fields, page).await
}

/// Asked again before what takes data out of the house, or opens it wider.
pub async fn confirm(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    HalfWay(own): HalfWay,
    browser: Browser,
    fields: Fields,
) -> Answer {
    let page = CodePage { back: back(&fields), again: true, ..CodePage::default() };
    match viewer.account {
        Account::Staff(_) => second(tandem, own, browser, &fields, page).await,
        Account::Person(account) => {
            let page = CodePage { is_person: true, ..page };
            number_again(&tandem, &viewer, account, &browser, &fields, page).await
        }
    }
}

async fn second(
    tandem: Tandem,
    own: session::Session,
    browser: Browser,
    fields: &Fields,
    mut page: CodePage,
) -> Answer {
    let words = french();
    let Some(typed) = fields.get("code").map(str::to_owned) else {
        page.errors.push(view::error("code", say!(words, "accounts-code-missing")));
        return Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(words)));
    };
    let (now, keys, mut entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let done = tandem
        .quietly(move |tx| sign_in::second(tx, &keys, &own, &browser, &typed, now, &mut entropy));
    match done.await? {
        Second::In { session, device } => {
            let back = (!page.back.is_empty()).then_some(page.back.as_str());
            let to = Redirect::to(own_path(back)).into_response();
            Ok(with_device(with_session(to, &session), &device))
        }
        Second::Wrong => {
            page.errors.push(view::error("code", say!(words, "accounts-code-wrong")));
            Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(words)))
        }
        Second::Wait(seconds) => {
            page.errors.push(view::error("code", view::wait(words, seconds)));
            Ok(later(seconds, shown(StatusCode::TOO_MANY_REQUESTS, page.main(words))))
        }
        Second::Ended => Ok(without_session(Redirect::to("/connexion?fin=essais").into_response())),
    }
}

/// The number of the card, from who is already in with it.
async fn number_again(
    tandem: &Tandem,
    viewer: &Viewer,
    account: store::Id,
    browser: &Browser,
    fields: &Fields,
    mut page: CodePage,
) -> Answer {
    let words = viewer.words();
    let (now, mut entropy) = (tandem.now(), tandem.entropy());
    let (origin, own) = (browser.origin.clone(), viewer.session);
    let (stored, turn) = tandem
        .quietly(move |tx| {
            let whence = Whence { origin: origin.clone(), device: None };
            let subject = format!("number:{account}");
            let turn = slow_down::take_turn(tx, &subject, &whence, now, &mut entropy)?;
            Ok((cards::pin_of(tx, account)?, turn))
        })
        .await?;
    let attempt = match turn {
        Turn::Taken(attempt) => attempt,
        Turn::Wait(seconds) => {
            page.errors.push(view::error("code", view::wait(words, seconds)));
            return Ok(later(seconds, shown(StatusCode::TOO_MANY_REQUESTS, page.main(words))));
        }
    };
    let typed = fields.get("code").unwrap_or_default();
    if !password::check(tandem, Lane::Known, stored, typed).await? {
        page.errors.push(view::error("code", say!(words, "accounts-code-wrong")));
        return Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(words)));
    }
    let mut entropy = tandem.entropy();
    let proved = tandem.quietly(move |tx| {
        slow_down::worked(tx, attempt)?;
        Ok(session::prove(tx, own, now, &mut entropy)?)
    });
    let token = proved.await?;
    let to = if page.back.is_empty() { "/espace" } else { own_path(Some(&page.back)) };
    Ok(with_session(Redirect::to(to).into_response(), &token))
}

/// Ends the session on every node; the browser forgets its pages. The mark of the device stays: it opens nothing.
pub async fn sign_out(State(tandem): State<Tandem>, browser: Browser) -> Answer {
    let now = tandem.now();
    tandem.quietly(move |tx| sign_in::end(tx, browser.session.as_ref(), now)).await?;
    let mut response = without_session(Redirect::to("/connexion?fin=oui").into_response());
    let forget = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert(CLEAR_SITE_DATA, forget);
    Ok(response)
}

pub async fn invitation_code(fields: Fields) -> Response {
    match fields.get("code").map(super::letters::plain) {
        Some(code) if !code.is_empty() => {
            Redirect::to(&format!("/invitation/{code}")).into_response()
        }
        Some(_) | None => pages::unwelcome(&Welcome::Unknown),
    }
}

/// The first password, or a new one for who was given access again: what proved before proves nothing any more.
pub async fn invitation(
    State(tandem): State<Tandem>,
    browser: Browser,
    Path(code): Path<String>,
    fields: Fields,
) -> Answer {
    let (invited, name) = match pages::welcome(&tandem, &browser, &code).await? {
        Welcome::Come { invited, name } => (invited, name),
        other => return Ok(pages::unwelcome(&other)),
    };
    let own = own_words(&tandem, invited.staff).await?;
    let errors = chosen(&fields, &own);
    if !errors.is_empty() {
        let page = InvitationPage { code, name, errors };
        return Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(french())));
    }
    let stored = password::store(&tandem, fields.get("new").unwrap_or_default()).await?;
    let (now, keys) = (tandem.now(), tandem.keys.clone());
    let opened = tandem.quietly(move |tx| {
        // Somebody may have used it meanwhile.
        let Some(still) = rows::invited(tx, &keys, &code, now)? else { return Err(Stop::Absent) };
        rows::invitation_used(tx, still.id, now)?;
        rows::forget_proofs(tx, still.staff)?;
        session::revoke_all(tx, still.staff, now)?;
        rows::set_password(tx, still.staff, &stored, now)
    });
    opened.await?;
    match sign_in::open(&tandem, &browser, invited.staff, None).await? {
        First::HalfWay(token) => {
            Ok(with_session(Redirect::to("/connexion/enrolement").into_response(), &token))
        }
        First::Wrong | First::Wait(_) => Err(Stop::Absent),
    }
}

/// What is wrong with the password chosen in a form.
pub fn chosen(fields: &Fields, own: &[String]) -> Vec<FieldError> {
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let text = |name| fields.get(name).unwrap_or_default();
    view::refused_password(french(), text("new"), text("again"), &own)
}

/// The first telephone: the session becomes whole.
pub async fn enrolment(
    State(tandem): State<Tandem>,
    HalfWay(half): HalfWay,
    browser: Browser,
    fields: Fields,
) -> Answer {
    if half.second_factor || half.kind == Kind::Person {
        return Ok(Redirect::to("/compte").into_response());
    }
    let typed = super::letters::plain(fields.get("code").unwrap_or_default());
    let (now, keys, mut entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let done = tandem.quietly(move |tx| {
        if rows::authenticator(tx, &keys, half.account)?.is_some() {
            return Err(Stop::Absent);
        }
        let own = rows::pending_authenticator(tx, &keys, half.account, now, &mut entropy)?;
        let Some(step) = totp::step_of(&own.secret, &typed, 0, now) else {
            let name = crate::structures::store::staff_name(tx, &keys, half.account)?;
            return Ok(Err(TelephonePage::new(&own.secret, &name)));
        };
        rows::confirm_authenticator(tx, half.account, own.id, step, now)?;
        let codes = rows::new_printed_codes(tx, &keys, half.account, now, &mut entropy)?;
        Ok(Ok((codes, sign_in::enter(tx, &half, &browser, now, &mut entropy)?)))
    });
    let words = french();
    match done.await? {
        Ok((codes, Second::In { session, device })) => {
            let page = shown(StatusCode::OK, CodesPage { codes }.main(words));
            Ok(with_device(with_session(page, &session), &device))
        }
        Ok((_, Second::Wrong | Second::Wait(_) | Second::Ended)) => Err(Stop::Absent),
        Err(mut page) => {
            page.errors.push(view::error("code", say!(words, "accounts-telephone-wrong")));
            Ok(shown(StatusCode::UNPROCESSABLE_ENTITY, page.main(words)))
        }
    }
}

fn back(fields: &Fields) -> String {
    fields.get("vers").unwrap_or_default().to_owned()
}

pub const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

pub fn with_session(mut response: Response, token: &Token) -> Response {
    if let Some(cookie) = cookie::set(token.as_str()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn with_device(mut response: Response, token: &Token) -> Response {
    if let Some(cookie) = cookie::set_device(token.as_str()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

pub fn without_session(mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie::clear());
    response
}

pub fn later(seconds: i64, mut response: Response) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
