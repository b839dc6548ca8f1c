use law_ir::Value;

use crate::{Home, book, number};

#[test]
fn windows_move_with_the_month_and_with_the_law() {
    let book = book(
        "fenêtre trimestre depuis 2017-01 : M-3 à M-1 source « a » depuis 2026-03 : M-4 à M-2 source « b »
         règle moyenne_r : €/mois par personne = moyenne sur trimestre de salaire
         règle annuel : €/an par personne = somme sur année N-2 de salaire
         règle max_r : €/mois par personne = maximum sur M-2 à M-1 de salaire
         règle un_mois_r : oui_non par personne = un mois sur M-3 à M-1 vérifie (salaire > 250 €/mois)
         règle avant : €/mois par personne = salaire à M-1",
    );
    let home = Home::new(&book).flow(
        "salaire",
        0,
        &[
            ("2024-01", Some(number("10"))),
            ("2025-01", Some(number("100"))),
            ("2026-01", Some(number("200"))),
            ("2026-02", Some(number("300"))),
        ],
    );
    home.gives(
        "moyenne_r",
        "2026-02",
        number("400").as_number().unwrap().checked_div(3.into()).map(Value::Number).unwrap(),
    );
    home.gives(
        "moyenne_r",
        "2026-03",
        number("400").as_number().unwrap().checked_div(3.into()).map(Value::Number).unwrap(),
    );
    home.gives("moyenne_r", "2026-06", number("300"));
    home.gives("annuel", "2026-05", number("120"));
    home.gives("max_r", "2026-02", number("200"));
    home.gives("un_mois_r", "2026-03", Value::Bool(true));
    home.gives("un_mois_r", "2026-02", Value::Bool(false));
    home.gives("avant", "2026-02", number("200"));
}

#[test]
fn the_current_month_is_its_first_day() {
    let book = book(
        "règle récent : oui_non par famille = mois_courant ≥ 2026-03
         règle année_r : nombre par famille = année_de(mois_courant)
         règle mois_r : nombre par famille = mois_de(mois_courant à M-1)",
    );
    let home = Home::new(&book);
    home.gives("récent", "2026-02", Value::Bool(false));
    home.gives("récent", "2026-03", Value::Bool(true));
    home.gives("année_r", "2026-01", number("2026"));
    home.gives("mois_r", "2026-01", number("12"));
}

#[test]
fn months_of_months_are_computed_once_each() {
    let book = book(
        "règle entier : nombre par ménage = loyer ÷ loyer
         règle moyen : nombre par ménage = moyenne sur M-1200 à M+1200 de entier
         règle encore : nombre par ménage = moyenne sur M-1200 à M+1200 de moyen",
    );
    let home = Home::new(&book).fact("loyer", 0, number("3"));
    home.gives("encore", "2200-01", number("1"));
}
