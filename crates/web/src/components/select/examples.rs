use super::{Select, select};
use crate::components::Example;
use crate::components::choice::Choice;

const OPTIONS: &[Choice<'_>] = &[
    Choice::new("emploi", "En emploi"),
    Choice::new("chomage", "Au chômage"),
    Choice::new("etudes", "En études"),
];

pub fn examples() -> Vec<Example> {
    let blank = Select {
        name: "exemple-activite",
        label: "Que fait-elle en ce moment ?",
        hint: "",
        blank: "Pas encore répondu",
        options: OPTIONS,
        chosen: "",
        error: None,
    };
    let chosen = Select {
        name: "exemple-activite-2",
        hint: "Choisissez ce qui l’occupe le plus.",
        chosen: "chomage",
        ..blank
    };
    vec![
        Example { name: "sans réponse", markup: select(&blank) },
        Example { name: "répondu", markup: select(&chosen) },
    ]
}
