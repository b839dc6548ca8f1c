//! What can go wrong with a backup, sorted by what the person in front of it can do.

use blobs::BlobError;
use store::StoreError;

use crate::check::Difference;

/// No variant carries a value of a row: messages go to logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Not the key of this archive, or its first lines were altered: they cannot be told apart.
    #[error("this key does not open this archive")]
    WrongKey,
    #[error("the archive is altered or cut short: {what}")]
    Altered { what: &'static str },
    #[error("the archive is not signed by the expected key")]
    Unsigned,
    #[error("the archive is of the service key {found}, not {expected}")]
    OtherServiceKey { expected: String, found: String },
    #[error("the archive has schema {found}, this program knows {known}")]
    Newer { found: usize, known: usize },
    #[error("step {rank} of the archive's schema is not the one this program knows")]
    OtherProgram { rank: usize },
    #[error("the database or the store of documents is not empty")]
    NotEmpty,
    #[error("the archive has documents and there is nowhere to put them")]
    NoStoreOfDocuments,
    #[error("no public key to encrypt to")]
    NoRecipient,
    /// The ledger given is older than the archive, or another's.
    #[error(
        "the ledger of what was destroyed does not reach rank {rank}, known when the archive was made"
    )]
    OldLedger { rank: i64 },
    #[error("line {line} of the ledger or of the heads does not follow from the one before")]
    Broken { line: i64 },
    #[error("{} differences between the archive and the database", .0.len())]
    Differs(Vec<Difference>),
    #[error("{count} erased records could still be read")]
    StillReadable { count: usize },
    #[error("table or column with a name that cannot be copied: {name}")]
    Name { name: String },
    #[error("the file cannot be read or written: {reason}")]
    Io { reason: String },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Documents(#[from] BlobError),
}

pub type Result<T, E = BackupError> = std::result::Result<T, E>;

impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> Self {
        Self::Io { reason: error.to_string() }
    }
}
