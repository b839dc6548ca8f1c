//! Putting an archive into an empty database, all of it or nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use blobs::{BlobError, Blobs, Name};
use store::catalogue::{self, Table};
use store::dialect::Dialect;
use store::{Db, Migration, StoreError, Tx, Value, migrate_in, values};
use tokio::runtime::Handle;

use crate::archive::{Header, Item, Reader, Sum, Summary, TableHead, named};
use crate::ledger::{self, Destroyed};
use crate::{BackupError, Difference, Identity, Public, Result, Tally, diff, rows};

/// Where an archive goes.
#[derive(Debug, Clone)]
pub struct Target {
    /// Empty: not even a schema.
    pub db: Db,
    pub blobs: Option<Blobs>,
    /// The whole schema of this program.
    pub steps: Vec<Migration>,
}

/// What a restore asks for before it believes an archive.
#[derive(Clone)]
pub struct Demands {
    pub identity: Identity,
    /// The archive must be signed by this key: a public key alone lets anybody make an archive.
    pub signed_by: Option<Public>,
    /// The fingerprint that the archive's service key must have.
    pub service_key: Option<String>,
    pub erasure: Erasure,
}

/// What was destroyed since, and how to destroy it again.
#[derive(Debug, Clone, Default)]
pub struct Erasure {
    pub records: Vec<Destroyed>,
    /// Destroys the key of `$1` as of `$2`; nothing to do is not an error.
    pub destroy: &'static str,
    /// How many keys of `$1` are left.
    pub left: &'static str,
}

/// A restore that succeeded: the database is equal to the archive, then migrated, then erased again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub header: Header,
    /// The tables as compared, row by row.
    pub tables: Vec<Sum>,
    pub documents: Tally,
    /// How many records were erased again; their keys are gone.
    pub erased: usize,
    /// How many steps of the schema came after the archive.
    pub migrated: usize,
}

/// Restores the archive that `source` opens. On any error the database and the store of documents are empty
/// again.
pub async fn restore<R, S>(target: &Target, source: S, demands: Demands) -> Result<Restored>
where
    R: Read,
    S: Fn() -> io::Result<R> + Send + 'static,
{
    if let Some(blobs) = &target.blobs
        && !blobs.names().await?.is_empty()
    {
        return Err(BackupError::NotEmpty);
    }
    let refused = Arc::new(Mutex::new(None));
    let (why, inside) = (Arc::clone(&refused), target.clone());
    let done = target.db.write(move |tx| {
        load(tx, &inside, &source, &demands).map_err(|error| match error {
            BackupError::Store(error) => error,
            other => {
                *why.lock().unwrap_or_else(PoisonError::into_inner) = Some(other);
                StoreError::Undone
            }
        })
    });
    match done.await {
        Ok(restored) => Ok(restored),
        Err(error) => {
            remove_documents(target.blobs.as_ref()).await?;
            let refused = refused.lock().unwrap_or_else(PoisonError::into_inner).take();
            Err(refused.unwrap_or(BackupError::Store(error)))
        }
    }
}

async fn remove_documents(blobs: Option<&Blobs>) -> Result<()> {
    let Some(blobs) = blobs else { return Ok(()) };
    for name in blobs.names().await? {
        blobs.delete(&name).await?;
    }
    Ok(())
}

fn load<R: Read>(
    tx: &mut Tx<'_>,
    target: &Target,
    source: &impl Fn() -> io::Result<R>,
    demands: &Demands,
) -> Result<Restored> {
    if !catalogue::is_empty(tx)? {
        return Err(BackupError::NotEmpty);
    }
    let reader = Reader::open(source()?, &demands.identity)?;
    let then = suitable(reader.header(), target, demands)?;
    migrate_in(tx, then)?;
    let waiting = catalogue::let_foreign_keys_wait(tx)?;
    let mut loader = Loader::new(tx, reader.header(), target.blobs.as_ref())?;
    let summary =
        reader.walk(demands.signed_by.as_ref(), &mut |item| loader.take(&mut *tx, item))?;
    loader.flush(tx)?;
    catalogue::analyze(tx)?;
    let mut differences = diff(tx, &summary)?;
    differences.extend(loader.documents_differ(&summary)?);
    if !differences.is_empty() {
        return Err(BackupError::Differs(differences));
    }
    waiting.enforce(tx)?;
    let migrated = migrate_in(tx, &target.steps)?;
    let erased = erase_again(tx, &demands.erasure)?;
    let Summary { header, tables, documents } = summary;
    Ok(Restored { header, tables, documents, erased, migrated })
}

