use maud::html;

use super::{Card, card};
use crate::components::Example;
use crate::components::status::{Status, status};

pub fn examples() -> Vec<Example> {
    let due = Card {
        id: "exemple-carte",
        title: "Revenu de solidarité active (RSA)",
        status: status(Status::Certain, "Certain"),
        amount: Some(("367,49\u{a0}€", "par mois")),
        body: html! { p { "Les ressources sont inférieures au montant garanti." } },
        quiet: false,
    };
    let excluded = Card {
        id: "exemple-carte-2",
        title: "Complément familial",
        status: status(Status::Excluded, "Exclu"),
        amount: None,
        body: html! { p { "Il faut au moins trois enfants de 3 ans ou plus." } },
        quiet: true,
    };
    vec![
        Example { name: "droit ouvert", markup: card(&due) },
        Example { name: "exclu", markup: card(&excluded) },
    ]
}
