//! The tables as the database itself tells them: for copies, which must not depend on a list that forgets one.

use crate::dialect::Dialect;
use crate::{Result, Tx};

/// A table and its columns, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// Whether the database tells a boolean from an integer there. SQLite never does.
    pub boolean: bool,
}

/// Foreign keys that wait, so that rows may come in any order.
#[derive(Debug)]
#[must_use = "rows that lead nowhere are refused by `enforce`"]
pub struct Waiting(Vec<String>);

/// The table where the schema's steps are written.
pub const MIGRATIONS: &str = "migrations";

/// Every table but [`MIGRATIONS`], in the order of their names.
pub fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>> {
    let mut res: Vec<Table> = Vec::new();
    for row in tx.rows(tx.dialect().typed_columns(), &[])? {
        let (table, name, kind): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if table == MIGRATIONS {
            continue;
        }
        let column = Column { name, boolean: kind == "boolean" };
        match res.last_mut() {
            Some(last) if last.name == table => last.columns.push(column),
            Some(_) | None => res.push(Table { name: table, columns: vec![column] }),
        }
    }
    // A database orders text its own way; here everybody's is the same.
    for table in &mut res {
        table.columns.sort_by(|one, other| one.name.cmp(&other.name));
    }
    res.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(res)
}

/// Whether anything was ever created in it.
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.rows(tx.dialect().columns(), &[])?.is_empty())
}

/// Lets rows come in any order until [`Waiting::enforce`].
pub fn let_foreign_keys_wait(tx: &mut Tx<'_>) -> Result<Waiting> {
    match tx.dialect() {
        Dialect::Sqlite => {
            tx.script("pragma defer_foreign_keys = on")?;
            Ok(Waiting(Vec::new()))
        }
        Dialect::Postgres => {
            let mut again = Vec::new();
            for row in tx.rows(FOREIGN_KEYS, &[])? {
                let (table, name, definition): (String, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                tx.script(&format!("alter table {table} drop constraint {name}"))?;
                again.push(format!("alter table {table} add constraint {name} {definition}"));
            }
            Ok(Waiting(again))
        }
    }
}

/// Names as they are to be written in a statement, quotes included where it takes them.
const FOREIGN_KEYS: &str = "select cast(cast(conrelid as regclass) as text),
           cast(quote_ident(conname) as text), pg_get_constraintdef(oid)
    from pg_constraint where contype = 'f' and connamespace = cast('public' as regnamespace)
    order by 1, 2";

impl Waiting {
    /// Refuses the rows that lead nowhere: here, or at the commit.
    pub fn enforce(self, tx: &mut Tx<'_>) -> Result<()> {
        self.0.iter().try_for_each(|sql| tx.script(sql))
    }
}

/// Tells the database how many rows there are now, before it plans how to read them.
pub fn analyze(tx: &mut Tx<'_>) -> Result<()> {
    match tx.dialect() {
        Dialect::Sqlite => Ok(()),
        Dialect::Postgres => tx.script("analyze"),
    }
}
