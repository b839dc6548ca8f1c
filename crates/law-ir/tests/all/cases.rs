use crate::{accepts, reports};

#[test]
fn enumerations_are_covered_once() {
    accepts("règle r : €/mois par ménage = selon zone_apl | zone_1 → loyer | zone_2 ou zone_3 → 0");
    let gap = reports(
        "règle r : €/mois par ménage = selon zone_apl | zone_1 → loyer | zone_2 → 0",
        &["C01"],
    );
    assert!(gap[0].message.contains("`zone_3`"));
    reports(
        "règle r : €/mois par ménage = selon zone_apl | zone_1 → loyer | zone_1 ou zone_2 → 0 | sinon → 0",
        &["C02"],
    );
}

#[test]
fn numbers_are_covered_once() {
    accepts(
        "règle r : taux par ménage = selon loyer | jusqu'à 400 €/mois → 1 | jusqu'à 650 €/mois → 2 | au-delà → 3",
    );
    let gap = reports(
        "règle r : taux par ménage = selon loyer | jusqu'à 400 €/mois → 1 | plus de 500 €/mois → 2",
        &["C01"],
    );
    assert!(gap[0].message.contains("400"), "{}", gap[0].message);
    let overlap = reports(
        "règle r : taux par ménage = selon loyer | jusqu'à 900 €/mois → 1 | 900 €/mois et plus → 2",
        &["C02"],
    );
    assert!(overlap[0].message.contains("900"), "{}", overlap[0].message);
    reports(
        "règle r : taux par ménage = selon loyer | jusqu'à 650 €/mois → 1 | jusqu'à 400 €/mois → 2 | au-delà → 3",
        &["C03"],
    );
    reports(
        "règle r : taux par ménage = selon loyer | au-delà → 3 | jusqu'à 400 €/mois → 1",
        &["C03"],
    );
}

#[test]
fn head_counts_are_whole() {
    accepts("règle r : taux par famille = selon nb | 0 → 1 | 1 → 2 | 2 et plus → 3");
    let gap = reports("règle r : taux par famille = selon nb | 0 → 1 | 2 et plus → 3", &["C01"]);
    assert!(gap[0].message.contains("pour 1"), "{}", gap[0].message);
    let gap = reports("règle r : taux par famille = selon nb | 1 → 2 | 2 et plus → 3", &["C01"]);
    assert!(gap[0].message.contains("pour 0"), "{}", gap[0].message);
}

#[test]
fn computed_bounds_only_chain() {
    accepts("règle r : taux par ménage = selon loyer | jusqu'à base_mensuelle → 1 | au-delà → 2");
    reports(
        "règle r : taux par ménage = selon loyer | jusqu'à base_mensuelle → 1 | base_mensuelle et plus → 2",
        &["C05"],
    );
}

#[test]
fn without_a_subject_the_rest_is_said() {
    accepts("règle r : taux par ménage = selon | loyer > 0 → 1 | sinon → 2");
    reports("règle r : taux par ménage = selon | loyer > 0 → 1 | loyer = 0 → 2", &["C01"]);
}

#[test]
fn exceptions_exclude_each_other_or_say_which_wins() {
    accepts(
        "règle r : ans par personne = 14 ans
           sauf « grands » si mois_courant ≥ 2026-03 : 18 ans
           sauf « anciens » si mois_courant < 2020-01 : 16 ans",
    );
    let found = reports(
        "règle r : ans par personne = 14 ans
           sauf « récents » si mois_courant ≥ 2026-03 : 18 ans
           sauf « étudiants » si étudiant : 20 ans",
        &["C07"],
    );
    assert!(found[0].help.as_ref().unwrap().contains("prime sur « récents »"), "{found:?}");
    accepts(
        "règle r : ans par personne = 14 ans
           sauf « récents » si mois_courant ≥ 2026-03 : 18 ans
           sauf « étudiants » si étudiant : 20 ans prime sur « récents »",
    );
    accepts(
        "règle r : ans par personne = 14 ans
           sauf « récents » si mois_courant ≥ 2026-03 et étudiant : 18 ans
         sauf à r « autres » si mois_courant ≥ 2026-03 et non étudiant : 20 ans",
    );
}
