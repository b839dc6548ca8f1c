//! Making an archive, beside whoever writes.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use base::Moment;
use blobs::{BlobError, Blobs};
use store::access_log::Head;
use store::{Db, StoreError, Tx, catalogue, steps_run};

use crate::archive::{Header, Summary, Writer};
use crate::{BackupError, Identity, Recipient, Result, Signer, check, lines, rows};

/// What goes into an archive and who may open it.
pub struct Plan {
    pub at: Moment,
    /// The fingerprint of the service key.
    pub service_key: String,
    /// Public keys whose other half is not on this machine.
    pub recipients: Vec<Recipient>,
    pub signer: Option<Signer>,
    pub blobs: Option<Blobs>,
    /// How far the ledger goes: a restore will ask for one that goes at least that far.
    pub ledger: Option<Head>,
}

/// An archive that is on the disk and was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub summary: Summary,
    pub bytes: u64,
    /// Of the encrypted file: what another machine compares its copy with.
    pub digest: [u8; 32],
    pub proof: Proof,
}

/// How far the file was verified once on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Decrypted and read to its end, every digest compared.
    ReadBack,
    /// The key is not here, as it should be: what is on the disk is byte for byte what was encrypted.
    SameBytes,
}

/// Writes the archive to `out`.
///
/// Every table that the database has is in it: a list would be a list that forgets one. Documents are read
/// after the rows, so that each document a row speaks of is there; one erased meanwhile is not.
pub async fn write<W>(db: &Db, plan: Plan, out: W) -> Result<(W, Summary)>
where
    W: Write + Send + 'static,
{
    let (signer, blobs) = (plan.signer.clone(), plan.blobs.clone());
    let mut start = Some((plan, out));
    let written = db.read(move |tx| {
        let (plan, out) = start.take().ok_or(StoreError::Undone)?;
        // A refusal is an answer like another: there is nothing to undo.
        Ok(write_rows(tx, &plan, out))
    });
    let mut archive = written.await??;
    if let Some(blobs) = blobs {
        for name in blobs.names().await? {
            match blobs.sealed(&name).await {
                Ok(sealed) => archive.document(&name, &sealed)?,
                Err(BlobError::Absent) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    archive.finish(signer.as_ref())
}

fn write_rows<W: Write>(tx: &mut Tx<'_>, plan: &Plan, out: W) -> Result<Writer<W>> {
    let tables = catalogue::tables(tx)?.iter().map(rows::head).collect::<Result<Vec<_>>>()?;
    let header = Header {
        at: plan.at,
        service_key: plan.service_key.clone(),
        steps: steps_run(tx)?,
        ledger: plan.ledger.clone(),
        tables,
    };
    let mut archive = Writer::new(out, header, &plan.recipients)?;
    for (rank, table) in archive.tables().iter().enumerate() {
        rows::each(tx, table, &mut |row| archive.row(rank, row))?;
        archive.end_of_table()?;
    }
    Ok(archive)
}

/// Writes the archive to a new file and verifies what reached the disk: by reading it back when `identity` is
/// given (a rehearsal), by comparing its bytes otherwise. Until then it bears another name.
pub async fn write_file(
    db: &Db,
    plan: Plan,
    path: &Path,
    identity: Option<&Identity>,
) -> Result<Written> {
    let partial = path.with_added_extension("partial");
    let public = plan.signer.as_ref().map(Signer::public);
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(&partial)?;
    let (out, summary) = write(db, plan, Digested::new(file)).await?;
    out.file.sync_all()?;
    let (bytes, digest) = (out.bytes, *out.hasher.finalize().as_bytes());
    let proof = match identity {
        Some(identity) => {
            if check(File::open(&partial)?, identity, public.as_ref())? != summary {
                return Err(BackupError::Altered { what: "what was written" });
            }
            Proof::ReadBack
        }
        None => {
            if digest_of(&partial)? != digest {
                return Err(BackupError::Altered { what: "what was written" });
            }
            Proof::SameBytes
        }
    };
    std::fs::rename(&partial, path)?;
    lines::sync_folder(path)?;
    Ok(Written { summary, bytes, digest, proof })
}

/// A file, and the digest of what went into it.
struct Digested {
    file: File,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Digested {
    fn new(file: File) -> Self {
        Self { file, hasher: blake3::Hasher::new(), bytes: 0 }
    }
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..count).unwrap_or_default());
        self.bytes = self.bytes.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

fn digest_of(path: &Path) -> Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(*hasher.finalize().as_bytes()),
            count => hasher.update(buffer.get(..count).unwrap_or_default()),
        };
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("at", &self.at).finish_non_exhaustive()
    }
}
