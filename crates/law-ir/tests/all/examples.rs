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
