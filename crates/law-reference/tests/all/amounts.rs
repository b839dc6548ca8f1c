use crate::{Home, book, number};

#[test]
fn fractions_stay_exact_until_the_law_rounds() {
    let book = book(
        "règle tiers : €/mois par ménage = loyer ÷ 3
         règle entier : €/mois par ménage = tiers × 3
         règle arrondi_bas : €/mois par ménage = tiers, arrondi au centime inférieur
         règle arrondi_haut : €/mois par ménage = tiers, arrondi au centime supérieur
         règle euro : €/mois par ménage = tiers, arrondi à 1 €",
    );
    let home = Home::new(&book).fact("loyer", 0, number("100"));
    home.gives("entier", "2026-05", number("100"));
    home.gives("arrondi_bas", "2026-05", number("33.33"));
    home.gives("arrondi_haut", "2026-05", number("33.34"));
    home.gives("euro", "2026-05", number("33"));
}

#[test]
fn the_dated_value_is_the_one_of_the_first_day_of_the_month() {
    let book = book("règle r : €/mois par famille = base_mensuelle");
    let home = Home::new(&book);
    home.gives("r", "2026-03", number("600"));
    home.gives("r", "2026-04", number("650"));
    let rule = book.rule_named("r").unwrap();
    let before =
        law_reference::evaluate_rule(&book, &home.household, rule, 0, crate::month("2022-12"));
    let told = crate::fault(before).to_string();
    assert!(
        told.contains("base mensuelle") && told.contains("2022-12") && told.contains("2023-01"),
        "{told}"
    );
}

#[test]
fn tables_and_cases() {
    let book = book(
        "table plafond(n : personnes, z : zone) : €/mois
           depuis 2023-01 source « x »
             colonnes zone_1 | zone_2
             ligne 0 : 300 | 250
             ligne 1 : 400 | 350
             ligne 2 et plus : 500 | 450
         règle r : €/mois par famille = plafond(nombre de enfants, zone_apl)
         règle s : taux par famille = selon nombre de enfants | 0 → 1 | 1 → 2 | 2 et plus → 4
         règle t : taux par ménage = selon loyer | moins de 100 €/mois → 1 | jusqu'à 200 €/mois → 2 | au-delà → 3",
    );
    let zone = |name: &str| law_ir::Value::Case(book.case_named(name).unwrap());
    let home = Home::new(&book).fact("zone_apl", 0, zone("zone_2"));
    home.gives("r", "2026-05", number("250"));
    let home = home.child("2015-01-01").child("2016-01-01").child("2017-01-01");
    home.gives("r", "2026-05", number("450"));
    home.gives("s", "2026-05", number("4"));
    for (rent, expected) in [("99.99", "1"), ("100", "2"), ("200", "2"), ("200.01", "3")] {
        let book = &book;
        Home::new(book).fact("loyer", 0, number(rent)).gives("t", "2026-05", number(expected));
    }
}

#[test]
fn too_large_is_said_not_wrapped() {
    let mut text = "règle r0 : nombre par ménage = loyer ÷ 1 €/mois\n".to_owned();
    for rank in 1..9 {
        text.push_str(&format!("règle r{rank} : nombre par ménage = r{0} × r{0}\n", rank - 1));
    }
    let book = book(&text);
    let home = Home::new(&book).fact("loyer", 0, number("123456789.123"));
    let rule = book.rule_named("r8").unwrap();
    let fault =
        law_reference::evaluate_rule(&book, &home.household, rule, 0, crate::month("2026-05"));
    assert!(crate::fault(fault).to_string().contains("trop grand"));
}

#[test]
fn dividing_by_zero_is_said() {
    let book = book("règle quotient : nombre par ménage = 1 €/mois ÷ loyer");
    let home = Home::new(&book).fact("loyer", 0, number("0"));
    let rule = book.rule_named("quotient").unwrap();
    let fault =
        law_reference::evaluate_rule(&book, &home.household, rule, 0, crate::month("2026-05"));
    assert!(crate::fault(fault).to_string().contains("divise par zéro"));
}

#[test]
fn dates_are_cut_as_numbers_are() {
    let book = book(
        "règle génération : nombre par personne = selon date_de_naissance
           | moins de 2012-03-01 → 1 | de 2012-03-01 à 2012-12-31 → 2 | 2013-01-01 et plus → 3 | sinon → 4",
    );
    for (born, expected) in
        [("2012-02-29", "1"), ("2012-03-01", "2"), ("2012-12-31", "2"), ("2013-01-01", "3")]
    {
        let home = Home::new(&book).fact("date_de_naissance", 0, crate::date(born));
        home.gives("génération", "2026-05", number(expected));
    }
}

#[test]
fn the_longest_chain_that_loads_can_be_evaluated() {
    let mut text = "règle r0 : €/mois par ménage = loyer ".to_owned();
    for rank in 1..700 {
        let before = rank - 1;
        text.push_str(&format!("règle r{rank} : €/mois par ménage = r{before} + 1 €/mois "));
    }
    let book = book(&text);
    let home = Home::new(&book).fact("loyer", 0, number("1"));
    home.gives("r699", "2026-05", number("700"));
}
