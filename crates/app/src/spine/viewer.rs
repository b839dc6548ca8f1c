//! Who is looking: the only way to have a desk.

use access::Viewer as Proof;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use store::Id;
use web::cookie;
use web::error::Failure;
use web::words::{Lang, Words};

use super::session::{self, Kind, Session, Token};
use super::tandem::Tandem;
use crate::words;

/// Somebody who signed in, in this session.
#[derive(Debug, Clone)]
pub struct Viewer {
    pub account: Account,
    pub session: Id,
    pub proof: Proof,
    pub lang: Lang,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// A member of staff.
    Staff(Id),
    /// An accompanied person: the account, not the person's record.
    Person(Id),
}

/// Signed in, second factor still to come: the pages of sign-in alone take it.
#[derive(Debug, Clone)]
pub struct HalfWay(pub Session);

impl Viewer {
    /// The name of the access log.
    pub fn actor(&self) -> String {
        match self.account {
            Account::Staff(id) | Account::Person(id) => id.to_string(),
        }
    }

    pub fn staff(&self) -> Option<Id> {
        match self.account {
            Account::Staff(id) => Some(id),
            Account::Person(_) => None,
        }
    }

    pub fn words(&self) -> &'static Words {
        words::of(self.lang)
    }

    pub fn of(session: &Session) -> Self {
        let account = match session.kind {
            Kind::Staff => Account::Staff(session.account),
            Kind::Person => Account::Person(session.account),
        };
        let lang = Lang::from_tag(&session.lang).unwrap_or_default();
        Self { account, session: session.id, proof: session.proof(), lang }
    }
}

impl FromRequestParts<Tandem> for Viewer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, tandem: &Tandem) -> Result<Self, Response> {
        let session = signed_in(parts, tandem).await?;
        if session.second_factor {
            Ok(Self::of(&session))
        } else {
            Err(Redirect::to("/connexion/code").into_response())
        }
    }
}

impl FromRequestParts<Tandem> for HalfWay {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, tandem: &Tandem) -> Result<Self, Response> {
        signed_in(parts, tandem).await.map(Self)
    }
}

async fn signed_in(parts: &Parts, tandem: &Tandem) -> Result<Session, Response> {
    let token = cookie::session(&parts.headers).and_then(Token::parse);
    let now = tandem.now();
    let found = match token {
        None => None,
        Some(token) => tandem
            .db
            .read(move |tx| session::find(tx, &token, now))
            .await
            .map_err(|_| Failure::Broken.into_response())?,
    };
    let Some(session) = found else { return Err(to_sign_in(parts)) };
    if session::is_stale(&session, now) {
        let id = session.id;
        // Being seen is not worth an error page: the session only ends sooner.
        let _seen = tandem.db.write(move |tx| session::seen(tx, id, now)).await;
    }
    Ok(session)
}

/// The page asked for comes back after sign-in; a form does not, its text would be lost: its page says so.
fn to_sign_in(parts: &Parts) -> Response {
    let back = parts.uri.path();
    let address = if back == "/espace" || back.starts_with("/espace/") {
        "/espace".to_owned()
    } else if parts.method == Method::GET && back != "/" {
        let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
        format!("/connexion?vers={back}")
    } else {
        "/connexion".to_owned()
    };
    Redirect::to(&address).into_response()
}
