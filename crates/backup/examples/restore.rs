//! How long a backup and its restore take: `cargo run --release -p backup --example restore -- 1000` writes
//! about 1,000 MB of sealed rows, on SQLite then on PostgreSQL (`TANDEM_TEST_POSTGRES`), and restores each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use backup::{Demands, Erasure, Identity, Plan, Signer, Target, restore, write_file};
use base::{Entropy, Moment};
use seal::ServiceKey;
use store::{Db, Migration, migrate, values};
use store_testing::{Fresh, Seed, postgres, sqlite};

const TABLES: Migration = Migration {
    name: "bench",
    sql: "
        create table file_keys (owner_id text primary key, wrapped {bytes}, destroyed_at text);
        create table notes (
            id text primary key,
            owner_id text not null references file_keys (owner_id),
            at text not null,
            body {bytes} not null,
            signed {bool} not null
        );
        create index notes_owner on notes (owner_id, at);
    ",
};

const BODY: usize = 1_000;
const NOTES: i64 = 20;

fn steps() -> Vec<Migration> {
    store::SCHEMA.iter().copied().chain([TABLES]).collect()
}

fn now() -> Moment {
    "2026-11-22T12:00:00.000Z".parse().unwrap()
}

#[tokio::main]
async fn main() {
    let megabytes: i64 = std::env::args().nth(1).map_or(200, |it| it.parse().unwrap());
    let folder = std::env::temp_dir().join(format!("tandem-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    one("SQLite", &sqlite().await.unwrap(), &sqlite().await.unwrap(), megabytes, &folder).await;
    one("PostgreSQL", &postgres().await.unwrap(), &postgres().await.unwrap(), megabytes, &folder)
        .await;
    std::fs::remove_dir_all(&folder).unwrap();
}

async fn one(name: &str, from: &Fresh, to: &Fresh, megabytes: i64, folder: &Path) {
    let start = Instant::now();
    fill(&from.db, megabytes).await;
    println!("{name}: filled in {:.1?}", start.elapsed());
    let service = ServiceKey::generate(&mut Seed(1));
    let (identity, signer) = (Identity::generate(), Signer::of(&service));
    let plan = Plan {
        at: now(),
        service_key: service.fingerprint(),
        recipients: vec![identity.to_public()],
        signer: Some(signer.clone()),
        blobs: None,
        ledger: None,
    };
    let path = folder.join("archive.age");
    let start = Instant::now();
    let written = write_file(&from.db, plan, &path, None).await.unwrap();
    let backup = start.elapsed();
    let size = written.bytes / 1_000_000;
    println!("{name}: {size} MB written and compared in {backup:.1?}, {}", memory());
    let demands = Demands {
        identity,
        signed_by: Some(signer.public()),
        service_key: None,
        erasure: Erasure::default(),
    };
    let target = Target { db: to.db.clone(), blobs: None, steps: steps() };
    let start = Instant::now();
    let source = path.clone();
    let restored = restore(&target, move || File::open(&source), demands).await.unwrap();
    let took = start.elapsed();
    println!("{name}: restored and compared in {took:.1?}, {}", memory());
    println!("{name}: both {:.1?}", backup + took);
    println!("{restored}");
    std::fs::remove_file(&path).unwrap();
}

async fn fill(db: &Db, megabytes: i64) {
    migrate(db, &steps()).await.unwrap();
    let files = megabytes * 1_000_000 / (NOTES * i64::try_from(BODY).unwrap());
    for first in (0..files).step_by(1_000) {
        db.write(move |tx| {
            let mut entropy = Seed(u64::try_from(first).unwrap());
            for file in first..files.min(first + 1_000) {
                let owner = store::Id::new(now().plus_seconds(file), &mut entropy);
                let sql = "insert into file_keys (owner_id, wrapped) values ($1, $2)";
                tx.execute(sql, &values![owner, random(73, &mut entropy)])?;
                let rows: Vec<String> = (0..NOTES)
                    .map(|it| it * 5)
                    .map(|it| {
                        let [a, b, c, d, e] = [1, 2, 3, 4, 5].map(|rank| it + rank);
                        format!("(${a}, ${b}, ${c}, ${d}, ${e})")
                    })
                    .collect();
                let row = values![owner, random(0, &mut entropy)];
                let mut all = Vec::new();
                for note in 0..NOTES {
                    let id = store::Id::new(now().plus_seconds(file), &mut entropy);
                    let body = random(BODY, &mut entropy);
                    all.extend(values![id, row[0].clone(), now(), body, note % 2 == 0]);
                }
                let sql = format!(
                    "insert into notes (id, owner_id, at, body, signed) values {}",
                    rows.join(", ")
                );
                tx.execute(&sql, &all)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    }
}

fn random(length: usize, entropy: &mut Seed) -> Vec<u8> {
    let mut bytes = vec![0; length];
    entropy.fill(&mut bytes);
    bytes
}

/// The most memory this process ever held.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("?");
    format!("peak memory {}", peak.trim())
}
