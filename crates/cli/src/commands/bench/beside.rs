//! What the comparison with a witness asks besides: the past, all cores, one household, and who says the same.

use std::hint::black_box;
use std::time::{Duration, Instant};

use base::{Month, Rational};
use law::columns::{
    Answers, CHUNK, Households, Plan, Workspace, evaluate as evaluate_all, evaluate_chunk,
};
use law::{Household, Law, RuleId};
use law_testing::Benefit;

use super::batch::{HELD, fill_in};
use super::households::Source;
use super::timing::{median, median_of, worked};
use crate::Result;

/// The benefits of which the months before are read: the bonus counts them month by month.
const OF_THE_PAST: [&str; 4] =
    ["aide_au_logement", "allocations_familiales", "complément_familial", "asf"];
const PAST_MONTHS: i32 = 3;
/// How many are also answered one by one.
const ALONE: usize = 12;

pub struct Beside {
    /// What the three months before cost, in columns, were they not told.
    pub past: Duration,
    /// By the clock, every core at work.
    pub all_cores: Duration,
    pub cores: usize,
    /// Medians of one household, and with its three months before.
    pub one: Duration,
    pub one_with_past: Duration,
    /// By benefit: how many households are less than a cent from the witness.
    pub same: Vec<(Benefit, usize)>,
}

/// On the households of the file, once each.
pub fn measure(law: &Law, month: Month, source: &mut Source<'_>) -> Result<Beside> {
    let before: Vec<Month> = (1..=PAST_MONTHS).rev().map(|ago| month.plus(-ago)).collect();
    let of_the_past: Vec<RuleId> =
        OF_THE_PAST.iter().filter_map(|name| law.book().rule_named(name)).collect();
    let past = Plan::new(law.book(), &of_the_past, &before);
    let month_alone = Plan::new(law.book(), &law.aids(), &[month]);
    let one = alone(source, |it| drop(black_box(law.evaluate_untraced(it, month))))?;
    let with_past = alone(source, |it| {
        for month in before.iter().copied().chain([month]) {
            black_box(law.evaluate_untraced(it, month));
        }
    })?;
    let mut res = Beside {
        past: Duration::ZERO,
        all_cores: Duration::ZERO,
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        one,
        one_with_past: with_past,
        same: Benefit::ALL.map(|it| (it, 0)).to_vec(),
    };
    let mut households = Households::new(law.book());
    let mut workspace = Workspace::default();
    for start in (0..source.drawn()).step_by(HELD) {
        fill_in(&mut households, source, start..source.drawn().min(start + HELD))?;
        if start == 0 {
            black_box(evaluate_all(&month_alone, law.book(), &households));
            black_box(evaluate_chunk(&past, law.book(), &households, 0..CHUNK, &mut workspace));
        }
        let begin = Instant::now();
        let answers = evaluate_all(&month_alone, law.book(), &households);
        res.all_cores += begin.elapsed();
        res.count(law, &month_alone, source, start, &answers)?;
        for first in (0..households.len()).step_by(CHUNK) {
            let rows = first..first + CHUNK;
            let chunk = || evaluate_chunk(&past, law.book(), &households, rows, &mut workspace);
            let (answers, took) = worked(chunk);
            res.past += took;
            black_box(answers);
        }
    }
    Ok(res)
}

/// The median of the first households of the file.
fn alone(source: &mut Source<'_>, mut call: impl FnMut(&Household)) -> Result<Duration> {
    let households = source.make(0..ALONE.min(source.drawn()))?;
    Ok(median(households.into_iter().map(|it| median_of(|| call(it))).collect()))
}

impl Beside {
    /// INVARIANT: one family in each household, so that its rank among the answers is its own.
    fn count(
        &mut self,
        law: &Law,
        plan: &Plan,
        source: &Source<'_>,
        start: usize,
        answers: &Answers,
    ) -> Result<()> {
        let aids: Vec<Option<usize>> = self
            .same
            .iter()
            .map(|(benefit, _)| {
                let rule = law.book().rule_named(benefit.aid());
                plan.aids().iter().position(|(aid, _)| Some(*aid) == rule)
            })
            .collect();
        let rows = answers.column(0, 0).map_or(0, |it| it.statuses.len());
        for row in 0..rows {
            let said = source.witness(start + row)?;
            for (((_, same), aid), witness) in self.same.iter_mut().zip(&aids).zip(said) {
                let column = aid.and_then(|aid| answers.column(0, aid));
                let ours = column.and_then(|it| it.cell(row)).and_then(|it| it.amount);
                if ours.is_some_and(|it| is_less_than_a_cent(it, witness)) {
                    *same += 1;
                }
            }
        }
        Ok(())
    }
}

fn is_less_than_a_cent(ours: Rational, witness: Rational) -> bool {
    let gap = ours.max(witness).checked_sub(ours.min(witness));
    gap.is_some_and(|it| it < Rational::from_cents(1))
}
