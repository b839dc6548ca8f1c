use store::{Migration, StoreError, migrate, values, version};
use store_testing::on_both;

const FIRST: Migration = Migration {
    name: "people",
    sql: "create table people (id text primary key, name text not null)",
};
const SECOND: Migration =
    Migration { name: "phone", sql: "alter table people add column phone text" };
const BROKEN: Migration = Migration {
    name: "broken",
    sql: "create table half (id text primary key); insert into nowhere values (1)",
};

#[tokio::test]
async fn steps_run_once_on_empty_and_on_filled_tables() {
    on_both(async |fresh| {
        assert_eq!(migrate(&fresh.db, &[FIRST]).await?, 1);
        let line = "insert into people (id, name) values ($1, $2)";
        fresh.db.write(move |tx| tx.execute(line, &values!["1", "Nadia"])).await?;
        assert_eq!(migrate(&fresh.db, &[FIRST, SECOND]).await?, 1);
        assert_eq!(migrate(&fresh.db, &[FIRST, SECOND]).await?, 0);
        assert_eq!(version(&fresh.db).await?, 2);
        let row = fresh.db.read(move |tx| tx.row("select name, phone from people", &[])).await?;
        assert_eq!((row.get::<String>(0)?, row.get::<Option<String>>(1)?), ("Nadia".into(), None));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_step_that_fails_leaves_the_schema_as_it_was() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[FIRST]).await?;
        assert!(migrate(&fresh.db, &[FIRST, BROKEN]).await.is_err());
        assert_eq!(version(&fresh.db).await?, 1);
        let half = fresh.db.read(move |tx| tx.rows("select id from half", &[])).await;
        assert!(matches!(half, Err(StoreError::Statement { .. })), "{half:?}");
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn an_older_program_refuses_a_newer_schema() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[FIRST, SECOND]).await?;
        let refused = migrate(&fresh.db, &[FIRST]).await;
        assert_eq!(refused, Err(StoreError::Schema { found: 2, known: 1 }));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_that_start_together_take_turns() {
    on_both(async |fresh| {
        let (one, two) = (fresh.db.clone(), fresh.db.clone());
        let one = tokio::spawn(async move { migrate(&one, &[FIRST, SECOND]).await });
        let two = tokio::spawn(async move { migrate(&two, &[FIRST, SECOND]).await });
        assert_eq!(one.await.unwrap()? + two.await.unwrap()?, 2);
        Ok(())
    })
    .await
    .unwrap();
}
