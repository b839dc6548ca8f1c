//! What can go wrong with a database, sorted by what the caller can do about it.

/// No variant carries a value of the statement: messages go to logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A unique or foreign key refused the row.
    #[error("constraint refused the row: {constraint}")]
    Constraint {
        /// Name of the constraint or index on PostgreSQL, table and columns on SQLite.
        constraint: String,
    },
    /// Another transaction got there first, again and again.
    #[error("too many concurrent transactions on the same rows")]
    Contention,
    /// Nothing was written: the disk is full or read-only.
    #[error("the disk is full or read-only")]
    NoSpace,
    /// The database does not answer.
    #[error("database unavailable: {reason}")]
    Unavailable { reason: String },
    /// The file is damaged: nothing more is written to it.
    #[error("database damaged: {reason}")]
    Damaged { reason: String },
    /// The binary is older than the schema, or the other way round.
    #[error("schema version {found}, this program knows {known}")]
    Schema { found: i64, known: i64 },
    #[error("statement refused: {reason}")]
    Statement { reason: String },
    #[error("column {at}: expected {expected}, found {found:?}")]
    Column { at: usize, expected: &'static str, found: Option<&'static str> },
    /// The work itself asked that nothing be kept; who asked knows why.
    #[error("undone on demand")]
    Undone,
    /// One row was expected.
    #[error("no such row")]
    NoRow,
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;
