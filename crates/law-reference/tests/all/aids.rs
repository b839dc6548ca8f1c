use law_ir::Value;
use law_reference::{Status, Verdict};

use crate::{Home, book, number};

const AID: &str = "
aide aide_test : €/mois par famille « aide »
  conditions
    logé : loyer > 0 « payer un loyer »
    séjour : à vérifier « le droit au séjour »
  montant = 100 €/mois − loyer, au minimum 0
  versé à partir de 15 €/mois
règle lue : €/mois par famille = aide_test";

#[test]
fn an_amount_below_the_threshold_is_not_paid() {
    let book = book(AID);
    let with_rent = |rent: &str| Home::new(&book).fact("loyer", 0, number(rent));
    let due = with_rent("85").aid("2026-05");
    assert_eq!((due.status, due.amount), (Status::Due, Some(15.into())));
    assert_eq!(due.reserves, ["le droit au séjour"]);
    let small = with_rent("85.01").aid("2026-05");
    assert_eq!((small.status, small.amount), (Status::NotDue, Some(0.into())));
    assert!(small.conditions.iter().all(|it| it.verdict != Verdict::Failed));
    let refused = with_rent("0").aid("2026-05");
    assert_eq!(refused.status, Status::NotDue);
    assert_eq!(refused.conditions[0].verdict, Verdict::Failed);
    with_rent("80").gives("lue", "2026-05", number("20"));
    with_rent("0").gives("lue", "2026-05", number("0"));
}

#[test]
fn exceptions_replace_the_rule() {
    let book = book(
        "règle seuil : ans par personne = 14 ans
           sauf « récents » si mois_courant ≥ 2026-03 : 18 ans
           sauf « étudiants » si étudiant : 20 ans prime sur « récents »",
    );
    let home = Home::new(&book).fact("étudiant", 0, Value::Bool(false));
    home.gives("seuil", "2026-02", number("14"));
    home.gives("seuil", "2026-03", number("18"));
    let home = Home::new(&book).fact("étudiant", 0, Value::Bool(true));
    home.gives("seuil", "2026-03", number("20"));
}

#[test]
fn the_trace_holds_every_rule_after_those_it_reads() {
    let book = book(
        "aide a : €/mois par famille conditions logé : loyer > 0 montant = total
         règle total : €/mois par famille = base_mensuelle + loyer",
    );
    let evaluation = Home::new(&book).fact("loyer", 0, number("5")).evaluation("2026-05");
    let names: Vec<&str> = evaluation
        .trace
        .entries
        .iter()
        .map(|it| book.rule(it.rule).unwrap().name.as_str())
        .collect();
    assert_eq!(names, ["total", "a"]);
    assert_eq!(evaluation.trace.steps(&evaluation.trace.entries[0]).len(), 3);
}
