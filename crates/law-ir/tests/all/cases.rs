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

#[test]
fn true_and_false_are_covered_once() {
    accepts("règle r : taux par personne = selon étudiant | vrai → 1 | faux → 2");
    let gap = reports("règle r : taux par personne = selon étudiant | vrai → 1", &["C01"]);
    assert!(gap[0].message.contains("`faux`"), "{}", gap[0].message);
    reports(
        "règle r : taux par personne = selon étudiant | vrai → 1 | vrai → 2 | sinon → 3",
        &["C02"],
    );
}

#[test]
fn what_has_no_order_is_not_bounded() {
    reports(
        "règle r : taux par ménage = selon zone_apl | jusqu'à zone_1 → 1 | sinon → 2",
        &["T02"],
    );
    reports(
        "règle r : taux par personne = selon étudiant | moins de vrai → 1 | sinon → 2",
        &["T02"],
    );
    reports(
        "donnée zone_voisine : zone par ménage, état
         règle r : taux par ménage = selon zone_apl | zone_voisine → 1 | zone_1 → 2 | sinon → 3",
        &["C05"],
    );
}

#[test]
fn dates_are_covered_once() {
    let born = |arms| format!("règle r : taux par personne = selon date_de_naissance {arms}");
    accepts(&born("| moins de 2012-03-01 → 1 | moins de 2014-03-01 → 2 | sinon → 3"));
    reports(&born("| moins de 2012-03-01 → 1"), &["C01"]);
    reports(&born("| moins de 2012-03-01 → 1 | moins de 2011-03-01 → 2 | sinon → 3"), &["C03"]);
    let overlap =
        reports(&born("| jusqu'à 2012-03-01 → 1 | 2012-03-01 et plus → 2 | sinon → 3"), &["C02"]);
    assert!(overlap[0].message.contains("2012-03-01"), "{}", overlap[0].message);
}

#[test]
fn who_is_born_this_month_is_not_yet_zero_months_old() {
    let age = |arms| {
        format!("règle r : taux par personne = selon mois_révolus(date_de_naissance) {arms}")
    };
    accepts(&age("| moins de 1 mois → 1 | 1 mois et plus → 2"));
    let gap = reports(&age("| 0 mois → 1 | 1 mois et plus → 2"), &["C01"]);
    assert!(gap[0].message.contains("-1"), "{}", gap[0].message);
}

#[test]
fn the_winner_is_one_and_always_the_same() {
    let rule = |exceptions| format!("règle r : ans par personne = 14 ans {exceptions}");
    reports(
        &rule(
            "sauf « a » si étudiant : 1 ans prime sur « b » sauf « b » si étudiant : 2 ans prime sur « a »",
        ),
        &["C08", "C08"],
    );
    reports(&rule("sauf « a » si étudiant : 1 ans prime sur « a »"), &["C08"]);
    reports(&rule("sauf « a » si étudiant : 1 ans sauf « a » si non étudiant : 2 ans"), &["N02"]);
    reports(&rule("sauf « a » si étudiant : 1 ans prime sur « z »"), &["C06"]);
    accepts(&rule(
        "sauf « a » si étudiant : 1 ans prime sur « b »
         sauf « b » si étudiant : 2 ans prime sur « c »
         sauf « c » si étudiant : 3 ans",
    ));
}

#[test]
fn an_exception_is_never_dropped() {
    let aid = "aide a : €/mois par famille conditions c : loyer > 0 montant = loyer ";
    accepts(aid);
    reports(&format!("{aid} sauf à a « x » si loyer > 10 €/mois : 3 €/mois"), &["E05"]);
    reports("sauf à loyer « x » si loyer > 10 €/mois : 3 €/mois", &["E05"]);
    reports("sauf à nulle_part « x » si loyer > 10 €/mois : 3 €/mois", &["N01"]);
}
