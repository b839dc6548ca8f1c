//! The pages of « Mon compte », each a struct with samples.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::Moment;
use maud::Markup;
use store::Id;
use web::form::FieldError;
use web::say;

use super::super::pages::{TelephonePage, french};
use super::super::view::{self, Shown};
use crate::accounts::cards::Card;
use crate::accounts::{qr, store as rows};
use crate::spine::session;
use crate::spine::{Answer, Desk, Form, Section, Stop, Tandem, Viewer, staff_page};
use crate::structures::store as structures;

#[derive(Debug, Clone)]
pub struct AccountPage {
    pub form: String,
    pub name: String,
    pub email: String,
    pub sessions: Vec<OpenSession>,
    pub password_since: Option<Moment>,
    pub codes_left: i64,
}

/// A line of the list of sessions.
#[derive(Debug, Clone)]
pub struct OpenSession {
    pub id: Id,
    pub device: String,
    pub since: Moment,
    pub seen: Moment,
    pub is_this_one: bool,
}

#[derive(Debug, Clone, Default)]
pub struct PasswordPage {
    pub form: String,
    pub errors: Vec<FieldError>,
}

/// Ten new codes: asked before the former ones are thrown away.
#[derive(Debug, Clone, Default)]
pub struct NewCodesPage {
    pub form: String,
    pub left: i64,
}

/// The card of an accompanied person, shown once and printed.
#[derive(Debug, Clone)]
pub struct CardPage {
    /// « https://… »: where to go.
    pub address: String,
    pub card: Card,
    pub back: String,
}

pub async fn account(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    let own = viewer.session;
    let form = new_form(&tandem, &viewer);
    let page = tandem.look(&viewer, move |desk| {
        let staff = staff(desk)?;
        let sessions = session::of_account(desk.tx, staff, desk.now)?;
        let line = |it: session::Session| OpenSession {
            id: it.id,
            device: it.device,
            since: it.created_at,
            seen: it.seen_at,
            is_this_one: it.id == own,
        };
        Ok(AccountPage {
            form: form.clone(),
            name: structures::staff_name(desk.tx, &desk.keys, staff)?,
            email: structures::staff_email(desk.tx, &desk.keys, staff)?,
            sessions: sessions.into_iter().map(line).collect(),
            password_since: rows::password_changed_at(desk.tx, staff)?,
            codes_left: rows::printed_codes_left(desk.tx, staff)?,
        })
    });
    let page = page.await?;
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

pub async fn password(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    viewer.staff().ok_or(Stop::Absent)?;
    let page = PasswordPage { form: new_form(&tandem, &viewer), errors: Vec::new() };
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

/// A new telephone is added by who has just proved who they are.
pub async fn telephone(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    fresh(&tandem, &viewer)?;
    let page = pending(&tandem, &viewer, Vec::new()).await?;
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

pub async fn pending(
    tandem: &Tandem,
    viewer: &Viewer,
    errors: Vec<FieldError>,
) -> Result<TelephonePage, Stop> {
    let form = new_form(tandem, viewer);
    let page = tandem.act(viewer, move |desk| {
        let staff = staff(desk)?;
        let (keys, now) = (desk.keys.clone(), desk.now);
        let own = rows::pending_authenticator(desk.tx, &keys, staff, now, &mut desk.entropy)?;
        let name = structures::staff_name(desk.tx, &desk.keys, staff)?;
        Ok(TelephonePage { form: Some(form.clone()), ..TelephonePage::new(&own.secret, &name) })
    });
    Ok(TelephonePage { errors, ..page.await? })
}

pub async fn codes(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    fresh(&tandem, &viewer)?;
    let left = tandem
        .look(&viewer, |desk| {
            let staff = staff(desk)?;
            rows::printed_codes_left(desk.tx, staff)
        })
        .await?;
    let page = NewCodesPage { form: new_form(&tandem, &viewer), left };
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

/// A proof of less than ten minutes, or it is asked again.
pub fn fresh(tandem: &Tandem, viewer: &Viewer) -> Result<(), Stop> {
    viewer.staff().ok_or(Stop::Absent)?;
    let since = tandem.now().seconds_since(viewer.proof.proved_at);
    if (0..=600).contains(&since) { Ok(()) } else { Err(Stop::ProveAgain) }
}

/// Their name and address: what a password must not be made of.
pub async fn own_words(tandem: &Tandem, staff: Id) -> Result<Vec<String>, Stop> {
    let keys = tandem.keys.clone();
    tandem
        .quietly(move |tx| {
            let name = structures::staff_name(tx, &keys, staff)?;
            Ok(vec![name, structures::staff_email(tx, &keys, staff)?, "Tandem".to_owned()])
        })
        .await
}

pub fn staff(desk: &Desk<'_, '_>) -> Result<Id, Stop> {
    desk.viewer.staff().ok_or(Stop::Absent)
}

pub fn new_form(tandem: &Tandem, viewer: &Viewer) -> String {
    let form = Form::new(viewer, &tandem.keys, tandem.now(), &mut tandem.entropy());
    form.value().to_owned()
}

pub fn framed(tandem: &Tandem, viewer: &Viewer, status: StatusCode, page: Shown) -> Response {
    let (title, main) = page;
    let page = staff_page(tandem, viewer, Section::Account, &title, main);
    (status, page.render()).into_response()
}

impl CardPage {
    pub fn new(address: &str, card: Card, back: String) -> Self {
        Self { address: format!("{address}/espace"), card, back }
    }

    /// What the drawing says: the address and the code, never the number.
    pub fn drawn(&self) -> Markup {
        let label = say!(french(), "accounts-card-drawing");
        qr::drawing(&format!("{}?carte={}", self.address, self.card.code), &label)
    }
}

pub fn samples() -> Vec<(&'static str, Markup)> {
    let words = french();
    let at = Moment::from_millis(1_795_000_000_000);
    let id = Id::new(at, &mut Zero);
    let line = |device: &str, is_this_one| OpenSession {
        id,
        device: device.to_owned(),
        since: at,
        seen: at,
        is_this_one,
    };
    let account = AccountPage {
        form: "1.2".to_owned(),
        name: "Camille Roy".to_owned(),
        email: "camille@exemple.fr".to_owned(),
        sessions: vec![line("Firefox, Windows", true), line("", false)],
        password_since: Some(at),
        codes_left: 1,
    };
    let refused = PasswordPage {
        form: "1.2".to_owned(),
        errors: view::refused_password(words, "camille1991", "camille1991", &["Camille Roy"]),
    };
    let card = Card { code: "BCDF-GHJK".to_owned(), pin: "402913".to_owned() };
    let card = CardPage::new("https://tandem.exemple.fr", card, "/dossiers".to_owned());
    vec![
        ("compte", account.main(words).1),
        ("mot de passe", PasswordPage::default().main(words).1),
        ("mot de passe, refusé", refused.main(words).1),
        ("nouveaux codes", NewCodesPage { form: "1.2".to_owned(), left: 3 }.main(words).1),
        ("carte", card.main(words).1),
    ]
}

/// Samples draw nothing at random.
#[derive(Debug)]
pub struct Zero;

impl base::Entropy for Zero {
    fn fill(&mut self, out: &mut [u8]) {
        out.fill(0);
    }
}
