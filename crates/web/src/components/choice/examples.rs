use super::{Checkbox, Choice, Follow, Radios, asks, checkbox, radios};
use crate::components::Example;
use crate::components::field::{Expects, Field, field};

const YES_NO: &[Choice<'_>] = &[
    Choice::new("oui", "Oui"),
    Choice::new("non", "Non"),
    Choice::new("inconnu", "Je ne sais pas"),
];
const COUPLE: &[Choice<'_>] = &[
    Choice::new("seule", "Elle vit seule, ou seule avec ses enfants"),
    Choice {
        value: "mariee",
        label: "En couple, mariée ou pacsée",
        hint: "Une seule déclaration d’impôts.",
        opens: "",
    },
];

pub fn examples() -> Vec<Example> {
    let short = Radios {
        name: "exemple-enceinte",
        legend: "Est-elle enceinte ?",
        hint: "Grossesse déclarée.",
        options: YES_NO,
        chosen: "inconnu",
        inline: true,
        error: None,
    };
    let long = Radios {
        name: "exemple-couple",
        legend: "Vit-elle en couple ?",
        hint: "",
        options: COUPLE,
        chosen: "",
        inline: false,
        error: Some("Dites si la personne vit seule ou en couple."),
    };
    let ticked = Checkbox {
        name: "exemple-case",
        label: "Un salaire",
        hidden: "",
        hint: "Apprentissage et stage compris.",
        checked: true,
    };
    let follow = Follow {
        opened_by: "",
        body: field(&Field::new(Expects::Money, "exemple-salaire", "Montant net social")),
    };
    vec![
        Example { name: "réponses courtes", markup: radios(&short) },
        Example { name: "réponses longues, à corriger", markup: radios(&long) },
        Example { name: "case cochée, et sa suite", markup: asks(&checkbox(&ticked), &[follow]) },
    ]
}
