use std::sync::Arc;

use store::{Db, Result, StoreError, values};
use store_testing::on_both;

async fn counter(db: &Db) -> Result<()> {
    let table =
        db.dialect().schema("create table counters (name text primary key, n {int} not null)");
    db.write(move |tx| {
        tx.script(&table)?;
        tx.execute("insert into counters (name, n) values ($1, $2)", &values!["a", 0_i64])
    })
    .await?;
    Ok(())
}

async fn read(db: &Db) -> Result<i64> {
    db.read(move |tx| tx.row("select n from counters where name = $1", &values!["a"])?.get(0)).await
}

/// Reads, then writes what it read plus one: the update that is lost without isolation.
async fn increment(db: &Db) -> Result<()> {
    db.write(move |tx| {
        let n: i64 = tx.row("select n from counters where name = $1", &values!["a"])?.get(0)?;
        std::thread::yield_now();
        tx.execute("update counters set n = $1 where name = $2", &values![n + 1, "a"])
    })
    .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_update_is_lost_between_fifty_writers() {
    on_both(async |fresh| {
        counter(&fresh.db).await?;
        let db = Arc::new(fresh.db.clone());
        let writers: Vec<_> = (0..50)
            .map(|_| {
                let db = Arc::clone(&db);
                tokio::spawn(async move { increment(&db).await })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap()?;
        }
        assert_eq!(read(&fresh.db).await?, 50);
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn an_error_undoes_everything_the_transaction_wrote() {
    on_both(async |fresh| {
        counter(&fresh.db).await?;
        let refused = fresh
            .db
            .write(move |tx| {
                tx.execute("update counters set n = 7", &[])?;
                tx.execute("insert into counters (name, n) values ($1, $2)", &values!["a", 1_i64])
            })
            .await;
        assert!(matches!(refused, Err(StoreError::Constraint { .. })), "{refused:?}");
        assert_eq!(read(&fresh.db).await?, 0);
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_request_that_goes_away_does_not_cut_its_transaction_in_two() {
    on_both(async |fresh| {
        counter(&fresh.db).await?;
        let slow = fresh.db.write(move |tx| {
            tx.execute("update counters set n = 9", &[])?;
            std::thread::sleep(std::time::Duration::from_millis(300));
            tx.execute("insert into counters (name, n) values ($1, $2)", &values!["b", 9_i64])
        });
        assert!(tokio::time::timeout(std::time::Duration::from_millis(50), slow).await.is_err());
        // The next writer waits its turn, then finds both writes.
        increment(&fresh.db).await?;
        let rows =
            fresh.db.read(move |tx| tx.rows("select n from counters order by name", &[])).await?;
        assert_eq!((rows[0].get::<i64>(0)?, rows[1].get::<i64>(0)?), (10, 9));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_closure_that_panics_leaves_the_database_usable() {
    on_both(async |fresh| {
        counter(&fresh.db).await?;
        let died = fresh
            .db
            .write(move |tx| -> Result<()> {
                tx.execute("update counters set n = 9", &[])?;
                panic!("as a bug would")
            })
            .await;
        assert!(matches!(died, Err(StoreError::Unavailable { .. })), "{died:?}");
        increment(&fresh.db).await?;
        assert_eq!(read(&fresh.db).await?, 1);
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_reader_cannot_write() {
    on_both(async |fresh| {
        counter(&fresh.db).await?;
        let refused = fresh.db.read(move |tx| tx.execute("update counters set n = 3", &[])).await;
        assert!(refused.is_err());
        assert_eq!(read(&fresh.db).await?, 0);
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_file_that_is_not_a_database_is_refused_in_words() {
    let fresh = store_testing::sqlite().await.unwrap();
    let path = fresh.file().unwrap().with_file_name("notes.txt");
    std::fs::write(&path, "not a database, a few words long enough to fill a header".repeat(100))
        .unwrap();
    let refused = Db::open(&path.to_string_lossy()).await;
    assert!(matches!(refused, Err(StoreError::Damaged { .. })), "{refused:?}");
}
