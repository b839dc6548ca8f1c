//! « Et si »: who is where afterwards, what is asked, and what is gained.

use base::Rational;
use law::{Household, Instance, Law, Membership, Value};
use law_projection::{Answer, Custody, Refused, Scenario, WhatIf, compare, extend};

use crate::households::{aid, euros, example, month, witnesses};

/// Everybody is in one family and one dwelling, at most one tax household, and every list agrees.
fn check(household: &Household) {
    for (rank, person) in household.persons.iter().enumerate() {
        let rank = Instance::try_from(rank).unwrap();
        let of_family = |at: usize| {
            let family = &household.families[at];
            let place =
                usize::from(family.applicant == rank) + usize::from(family.partner == Some(rank));
            place + family.children.iter().filter(|it| **it == rank).count()
        };
        let of_tax = |at: usize| {
            let taxed = &household.tax_households[at];
            taxed.declarants.iter().chain(&taxed.dependants).filter(|it| **it == rank).count()
        };
        let of_home =
            |at: usize| household.dwellings[at].occupants.iter().filter(|it| **it == rank).count();
        let families: usize = (0..household.families.len()).map(of_family).sum();
        let taxed: usize = (0..household.tax_households.len()).map(of_tax).sum();
        let homes: usize = (0..household.dwellings.len()).map(of_home).sum();
        assert_eq!((families, homes), (1, 1), "{}", person.id);
        assert_eq!(of_family(person.family.into()), 1);
        assert_eq!(of_home(person.dwelling.into()), 1);
        assert_eq!(taxed, usize::from(person.tax_household.is_some()));
        if let Some(at) = person.tax_household {
            assert_eq!(of_tax(at.into()), 1);
        }
        let child = household.families[usize::from(person.family)].children.contains(&rank);
        assert_eq!(child, matches!(person.membership, Membership::Child { .. }));
    }
    let mut ids: Vec<&str> = household.persons.iter().map(|it| it.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), household.persons.len(), "two persons have the same identifier");
}

