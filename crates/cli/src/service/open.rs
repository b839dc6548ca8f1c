//! What every command of a service opens: the data folder, the key, the database.

use std::fs;
use std::sync::Arc;

use app::spine::Keys;
use app::{Settings, Tandem};
use base::{Entropy, Moment};
use law::Law;
use store::Db;
use web::clock::Clock;

use super::config::Config;
use super::key;
use crate::{Refusal, Result, fr};

/// The time of this machine.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the clock comes from")]
    fn now(&self) -> Moment {
        Moment::from_millis(jiff::Timestamp::now().as_millisecond())
    }
}

/// The randomness of this machine.
#[derive(Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, out: &mut [u8]) {
        // Without randomness nothing may be sealed: better no service than a key somebody guesses.
        if getrandom::fill(out).is_err() {
            std::process::abort();
        }
    }
}

/// The database, brought to this program's schema.
pub async fn database(config: &Config) -> Result<Db> {
    fs::create_dir_all(&config.data)
        .map_err(|error| Refusal(fr::no_data_folder(&config.data, &error)))?;
    let db = Db::open(&config.database).await.map_err(|error| Refusal(fr::no_database(&error)))?;
    store::migrate(&db, &app::schema()).await.map_err(|error| Refusal(fr::no_database(&error)))?;
    Ok(db)
}

/// All a page needs.
pub async fn tandem(config: &Config, demonstration: bool) -> Result<Tandem> {
    let db = database(config).await?;
    let keys = keys(&db, config).await?;
    let settings = Settings {
        demonstration,
        address: config.address.clone(),
        origin_header: config.origin_header.clone(),
        ..Settings::default()
    };
    Ok(Tandem::new(
        db,
        keys,
        Law::national(),
        Arc::new(SystemClock),
        Box::new(SystemEntropy),
        settings,
    ))
}

/// The keys of the service, opened.
pub async fn keys(db: &Db, config: &Config) -> Result<Keys> {
    let current = key::read_or_create(&config.key_file)?;
    let former = key::read_former(&config.key_file)?;
    let now = SystemClock.now();
    let loaded = db.write(move |tx| {
        Ok(Keys::load(tx, current.clone(), former.clone(), now, &mut SystemEntropy))
    });
    let loaded = loaded.await.map_err(|error| Refusal(fr::no_database(&error)))?;
    loaded.map_err(|_| Refusal(fr::WRONG_KEY.into()))
}

/// One JSON line an event, on the standard error.
pub fn log_to_stderr(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(&config.log);
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .finish();
    // Set once: a second call only happens in tests.
    let _already = tracing::subscriber::set_global_default(subscriber);
}
