//! How a page or an action ends when it does not end well.

use access::Refusal;
use axum::response::{IntoResponse, Redirect, Response};
use seal::SealError;
use store::access_log::Look;
use store::{Id, StoreError};
use web::error::Failure;

pub type Answer = Result<Response, Stop>;

/// Why the work stopped. Nothing it wrote is kept.
#[derive(Debug)]
pub enum Stop {
    Store(StoreError),
    /// The door stays closed. `may_find`: the viewer may know that the file exists, and be told why.
    Refused {
        file: Id,
        refusal: Refusal,
        may_find: bool,
        look: Option<Box<Look>>,
    },
    /// There is no such thing; said in the same words as what may not be known.
    Absent,
    /// The viewer has to prove again who they are, then comes back here.
    ProveAgain,
    /// What was sealed does not open: a wrong key or altered bytes. Never a silent blank.
    Sealed,
    /// What the slice answers by itself: a form that comes back with its errors.
    Page(Box<Response>),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoRow => Self::Absent,
            other => Self::Store(other),
        }
    }
}

impl From<SealError> for Stop {
    fn from(_: SealError) -> Self {
        Self::Sealed
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Self::Page(response) => *response,
            Self::Absent => Failure::NotFound.into_response(),
            Self::ProveAgain => Redirect::to("/connexion/confirmer").into_response(),
            Self::Refused { refusal: Refusal::ProveAgain, .. } => {
                Redirect::to("/connexion/confirmer").into_response()
            }
            Self::Refused { refusal: Refusal::SecondFactor, .. } => {
                Redirect::to("/connexion/code").into_response()
            }
            Self::Refused { file, may_find: true, .. } => {
                Redirect::to(&format!("/dossiers/{file}/ferme")).into_response()
            }
            // Forbidden and absent look the same.
            Self::Refused { may_find: false, .. } => Failure::NotFound.into_response(),
            Self::Store(_) | Self::Sealed => Failure::Broken.into_response(),
        }
    }
}
