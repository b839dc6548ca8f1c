//! SQLite: one connection that writes, a few that read beside it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::db::{Access, Tx, Work};
use crate::dialect::SQLITE_AT_LEAST;
use crate::{Result, Row, StoreError, Value};

/// Readers answer in parallel with the writer.
const READERS: usize = 4;

/// An open SQLite file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    writer: Arc<Connections>,
    readers: Arc<Connections>,
}

/// Connections of one kind; the semaphore counts those that are free.
#[derive(Debug)]
struct Connections {
    free: Mutex<Vec<Connection>>,
    turns: Arc<Semaphore>,
}

/// A connection taken for one transaction; given back when dropped.
#[derive(Debug)]
pub(crate) struct Taken {
    /// `None` only while it is given back.
    connection: Option<Connection>,
    home: Arc<Connections>,
    _turn: OwnedSemaphorePermit,
}

/// A transaction on one connection.
#[derive(Debug)]
pub struct SqliteTx<'a>(&'a Connection);

impl Sqlite {
    /// Opens or creates the file. Refuses a SQLite whose log can lose a page.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        if rusqlite::version_number() < SQLITE_AT_LEAST {
            let reason = format!("SQLite {} is too old", rusqlite::version());
            return Err(StoreError::Unavailable { reason });
        }
        // The writer comes first: it creates the file and its log.
        let writer = vec![connect(path, OpenFlags::default())?];
        let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let readers = (0..READERS).map(|_| connect(path, read_only)).collect::<Result<Vec<_>>>()?;
        Ok(Self { writer: Connections::new(writer), readers: Connections::new(readers) })
    }

    pub(crate) async fn connection(&self, access: Access) -> Result<Taken> {
        let home = match access {
            Access::Read => &self.readers,
            Access::Write => &self.writer,
        };
        let turn = Arc::clone(&home.turns).acquire_owned().await.map_err(|_| gone())?;
        let connection = home.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = Some(connection.ok_or_else(gone)?);
        Ok(Taken { connection, home: Arc::clone(home), _turn: turn })
    }
}

impl Connections {
    fn new(free: Vec<Connection>) -> Arc<Self> {
        let turns = Arc::new(Semaphore::new(free.len()));
        Arc::new(Self { free: Mutex::new(free), turns })
    }
}

impl Taken {
    pub(crate) fn transaction<T>(&self, access: Access, work: &mut Work<'_, T>) -> Result<T> {
        let connection = self.connection.as_ref().ok_or_else(gone)?;
        let begin = match access {
            Access::Read => "begin",
            Access::Write => "begin immediate",
        };
        connection.execute_batch(begin).map_err(translate)?;
        let open = Open(connection);
        let done = work(&mut Tx::Sqlite(SqliteTx(connection)))?;
        connection.execute_batch("commit").map_err(translate)?;
        drop(open);
        Ok(done)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.home.free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

/// Rolls back what is still open: an error, a panic of the closure, a commit that did not pass.
struct Open<'a>(&'a Connection);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            // Nothing to do about a failure: the next `begin` will say it.
            let _said_later = self.0.execute_batch("rollback");
        }
    }
}

impl SqliteTx<'_> {
    pub(crate) fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let mut res = Vec::new();
        self.each(sql, values, &mut |row| {
            res.push(row);
            Ok(())
        })?;
        Ok(res)
    }

    pub(crate) fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        see: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.0.prepare_cached(sql).map_err(translate)?;
        let width = statement.column_count();
        bind(&mut statement, values)?;
        let mut found = statement.raw_query();
        while let Some(row) = found.next().map_err(translate)? {
            let line = (0..width)
                .map(|at| row.get_ref(at).map_err(translate).and_then(read))
                .collect::<Result<Vec<_>>>()?;
            see(Row(line))?;
        }
        Ok(())
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        let mut statement = self.0.prepare_cached(sql).map_err(translate)?;
        bind(&mut statement, values)?;
        let changed = statement.raw_execute().map_err(translate)?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.0.execute_batch(sql).map_err(translate)
    }

    pub(crate) fn prepare(&mut self, sql: &str) -> Result<()> {
        self.0.prepare(sql).map(drop).map_err(translate)
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags).map_err(translate)?;
    let common =
        "pragma busy_timeout = 5000; pragma foreign_keys = on; pragma cell_size_check = on";
    connection.execute_batch(common).map_err(translate)?;
    if !flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        let writing =
            "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on";
        connection.execute_batch(writing).map_err(translate)?;
    }
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

/// `$2` is the second value wherever it stands: to SQLite it is only a name, numbered by where it comes first.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    let count = statement.parameter_count();
    if count != values.len() {
        let reason = format!("{count} parameters, {} values", values.len());
        return Err(StoreError::Statement { reason });
    }
    for at in 1..=count {
        let name = statement.parameter_name(at).unwrap_or_default().to_owned();
        let rank = name.strip_prefix('$').and_then(|it| it.parse::<usize>().ok());
        let value = rank.and_then(|it| values.get(it.checked_sub(1)?));
        let Some(value) = value else {
            let reason = format!("a parameter without a value: {name}");
            return Err(StoreError::Statement { reason });
        };
        statement.raw_bind_parameter(at, Bound(value)).map_err(translate)?;
    }
    Ok(())
}

struct Bound<'a>(&'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Bool(it) => ValueRef::Integer(i64::from(*it)),
            Value::Int(it) => ValueRef::Integer(*it),
            Value::Text(it) => ValueRef::Text(it.as_bytes()),
            Value::Bytes(it) => ValueRef::Blob(it),
        }))
    }
}

fn read(value: ValueRef<'_>) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(it) => Value::Int(it),
        ValueRef::Text(it) => match std::str::from_utf8(it) {
            Ok(it) => Value::Text(it.to_owned()),
            Err(_) => return Err(StoreError::Damaged { reason: "text is not UTF-8".to_owned() }),
        },
        ValueRef::Blob(it) => Value::Bytes(it.to_vec()),
        ValueRef::Real(_) => {
            let reason = "a floating point column; cast it".to_owned();
            return Err(StoreError::Statement { reason });
        }
    })
}

fn gone() -> StoreError {
    StoreError::Unavailable { reason: "the database is closed".to_owned() }
}

fn translate(error: rusqlite::Error) -> StoreError {
    let reason = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => {
            let (_, constraint) = reason.split_once(": ").unwrap_or(("", &reason));
            StoreError::Constraint { constraint: constraint.to_owned() }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Contention,
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
            StoreError::NoSpace
        }
        Some(ErrorCode::CannotOpen) => StoreError::Unavailable { reason },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged { reason }
        }
        Some(_) | None => StoreError::Statement { reason },
    }
}