#[test]
fn a_separation_leaves_everybody_in_one_family_and_one_home() {
    let book = Law::national().book();
    let mut tried = 0;
    for (now, household) in witnesses(15) {
        let family = &household.families[0];
        let Some(partner) = family.partner else { continue };
        for leaver in [family.applicant, partner] {
            for turn in 0..3 {
                let custody = [Custody::Stays, Custody::Leaves, Custody::Shared];
                let children = family.children.iter().enumerate();
                let children: Vec<_> =
                    children.map(|(rank, it)| (*it, custody[(rank + turn) % 3])).collect();
                let shared = children.iter().filter(|it| it.1 == Custody::Shared).count();
                let scenario = Scenario::Separation { family: 0, leaver, children, from: now };
                let after = WhatIf::new(scenario).apply(book, &household).unwrap().household;
                check(&after);
                assert_eq!(after.families.len(), 2);
                assert!(after.families.iter().all(|it| it.partner.is_none()));
                assert_eq!(after.families[1].applicant, leaver);
                assert_eq!(after.persons.len(), household.persons.len() + shared);
                // Shares add up to as many children as before.
                let share = |it: &Household| {
                    it.persons.iter().fold(Rational::ZERO, |sum, it| match it.membership {
                        Membership::Child { share } => sum.checked_add(share).unwrap(),
                        Membership::Applicant | Membership::Partner => sum,
                    })
                };
                if household.persons.iter().all(|it| match it.membership {
                    Membership::Child { share } => share == Rational::ONE,
                    Membership::Applicant | Membership::Partner => true,
                }) {
                    assert_eq!(share(&after), share(&household));
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn a_separation_without_a_couple_is_refused() {
    let book = Law::national().book();
    let scenario =
        Scenario::Separation { family: 0, leaver: 0, children: Vec::new(), from: month("2026-09") };
    let refused = WhatIf::new(scenario).apply(book, &example("parent-seul"));
    assert_eq!(refused.err(), Some(Refused::NotACouple));
}

/// Nothing is invented: the taxable part of the new pay is asked, and once answered nothing is missing.
#[test]
fn a_job_asks_for_what_its_pay_slip_says() {
    let law = Law::national();
    let book = law.book();
    let (household, _) = extend(book, &example("parent-seul"), month("2026-07"));
    let from = month("2026-09");
    let job = |taxable| Scenario::Job { person: 0, pay: euros("1600"), taxable, from };
    let found = compare(
        book,
        &household,
        month("2026-08"),
        12,
        &law.aids(),
        &[WhatIf::new(job(None)), WhatIf::new(job(Some(euros("1650"))))],
    );
    let [asking, told] = found.scenarios.as_slice() else { panic!() };
    let (asking, told) = (asking.as_ref().unwrap(), told.as_ref().unwrap());
    let taxable = book.input_named("salaire_imposable").unwrap();
    assert!(asking.asked.iter().any(|it| it.input == taxable && it.instance == 0));
    assert!(!asking.unknown.is_empty());
    assert!(told.asked.is_empty() && told.unknown.is_empty(), "{:?}", told.asked);
    // Before the job nothing moves; after it, the pay does, and the aids fall.
    assert_eq!(told.months[0].aids.0, told.months[0].aids.1);
    assert_eq!(told.months[0].earnings.0, told.months[0].earnings.1);
    assert_eq!(told.months[1].earnings, (Some(euros("980.6")), Some(euros("1600"))));
    assert!(told.first_difference.unwrap() >= from);
    assert!(told.lost > Rational::ZERO);
    // What is told aid by aid adds up to what is told month by month.
    for (rank, it) in told.months.iter().enumerate() {
        let sum = told
            .aids
            .iter()
            .fold(Rational::ZERO, |sum, it| sum.checked_add(it.months[rank].1.unwrap()).unwrap());
        assert_eq!(it.aids.1, Some(sum));
    }
}

/// A month of the scenario is what the reference says of its household.
#[test]
fn a_job_loss_is_what_the_reference_says() {
    let law = Law::national();
    let (household, _) = extend(law.book(), &example("couple-trois-enfants"), month("2026-07"));
    let from = month("2026-10");
    let scenario = Scenario::JobLoss { person: 0, benefit: Some(Rational::ZERO), from };
    let comparison = compare(
        law.book(),
        &household,
        month("2026-08"),
        18,
        &law.aids(),
        &[WhatIf::new(scenario)],
    );
    let found = comparison.scenarios[0].as_ref().unwrap();
    for lane in found.projection.lanes.iter().filter(|it| it.month >= from) {
        let evaluation =
            law_reference::evaluate(law.book(), &found.household, lane.month, &law.aids(), false);
        for (told, expected) in lane.aids.iter().zip(&evaluation.aids) {
            assert_eq!((told.status, told.amount), (expected.status, expected.amount));
        }
    }
    let rsa = found.aids.iter().find(|it| it.aid == aid("rsa")).unwrap();
    assert!(rsa.gained > Rational::ZERO, "losing the only pay opens the RSA");
}

#[test]
fn a_move_asks_again_for_what_belongs_to_the_home() {
    let law = Law::national();
    let book = law.book();
    let (household, _) = extend(book, &example("parent-seul"), month("2026-07"));
    let from = month("2026-10");
    let case = |name: &str| Some(Value::Case(book.case_named(name).unwrap()));
    let scenario = Scenario::Move {
        dwelling: 0,
        rent: euros("700"),
        zone: case("zone_1"),
        occupation: case("locataire_vide"),
        from,
    };
    let silent = WhatIf::new(scenario.clone());
    let mut told = WhatIf::new(scenario);
    for (name, value) in [
        ("territoire", case("métropole").unwrap()),
        ("colocation", Value::Bool(false)),
        ("chambre", Value::Bool(false)),
        ("participation_aux_frais", Value::Bool(false)),
    ] {
        let input = book.input_named(name).unwrap();
        told.answers.push(Answer { input, instance: 0, value });
    }
    let found = compare(book, &household, from, 6, &law.aids(), &[silent, told]);
    let shared = book.input_named("colocation").unwrap();
    let asked = &found.scenarios[0].as_ref().unwrap().asked;
    assert!(asked.iter().any(|it| it.input == shared));
    let told = found.scenarios[1].as_ref().unwrap();
    assert!(told.asked.is_empty(), "{:?}", told.asked);
    let housing = told.aids.iter().find(|it| it.aid == aid("aide_au_logement")).unwrap();
    assert!(housing.first_difference.is_some());
}

#[test]
fn a_birth_adds_a_child_to_the_family_and_opens_what_it_opens() {
    let law = Law::national();
    let book = law.book();
    let (household, _) = extend(book, &example("parent-seul"), month("2026-07"));
    let born = "2026-10-12".parse().unwrap();
    let mut birth = WhatIf::new(Scenario::Birth { family: 0, name: "Noé".to_owned(), born });
    for name in ["paje_de_base_perçue", "prepare_perçue"] {
        let input = book.input_named(name).unwrap();
        birth.answers.push(Answer { input, instance: 0, value: Value::Number(Rational::ZERO) });
    }
    let after = birth.apply(book, &household).unwrap().household;
    check(&after);
    assert_eq!(after.persons.last().unwrap().label, "Noé");
    let found = compare(book, &household, month("2026-08"), 12, &law.aids(), &[birth]);
    let found = found.scenarios[0].as_ref().unwrap();
    assert!(found.asked.is_empty(), "{:?}", found.asked);
    let family = found.aids.iter().find(|it| it.aid == aid("allocations_familiales")).unwrap();
    // Three children from the month after the birth: 73 % × 478,16 = 349,06, two before: 153,01.
    assert_eq!(family.first_difference, Some(month("2026-11")));
    assert_eq!(family.months[3], (Some(euros("153.01")), Some(euros("349.06"))));
}
