use backup::BackupError;
use backup::ledger::{Ledger, head, read, verify};

use crate::kit::{Folder, noon};

fn owners(count: usize) -> Vec<String> {
    (0..count).map(|it| format!("d{it}")).collect()
}

#[test]
fn a_record_is_there_once_however_often_it_is_written() {
    let folder = Folder::new();
    let ledger = Ledger::new(folder.file("ledger"));
    assert_eq!(ledger.read().unwrap(), []);
    let first = ledger.append(noon(), &["a", "b", "a"]).unwrap();
    assert_eq!(first.rank, 2);
    assert_eq!(ledger.append(noon().plus_seconds(60), &["b"]).unwrap(), first);
    assert_eq!(ledger.append(noon(), &["c"]).unwrap().rank, 3);
    let found: Vec<String> = ledger.read().unwrap().into_iter().map(|it| it.owner).collect();
    assert_eq!(found, ["a", "b", "c"]);
    assert!(ledger.append(noon(), &["two words"]).is_err());
}

#[test]
fn a_line_half_written_is_as_if_it_never_was() {
    let folder = Folder::new();
    let path = folder.file("ledger");
    let ledger = Ledger::new(&path);
    ledger.append(noon(), &["a"]).unwrap();
    let one = std::fs::read(&path).unwrap();
    ledger.append(noon(), &["b"]).unwrap();
    let two = std::fs::read(&path).unwrap();
    for length in one.len()..two.len() {
        std::fs::write(&path, &two[..length]).unwrap();
        assert_eq!(ledger.read().unwrap().len(), 1, "{length}");
        assert_eq!(ledger.append(noon(), &["b"]).unwrap().rank, 2);
        assert_eq!(std::fs::read(&path).unwrap(), two);
    }
}

#[test]
fn what_is_changed_removed_or_moved_is_found() {
    let folder = Folder::new();
    let path = folder.file("ledger");
    let ledger = Ledger::new(&path);
    let owners = owners(20);
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    let kept = ledger.append(noon(), &owners).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let found = |text: String| {
        std::fs::write(&path, text).unwrap();
        verify(&path, std::slice::from_ref(&kept))
    };
    assert_eq!(found(text.clone()), Ok(kept.clone()));
    for at in 0..text.len() - 1 {
        let mut altered = text.clone().into_bytes();
        altered[at] ^= 1;
        let found = found(String::from_utf8(altered).unwrap());
        assert!(found.is_err(), "byte {at}");
    }
    for rank in 0..lines.len() {
        let mut removed = lines.clone();
        removed.remove(rank);
        assert!(found(removed.join("\n") + "\n").is_err(), "line {rank} removed");
        let mut moved = lines.clone();
        moved.swap(rank, (rank + 1) % lines.len());
        assert!(found(moved.join("\n") + "\n").is_err(), "line {rank} moved");
        let cut = found(lines[..rank].iter().map(|it| format!("{it}\n")).collect());
        assert_eq!(cut, Err(BackupError::OldLedger { rank: 20 }), "cut at {rank}");
    }
    // Cut at its end, it follows by itself: the head kept elsewhere tells.
    std::fs::write(&path, lines[..5].join("\n") + "\n").unwrap();
    assert_eq!(head(&read(&path).unwrap()).rank, 5);
}

#[test]
fn two_processes_that_write_together_make_one_chain() {
    let folder = Folder::new();
    let path = folder.file("ledger");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let ledger = Ledger::new(&path);
            scope.spawn(move || {
                for rank in 0..10 {
                    ledger.append(noon(), &[&format!("d{writer}-{rank}")]).unwrap();
                }
            });
        }
    });
    assert_eq!(read(&path).unwrap().len(), 40);
}
