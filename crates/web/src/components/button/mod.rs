//! What sends the form.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::icon::{Icon, icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one main action of the page.
    Primary,
    Secondary,
    /// Reads as a link in a sentence or a list; still a button, because it carries the answers.
    Link,
}

#[derive(Debug, Clone, Copy)]
pub struct Button<'a> {
    pub label: &'a str,
    /// Completes the label for who hears it out of its place: « Modifier » + « les personnes ».
    pub hidden: &'a str,
    pub kind: Kind,
    /// Where the form goes; the form's own address when `None`.
    pub to: Option<&'a str>,
    /// A name and a value that say which button it was.
    pub sends: Option<(&'a str, &'a str)>,
    pub icon: Option<Icon>,
    /// Changes the form without reloading the page, where a script can.
    pub in_place: bool,
}

impl<'a> Button<'a> {
    pub fn new(kind: Kind, label: &'a str) -> Self {
        Self { label, hidden: "", kind, to: None, sends: None, icon: None, in_place: false }
    }

    #[must_use]
    pub fn to(self, address: &'a str) -> Self {
        Self { to: Some(address), ..self }
    }

    #[must_use]
    pub fn sends(self, name: &'a str, value: &'a str) -> Self {
        Self { sends: Some((name, value)), ..self }
    }

    #[must_use]
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    #[must_use]
    pub fn in_place(self) -> Self {
        Self { in_place: true, ..self }
    }

    #[must_use]
    pub fn hidden(self, hidden: &'a str) -> Self {
        Self { hidden, ..self }
    }
}

#[inline(never)]
pub fn button(props: &Button<'_>) -> Markup {
    let class = match props.kind {
        Kind::Primary => "button button-primary",
        Kind::Secondary => "button button-secondary",
        Kind::Link => "button-link",
    };
    html! {
        button type="submit" class=(class) formaction=[props.to]
            name=[props.sends.map(|it| it.0)] value=[props.sends.map(|it| it.1)]
            data-in-place[props.in_place] {
            @if let Some(it) = props.icon && it != Icon::Arrow { (icon(it)) }
            span {
                (props.label)
                @if !props.hidden.is_empty() { span .visually-hidden { " " (props.hidden) } }
            }
            // An arrow points where one goes: after the words.
            @if props.icon == Some(Icon::Arrow) { (icon(Icon::Arrow)) }
        }
    }
}