/// The steps that made the archive's schema, if this program knows them all and the archive is the one asked.
fn suitable<'a>(header: &Header, target: &'a Target, demands: &Demands) -> Result<&'a [Migration]> {
    let (found, known) = (header.steps.len(), target.steps.len());
    let then = target.steps.get(..found).ok_or(BackupError::Newer { found, known })?;
    let other =
        (1..).zip(then.iter().zip(&header.steps)).find(|(_, (ours, its))| ours.name != *its);
    if let Some((rank, _)) = other {
        return Err(BackupError::OtherProgram { rank });
    }
    if let Some(expected) = &demands.service_key
        && *expected != header.service_key
    {
        let found = header.service_key.clone();
        return Err(BackupError::OtherServiceKey { expected: expected.clone(), found });
    }
    if let Some(head) = &header.ledger {
        ledger::reaches(&demands.erasure.records, head)?;
    }
    Ok(then)
}

/// Destroys again, and counts what is left.
fn erase_again(tx: &mut Tx<'_>, erasure: &Erasure) -> Result<usize> {
    let mut erased = 0;
    for record in &erasure.records {
        let owner = record.owner.as_str();
        erased += usize::from(tx.execute(erasure.destroy, &values![owner, record.at])? > 0);
    }
    let mut count = 0;
    for record in &erasure.records {
        let left: i64 = tx.row(erasure.left, &values![record.owner.as_str()])?.get(0)?;
        count += usize::from(left != 0);
    }
    if count == 0 { Ok(erased) } else { Err(BackupError::StillReadable { count }) }
}

/// Rows on their way in, by batches.
struct Loader {
    tables: Vec<Loaded>,
    /// The table whose rows wait.
    current: usize,
    waiting: Vec<Vec<Value>>,
    most_values: usize,
    blobs: Option<Blobs>,
    documents: Vec<Name>,
}

struct Loaded {
    head: TableHead,
    /// Which columns this database keeps as booleans.
    booleans: Vec<bool>,
}

/// Rows of one statement; what is left goes by smaller ones, so that few statements are prepared.
const BATCHES: [usize; 3] = [256, 16, 1];

/// Values of one statement. PostgreSQL is far away, and takes 65,535; SQLite is here, and looks for the name of
/// each value among those before it.
fn most_values(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Sqlite => 160,
        Dialect::Postgres => 16_000,
    }
}

impl Loader {
    fn new(tx: &mut Tx<'_>, header: &Header, blobs: Option<&Blobs>) -> Result<Self> {
        let live: BTreeMap<String, Table> =
            catalogue::tables(tx)?.into_iter().map(|it| (it.name.clone(), it)).collect();
        let mut tables = Vec::new();
        for head in &header.tables {
            let same = live.get(&head.name).filter(|it| rows::head(it).as_ref() == Ok(head));
            let same = same.ok_or(BackupError::Altered { what: "tables of another schema" })?;
            let booleans = same.columns.iter().map(|it| it.boolean).collect();
            // What a step of the schema put there is in the archive too, as it was then.
            tx.execute(&format!("delete from \"{}\"", head.name), &[])?;
            tables.push(Loaded { head: head.clone(), booleans });
        }
        if tables.len() != live.len() {
            return Err(BackupError::Altered { what: "tables of another schema" });
        }
        Ok(Self {
            tables,
            current: 0,
            waiting: Vec::new(),
            most_values: most_values(tx.dialect()),
            blobs: blobs.cloned(),
            documents: Vec::new(),
        })
    }

