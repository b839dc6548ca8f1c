//! `tandem backup` and `tandem restore`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use backup::ledger::{self, Ledger};
use backup::{Demands, Erasure, Identity, Plan, Public, Recipient, Signer, Target};
use base::Moment;
use store::{Db, values};
use web::clock::Clock;

use super::config::{Config, ServiceArgs};
use super::open::SystemClock;
use super::{block_on, key, open};
use crate::{Outcome, Refusal, Result, fr};

/// Where the ledger of destructions stands, beside the data.
pub fn ledger_of(config: &Config) -> PathBuf {
    config.data.join("destructions.registre")
}

/// Two halves of a key: the public one for `backup`, the other for an envelope.
pub fn new_key() -> Result {
    let identity = Identity::generate();
    let secret = backup::secret_text(&identity);
    println!("{}", fr::backup_key(&identity.to_public().to_string(), &secret));
    Ok(Outcome::Fine)
}

pub fn backup(args: &ServiceArgs, to: &Path, recipients: &[String]) -> Result {
    let config = Config::read(args)?;
    let recipients: Vec<Recipient> = recipients
        .iter()
        .map(|it| it.parse().map_err(|_| Refusal(fr::BACKUP_KEY_UNREADABLE.into())))
        .collect::<Result<_>>()?;
    block_on(async {
        let db = open::database(&config).await?;
        flush(&db, &config).await?;
        let service = key::read_or_create(&config.key_file)?;
        let refused = |error: backup::BackupError| Refusal(fr::no_backup(&error));
        let records = Ledger::new(ledger_of(&config)).read().map_err(refused)?;
        let plan = Plan {
            at: SystemClock.now(),
            service_key: service.fingerprint(),
            recipients,
            signer: Some(Signer::of(&service)),
            blobs: None,
            ledger: Some(ledger::head(&records)),
        };
        let written = backup::write_file(&db, plan, to, None).await.map_err(refused)?;
        println!("{}", fr::backed_up(to, written.bytes));
        Ok(Outcome::Fine)
    })
}

/// Puts an archive into an empty database, then destroys again what was destroyed since.
pub fn restore(args: &ServiceArgs, from: &Path, identity: &Path, ledger: Option<&Path>) -> Result {
    let config = Config::read(args)?;
    let text =
        fs::read_to_string(identity).map_err(|error| Refusal(fr::unreadable(identity, &error)))?;
    let line = text.lines().find(|it| it.starts_with("AGE-SECRET-KEY-"));
    let identity: Identity = line
        .and_then(|it| it.trim().parse().ok())
        .ok_or(Refusal(fr::BACKUP_KEY_UNREADABLE.into()))?;
    block_on(async {
        fs::create_dir_all(&config.data)
            .map_err(|error| Refusal(fr::no_data_folder(&config.data, &error)))?;
        let db = Db::open(&config.database).await.map_err(|it| Refusal(fr::no_database(&it)))?;
        let service = key::read_or_create(&config.key_file)?;
        let refused = |error: backup::BackupError| Refusal(fr::no_restore(&error));
        let kept = ledger.map_or_else(|| ledger_of(&config), Path::to_path_buf);
        let records = Ledger::new(kept).read().map_err(refused)?;
        let demands = Demands {
            identity,
            signed_by: Some(Signer::of(&service).public()),
            service_key: Some(service.fingerprint()),
            erasure: Erasure {
                records,
                destroy: "update file_keys set wrapped = null, destroyed_at = $2
                          where owner_id = $1 and destroyed_at is null",
                left: "select count(*) from file_keys where owner_id = $1 and wrapped is not null",
            },
        };
        let target = Target { db, blobs: None, steps: app::schema() };
        let source = from.to_path_buf();
        let restored = backup::restore(&target, move || File::open(&source), demands);
        let restored = restored.await.map_err(refused)?;
        println!("{}", fr::restored(restored.tables.len(), restored.erased));
        Ok(Outcome::Fine)
    })
}

/// Writes the destructions of the database that the ledger does not have yet.
pub async fn flush(db: &Db, config: &Config) -> Result<()> {
    let sql = "select owner_id, destroyed_at from file_keys where destroyed_at is not null
               order by destroyed_at, owner_id";
    let destroyed: Vec<(String, Moment)> = db
        .read(move |tx| {
            tx.rows(sql, &values![])?.iter().map(|it| Ok((it.get(0)?, it.get(1)?))).collect()
        })
        .await
        .map_err(|error| Refusal(fr::no_database(&error)))?;
    let ledger = Ledger::new(ledger_of(config));
    for (owner, at) in &destroyed {
        ledger.append(*at, &[owner]).map_err(|error| Refusal(fr::no_backup(&error)))?;
    }
    Ok(())
}

/// The public key that checks heads and archives, on any machine.
pub fn public_of(config: &Config) -> Result<Public> {
    Ok(Signer::of(&key::read_or_create(&config.key_file)?).public())
}
