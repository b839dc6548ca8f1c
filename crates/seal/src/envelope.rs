//! A sealed value: format byte, nonce, ciphertext and its tag.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use base::Entropy;

use crate::{FileKey, SealError, random};

/// XChaCha20-Poly1305, 24-byte nonce in front.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// Where a sealed value belongs. Bound to it, not stored with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    pub table: &'a str,
    pub column: &'a str,
    /// The identifier of the record.
    pub record: &'a str,
}

/// Seals `plain` under the file's key, for this place only.
///
/// An error only for what no form or document can be: 256 GiB.
pub fn seal(
    key: &FileKey,
    place: Place<'_>,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    seal_with(key.bytes(), &place.bound(), plain, entropy)
}

/// Opens what [`seal`] made for the same place.
pub fn open(key: &FileKey, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    open_with(key.bytes(), &place.bound(), sealed)
}

impl Place<'_> {
    /// Each part with its length: no two places are written alike.
    pub(crate) fn bound(&self) -> Vec<u8> {
        let mut res = Vec::new();
        for part in [self.table, self.column, self.record] {
            res.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            res.extend(part.as_bytes());
        }
        res
    }
}

pub(crate) fn seal_with(
    key: &[u8; 32],
    bound: &[u8],
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE] = random(entropy);
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: plain, aad: bound };
    let body = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Format)?;
    let mut res = Vec::with_capacity(1 + NONCE + body.len());
    res.push(FORMAT);
    res.extend(nonce);
    res.extend(body);
    Ok(res)
}

pub(crate) fn open_with(key: &[u8; 32], bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (format, rest) = sealed.split_first().ok_or(SealError::Format)?;
    if *format != FORMAT {
        return Err(SealError::Format);
    }
    let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(SealError::Format)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: body, aad: bound };
    cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError::Closed)
}
