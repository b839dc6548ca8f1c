//! The database as the rest of the house sees it.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::dialect::Dialect;
use crate::postgres::{Postgres, PostgresTx};
use crate::sqlite::{Sqlite, SqliteTx};
use crate::{Result, Row, StoreError, Value};

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// A transaction under way: the only way to read or write.
#[derive(Debug)]
pub enum Tx<'a> {
    Sqlite(SqliteTx<'a>),
    Postgres(PostgresTx<'a>),
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// How often a transaction that lost a race is run again. Fifty writers on one row need about ten.
const ATTEMPTS: u64 = 100;

impl Db {
    /// Opens (or creates) the file, or connects to `postgres://…`.
    pub async fn open(address: &str) -> Result<Self> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Ok(Self::Postgres(Postgres::connect(address).await?))
        } else {
            Ok(Self::Sqlite(Sqlite::open(Path::new(address))?))
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs `work` on a thread that may wait for the disk, and commits what it wrote; an error undoes all.
    ///
    /// `work` may run several times, each from the start: it must do nothing outside its transaction.
    pub async fn write<T, W>(&self, mut work: W) -> Result<T>
    where
        T: Send + 'static,
        W: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.run(Access::Write, move |begin| {
            for attempt in 0..ATTEMPTS {
                match begin(&mut work) {
                    Err(StoreError::Contention) => stand_aside(attempt),
                    done => return done,
                }
            }
            Err(StoreError::Contention)
        })
        .await
    }

    /// Runs `work` on one consistent view of the data, beside whoever writes.
    pub async fn read<T, W>(&self, mut work: W) -> Result<T>
    where
        T: Send + 'static,
        W: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.run(Access::Read, move |begin| begin(&mut work)).await
    }

    async fn run<T, R>(&self, access: Access, run: R) -> Result<T>
    where
        T: Send + 'static,
        R: FnOnce(&dyn Fn(&mut Work<'_, T>) -> Result<T>) -> Result<T> + Send + 'static,
    {
        match self {
            Self::Sqlite(it) => {
                let connection = it.connection(access).await?;
                blocking(move || run(&|work| connection.transaction(access, work))).await
            }
            Self::Postgres(it) => {
                let connection = it.connection().await?;
                blocking(move || run(&|work| connection.transaction(access, work))).await
            }
        }
    }
}

/// Waits a little longer after each lost race, and never as long as a neighbour: those who collided once
/// would otherwise collide for ever.
fn stand_aside(attempt: u64) {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let spread = attempt.min(20).saturating_add(2);
    let turn = TURN.fetch_add(1, Ordering::Relaxed) % spread;
    std::thread::sleep(Duration::from_millis(turn));
}

/// The closure of a transaction.
pub(crate) type Work<'a, T> = dyn FnMut(&mut Tx<'_>) -> Result<T> + 'a;

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Unavailable { reason: error.to_string() })?
}

impl Tx<'_> {
    /// The rows that a statement answers, written or not.
    pub fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(it) => it.rows(sql, values),
            Self::Postgres(it) => it.rows(sql, values),
        }
    }

    /// The only row; [`StoreError::NoRow`] when there is none.
    pub fn row(&mut self, sql: &str, values: &[Value]) -> Result<Row> {
        self.row_if_any(sql, values)?.ok_or(StoreError::NoRow)
    }

    /// The first row, if any.
    pub fn row_if_any(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// Gives the rows one after the other, however many there are: never all in memory.
    pub fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        see: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        match self {
            Self::Sqlite(it) => it.each(sql, values, see),
            Self::Postgres(it) => it.each(sql, values, see),
        }
    }

    /// How many rows a statement changed.
    pub fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        match self {
            Self::Sqlite(it) => it.execute(sql, values),
            Self::Postgres(it) => it.execute(sql, values),
        }
    }

    /// Several statements without parameters: migrations.
    pub fn script(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(it) => it.script(sql),
            Self::Postgres(it) => it.script(sql),
        }
    }

    /// Whether this database would accept the statement; it is not run.
    pub fn prepare(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(it) => it.prepare(sql),
            Self::Postgres(it) => it.prepare(sql),
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
}
