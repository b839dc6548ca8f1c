//! A schema like that of the application, filled, and what a backup of it takes.

use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use backup::{
    BackupError, Demands, Erasure, Identity, Plan, Restored, Signer, Target, restore, write,
};
use base::Moment;
use blobs::Blobs;
use seal::{FileKey, Place, ServiceKey};
use store::{Db, Migration, Tx, migrate, values};
use store_testing::{Fresh, Seed};

/// Planted in clear in the rows, and in documents and bodies before they are sealed.
pub const CANARY: &str = "CANARI-7f3a";

const KEYS: Migration = Migration {
    name: "keys",
    sql: "create table file_keys (
            owner_id text primary key,
            wrapped {bytes},
            service_key text not null,
            created_at text not null,
            destroyed_at text
        )",
};
const RECORDS: Migration = Migration {
    name: "records",
    sql: "create table records (
            id text primary key,
            owner_id text not null references file_keys (owner_id),
            follows text references records (id),
            body {bytes} not null,
            \"order\" {int} not null,
            urgent {bool} not null,
            note text
        );
        create table amounts (id text primary key, cents {int} not null);
        create table settings (name text, part {int}, value text not null, primary key (name, part));
        insert into settings (name, part, value) values ('langue', 1, 'fr')",
};
pub const LATER: Migration =
    Migration { name: "later", sql: "alter table records add column language text" };

pub const DESTROY: &str = "update file_keys set wrapped = null, destroyed_at = $2
    where owner_id = $1 and destroyed_at is null";
pub const LEFT: &str = "select count(*) from file_keys where owner_id = $1 and wrapped is not null";

pub fn steps() -> Vec<Migration> {
    store::SCHEMA.iter().copied().chain([KEYS, RECORDS]).collect()
}

pub fn noon() -> Moment {
    "2026-11-22T12:00:00.000Z".parse().unwrap()
}

pub fn service() -> ServiceKey {
    ServiceKey::generate(&mut Seed(77))
}

/// `files` files of ten records each; the last record of one file follows the first of the next, so that no
/// order of rows suits the foreign keys.
pub async fn fill(db: &Db, files: i64) {
    migrate(db, &steps()).await.unwrap();
    db.write(move |tx| {
        let mut entropy = Seed(5);
        for file in 0..files {
            one_file(tx, file, &mut entropy)?;
        }
        for file in 1..files {
            let (last, first) = (format!("d{}-9", file - 1), format!("d{file}-0"));
            let sql = "update records set follows = $2 where id = $1";
            tx.execute(sql, &values![last, first])?;
        }
        for account in 0..10 {
            let sql = "insert into amounts (id, cents) values ($1, 1000)";
            tx.execute(sql, &values![format!("a{account}")])?;
        }
        tx.execute("update settings set value = 'it' where name = 'langue'", &[])?;
        let look = store::access_log::Look {
            at: noon(),
            actor: "a1".to_owned(),
            subject: CANARY.to_owned(),
            action: "read".to_owned(),
            purpose: "suivi".to_owned(),
            relation: "référent".to_owned(),
        };
        store::access_log::append(tx, &[look])
    })
    .await
    .unwrap();
}

fn one_file(tx: &mut Tx<'_>, file: i64, entropy: &mut Seed) -> store::Result<()> {
    let owner = format!("d{file}");
    let (key, wrapped) = service().new_file_key(&owner, entropy).unwrap();
    let sql = "insert into file_keys (owner_id, wrapped, service_key, created_at)
               values ($1, $2, $3, $4)";
    tx.execute(sql, &values![owner.clone(), wrapped, service().fingerprint(), noon()])?;
    for rank in 0..10_i64 {
        let id = format!("{owner}-{rank}");
        let sql = "insert into records (id, owner_id, body, \"order\", urgent, note)
                   values ($1, $2, $3, $4, $5, $6)";
        let body = seal::seal(&key, place(&id), body(&id).as_bytes(), entropy).unwrap();
        let note = (rank % 3 != 0).then(|| format!("{CANARY} été\n\t\\N « œ » {rank}"));
        tx.execute(sql, &values![id, owner.clone(), body, rank, rank % 2 == 0, note])?;
    }
    Ok(())
}

