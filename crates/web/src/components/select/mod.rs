//! One answer out of a list too long for radio buttons.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::choice::Choice;
use crate::components::field::hint_and_error;

#[derive(Debug, Clone, Copy)]
pub struct Select<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    /// The line shown while nothing is chosen.
    pub blank: &'a str,
    pub options: &'a [Choice<'a>],
    pub chosen: &'a str,
    pub error: Option<&'a str>,
}

#[inline(never)]
pub fn select(props: &Select<'_>) -> Markup {
    let Select { name, label, hint, blank, options, chosen, error } = *props;
    let described = match (hint.is_empty(), error.is_some()) {
        (true, false) => None,
        (false, false) => Some(format!("{name}-aide")),
        (true, true) => Some(format!("{name}-erreur")),
        (false, true) => Some(format!("{name}-aide {name}-erreur")),
    };
    html! {
        div .field .field-wrong[error.is_some()] {
            label for=(name) { (label) }
            (hint_and_error(name, hint, error))
            select .input id=(name) name=(name) aria-invalid=[error.map(|_| "true")]
                aria-describedby=[described] {
                @if !blank.is_empty() { option value="" { (blank) } }
                @for Choice { value, label, opens, .. } in options {
                    option value=(value) selected[*value == chosen]
                        data-opens=[(!opens.is_empty()).then_some(opens)] { (label) }
                }
            }
        }
    }
}
