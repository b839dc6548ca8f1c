//! A few words set apart: to know, to watch.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::icon::{Icon, icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    Attention,
}

#[inline(never)]
pub fn notice(tone: Tone, body: &Markup) -> Markup {
    let (class, drawing) = match tone {
        Tone::Info => ("notice", Icon::Info),
        Tone::Attention => ("notice notice-attention", Icon::Alert),
    };
    html! {
        div class=(class) { (icon(drawing)) div { (body) } }
    }
}
