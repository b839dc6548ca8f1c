//! The state every page shares.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use base::{Date, Entropy, Moment};
use law::Law;
use store::{Db, StoreError, Tx};
use web::clock::{Clock, FixedClock};

use super::answer::Stop;
use super::desk::Desk;
use super::journal::{self, Journal};
use super::keys::Keys;
use super::viewer::Viewer;

/// The database, the keys, the clock, the law. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tandem {
    pub db: Db,
    pub keys: Keys,
    pub law: &'static Law,
    pub settings: Arc<Settings>,
    clock: Arc<dyn Clock>,
    entropy: SharedEntropy,
    journal: Journal,
}

/// What an administrator sets.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Shown on every page: the people are made up.
    pub demonstration: bool,
    /// The address people type, for links on paper and passkeys: `https://tandem.example.org`.
    pub address: String,
    /// How hard a password is to try.
    pub stretch: Stretch,
    /// The header in which the proxy in front writes where a request comes from; `None`: nobody is in front, the
    /// socket says it.
    pub origin_header: Option<String>,
}

/// The work of one try at a password, by Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Default for Stretch {
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3 }
    }
}

/// Randomness that a transaction may take again when it runs again.
#[derive(Clone)]
pub struct SharedEntropy(Arc<Mutex<Box<dyn Entropy>>>);

impl Tandem {
    pub fn new(
        db: Db,
        keys: Keys,
        law: &'static Law,
        clock: Arc<dyn Clock>,
        entropy: Box<dyn Entropy>,
        settings: Settings,
    ) -> Self {
        let journal = Journal::new(db.clone());
        let entropy = SharedEntropy(Arc::new(Mutex::new(entropy)));
        Self { db, keys, law, settings: Arc::new(settings), clock, entropy, journal }
    }

    /// The same service at another time: what a demonstration lays out in the past.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Self {
        Self { clock: Arc::new(FixedClock(moment)), ..self.clone() }
    }

    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    pub fn today(&self) -> Date {
        self.clock.today()
    }

    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    pub fn entropy(&self) -> SharedEntropy {
        self.entropy.clone()
    }

    /// Reads on somebody's behalf. What `work` opened is in the access log, on the disk, before this returns.
    pub async fn look<T, W>(&self, viewer: &Viewer, work: W) -> Result<T, Stop>
    where
        T: Send + 'static,
        W: FnMut(&mut Desk<'_, '_>) -> Result<T, Stop> + Send + 'static,
    {
        let mut sat = Sat::new(self, viewer, work);
        let stopped = sat.stopped.clone();
        let read = self.db.read(move |tx| sat.sit(tx)).await;
        match read {
            Ok((answer, looks)) => {
                self.journal.commit(looks).await?;
                Ok(answer)
            }
            Err(error) => Err(self.stop(error, &stopped).await?),
        }
    }

    /// Reads and writes on somebody's behalf, in one transaction with its lines of the access log.
    pub async fn act<T, W>(&self, viewer: &Viewer, work: W) -> Result<T, Stop>
    where
        T: Send + 'static,
        W: FnMut(&mut Desk<'_, '_>) -> Result<T, Stop> + Send + 'static,
    {
        let mut sat = Sat::new(self, viewer, work);
        let stopped = sat.stopped.clone();
        let done = self.db.write(move |tx| {
            journal::queue_up(tx)?;
            let (answer, looks) = sat.sit(tx)?;
            store::access_log::append(tx, &looks)?;
            Ok(answer)
        });
        match done.await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.stop(error, &stopped).await?),
        }
    }

    /// Works without anybody being there: sign-in, jobs, migrations of data. Opens no file.
    pub async fn quietly<T, W>(&self, mut work: W) -> Result<T, Stop>
    where
        T: Send + 'static,
        W: FnMut(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
    {
        let stopped = Stopped::default();
        let slot = stopped.clone();
        let done = self.db.write(move |tx| work(tx).map_err(|it| slot.keep(it))).await;
        done.map_err(|error| stopped.take(error))
    }

    /// Why a transaction ended; what was refused is written.
    async fn stop(&self, error: StoreError, stopped: &Stopped) -> Result<Stop, Stop> {
        let stop = stopped.take(error);
        if let Stop::Refused { look: Some(look), .. } = &stop {
            self.journal.commit(vec![look.as_ref().clone()]).await?;
        }
        Ok(stop)
    }
}

/// One desk's work, ready to be run, and run again.
struct Sat<W> {
    keys: Keys,
    entropy: SharedEntropy,
    viewer: Viewer,
    now: Moment,
    stopped: Stopped,
    work: W,
}

impl<W> Sat<W> {
    fn new(tandem: &Tandem, viewer: &Viewer, work: W) -> Self {
        Self {
            keys: tandem.keys.clone(),
            entropy: tandem.entropy(),
            viewer: viewer.clone(),
            now: tandem.now(),
            stopped: Stopped::default(),
            work,
        }
    }

    fn sit<T>(&mut self, tx: &mut Tx<'_>) -> store::Result<(T, Vec<store::access_log::Look>)>
    where
        W: FnMut(&mut Desk<'_, '_>) -> Result<T, Stop>,
    {
        let mut desk =
            Desk::new(tx, self.keys.clone(), self.entropy.clone(), &self.viewer, self.now);
        let answer = (self.work)(&mut desk).map_err(|it| self.stopped.keep(it))?;
        Ok((answer, desk.into_looks()))
    }
}

/// Carries what the transaction layer does not know out of an undone transaction.
#[derive(Debug, Clone, Default)]
struct Stopped(Arc<Mutex<Option<Stop>>>);

impl Stopped {
    fn keep(&self, stop: Stop) -> StoreError {
        match stop {
            Stop::Store(error) => error,
            other => {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(other);
                StoreError::Undone
            }
        }
    }

    fn take(&self, error: StoreError) -> Stop {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        kept.unwrap_or(Stop::Store(error))
    }
}

impl Entropy for SharedEntropy {
    fn fill(&mut self, out: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(out);
    }
}

impl fmt::Debug for SharedEntropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedEntropy")
    }
}
