//! One thread reads, all cores answer, the journal is kept here.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

use super::block::Block;
use super::fr;
use super::job::Job;
use super::journal::{Done, Journal};
use super::part;
use super::source::Source;
use crate::{Refusal, Result};

/// A part of the input, and how far the file has been read with it.
struct Task {
    part: usize,
    block: Block,
    position: u64,
}

enum Message {
    Done {
        part: usize,
        done: Done,
        position: u64,
    },
    /// The input is read to its end.
    End,
    Failed(Refusal),
}

/// Answers every part that the journal does not have. `false`: somebody asked to stop.
pub fn run(job: &Job<'_>, source: Source, journal: &mut Journal) -> Result<bool> {
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&stop);
    let bar = progress_bar(job, source.total);
    let heading = source.heading();
    let skipped: HashSet<usize> = journal.parts().collect();
    let (messages, received) = channel();
    // One block waits while the others are answered: what is held in memory is bounded by the cores.
    let (tasks, waiting) = sync_channel::<Task>(1);
    let waiting = Arc::new(Mutex::new(waiting));
    let outcome = thread::scope(|scope| {
        for _ in 0..job.threads {
            let (waiting, messages, stop) = (Arc::clone(&waiting), messages.clone(), &stop);
            let heading = heading.as_ref();
            scope.spawn(move || {
                while let Some(task) = next_task(&waiting) {
                    if stop.load(Ordering::Relaxed) {
                        continue;
                    }
                    let Task { part, block, position } = task;
                    let message = match part::answer(job, heading, part, &block) {
                        Ok(done) => Message::Done { part, done, position },
                        Err(refusal) => Message::Failed(refusal),
                    };
                    let _ = messages.send(message);
                }
            });
        }
        let reading = (Arc::clone(&stop), messages);
        scope.spawn(move || {
            let (stop, messages) = reading;
            let send = |task| tasks.send(task).is_ok();
            let message = match read(job, source, &skipped, &stop, send) {
                Ok(true) => Message::End,
                Ok(false) => return,
                Err(refusal) => Message::Failed(refusal),
            };
            let _ = messages.send(message);
        });
        keep(&received, journal, &stop, &bar)
    });
    bar.finish_and_clear();
    outcome
}

fn next_task(waiting: &Mutex<Receiver<Task>>) -> Option<Task> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Reads the input to its end and hands out the parts that are not done; `false`: stopped before the end.
fn read(
    job: &Job<'_>,
    mut source: Source,
    skipped: &HashSet<usize>,
    stop: &AtomicBool,
    send: impl Fn(Task) -> bool,
) -> Result<bool> {
    let mut part = 0;
    while let Some((block, position)) = source.next(job.chunk)? {
        if stop.load(Ordering::Relaxed) {
            return Ok(false);
        }
        if !skipped.contains(&part) && !send(Task { part, block, position }) {
            return Ok(false);
        }
        part += 1;
    }
    Ok(true)
}

/// Writes the journal as parts come in. The first failure stops everything; what is done stays done.
fn keep(
    received: &Receiver<Message>,
    journal: &mut Journal,
    stop: &AtomicBool,
    bar: &ProgressBar,
) -> Result<bool> {
    let mut failure = None;
    let mut ended = false;
    let mut furthest = 0;
    let mut fail = |refusal| {
        stop.store(true, Ordering::Relaxed);
        failure.get_or_insert(refusal);
    };
    for message in received {
        match message {
            Message::Done { part, done, position } => {
                if let Err(refusal) = journal.done(part, done) {
                    fail(refusal);
                }
                furthest = position.max(furthest);
                bar.set_message(fr::grouped(journal.households()));
                bar.set_position(furthest);
            }
            Message::End => ended = true,
            Message::Failed(refusal) => fail(refusal),
        }
    }
    match failure {
        Some(refusal) => Err(refusal),
        None => Ok(ended && !stop.load(Ordering::Relaxed)),
    }
}

/// On stderr, and only when it is a terminal.
fn progress_bar(job: &Job<'_>, total: u64) -> ProgressBar {
    if job.quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    match ProgressStyle::with_template(fr::PROGRESS) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Ctrl-C ends the parts being answered and says how to go on. Without a working signal the program is
/// killed where it stands: the journal is made for that too.
fn stop_on_signal(stop: &Arc<AtomicBool>) {
    let stop = Arc::clone(stop);
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime {
            runtime.block_on(web::server::asked_to_stop());
            stop.store(true, Ordering::Relaxed);
        }
    });
}
