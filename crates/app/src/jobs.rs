//! What runs each kind of job. A job may run twice: each of these is harmless the second time.

use store::jobs::{self, Job, NewJob};

use crate::life;
use crate::spine::{Stop, Tandem};

/// How long a job may take before another worker takes it over, in seconds.
const LEASE: i64 = 300;

/// Takes one job that is due, runs it and says which kind it was; `None` when none is due.
pub async fn run_one(tandem: &Tandem) -> Result<Option<String>, Stop> {
    let now = tandem.now();
    let taken = tandem.db.write(move |tx| jobs::take(tx, now, LEASE)).await?;
    let Some(job) = taken else { return Ok(None) };
    let (done, kind) = (run(tandem, &job).await, job.kind.clone());
    let now = tandem.now();
    tandem
        .db
        .write(move |tx| match &done {
            Ok(()) => jobs::finish(tx, job.id, now),
            Err(reason) => jobs::fail(tx, &job, reason, now),
        })
        .await?;
    Ok(Some(kind))
}

/// The rule of retention, applied once a day.
pub const RETENTION: &str = "retention";

/// The reason of a failure holds no personal data: it is shown to an administrator.
async fn run(tandem: &Tandem, job: &Job) -> Result<(), String> {
    match job.kind.as_str() {
        RETENTION => match life::erase::apply(tandem, false).await {
            Ok(report) if report.suspect => {
                Err("too many files at once: somebody has to look".into())
            }
            Ok(_) => Ok(()),
            Err(_) => Err("the retention did not finish".into()),
        },
        // The worker, which knows where the ledger stands, copies them there.
        life::erase::LEDGER_JOB => Ok(()),
        other => Err(format!("no such kind of job: {other}")),
    }
}

/// Queues what runs once a day, under the name of the day: asked often, done once.
pub async fn queue_daily(tandem: &Tandem) -> Result<(), Stop> {
    let (now, today, mut entropy) = (tandem.now(), tandem.today(), tandem.entropy());
    let once = format!("{RETENTION} {today}");
    tandem
        .db
        .write(move |tx| {
            let job = NewJob { kind: RETENTION, subject: "", once: Some(&once), due_at: now };
            jobs::queue(tx, &job, now, &mut entropy).map(|_| ())
        })
        .await?;
    Ok(())
}
