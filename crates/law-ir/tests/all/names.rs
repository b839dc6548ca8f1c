use crate::{accepts, reports};

#[test]
fn a_misspelt_name_gets_the_nearest_one() {
    let found = reports("règle r : €/mois par ménage = loyr", &["N01"]);
    assert_eq!(found[0].fix.as_ref().unwrap().replacement, "loyer");
}

#[test]
fn what_another_rule_keeps_to_itself_is_not_suggested() {
    let found = reports(
        "règle a : €/mois par ménage = plancher où plancher = loyer
         règle b : €/mois par ménage = planche",
        &["N01"],
    );
    assert!(found[0].fix.is_none(), "{:?}", found[0].fix);
    let found =
        reports("règle a : €/mois par ménage = planche + plancher où plancher = loyer", &["N01"]);
    assert_eq!(found[0].fix.as_ref().unwrap().replacement, "plancher");
    let found =
        reports("fonction f(montant_lu : €/mois) : €/mois par ménage = montant_lus", &["N01"]);
    assert_eq!(found[0].fix.as_ref().unwrap().replacement, "montant_lu");
}

#[test]
fn an_argument_that_hides_a_name_is_told() {
    reports("fonction f(loyer : €/mois) : €/mois par ménage = loyer", &["N06"]);
}

#[test]
fn a_name_means_one_thing() {
    reports("règle nb : personnes par famille = nombre de enfants", &["N02"]);
    reports("règle r : €/mois par ménage = x où loyer = 0 €/mois où x = 1 €/mois", &["N02", "N05"]);
    reports("règle mois_courant : nombre par ménage = 1", &["N04"]);
}

#[test]
fn a_value_nobody_reads_is_told() {
    reports("règle r : €/mois par ménage = loyer où perdu = loyer", &["N05"]);
}

#[test]
fn a_person_is_not_a_family() {
    let found = reports("règle r : €/mois par famille = salaire", &["E04"]);
    assert!(found[0].help.as_ref().unwrap().contains("somme des membres de salaire"));
    accepts("règle r : €/mois par famille = somme des membres de salaire");
    accepts("règle r : €/mois par famille = salaire(demandeur)");
    accepts("règle r : €/mois par personne = loyer");
    accepts("règle r : €/mois par famille = loyer");
    reports("règle r : €/mois par foyer_fiscal = loyer", &["E04"]);
    reports("règle r : €/mois par famille = salaire(conjoint)", &["E06"]);
    reports("règle r : €/mois par famille = somme des déclarants de salaire", &["E01"]);
}

#[test]
fn locals_read_each_other_in_any_order_but_never_themselves() {
    accepts("règle r : €/mois par ménage = a où a = b + b où b = loyer");
    reports("règle r : €/mois par ménage = a où a = b où b = a", &["P02"]);
}

#[test]
fn rules_do_not_turn_in_circles_not_even_through_the_past() {
    let found = reports(
        "règle premier : €/mois par ménage = second
         règle second : €/mois par ménage = loyer + trois
         règle trois : €/mois par ménage = premier à M-1",
        &["P02"],
    );
    assert!(found[0].message.contains("`premier` → `second`"), "{}", found[0].message);
}

#[test]
fn functions_are_written_in_place() {
    accepts(
        "fonction double(x : €/mois) : €/mois par ménage = x + x
         règle r : €/mois par ménage = double(double(loyer))",
    );
    reports("fonction f(x : €/mois) : €/mois par ménage = f(x)", &["P02"]);
    reports(
        "fonction f(x : €/mois) : €/mois par famille = somme des enfants de (salaire + x)",
        &["T06"],
    );
    reports(
        "fonction f(x : €/mois) : €/mois par ménage = x
         règle r : €/mois par ménage = f(loyer, loyer)",
        &["T03"],
    );
}

#[test]
fn a_name_of_the_language_is_not_hidden() {
    reports("règle r : nombre par personne = part où part = 5", &["N04"]);
    reports("fonction f(mois_courant : date) : date par personne = mois_courant", &["N04"]);
    reports("fonction f(x : nombre, x : nombre) : nombre par personne = x", &["N02"]);
}

#[test]
fn a_function_speaks_of_the_group_it_was_written_for() {
    let size = "fonction taille(x : nombre) : nombre par ménage = x × nombre de membres ";
    accepts(&format!("{size} règle r : nombre par ménage = taille(1)"));
    // The members of a family are not those of its dwelling.
    reports(&format!("{size} règle r : nombre par famille = taille(1)"), &["E07"]);
    reports(&format!("{size} règle r : nombre par foyer_fiscal = taille(1)"), &["E04"]);
    // What is read by its name is the same for everybody.
    let rent = "fonction part_du_loyer(x : taux) : €/mois par ménage = x × loyer ";
    accepts(&format!("{rent} règle r : €/mois par personne = part_du_loyer(10 %)"));
}
