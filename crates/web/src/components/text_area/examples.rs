use super::{TextArea, text_area};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let empty = TextArea {
        name: "exemple-demande.text",
        label: "Ce que la personne demande",
        hint: "Avec ses mots.",
        value: "",
        rows: 3,
        error: None,
    };
    let wrong = TextArea {
        name: "exemple-motif.text",
        label: "Pourquoi ?",
        hint: "",
        error: Some("Écrivez pourquoi, en quelques mots."),
        ..empty
    };
    vec![
        Example { name: "vide", markup: text_area(&empty) },
        Example { name: "à corriger", markup: text_area(&wrong) },
    ]
}
