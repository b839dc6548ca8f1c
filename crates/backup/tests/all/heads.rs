use backup::heads::{Kept, Of, export, verify, verify_against};
use backup::{BackupError, Public, Signer};
use seal::ServiceKey;
use store::access_log::{self, Head, Look, Verified};
use store::{Db, Value, migrate, values};
use store_testing::{Seed, on_both};

use crate::kit::{Folder, noon};

fn signer(seed: u64) -> Signer {
    Signer::of(&ServiceKey::generate(&mut Seed(seed)))
}

fn kept(rank: i64) -> Kept {
    let hash = blake3::hash(&rank.to_le_bytes()).as_bytes().to_vec();
    Kept { at: noon().plus_seconds(rank), of: Of::AccessLog, head: Head { rank, hash } }
}

#[test]
fn a_file_of_heads_is_verified_with_the_public_key_alone() {
    let folder = Folder::new();
    let path = folder.file("heads");
    let (before, after) = (signer(1), signer(2));
    export(&path, &before, &kept(10)).unwrap();
    export(&path, &before, &Kept { of: Of::Ledger, ..kept(3) }).unwrap();
    // The service key was rotated.
    export(&path, &after, &kept(20)).unwrap();
    let [one, two] = [&before, &after].map(|it| Public::parse(&it.public().to_text()).unwrap());
    let found = verify(&path, &[one, two]).unwrap();
    assert_eq!(found, [kept(10), Kept { of: Of::Ledger, ..kept(3) }, kept(20)]);
    assert_eq!(verify(&path, &[two]), Err(BackupError::Broken { line: 1 }));
    assert_eq!(verify(&path, &[one]), Err(BackupError::Broken { line: 3 }));
}

#[test]
fn a_line_of_heads_changed_removed_or_moved_is_found() {
    let folder = Folder::new();
    let path = folder.file("heads");
    let signer = signer(1);
    for rank in 1..=6 {
        export(&path, &signer, &kept(rank)).unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let refused = |text: &[u8]| {
        std::fs::write(&path, text).unwrap();
        verify(&path, &[signer.public()]).is_err()
    };
    for at in 0..text.len() - 1 {
        let mut altered = text.clone().into_bytes();
        altered[at] ^= 1;
        assert!(refused(&altered), "byte {at}");
    }
    for rank in 0..lines.len() {
        let mut removed = lines.clone();
        removed.remove(rank);
        // The last one removed leaves a shorter file that follows: its date tells.
        assert_eq!(refused((removed.join("\n") + "\n").as_bytes()), rank + 1 < lines.len());
        let mut moved = lines.clone();
        moved.swap(rank, (rank + 1) % lines.len());
        assert!(refused((moved.join("\n") + "\n").as_bytes()), "line {rank} moved");
    }
    // Nothing is added to what was altered.
    std::fs::write(&path, text.replace("5 2026", "5 2025")).unwrap();
    assert!(export(&path, &signer, &kept(7)).is_err());
}

fn look(rank: i64) -> Look {
    Look {
        at: noon().plus_seconds(rank),
        actor: format!("a{}", rank % 7),
        subject: format!("d{}", rank % 11),
        action: "read".to_owned(),
        purpose: "suivi".to_owned(),
        relation: "référent".to_owned(),
    }
}

async fn looks(db: &Db, from: i64, to: i64) -> Head {
    db.write(move |tx| access_log::append(tx, &(from..=to).map(look).collect::<Vec<_>>()))
        .await
        .unwrap()
}

const COLUMNS: &str = "rank, at, actor, subject, action, purpose, relation, previous, digest, hash";

async fn all_rows(db: &Db) -> Vec<Vec<Value>> {
    let sql = format!("select {COLUMNS} from access_log order by rank");
    let rows = db.read(move |tx| tx.rows(&sql, &[])).await.unwrap();
    rows.into_iter().map(store::Row::into_values).collect()
}

async fn put(db: &Db, rows: Vec<Vec<Value>>) {
    let sql = format!(
        "insert into access_log ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    db.write(move |tx| {
        tx.execute("delete from access_log", &[])?;
        rows.iter().try_for_each(|row| tx.execute(&sql, row).map(drop))
    })
    .await
    .unwrap();
}

