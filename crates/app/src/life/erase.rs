//! Erasing a file: its key, the keys of what only it held, the marks that found its persons. Then the proof.

use ::store::{Id, jobs, values};
use base::Moment;

use super::model::{self, Due};
use super::store::{self as rows, Kept};
use crate::spine::{Keys, SharedEntropy, Stop, Tandem};

/// The job that copies new destructions to the ledger kept beside the database.
pub const LEDGER_JOB: &str = "destruction_ledger";

/// Why a file was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Retention,
    Request,
}

impl Cause {
    pub fn code(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Request => "request",
        }
    }
}

/// Destroys the key of the file, and those of the persons and of the household that no other file holds.
pub fn erase(
    tx: &mut ::store::Tx<'_>,
    keys: &Keys,
    file: Id,
    cause: Cause,
    by: &str,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<(), Stop> {
    let sql = "select number, structure_id, household_id from cases
               where id = $1 and state <> 'erased'";
    let row = tx.row(sql, &values![file])?;
    let (number, structure): (String, Id) = (row.get(0)?, row.get(1)?);
    let household: Option<Id> = row.get(2)?;
    for person in alone(tx, "person_id", "case_people", file)? {
        keys.destroy(tx, person, now)?;
        tx.execute("delete from people_marks where person_id = $1", &values![person])?;
        let sql = "update people set nir_key = null, erased_at = $2 where id = $1";
        tx.execute(sql, &values![person, now])?;
    }
    if let Some(household) = household {
        let others = "select count(*) from cases
                      where household_id = $1 and id <> $2 and state <> 'erased'";
        let left: i64 = tx.row(others, &values![household, file])?.get(0)?;
        if left == 0 {
            keys.destroy(tx, household, now)?;
        }
    }
    keys.destroy(tx, file, now)?;
    let sql = "update cases set state = 'erased', erased_at = $2 where id = $1";
    tx.execute(sql, &values![file, now])?;
    let slip = "select slip_id from slip_cases where case_id = $1 limit 1";
    let slip: Option<Id> = tx.row_if_any(slip, &values![file])?.map(|it| it.get(0)).transpose()?;
    let sql = "insert into destructions
                   (id, case_id, structure_id, number, cause, slip_id, done_by, at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let id = Id::new(now, entropy);
    tx.execute(sql, &values![id, file, structure, number, cause.code(), slip, by, now])?;
    let subject = file.to_string();
    let job = jobs::NewJob { kind: LEDGER_JOB, subject: &subject, once: None, due_at: now };
    jobs::queue(tx, &job, now, entropy)?;
    Ok(())
}

/// The persons of the file who are in no other that still exists.
fn alone(tx: &mut ::store::Tx<'_>, column: &str, table: &str, file: Id) -> Result<Vec<Id>, Stop> {
    let sql = format!(
        "select distinct mine.{column} from {table} mine
         where mine.case_id = $1 and not exists (
             select 1 from {table} other join cases on cases.id = other.case_id
             where other.{column} = mine.{column} and other.case_id <> $1
                   and cases.state <> 'erased')"
    );
    let rows = tx.rows(&sql, &values![file])?;
    Ok(rows.iter().map(|it| it.get(0)).collect::<::store::Result<_>>()?)
}

/// What one run of the retention did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub warned: usize,
    pub archived: Vec<String>,
    pub erased: Vec<String>,
    pub awaiting_visa: Vec<String>,
    pub held: usize,
    /// Too many at once: nothing was erased.
    pub suspect: bool,
}

/// How many files are read at once.
const AT_ONCE: i64 = 1_000;

/// Applies the rule to every file, each in a transaction of its own. `dry`: only says what it would do.
pub async fn apply(tandem: &Tandem, dry: bool) -> Result<Report, Stop> {
    let (due, files) = plan(tandem).await?;
    let erasures = due.iter().filter(|it| it.1 == Due::Erase).count();
    let mut report = Report { suspect: model::is_suspect(erasures, files), ..Report::default() };
    for (kept, due) in due {
        match due {
            Due::Nothing { .. } | Due::Over => continue,
            Due::Held => report.held = report.held.saturating_add(1),
            Due::Warning { .. } => report.warned = report.warned.saturating_add(1),
            Due::Archive => report.archived.push(kept.number.clone()),
            Due::AwaitVisa => report.awaiting_visa.push(kept.number.clone()),
            Due::Erase => report.erased.push(kept.number.clone()),
        }
        if !dry {
            step(tandem, kept.file, due, report.suspect).await?;
        }
    }
    Ok(report)
}

async fn plan(tandem: &Tandem) -> Result<(Vec<(Kept, Due)>, usize), Stop> {
    let (now, today) = (tandem.now(), tandem.today());
    tandem
        .quietly(move |tx| {
            let mut res = Vec::new();
            let mut after = String::new();
            loop {
                let batch = rows::all(tx, now, &after, AT_ONCE)?;
                let Some(last) = batch.last() else { break };
                after = last.file.to_string();
                for kept in batch {
                    let due = model::due(kept.rule, kept.history, today);
                    res.push((kept, due));
                }
            }
            Ok((res, rows::count(tx)?))
        })
        .await
}

/// Read again before it is done: a contact or a hold may have come meanwhile.
async fn step(tandem: &Tandem, file: Id, expected: Due, suspect: bool) -> Result<(), Stop> {
    let (now, today, keys) = (tandem.now(), tandem.today(), tandem.keys.clone());
    let mut entropy = tandem.entropy();
    tandem
        .quietly(move |tx| {
            let kept = rows::one(tx, now, file)?;
            let due = model::due(kept.rule, kept.history, today);
            if due != expected {
                return Ok(());
            }
            match due {
                Due::Nothing { .. } | Due::Over | Due::Held | Due::AwaitVisa => Ok(()),
                Due::Warning { step_on } => rows::warn(tx, file, step_on, now),
                Due::Archive => rows::archive(tx, file, now),
                Due::Erase if suspect => Ok(()),
                Due::Erase => erase(tx, &keys, file, Cause::Retention, "tandem", now, &mut entropy),
            }
        })
        .await
}
