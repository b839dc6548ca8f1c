use super::{Line, ledger};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let line = |label: &str, operator, value: &str, total| Line {
        label: label.to_owned(),
        operator,
        value: value.to_owned(),
        total,
    };
    let lines = [
        line("montant forfaitaire pour 3 personnes", None, "1\u{202f}173,04\u{a0}€", false),
        line(
            "ressources du trimestre de référence, en moyenne par mois",
            Some("−"),
            "612,00\u{a0}€",
            false,
        ),
        line("forfait logement", Some("−"), "193,55\u{a0}€", false),
        line("RSA du mois", None, "367,49\u{a0}€", true),
    ];
    vec![Example { name: "calcul", markup: ledger("Calcul du RSA", &lines) }]
}
