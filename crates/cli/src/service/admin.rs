//! `tandem admin`: keys and jobs.

use std::path::Path;

use store::{Db, jobs};

use super::config::{Config, ServiceArgs};
use super::open::SystemEntropy;
use super::{block_on, key, open};
use crate::args::{AdminCommand, KeyCommand};
use crate::{Outcome, Refusal, Result, fr};

/// How many keys one transaction wraps again.
const AT_ONCE: i64 = 1_000;

pub fn run(command: &AdminCommand) -> Result {
    match command {
        AdminCommand::BackupKey => super::backup::new_key(),
        AdminCommand::Jobs(args) => jobs_of(args),
        AdminCommand::Key { command } => match command {
            KeyCommand::Protect(args) => {
                key::protect(&Config::read(args)?.key_file)?;
                println!("{}", fr::KEY_PROTECTED);
                Ok(Outcome::Fine)
            }
            KeyCommand::Shares(args) => {
                let shares = key::shares(&Config::read(args)?.key_file)?;
                for (number, text) in (1..).zip(&shares) {
                    println!("{}", fr::share(number, text));
                }
                Ok(Outcome::Fine)
            }
            KeyCommand::Recover { service, one, other } => {
                key::recover(&Config::read(service)?.key_file, one, other)?;
                println!("{}", fr::KEY_RECOVERED);
                Ok(Outcome::Fine)
            }
            KeyCommand::Rotate(args) => rotate(args),
        },
    }
}

fn jobs_of(args: &ServiceArgs) -> Result {
    let config = Config::read(args)?;
    block_on(async {
        let db = open::database(&config).await?;
        let (waiting, given_up) =
            db.read(jobs::waiting).await.map_err(|it| Refusal(fr::no_database(&it)))?;
        println!("{}", fr::jobs_are(waiting, given_up));
        Ok(Outcome::Fine)
    })
}

/// Begins a rotation, or finishes one that was cut: each batch is a transaction, the old key stays until the last.
fn rotate(args: &ServiceArgs) -> Result {
    let config = Config::read(args)?;
    block_on(async {
        let db = open::database(&config).await?;
        if key::read_former(&config.key_file)?.is_empty() {
            key::replace(&config.key_file)?;
        }
        let count = wrap_again(&db, &config).await?;
        finish(&config.key_file, count)
    })
}

async fn wrap_again(db: &Db, config: &Config) -> Result<usize> {
    let keys = open::keys(db, config).await?;
    let mut count = 0;
    loop {
        let batch = keys.clone();
        let wrapped = db.write(move |tx| Ok(batch.rotate(tx, AT_ONCE, &mut SystemEntropy)));
        let wrapped = wrapped.await.map_err(|it| Refusal(fr::no_database(&it)))?;
        match wrapped.map_err(|_| Refusal(fr::WRONG_KEY.into()))? {
            0 => return Ok(count),
            some => count += some,
        }
    }
}

fn finish(key_file: &Path, count: usize) -> Result {
    key::forget_former(key_file)?;
    println!("{}", fr::keys_wrapped(count));
    Ok(Outcome::Fine)
}
