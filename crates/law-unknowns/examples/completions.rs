//! Completions of partial households against their bounds, as many as asked:
//! `cargo run --release -p law-unknowns --example completions -- 1000000`.
//!
//! Half of them on the shipped law, half on rulebooks drawn at random. Ends at the first contradiction.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a study may fail loudly"
)]

#[path = "../tests/all/harness.rs"]
mod harness;
#[path = "../tests/all/households.rs"]
mod households;

use law::{Law, SourceFile};
use law_testing::dice::Dice;
use law_testing::generate::{Knowledge, Landmarks, household, rulebook};
use law_unknowns::Effort;

use harness::{Tally, Trial, hide};

/// Completions of each partial household.
const ROUNDS: usize = 200;

fn main() {
    let wanted: usize = std::env::args().nth(1).map_or(10_000, |it| it.parse().expect("a number"));
    let national = shipped(wanted / 2);
    report("la loi livrée", national);
    report("recueils tirés au sort", drawn(wanted - national.completions.min(wanted)));
}

fn shipped(wanted: usize) -> Tally {
    let law = Law::national();
    let landmarks = Landmarks::of(law.book());
    let aids = law.aids();
    let all = households::whole(law, usize::MAX);
    let mut tally = Tally::default();
    let mut turn = 0;
    while tally.completions < wanted {
        let (whole, month) = &all[turn % all.len()];
        let mut dice = Dice::seeded(u64::try_from(turn).unwrap());
        let percent = dice.one_of([2, 5, 10, 30, 60, 100]);
        let partial = hide(&mut dice, law.book(), whole, *month, percent);
        let book = law.book();
        let trial = Trial {
            book,
            landmarks: &landmarks,
            aids: &aids,
            month: *month,
            effort: Effort::USUAL,
        };
        let found = trial.run(&mut dice, whole, &partial, ROUNDS, &mut tally);
        found.unwrap_or_else(|why| panic!("turn {turn}: {why}"));
        turn += 1;
    }
    tally
}

fn drawn(wanted: usize) -> Tally {
    let mut tally = Tally::default();
    let mut seed = 0;
    while tally.completions < wanted {
        let text = rulebook(Dice::seeded(seed));
        let file = SourceFile { name: "essai.droit".to_owned(), text: text.clone() };
        let law = Law::load(vec![file]).0.unwrap_or_else(|| panic!("{text}"));
        let landmarks = Landmarks::of(law.book());
        let aids = law.aids();
        let mut dice = Dice::seeded(seed);
        for _ in 0..4 {
            let month = landmarks.month(&mut dice);
            let whole = household(&mut dice, law.book(), &landmarks, month, Knowledge::Whole);
            let percent = dice.one_of([10, 30, 60, 100]);
            let partial = hide(&mut dice, law.book(), &whole, month, percent);
            let book = law.book();
            let trial =
                Trial { book, landmarks: &landmarks, aids: &aids, month, effort: Effort::USUAL };
            let found = trial.run(&mut dice, &whole, &partial, ROUNDS, &mut tally);
            found.unwrap_or_else(|why| panic!("seed {seed}: {why}\n{text}"));
        }
        seed += 1;
    }
    tally
}

fn report(what: &str, it: Tally) {
    println!(
        "{what} : {} complétions de {} foyers partiels ; {} certains, {} exclus, {} impossibles, {} possibles dont {} constants",
        it.completions,
        it.households,
        it.certain,
        it.excluded,
        it.impossible,
        it.possible,
        it.constant
    );
    for (name, possible, constant) in it.by_aid {
        if possible > 0 {
            println!("  aide {name} : {possible} possibles, {constant} constants");
        }
    }
}
