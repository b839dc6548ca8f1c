use store::catalogue::{is_empty, let_foreign_keys_wait, tables};
use store::{Migration, StoreError, migrate, migrate_in, steps_run, values};
use store_testing::on_both;

const TWO: Migration = Migration {
    name: "two tables",
    sql: "create table parents (id text primary key, alive {bool} not null);
          create table children (
              id text primary key,
              parent_id text not null references parents (id),
              follows text references children (id)
          )",
};

#[tokio::test]
async fn rows_are_given_one_after_the_other_however_many() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[TWO]).await?;
        let fill = "insert into parents (id, alive)
            with recursive numbers (rank) as (
                select 1 union all select rank + 1 from numbers where rank < 50000
            ) select cast(rank as text), rank > 10 from numbers";
        fresh.db.write(move |tx| tx.execute(fill, &[])).await?;
        let found = fresh.db.read(|tx| {
            let mut count = 0;
            for _ in 0..2 {
                let sql = "select id from parents where id <> $1";
                tx.each(sql, &values!["7"], &mut |row| {
                    count += usize::from(!row.get::<String>(0)?.is_empty());
                    Ok(())
                })?;
            }
            Ok(count)
        });
        assert_eq!(found.await?, 2 * 49_999);
        let stopped = fresh
            .db
            .read(|tx| tx.each("select id from parents", &[], &mut |_| Err(StoreError::Undone)));
        assert_eq!(stopped.await, Err(StoreError::Undone));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn the_tables_are_told_alike_by_both_databases() {
    on_both(async |fresh| {
        assert!(fresh.db.read(is_empty).await?);
        migrate(&fresh.db, &[TWO]).await?;
        assert!(!fresh.db.read(is_empty).await?);
        let found = fresh.db.read(tables).await?;
        let named: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|it| (it.name.as_str(), it.columns.iter().map(|it| it.name.as_str()).collect()))
            .collect();
        assert_eq!(
            named,
            [("children", vec!["follows", "id", "parent_id"]), ("parents", vec!["alive", "id"])]
        );
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn foreign_keys_wait_and_are_then_enforced() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[TWO]).await?;
        for (parent, kept) in [("p1", true), ("nobody", false)] {
            let done = fresh.db.write(move |tx| {
                let waiting = let_foreign_keys_wait(tx)?;
                let child = "insert into children (id, parent_id, follows) values ($1, $2, $3)";
                tx.execute(child, &values![format!("a-{parent}"), parent, format!("b-{parent}")])?;
                tx.execute(child, &values![format!("b-{parent}"), parent, None::<String>])?;
                let line = "insert into parents (id, alive) values ('p1', $1)
                            on conflict (id) do nothing";
                tx.execute(line, &values![true])?;
                waiting.enforce(tx)
            });
            let done = done.await;
            assert_eq!(done.is_ok(), kept, "{done:?}");
        }
        let count = fresh.db.read(|tx| tx.row("select count(*) from children", &[])?.get(0));
        assert_eq!(count.await, Ok(2_i64));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_schema_made_inside_a_transaction_goes_with_it() {
    on_both(async |fresh| {
        let undone = fresh.db.write(|tx| {
            assert_eq!(migrate_in(tx, &[TWO])?, 1);
            Err::<(), _>(StoreError::Undone)
        });
        assert_eq!(undone.await, Err(StoreError::Undone));
        assert!(fresh.db.read(is_empty).await?);
        let done = fresh.db.write(|tx| Ok((migrate_in(tx, &[TWO])?, migrate_in(tx, &[TWO])?)));
        assert_eq!(done.await?, (1, 0));
        assert_eq!(fresh.db.read(steps_run).await?, ["two tables"]);
        assert_eq!(migrate(&fresh.db, &[TWO]).await?, 0);
        Ok(())
    })
    .await
    .unwrap();
}
