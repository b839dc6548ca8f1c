use law_reference::{ExampleFailure, run_example};

use crate::{book, month};

fn outcomes(text: &str) -> Vec<Result<(), ExampleFailure>> {
    let book = book(text);
    assert!(!book.examples.is_empty());
    book.examples.iter().map(|it| run_example(&book, it, month("2026-05"))).collect()
}

#[test]
fn examples_stand_in_for_facts_and_rules() {
    let found = outcomes(
        "règle double : €/mois par famille = loyer × 2
           exemple avec loyer = 10 €/mois → 20 €/mois
           exemple avec loyer = 10 €/mois → 21 €/mois
           exemple → 20 €/mois
         règle quadruple : €/mois par famille = double × 2
           exemple « repris » avec double = 1 €/mois → 2 €/mois
         fonction triple(x : €/mois) : €/mois par famille = x × 3
           exemple avec x = 2 €/mois → 6 €/mois
         règle seuil : ans par personne = si mois_courant ≥ 2026-03 et date_de_naissance ≥ 2012-03-01 alors 18 ans sinon 14 ans
           exemple en 2026-02 avec date_de_naissance = 2012-03-01 → 14 ans
           exemple en 2026-03 avec date_de_naissance = 2012-03-01 → 18 ans
           exemple en 2026-03 avec date_de_naissance = 2012-02-29 → 14 ans",
    );
    let failed: Vec<bool> = found.iter().map(Result::is_err).collect();
    assert_eq!(failed, [false, true, true, false, false, false, false, false]);
    assert_eq!(found[2], Err(ExampleFailure::Found(None)));
}

#[test]
fn an_aid_is_refused_because_of_a_condition() {
    let found = outcomes(
        "aide a : €/mois par famille conditions logé : loyer > 0 petit : loyer < 100 €/mois montant = loyer
           exemple avec loyer = 0 €/mois → refus à cause de logé
           exemple avec loyer = 0 €/mois → refus à cause de petit
           exemple avec loyer = 50 €/mois → 50 €/mois",
    );
    assert_eq!(found, [Ok(()), Err(ExampleFailure::Refused(vec![0])), Ok(())]);
}
