use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use age::secrecy::ExposeSecret;
use backup::{BackupError, Identity, Proof, Target, check, diff, restore, write_file};
use blobs::Blobs;
use store::access_log::{self, Verified};
use store::{Db, values};
use store_testing::{Fresh, on_both, postgres, sqlite};

use crate::kit::{
    CANARY, Folder, LATER, archive, body, count, demands, document_key, documents, fill, noon,
    plan, read, restored, source, steps, target,
};

/// A transfer keeps the sum of the amounts and writes a record at the same time: a copy that is not of one
/// instant has another sum, or another number of records than of transfers.
async fn transfer(db: &Db, rank: u64) {
    let (from, to) = (format!("a{}", rank % 10), format!("a{}", (rank * 7 + 3) % 10));
    db.write(move |tx| {
        let less = "update amounts set cents = cents - 1 where id = $1";
        tx.execute(less, &values![from.clone()])?;
        let more = "update amounts set cents = cents + 1 where id = $1";
        tx.execute(more, &values![to.clone()])?;
        let line = "insert into settings (name, part, value) values ('transfer', $1, 'x')";
        tx.execute(line, &values![i64::try_from(rank).unwrap()])?;
        let total = "update settings set value = cast(cast(value as bigint) + 1 as text)
                     where name = 'transfers'";
        tx.execute(total, &[])
    })
    .await
    .unwrap();
}

async fn consistent(db: &Db) -> (i64, i64, String) {
    db.read(|tx| {
        let cents = "select cast(sum(cents) as bigint) from amounts";
        let lines = "select count(*) from settings where name = 'transfer'";
        let total = "select value from settings where name = 'transfers'";
        Ok((tx.row(cents, &[])?.get(0)?, tx.row(lines, &[])?.get(0)?, tx.row(total, &[])?.get(0)?))
    })
    .await
    .unwrap()
}

