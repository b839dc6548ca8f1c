//! Many households, in columns, on one thread.

use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use base::{Month, Rational};
use law::columns::{Answers, CHUNK, Households, Plan, Workspace, evaluate_chunk};
use law::{Book, Law, Status};

use super::households::Source;
use super::timing::{per_second, ratio, worked};
use crate::Result;

/// How many households stand in columns at once: the memory does not depend on how many there are in all.
pub const HELD: usize = 4 * CHUNK;
/// How many are made before they go in columns. One alone could not be timed; these stay in the processor's cache, as
/// they do when they are read from a file.
const MADE: usize = 128;
/// Enough for a steady ratio.
const FOR_TWELVE: usize = 20_000;
const MONTHS: i32 = 12;

pub struct Batch {
    pub households: usize,
    /// From households to columns: processor time, as the next one.
    pub fill: Duration,
    pub evaluate: Duration,
    /// Aids due, and aids that no rule could compute: a batch that finds nothing would be fast.
    pub due: usize,
    pub impossible: usize,
    /// What is due in all of each aid, in cents.
    pub totals: Vec<(String, i64)>,
}

impl Batch {
    fn count(&mut self, answers: &Answers) {
        for (aid, (_, total)) in self.totals.iter_mut().enumerate() {
            let Some(column) = answers.column(0, aid) else { continue };
            *total += column.cents.iter().sum::<i64>();
            let count = |status| column.statuses.iter().filter(|it| **it == status).count();
            self.due += count(Status::Due);
            self.impossible += count(Status::Impossible);
        }
    }

    pub fn per_second(&self) -> u64 {
        per_second(self.households, self.evaluate)
    }
}

pub fn measure(law: &Law, month: Month, source: &mut Source<'_>, count: usize) -> Result<Batch> {
    let one = Plan::new(law.book(), &law.aids(), &[month]);
    let mut bench = Bench::new(law.book());
    // The first chunks find the memory they keep.
    bench.run(&one, source, HELD.min(count))?;
    bench.run(&one, source, count)
}

/// What the year that ends with the month costs, beside the month alone, on the same households.
pub fn twelve(law: &Law, month: Month, source: &mut Source<'_>, count: usize) -> Result<Rational> {
    let year: Vec<Month> = (0..MONTHS).rev().map(|ago| month.plus(-ago)).collect();
    let one = Plan::new(law.book(), &law.aids(), &[month]);
    let all = Plan::new(law.book(), &law.aids(), &year);
    let count = count.min(FOR_TWELVE);
    let mut bench = Bench::new(law.book());
    bench.run(&one, source, CHUNK.min(count))?;
    let one = bench.run(&one, source, count)?;
    Ok(ratio(bench.run(&all, source, count)?.evaluate, one.evaluate))
}

/// The memory of one thread.
struct Bench<'a> {
    book: &'a Book,
    households: Households,
    workspace: Workspace,
}

impl<'a> Bench<'a> {
    fn new(book: &'a Book) -> Self {
        let (households, workspace) = (Households::new(book), Workspace::default());
        Self { book, households, workspace }
    }

    fn run(&mut self, plan: &Plan, source: &mut Source<'_>, count: usize) -> Result<Batch> {
        let (fill, evaluate) = (Duration::ZERO, Duration::ZERO);
        let name = |id| self.book.rule(id).map_or_else(String::new, |it| it.name.clone());
        let totals = plan.aids().iter().map(|(id, _)| (name(*id), 0)).collect();
        let mut res = Batch { households: count, fill, evaluate, due: 0, impossible: 0, totals };
        for start in (0..count).step_by(HELD) {
            res.fill += fill_in(&mut self.households, source, start..count.min(start + HELD))?;
            for first in (0..self.households.len()).step_by(CHUNK) {
                let (answers, evaluate) = worked(|| self.evaluate(plan, first));
                res.evaluate += evaluate;
                res.count(black_box(&answers));
            }
        }
        Ok(res)
    }

    fn evaluate(&mut self, plan: &Plan, first: usize) -> Answers {
        let rows = first..first + CHUNK;
        evaluate_chunk(plan, self.book, &self.households, rows, &mut self.workspace)
    }
}

/// These households of the source instead of the former ones; the processor time it takes once they are made.
pub fn fill_in(
    households: &mut Households,
    source: &mut Source<'_>,
    ranks: Range<usize>,
) -> Result<Duration> {
    households.clear();
    let mut res = Duration::ZERO;
    for start in ranks.clone().step_by(MADE) {
        let made = source.make(start..ranks.end.min(start + MADE))?;
        let ((), fill) = worked(|| made.iter().for_each(|it| households.push(it)));
        res += fill;
    }
    Ok(res)
}
