use super::{Doubt, Expects, Field, field};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let date = Field {
        hint: "Par exemple 12/03/1987",
        ..Field::new(Expects::Date, "exemple-date", "Date de naissance")
    };
    let money = Field {
        value: "620,50",
        unit: "€ par mois",
        ..Field::new(Expects::Money, "exemple-loyer", "Loyer sans les charges")
    };
    let wrong = Field {
        value: "31/02/1987",
        error: Some("Le 31 février n’existe pas. Vérifiez le jour et le mois."),
        ..Field::new(Expects::Date, "exemple-erreur", "Date de naissance")
    };
    let doubted = Field {
        value: "455",
        unit: "€ par mois",
        doubt: Some(Doubt {
            name: "exemple-doute.unknown",
            label: "Je ne sais pas",
            checked: true,
        }),
        ..Field::new(Expects::Money, "exemple-doute", "Loyer sans les charges")
    };
    vec![
        Example {
            name: "mots",
            markup: field(&Field::new(Expects::Words, "exemple-nom", "Prénom")),
        },
        Example { name: "date", markup: field(&date) },
        Example { name: "somme", markup: field(&money) },
        Example { name: "je ne sais pas", markup: field(&doubted) },
        Example { name: "à corriger", markup: field(&wrong) },
    ]
}
