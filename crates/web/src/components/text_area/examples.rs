use super::{TextArea, text_area};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let empty = TextArea {
        name: "motif.text",
        label: "Pourquoi ouvrez-vous ce dossier ?",
        hint: "La personne et votre responsable liront ces mots.",
        value: "",
        rows: 4,
        error: None,
    };
    let wrong = TextArea {
        name: "motif-court.text",
        value: "urgent",
        error: Some("Dites en une phrase ce qui ne peut pas attendre."),
        ..empty
    };
    vec![
        Example { name: "vide", markup: text_area(&empty) },
        Example { name: "avec une erreur", markup: text_area(&wrong) },
    ]
}
