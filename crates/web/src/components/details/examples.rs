use maud::html;

use super::{Details, details};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let closed = Details {
        summary: "Tout le détail",
        hidden: "",
        body: html! { p { "La suite." } },
        open: false,
    };
    let open = Details {
        summary: "Comment lire ce calcul ?",
        hidden: "",
        body: html! { p { "Ligne à ligne." } },
        open: true,
    };
    vec![
        Example { name: "fermé", markup: details(&closed) },
        Example { name: "ouvert", markup: details(&open) },
    ]
}
