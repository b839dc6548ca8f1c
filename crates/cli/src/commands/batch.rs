//! `tandem law batch`: the rights of many households, from a file to a file.
//!
//! ```text
//! file ──source──▶ blocks ──workers: part──▶ part files + journal ──assemble──▶ one file
//! ```
//!
//! The input is cut in parts of so many households, always at the same places. Each part is answered by one
//! thread and written whole in a file of its own before the journal names it, so that a run that stops, for
//! whatever reason, loses at most the parts it was working on.

mod assemble;
mod block;
mod fr;
mod job;
mod journal;
mod order;
mod part;
mod source;
mod work;

use law::Law;

use crate::args::Batch;
use crate::{Outcome, Refusal, Result, output};

use job::Job;
use journal::Journal;
use source::Source;

pub fn run(args: &Batch) -> Result {
    let law = Law::national();
    let mut job = Job::new(law, args)?;
    // A file that cannot be read leaves nothing behind.
    let source = Source::open(&job)?;
    let mut journal = Journal::open(&mut job, args.resume)?;
    let finished = work::run(&job, source, &mut journal);
    if finished.is_err() && journal.households() == 0 {
        journal.remove()?;
    }
    if !finished? {
        return Err(Refusal(fr::interrupted(journal.households(), &job.output)));
    }
    assemble::output(&job, &journal)?;
    let refused = journal.total().refused;
    assemble::refusals(&job, &journal)?;
    journal.remove()?;
    if !args.quiet {
        output::print(&fr::summary(&job, &journal.total()))?;
    }
    Ok(if refused == 0 { Outcome::Fine } else { Outcome::Wrong })
}
