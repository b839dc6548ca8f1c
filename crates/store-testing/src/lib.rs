//! Both databases, empty, for each test that asks.
//!
//! SQLite needs nothing. PostgreSQL is started by `cargo xtask test`, which gives its address in
//! [`POSTGRES`]; without it the tests of PostgreSQL fail rather than pretend.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use store::{Db, Result, StoreError};

/// The environment variable that holds the address of a PostgreSQL server where databases may be created.
pub const POSTGRES: &str = "TANDEM_TEST_POSTGRES";

/// A database of its own for one test; what it wrote on the disk goes with it.
#[derive(Debug)]
pub struct Fresh {
    pub db: Db,
    /// What [`Db::open`] takes to open it again.
    pub address: String,
    folder: Option<PathBuf>,
}

/// Runs `test` on SQLite then on PostgreSQL.
pub async fn on_both<T>(test: T) -> Result<()>
where
    T: AsyncFn(&Fresh) -> Result<()>,
{
    let on_sqlite = sqlite().await?;
    test(&on_sqlite).await?;
    let on_postgres = postgres().await?;
    test(&on_postgres).await
}

/// A new SQLite file.
pub async fn sqlite() -> Result<Fresh> {
    let folder = std::env::temp_dir().join(unique());
    std::fs::create_dir_all(&folder).map_err(unavailable)?;
    let address = folder.join("tandem.db").to_string_lossy().into_owned();
    Ok(Fresh { db: Db::open(&address).await?, address, folder: Some(folder) })
}

/// A new database of the server of tests.
pub async fn postgres() -> Result<Fresh> {
    let server = std::env::var(POSTGRES).map_err(|_| {
        unavailable(format!(
            "{POSTGRES} is not set: `cargo xtask test` starts a server and sets it"
        ))
    })?;
    let (client, connection) =
        tokio_postgres::connect(&server, tokio_postgres::NoTls).await.map_err(unavailable)?;
    let served = tokio::spawn(connection);
    let name = unique();
    let created = client.batch_execute(&format!("create database \"{name}\"")).await;
    drop(client);
    let _closed = served.await;
    created.map_err(unavailable)?;
    let address = with_database(&server, &name);
    Ok(Fresh { db: Db::open(&address).await?, address, folder: None })
}

impl Fresh {
    /// The file of a SQLite database.
    pub fn file(&self) -> Option<&Path> {
        self.folder.is_some().then(|| Path::new(&self.address))
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _already_gone = std::fs::remove_dir_all(folder);
        }
    }
}

/// `postgres://user@host:port/other` with another database.
fn with_database(server: &str, name: &str) -> String {
    let (scheme, rest) = server.split_once("://").unwrap_or(("postgres", server));
    let (host, options) = rest.split_once('?').unwrap_or((rest, ""));
    let host = host.split('/').next().unwrap_or(host);
    let separator = if options.is_empty() { "" } else { "?" };
    format!("{scheme}://{host}/{name}{separator}{options}")
}

fn unique() -> String {
    static RANK: AtomicUsize = AtomicUsize::new(0);
    let rank = RANK.fetch_add(1, Ordering::Relaxed);
    format!("tandem-test-{}-{rank}", std::process::id())
}

fn unavailable(reason: impl std::fmt::Display) -> StoreError {
    StoreError::Unavailable { reason: reason.to_string() }
}

/// Bytes that look random and are the same at each run.
#[derive(Debug, Clone)]
pub struct Seed(pub u64);

impl base::Entropy for Seed {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = self.0.to_be_bytes().first().copied().unwrap_or(0);
        }
    }
}
