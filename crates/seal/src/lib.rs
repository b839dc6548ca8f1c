//! Keys, sealed values, keyed search, recovery shares. Pure: randomness is a parameter.
//!
//! ```text
//! service key ──wraps──▶ key of one file (dossier) ──seals──▶ notes, messages, sensitive fields, documents
//! ```
//!
//! Invariants:
//! - what is sealed says where it belongs ([`Place`]): moved to another row, column or file, it does not open;
//! - a nonce is 24 random bytes, so that no counter has to survive a restore;
//! - a file whose key is destroyed cannot be read, here or in any copy;
//! - keys are wiped from memory when dropped and never shown by `Debug`.

mod envelope;
mod key;
mod lookup;
mod passphrase;
mod shares;
mod stream;

use base::Entropy;

pub use envelope::{Place, open, seal};
pub use key::{FileKey, ServiceKey};
pub use lookup::LookupKey;
pub use passphrase::{unwrap_with_passphrase, wrap_with_passphrase};
pub use shares::{Share, recover, split};
pub use stream::{
    CHUNK, HEADER, Opener, SEALED_CHUNK, Sealer, open_document, seal_document, sealed_length,
};

/// Why something did not open. Says nothing of what was inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Wrong key, wrong place, or altered bytes: they cannot be told apart, on purpose.
    #[error("the seal does not open: wrong key, wrong place or altered bytes")]
    Closed,
    /// Not something this program sealed, or sealed by a later one.
    #[error("not a sealed value of a known format")]
    Format,
    /// Fewer shares than it takes, or shares of different keys.
    #[error("these shares do not rebuild a key")]
    Shares,
}

pub(crate) fn random<const N: usize>(entropy: &mut dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}