/// Check 13.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn backup_and_restore_under_concurrent_writes_differ_in_nothing() {
    on_both(async |fresh| {
        fill(&fresh.db, 200).await;
        let total = "insert into settings (name, part, value) values ('transfers', 0, '0')";
        fresh.db.write(move |tx| tx.execute(total, &[])).await?;
        let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let writers: Vec<_> = (0..4_u64)
            .map(|writer| {
                let (db, stop, done) = (fresh.db.clone(), Arc::clone(&stop), Arc::clone(&done));
                tokio::spawn(async move {
                    for rank in 0_u64.. {
                        if stop.load(Ordering::Relaxed) {
                            return;
                        }
                        transfer(&db, rank * 4 + writer).await;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let (identity, documents) = (Identity::generate(), documents(3).await);
        let mut seen = Vec::new();
        for round in 0..3 {
            // Each archive has writers before, during and after.
            let before = done.load(Ordering::Relaxed);
            while done.load(Ordering::Relaxed) < before + 4 {
                tokio::task::yield_now().await;
            }
            let bytes = archive(&fresh.db, plan(&identity, Some(&documents))).await;
            let elsewhere = if round % 2 == 0 { sqlite().await? } else { postgres().await? };
            let blobs = Blobs::in_memory();
            let target = target(&elsewhere, Some(&blobs));
            let restored = restore(&target, source(&bytes), demands(&identity)).await.unwrap();
            assert!(restored.to_string().contains("differences: 0"), "{restored}");
            let (cents, lines, total) = consistent(&elsewhere.db).await;
            assert_eq!((cents, lines.to_string()), (10_000, total));
            assert_eq!(count(&elsewhere.db, "records").await, 2_000);
            assert_eq!(blobs.names().await.unwrap(), documents.names().await.unwrap());
            seen.push(lines);
        }
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
        assert!(seen[0] < seen[1] && seen[1] < seen[2], "nobody wrote meanwhile: {seen:?}");
        Ok(())
    })
    .await
    .unwrap();
}

async fn same(one: &Fresh, other: &Fresh) {
    let identity = Identity::generate();
    let bytes = archive(&one.db, plan(&identity, None)).await;
    let summary = check(&bytes[..], &identity, None).unwrap();
    let result = restored(other, &bytes, demands(&identity)).await.unwrap();
    assert_eq!(result.tables, summary.tables);
    let found = other.db.read(move |tx| Ok(diff(tx, &summary).unwrap())).await.unwrap();
    assert_eq!(found, []);
    assert_eq!(read(&other.db, "d3", 4).await, Some(body("d3-4")));
}

#[tokio::test]
async fn an_archive_of_either_database_restores_on_the_other_and_back() {
    let (one, two, three) =
        (sqlite().await.unwrap(), postgres().await.unwrap(), sqlite().await.unwrap());
    fill(&one.db, 20).await;
    same(&one, &two).await;
    same(&two, &three).await;
    // The foreign keys are there again, and the chain of the log still follows.
    for fresh in [two, three] {
        let orphan = "insert into records (id, owner_id, body, \"order\", urgent)
                      values ('x', 'nobody', $1, 1, $2)";
        let row = values![vec![1_u8], false];
        let refused = fresh.db.write(move |tx| tx.execute(orphan, &row)).await;
        assert!(matches!(refused, Err(store::StoreError::Constraint { .. })), "{refused:?}");
        let log = fresh.db.read(|tx| access_log::verify(tx, &[])).await.unwrap();
        assert!(matches!(log, Verified::Sound(head) if head.rank == 1));
        assert_eq!(count(&fresh.db, "settings").await, 1);
    }
}

#[tokio::test]
async fn a_row_changed_after_a_restore_is_a_difference() {
    on_both(async |fresh| {
        let from = sqlite().await?;
        fill(&from.db, 3).await;
        let identity = Identity::generate();
        let bytes = archive(&from.db, plan(&identity, None)).await;
        let summary = check(&bytes[..], &identity, None).unwrap();
        restored(fresh, &bytes, demands(&identity)).await.unwrap();
        for (table, sql) in [
            ("records", "update records set note = 'autre' where id = 'd1-1'"),
            ("amounts", "delete from amounts where id = 'a3'"),
            ("settings", "insert into settings (name, part, value) values ('a', 2, 'b')"),
        ] {
            fresh.db.write(move |tx| tx.execute(sql, &[])).await?;
            let summary = summary.clone();
            let found = fresh.db.read(move |tx| Ok(diff(tx, &summary).unwrap())).await?;
            assert!(found.iter().any(|it| it.what == table), "{table}: {found:?}");
        }
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn documents_come_back_and_open() {
    let (one, two) = (sqlite().await.unwrap(), sqlite().await.unwrap());
    fill(&one.db, 2).await;
    let (identity, documents) = (Identity::generate(), documents(4).await);
    let bytes = archive(&one.db, plan(&identity, Some(&documents))).await;
    let missing = Target { blobs: None, ..target(&two, None) };
    let refused = restore(&missing, source(&bytes), demands(&identity)).await;
    assert_eq!(refused, Err(BackupError::NoStoreOfDocuments));
    let blobs = Blobs::in_memory();
    let target = target(&two, Some(&blobs));
    let restored = restore(&target, source(&bytes), demands(&identity)).await.unwrap();
    assert_eq!(restored.documents.count, 4);
    for name in documents.names().await.unwrap() {
        let (then, now) = (documents.sealed(&name).await, blobs.sealed(&name).await);
        assert_eq!(then, now);
        let plain = blobs.read_all(&name, &document_key()).await.unwrap();
        assert!(plain.starts_with(CANARY.as_bytes()));
    }
}

#[tokio::test]
async fn an_archive_of_an_older_schema_is_migrated_and_a_newer_one_refused() {
    on_both(async |fresh| {
        let from = sqlite().await?;
        fill(&from.db, 3).await;
        let identity = Identity::generate();
        let old = archive(&from.db, plan(&identity, None)).await;
        let newer: Vec<_> = steps().into_iter().chain([LATER]).collect();
        let target = Target { db: fresh.db.clone(), blobs: None, steps: newer.clone() };
        let restored = restore(&target, source(&old), demands(&identity)).await.unwrap();
        assert_eq!(restored.migrated, 1);
        assert_eq!(store::version(&fresh.db).await?, 5);
        let language = "select language from records where id = 'd1-1'";
        let row = fresh.db.read(move |tx| tx.row(language, &[])).await?;
        assert_eq!(row.get::<Option<String>>(0)?, None);

        let new = archive(&fresh.db, plan(&identity, None)).await;
        let empty = sqlite().await?;
        let refused = crate::kit::restored(&empty, &new, demands(&identity)).await;
        assert_eq!(refused, Err(BackupError::Newer { found: 5, known: 4 }));
        let other: Vec<_> = newer.into_iter().rev().collect();
        let target = Target { db: empty.db.clone(), blobs: None, steps: other };
        let refused = restore(&target, source(&new), demands(&identity)).await;
        assert_eq!(refused, Err(BackupError::OtherProgram { rank: 1 }));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn only_an_empty_database_is_restored_into() {
    on_both(async |fresh| {
        fill(&fresh.db, 2).await;
        let identity = Identity::generate();
        let bytes = archive(&fresh.db, plan(&identity, None)).await;
        let refused = restored(fresh, &bytes, demands(&identity)).await;
        assert_eq!(refused, Err(BackupError::NotEmpty));
        let empty = sqlite().await?;
        let target = target(&empty, Some(&documents(1).await));
        let refused = restore(&target, source(&bytes), demands(&identity)).await;
        assert_eq!(refused, Err(BackupError::NotEmpty));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn no_word_of_a_row_or_document_is_in_the_file_of_an_archive() {
    on_both(async |fresh| {
        fill(&fresh.db, 100).await;
        let (identity, documents) = (Identity::generate(), documents(4).await);
        for (name, key, proof) in
            [("a.age", None, Proof::SameBytes), ("b.age", Some(&identity), Proof::ReadBack)]
        {
            let folder = Folder::new();
            let path = folder.file(name);
            let plan = plan(&identity, Some(&documents));
            let written = write_file(&fresh.db, plan, &path, key).await.unwrap();
            assert_eq!(written.proof, proof);
            let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().collect();
            assert_eq!(files.len(), 1, "{files:?}");
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(bytes.len() as u64, written.bytes);
            assert_eq!(*blake3::hash(&bytes).as_bytes(), written.digest);
            assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
            for word in
                [CANARY, "records", "owner_id", &service_text(), noon().to_string().as_str()]
            {
                assert!(!holds(&bytes, word.as_bytes()), "{word}");
            }
            assert_eq!(check(&bytes[..], &identity, None).unwrap(), written.summary);
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// In twenty years this program may not build; the form of its archives is read by others.
#[tokio::test]
async fn the_standard_tool_opens_an_archive() {
    let known = Command::new("age").arg("--version").output();
    if !known.is_ok_and(|it| it.status.success()) {
        println!("`age` is not installed: the standard tool is not tried; `apt-get install age`");
        return;
    }
    let fresh = sqlite().await.unwrap();
    fill(&fresh.db, 50).await;
    let (identity, folder) = (Identity::generate(), Folder::new());
    let (path, key) = (folder.file("a.age"), folder.file("key"));
    write_file(&fresh.db, plan(&identity, None), &path, None).await.unwrap();
    std::fs::write(&key, identity.to_string().expose_secret()).unwrap();
    let plain = Command::new("age").arg("-d").arg("-i").arg(&key).arg(&path).output().unwrap();
    assert!(plain.status.success(), "{plain:?}");
    assert!(plain.stdout.starts_with(b"tandem backup 1\nat 2026-11-22T12:00:00.000Z\n"));
    assert!(holds(&plain.stdout, b"table amounts cents id\n"));
    assert!(holds(&plain.stdout, CANARY.as_bytes()));
}

fn service_text() -> String {
    crate::kit::service().to_text()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|it| it == word)
}
