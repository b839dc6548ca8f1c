//! `tandem audit verify`: follows the whole chain of the access log.

use store::access_log::{self, Verified};

use super::config::{Config, ServiceArgs};
use super::{block_on, open};
use crate::{Outcome, Refusal, Result, fr};

pub fn verify(args: &ServiceArgs) -> Result {
    let config = Config::read(args)?;
    block_on(async {
        let db = open::database(&config).await?;
        let found = db.read(|tx| access_log::verify(tx, &[])).await;
        let found = found.map_err(|error| Refusal(fr::no_database(&error)))?;
        println!("{}", fr::verified(&found));
        match found {
            Verified::Sound(_) => Ok(Outcome::Fine),
            Verified::Broken { .. } | Verified::RolledBack { .. } => Ok(Outcome::Wrong),
        }
    })
}
