//! Lines of the access log from readers that come at the same time, committed together.
//!
//! A page may wait for the disk; two hundred pages a second may not each wait for their turn. Those that arrive
//! while one commit is under way share the next one.

use std::sync::Arc;

use store::access_log::{self, Look};
use store::dialect::Dialect;
use store::{Db, StoreError, Tx};
use tokio::sync::{Mutex, oneshot};

/// Cheap to clone; all clones share the queue.
#[derive(Debug, Clone)]
pub struct Journal {
    db: Db,
    waiting: Arc<Mutex<Vec<Waiting>>>,
    /// Whoever holds it commits for everybody who waits.
    turn: Arc<Mutex<()>>,
}

#[derive(Debug)]
struct Waiting {
    looks: Vec<Look>,
    done: oneshot::Sender<Result<(), StoreError>>,
}

impl Journal {
    pub fn new(db: Db) -> Self {
        Self { db, waiting: Arc::default(), turn: Arc::default() }
    }

    /// Returns once the looks are on the disk.
    pub async fn commit(&self, looks: Vec<Look>) -> Result<(), StoreError> {
        if looks.is_empty() {
            return Ok(());
        }
        let (done, mut committed) = oneshot::channel();
        self.waiting.lock().await.push(Waiting { looks, done });
        let _turn = self.turn.lock().await;
        // Somebody may have committed ours with theirs while we waited for our turn.
        if let Ok(result) = committed.try_recv() {
            return result;
        }
        let together = std::mem::take(&mut *self.waiting.lock().await);
        let looks: Vec<Look> = together.iter().flat_map(|it| it.looks.iter().cloned()).collect();
        let result = self.db.write(move |tx| {
            queue_up(tx)?;
            access_log::append(tx, &looks).map(|_| ())
        });
        let result = result.await;
        for waiting in together {
            // A request that went away does not wait for its answer any more.
            let _gone = waiting.done.send(result.clone());
        }
        result
    }
}

/// Takes the place at the end of the log before anything is read, so that two nodes never append to the same
/// line and start again for it. SQLite has one writer: its place is already taken.
pub fn queue_up(tx: &mut Tx<'_>) -> store::Result<()> {
    match tx.dialect() {
        Dialect::Sqlite => Ok(()),
        Dialect::Postgres => tx.script("lock table access_log in share row exclusive mode"),
    }
}