    fn take(&mut self, tx: &mut Tx<'_>, item: Item) -> Result<()> {
        match item {
            Item::Row { table, values } => {
                if table != self.current {
                    self.flush(tx)?;
                    self.current = table;
                }
                self.waiting.push(values);
                if self.waiting.len() >= self.batch() { self.flush(tx) } else { Ok(()) }
            }
            Item::Document { name, sealed } => {
                let blobs = self.blobs.as_ref().ok_or(BackupError::NoStoreOfDocuments)?;
                match Handle::current().block_on(blobs.put_back(&name, sealed)) {
                    // Taken: the transaction started again. The comparison at the end tells.
                    Ok(_) | Err(BlobError::Taken) => self.documents.push(name),
                    Err(error) => return Err(error.into()),
                }
                Ok(())
            }
        }
    }

    fn batch(&self) -> usize {
        let width = self.tables.get(self.current).map_or(1, |it| it.booleans.len());
        let fits = self.most_values.checked_div(width).unwrap_or(1);
        BATCHES.into_iter().find(|it| *it <= fits).unwrap_or(1)
    }

    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let (batch, waiting) = (self.batch(), std::mem::take(&mut self.waiting));
        let Some(table) = self.tables.get(self.current) else { return Ok(()) };
        let mut rows = waiting.into_iter().peekable();
        while rows.peek().is_some() {
            let left = rows.len();
            let count = BATCHES.into_iter().find(|it| *it <= left.min(batch)).unwrap_or(1);
            let values: Vec<Value> =
                rows.by_ref().take(count).flat_map(|row| table.typed(row)).collect();
            tx.execute(&table.insert(count), &values)?;
        }
        Ok(())
    }

    /// Reads the documents again from where they are.
    fn documents_differ(&self, summary: &Summary) -> Result<Option<Difference>> {
        let mut found = Tally::default();
        for name in &self.documents {
            let blobs = self.blobs.as_ref().ok_or(BackupError::NoStoreOfDocuments)?;
            let sealed = Handle::current().block_on(blobs.sealed(name))?;
            found.add(&named(name, &blake3::hash(&sealed)));
        }
        let differs = found != summary.documents;
        let expected = summary.documents;
        Ok(differs.then(|| Difference { what: "documents".to_owned(), expected, found }))
    }
}

impl Loaded {
    /// Booleans as this database keeps them; what is not one is left for it to refuse.
    fn typed(&self, row: Vec<Value>) -> impl Iterator<Item = Value> {
        row.into_iter().zip(&self.booleans).map(|(value, boolean)| match value {
            Value::Int(it @ (0 | 1)) if *boolean => Value::Bool(it == 1),
            other => other,
        })
    }

    fn insert(&self, count: usize) -> String {
        let width = self.head.columns.len();
        let columns: Vec<String> = self.head.columns.iter().map(|it| format!("\"{it}\"")).collect();
        let row = |rank: usize| {
            let first = rank.saturating_mul(width);
            let numbers: Vec<String> =
                (1..=width).map(|it| format!("${}", first.saturating_add(it))).collect();
            format!("({})", numbers.join(", "))
        };
        let rows: Vec<String> = (0..count).map(row).collect();
        let (name, columns, rows) = (&self.head.name, columns.join(", "), rows.join(", "));
        format!("insert into \"{name}\" ({columns}) values {rows}")
    }
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sum in &self.tables {
            writeln!(f, "{}: {} rows", sum.table, sum.tally.count)?;
        }
        writeln!(f, "documents: {}", self.documents.count)?;
        writeln!(f, "differences: 0")?;
        write!(f, "erased again: {}, steps of the schema since: {}", self.erased, self.migrated)
    }
}

impl fmt::Debug for Demands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demands").field("signed_by", &self.signed_by).finish_non_exhaustive()
    }
}
