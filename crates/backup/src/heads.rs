//! Heads of the access log and of the ledger, signed, in a file that another machine keeps.
//!
//! Whoever holds the database can rewrite the log from a row to its end so that it follows; not so that it
//! still meets a head that is elsewhere. Each line follows from the one before and is signed: a line changed,
//! removed or moved is found with the public key alone. Lines missing at the end are found by the date of the
//! last one: a reader elsewhere expects one every so often.

use std::path::Path;

use base::Moment;
use store::access_log::{self, Head, Verified};
use store::{Db, Result as Stored};

use crate::lines::{self, Held};
use crate::sign::Use;
use crate::{BackupError, Public, Result, Signer, hex};

/// What a head is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    AccessLog,
    Ledger,
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub at: Moment,
    pub of: Of,
    pub head: Head,
}

/// Signs the head and adds it to the file; what was there is verified first, so that nothing is added to what
/// was altered.
pub fn export(path: &Path, signer: &Signer, kept: &Kept) -> Result<()> {
    let (mut file, text) = Held::open(path)?;
    // The keys that signed before a rotation are not known here: only the chain is followed.
    let known = chained(&text)?;
    let line = sign(signer, known, text.lines().last(), kept);
    Ok(file.append(&line)?)
}

/// The line that follows `last`, the `known`-th.
fn sign(signer: &Signer, known: usize, last: Option<&str>, kept: &Kept) -> String {
    let number = known.saturating_add(1);
    let (of, head) = (kept.of.name(), &kept.head);
    let (hash, before) = (hex::write(&head.hash), previous(last));
    let body = format!("{number} {} {of} {} {hash} {before}", kept.at, head.rank);
    let signature = signer.sign(Use::Heads, body.as_bytes());
    format!("{body} {}\n", hex::write(&signature))
}

/// Every head of the file, once each line follows and is signed by one of the keys: today's, and those of
/// before a rotation.
pub fn verify(path: &Path, publics: &[Public]) -> Result<Vec<Kept>> {
    let text = lines::read(path)?;
    chained(&text)?;
    (1..).zip(text.lines()).map(|(line, it)| signed(line, it, publics)).collect()
}

/// Follows the whole access log and compares it with the heads.
pub async fn verify_against(db: &Db, kept: &[Kept]) -> Stored<Verified> {
    let of_the_log = kept.iter().filter(|it| it.of == Of::AccessLog);
    let heads: Vec<Head> = of_the_log.map(|it| it.head.clone()).collect();
    db.read(move |tx| access_log::verify(tx, &heads)).await
}

/// How many lines, once their numbers and hashes follow.
fn chained(text: &str) -> Result<usize> {
    let mut last = None;
    let mut count = 0_usize;
    for line in text.lines() {
        let number = count.saturating_add(1);
        let fields: Vec<&str> = line.split(' ').collect();
        let sound = matches!(fields.as_slice(), [found, _, _, _, _, before, _]
            if **found == number.to_string() && **before == previous(last));
        if !sound {
            return Err(broken(number));
        }
        (last, count) = (Some(line), number);
    }
    Ok(count)
}

fn signed(number: usize, line: &str, publics: &[Public]) -> Result<Kept> {
    let read = || {
        let (body, signature) = line.rsplit_once(' ')?;
        let signature = hex::read(signature)?;
        let by = |it: &Public| it.signed(Use::Heads, body.as_bytes(), &signature);
        if !publics.iter().any(by) {
            return None;
        }
        let fields: Vec<&str> = body.split(' ').collect();
        let [_, at, of, rank, hash, _] = fields.as_slice() else { return None };
        let head = Head { rank: rank.parse().ok()?, hash: hex::read(hash)? };
        Some(Kept { at: at.parse().ok()?, of: Of::parse(of)?, head })
    };
    read().ok_or_else(|| broken(number))
}

fn previous(line: Option<&str>) -> String {
    hex::write(blake3::hash(line.unwrap_or("tandem heads, 2026").as_bytes()).as_bytes())
}

fn broken(line: usize) -> BackupError {
    BackupError::Broken { line: i64::try_from(line).unwrap_or(i64::MAX) }
}

impl Of {
    fn name(self) -> &'static str {
        match self {
            Self::AccessLog => "access-log",
            Self::Ledger => "ledger",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::AccessLog, Self::Ledger].into_iter().find(|it| it.name() == text)
    }
}
