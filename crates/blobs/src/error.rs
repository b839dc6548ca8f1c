//! What can go wrong with a document, sorted by what the caller can do about it.

use seal::SealError;

/// No variant carries a name of a person or a piece of a document: messages go to logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    #[error("no such document")]
    Absent,
    /// The name already has a document.
    #[error("this name already has a document")]
    Taken,
    #[error("the document is too long")]
    TooLong,
    /// Wrong key, wrong name or altered bytes.
    #[error("the document does not open: wrong key, wrong name or altered bytes")]
    Closed,
    #[error("not a name of a document")]
    Name,
    /// The disk or the server does not answer, or refuses.
    #[error("store of documents unavailable: {reason}")]
    Unavailable { reason: String },
}

pub type Result<T, E = BlobError> = std::result::Result<T, E>;

impl BlobError {
    pub(crate) fn unavailable(error: impl std::fmt::Display) -> Self {
        Self::Unavailable { reason: error.to_string() }
    }
}

impl From<SealError> for BlobError {
    fn from(_: SealError) -> Self {
        Self::Closed
    }
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Absent,
            object_store::Error::AlreadyExists { .. } => Self::Taken,
            // Outside crate, many causes: all of them are « try again or call somebody ».
            other => Self::unavailable(other),
        }
    }
}
