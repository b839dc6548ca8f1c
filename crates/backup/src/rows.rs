//! Rows as bytes, the same whatever the database, and what a heap of them amounts to.

use std::fmt;

use store::catalogue::Table;
use store::{StoreError, Tx, Value};

use crate::archive::TableHead;
use crate::{BackupError, Result, hex};

/// How many there are, and the sum of their hashes: equal for equal heaps in any order, because no two
/// databases order text alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    lanes: [u64; 4],
}

impl Tally {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.count = self.count.wrapping_add(1);
        let hash = blake3::hash(bytes);
        let (words, _) = hash.as_bytes().as_chunks::<8>();
        for (lane, word) in self.lanes.iter_mut().zip(words) {
            *lane = lane.wrapping_add(u64::from_le_bytes(*word));
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = self.lanes.iter().flat_map(|it| it.to_le_bytes()).collect();
        write!(f, "{} {}", self.count, hex::write(&bytes))
    }
}

const NULL: u8 = 0;
const INT: u8 = 1;
const TEXT: u8 = 2;
const BYTES: u8 = 3;

/// Adds one row to `out`. A boolean is written as SQLite keeps it: 0 or 1.
pub(crate) fn encode(values: &[Value], out: &mut Vec<u8>) -> Result<()> {
    for value in values {
        match value {
            Value::Null => out.push(NULL),
            Value::Bool(it) => int(i64::from(*it), out),
            Value::Int(it) => int(*it, out),
            Value::Text(it) => long(TEXT, it.as_bytes(), out)?,
            Value::Bytes(it) => long(BYTES, it, out)?,
        }
    }
    Ok(())
}

fn int(it: i64, out: &mut Vec<u8>) {
    out.push(INT);
    out.extend(it.to_le_bytes());
}

fn long(kind: u8, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let length = u32::try_from(bytes.len())
        .map_err(|_| BackupError::Io { reason: "a value of four gigabytes".to_owned() })?;
    out.push(kind);
    out.extend(length.to_le_bytes());
    out.extend(bytes);
    Ok(())
}

/// Takes one row of `width` columns off the front; `None` when it is not one.
pub(crate) fn decode(rest: &mut &[u8], width: usize) -> Option<Vec<Value>> {
    (0..width).map(|_| value(rest)).collect()
}

fn value(rest: &mut &[u8]) -> Option<Value> {
    let [kind] = take::<1>(rest)?;
    Some(match kind {
        NULL => Value::Null,
        INT => Value::Int(i64::from_le_bytes(take(rest)?)),
        TEXT => Value::Text(String::from_utf8(bytes(rest)?).ok()?),
        BYTES => Value::Bytes(bytes(rest)?),
        _ => return None,
    })
}

fn bytes(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(u32::from_le_bytes(take(rest)?)).ok()?;
    let (found, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(found.to_vec())
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (found, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*found)
}

/// Gives each row of the table as [`encode`] writes it.
pub(crate) fn each(
    tx: &mut Tx<'_>,
    table: &TableHead,
    see: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let columns: Vec<String> = table.columns.iter().map(|it| format!("\"{it}\"")).collect();
    let sql = format!("select {} from \"{}\"", columns.join(", "), table.name);
    let mut line = Vec::new();
    let mut failed = None;
    let done = tx.each(&sql, &[], &mut |row| {
        line.clear();
        let seen = encode(&row.into_values(), &mut line).and_then(|()| see(&line));
        seen.map_err(|error| {
            failed = Some(error);
            StoreError::Undone
        })
    });
    failed.map_or(Ok(done?), Err)
}

/// The table as an archive names it. A name goes into a statement: it is a plain one or none.
pub(crate) fn head(table: &Table) -> Result<TableHead> {
    let columns = table.columns.iter().map(|it| it.name.clone()).collect();
    let head = TableHead { name: table.name.clone(), columns };
    let strange = head.columns.iter().chain([&head.name]).find(|it| !plain(it)).cloned();
    strange.map_or(Ok(head), |name| Err(BackupError::Name { name }))
}

pub(crate) fn plain(name: &str) -> bool {
    let letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
    !name.is_empty() && name.chars().all(letter)
}
