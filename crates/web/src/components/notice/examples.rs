use maud::html;

use super::{Tone, notice};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    vec![
        Example {
            name: "à savoir",
            markup: notice(
                Tone::Info,
                &html! { p { "Rien n’est enregistré : fermez la page, tout s’efface." } },
            ),
        },
        Example {
            name: "attention",
            markup: notice(
                Tone::Attention,
                &html! { p { "La zone de cette commune n’est pas connue." } },
            ),
        },
    ]
}
