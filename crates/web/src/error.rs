//! What goes wrong becomes one page and one status, here and nowhere else.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::fr;
use crate::layout::Page;

/// Why a request could not be answered as asked. A form with mistakes is not one: it comes back filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    NotFound,
    WrongMethod,
    TooLarge,
    Unreadable,
    /// The form was sent by another site.
    Foreign,
    /// Asked too often: the answer comes later.
    TooOften,
    /// Our fault. The cause goes to the log, never to the page.
    Broken,
}

impl Failure {
    fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => fr::NOT_FOUND,
            Self::WrongMethod => fr::WRONG_METHOD,
            Self::TooLarge => fr::TOO_LARGE,
            Self::Unreadable => fr::UNREADABLE,
            Self::Foreign => fr::FOREIGN,
            Self::TooOften => fr::TOO_OFTEN,
            Self::Broken => fr::BROKEN,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (title, text) = self.words();
        let main = html! {
            h1 { (title) }
            p .lead { (text) }
            p { a .button .button-primary href="/" { (fr::BACK_HOME) } }
        };
        (self.status(), Page::new(title, main).render()).into_response()
    }
}

pub async fn unknown_address() -> Failure {
    Failure::NotFound
}

pub async fn wrong_method() -> Failure {
    Failure::WrongMethod
}
