//! Radio buttons and check boxes, large enough for a thumb, and the questions that follow an answer.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::field::hint_and_error;

#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    /// Which follow-up questions it opens: the letter of their [`Follow`]; empty when none.
    pub opens: &'static str,
}

impl<'a> Choice<'a> {
    pub const fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: "", opens: "" }
    }

    #[must_use]
    pub const fn opens(self, letter: &'static str) -> Self {
        Self { opens: letter, ..self }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Radios<'a> {
    pub name: &'a str,
    pub legend: &'a str,
    pub hint: &'a str,
    pub options: &'a [Choice<'a>],
    pub chosen: &'a str,
    /// Short answers side by side.
    pub inline: bool,
    pub error: Option<&'a str>,
}

/// The group itself carries the name as its identifier: a link to the question lands on it.
#[inline(never)]
pub fn radios(props: &Radios<'_>) -> Markup {
    let Radios { name, legend, hint, options, chosen, inline, error } = *props;
    let described = match (hint.is_empty(), error.is_some()) {
        (true, false) => None,
        (false, false) => Some(format!("{name}-aide")),
        (true, true) => Some(format!("{name}-erreur")),
        (false, true) => Some(format!("{name}-aide {name}-erreur")),
    };
    html! {
        fieldset .choices .field-wrong[error.is_some()] id=(name) tabindex="-1"
            aria-describedby=[described] {
            legend { (legend) }
            (hint_and_error(name, hint, error))
            div .choices-list .choices-inline[inline] {
                @for Choice { value, label, hint, opens } in options {
                    div .choice {
                        input type="radio" name=(name) value=(value) id={ (name) "-" (value) }
                            checked[*value == chosen] data-opens=[(!opens.is_empty()).then_some(opens)]
                            aria-describedby=[(!hint.is_empty()).then(|| format!("{name}-{value}-aide"))];
                        label for={ (name) "-" (value) } { (label) }
                        @if !hint.is_empty() {
                            p .hint id={ (name) "-" (value) "-aide" } { (hint) }
                        }
                    }
                }
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Checkbox<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hidden: &'a str,
    pub hint: &'a str,
    pub checked: bool,
}

/// Sends `oui` when ticked.
#[inline(never)]
pub fn checkbox(props: &Checkbox<'_>) -> Markup {
    let Checkbox { name, label, hidden, hint, checked } = *props;
    html! {
        div .choice {
            input type="checkbox" name=(name) id=(name) value="oui" checked[checked]
                aria-describedby=[(!hint.is_empty()).then(|| format!("{name}-aide"))];
            label for=(name) {
                (label)
                @if !hidden.is_empty() { span .visually-hidden { " " (hidden) } }
            }
            @if !hint.is_empty() { p .hint id={ (name) "-aide" } { (hint) } }
        }
    }
}

/// A question and those that only matter for some of its answers.
///
/// They show when the answer that opens them is chosen, by style alone; a browser too old for that shows
/// them all. What is hidden is still sent: changing one's mind loses nothing.
#[derive(Debug)]
pub struct Follow {
    /// Opened by the answers with this letter; by the ticked box when empty.
    pub opened_by: &'static str,
    pub body: Markup,
}

#[inline(never)]
pub fn asks(question: &Markup, follows: &[Follow]) -> Markup {
    html! {
        div .asks {
            (question)
            @for Follow { opened_by, body } in follows {
                div .follow data-opened-by=(opened_by) { (body) }
            }
        }
    }
}
