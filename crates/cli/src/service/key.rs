//! The service key: from the environment, a file, or a file behind a passphrase. Never on the command line.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use seal::{ServiceKey, Share};

use super::open::SystemEntropy;
use crate::{Refusal, Result, fr};

const IN_ENVIRONMENT: &str = "TANDEM_KEY";
const PASSPHRASE: &str = "TANDEM_KEY_PASSPHRASE";

/// What a file behind a passphrase begins with.
const WRAPPED: &str = "tandem-cle-1 ";

/// The key; made at the first start, in a file that only this account reads.
pub fn read_or_create(path: &Path) -> Result<ServiceKey> {
    if let Ok(text) = std::env::var(IN_ENVIRONMENT) {
        return ServiceKey::parse(&text).ok_or(Refusal(fr::KEY_UNREADABLE.into()));
    }
    match fs::read_to_string(path) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => create(path),
        Err(error) => Err(Refusal(fr::key_unread(path, &error))),
    }
}

/// The key that a rotation replaced, until every file is wrapped again.
pub fn read_former(path: &Path) -> Result<Vec<ServiceKey>> {
    match fs::read_to_string(former(path)) {
        Ok(text) => Ok(vec![parse(&text)?]),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Refusal(fr::key_unread(path, &error))),
    }
}

fn former(path: &Path) -> PathBuf {
    path.with_extension("ancienne")
}

/// Sets the present key aside and makes a new one.
pub fn replace(path: &Path) -> Result<()> {
    let aside = former(path);
    if aside.exists() {
        return Err(Refusal(fr::rotation_under_way(&aside)));
    }
    fs::rename(path, &aside).map_err(|error| Refusal(fr::key_unread(path, &error)))?;
    create(path).map(|_| ())
}

/// The old key opens nothing any more.
pub fn forget_former(path: &Path) -> Result<()> {
    fs::remove_file(former(path)).map_err(|error| Refusal(fr::key_unread(path, &error)))
}

/// Three lines, for three envelopes held by three people.
pub fn shares(path: &Path) -> Result<[String; 3]> {
    let key = read_or_create(path)?;
    Ok(seal::split(&key, &mut SystemEntropy).map(|it| it.to_text()))
}

/// Writes the key again from two shares; a key that is there is not overwritten.
pub fn recover(path: &Path, one: &str, other: &str) -> Result<()> {
    let unreadable = || Refusal(fr::SHARE_UNREADABLE.into());
    let (one, other) =
        (Share::parse(one).ok_or_else(unreadable)?, Share::parse(other).ok_or_else(unreadable)?);
    let key = seal::recover(&one, &other).map_err(|_| Refusal(fr::SHARES_DISAGREE.into()))?;
    write(path, &key.to_text()).map_err(|error| Refusal(fr::key_unread(path, &error)))
}

fn parse(text: &str) -> Result<ServiceKey> {
    let Some(wrapped) = text.strip_prefix(WRAPPED) else {
        return ServiceKey::parse(text).ok_or(Refusal(fr::KEY_UNREADABLE.into()));
    };
    let passphrase =
        std::env::var(PASSPHRASE).map_err(|_| Refusal(fr::KEY_NEEDS_PASSPHRASE.into()))?;
    let bytes = from_hex(wrapped.trim()).ok_or(Refusal(fr::KEY_UNREADABLE.into()))?;
    seal::unwrap_with_passphrase(&bytes, &passphrase)
        .map_err(|_| Refusal(fr::WRONG_PASSPHRASE.into()))
}

fn create(path: &Path) -> Result<ServiceKey> {
    let key = ServiceKey::generate(&mut SystemEntropy);
    write(path, &key.to_text()).map_err(|error| Refusal(fr::key_unread(path, &error)))?;
    println!("{}", fr::key_created(path));
    Ok(key)
}

/// Puts the key of `path` behind a passphrase.
pub fn protect(path: &Path) -> Result<()> {
    let passphrase =
        std::env::var(PASSPHRASE).map_err(|_| Refusal(fr::KEY_NEEDS_PASSPHRASE.into()))?;
    let text = fs::read_to_string(path).map_err(|error| Refusal(fr::key_unread(path, &error)))?;
    let key = parse(&text)?;
    let wrapped = seal::wrap_with_passphrase(&key, &passphrase, &mut SystemEntropy)
        .map_err(|_| Refusal(fr::KEY_UNREADABLE.into()))?;
    let digits: String = wrapped.iter().map(|it| format!("{it:02x}")).collect();
    let fresh = path.with_extension("nouvelle");
    write(&fresh, &format!("{WRAPPED}{digits}\n"))
        .and_then(|()| fs::rename(&fresh, path))
        .map_err(|error| Refusal(fr::key_unread(path, &error)))
}

/// Created by us, read by this account alone, on the disk before anything is sealed with it.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|it| it.to_digit(16).and_then(|it| u8::try_from(it).ok()))
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high * 16 + low).collect())
}
