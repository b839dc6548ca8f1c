//! The ten properties, as many times as asked, on all cores: `cargo run --release -p law-testing --example
//! proof -- p1 10000000`.

use std::process::ExitCode;
use std::thread;

use law::unknowns::Effort;
use law_testing::engine::{Columns, Intervals, Reference};
use law_testing::proof::{self, Proof, Run};

const HELP: &str = "proof PROPERTY COMPARISONS [FIRST SEED]
  p1 columns = reference          p1u bounds of households known whole = reference
  p2 exact answer within bounds   p3 answers never widen      p4 completions never contradict
  p5 no failure, bounded cost     p6 formatting, documents    p7 months    p8 batches    p10 swaps";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(name), Some(count)) = (args.first(), args.get(1).and_then(|it| it.parse().ok()))
    else {
        println!("{HELP}");
        return ExitCode::FAILURE;
    };
    let first_seed = args.get(2).and_then(|it| it.parse().ok()).unwrap_or(1);
    match on_all_cores(name, count, first_seed) {
        Ok(done) => {
            println!("{name}: {done} comparisons, 0 difference");
            ExitCode::SUCCESS
        }
        Err(counterexample) => {
            println!("{counterexample}");
            ExitCode::FAILURE
        }
    }
}

/// Each core takes seeds of its own.
fn on_all_cores(name: &str, count: usize, first_seed: u64) -> Proof {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let runs: Vec<_> = (0..cores)
            .map(|core| {
                let first_seed = first_seed + (core as u64) * 1_000_000_000;
                let run = Run { first_seed, ..Run::of(count.div_ceil(cores)) };
                scope.spawn(move || one(name, &run))
            })
            .collect();
        let mut total = 0;
        for run in runs {
            total += match run.join() {
                Ok(proof) => proof?,
                Err(panic) => std::panic::resume_unwind(panic),
            };
        }
        Ok(total)
    })
}

fn one(name: &str, run: &Run) -> Proof {
    let intervals = Intervals(Effort::USUAL);
    match name {
        "p1" => proof::p1(&Columns, run),
        "p1u" => proof::p1(&intervals, run),
        "p2" => proof::p2(&intervals, run),
        "p3" => proof::p3(&intervals, run),
        "p4" => proof::p4(&intervals, run),
        "p5" => proof::p5(run),
        "p6" => proof::p6(run),
        "p7" => proof::p7(&Columns, run),
        "p8" => proof::p8(&Columns, run),
        "p10" => proof::p10(&Columns, run),
        "p7r" => proof::p7(&Reference, run),
        _ => {
            println!("{HELP}");
            Ok(0)
        }
    }
}
