use base::Moment;
use store::access_log::{self, Head, Look, Verified};
use store::{Db, Result, migrate, values};
use store_testing::{Fresh, on_both};

fn look(rank: i64) -> Look {
    let noon: Moment = "2026-11-22T12:00:00.000Z".parse().unwrap();
    Look {
        at: noon.plus_seconds(rank),
        actor: format!("a{}", rank % 7),
        subject: format!("d{}", rank % 11),
        action: "read".to_owned(),
        purpose: "suivi".to_owned(),
        relation: "référent depuis le 3 mars".to_owned(),
    }
}

async fn filled(fresh: &Fresh, rows: i64) -> Result<Head> {
    migrate(&fresh.db, &[access_log::SCHEMA]).await?;
    fresh
        .db
        .write(move |tx| {
            let looks: Vec<Look> = (1..=rows).map(look).collect();
            access_log::append(tx, &looks)
        })
        .await
}

async fn verify(db: &Db, kept: &[Head]) -> Result<Verified> {
    let kept = kept.to_vec();
    db.read(move |tx| access_log::verify(tx, &kept)).await
}

#[tokio::test]
async fn what_was_written_follows() {
    on_both(async |fresh| {
        let head = filled(fresh, 300).await?;
        assert_eq!(head.rank, 300);
        assert_eq!(verify(&fresh.db, std::slice::from_ref(&head)).await?, Verified::Sound(head));
        Ok(())
    })
    .await
    .unwrap();
}

/// What somebody with the database in hands would try.
const TAMPERINGS: &[(&str, &str)] = &[
    ("who looked", "update access_log set actor = 'a6' where rank = 50"),
    ("when", "update access_log set at = '2026-11-22T12:00:51.000Z' where rank = 50"),
    ("why", "update access_log set purpose = 'urgence' where rank = 50"),
    (
        "letters moved between fields",
        "update access_log set actor = 'a', subject = '1d6' where rank = 50",
    ),
    ("a row removed", "delete from access_log where rank = 50"),
    ("the first removed", "delete from access_log where rank = 1"),
    (
        "a row removed and the others moved up",
        "delete from access_log where rank = 50;
        update access_log set rank = -rank where rank > 50;
        update access_log set rank = -rank - 1 where rank < 0",
    ),
    (
        "two rows exchanged",
        "update access_log set rank = -50 where rank = 50;
        update access_log set rank = 50 where rank = 51;
        update access_log set rank = 51 where rank = -50",
    ),
];

#[tokio::test]
async fn every_tampering_is_found_at_its_row() {
    for (what, sql) in TAMPERINGS {
        on_both(async |fresh| {
            filled(fresh, 100).await?;
            fresh.db.write(move |tx| tx.script(sql)).await?;
            let found = verify(&fresh.db, &[]).await?;
            assert!(matches!(found, Verified::Broken { rank: 1 | 50 }), "{what}: {found:?}");
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn a_log_cut_short_or_rewritten_is_found_with_a_kept_head() {
    on_both(async |fresh| {
        let head = filled(fresh, 100).await?;
        let cut = "delete from access_log where rank > 90";
        fresh.db.write(move |tx| tx.execute(cut, &[])).await?;
        let kept = [head];
        let found = verify(&fresh.db, &kept).await?;
        assert_eq!(found, Verified::RolledBack { kept: 100, found: 90 });
        // Rewritten to the same length, it follows by itself, but not from the head that was kept.
        let rewritten: Vec<Look> = (191..=200).map(look).collect();
        fresh.db.write(move |tx| access_log::append(tx, &rewritten)).await?;
        assert!(matches!(verify(&fresh.db, &[]).await?, Verified::Sound(_)));
        let found = verify(&fresh.db, &kept).await?;
        assert_eq!(found, Verified::RolledBack { kept: 100, found: 100 });
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_looks_make_one_chain_without_gap() {
    on_both(async |fresh| {
        filled(fresh, 0).await?;
        let lookers: Vec<_> = (0..20_i64)
            .map(|rank| {
                let db = fresh.db.clone();
                tokio::spawn(async move {
                    db.write(move |tx| access_log::append(tx, &[look(rank)])).await
                })
            })
            .collect();
        for looker in lookers {
            looker.await.unwrap()?;
        }
        let count: i64 = fresh
            .db
            .read(|tx| {
                tx.row("select count(*) from access_log where rank > $1", &values![0_i64])?.get(0)
            })
            .await?;
        assert_eq!(count, 20);
        assert!(matches!(verify(&fresh.db, &[]).await?, Verified::Sound(head) if head.rank == 20));
        Ok(())
    })
    .await
    .unwrap();
}
