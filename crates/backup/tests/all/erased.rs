use backup::ledger::{self, Ledger};
use backup::{BackupError, Demands, Erasure, Identity, Plan};
use store::{Db, values};
use store_testing::{on_both, postgres, sqlite};

use crate::kit::{
    DESTROY, Folder, LEFT, archive, body, count, demands, fill, noon, plan, read, restored,
};

async fn destroy(db: &Db, owner: &str) {
    let owner = owner.to_owned();
    db.write(move |tx| tx.execute(DESTROY, &values![owner.clone(), noon()])).await.unwrap();
}

fn with(ledger: &Ledger, identity: &Identity) -> Demands {
    let records = ledger.read().unwrap();
    Demands { erasure: Erasure { records, destroy: DESTROY, left: LEFT }, ..demands(identity) }
}

/// Check 14.
#[tokio::test]
async fn what_was_erased_since_the_backup_stays_erased_after_a_restore() {
    on_both(async |fresh| {
        fill(&fresh.db, 40).await;
        let folder = Folder::new();
        let ledger = Ledger::new(folder.file("ledger"));
        // One before the backup, ten after.
        destroy(&fresh.db, "d39").await;
        let head = ledger.append(noon(), &["d39"]).unwrap();
        let identity = Identity::generate();
        let before = Plan { ledger: Some(head), ..plan(&identity, None) };
        let bytes = archive(&fresh.db, before).await;
        for file in 0..10 {
            let owner = format!("d{file}");
            destroy(&fresh.db, &owner).await;
            // The job runs twice.
            ledger.append(noon(), &[&owner]).unwrap();
            ledger.append(noon(), &[&owner]).unwrap();
        }
        for elsewhere in [sqlite().await?, postgres().await?] {
            let restored = restored(&elsewhere, &bytes, with(&ledger, &identity)).await.unwrap();
            assert_eq!(restored.erased, 10);
            let mut readable = 0;
            for file in (0..10).chain([39]) {
                for rank in 0..10 {
                    readable +=
                        usize::from(read(&elsewhere.db, &format!("d{file}"), rank).await.is_some());
                }
            }
            assert_eq!(readable, 0, "erased records that can be read");
            assert_eq!(read(&elsewhere.db, "d10", 3).await, Some(body("d10-3")));
            assert_eq!(count(&elsewhere.db, "file_keys where wrapped is not null").await, 29);
        }
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn without_its_ledger_or_with_an_older_one_a_restore_is_refused() {
    let fresh = sqlite().await.unwrap();
    fill(&fresh.db, 4).await;
    let folder = Folder::new();
    let ledger = Ledger::new(folder.file("ledger"));
    ledger.append(noon(), &["d0"]).unwrap();
    let old = ledger.read().unwrap();
    let head = ledger.append(noon(), &["d1"]).unwrap();
    let identity = Identity::generate();
    let plan = Plan { ledger: Some(head), ..plan(&identity, None) };
    let bytes = archive(&fresh.db, plan).await;
    let empty = sqlite().await.unwrap();
    for records in [Vec::new(), old] {
        let mut asked = with(&ledger, &identity);
        asked.erasure.records = records;
        let refused = restored(&empty, &bytes, asked).await;
        assert_eq!(refused, Err(BackupError::OldLedger { rank: 2 }));
    }
    restored(&empty, &bytes, with(&ledger, &identity)).await.unwrap();
    assert_eq!(ledger::head(&ledger.read().unwrap()).rank, 2);
}

#[tokio::test]
async fn a_statement_that_destroys_nothing_does_not_pass_for_an_erasure() {
    let (fresh, empty) = (sqlite().await.unwrap(), sqlite().await.unwrap());
    fill(&fresh.db, 4).await;
    let folder = Folder::new();
    let ledger = Ledger::new(folder.file("ledger"));
    let identity = Identity::generate();
    let bytes = archive(&fresh.db, plan(&identity, None)).await;
    ledger.append(noon(), &["d0", "d1"]).unwrap();
    let mut asked = with(&ledger, &identity);
    asked.erasure.destroy = "update file_keys set destroyed_at = $2 where owner_id = $1";
    let refused = restored(&empty, &bytes, asked).await;
    assert_eq!(refused, Err(BackupError::StillReadable { count: 2 }));
    assert!(empty.db.read(store::catalogue::is_empty).await.unwrap());
}
