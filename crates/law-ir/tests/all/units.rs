use crate::{accepts, reports};

#[test]
fn a_month_is_not_a_year() {
    let found = reports("règle r : oui_non par ménage = loyer ≤ plafond_annuel", &["U12"]);
    assert!(found[0].message.contains("`€/mois` et `€/an`"));
    accepts("règle r : oui_non par ménage = annualisé(loyer) ≤ plafond_annuel");
    accepts("règle r : oui_non par ménage = loyer ≤ mensualisé(plafond_annuel)");
    reports("règle r : €/mois par ménage = plafond_annuel ÷ 12", &["U02"]);
    reports("règle r : €/an par ménage = mensualisé(plafond_annuel)", &["U02"]);
}

#[test]
fn windows_add_months_up() {
    accepts("règle r : €/an par personne = somme sur année N-2 de salaire");
    accepts("règle r : €/an par personne = somme sur M-13 à M-2 de salaire");
    accepts("règle r : € par personne = somme sur M-3 à M-1 de salaire");
    accepts("règle r : €/mois par personne = moyenne sur M-3 à M-1 de salaire");
    accepts("règle r : €/mois par personne = (somme sur M-3 à M-1 de salaire) ÷ 3 mois");
    reports("règle r : €/mois par personne = somme sur M-3 à M-1 de salaire", &["U02"]);
    reports("règle r : €/an par ménage = somme sur année N-2 de plafond_annuel", &["P03"]);
}

#[test]
fn head_counts_multiply_without_changing_the_unit() {
    accepts("règle r : €/mois par famille = base_mensuelle × nb");
    accepts("règle r : taux par famille = pourcentage × au_delà(nb, 2)");
    reports("règle r : taux par famille = pourcentage + nb", &["U12"]);
    reports("règle r : oui_non par famille = nb ≥ base_mensuelle", &["U12"]);
}

#[test]
fn ages_in_years_and_in_months_differ() {
    reports("règle r : oui_non par personne = ans_révolus(date_de_naissance) ≥ 36 mois", &["U12"]);
    accepts("règle r : oui_non par personne = en_mois(ans_révolus(date_de_naissance)) ≥ 36 mois");
    accepts("règle r : oui_non par personne = mois_révolus(date_de_naissance) ≥ 36 mois");
}

#[test]
fn a_bare_zero_fits_everywhere_and_other_bare_numbers_do_not() {
    accepts("règle r : €/mois par ménage = loyer, au minimum 0");
    reports("règle r : €/mois par ménage = loyer, au minimum 1", &["U12"]);
    reports("règle r : oui_non par ménage = surface > 9", &["U12"]);
    accepts("règle r : oui_non par ménage = surface > 9 m²");
}

#[test]
fn dated_values_are_in_the_declared_unit() {
    accepts("paramètre p : €/mois depuis 2024-01 : 12,50 source « x »");
    reports("paramètre p : €/mois depuis 2024-01 : 12,50 €/an source « x »", &["V04"]);
    reports("paramètre p : taux depuis 2024-01 : 12 € source « x »", &["V04"]);
    reports("paramètre p : €/mois depuis 2024-01 : 12", &["V01"]);
    reports(
        "paramètre p : €/mois depuis 2024-02 : 12 source « x » depuis 2024-01 : 13 source « x »",
        &["V03"],
    );
}

#[test]
fn conditions_are_conditions() {
    reports("règle r : oui_non par ménage = loyer", &["T01"]);
    reports("règle r : €/mois par ménage = si loyer alors 1 €/mois sinon 0", &["T01"]);
    reports("règle r : oui_non par ménage = zone_apl < zone_2", &["T02"]);
    accepts("règle r : oui_non par ménage = zone_apl parmi (zone_1, zone_2)");
}

#[test]
fn a_maximum_of_nobody_must_be_said() {
    reports("règle r : €/mois par famille = maximum des enfants de salaire", &["S37"]);
    accepts("règle r : €/mois par famille = maximum des enfants de salaire à défaut 0");
}

#[test]
fn a_value_is_rounded_to_its_own_unit() {
    accepts("règle r : €/mois par ménage = loyer, arrondi au centime");
    accepts("règle r : €/mois par ménage = loyer, arrondi à 1 €");
    accepts("règle r : taux par ménage = pourcentage, arrondi à 0,01 %");
    reports("règle r : taux par ménage = pourcentage, arrondi au centime", &["U12"]);
    reports("règle r : €/mois par ménage = loyer, arrondi à 0,01 %", &["U12"]);
    reports("règle r : ans par personne = ans_révolus(date_de_naissance), arrondi à 1 €", &["U12"]);
}

#[test]
fn what_stands_for_nobody_has_the_unit_of_what_it_stands_for() {
    accepts("règle r : €/mois par famille = maximum des membres de salaire à défaut 0");
    accepts("règle r : €/mois par famille = maximum des membres de 0 à défaut loyer");
    reports(
        "règle r : nombre par famille = (maximum des membres de 0 à défaut loyer) + 5",
        &["U12"],
    );
}

#[test]
fn bounds_leave_room() {
    let input = |bounds| format!("donnée d : €/mois par ménage, état entre {bounds}");
    accepts(&input("0 €/mois et 10 €/mois"));
    reports(&input("10 €/mois et 0 €/mois"), &["V09"]);
    reports("donnée d : oui_non par ménage, état entre faux et vrai", &["V09"]);
}
