//! PostgreSQL: every transaction serializable, and run again when it lost a race.

use std::cell::Cell;

use bytes::BytesMut;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Config, NoTls};

use tokio::runtime::Handle;

use crate::db::{Access, Tx, Work};
use crate::{Result, Row, StoreError, Value};

/// Connections of one node. PostgreSQL allows a hundred in all by default.
const CONNECTIONS: usize = 16;

/// What is in memory at once when rows are read one after the other.
const PAGE: usize = 1 << 20;

/// A pool of connections to one server.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
}

/// A connection taken for one transaction.
pub(crate) struct Taken {
    /// `None` only while it is given back.
    client: Option<Object>,
    runtime: Handle,
    /// Whether a transaction is open on it.
    open: Cell<bool>,
}

/// A transaction on one connection.
pub struct PostgresTx<'a>(&'a Taken);

impl Postgres {
    pub(crate) async fn connect(address: &str) -> Result<Self> {
        let config: Config = address.parse().map_err(translate)?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Clean };
        let manager = Manager::from_config(config, NoTls, recycling);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build().map_err(unavailable)?;
        let res = Self { pool };
        // A wrong address is said at the start, not at the first request.
        drop(res.connection().await?);
        Ok(res)
    }

    pub(crate) async fn connection(&self) -> Result<Taken> {
        let client = self.pool.get().await.map_err(unavailable)?;
        Ok(Taken { client: Some(client), runtime: Handle::current(), open: Cell::new(false) })
    }
}

impl Taken {
    /// Called from a thread that may block.
    pub(crate) fn transaction<T>(&self, access: Access, work: &mut Work<'_, T>) -> Result<T> {
        let begin = match access {
            Access::Read => "begin isolation level repeatable read read only",
            Access::Write => "begin isolation level serializable",
        };
        self.script(begin)?;
        self.open.set(true);
        let done = work(&mut Tx::Postgres(PostgresTx(self)));
        let (end, answer) = match done {
            Ok(it) => ("commit", Ok(it)),
            Err(error) => ("rollback", Err(error)),
        };
        let ended = self.script(end);
        // A commit that lost its race has rolled back: the connection is free all the same.
        self.open.set(matches!(ended, Err(StoreError::Unavailable { .. })));
        answer.and_then(|it| ended.map(|()| it))
    }

    fn script(&self, sql: &str) -> Result<()> {
        self.runtime.block_on(self.client()?.batch_execute(sql)).map_err(translate)
    }

    fn client(&self) -> Result<&Object> {
        self.client.as_ref().ok_or_else(|| unavailable("the connection was given back"))
    }
}

impl Drop for Taken {
    /// A closure that panicked leaves its transaction open: the connection is closed, not reused.
    fn drop(&mut self) {
        if let Some(client) = self.client.take()
            && self.open.get()
        {
            drop(Object::take(client));
        }
    }
}

impl PostgresTx<'_> {
    pub(crate) fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let (client, runtime) = (self.0.client()?, &self.0.runtime);
        let rows = runtime.block_on(async {
            let statement = client.prepare_cached(sql).await?;
            client.query(&statement, &params(values)).await
        });
        rows.map_err(translate)?.iter().map(row).collect()
    }

    /// Through a cursor, read by as many rows as make about [`PAGE`] bytes.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        see: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        self.execute_once(&format!("declare tandem_rows no scroll cursor for {sql}"), values)?;
        let mut count = 16;
        loop {
            let page = self.page(count)?;
            let (rows, bytes) = (page.len(), page.iter().map(Row::bytes).sum::<usize>());
            page.into_iter().try_for_each(&mut *see)?;
            if rows < count {
                return self.script("close tandem_rows");
            }
            count = PAGE.saturating_mul(rows).checked_div(bytes).unwrap_or(rows);
            count = count.clamp(16, 20_000);
        }
    }

    fn page(&mut self, count: usize) -> Result<Vec<Row>> {
        let (client, runtime) = (self.0.client()?, &self.0.runtime);
        let sql = format!("fetch forward {count} from tandem_rows");
        // Not kept prepared: what it answers depends on the cursor.
        let rows = runtime.block_on(client.query(sql.as_str(), &[]));
        rows.map_err(translate)?.iter().map(row).collect()
    }

    fn execute_once(&mut self, sql: &str, values: &[Value]) -> Result<()> {
        let (client, runtime) = (self.0.client()?, &self.0.runtime);
        runtime.block_on(client.execute(sql, &params(values))).map(drop).map_err(translate)
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        let (client, runtime) = (self.0.client()?, &self.0.runtime);
        let changed = runtime.block_on(async {
            let statement = client.prepare_cached(sql).await?;
            client.execute(&statement, &params(values)).await
        });
        changed.map_err(translate)
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.0.script(sql)
    }

    pub(crate) fn prepare(&mut self, sql: &str) -> Result<()> {
        let (client, runtime) = (self.0.client()?, &self.0.runtime);
        runtime.block_on(client.prepare(sql)).map(drop).map_err(translate)
    }
}

fn params(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|it| it as &(dyn ToSql + Sync)).collect()
}

fn row(row: &tokio_postgres::Row) -> Result<Row> {
    let values = (0..row.len()).map(|at| row.try_get::<_, Value>(at).map_err(translate));
    values.collect::<Result<Vec<_>>>().map(Row)
}

type Refusal = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Refusal> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(it) => it.to_sql_checked(ty, out),
            Self::Int(it) if *ty == Type::INT4 => i32::try_from(*it)?.to_sql_checked(ty, out),
            Self::Int(it) => it.to_sql_checked(ty, out),
            Self::Text(it) => it.to_sql_checked(ty, out),
            Self::Bytes(it) => it.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Refusal> {
        Ok(match *ty {
            Type::BOOL => Self::Bool(bool::from_sql(ty, raw)?),
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT2 => Self::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::BYTEA => Self::Bytes(Vec::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR => {
                Self::Text(String::from_sql(ty, raw)?)
            }
            _ => return Err(format!("column type {ty}: cast it").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Refusal> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn unavailable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable { reason: error.to_string() }
}

fn translate(error: tokio_postgres::Error) -> StoreError {
    let Some(found) = error.as_db_error() else { return unavailable(error) };
    let code = found.code();
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        return StoreError::Contention;
    }
    // Class 23: integrity constraints; 53: out of disk, memory or connections.
    match code.code().get(..2) {
        Some("23") => {
            let named = found.constraint().or(found.column()).unwrap_or(found.message());
            StoreError::Constraint { constraint: named.to_owned() }
        }
        Some("53") if *code == SqlState::DISK_FULL => StoreError::NoSpace,
        Some("25") if *code == SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::NoSpace,
        Some("57" | "53" | "08") => unavailable(found.message()),
        Some("XX") => StoreError::Damaged { reason: found.message().to_owned() },
        _ => StoreError::Statement { reason: found.message().to_owned() },
    }
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for PostgresTx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresTx").finish_non_exhaustive()
    }
}
