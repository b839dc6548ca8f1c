//! A calculation, line by line, as on paper.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub label: String,
    /// `+` or `−`; the first line has none.
    pub operator: Option<&'static str>,
    pub value: String,
    pub total: bool,
}

#[inline(never)]
pub fn ledger(caption: &str, lines: &[Line]) -> Markup {
    html! {
        table .ledger {
            caption .visually-hidden { (caption) }
            tbody {
                @for Line { label, operator, value, total } in lines {
                    tr .ledger-total[*total] {
                        th scope="row" { (label) }
                        td {
                            @if let Some(operator) = operator { span .ledger-operator { (operator) } " " }
                            (value)
                        }
                    }
                }
            }
        }
    }
}
