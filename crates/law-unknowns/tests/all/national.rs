//! The law shipped, on the examples and the witness’s households.

use law::Law;
use law_testing::dice::Dice;
use law_testing::generate::Landmarks;
use law_unknowns::Effort;

use crate::harness::{Tally, Trial, hide};
use crate::households::whole;

#[test]
fn what_is_said_holds_for_every_completion() {
    let law = Law::national();
    let landmarks = Landmarks::of(law.book());
    let aids = law.aids();
    let mut tally = Tally::default();
    for (rank, (household, month)) in whole(law, 60).into_iter().enumerate() {
        let mut dice = Dice::seeded(u64::try_from(rank).unwrap());
        let percent = dice.one_of([3, 10, 30, 60, 100]);
        let partial = hide(&mut dice, law.book(), &household, month, percent);
        let trial = Trial {
            book: law.book(),
            landmarks: &landmarks,
            aids: &aids,
            month,
            effort: Effort::USUAL,
        };
        let found = trial.run(&mut dice, &household, &partial, 20, &mut tally);
        found.unwrap_or_else(|why| panic!("household {rank}: {why}"));
    }
    println!("{tally:?}");
}
