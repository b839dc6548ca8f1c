use law_reference::{Evaluation, Fault, Status, Verdict};

use crate::{Home, book, month, number};

const AIDS: &str = "
paramètre nouveau : €/mois « nouveau montant » depuis 2026-04 : 40 source « décret »
règle quotient : nombre par ménage « quotient » = 100 €/mois ÷ loyer
aide divisée : €/mois par famille « aide divisée »
  conditions
    salarié : salaire(demandeur) > 0 « travailler »
    petit : quotient < 3 « un petit loyer »
    étudiant : étudiant(demandeur) « étudier »
  montant = 10 €/mois
aide récente : €/mois par famille « aide récente »
  conditions salarié : salaire(demandeur) > 0
  montant = nouveau
aide saine : €/mois par famille « aide saine »
  conditions salarié : salaire(demandeur) > 0
  montant = 20 €/mois
";

fn statuses(it: &Evaluation) -> Vec<(&str, Status)> {
    it.aids.iter().map(|aid| (aid.name.as_str(), aid.status)).collect()
}

#[test]
fn a_division_by_zero_stops_one_aid_and_no_other() {
    let book = book(AIDS);
    let home = Home::new(&book).fact("salaire", 0, number("1")).fact("loyer", 0, number("0"));
    let found = home.evaluation("2026-05");
    let expected =
        [("divisée", Status::Impossible), ("récente", Status::Due), ("saine", Status::Due)];
    assert_eq!(statuses(&found), expected);
    let divided = &found.aids[0];
    assert_eq!(divided.amount, None);
    // The student fact is missing: a fault says more than what would be asked for nothing.
    assert!(divided.missing.is_empty());
    assert_eq!(divided.fault, Some(Fault::DivisionByZero { label: "quotient".to_owned() }));
    let verdicts: Vec<_> = divided.conditions.iter().map(|it| it.verdict).collect();
    assert_eq!(verdicts, [Verdict::Met]);
    assert!(found.aids[1].fault.is_none() && found.aids[2].fault.is_none());
}

#[test]
fn no_value_that_month_stops_one_aid_and_no_other() {
    let book = book(AIDS);
    let home = Home::new(&book).fact("salaire", 0, number("1")).fact("loyer", 0, number("50"));
    let found = home.evaluation("2026-03");
    let expected =
        [("divisée", Status::Incomplete), ("récente", Status::Impossible), ("saine", Status::Due)];
    assert_eq!(statuses(&found), expected);
    let expected = Fault::NoValue {
        label: "nouveau montant".to_owned(),
        month: month("2026-03"),
        first: Some(month("2026-04")),
    };
    assert_eq!(found.aids[1].fault, Some(expected));
    assert_eq!(found.before_the_rules(), None, "the other aids stand");
}

#[test]
fn a_condition_that_fails_spares_the_amount_its_fault() {
    let book = book(AIDS);
    let home = Home::new(&book).fact("salaire", 0, number("0")).fact("loyer", 0, number("50"));
    let found = home.evaluation("2026-03");
    assert_eq!(found.aids[1].status, Status::NotDue);
}

#[test]
fn a_month_before_every_rule_is_told_once() {
    let book = book(
        "aide a : €/mois par famille conditions logé : loyer > 0 montant = base_mensuelle
         aide b : €/mois par famille conditions logé : loyer > 0 montant = base_mensuelle × 2",
    );
    let home = Home::new(&book).fact("loyer", 0, number("50"));
    let found = home.evaluation("2022-12");
    assert!(matches!(found.before_the_rules(), Some(Fault::NoValue { .. })));
    assert_eq!(home.evaluation("2023-01").before_the_rules(), None);
}

#[test]
fn a_fault_is_found_once_and_told_to_every_reader() {
    let book = book(
        "règle quotient : nombre par ménage = 100 €/mois ÷ loyer
         aide a : €/mois par famille conditions c : quotient > 1 montant = 10 €/mois
         aide b : €/mois par famille conditions c : quotient > 2 montant = 10 €/mois",
    );
    let found = Home::new(&book).fact("loyer", 0, number("0")).evaluation("2026-05");
    assert_eq!(found.aids[0].fault, found.aids[1].fault);
    assert!(found.aids[0].fault.is_some());
    assert_eq!(found.trace.entries.len(), 3);
}
