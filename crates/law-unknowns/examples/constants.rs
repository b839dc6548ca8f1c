//! Among the aids said possible, how many seem to have only one story:
//! `cargo run --release -p law-unknowns --example constants -- 250`.
//!
//! Stories that are not found may exist all the same: the share is at most what is told.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a study may fail loudly, and shares the harness of the tests"
)]

#[path = "../tests/all/harness.rs"]
mod harness;
#[path = "../tests/all/households.rs"]
mod households;
#[path = "../tests/all/stories.rs"]
mod stories;

use law::Law;
use law_unknowns::Effort;

fn main() {
    let wanted: usize = std::env::args().nth(1).map_or(250, |it| it.parse().expect("a number"));
    let law = Law::national();
    let counts = stories::counts(law, Effort::USUAL, wanted);
    let (mut possible, mut constant) = (0, 0);
    for (aid, it) in &counts {
        println!(
            "{} : {} possibles, {} constants sur des complétions tirées au sort, {} après recherche",
            law.book().rule(*aid).unwrap().name,
            it.possible,
            it.constant_when_drawn,
            it.constant
        );
        possible += it.possible;
        constant += it.constant;
    }
    println!("en tout : {constant} constants sur {possible} possibles");
}
