//! A disk that refuses: each call in turn, once or for good, broken or full.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::server::{Place, Server};

/// A dispute needs fewer calls than that; the journey ends when none is left to fail.
const AT_MOST: usize = 60;

/// Check 3: every step ends in « saved », and it is there, or in « not saved », and the text is given back.
#[tokio::test]
async fn each_write_call_may_fail_and_nothing_is_said_saved_that_is_not() {
    faults("5", "disk").await;
}

/// Check 4: the same with a disk that is full; reading still works afterwards.
#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_typed() {
    faults("28", "full").await;
}

async fn faults(errno: &str, name: &str) {
    let shim = shim(name);
    for sticky in [false, true] {
        let mut ended = false;
        for at in 1..=AT_MOST {
            if journey(&shim, errno, name, at, sticky).await {
                ended = true;
                break;
            }
        }
        assert!(ended, "the journey has more than {AT_MOST} calls");
    }
}

/// Whether the journey went through without a fault: the last call was passed.
async fn journey(shim: &Path, errno: &str, name: &str, at: usize, sticky: bool) -> bool {
    let place = Place::filled(&format!("{name}-{at}-{sticky}"), None).await;
    let mut command = place.command();
    command
        .arg("--without-worker")
        .env("LD_PRELOAD", shim)
        .env("TANDEM_FAULT_AT", at.to_string())
        .env("TANDEM_FAULT_ERRNO", errno);
    if sticky {
        command.env("TANDEM_FAULT_STICKY", "1");
    }
    let (mut server, _) = Server::start(command).expect("it starts");
    std::fs::write(place.folder.join("armed"), "").expect("armed");
    let words = "Je n’habite plus là depuis mars.";
    let form = place.form();
    let answer = place.dispute(server.address(), &form, words);
    let status = answer.as_ref().map(|it| it.status);
    if let Some(refused) = answer.as_ref().filter(|it| it.status >= 500) {
        assert!(refused.text.contains("Je n’habite plus là"), "fault {at}: the text is given back");
    }
    if !sticky {
        // Sent again once the disk is well: it acts once, whatever happened the first time.
        let again = place.dispute(server.address(), &form, words);
        assert_eq!(again.map(|it| it.status), Some(303), "fault {at}: sent again");
    }
    std::fs::remove_file(place.folder.join("armed")).expect("disarmed");
    let page = place.get(server.address(), &format!("/dossiers/{}/contestations", place.file));
    assert_eq!(page.map(|it| it.status), Some(200), "fault {at}: reading works again");
    server.kill();
    let kept = place.words().await;
    match status {
        Some(303) => assert_eq!(kept, [words], "fault {at}: said saved"),
        _ if sticky => {
            assert!(kept.is_empty(), "fault {at}: said not saved, and there: {status:?}")
        }
        _ => assert_eq!(kept, [words], "fault {at}: sent twice, written once"),
    }
    // The shim leaves a mark when it has failed a call.
    !place.folder.join("failed").exists()
}

/// The shim, compiled for this machine.
fn shim(name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crash/shim.c");
    let target = std::env::temp_dir().join(format!("tandem-shim-{name}-{}.so", std::process::id()));
    let done = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&target)
        .arg(source)
        .arg("-ldl")
        .status()
        .expect("a C compiler, as SQLite itself needs");
    assert!(done.success());
    target
}
