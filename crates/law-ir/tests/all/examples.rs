//! An example that cannot fail, or that gives what nothing reads, proves nothing.

use crate::{accepts, reports};

#[test]
fn an_example_does_not_give_its_own_answer() {
    let text =
        |given| format!("règle r : €/mois par ménage = loyer exemple avec {given} → 5 €/mois");
    accepts(&text("loyer = 5 €/mois"));
    reports(&text("r = 5 €/mois"), &["X06"]);
    reports(&text("loyer = 5 €/mois, loyer = 6 €/mois"), &["X07"]);
}

#[test]
fn what_an_example_gives_exists_and_has_the_right_type() {
    let text = |given| {
        format!("fonction f(n : nombre) : nombre par personne = n exemple avec n = 2{given} → 2")
    };
    accepts(&text(", étudiant = vrai"));
    reports(&text(", étudiante = vrai"), &["N01"]);
    reports(&text(", étudiant = 3"), &["V04"]);
    reports(&text(", base_mensuelle = 3"), &["X02"]);
    let text = |given| {
        format!("règle r : zone par ménage = zone_apl exemple avec zone_apl = {given} → zone_1")
    };
    accepts(&text("zone_1"));
    reports(&text("5"), &["V04"]);
    let other = "énumération couleur | rouge | vert ";
    reports(&format!("{other}{}", text("rouge")), &["V04"]);
    reports(
        "règle d : date par personne = date_de_naissance
           exemple avec date_de_naissance = −2000-01-01 → 2000-01-01",
        &["T01"],
    );
}

#[test]
fn nothing_is_proved_from_arguments_nobody_gave() {
    accepts(
        "fonction f(a : €/mois, b : €/mois) : nombre par ménage
           = selon loyer | jusqu'à a → 1 | jusqu'à b → 2 | au-delà → 3",
    );
}

#[test]
fn an_example_means_the_same_every_day() {
    let rule = |body: &str, example: &str| {
        format!("règle r : €/mois par ménage = {body} exemple {example} → 600 €/mois")
    };
    accepts(&rule("loyer", "avec loyer = 600 €/mois"));
    accepts(&rule("min(loyer, base_mensuelle)", "en 2026-05 avec loyer = 700 €/mois"));
    let found = reports(&rule("min(loyer, base_mensuelle)", "avec loyer = 700 €/mois"), &["X08"]);
    assert!(found[0].message.contains("`base_mensuelle`"), "{}", found[0].message);
    // Through another rule, unless the example gives it.
    let base = "règle base : €/mois par ménage = base_mensuelle ";
    reports(&format!("{base}{}", rule("base", "")), &["X08"]);
    accepts(&format!("{base}{}", rule("base", "avec base = 600 €/mois")));
    reports(
        "règle âge : ans par personne = ans_révolus(date_de_naissance)
           exemple avec date_de_naissance = 2000-01-01 → 26 ans",
        &["X08"],
    );
    reports(
        "fonction f(n : nombre) : oui_non par ménage = mois_courant ≥ 2026-01 et n > 1
           exemple avec n = 2 → vrai",
        &["X08"],
    );
}

#[test]
fn what_is_to_check_refuses_nobody() {
    let aid = |condition: &str| {
        format!(
            "aide a : €/mois par ménage conditions test : loyer > 0 contrôle : à vérifier « v »
             montant = loyer exemple avec loyer = 0 → refus à cause de {condition}"
        )
    };
    accepts(&aid("test"));
    let found = reports(&aid("contrôle"), &["X04"]);
    assert!(found[0].message.contains("à vérifier"), "{}", found[0].message);
    reports(&aid("autre"), &["X04"]);
}
