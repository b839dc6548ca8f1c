use law_ir::{Fact, Value};
use law_reference::{MissingState, Status, Verdict};

use crate::{Home, book, missing_names, number};

const AID: &str = "
aide aide_test : €/mois par famille « aide »
  conditions
    jeune : étudiant(demandeur) « être étudiant »
    modeste : salaire(demandeur) < 500 €/mois « gagner moins de 500 € »
    logé : loyer > 0 « payer un loyer »
  montant = loyer + 10 €/mois";

#[test]
fn what_is_missing_is_named_never_zero() {
    let book = book(AID);
    let result = Home::new(&book).aid("2026-05");
    assert_eq!((result.status, result.amount), (Status::Incomplete, None));
    let expected =
        ["salaire 0 2026-05..2026-05", "étudiant 0 2026-05..2026-05", "loyer 0 2026-05..2026-05"];
    assert_eq!(missing_names(&book, &result), expected);
    assert!(result.conditions.iter().all(|it| it.verdict == Verdict::Missing));
}

#[test]
fn a_condition_that_fails_settles_it_whatever_is_missing() {
    let book = book(AID);
    let result = Home::new(&book).fact("étudiant", 0, Value::Bool(false)).aid("2026-05");
    assert_eq!((result.status, result.amount), (Status::NotDue, Some(base::Rational::ZERO)));
    assert!(result.missing.is_empty());
    let verdicts: Vec<_> = result.conditions.iter().map(|it| it.verdict).collect();
    assert_eq!(verdicts, [Verdict::Failed, Verdict::Missing, Verdict::Missing]);
}

#[test]
fn the_four_states_are_kept_apart() {
    let book = book(AID);
    let states = [
        (Fact::NotAsked, MissingState::NotAsked),
        (Fact::Unknown, MissingState::Unknown),
        (Fact::NotApplicable, MissingState::NotApplicable),
    ];
    for (fact, expected) in states {
        let home = Home::new(&book)
            .fact("étudiant", 0, Value::Bool(true))
            .fact("salaire", 0, number("0"))
            .state("loyer", 0, fact);
        let result = home.aid("2026-05");
        assert_eq!(result.missing.len(), 1);
        assert_eq!(result.missing[0].state, expected);
    }
}

#[test]
fn what_changes_nothing_does_not_block() {
    let book = book(
        "règle ou_vrai : oui_non par famille = étudiant(demandeur) ou loyer > 0
         règle et_faux : oui_non par famille = étudiant(demandeur) et loyer > 0
         règle branche : €/mois par famille = si loyer > 0 alors loyer sinon salaire(demandeur)
         règle quelqu_un : oui_non par famille = un des membres vérifie étudiant
         règle chacun_deux : oui_non par famille = chacun des membres vérifie étudiant",
    );
    let home = Home::new(&book).fact("loyer", 0, number("10")).child("2010-01-01");
    home.gives("ou_vrai", "2026-05", Value::Bool(true));
    home.gives("branche", "2026-05", number("10"));
    assert_eq!(home.rule("et_faux", 0, "2026-05").value(), None);
    let home = home.fact("étudiant", 1, Value::Bool(true));
    home.gives("quelqu_un", "2026-05", Value::Bool(true));
    assert_eq!(home.rule("chacun_deux", 0, "2026-05").value(), None);
    let home = home.fact("étudiant", 1, Value::Bool(false));
    home.gives("chacun_deux", "2026-05", Value::Bool(false));
    let home = Home::new(&book).fact("loyer", 0, number("0"));
    home.gives("et_faux", "2026-05", Value::Bool(false));
}

#[test]
fn months_that_are_missing_are_told_together() {
    let book = book(
        "aide a : €/mois par famille conditions modeste : (moyenne sur M-3 à M-1 de salaire(demandeur)) < 500 €/mois
           montant = 10 €/mois",
    );
    let points = [("2026-01", Some(number("0"))), ("2026-03", None)];
    let result = Home::new(&book).flow("salaire", 0, &points).aid("2026-05");
    assert_eq!(missing_names(&book, &result), ["salaire 0 2026-03..2026-04"]);
}
