//! What proves who somebody is: an address, a password, a code. Never sent back in a page, except the address.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::components::field::hint_and_error;

/// What the box expects: a browser or a password manager may fill it, and nothing forbids to paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proves {
    /// The address one signs in with.
    Address,
    Password,
    /// A password being chosen.
    NewPassword,
    /// A number that serves once.
    Code,
    /// The code of a card and its number: on a lent device, nothing is kept or proposed.
    Card,
    CardNumber,
}

#[derive(Debug, Clone, Copy)]
pub struct Secret<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    /// Only an address, or the code that a card's drawing carries, comes filled.
    pub value: &'a str,
    pub proves: Proves,
    pub error: Option<&'a str>,
}

impl<'a> Secret<'a> {
    pub fn new(proves: Proves, name: &'a str, label: &'a str) -> Self {
        Self { name, label, hint: "", value: "", proves, error: None }
    }
}

#[inline(never)]
pub fn secret(props: &Secret<'_>) -> Markup {
    let Secret { name, label, hint, value, proves, error } = *props;
    let (kind, completes, keyboard) = habits(proves);
    let may_show = matches!(proves, Proves::Address | Proves::Card);
    let value = (may_show && !value.is_empty()).then_some(value);
    html! {
        div .field .field-wrong[error.is_some()] {
            label for=(name) { (label) }
            (hint_and_error(name, hint, error))
            div .field-box {
                input .input .input-short[keyboard.is_some()] type=(kind) id=(name) name=(name) value=[value]
                    inputmode=[keyboard] autocomplete=(completes) autocapitalize="none" spellcheck="false"
                    aria-invalid=[error.map(|_| "true")]
                    aria-describedby=[described_by(name, hint, error)];
            }
        }
    }
}

/// The type of the box, what a browser may put in it, the keyboard of a telephone.
fn habits(proves: Proves) -> (&'static str, &'static str, Option<&'static str>) {
    match proves {
        Proves::Address => ("email", "username", None),
        Proves::Password => ("password", "current-password", None),
        Proves::NewPassword => ("password", "new-password", None),
        Proves::Code => ("text", "one-time-code", None),
        Proves::Card => ("text", "off", None),
        Proves::CardNumber => ("password", "off", Some("numeric")),
    }
}

fn described_by(name: &str, hint: &str, error: Option<&str>) -> Option<String> {
    match (hint.is_empty(), error.is_some()) {
        (true, false) => None,
        (false, false) => Some(format!("{name}-aide")),
        (true, true) => Some(format!("{name}-erreur")),
        (false, true) => Some(format!("{name}-aide {name}-erreur")),
    }
}
