//! How long it takes to wrap every file key again after a rotation of the service key:
//! `cargo run --release -p backup --example rewrap -- 100000`, on SQLite then on PostgreSQL. The statements
//! are those of the application's rotation: by parts of 1,000, one transaction each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::time::Instant;

use seal::ServiceKey;
use store::{Db, Migration, migrate, values};
use store_testing::{Fresh, Seed, postgres, sqlite};

const KEYS: Migration = Migration {
    name: "keys",
    sql: "create table file_keys (
            owner_id text primary key,
            wrapped {bytes},
            service_key text not null,
            created_at text not null,
            destroyed_at text
        );
        create index file_keys_service on file_keys (service_key);",
};
const PART: i64 = 1_000;

#[tokio::main]
async fn main() {
    let keys: i64 = std::env::args().nth(1).map_or(10_000, |it| it.parse().unwrap());
    one("SQLite", &sqlite().await.unwrap(), keys).await;
    one("PostgreSQL", &postgres().await.unwrap(), keys).await;
}

async fn one(name: &str, fresh: &Fresh, keys: i64) {
    migrate(&fresh.db, &[KEYS]).await.unwrap();
    let (old, new) = (ServiceKey::generate(&mut Seed(1)), ServiceKey::generate(&mut Seed(2)));
    for first in (0..keys).step_by(10_000) {
        let old = old.clone();
        fresh
            .db
            .write(move |tx| {
                let mut entropy = Seed(u64::try_from(first).unwrap());
                for rank in first..keys.min(first + 10_000) {
                    let owner = format!("019ab0c2-7d3e-7b11-8c4d-{rank:012}");
                    let (_, wrapped) = old.new_file_key(&owner, &mut entropy).unwrap();
                    let sql = "insert into file_keys (owner_id, wrapped, service_key, created_at)
                               values ($1, $2, $3, 'x')";
                    tx.execute(sql, &values![owner, wrapped, old.fingerprint()])?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }
    let start = Instant::now();
    let mut done = 0;
    loop {
        let count = part(&fresh.db, &old, &new, done).await;
        done += u64::try_from(count).unwrap();
        if count == 0 {
            break;
        }
    }
    println!("{name}: {done} keys wrapped again in {:.1?}", start.elapsed());
}

async fn part(db: &Db, old: &ServiceKey, new: &ServiceKey, seed: u64) -> usize {
    let (old, new) = (old.clone(), new.clone());
    db.write(move |tx| {
        let mut entropy = Seed(seed);
        let sql = "select owner_id, wrapped, service_key from file_keys
                   where service_key <> $1 and wrapped is not null limit $2";
        let rows = tx.rows(sql, &values![new.fingerprint(), PART])?;
        for row in &rows {
            let (owner, wrapped): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let key = old.unwrap(&wrapped, &owner).unwrap();
            let again = new.wrap(&key, &owner, &mut entropy).unwrap();
            let sql = "update file_keys set wrapped = $2, service_key = $3 where owner_id = $1";
            tx.execute(sql, &values![owner, again, new.fingerprint()])?;
        }
        Ok(rows.len())
    })
    .await
    .unwrap()
}
