//! Migrations of filled tables, killed midway: nothing half done, nothing lost, and the next start ends them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use store::{Db, Migration, Result, StoreError, migrate, version};
use store_testing::{Fresh, postgres, sqlite};

/// The address of the database that the child migrates.
const ADDRESS: &str = "TANDEM_TEST_MIGRATED";

const PEOPLE: i64 = 10_000;

const FIRST: Migration = Migration {
    name: "people",
    sql: "create table people (id text primary key, name text not null, rank {int} not null)",
};
/// Long enough to be killed in, and each of its parts shows.
const NEXT: Migration = Migration {
    name: "visits",
    sql: "
        create table visits (id text primary key, person_id text not null references people (id));
        alter table people add column phone text;
        update people set phone = '0' || rank;
        insert into visits (id, person_id)
            select people.id || '-' || days.rank, people.id
            from people join people days on days.rank <= 4;
        create index visits_person on visits (person_id);
        update people set name = name || ' (relu)';
    ",
};

async fn filled(fresh: &Fresh) -> Result<()> {
    migrate(&fresh.db, &[FIRST]).await?;
    let fill = format!(
        "insert into people (id, name, rank)
         with recursive numbers (rank) as (
             select 1 union all select rank + 1 from numbers where rank < {PEOPLE}
         )
         select 'p' || rank, 'Nadia ' || rank, rank from numbers"
    );
    fresh.db.write(move |tx| tx.execute(&fill, &[])).await?;
    Ok(())
}

/// Not a test by itself: the process that the test kills, and nothing when it is run with the others.
#[tokio::test]
async fn child_that_migrates() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let db = Db::open(&address).await.unwrap();
    println!("\ngo");
    migrate(&db, &[FIRST, NEXT]).await.unwrap();
    println!("\ndone");
}

/// Starts the child and answers once it begins to migrate.
fn child(address: &str) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::child_that_migrates", "--exact", "--nocapture"])
        .env(ADDRESS, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.as_mut().unwrap();
    // Byte by byte: what follows `go` is left for who waits for `done`.
    let mut lines = BufReader::with_capacity(1, out).lines();
    assert!(lines.any(|it| it.unwrap() == "go"));
    child
}

/// All of the step or none of it.
async fn state(db: &Db) -> Result<i64> {
    let version = version(db).await?;
    let counts = "select count(*), cast(sum(rank) as bigint),
        cast(sum(case when name like '%(relu)' then 1 else 0 end) as bigint) from people";
    let row = db.read(move |tx| tx.row(counts, &[])).await?;
    assert_eq!(row.get::<i64>(0)?, PEOPLE);
    assert_eq!(row.get::<i64>(1)?, PEOPLE * (PEOPLE + 1) / 2);
    assert_eq!(row.get::<i64>(2)?, if version == 2 { PEOPLE } else { 0 });
    let phones = "select count(*) from people where phone is not null";
    let phones = db.read(move |tx| tx.row(phones, &[])?.get::<i64>(0)).await;
    let visits = "select count(*) from visits";
    let visits = db.read(move |tx| tx.row(visits, &[])?.get::<i64>(0)).await;
    if version == 2 {
        assert_eq!((phones, visits), (Ok(PEOPLE), Ok(4 * PEOPLE)));
    } else {
        let absent = |it: &Result<i64>| matches!(it, Err(StoreError::Statement { .. }));
        assert!(absent(&phones) && absent(&visits), "{phones:?} {visits:?}");
    }
    Ok(version)
}

/// Check 12.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_killed_midway_leaves_nothing_half_done_and_ends_at_the_next_start() {
    for on_postgres in [false, true] {
        let open = async || if on_postgres { postgres().await } else { sqlite().await };
        let whole = open().await.unwrap();
        filled(&whole).await.unwrap();
        let start = Instant::now();
        assert!(child(&whole.address).wait().unwrap().success());
        let length = start.elapsed();
        assert_eq!(state(&whole.db).await.unwrap(), 2);
        let mut midway = 0;
        for fifth in 0..4 {
            let fresh = open().await.unwrap();
            filled(&fresh).await.unwrap();
            let mut child = child(&fresh.address);
            std::thread::sleep(length * fifth / 5 + Duration::from_millis(1));
            child.kill().unwrap();
            let ended = child.wait().unwrap();
            // As a program that starts again would open it.
            let db = Db::open(&fresh.address).await.unwrap();
            let found = state(&db).await.unwrap();
            midway += usize::from(found == 1 && !ended.success());
            migrate(&db, &[FIRST, NEXT]).await.unwrap();
            assert_eq!(state(&db).await.unwrap(), 2);
        }
        assert!(midway >= 2, "killed {midway} times midway: the step is too short to tell");
    }
}
