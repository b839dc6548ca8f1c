//! Many households, in columns, on one thread.

use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use base::{Month, Rational};
use law::columns::{Answers, CHUNK, Households, Plan, Workspace, evaluate_chunk};
use law::{Book, Law, Status};

use super::households::Source;
use super::timing::{per_second, ratio, worked};

/// How many households are made, then put in columns, at once: the memory does not depend on how many there are
/// in all.
const MADE: usize = 1024;
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
    /// What twelve months cost, for one.
    pub twelve: Rational,
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

pub fn measure(law: &Law, month: Month, source: &Source, count: usize) -> Batch {
    let aids = law.aids();
    let one = Plan::new(law.book(), &aids, &[month]);
    let mut bench = Bench::new(law.book());
    // The first chunks find the memory they keep.
    bench.run(&one, source, CHUNK.min(count));
    let mut res = bench.run(&one, source, count);
    res.twelve = twelve(law, month, source, count.min(FOR_TWELVE), &mut bench);
    res
}

/// The year that ends with the month, beside the month alone, on the same households.
fn twelve(
    law: &Law,
    month: Month,
    source: &Source,
    count: usize,
    bench: &mut Bench<'_>,
) -> Rational {
    let year: Vec<Month> = (0..MONTHS).rev().map(|ago| month.plus(-ago)).collect();
    let (one, all) = (Plan::new(law.book(), &law.aids(), &[month]), &year);
    let all = Plan::new(law.book(), &law.aids(), all);
    let (one, all) = (bench.run(&one, source, count), bench.run(&all, source, count));
    ratio(all.evaluate, one.evaluate)
}

/// The memory of one thread.
struct Bench<'a> {
    book: &'a Book,
    households: Households,
    workspace: Workspace,
}

impl<'a> Bench<'a> {
    fn new(book: &'a Book) -> Self {
        Self { book, households: Households::new(book), workspace: Workspace::default() }
    }

    fn run(&mut self, plan: &Plan, source: &Source, count: usize) -> Batch {
        let (fill, evaluate) = (Duration::ZERO, Duration::ZERO);
        let twelve = Rational::ZERO;
        let name = |id| self.book.rule(id).map_or_else(String::new, |it| it.name.clone());
        let totals = plan.aids().iter().map(|(id, _)| (name(*id), 0)).collect();
        let households = count;
        let mut res = Batch { households, fill, evaluate, due: 0, impossible: 0, totals, twelve };
        for start in (0..count).step_by(CHUNK) {
            res.fill += self.fill(source, start..count.min(start + CHUNK));
            let (households, workspace) = (&self.households, &mut self.workspace);
            let (answers, evaluate) =
                worked(|| evaluate_chunk(plan, self.book, households, 0..CHUNK, workspace));
            res.evaluate += evaluate;
            res.count(black_box(&answers));
        }
        res
    }

    /// One chunk, in the memory of the one before: some households are made, as a stream would bring them, then
    /// put in columns, which is what takes the time that is returned.
    fn fill(&mut self, source: &Source, ranks: Range<usize>) -> Duration {
        self.households.clear();
        let mut res = Duration::ZERO;
        for start in ranks.clone().step_by(MADE) {
            let made = start..ranks.end.min(start + MADE);
            let made: Vec<_> = made.filter_map(|rank| source.household(rank)).collect();
            let ((), fill) = worked(|| made.iter().for_each(|it| self.households.push(it)));
            res += fill;
        }
        res
    }
}
