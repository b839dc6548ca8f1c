//! Each month is what the reference says, and nothing changes outside the months that were solved.

use base::Rational;
use law::{Household, Law, Value};
use law_projection::{HypothesisKind, Options, extend, project, project_with};
use law_reference::{Status, evaluate};

use crate::households::{aid, example, month, witnesses};

fn households() -> Vec<(base::Month, Household)> {
    let mut res = witnesses(40);
    let keys = ["parent-seul", "couple-trois-enfants", "jeune-heberge"];
    res.extend(keys.map(|key| (month("2026-07"), example(key))));
    let extended = keys.map(|key| {
        let (household, _) = extend(Law::national().book(), &example(key), month("2026-07"));
        (month("2026-07"), household)
    });
    res.extend(extended);
    res
}

#[test]
fn every_month_is_what_the_reference_says() {
    let law = Law::national();
    let aids = law.aids();
    let (mut changes, mut skipped) = (0, 0);
    for (now, household) in households() {
        let first = now.plus(-6);
        let projection = project(law.book(), &household, first, 36, &aids);
        assert_eq!(projection.lanes.len(), 36);
        for lane in &projection.lanes {
            let evaluation = evaluate(law.book(), &household, lane.month, &aids, false);
            for (told, expected) in lane.aids.iter().zip(&evaluation.aids) {
                let context = format!("{} {:?}", expected.name, lane.month);
                assert_eq!(told.status, expected.status, "{context}");
                assert_eq!(told.amount, expected.amount, "{context}");
                assert_eq!(told.missing, expected.missing, "{context}");
            }
        }
        for (before, after) in projection.lanes.iter().zip(projection.lanes.iter().skip(1)) {
            let standing = |lane: &law_projection::Lane| {
                lane.aids.iter().map(|it| it.standing()).collect::<Vec<_>>()
            };
            if standing(before) != standing(after) {
                assert!(projection.solved.contains(&after.month), "{:?}", after.month);
            }
        }
        changes += projection.changes.len();
        skipped += 35 - projection.solved.len();
    }
    // The list of months is worth solving: most months are not in it.
    assert!(changes > 100 && skipped > 500, "{changes} changes, {skipped} months skipped");
}

#[test]
fn a_month_to_come_that_nobody_told_of_is_incomplete_until_it_is_supposed() {
    let law = Law::national();
    let household = example("parent-seul");
    let (first, aids) = (month("2026-08"), law.aids());
    let silent = project(law.book(), &household, first, 12, &aids);
    let incomplete = |it: &law_projection::Projection| {
        it.lanes.iter().flat_map(|it| &it.aids).filter(|it| it.status == Status::Incomplete).count()
    };
    assert!(incomplete(&silent) > 0);

    let (extended, hypotheses) = extend(law.book(), &household, month("2026-07"));
    assert_eq!(incomplete(&project(law.book(), &extended, first, 12, &aids)), 0);
    let pay = law.book().input_named("salaire_net_social").unwrap();
    let supposed = hypotheses.iter().find(|it| it.input == pay).unwrap();
    assert_eq!(supposed.from, first);
    assert_eq!(supposed.kind, HypothesisKind::Unchanged(Value::Number("980.6".parse().unwrap())));
    assert!(supposed.sentence.contains("supposé inchangé"), "{}", supposed.sentence);
    // What was not known in the last known month is not invented.
    let (same, none) = extend(law.book(), &household, month("2026-08"));
    assert!(none.is_empty());
    assert!(incomplete(&project(law.book(), &same, first, 12, &aids)) > 0);
}

/// The housing aid received in the months to come is the one computed for them, not last year's.
#[test]
fn amounts_to_be_received_are_those_that_are_computed() {
    let law = Law::national();
    let (household, _) = extend(law.book(), &example("parent-seul"), month("2026-07"));
    let input = law.book().input_named("aide_au_logement_perçue").unwrap();
    let law::Fact::Known(history) = household.fact(input, 0) else { panic!() };
    let projection = project(law.book(), &household, month("2026-08"), 24, &law.aids());
    for lane in &projection.lanes {
        let computed = lane.aids.iter().find(|it| it.aid == aid("aide_au_logement")).unwrap();
        assert_eq!(history.at(lane.month), computed.amount.map(Value::Number), "{:?}", lane.month);
    }
}

#[test]
fn an_aid_under_review_is_paid_as_its_last_review_says() {
    let law = Law::national();
    let (household, _) = extend(law.book(), &example("parent-seul"), month("2026-07"));
    let mut book = law.book().clone();
    let bonus = aid("prime_d_activité");
    let law::RuleKind::Aid(info) = &mut book.rules[bonus.index()].kind else { panic!() };
    info.review_every = Some(3);
    let options = Options { claim: Some(month("2025-12")) };
    let first = month("2025-12");
    let projection = project_with(&book, &household, first, 12, &law.aids(), &options);
    let mut reviewed: Option<Rational> = None;
    let mut held = 0;
    for lane in &projection.lanes {
        let it = lane.aids.iter().find(|it| it.aid == bonus).unwrap();
        if lane.month.since(first) % 3 == 0 {
            assert_eq!(it.paid, it.amount);
            reviewed = it.amount;
        } else {
            assert_eq!(it.paid, reviewed);
            held += usize::from(it.paid != it.amount);
        }
    }
    assert!(held > 0, "the amount due never moves between reviews: nothing is tried");
    let waiting = projection.changes.iter().find(|it| it.aid == bonus && it.paid_from.is_some());
    let waiting = waiting.unwrap();
    assert!(waiting.sentence.contains("Le versement suit au réexamen"), "{}", waiting.sentence);
}

#[test]
fn values_past_their_review_date_are_told() {
    let law = Law::national();
    let (household, _) = extend(law.book(), &example("parent-seul"), month("2026-07"));
    let projection = project(law.book(), &household, month("2026-08"), 12, &law.aids());
    let bmaf = law.book().params.iter().find(|it| it.name == "bmaf").unwrap();
    let told = projection.assumed.iter().find(|it| it.label == bmaf.label).unwrap();
    assert_eq!(told.since.to_string(), "2026-04-01");
    assert_eq!(told.review_before.unwrap().to_string(), "2027-04-30");
    assert_eq!(told.first, Some(month("2027-05")));
    // Out of reach of the projection, the same value is told without a month.
    let short = project(law.book(), &household, month("2026-08"), 3, &law.aids());
    let told = short.assumed.iter().find(|it| it.label == bmaf.label).unwrap();
    assert_eq!(told.first, None);
    // A value that does not matter to this household is not told.
    let overseas = "part de la BMAF pour un enfant seul, outre-mer";
    assert!(law.book().params.iter().any(|it| it.label == overseas));
    assert!(projection.assumed.iter().all(|it| it.label != overseas));
}
