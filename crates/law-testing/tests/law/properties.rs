//! What holds of any household.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base::{Month, Rational};
use law::situation::Situation;
use law::{Law, SourceFile};
use law_syntax::FileId;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::households::situation;

/// The same law, with its files and the declarations of each in the opposite order.
static BACKWARDS: LazyLock<Law> = LazyLock::new(|| {
    let files = Law::national().files().iter().rev().map(|file| {
        let parsed = law_syntax::parse(FileId(0), &file.text);
        let items = parsed.file.items.iter().rev().map(|item| {
            let range = item.span.start as usize..item.span.end as usize;
            format!("{}\n\n", &file.text[range])
        });
        SourceFile { name: file.name.clone(), text: items.collect() }
    });
    let (law, diagnostics) = Law::load(files.collect());
    law.unwrap_or_else(|| panic!("{diagnostics:#?}"))
});

/// What each aid answers: its amount, or the names of the facts it asks for.
type Answer = BTreeMap<String, Result<Rational, Vec<String>>>;

/// The month is covered and the numbers are in bounds: a fault is a failure.
fn answer(law: &Law, situation: &Situation, month: Month) -> Answer {
    let household = situation.to_household_of_any_age(law).unwrap_or_else(|it| panic!("{it:#?}"));
    let evaluation = law.evaluate_untraced(&household, month);
    let answer = |aid: law::AidResult| {
        assert_eq!(aid.fault, None, "{}", aid.name);
        let missing =
            aid.missing.iter().filter_map(|it| Some(law.book().input(it.input?)?.name.clone()));
        let mut missing: Vec<_> = missing.collect();
        missing.sort_unstable();
        missing.dedup();
        (aid.name, aid.amount.ok_or(missing))
    };
    evaluation.aids.into_iter().map(answer).collect()
}

fn months() -> impl Strategy<Value = Month> {
    (0..21).prop_map(|months| Month::of(2025, 2).plus(months))
}

/// The same household, told in another order.
fn reordered(situation: &Situation) -> Situation {
    let mut res = situation.clone();
    res.personnes.reverse();
    res.foyers_fiscaux.reverse();
    for family in &mut res.familles {
        family.enfants.reverse();
    }
    for group in &mut res.foyers_fiscaux {
        group.déclarants.reverse();
        group.à_charge.reverse();
    }
    for dwelling in &mut res.ménages {
        dwelling.occupants.reverse();
    }
    res
}

/// The same household with some facts not told: those whose rank the mask has.
fn with_holes(situation: &Situation, mask: &[bool]) -> Situation {
    let mut res = situation.clone();
    let mut rank = 0..;
    let mut hide = |name: &str| {
        let hidden = mask.get(rank.next().unwrap_or(0)).copied().unwrap_or(false);
        hidden && name != "date_de_naissance"
    };
    for it in &mut res.personnes {
        it.faits.retain(|name, _| !hide(name));
    }
    for it in &mut res.familles {
        it.faits.retain(|name, _| !hide(name));
    }
    for it in &mut res.ménages {
        it.faits.retain(|name, _| !hide(name));
    }
    res
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_household_that_is_told_whole_gets_an_answer(it in situation(), month in months()) {
        for (aid, answer) in answer(Law::national(), &it, month) {
            prop_assert!(answer.is_ok_and(|it| !it.is_negative()), "{}", aid);
        }
    }

    #[test]
    fn the_order_of_persons_changes_nothing(it in situation(), month in months()) {
        let law = Law::national();
        prop_assert_eq!(answer(law, &it, month), answer(law, &reordered(&it), month));
    }

    #[test]
    fn the_order_of_files_and_declarations_changes_nothing(it in situation(), month in months()) {
        let ours = answer(Law::national(), &it, month);
        prop_assert_eq!(ours, answer(&BACKWARDS, &it, month));
    }

    /// An answer given without a fact does not depend on it: the fact, once told, changes nothing.
    #[test]
    fn what_is_told_early_stays_true(
        it in situation(),
        mask in prop::collection::vec(prop::bool::weighted(0.15), 400),
        month in months(),
    ) {
        let law = Law::national();
        let early = answer(law, &with_holes(&it, &mask), month);
        let whole = answer(law, &it, month);
        for (aid, amount) in &early {
            if amount.is_ok() {
                prop_assert_eq!(amount, &whole[aid], "{}", aid);
            }
        }
    }

    #[test]
    fn an_untraced_evaluation_answers_the_same(it in situation(), month in months()) {
        let law = Law::national();
        let household = it.to_household_of_any_age(law).unwrap();
        let amounts = |evaluation: law::Evaluation| {
            evaluation.aids.into_iter().map(|aid| (aid.name, aid.amount)).collect::<Vec<_>>()
        };
        let traced = amounts(law.evaluate(&household, month));
        prop_assert_eq!(traced, amounts(law.evaluate_untraced(&household, month)));
    }
}

/// The properties above would hold of households that are entitled to nothing.
#[test]
fn the_households_drawn_reach_every_aid() {
    let mut runner = TestRunner::deterministic();
    let mut due = BTreeMap::<String, usize>::new();
    for _ in 0..400 {
        let it = situation().new_tree(&mut runner).unwrap().current();
        for (aid, amount) in answer(Law::national(), &it, Month::of(2026, 5)) {
            *due.entry(aid).or_default() += usize::from(amount.is_ok_and(|it| !it.is_zero()));
        }
    }
    assert!(due.len() >= 6 && due.values().all(|count| *count >= 5), "{due:?}");
}
