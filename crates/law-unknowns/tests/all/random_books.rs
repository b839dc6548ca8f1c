//! Any book, any household: what is said is never contradicted.

use law::{Law, SourceFile};
use law_testing::dice::Dice;
use law_testing::generate::{Knowledge, Landmarks, household, rulebook};
use law_unknowns::Effort;

use crate::harness::{Tally, Trial, hide};

#[test]
fn what_is_said_holds_for_every_completion() {
    let mut tally = Tally::default();
    for seed in 0..150 {
        let text = rulebook(Dice::seeded(seed));
        let (law, _) =
            Law::load(vec![SourceFile { name: "essai.droit".to_owned(), text: text.clone() }]);
        let law = law.unwrap_or_else(|| panic!("{text}"));
        let landmarks = Landmarks::of(law.book());
        let aids = law.aids();
        for turn in 0..6 {
            let mut dice = Dice::seeded(seed * 1000 + turn);
            let month = landmarks.month(&mut dice);
            let whole = household(&mut dice, law.book(), &landmarks, month, Knowledge::Whole);
            let percent = dice.one_of([10, 30, 60, 100]);
            let partial = hide(&mut dice, law.book(), &whole, month, percent);
            let effort = dice.one_of([Effort::QUICK, Effort::USUAL]);
            let trial =
                Trial { book: law.book(), landmarks: &landmarks, aids: &aids, month, effort };
            let found = trial.run(&mut dice, &whole, &partial, 12, &mut tally);
            found.unwrap_or_else(|why| panic!("seed {seed}, turn {turn}: {why}\n{text}"));
        }
    }
    println!("{tally:?}");
}
