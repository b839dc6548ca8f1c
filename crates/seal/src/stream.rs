//! A document sealed piece by piece, so that it never has to be whole in memory.
//!
//! A format byte and 19 random bytes, then pieces of [`CHUNK`] bytes, each with its tag. The nonce of a piece
//! is the random bytes, its rank and whether it is the last: a piece moved, repeated, removed or a document
//! cut short does not open. The place is bound to each piece.

use std::fmt;

use base::Entropy;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::{FileKey, Place, SealError, random};

/// Bytes of plain text in each piece but the last.
pub const CHUNK: usize = 64 * 1024;
/// Bytes of a sealed piece but the last.
pub const SEALED_CHUNK: usize = CHUNK + TAG;
/// Bytes in front of the first piece.
pub const HEADER: usize = 1 + PREFIX;

const FORMAT: u8 = 2;
const PREFIX: usize = 19;
const TAG: usize = 16;

/// Seals the pieces of one document, in order.
pub struct Sealer(Pieces);

/// Opens the pieces of one document, in order.
pub struct Opener(Pieces);

struct Pieces {
    cipher: XChaCha20Poly1305,
    bound: Vec<u8>,
    prefix: [u8; PREFIX],
    /// `None` once the last piece has passed, or after four billion of them.
    rank: Option<u32>,
}

impl Sealer {
    /// Starts a document: the header goes before its first piece.
    pub fn new(key: &FileKey, place: Place<'_>, entropy: &mut dyn Entropy) -> (Self, [u8; HEADER]) {
        let prefix: [u8; PREFIX] = random(entropy);
        let mut header = [FORMAT; HEADER];
        if let Some((_, rest)) = header.split_first_mut() {
            rest.copy_from_slice(&prefix);
        }
        (Self(Pieces::new(key, place, prefix)), header)
    }

    /// Seals the next piece: [`CHUNK`] bytes, or fewer if it is the last.
    pub fn next(&mut self, plain: &[u8], last: bool) -> Result<Vec<u8>, SealError> {
        if plain.len() > CHUNK || (plain.len() < CHUNK && !last) {
            return Err(SealError::Format);
        }
        let nonce = self.0.nonce(last)?;
        let payload = Payload { msg: plain, aad: &self.0.bound };
        self.0.cipher.encrypt(&nonce, payload).map_err(|_| SealError::Format)
    }
}

impl Opener {
    /// Starts from the first [`HEADER`] bytes.
    pub fn new(key: &FileKey, place: Place<'_>, header: &[u8]) -> Result<Self, SealError> {
        let (format, prefix) = header.split_first().ok_or(SealError::Format)?;
        let prefix = <[u8; PREFIX]>::try_from(prefix).map_err(|_| SealError::Format)?;
        if *format != FORMAT {
            return Err(SealError::Format);
        }
        Ok(Self(Pieces::new(key, place, prefix)))
    }

    /// Opens the next piece; `last` when nothing follows it.
    pub fn next(&mut self, sealed: &[u8], last: bool) -> Result<Vec<u8>, SealError> {
        let nonce = self.0.nonce(last)?;
        let payload = Payload { msg: sealed, aad: &self.0.bound };
        self.0.cipher.decrypt(&nonce, payload).map_err(|_| SealError::Closed)
    }
}

impl Pieces {
    fn new(key: &FileKey, place: Place<'_>, prefix: [u8; PREFIX]) -> Self {
        let cipher = XChaCha20Poly1305::new(&Key::from(*key.bytes()));
        Self { cipher, bound: place.bound(), prefix, rank: Some(0) }
    }

    fn nonce(&mut self, last: bool) -> Result<XNonce, SealError> {
        let rank = self.rank.ok_or(SealError::Format)?;
        self.rank = if last { None } else { rank.checked_add(1) };
        let mut nonce = [0; PREFIX + 5];
        let parts = self.prefix.into_iter().chain(rank.to_be_bytes()).chain([u8::from(last)]);
        for (byte, part) in nonce.iter_mut().zip(parts) {
            *byte = part;
        }
        Ok(XNonce::from(nonce))
    }
}

/// The whole of a document that is already in memory.
pub fn seal_document(
    key: &FileKey,
    place: Place<'_>,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let (mut sealer, header) = Sealer::new(key, place, entropy);
    let mut res = Vec::with_capacity(sealed_length(plain.len()));
    res.extend(header);
    let mut rest = plain;
    loop {
        let (piece, after) = rest.split_at(rest.len().min(CHUNK));
        res.extend(sealer.next(piece, after.is_empty())?);
        if after.is_empty() {
            return Ok(res);
        }
        rest = after;
    }
}

/// What [`seal_document`] made for the same place.
pub fn open_document(key: &FileKey, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (header, mut rest) = sealed.split_at_checked(HEADER).ok_or(SealError::Format)?;
    let mut opener = Opener::new(key, place, header)?;
    let mut res = Vec::with_capacity(rest.len());
    loop {
        let (piece, after) = rest.split_at(rest.len().min(SEALED_CHUNK));
        res.extend(opener.next(piece, after.is_empty())?);
        if after.is_empty() {
            return Ok(res);
        }
        rest = after;
    }
}

/// How long a document of `plain` bytes is once sealed.
pub fn sealed_length(plain: usize) -> usize {
    HEADER + plain + TAG * plain.div_ceil(CHUNK).max(1)
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener(…)")
    }
}
