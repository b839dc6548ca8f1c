use maud::html;

use super::{Fieldset, fieldset};
use crate::components::Example;
use crate::components::field::{Expects, Field, field};

pub fn examples() -> Vec<Example> {
    let child = Fieldset {
        id: "exemple-enfant",
        legend: "Enfant 1",
        hint: "",
        body: html! {
            (field(&Field::new(Expects::Words, "exemple-enfant-nom", "Prénom (facultatif)")))
            (field(&Field::new(Expects::Date, "exemple-enfant-date", "Date de naissance")))
        },
        framed: true,
    };
    let plain = Fieldset {
        id: "exemple-groupe",
        legend: "Les enfants",
        hint: "Ceux qui vivent ici, même une semaine sur deux.",
        body: html! { p { "Aucun enfant pour l’instant." } },
        framed: false,
    };
    vec![
        Example { name: "encadré", markup: fieldset(&child) },
        Example { name: "simple", markup: fieldset(&plain) },
    ]
}
