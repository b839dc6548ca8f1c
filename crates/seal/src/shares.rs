//! Three shares of the service key, any two of which rebuild it: one person away never loses a file, one
//! person alone never opens one.
//!
//! Byte by byte, a line `secret + slope × number` in the field of 256 elements; two points give the line, one
//! gives nothing.

use std::fmt;

use base::Entropy;
use zeroize::ZeroizeOnDrop;

use crate::{SealError, ServiceKey, random};

/// One of the three. Bears the fingerprint of the key it belongs to, so that a mix-up is said.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct Share {
    /// 1, 2 or 3.
    number: u8,
    #[zeroize(skip)]
    fingerprint: String,
    bytes: [u8; 32],
}

/// Three shares of the key.
pub fn split(key: &ServiceKey, entropy: &mut dyn Entropy) -> [Share; 3] {
    let slopes: [u8; 32] = random(entropy);
    [1, 2, 3].map(|number| {
        let mut bytes = *key.bytes();
        for (byte, slope) in bytes.iter_mut().zip(slopes) {
            *byte ^= multiply(slope, number);
        }
        Share { number, fingerprint: key.fingerprint(), bytes }
    })
}

/// The key, from two different shares of it.
pub fn recover(one: &Share, other: &Share) -> Result<ServiceKey, SealError> {
    let between = inverse(one.number ^ other.number).ok_or(SealError::Shares)?;
    let mut bytes = [0; 32];
    for (byte, (a, b)) in bytes.iter_mut().zip(one.bytes.iter().zip(other.bytes)) {
        let slope = multiply(a ^ b, between);
        *byte = a ^ multiply(slope, one.number);
    }
    let key = ServiceKey::from_bytes(bytes);
    let same = [one, other].iter().all(|it| it.fingerprint == key.fingerprint());
    if same { Ok(key) } else { Err(SealError::Shares) }
}

impl Share {
    /// One line to print and put in an envelope: number, fingerprint, 64 hexadecimal digits.
    pub fn to_text(&self) -> String {
        let digits: String = self.bytes.iter().map(|it| format!("{it:02x}")).collect();
        format!("{}-{}-{digits}", self.number, self.fingerprint)
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (number, rest) = text.trim().split_once('-')?;
        let (fingerprint, digits) = rest.split_once('-')?;
        let number = number.parse().ok().filter(|it| (1..=3).contains(it))?;
        let bytes = *ServiceKey::parse(digits)?.bytes();
        Some(Self { number, fingerprint: fingerprint.to_owned(), bytes })
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({} of {})", self.number, self.fingerprint)
    }
}

/// Product in the field of 256 elements of AES (x⁸ + x⁴ + x³ + x + 1).
fn multiply(mut a: u8, mut b: u8) -> u8 {
    let mut res = 0;
    for _ in 0..8 {
        // Masks rather than branches: the time taken tells nothing of the bytes.
        res ^= a & (b & 1).wrapping_neg();
        let carry = (a >> 7).wrapping_neg();
        a = (a << 1) ^ (carry & 0x1b);
        b >>= 1;
    }
    res
}

/// `a²⁵⁴`; `None` for 0.
fn inverse(a: u8) -> Option<u8> {
    if a == 0 {
        return None;
    }
    let mut res = a;
    for _ in 0..6 {
        res = multiply(multiply(res, res), a);
    }
    Some(multiply(res, res))
}
