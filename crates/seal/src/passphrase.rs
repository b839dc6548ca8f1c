//! A service key behind a passphrase: what may lie on a disk that can be stolen.

use argon2::{Algorithm, Argon2, Params, Version};
use base::Entropy;
use zeroize::Zeroizing;

use crate::envelope::{open_with, seal_with};
use crate::{SealError, ServiceKey, random};

const SALT: usize = 16;
/// 64 MiB, three passes: a quarter of a second on an ordinary server, once per start.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// The key, readable only with the passphrase.
pub fn wrap_with_passphrase(
    key: &ServiceKey,
    passphrase: &str,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let salt: [u8; SALT] = random(entropy);
    let stretched = stretch(passphrase, &salt)?;
    let mut res = salt.to_vec();
    res.extend(seal_with(&stretched, &salt, key.bytes(), entropy)?);
    Ok(res)
}

/// The key that [`wrap_with_passphrase`] put away.
pub fn unwrap_with_passphrase(wrapped: &[u8], passphrase: &str) -> Result<ServiceKey, SealError> {
    let (salt, sealed) = wrapped.split_first_chunk::<SALT>().ok_or(SealError::Format)?;
    let stretched = stretch(passphrase, salt)?;
    let bytes = Zeroizing::new(open_with(&stretched, salt, sealed)?);
    let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| SealError::Format)?;
    Ok(ServiceKey::from_bytes(bytes))
}

fn stretch(passphrase: &str, salt: &[u8; SALT]) -> Result<Zeroizing<[u8; 32]>, SealError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|_| SealError::Format)?;
    let mut res = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, res.as_mut())
        .map_err(|_| SealError::Format)?;
    Ok(res)
}
