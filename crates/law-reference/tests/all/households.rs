use base::Rational;
use law_ir::Membership;

use crate::{Home, book, date, number};

#[test]
fn sums_walk_over_roles() {
    let book = book(
        "règle total : €/mois par famille = somme des membres de salaire
         règle des_parents : €/mois par famille = somme des parents de salaire
         règle des_petits : €/mois par famille
           = somme des enfants tels que ans_révolus(date_de_naissance) < 16 ans de salaire
         règle meilleur : €/mois par famille = maximum des enfants de salaire à défaut 7 €/mois
         règle du_demandeur : €/mois par famille = salaire(demandeur)",
    );
    let home = Home::new(&book).fact("salaire", 0, number("1000"));
    home.gives("meilleur", "2026-05", number("7"));
    let home = home
        .person(Membership::Partner)
        .fact("salaire", 1, number("200"))
        .child("2012-01-01")
        .fact("salaire", 2, number("30"))
        .child("2004-01-01")
        .fact("salaire", 3, number("4"));
    home.gives("total", "2026-05", number("1234"));
    home.gives("des_parents", "2026-05", number("1200"));
    home.gives("des_petits", "2026-05", number("30"));
    home.gives("meilleur", "2026-05", number("30"));
    home.gives("du_demandeur", "2026-05", number("1000"));
}

#[test]
fn the_eldest_is_exactly_one_child_even_among_twins() {
    let book = book(
        "règle aîné : oui_non par personne = rang parmi enfants = 1
         règle aînés : personnes par famille = nombre de enfants tels que aîné
         règle aîné_des_grands : personnes par famille
           = nombre de enfants tels que (rang parmi enfants tels que (ans_révolus(date_de_naissance) ≥ 10 ans) = 1)",
    );
    let home = Home::new(&book).child("2015-06-10").child("2012-03-01").child("2012-03-01");
    home.gives("aînés", "2026-05", number("1"));
    home.gives("aîné_des_grands", "2026-05", number("1"));
    assert_eq!(home.rule("aîné", 2, "2026-05").value(), Some(law_ir::Value::Bool(true)));
    assert_eq!(home.rule("aîné", 3, "2026-05").value(), Some(law_ir::Value::Bool(false)));
}

#[test]
fn shared_custody_counts_by_halves() {
    let book = book("règle parts : nombre par famille = somme des enfants de part");
    let half = Rational::new(1, 2).unwrap();
    let home = Home::new(&book)
        .person(Membership::Child { share: half })
        .person(Membership::Child { share: Rational::ONE })
        .person(Membership::Child { share: Rational::ZERO });
    home.gives("parts", "2026-05", number("1.5"));
}

#[test]
fn a_person_taxed_elsewhere_is_missing_there_and_only_there() {
    let book = book(
        "règle lu : €/mois par personne = mensualisé(revenu_fiscal)
         règle prudent : €/mois par personne = si rattaché_ailleurs alors 0 €/mois sinon mensualisé(revenu_fiscal)",
    );
    let mut home = Home::new(&book).fact("revenu_fiscal", 0, number("1200"));
    home.gives("lu", "2026-05", number("100"));
    home.household.persons[0].tax_household = None;
    assert_eq!(home.rule("lu", 0, "2026-05").value(), None);
    home.gives("prudent", "2026-05", number("0"));
}

#[test]
fn ages_are_those_of_the_first_day_of_the_month() {
    let book = book(
        "règle âge : ans par personne = ans_révolus(date_de_naissance)
         règle âge_en_mois : mois par personne = mois_révolus(date_de_naissance)",
    );
    let home = Home::new(&book).fact("date_de_naissance", 0, date("2012-03-01"));
    home.gives("âge", "2026-02", number("13"));
    home.gives("âge", "2026-03", number("14"));
    let home = Home::new(&book).fact("date_de_naissance", 0, date("2012-03-02"));
    home.gives("âge", "2026-03", number("13"));
    home.gives("âge", "2026-04", number("14"));
    let home = Home::new(&book).fact("date_de_naissance", 0, date("2012-02-29"));
    home.gives("âge_en_mois", "2012-03", number("0"));
    home.gives("âge_en_mois", "2012-04", number("1"));
}
