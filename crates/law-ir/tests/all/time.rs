use crate::{accepts, reports};

#[test]
fn named_windows_change_with_the_law() {
    let book = accepts(
        "fenêtre trimestre depuis 2017-01 : M-3 à M-1 source « a » depuis 2025-03 : M-4 à M-2 source « b »
         règle r : €/mois par personne = moyenne sur trimestre de salaire",
    );
    let window = &book.windows[0];
    let at = |month: &str| window.at(month.parse().unwrap()).unwrap().1.value;
    assert_eq!(at("2025-02"), (-3, -1));
    assert_eq!(at("2025-03"), (-4, -2));
    assert!(window.at("2016-12".parse().unwrap()).is_none());
}

#[test]
fn a_window_goes_forward() {
    reports("règle r : €/mois par personne = moyenne sur M-1 à M-3 de salaire", &["S39"]);
}

#[test]
fn a_dated_value_holds_from_its_first_day() {
    let book = accepts(
        "paramètre p : €/mois depuis 2024-04-01 : 10 source « a » depuis 2025-04-01 : 11 source « b »",
    );
    let param = book.params.iter().find(|it| it.name == "p").unwrap();
    let at = |month: &str| param.at(month.parse().unwrap()).map(|(rank, _)| rank);
    assert_eq!(at("2024-03"), None);
    assert_eq!(at("2024-04"), Some(0));
    assert_eq!(at("2025-03"), Some(0));
    assert_eq!(at("2025-04"), Some(1));
    assert_eq!(at("2030-01"), Some(1));
}
