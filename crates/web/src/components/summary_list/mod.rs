//! What was answered, question by question.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub key: String,
    pub value: String,
}

#[inline(never)]
pub fn summary_list(rows: &[Row]) -> Markup {
    html! {
        dl .summary-list {
            @for Row { key, value } in rows {
                div { dt { (key) } dd { (value) } }
            }
        }
    }
}
