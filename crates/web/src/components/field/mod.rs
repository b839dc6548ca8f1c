//! One answer typed in a box, with its words around it.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::icon::{Icon, icon};
use crate::fr;

/// What the box expects: it sets the keyboard of a phone and the width, never a silent correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    Words,
    /// `jj/mm/aaaa`, typed: a date box would erase an impossible day without a word.
    Date,
    /// `mm/aaaa`
    Month,
    Money,
    Number,
}

#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Also the address of the field in the page.
    pub name: &'a str,
    pub label: &'a str,
    /// Completes the label for who hears it out of its place.
    pub hidden: &'a str,
    pub hint: &'a str,
    pub value: &'a str,
    pub expects: Expects,
    /// The unit after the box: « € par mois ».
    pub unit: &'a str,
    pub error: Option<&'a str>,
    pub doubt: Option<Doubt<'a>>,
}

/// « Je ne sais pas », beside the box: an answer like any other, sent without a script.
#[derive(Debug, Clone, Copy)]
pub struct Doubt<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub checked: bool,
}

impl<'a> Field<'a> {
    pub fn new(expects: Expects, name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            hidden: "",
            hint: "",
            value: "",
            expects,
            unit: "",
            error: None,
            doubt: None,
        }
    }
}

#[inline(never)]
pub fn field(props: &Field<'_>) -> Markup {
    let Field { name, label, hidden, hint, value, expects, unit, error, doubt } = *props;
    html! {
        div .field .field-wrong[error.is_some()] {
            label for=(name) id=[doubt.map(|_| format!("{name}-libelle"))] {
                (label)
                @if !hidden.is_empty() { span .visually-hidden { " " (hidden) } }
            }
            (hint_and_error(name, hint, error))
            div .field-box {
                input type="text" id=(name) name=(name) value=(value) class=(class(expects))
                    inputmode=[keyboard(expects)] autocomplete="off" spellcheck="false"
                    aria-invalid=[error.map(|_| "true")] aria-describedby=[described_by(props)];
                @if !unit.is_empty() { span .field-unit id={ (name) "-unite" } { (unit) } }
                @if let Some(doubt) = doubt { (doubt_box(name, doubt)) }
            }
        }
    }
}

/// Described by the label of the box it speaks of: heard alone, it still says of what.
fn doubt_box(of: &str, doubt: Doubt<'_>) -> Markup {
    let Doubt { name, label, checked } = doubt;
    html! {
        span .field-doubt {
            input type="checkbox" name=(name) id=(name) value="oui" checked[checked]
                aria-describedby={ (of) "-libelle" };
            label for=(name) { (label) }
        }
    }
}

/// The hint and the error of any field, with the identifiers that link them to it.
#[inline(never)]
pub fn hint_and_error(name: &str, hint: &str, error: Option<&str>) -> Markup {
    html! {
        @if !hint.is_empty() { p .hint id={ (name) "-aide" } { (hint) } }
        @if let Some(error) = error {
            p .field-error id={ (name) "-erreur" } {
                (icon(Icon::Alert))
                span { span .visually-hidden { (fr::ERROR) } (error) }
            }
        }
    }
}

fn described_by(props: &Field<'_>) -> Option<String> {
    let mut ids = Vec::new();
    if !props.hint.is_empty() {
        ids.push(format!("{}-aide", props.name));
    }
    if props.error.is_some() {
        ids.push(format!("{}-erreur", props.name));
    }
    if !props.unit.is_empty() {
        ids.push(format!("{}-unite", props.name));
    }
    if ids.is_empty() { None } else { Some(ids.join(" ")) }
}

fn class(expects: Expects) -> &'static str {
    match expects {
        Expects::Words => "input",
        Expects::Date => "input input-date",
        Expects::Month | Expects::Number => "input input-short",
        Expects::Money => "input input-short input-money",
    }
}

fn keyboard(expects: Expects) -> Option<&'static str> {
    match expects {
        // The numeric keyboards of phones have no slash: dates keep the whole one.
        Expects::Words | Expects::Date | Expects::Month => None,
        Expects::Money => Some("decimal"),
        Expects::Number => Some("numeric"),
    }
}
