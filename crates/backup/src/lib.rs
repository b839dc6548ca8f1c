//! Backups that prove their restore.
//!
//! Words: an *archive* is everything the database held at one instant, with the documents, encrypted to public
//! keys whose other half is not on this machine; a *restore* puts it into an empty database and compares row
//! by row what is there with what was read; the *ledger* names the records whose key was destroyed, so that a
//! restore destroys them again; *heads* are what another machine keeps of the access log.
//!
//! Invariants:
//! - an archive is one consistent view, taken beside whoever writes, and restores on either database;
//! - nothing of it is ever on a disk in clear, here or there;
//! - a restore is one transaction: the whole archive, equal, migrated, with what was erased erased again, or an
//!   empty database;
//! - the service key is not in the archive, only its fingerprint: both are needed to read a file.

mod archive;
mod check;
mod error;
pub mod heads;
mod hex;
pub mod ledger;
mod lines;
mod restore;
mod rows;
mod sign;
mod write;

pub use age::x25519::{Identity, Recipient};

pub use archive::{Header, Sum, Summary, TableHead};
pub use check::{Difference, check, diff};
pub use error::{BackupError, Result};
pub use restore::{Demands, Erasure, Restored, Target, restore};
pub use rows::Tally;
pub use sign::{Public, Signer};
pub use write::{Plan, Proof, Written, write, write_file};

/// The secret half of a key for archives, to print and put in an envelope.
pub fn secret_text(identity: &Identity) -> String {
    use age::secrecy::ExposeSecret;
    identity.to_string().expose_secret().to_owned()
}
