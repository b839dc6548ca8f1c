//! `tandem audit`: signed heads for another machine, and the whole chain of the access log followed.

use std::path::Path;

use backup::Signer;
use backup::heads::{self, Kept, Of};
use store::access_log::{self, Verified};
use web::clock::Clock;

use super::config::{Config, ServiceArgs};
use super::open::SystemClock;
use super::{block_on, key, open};
use crate::{Outcome, Refusal, Result, fr};

/// Adds today's head to the file that another machine keeps.
pub fn export(args: &ServiceArgs, to: &Path) -> Result {
    let config = Config::read(args)?;
    block_on(async {
        let db = open::database(&config).await?;
        let head = db.read(access_log::head).await;
        let head = head.map_err(|error| Refusal(fr::no_database(&error)))?;
        let signer = Signer::of(&key::read_or_create(&config.key_file)?);
        let rank = head.rank;
        let kept = Kept { at: SystemClock.now(), of: Of::AccessLog, head };
        heads::export(to, &signer, &kept).map_err(|it| Refusal(fr::no_backup(&it)))?;
        println!("{}", fr::head_exported(rank, &signer.public().to_text()));
        Ok(Outcome::Fine)
    })
}

/// Follows every line; `heads` shows what a copy put back in place would hide.
pub fn verify(args: &ServiceArgs, heads: Option<&Path>) -> Result {
    let config = Config::read(args)?;
    block_on(async {
        let db = open::database(&config).await?;
        let kept = match heads {
            Some(path) => {
                let public = super::backup::public_of(&config)?;
                heads::verify(path, &[public]).map_err(|it| Refusal(fr::no_backup(&it)))?
            }
            None => Vec::new(),
        };
        let found = heads::verify_against(&db, &kept).await;
        let found = found.map_err(|error| Refusal(fr::no_database(&error)))?;
        println!("{}", fr::verified(&found));
        match found {
            Verified::Sound(_) => Ok(Outcome::Fine),
            Verified::Broken { .. } | Verified::RolledBack { .. } => Ok(Outcome::Wrong),
        }
    })
}