/// The part of check 28 that heads kept elsewhere are for: each row flipped, deleted, exchanged, the log cut
/// after it, rewritten from it with hashes that follow, and the database put back to an older copy.
#[tokio::test]
async fn every_tampering_of_the_log_is_found_from_the_heads_kept_elsewhere() {
    const ROWS: i64 = 24;
    on_both(async |fresh| {
        migrate(&fresh.db, &[access_log::SCHEMA]).await?;
        let folder = Folder::new();
        let (path, signer) = (folder.file("heads"), signer(1));
        let mut older = Vec::new();
        for end in [8, 16, ROWS] {
            let head = looks(&fresh.db, end - 7, end).await;
            export(&path, &signer, &Kept { at: noon(), of: Of::AccessLog, head }).unwrap();
            older.push(all_rows(&fresh.db).await);
        }
        let heads = verify(&path, &[signer.public()]).unwrap();
        let sound = verify_against(&fresh.db, &heads).await?;
        assert!(matches!(sound, Verified::Sound(head) if head.rank == ROWS));
        let rows = older.pop().unwrap();
        let mut tries = 0;
        let mut missed = Vec::new();
        for (what, altered) in tamperings(&rows)
            .into_iter()
            .chain(older.into_iter().map(|copy| ("an older copy of the database".to_owned(), copy)))
        {
            put(&fresh.db, altered).await;
            tries += 1;
            if matches!(verify_against(&fresh.db, &heads).await?, Verified::Sound(_)) {
                missed.push(what);
            }
        }
        // Rewritten from a row on, as the program itself would write it.
        for from in 1..=ROWS {
            put(&fresh.db, rows[..usize::try_from(from - 1).unwrap()].to_vec()).await;
            looks(&fresh.db, from + 100, ROWS + 100).await;
            tries += 1;
            if matches!(verify_against(&fresh.db, &heads).await?, Verified::Sound(_)) {
                missed.push(format!("rewritten from {from}"));
            }
        }
        assert!(tries > 200);
        assert_eq!(missed, Vec::<String>::new());
        let bare = "select count(*) from access_log where rank > $1";
        fresh.db.read(move |tx| tx.row(bare, &values![0_i64])).await?;
        Ok(())
    })
    .await
    .unwrap();
}

fn tamperings(rows: &[Vec<Value>]) -> Vec<(String, Vec<Vec<Value>>)> {
    let mut res = Vec::new();
    for at in 0..rows.len() {
        for column in 1..rows[at].len() {
            let mut altered = rows.to_vec();
            altered[at][column] = match &altered[at][column] {
                Value::Text(it) if column == 1 => Value::Text(it.replace("12:", "13:")),
                Value::Text(it) => Value::Text(format!("{it}x")),
                Value::Bytes(it) => {
                    let mut bytes = it.clone();
                    bytes[at] ^= 1;
                    Value::Bytes(bytes)
                }
                other => panic!("{other:?}"),
            };
            res.push((format!("row {at} column {column}"), altered));
        }
        let mut removed = rows.to_vec();
        removed.remove(at);
        res.push((format!("row {at} removed"), removed.clone()));
        for (rank, row) in (1..).zip(&mut removed) {
            row[0] = Value::Int(rank);
        }
        res.push((format!("row {at} removed, the others moved up"), removed));
        let mut swapped = rows.to_vec();
        swapped.swap(at, (at + 1) % rows.len());
        for (rank, row) in (1..).zip(&mut swapped) {
            row[0] = Value::Int(rank);
        }
        res.push((format!("row {at} exchanged with the next"), swapped));
        res.push((format!("cut before row {at}"), rows[..at].to_vec()));
    }
    res
}
