//! What is kept of a password: a salt and what Argon2id makes of both, never the password.

use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use axum::response::IntoResponse;
use base::Entropy;
use tokio::sync::Semaphore;
use web::error::Failure;
use zeroize::Zeroizing;

use crate::spine::{Stop, Stretch, Tandem};

/// `argon2id$m=65536$t=3$<salt>$<hash>`, in hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Stored(String);

const SALT: usize = 16;
const LENGTH: usize = 32;

/// Who waits with whom: a rush of strangers does not stand in front of those we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Known,
    Stranger,
}

/// Tries at once: each takes its 64 MiB, and a rush must not take the machine.
static KNOWN: Semaphore = Semaphore::const_new(2);
static STRANGERS: Semaphore = Semaphore::const_new(2);

/// Longer than that in the queue, and the answer is « come back later ».
const PATIENCE: Duration = Duration::from_secs(20);

impl Stored {
    pub fn read(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stored(…)")
    }
}

/// Whether this is the password. Without a stored one the same work is done, and the answer is no: an unknown
/// address takes as long as a known one.
pub async fn check(
    tandem: &Tandem,
    lane: Lane,
    stored: Option<Stored>,
    typed: &str,
) -> Result<bool, Stop> {
    let cost = tandem.settings.stretch;
    let typed = Zeroizing::new(typed.to_owned());
    apart(lane, move || match stored.as_ref().and_then(|it| Kept::read(&it.0)) {
        Some(kept) => {
            let found = stretched(kept.cost, &typed, &kept.salt)?;
            // Compared in constant time.
            Ok(blake3::hash(&*found) == blake3::hash(&kept.hash))
        }
        None => stretched(cost, &typed, &[0; SALT]).map(|_| false),
    })
    .await
}

/// What to keep of a new password.
pub async fn store(tandem: &Tandem, typed: &str) -> Result<Stored, Stop> {
    let cost = tandem.settings.stretch;
    let typed = Zeroizing::new(typed.to_owned());
    let mut salt = [0; SALT];
    tandem.entropy().fill(&mut salt);
    // Somebody of the house, or invited by it.
    apart(Lane::Known, move || {
        let hash = stretched(cost, &typed, &salt)?;
        let Stretch { memory_kib, passes } = cost;
        Ok(Stored(format!("argon2id$m={memory_kib}$t={passes}${}${}", hex(&salt), hex(&*hash))))
    })
    .await
}

async fn apart<T: Send + 'static>(
    lane: Lane,
    work: impl FnOnce() -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    let lane = match lane {
        Lane::Known => &KNOWN,
        Lane::Stranger => &STRANGERS,
    };
    let turn = tokio::time::timeout(PATIENCE, lane.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err(Stop::Page(Box::new(Failure::TooOften.into_response())));
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Stop::Sealed)?
}

/// A stored password, in its parts.
struct Kept {
    cost: Stretch,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Kept {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("argon2id$m=")?.split('$');
        let memory_kib = parts.next()?.parse().ok()?;
        let passes = parts.next()?.strip_prefix("t=")?.parse().ok()?;
        let (salt, hash) = (bytes(parts.next()?)?, bytes(parts.next()?)?);
        Some(Self { cost: Stretch { memory_kib, passes }, salt, hash })
    }
}

fn stretched(cost: Stretch, typed: &str, salt: &[u8]) -> Result<Zeroizing<[u8; LENGTH]>, Stop> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(LENGTH));
    let params = params.map_err(|_| Stop::Sealed)?;
    let mut res = Zeroizing::new([0; LENGTH]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(typed.as_bytes(), salt, res.as_mut())
        .map_err(|_| Stop::Sealed)?;
    Ok(res)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|it| it.to_digit(16)).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect()
}
