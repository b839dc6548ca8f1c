//! Signatures that anybody with the public key checks, on any machine.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use seal::ServiceKey;

use crate::hex;

/// Signs with a key that follows from the service key: nothing more to keep, nothing more to lose.
#[derive(Clone)]
pub struct Signer(SigningKey);

/// What a reader elsewhere keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Public(VerifyingKey);

/// What is being signed: a signature for one use is none for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Archive,
    Heads,
}

impl Signer {
    pub fn of(service: &ServiceKey) -> Self {
        Self(SigningKey::from_bytes(&service.derive("tandem 2026 signature of heads and archives")))
    }

    pub fn public(&self) -> Public {
        Public(self.0.verifying_key())
    }

    pub(crate) fn sign(&self, used: Use, message: &[u8]) -> [u8; 64] {
        self.0.sign(&used.bound(message)).to_bytes()
    }
}

impl Public {
    /// 64 hexadecimal digits.
    pub fn to_text(&self) -> String {
        hex::write(self.0.as_bytes())
    }

    pub fn parse(text: &str) -> Option<Self> {
        let bytes = <[u8; 32]>::try_from(hex::read(text.trim())?).ok()?;
        VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    pub(crate) fn signed(&self, used: Use, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        self.0.verify_strict(&used.bound(message), &signature).is_ok()
    }
}

impl Use {
    fn bound(self, message: &[u8]) -> Vec<u8> {
        let name: &[u8] = match self {
            Self::Archive => b"tandem archive\n",
            Self::Heads => b"tandem heads\n",
        };
        [name, message].concat()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public().to_text())
    }
}

impl fmt::Debug for Public {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Public({})", self.to_text())
    }
}
