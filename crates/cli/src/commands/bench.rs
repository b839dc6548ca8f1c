//! `tandem law bench`: how long one household takes, with and without the trace that explains it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use base::Month;
use law::situation::{EXAMPLES, read};
use law::{Household, Law};
use serde_json::json;

use crate::args::Bench;
use crate::output::Align;
use crate::{Outcome, Refusal, Result, fr, input, output};

const WARM_UP: usize = 20;
const RUNS: usize = 301;

/// Medians of one household.
struct Measure {
    name: &'static str,
    traced: Duration,
    untraced: Duration,
}

pub fn run(args: &Bench) -> Result {
    let law = Law::national();
    let month = input::month(&args.month)?;
    let measures = EXAMPLES
        .iter()
        .map(|example| {
            let (_, household) = read(law, example.json.as_bytes())
                .map_err(|errors| Refusal(fr::bad_situation(example.title, &errors)))?;
            measure(law, &household, month, example.title)
        })
        .collect::<Result<Vec<_>>>()?;
    let traced = median(measures.iter().map(|it| it.traced).collect());
    let untraced = median(measures.iter().map(|it| it.untraced).collect());
    if args.json {
        let (one_trace_us, one_us) = (micros(traced), micros(untraced));
        output::print_json(&json!({ "one_trace_us": one_trace_us, "one_us": one_us }))?;
    } else {
        output::print(&table(&measures, traced, untraced))?;
    }
    Ok(Outcome::Fine)
}

fn measure(law: &Law, household: &Household, month: Month, name: &'static str) -> Result<Measure> {
    // A fault would make the calculation look fast: it is refused before any timing.
    law.evaluate(household, month).map_err(|fault| Refusal(fault.to_string()))?;
    let traced = time(|| drop(black_box(law.evaluate(household, month))));
    let untraced = time(|| drop(black_box(law.evaluate_untraced(household, month))));
    Ok(Measure { name, traced, untraced })
}

/// The median duration of one call.
fn time(mut call: impl FnMut()) -> Duration {
    for _ in 0..WARM_UP {
        call();
    }
    let once = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        call();
        start.elapsed()
    };
    median((0..RUNS).map(|_| once(&mut call)).collect())
}

fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort_unstable();
    durations.get(durations.len() / 2).copied().unwrap_or_default()
}

/// Whole microseconds, at least one.
fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX).max(1)
}

fn table(measures: &[Measure], traced: Duration, untraced: Duration) -> String {
    let row = |name: &str, traced, untraced| {
        vec![name.to_owned(), micros(traced).to_string(), micros(untraced).to_string()]
    };
    let mut rows: Vec<_> = measures.iter().map(|it| row(it.name, it.traced, it.untraced)).collect();
    rows.push(row(fr::MEDIAN, traced, untraced));
    let header = [
        (fr::HOUSEHOLD, Align::Left),
        (fr::WITH_TRACE, Align::Right),
        (fr::WITHOUT_TRACE, Align::Right),
    ];
    output::table(&header, &rows)
}
