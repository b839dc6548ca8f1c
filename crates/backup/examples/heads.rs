//! How long it takes to verify an access log from heads kept elsewhere:
//! `cargo run --release -p backup --example heads -- 1000000`, on SQLite then on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::time::Instant;

use backup::heads::{Kept, Of, verify_against};
use base::Moment;
use store::access_log::{self, Look};
use store::migrate;
use store_testing::{Fresh, postgres, sqlite};

#[tokio::main]
async fn main() {
    let rows: i64 = std::env::args().nth(1).map_or(100_000, |it| it.parse().unwrap());
    one("SQLite", &sqlite().await.unwrap(), rows).await;
    one("PostgreSQL", &postgres().await.unwrap(), rows).await;
}

async fn one(name: &str, fresh: &Fresh, rows: i64) {
    migrate(&fresh.db, &[access_log::SCHEMA]).await.unwrap();
    let start = Instant::now();
    let mut kept = Vec::new();
    // A head an hour, for a log of a thousand lines an hour.
    for first in (1..=rows).step_by(1_000) {
        let head = fresh
            .db
            .write(move |tx| {
                let looks: Vec<Look> = (first..=rows.min(first + 999)).map(look).collect();
                access_log::append(tx, &looks)
            })
            .await
            .unwrap();
        kept.push(Kept { at: now(), of: Of::AccessLog, head });
    }
    println!("{name}: {rows} rows written in {:.1?}", start.elapsed());
    for _ in 0..3 {
        let start = Instant::now();
        let found = verify_against(&fresh.db, &kept).await.unwrap();
        let took = start.elapsed();
        assert!(matches!(found, access_log::Verified::Sound(head) if head.rank == rows));
        println!("{name}: {rows} rows and {} heads verified in {took:.2?}", kept.len());
    }
}

fn now() -> Moment {
    "2026-11-22T12:00:00.000Z".parse().unwrap()
}

/// Identifiers as long as the real ones.
fn look(rank: i64) -> Look {
    Look {
        at: now().plus_seconds(rank),
        actor: format!("019ab0c2-7d3e-7b11-8c4d-{:012}", rank % 200),
        subject: format!("019ab0c2-7d3e-7b11-8c4d-{:012}", rank % 100_000),
        action: "read".to_owned(),
        purpose: "accompagnement social".to_owned(),
        relation: "référent".to_owned(),
    }
}
