//! What runs each kind of job. A job may run twice: each of these is harmless the second time.

use store::jobs::{self, Job};

use crate::spine::{Stop, Tandem};

/// How long a job may take before another worker takes it over, in seconds.
const LEASE: i64 = 300;

/// Takes one job that is due and runs it; `false` when none is.
pub async fn run_one(tandem: &Tandem) -> Result<bool, Stop> {
    let now = tandem.now();
    let taken = tandem.db.write(move |tx| jobs::take(tx, now, LEASE)).await?;
    let Some(job) = taken else { return Ok(false) };
    let done = run(tandem, &job).await;
    let now = tandem.now();
    tandem
        .db
        .write(move |tx| match &done {
            Ok(()) => jobs::finish(tx, job.id, now),
            Err(reason) => jobs::fail(tx, &job, reason, now),
        })
        .await?;
    Ok(true)
}

/// The reason of a failure holds no personal data: it is shown to an administrator.
async fn run(_tandem: &Tandem, job: &Job) -> Result<(), String> {
    Err(format!("no such kind of job: {}", job.kind))
}
