//! The schema, step by step.
//!
//! A step expands (adds a table, a column, an index) or contracts (removes what no released program reads
//! any more), never both. Each runs in a transaction of its own, once: killed in the middle, it has not run.

use crate::{Db, Result, StoreError, Tx, values};

/// One step. Its rank in the list is its version, from 1.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub name: &'static str,
    /// Written for both databases: see [`crate::dialect::Dialect::schema`].
    pub sql: &'static str,
}

const TABLE: &str = "create table if not exists migrations (
    version {int} primary key,
    name text not null
)";

/// Brings the database to the last of `steps` and says how many it ran. Two nodes that start together take
/// turns: the second finds nothing left to do.
pub async fn migrate(db: &Db, steps: &[Migration]) -> Result<usize> {
    let dialect = db.dialect();
    let table = dialect.schema(TABLE);
    let created = db.write(move |tx| tx.script(&table)).await;
    // Another node may have created the table in the same instant: then it is there to be read.
    if version(db).await.is_err() {
        created?;
    }
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let mut ran = 0;
    for (rank, step) in (1..).zip(steps) {
        let (name, sql) = (step.name, dialect.schema(step.sql));
        match db.write(move |tx| run(tx, rank, known, name, &sql)).await {
            Ok(new) => ran += usize::from(new),
            // Another node ran the step while this one was about to.
            Err(_) if version(db).await? >= rank && known >= version(db).await? => {}
            Err(error) => return Err(error),
        }
    }
    Ok(ran)
}

/// The same inside a transaction that does more: what it reads and writes and the schema it needs are then
/// kept together or not at all. Nobody else may be using the database.
pub fn migrate_in(tx: &mut Tx<'_>, steps: &[Migration]) -> Result<usize> {
    let dialect = tx.dialect();
    tx.script(&dialect.schema(TABLE))?;
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let mut ran = 0;
    for (rank, step) in (1..).zip(steps) {
        ran += usize::from(run(tx, rank, known, step.name, &dialect.schema(step.sql))?);
    }
    Ok(ran)
}

/// The steps that were run, in order.
pub fn steps_run(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let rows = tx.rows("select name from migrations order by version", &[])?;
    rows.iter().map(|it| it.get(0)).collect()
}

/// Whether the step had to run.
fn run(tx: &mut Tx<'_>, version: i64, known: i64, name: &str, sql: &str) -> Result<bool> {
    let found = read_version(tx)?;
    if found > known {
        return Err(StoreError::Schema { found, known });
    }
    if found >= version {
        return Ok(false);
    }
    tx.script(sql)?;
    tx.execute("insert into migrations (version, name) values ($1, $2)", &values![version, name])?;
    Ok(true)
}

/// The version of the schema; 0 when nothing was ever created.
pub async fn version(db: &Db) -> Result<i64> {
    db.read(read_version).await
}

fn read_version(tx: &mut Tx<'_>) -> Result<i64> {
    tx.row("select coalesce(max(version), 0) from migrations", &[])?.get(0)
}
