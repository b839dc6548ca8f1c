//! The two levels of keys.

use std::fmt;

use base::Entropy;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::envelope::{open_with, seal_with};
use crate::{LookupKey, SealError, random};

/// Opens every file's key. Lives outside the database: in a file, the environment or behind a passphrase.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct ServiceKey([u8; 32]);

/// Opens one file (dossier). Destroying its wrapped form erases the file everywhere.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct FileKey([u8; 32]);

impl ServiceKey {
    /// The length of its written form: 64 hexadecimal digits.
    pub const DIGITS: usize = 64;

    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        Self(random(entropy))
    }

    /// Reads 64 hexadecimal digits, white space around allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits: Vec<u32> = text.chars().map(|it| it.to_digit(16)).collect::<Option<_>>()?;
        let (pairs, rest) = digits.as_chunks::<2>();
        let bytes: Vec<u8> = pairs
            .iter()
            .map(|[high, low]| u8::try_from(high * 16 + low))
            .collect::<Result<_, _>>()
            .ok()?;
        Some(Self(bytes.try_into().ok().filter(|_| rest.is_empty())?))
    }

    /// 64 hexadecimal digits: what goes into the key file. The only way out.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|it| format!("{it:02x}")).collect()
    }

    /// A new key for `file`, and its wrapped form to be stored.
    pub fn new_file_key(
        &self,
        file: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<(FileKey, Vec<u8>), SealError> {
        let key = FileKey(random(entropy));
        let wrapped = self.wrap(&key, file, entropy)?;
        Ok((key, wrapped))
    }

    /// Wraps the file's key again: after this key was rotated.
    pub fn wrap(
        &self,
        key: &FileKey,
        file: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, SealError> {
        seal_with(&self.0, file.as_bytes(), &key.0, entropy)
    }

    /// Opens the wrapped key of `file`; that of another file does not open.
    pub fn unwrap(&self, wrapped: &[u8], file: &str) -> Result<FileKey, SealError> {
        let mut bytes = open_with(&self.0, file.as_bytes(), wrapped)?;
        let key = <[u8; 32]>::try_from(bytes.as_slice()).map(FileKey);
        zeroize::Zeroize::zeroize(&mut bytes);
        key.map_err(|_| SealError::Format)
    }

    /// 32 bytes for another use, one per `context`, from which this key cannot be found again.
    pub fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, &self.0))
    }

    /// Which key this is, for a log or a label on an envelope: tells nothing of the key.
    pub fn fingerprint(&self) -> String {
        let hash = blake3::derive_key("tandem 2026 fingerprint of a service key", &self.0);
        hash.iter().take(6).map(|it| format!("{it:02x}")).collect()
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl FileKey {
    /// A key for finding equal values without reading them, one per purpose. Made from a key that is kept when
    /// the service key is rotated: what was indexed is still found.
    pub fn lookup(&self, purpose: &str) -> LookupKey {
        LookupKey::new(&self.0, purpose)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ServiceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceKey({})", self.fingerprint())
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}
