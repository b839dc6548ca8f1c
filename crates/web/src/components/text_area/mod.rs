//! A few sentences, in one's own words. The name of the field ends with `.text`: see [`crate::form`].

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::field::hint_and_error;

#[derive(Debug, Clone, Copy)]
pub struct TextArea<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    pub value: &'a str,
    pub rows: u8,
    pub error: Option<&'a str>,
}

#[inline(never)]
pub fn text_area(props: &TextArea<'_>) -> Markup {
    let TextArea { name, label, hint, value, rows, error } = *props;
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
            textarea .input .text-area id=(name) name=(name) rows=(rows)
                aria-invalid=[error.map(|_| "true")] aria-describedby=[described] { (value) }
        }
    }
}
