//! Documents: on a disk, or in any store that speaks S3.
//!
//! Words: a *document* is sealed under the key of its file before it leaves the process, piece by piece; its
//! *name* is the identifier of its record; its *digest* is that of what is stored, so that a copy is checked
//! by who cannot read it, and two equal documents do not show as equal.
//!
//! Invariants:
//! - nothing is stored in clear, and what is stored opens under its own name only;
//! - a name is written once: a second document under it is refused, never silently taken;
//! - on a disk, what was acknowledged has reached it.

mod error;
mod name;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use base::Entropy;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use seal::{FileKey, HEADER, Opener, Place, SEALED_CHUNK, Sealer};

pub use error::{BlobError, Result};
pub use name::Name;

/// The longest document, in bytes of plain text. What is created all at once is in memory all at once.
pub const LONGEST: usize = 100 << 20;

/// Where documents are kept. Cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

/// A store that speaks S3.
#[derive(Clone)]
pub struct S3 {
    /// `https://s3.example.org`; in clear only towards this machine, for tests.
    pub endpoint: String,
    pub region: String,
    pub bucket: String,
    pub key_id: String,
    pub secret: String,
}

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Of the sealed form.
    pub digest: [u8; 32],
    /// Of the sealed form.
    pub length: usize,
}

impl Blobs {
    /// A folder, which is created if it is not there.
    pub fn on_disk(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(BlobError::unavailable)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    /// Gone with the process: for tests and the demonstration.
    pub fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    pub fn on_s3(s3: &S3) -> Result<Self> {
        let local = ["http://127.0.0.1:", "http://localhost:"];
        let local = local.iter().any(|it| s3.endpoint.starts_with(it));
        let store = AmazonS3Builder::new()
            .with_endpoint(&s3.endpoint)
            .with_region(&s3.region)
            .with_bucket_name(&s3.bucket)
            .with_access_key_id(&s3.key_id)
            .with_secret_access_key(&s3.secret)
            .with_allow_http(local)
            .build()?;
        Ok(Self(Arc::new(store)))
    }

    /// Seals and stores a new document; [`BlobError::Taken`] when the name already has one.
    pub async fn create(
        &self,
        name: &Name,
        key: &FileKey,
        plain: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Stored> {
        if plain.len() > LONGEST {
            return Err(BlobError::TooLong);
        }
        let (mut sealer, header) = Sealer::new(key, place(name), entropy);
        let mut pieces = vec![Bytes::copy_from_slice(&header)];
        let mut rest = plain;
        loop {
            let (piece, after) = rest.split_at(rest.len().min(seal::CHUNK));
            pieces.push(sealer.next(piece, after.is_empty())?.into());
            if after.is_empty() {
                break;
            }
            rest = after;
        }
        self.put(name, pieces).await
    }

    /// Reads a document, giving its pieces to `see` as they come. What `see` was given before an error must
    /// not be used: only the end says that nothing is missing.
    pub async fn read(
        &self,
        name: &Name,
        key: &FileKey,
        see: &mut (dyn FnMut(&[u8]) + Send),
    ) -> Result<()> {
        let mut stream = self.0.get(&name.path()).await?.into_stream();
        let mut held = BytesMut::new();
        let mut opener = None;
        while let Some(received) = stream.next().await {
            held.extend_from_slice(&received?);
            if opener.is_none() && held.len() >= HEADER {
                opener = Some(Opener::new(key, place(name), &held.split_to(HEADER))?);
            }
            // One piece is held back: until the stream ends, it may be the last.
            while let Some(opener) = opener.as_mut()
                && held.len() > SEALED_CHUNK
            {
                see(&opener.next(&held.split_to(SEALED_CHUNK), false)?);
            }
        }
        let mut opener = opener.ok_or(BlobError::Closed)?;
        see(&opener.next(&held, true)?);
        Ok(())
    }

    /// The whole document at once.
    pub async fn read_all(&self, name: &Name, key: &FileKey) -> Result<Vec<u8>> {
        let mut res = Vec::new();
        self.read(name, key, &mut |piece| res.extend_from_slice(piece)).await?;
        Ok(res)
    }

    /// Removes a document; nothing to do is not an error, so that a job may run twice.
    pub async fn delete(&self, name: &Name) -> Result<()> {
        match self.0.delete(&name.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every name, in order.
    pub async fn names(&self) -> Result<Vec<Name>> {
        let mut res = Vec::new();
        let mut found = self.0.list(None);
        while let Some(meta) = found.try_next().await? {
            // What somebody else put there is not ours to copy or erase.
            res.extend(meta.location.as_ref().parse::<Name>());
        }
        res.sort();
        Ok(res)
    }

    /// The document as it is stored: for copies, which cannot read it.
    pub async fn sealed(&self, name: &Name) -> Result<Bytes> {
        Ok(self.0.get(&name.path()).await?.bytes().await?)
    }

    /// Puts back what [`Blobs::sealed`] gave.
    pub async fn put_back(&self, name: &Name, sealed: Bytes) -> Result<Stored> {
        self.put(name, vec![sealed]).await
    }

    async fn put(&self, name: &Name, pieces: Vec<Bytes>) -> Result<Stored> {
        let mut hasher = blake3::Hasher::new();
        let mut length = 0;
        for piece in &pieces {
            hasher.update(piece);
            length += piece.len();
        }
        let payload: PutPayload = pieces.into_iter().collect();
        let once = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        self.0.put_opts(&name.path(), payload, once).await?;
        Ok(Stored { digest: *hasher.finalize().as_bytes(), length })
    }
}

/// Where a document belongs, for its seal.
fn place(name: &Name) -> Place<'_> {
    Place { table: "documents", column: "content", record: name.as_str() }
}

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blobs({})", self.0)
    }
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S3({} on {})", self.bucket, self.endpoint)
    }
}
