//! Finding a sealed value by its exact content, without opening anything.

use std::fmt;

use zeroize::ZeroizeOnDrop;

/// Turns a value (a NIR, an e-mail) into what an index may hold. Without the key, a list of all possible
/// NIRs does not turn the index back into persons.
#[derive(Clone, ZeroizeOnDrop)]
pub struct LookupKey([u8; 32]);

impl LookupKey {
    pub(crate) fn new(root: &[u8; 32], purpose: &str) -> Self {
        let mut material = root.to_vec();
        material.extend(purpose.as_bytes());
        let key = blake3::derive_key("tandem 2026 lookup of a sealed value", &material);
        zeroize::Zeroize::zeroize(&mut material);
        Self(key)
    }

    /// The same for equal values, whatever their blanks and case.
    pub fn hash(&self, value: &str) -> Vec<u8> {
        let plain: String = value.chars().filter(|it| !it.is_whitespace()).collect();
        blake3::keyed_hash(&self.0, plain.to_uppercase().as_bytes()).as_bytes().to_vec()
    }
}

impl fmt::Debug for LookupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupKey(…)")
    }
}
