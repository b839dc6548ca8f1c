//! Killed again and again while people write.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::server::{Place, Server, folder_holds};

/// Check 1, at the figure of every change.
const CYCLES: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_by_kill_9_on_sqlite() {
    let place = Arc::new(Place::filled("kills", None).await);
    let said = cycles(&place, CYCLES).await;
    println!("kill -9, SQLite: {said}");
    assert!(
        !folder_holds(&place.folder, "canari de la coupure".as_bytes()),
        "in clear on the disk"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_by_kill_9_on_postgres() {
    let fresh = store_testing::postgres().await.expect("a database");
    let place = Arc::new(Place::filled("kills-pg", Some(fresh.address.clone())).await);
    let said = cycles(&place, CYCLES).await;
    println!("kill -9, PostgreSQL: {said}");
}

async fn cycles(place: &Arc<Place>, cycles: usize) -> String {
    let acknowledged: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let mut ready = Vec::new();
    for cycle in 0..cycles {
        let (mut server, took) = Server::start(place.command()).expect("it starts again");
        ready.push(took);
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (place, stop) = (Arc::clone(place), Arc::clone(&stop));
                let acknowledged = Arc::clone(&acknowledged);
                let address = server.address().to_owned();
                std::thread::spawn(move || {
                    let mut rank = 0;
                    while !stop.load(Ordering::Relaxed) {
                        rank += 1;
                        let words = format!("canari de la coupure {cycle}-{writer}-{rank}");
                        let answer = place.dispute(&address, &place.form(), &words);
                        if answer.is_some_and(|it| it.status == 303) {
                            acknowledged.lock().expect("no writer panicked").insert(words);
                        }
                    }
                })
            })
            .collect();
        // Not always at the same point of a write.
        let pause = 20 + u64::try_from(cycle * 37 % 90).expect("small");
        std::thread::sleep(Duration::from_millis(pause));
        server.kill();
        stop.store(true, Ordering::Relaxed);
        writers.into_iter().for_each(|it| it.join().expect("a writer ends"));
    }
    let kept: BTreeSet<String> = place.words().await.into_iter().collect();
    let acknowledged = acknowledged.lock().expect("no writer panicked").clone();
    let lost: Vec<&String> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(acknowledged.len() > cycles, "people were writing: {}", acknowledged.len());
    ready.sort();
    let slow = ready.get(ready.len() * 99 / 100).copied().unwrap_or_default();
    format!(
        "{cycles} cycles, {} acknowledged, 0 lost, ready again p99 {} ms",
        acknowledged.len(),
        slow.as_millis()
    )
}
