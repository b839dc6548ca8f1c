//! The pages of sign-in, each a struct with samples.

use std::collections::HashMap;

use ::store::Id;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use web::form::FieldError;
use web::layout::Page;
use web::say;
use web::words::{Lang, Words};

use super::browser::Browser;
use super::slow_down::{self, Turn, Whence};
use super::{own_path, store as rows, totp, view};
use crate::spine::session::Kind;
use crate::spine::viewer::HalfWay;
use crate::spine::{Account, Answer, Stop, Tandem, Viewer};
use crate::structures::store as structures;
use crate::words;

/// The address and the password.
#[derive(Debug, Clone, Default)]
pub struct SignInPage {
    pub address: String,
    pub back: String,
    /// What happened just before: a key of the words.
    pub told: Option<&'static str>,
    pub errors: Vec<FieldError>,
}

/// The code, at sign-in or to prove again.
#[derive(Debug, Clone, Default)]
pub struct CodePage {
    /// The code that the page itself gives, in a demonstration.
    pub demonstration: Option<String>,
    pub back: String,
    pub again: bool,
    /// An accompanied person gives the number of the card instead.
    pub is_person: bool,
    pub errors: Vec<FieldError>,
}

/// A telephone being added.
#[derive(Debug, Clone, Default)]
pub struct TelephonePage {
    /// What the drawing says.
    pub address: String,
    pub secret: String,
    /// The number of the form, when there is a whole session.
    pub form: Option<String>,
    pub errors: Vec<FieldError>,
}

/// Ten codes on paper, shown once.
#[derive(Debug, Clone, Default)]
pub struct CodesPage {
    pub codes: Vec<String>,
}

/// The first password of who was invited.
#[derive(Debug, Clone, Default)]
pub struct InvitationPage {
    pub code: String,
    pub name: String,
    pub errors: Vec<FieldError>,
}

/// The code of the invitation, for who has no link.
#[derive(Debug, Clone, Default)]
pub struct InvitationCodePage {
    pub errors: Vec<FieldError>,
}

pub async fn sign_in(Query(asked): Query<HashMap<String, String>>) -> Response {
    let told = match asked.get("fin").map(String::as_str) {
        Some("oui") => Some("accounts-signed-out"),
        Some("essais") => Some("accounts-ended"),
        Some(_) | None => None,
    };
    let back = asked.get("vers").cloned().unwrap_or_default();
    shown(StatusCode::OK, SignInPage { back, told, ..SignInPage::default() }.main(french()))
}

pub async fn code(
    State(tandem): State<Tandem>,
    HalfWay(half): HalfWay,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    let back = asked.get("vers").map(String::as_str);
    match half.kind {
        Kind::Person => return Ok(Redirect::to("/espace").into_response()),
        Kind::Staff if half.second_factor => {
            return Ok(Redirect::to(own_path(back)).into_response());
        }
        Kind::Staff => {}
    }
    let keys = tandem.keys.clone();
    let telephone = tandem.quietly(move |tx| rows::authenticator(tx, &keys, half.account)).await?;
    if telephone.is_none() {
        return Ok(Redirect::to("/connexion/enrolement").into_response());
    }
    let back = back.unwrap_or_default().to_owned();
    let demonstration = demonstration_code(&tandem, half.account).await?;
    let page = CodePage { back, demonstration, ..CodePage::default() };
    Ok(shown(StatusCode::OK, page.main(french())))
}

pub async fn confirm(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    let back = asked.get("vers").cloned().unwrap_or_default();
    let is_person = matches!(viewer.account, Account::Person(_));
    let demonstration = match viewer.staff() {
        Some(staff) => demonstration_code(&tandem, staff).await?,
        None => None,
    };
    let page = CodePage { back, again: true, is_person, demonstration, errors: Vec::new() };
    Ok(shown(StatusCode::OK, page.main(viewer.words())))
}

