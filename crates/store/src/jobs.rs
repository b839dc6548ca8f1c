//! Work to be done after a transaction, kept in the same transaction as its cause: it happens if and only if
//! the cause did.
//!
//! A job is taken for a while (its *lease*); a worker that dies loses it and another takes it. It may therefore
//! run twice: what it calls must make a second time harmless.

use base::{Entropy, Moment};

use crate::{Id, Migration, Result, Row, Tx, values};

pub const SCHEMA: Migration = Migration {
    name: "jobs",
    sql: "
        create table jobs (
            id text primary key,
            kind text not null,
            subject text not null,
            once text unique,
            due_at text not null,
            leased_until text,
            attempts {int} not null,
            last_error text,
            created_at text not null,
            done_at text,
            given_up_at text
        );
        create index jobs_waiting on jobs (due_at) where done_at is null and given_up_at is null;
    ",
};

/// What a new job is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob<'a> {
    /// Which function runs it.
    pub kind: &'a str,
    /// The identifier of the record it is about: never the data itself, which would escape its key.
    pub subject: &'a str,
    /// Queued once under this name, however often it is asked; `None`: each time.
    pub once: Option<&'a str>,
    pub due_at: Moment,
}

/// A job that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: Id,
    pub kind: String,
    pub subject: String,
    /// How many times it was taken, this one included.
    pub attempts: i64,
}

/// After that many failures somebody has to look.
pub const ATTEMPTS: i64 = 8;

/// Queues the job with its cause. `false`: it was already there under the same name.
pub fn queue(
    tx: &mut Tx<'_>,
    job: &NewJob<'_>,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<bool> {
    let sql = "insert into jobs (id, kind, subject, once, due_at, attempts, created_at)
               values ($1, $2, $3, $4, $5, 0, $6) on conflict (once) do nothing";
    let id = Id::new(now, entropy);
    let row = values![id, job.kind, job.subject, job.once, job.due_at, now];
    Ok(tx.execute(sql, &row)? == 1)
}

/// Takes the job that has waited longest among those that are due, for `lease` seconds.
pub fn take(tx: &mut Tx<'_>, now: Moment, lease: i64) -> Result<Option<Job>> {
    let sql = format!(
        "update jobs set leased_until = $1, attempts = attempts + 1
         where id = (
             select id from jobs
             where done_at is null and given_up_at is null
                   and due_at <= $2 and (leased_until is null or leased_until <= $2)
             order by due_at, id limit 1{}
         )
         returning id, kind, subject, attempts",
        tx.dialect().skip_locked()
    );
    let row = tx.row_if_any(&sql, &values![now.plus_seconds(lease), now])?;
    row.map(|it| job(&it)).transpose()
}

/// The job is done; a second time changes nothing.
pub fn finish(tx: &mut Tx<'_>, id: Id, now: Moment) -> Result<()> {
    let sql = "update jobs set done_at = $1, leased_until = null where id = $2 and done_at is null";
    tx.execute(sql, &values![now, id])?;
    Ok(())
}

/// The job failed: tried again later and later, then left to somebody. `reason` holds no personal data.
pub fn fail(tx: &mut Tx<'_>, job: &Job, reason: &str, now: Moment) -> Result<()> {
    let given_up = (job.attempts >= ATTEMPTS).then_some(now);
    // 1, 2, 4… minutes: two hours in all before giving up.
    let minutes = 1_i64.checked_shl(u32::try_from(job.attempts - 1).unwrap_or(0)).unwrap_or(64);
    let sql = "update jobs set leased_until = null, last_error = $1, due_at = $2, given_up_at = $3
               where id = $4 and done_at is null";
    let due_at = now.plus_seconds(60 * minutes.min(64));
    tx.execute(sql, &values![reason, due_at, given_up, job.id])?;
    Ok(())
}

/// How many jobs wait, and how many were given up: what an administrator looks at first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<(i64, i64)> {
    let sql = "select cast(coalesce(sum(case when given_up_at is null then 1 else 0 end), 0) as bigint),
                      cast(coalesce(sum(case when given_up_at is null then 0 else 1 end), 0) as bigint)
               from jobs where done_at is null";
    let row = tx.row(sql, &[])?;
    Ok((row.get(0)?, row.get(1)?))
}

fn job(row: &Row) -> Result<Job> {
    Ok(Job { id: row.get(0)?, kind: row.get(1)?, subject: row.get(2)?, attempts: row.get(3)? })
}
