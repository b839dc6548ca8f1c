//! How long bounds and the next question take, on the shipped law: `cargo run --release -p law-unknowns
//! --example durations`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

use std::time::{Duration, Instant};

use base::Month;
use law::Law;
use law::situation::EXAMPLES;
use law_ir::{Fact, Household, InputId};
use law_testing::dice::Dice;
use law_testing::{adapter, read_cases};
use law_unknowns::{Effort, bounds, irrelevant, next_question};

const CASES: &str = include_str!("../../law-testing/cases/2026-05.jsonl");

fn main() {
    let law = Law::national();
    let aids = law.aids();
    let mut all = Vec::new();
    for example in EXAMPLES {
        let (_, household) = law::situation::read(law, example.json.as_bytes()).unwrap();
        all.push(household);
    }
    for case in read_cases(CASES).unwrap().iter().take(40) {
        all.push(adapter::situation(case).to_household_of_any_age(law).unwrap());
    }
    let month = Month::of(2026, 5);
    for hidden in [5, 25, 60, usize::MAX] {
        let mut times: [Vec<Duration>; 4] = Default::default();
        for (rank, household) in all.iter().enumerate() {
            let partial = hide(law, household, hidden, rank);
            let book = law.book();
            let timed = |run: &mut dyn FnMut()| {
                let start = Instant::now();
                run();
                start.elapsed()
            };
            times[0].push(timed(&mut || drop(bounds(book, &partial, month, &aids, Effort::QUICK))));
            times[1].push(timed(&mut || drop(bounds(book, &partial, month, &aids, Effort::USUAL))));
            times[2].push(timed(&mut || {
                drop(next_question(book, &partial, month, &aids, Effort::QUICK, None));
            }));
            times[3].push(timed(&mut || drop(irrelevant(book, &partial, month, &aids))));
        }
        let names = ["bounds quick", "bounds usual", "next question", "irrelevant"];
        for (name, mut times) in names.into_iter().zip(times) {
            times.sort_unstable();
            let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
            let high = times[times.len() * 95 / 100];
            println!("{hidden:>20} {name:<14} median {median:?} p95 {high:?} worst {worst:?}");
        }
    }
}

fn hide(law: &Law, whole: &Household, most: usize, seed: usize) -> Household {
    let mut res = whole.clone();
    let mut facts = Vec::new();
    for (rank, input) in law.book().inputs.iter().enumerate() {
        let id = InputId::at(rank);
        for instance in 0..whole.count(input.entity) {
            let instance = u16::try_from(instance).unwrap();
            let birth = Some(id) == law.book().birth_date;
            if matches!(whole.fact(id, instance), Fact::Known(_)) && !(birth && most < 100) {
                facts.push((id, instance));
            }
        }
    }
    let mut dice = Dice::seeded(u64::try_from(seed).unwrap());
    dice.shuffle(&mut facts);
    for (input, instance) in facts.into_iter().take(most) {
        res.set_fact(input, instance, Fact::NotAsked);
    }
    res
}
