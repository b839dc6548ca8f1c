//! What was destroyed, beside the data and on another machine: a restore of an older archive destroys it again.
//!
//! One line per record whose key was destroyed: rank, instant, identifier, hash of the line before, hash.
//! A line is written by a job, after the transaction that destroys; written twice, it is there once. The file
//! says no more than identifiers of records that nobody can read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use base::Moment;
use store::access_log::Head;

use crate::lines::{self, Held};
use crate::{BackupError, Result, hex};

/// A record whose key was destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroyed {
    pub rank: i64,
    pub at: Moment,
    /// The identifier under which the key was.
    pub owner: String,
    pub hash: Vec<u8>,
}

/// The file that this process adds to.
#[derive(Debug, Clone)]
pub struct Ledger(PathBuf);

/// What the first line follows.
const ORIGIN: &[u8] = b"tandem ledger of what was destroyed, 2026";

impl Ledger {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Adds the records that are not there yet, and answers the head once it is on the disk.
    pub fn append(&self, at: Moment, owners: &[&str]) -> Result<Head> {
        let (mut file, text) = Held::open(&self.0)?;
        let known = parse(&text)?;
        let mut there: HashSet<&str> = known.iter().map(|it| it.owner.as_str()).collect();
        let mut head = head(&known);
        let mut new = String::new();
        for owner in owners {
            if owner.is_empty() || owner.contains(char::is_whitespace) {
                return Err(BackupError::Name { name: (*owner).to_owned() });
            }
            if !there.insert(owner) {
                continue;
            }
            let rank = head.rank.saturating_add(1);
            let hash = link(&head.hash, rank, at, owner);
            let (before, after) = (hex::write(&head.hash), hex::write(&hash));
            new.push_str(&format!("{rank} {at} {owner} {before} {after}\n"));
            head = Head { rank, hash };
        }
        if !new.is_empty() {
            file.append(&new)?;
        }
        Ok(head)
    }

    /// Every record, once it is sure that each line follows from the one before. None if there is no file.
    pub fn read(&self) -> Result<Vec<Destroyed>> {
        if self.0.exists() { read(&self.0) } else { Ok(Vec::new()) }
    }
}

/// The records of a ledger or of its copy.
pub fn read(path: &Path) -> Result<Vec<Destroyed>> {
    parse(&lines::read(path)?)
}

/// The same, and that it still holds the heads that were kept elsewhere: lines removed at the end show only
/// there.
pub fn verify(path: &Path, kept: &[Head]) -> Result<Head> {
    let records = read(path)?;
    kept.iter().try_for_each(|it| reaches(&records, it))?;
    Ok(head(&records))
}

/// Where a ledger stands.
pub fn head(records: &[Destroyed]) -> Head {
    records.last().map_or_else(origin, |it| Head { rank: it.rank, hash: it.hash.clone() })
}

/// Whether the ledger was at that head once.
pub(crate) fn reaches(records: &[Destroyed], kept: &Head) -> Result<()> {
    let at = records.iter().find(|it| it.rank == kept.rank);
    let found = at.map_or_else(origin, |it| Head { rank: it.rank, hash: it.hash.clone() });
    if found == *kept { Ok(()) } else { Err(BackupError::OldLedger { rank: kept.rank }) }
}

fn parse(text: &str) -> Result<Vec<Destroyed>> {
    let mut res = Vec::new();
    let mut last = origin();
    for line in text.lines() {
        let rank = last.rank.saturating_add(1);
        let record = record(line, rank, &last.hash).ok_or(BackupError::Broken { line: rank })?;
        last = Head { rank, hash: record.hash.clone() };
        res.push(record);
    }
    Ok(res)
}

fn record(line: &str, rank: i64, previous: &[u8]) -> Option<Destroyed> {
    let fields: Vec<&str> = line.split(' ').collect();
    let [number, at, owner, before, hash] = fields.as_slice() else { return None };
    let at = at.parse().ok()?;
    let expected = link(previous, rank, at, owner);
    let sound = number.parse() == Ok(rank)
        && hex::read(before)? == previous
        && hex::read(hash)? == expected;
    sound.then(|| Destroyed { rank, at, owner: (*owner).to_owned(), hash: expected })
}

fn origin() -> Head {
    Head { rank: 0, hash: blake3::hash(ORIGIN).as_bytes().to_vec() }
}

/// The owner comes last: its length is what is left.
fn link(previous: &[u8], rank: i64, at: Moment, owner: &str) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous).update(&rank.to_le_bytes()).update(&at.millis().to_le_bytes());
    hasher.update(owner.as_bytes()).finalize().as_bytes().to_vec()
}
