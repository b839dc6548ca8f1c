use maud::html;

use super::{Icon, icon};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    vec![Example {
        name: "toutes",
        markup: html! { p { @for it in Icon::ALL { (icon(it)) " " } } },
    }]
}
