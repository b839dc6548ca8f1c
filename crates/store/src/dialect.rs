//! All that differs between the two databases.

/// Which database a statement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// The first SQLite whose write-ahead log is sound: earlier ones can lose a committed page when the log is
/// reset (<https://sqlite.org/wal.html#walresetbug>).
pub const SQLITE_AT_LEAST: i32 = 3_051_003;

impl Dialect {
    /// Writes a migration for this database: `{bytes}`, `{int}` and `{bool}` are column types.
    pub fn schema(self, sql: &str) -> String {
        let (bytes, int, boolean) = match self {
            Self::Sqlite => ("blob", "integer", "integer"),
            Self::Postgres => ("bytea", "bigint", "boolean"),
        };
        sql.replace("{bytes}", bytes).replace("{int}", int).replace("{bool}", boolean)
    }

    /// Appended to the `select` that takes rows of a queue, so that two takers never get the same one.
    pub fn skip_locked(self) -> &'static str {
        match self {
            // There is one writer: nobody else is taking.
            Self::Sqlite => "",
            Self::Postgres => " for update skip locked",
        }
    }

    /// Every table and column of the schema, in order.
    pub fn columns(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "select tables.name, columns.name
                 from sqlite_master tables join pragma_table_info(tables.name) columns
                 where tables.type = 'table' and tables.name not like 'sqlite_%'
                 order by tables.name, columns.name"
            }
            Self::Postgres => {
                "select cast(table_name as text), cast(column_name as text)
                 from information_schema.columns where table_schema = 'public'
                 order by 1, 2"
            }
        }
    }

    /// The same with the type of each.
    pub fn typed_columns(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "select tables.name, columns.name, lower(columns.type)
                 from sqlite_master tables join pragma_table_info(tables.name) columns
                 where tables.type = 'table' and tables.name not like 'sqlite_%'
                 order by tables.name, columns.name"
            }
            Self::Postgres => {
                "select cast(table_name as text), cast(column_name as text),
                        cast(data_type as text)
                 from information_schema.columns where table_schema = 'public'
                 order by 1, 2"
            }
        }
    }
}
