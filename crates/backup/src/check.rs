//! Whether an archive is whole, and whether a database holds what it says.

use std::io::Read;

use store::Tx;

use crate::archive::{Reader, Summary};
use crate::rows::{self, Tally};
use crate::{Identity, Public, Result};

/// A table or the documents, when they are not what the archive says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The name of the table, or `documents`.
    pub what: String,
    pub expected: Tally,
    pub found: Tally,
}

/// Reads the whole archive, keeps nothing: every seal, every digest, the signature, the end.
pub fn check(
    source: impl Read,
    identity: &Identity,
    signed_by: Option<&Public>,
) -> Result<Summary> {
    Reader::open(source, identity)?.walk(signed_by, &mut |_| Ok(()))
}

/// Compares every row of the database with the archive: none is the proof of a restore.
pub fn diff(tx: &mut Tx<'_>, summary: &Summary) -> Result<Vec<Difference>> {
    let mut res = Vec::new();
    for (table, sum) in summary.header.tables.iter().zip(&summary.tables) {
        let mut found = Tally::default();
        rows::each(tx, table, &mut |row| {
            found.add(row);
            Ok(())
        })?;
        if found != sum.tally {
            res.push(Difference { what: sum.table.clone(), expected: sum.tally, found });
        }
    }
    Ok(res)
}
