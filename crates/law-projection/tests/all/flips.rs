//! What would change is what the reference gives once it has changed.

use law::{Fact, History, Household, Law, Value};
use law_projection::{extend, project, what_would_change};
use law_reference::evaluate;

use crate::households::{example, month, witnesses};

fn total(household: &Household, now: base::Month) -> Option<base::Rational> {
    let law = Law::national();
    let evaluation = evaluate(law.book(), household, now, &law.aids(), false);
    evaluation.aids.iter().try_fold(base::Rational::ZERO, |sum, it| sum.checked_add(it.amount?))
}

#[test]
fn every_flip_brings_what_it_says_and_nothing_lowers_the_total() {
    let law = Law::national();
    let mut households = witnesses(60);
    households.extend(
        ["parent-seul", "couple-trois-enfants", "jeune-heberge"]
            .map(|key| (month("2026-07"), example(key))),
    );
    let (mut flips, mut numbers) = (0, 0);
    for (now, household) in &households {
        let Some(before) = total(household, *now) else { continue };
        for flip in what_would_change(law.book(), household, *now, &law.aids(), None) {
            let points = vec![(month("0001-01"), Some(flip.to))];
            let history = History { points, until: None, provenance: String::new() };
            let mut changed = household.clone();
            changed.set_fact(flip.input, flip.instance, Fact::Known(history));
            let gain = total(&changed, *now).unwrap().checked_sub(before).unwrap();
            assert_eq!(gain, flip.gain, "{}", flip.sentence);
            assert!(gain > base::Rational::ZERO, "{}", flip.sentence);
            assert_ne!(flip.from, Some(flip.to));
            assert!(law.book().input(flip.input).unwrap().modifiable.is_some());
            assert!(!flip.sentence.is_empty() && !flip.how.is_empty());
            flips += 1;
            numbers += usize::from(matches!(flip.to, Value::Number(_)));
        }
    }
    assert!(flips > 20 && numbers > 0, "{flips} flips, {numbers} of numbers");
}

/// Tom is 24: nothing is due to him, but the RSA opens at 25, or after 3 214 hours of work in three years.
#[test]
fn a_threshold_is_met_to_the_hour_and_what_comes_by_itself_is_told() {
    let law = Law::national();
    let now = month("2026-05");
    let (household, _) = extend(law.book(), &example("jeune-heberge"), month("2026-05"));
    let to_come = project(law.book(), &household, now, 12, &law.aids());
    let flips = what_would_change(law.book(), &household, now, &law.aids(), Some(&to_come));
    let hours = law.book().input_named("heures_travaillées_en_trois_ans").unwrap();
    let flip = flips.iter().find(|it| it.input == hours).unwrap_or_else(|| panic!("{flips:#?}"));
    assert_eq!(flip.to, Value::Number(base::Rational::from(3214)));
    let rsa = flip.gains.iter().find(|it| it.aid == law.book().rule_named("rsa").unwrap()).unwrap();
    assert_eq!(rsa.by_itself, Some(month("2026-07")));
}