/// Nobody has the telephone of a made-up worker: the page gives a code that serves once. Never elsewhere.
pub async fn demonstration_code(tandem: &Tandem, account: Id) -> Result<Option<String>, Stop> {
    if !tandem.settings.demonstration {
        return Ok(None);
    }
    let (now, keys, entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let code = tandem
        .quietly(move |tx| rows::add_printed_code(tx, &keys, account, now, &mut entropy.clone()));
    code.await.map(Some)
}

/// Once only: an account that has a telephone changes it from « Mon compte », with the former one.
pub async fn enrolment(State(tandem): State<Tandem>, HalfWay(half): HalfWay) -> Answer {
    if half.second_factor || half.kind == Kind::Person {
        return Ok(Redirect::to("/compte").into_response());
    }
    let (now, keys, mut entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let page = tandem.quietly(move |tx| {
        if rows::authenticator(tx, &keys, half.account)?.is_some() {
            return Ok(None);
        }
        let own = rows::pending_authenticator(tx, &keys, half.account, now, &mut entropy)?;
        let name = structures::staff_name(tx, &keys, half.account)?;
        Ok(Some(TelephonePage::new(&own.secret, &name)))
    });
    Ok(match page.await? {
        Some(page) => shown(StatusCode::OK, page.main(french())),
        None => Redirect::to("/connexion/code").into_response(),
    })
}

pub async fn invitation_code() -> Response {
    shown(StatusCode::OK, InvitationCodePage::default().main(french()))
}

pub async fn invitation(
    State(tandem): State<Tandem>,
    browser: Browser,
    Path(code): Path<String>,
) -> Answer {
    Ok(match welcome(&tandem, &browser, &code).await? {
        Welcome::Come { name, .. } => {
            let page = InvitationPage { code, name, errors: Vec::new() };
            shown(StatusCode::OK, page.main(french()))
        }
        other => unwelcome(&other),
    })
}

/// What an invitation's code leads to.
#[derive(Debug, Clone)]
pub enum Welcome {
    Come { invited: rows::Invited, name: String },
    Unknown,
    Wait(i64),
}

/// Codes are tried as passwords are: slower and slower.
pub async fn welcome(tandem: &Tandem, browser: &Browser, code: &str) -> Result<Welcome, Stop> {
    let (now, keys, mut entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let (origin, code) = (browser.origin.clone(), code.to_owned());
    tandem
        .quietly(move |tx| {
            let whence = Whence { origin: origin.clone(), device: None };
            let typed = keys.lookup("invitation tried").hash(&code);
            let subject = super::password::hex(&typed);
            let attempt = match slow_down::take_turn(tx, &subject, &whence, now, &mut entropy)? {
                Turn::Taken(attempt) => attempt,
                Turn::Wait(seconds) => return Ok(Welcome::Wait(seconds)),
            };
            let Some(invited) = rows::invited(tx, &keys, &code, now)? else {
                return Ok(Welcome::Unknown);
            };
            slow_down::worked(tx, attempt)?;
            let name = structures::staff_name(tx, &keys, invited.staff)?;
            Ok(Welcome::Come { invited, name })
        })
        .await
}

pub fn unwelcome(welcome: &Welcome) -> Response {
    let words = french();
    let (status, message) = match welcome {
        Welcome::Wait(seconds) => (StatusCode::TOO_MANY_REQUESTS, view::wait(words, *seconds)),
        Welcome::Unknown | Welcome::Come { .. } => {
            (StatusCode::NOT_FOUND, say!(words, "accounts-invitation-unknown"))
        }
    };
    let errors = vec![view::error("code", message)];
    shown(status, InvitationCodePage { errors }.main(words))
}

/// A page outside of the service.
pub fn shown(status: StatusCode, page: (String, Markup)) -> Response {
    let (title, main) = page;
    (status, Page::new(&title, main).footer("").render()).into_response()
}

pub fn french() -> &'static Words {
    words::of(Lang::French)
}

impl TelephonePage {
    pub fn new(secret: &str, name: &str) -> Self {
        Self {
            address: totp::address(secret, name),
            secret: super::letters::grouped(secret),
            form: None,
            errors: Vec::new(),
        }
    }
}

/// Every page with examples of what it may show: their main part.
pub fn samples() -> Vec<(&'static str, Markup)> {
    let words = french();
    let wrong = || vec![view::error("password", say!(words, "accounts-wrong"))];
    let signing = SignInPage { address: "camille@exemple.fr".to_owned(), ..SignInPage::default() };
    let ended = SignInPage { told: Some("accounts-ended"), ..SignInPage::default() };
    let refused = SignInPage { errors: wrong(), ..signing.clone() };
    let wait = vec![view::error("code", view::wait(words, 120))];
    let waiting = CodePage { errors: wait, ..CodePage::default() };
    let again = CodePage { again: true, ..CodePage::default() };
    let person = CodePage { again: true, is_person: true, ..CodePage::default() };
    let telephone = TelephonePage::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "Camille Roy");
    let codes = CodesPage { codes: vec!["BCDF-GHJK".to_owned(); 10] };
    let invited = InvitationPage {
        code: "BCDF-GHJK-MNPQ".to_owned(),
        name: "Camille Roy".to_owned(),
        errors: view::refused_password(words, "soleil2024", "soleil2024", &[]),
    };
    vec![
        ("connexion", signing.main(words).1),
        ("connexion, finie", ended.main(words).1),
        ("connexion, refusée", refused.main(words).1),
        ("code", CodePage::default().main(words).1),
        ("code, attendre", waiting.main(words).1),
        ("confirmer", again.main(words).1),
        ("confirmer, personne", person.main(words).1),
        ("téléphone", telephone.main(words).1),
        ("codes imprimés", codes.main(words).1),
        ("invitation", invited.main(words).1),
        ("invitation, code", InvitationCodePage::default().main(words).1),
    ]
}