pub fn body(id: &str) -> String {
    format!("{CANARY} du dossier {id}")
}

fn place(id: &str) -> Place<'_> {
    Place { table: "records", column: "body", record: id }
}

/// What the record says, if its file's key is still there.
pub async fn read(db: &Db, owner: &str, rank: i64) -> Option<String> {
    let (owner, id) = (owner.to_owned(), format!("{owner}-{rank}"));
    let sql = "select file_keys.wrapped, records.body from records
               join file_keys on file_keys.owner_id = records.owner_id where records.id = $1";
    let record = id.clone();
    let row = db.read(move |tx| tx.row_if_any(sql, &values![record.clone()])).await.unwrap()?;
    let wrapped: Option<Vec<u8>> = row.get(0).unwrap();
    let key = service().unwrap(&wrapped?, &owner).ok()?;
    let plain = seal::open(&key, place(&id), &row.get::<Vec<u8>>(1).unwrap()).ok()?;
    Some(String::from_utf8(plain).unwrap())
}

/// Documents of the first files.
pub async fn documents(count: u64) -> Blobs {
    let blobs = Blobs::in_memory();
    for rank in 0..count {
        let name = format!("doc-{rank}").parse().unwrap();
        let length = usize::try_from(rank * 50_000).unwrap();
        let plain = CANARY.repeat(length / CANARY.len() + 1);
        let entropy = &mut Seed(rank);
        blobs.create(&name, &document_key(), plain.as_bytes(), entropy).await.unwrap();
    }
    blobs
}

pub fn document_key() -> FileKey {
    service().new_file_key("documents", &mut Seed(9)).unwrap().0
}

pub fn plan(identity: &Identity, blobs: Option<&Blobs>) -> Plan {
    Plan {
        at: noon(),
        service_key: service().fingerprint(),
        recipients: vec![identity.to_public()],
        signer: Some(Signer::of(&service())),
        blobs: blobs.cloned(),
        ledger: None,
    }
}

pub async fn archive(db: &Db, plan: Plan) -> Arc<[u8]> {
    let (bytes, _) = write(db, plan, Vec::new()).await.unwrap();
    bytes.into()
}

pub fn demands(identity: &Identity) -> Demands {
    Demands {
        identity: identity.clone(),
        signed_by: Some(Signer::of(&service()).public()),
        service_key: Some(service().fingerprint()),
        erasure: Erasure { records: Vec::new(), destroy: DESTROY, left: LEFT },
    }
}

pub fn source(bytes: &Arc<[u8]>) -> impl Fn() -> io::Result<Cursor<Arc<[u8]>>> + Send + 'static {
    let bytes = Arc::clone(bytes);
    move || Ok(Cursor::new(Arc::clone(&bytes)))
}

pub fn target(fresh: &Fresh, blobs: Option<&Blobs>) -> Target {
    Target { db: fresh.db.clone(), blobs: blobs.cloned(), steps: steps() }
}

pub async fn restored(
    fresh: &Fresh,
    bytes: &Arc<[u8]>,
    demands: Demands,
) -> Result<Restored, BackupError> {
    let blobs = Blobs::in_memory();
    restore(&target(fresh, Some(&blobs)), source(bytes), demands).await
}

pub async fn count(db: &Db, table: &str) -> i64 {
    let sql = format!("select count(*) from {table}");
    db.read(move |tx| tx.row(&sql, &[])?.get(0)).await.unwrap()
}

/// A folder of its own, gone with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static RANK: AtomicUsize = AtomicUsize::new(0);
        let rank = RANK.fetch_add(1, Ordering::Relaxed);
        let name = format!("tandem-backup-{}-{rank}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _already_gone = std::fs::remove_dir_all(&self.0);
    }
}
