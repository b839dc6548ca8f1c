use super::{Row, summary_list};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let row = |key: &str, value: &str| Row { key: key.to_owned(), value: value.to_owned() };
    let rows =
        [row("Personnes", "Nadia, 34 ans"), row("Logement", "Locataire, 620,00\u{a0}€ par mois")];
    vec![Example { name: "deux lignes", markup: summary_list(&rows) }]
}
