//! What is known of a right: words, a drawing and a colour, never the colour alone.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::icon::{Icon, icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Certain,
    /// Due if what a person has to check is confirmed.
    ToCheck,
    /// Answers are missing.
    Incomplete,
    Excluded,
    /// The rules have no answer.
    Impossible,
}

#[inline(never)]
pub fn status(status: Status, words: &str) -> Markup {
    let (class, drawing) = match status {
        Status::Certain => ("status status-certain", Icon::Check),
        Status::ToCheck => ("status status-to-check", Icon::Eye),
        Status::Incomplete => ("status status-incomplete", Icon::Pencil),
        Status::Excluded => ("status status-excluded", Icon::Cross),
        Status::Impossible => ("status status-incomplete", Icon::Alert),
    };
    html! { span class=(class) { (icon(drawing)) span { (words) } } }
}
