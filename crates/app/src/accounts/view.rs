//! What the pages of sign-in look like.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::error_summary::error_summary;
use web::components::notice::{Tone, notice};
use web::components::secret::{Proves, Secret, secret};
use web::form::FieldError;
use web::say;
use web::words::Words;

use super::pages::{
    CodePage, CodesPage, InvitationCodePage, InvitationPage, SignInPage, TelephonePage,
};
use super::{qr, strength};
use strength::Weakness;

/// A title and the main part under it.
pub type Shown = (String, Markup);

impl SignInPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let label = (say!(words, "accounts-address"), say!(words, "accounts-password"));
        let address = Secret {
            value: &self.address,
            error: error_of(&self.errors, "address"),
            ..Secret::new(Proves::Address, "address", &label.0)
        };
        let password = Secret {
            error: error_of(&self.errors, "password"),
            ..Secret::new(Proves::Password, "password", &label.1)
        };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (say!(words, "accounts-sign-in")) }
            @if let Some(told) = self.told { (notice(Tone::Info, &html! { p { (words.say(told)) } })) }
            form .stack method="post" action="/connexion" novalidate {
                @if !self.back.is_empty() { input type="hidden" name="vers" value=(self.back); }
                (secret(&address))
                (secret(&password))
                (main_button(&say!(words, "accounts-go-on")))
            }
            p .hint { (say!(words, "accounts-no-access")) }
            p { a .alone href="/invitation" { (say!(words, "accounts-have-invitation")) } }
            p { a .alone href="/espace" { (say!(words, "accounts-have-card")) } }
        };
        (say!(words, "accounts-sign-in"), main)
    }
}

impl CodePage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = words.say(if self.again { "accounts-prove" } else { "accounts-code-title" });
        let (label, hint, proves) = if self.is_person {
            ("accounts-pin", "accounts-pin-hint", Proves::CardNumber)
        } else {
            ("accounts-code", "accounts-code-hint", Proves::Code)
        };
        let (label, hint) = (words.say(label), words.say(hint));
        let code = Secret {
            hint: &hint,
            error: error_of(&self.errors, "code"),
            ..Secret::new(proves, "code", &label)
        };
        let to = if self.again { "/connexion/confirmer" } else { "/connexion/code" };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            @if self.again { p .lead { (say!(words, "accounts-prove-why")) } }
            form .stack method="post" action=(to) novalidate {
                @if !self.back.is_empty() { input type="hidden" name="vers" value=(self.back); }
                (secret(&code))
                (main_button(&words.say(if self.again { "accounts-confirm" } else { "accounts-enter" })))
            }
            @if let Some(code) = &self.demonstration {
                p { (say!(words, "accounts-demonstration-code", code = code)) }
            }
            @if !self.is_person { p .hint { (say!(words, "accounts-code-lost")) } }
        };
        (title, main)
    }
}

impl TelephonePage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-telephone");
        let label = say!(words, "accounts-telephone-code");
        let code = Secret {
            error: error_of(&self.errors, "code"),
            ..Secret::new(Proves::Code, "code", &label)
        };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            p .lead { (say!(words, "accounts-telephone-why")) }
            ol .enrolment {
                li { (say!(words, "accounts-telephone-install")) }
                li {
                    p { (say!(words, "accounts-telephone-scan")) }
                    (qr::drawing(&self.address, &say!(words, "accounts-telephone-drawing")))
                    p { (say!(words, "accounts-telephone-letters")) " " code .secret { (self.secret) } }
                }
                li { (say!(words, "accounts-telephone-type")) }
            }
            form .stack method="post" novalidate {
                (hidden_form(self.form.as_deref()))
                (secret(&code))
                (main_button(&say!(words, "accounts-telephone-done")))
            }
        };
        (title, main)
    }
}

impl CodesPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-codes");
        let main = html! {
            h1 { (title) }
            p .lead { (say!(words, "accounts-codes-why")) }
            (notice(Tone::Attention, &html! { p { (say!(words, "accounts-codes-once")) } }))
            ul .printed-codes { @for code in &self.codes { li { code { (code) } } } }
            p .screen-only { a .button .button-primary href="/dossiers" { (say!(words, "accounts-codes-done")) } }
        };
        (title, main)
    }
}

impl InvitationPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-welcome", name = &self.name);
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            p .lead { (say!(words, "accounts-welcome-steps")) }
            form .stack method="post" action={ "/invitation/" (self.code) } novalidate {
                (new_password(words, &self.errors))
                (main_button(&say!(words, "accounts-go-on")))
            }
        };
        (say!(words, "accounts-invitation"), main)
    }
}

impl InvitationCodePage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-invitation");
        let (label, hint) =
            (say!(words, "accounts-invitation-code"), say!(words, "accounts-invitation-hint"));
        let code = Secret {
            hint: &hint,
            error: error_of(&self.errors, "code"),
            ..Secret::new(Proves::Card, "code", &label)
        };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            form .stack method="post" action="/invitation" novalidate {
                (secret(&code))
                (main_button(&say!(words, "accounts-go-on")))
            }
        };
        (title, main)
    }
}

/// The two boxes of a password being chosen, and the rule in words.
#[inline(never)]
pub fn new_password(words: &Words, errors: &[FieldError]) -> Markup {
    let (label, hint, again) = (
        say!(words, "accounts-new-password"),
        say!(words, "accounts-new-password-hint"),
        say!(words, "accounts-new-password-again"),
    );
    let first = Secret {
        hint: &hint,
        error: error_of(errors, "new"),
        ..Secret::new(Proves::NewPassword, "new", &label)
    };
    let second = Secret {
        error: error_of(errors, "again"),
        ..Secret::new(Proves::NewPassword, "again", &again)
    };
    html! { (secret(&first)) (secret(&second)) }
}

/// What is wrong with a password being chosen: how far it is from enough, and why. Nothing: it may be taken.
pub fn refused_password(words: &Words, typed: &str, again: &str, own: &[&str]) -> Vec<FieldError> {
    let found = strength::estimate(typed, own);
    if typed.is_empty() {
        return vec![error("new", say!(words, "accounts-password-missing"))];
    }
    if !found.is_enough() {
        let because: Vec<String> =
            found.because.iter().map(|it| words.say(weakness_key(*it))).collect();
        let message = if found.listed {
            say!(words, "accounts-password-listed")
        } else if because.is_empty() {
            say!(words, "accounts-password-short", bits = found.bits())
        } else {
            let because = because.join(", ");
            say!(words, "accounts-password-weak", bits = found.bits(), because = because)
        };
        return vec![error("new", message)];
    }
    if typed != again {
        return vec![error("again", say!(words, "accounts-password-differs"))];
    }
    Vec::new()
}

fn weakness_key(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Own => "accounts-weak-own",
        Weakness::Common => "accounts-weak-common",
        Weakness::Run => "accounts-weak-run",
        Weakness::Repeat => "accounts-weak-repeat",
        Weakness::Date => "accounts-weak-date",
    }
}

/// « Attendez 2 minutes. »
pub fn wait(words: &Words, seconds: i64) -> String {
    let up = |by: i64| seconds.saturating_add(by - 1) / by;
    match seconds {
        ..=90 => say!(words, "accounts-wait-seconds", count = seconds),
        91..=5400 => say!(words, "accounts-wait-minutes", count = up(60)),
        _ => say!(words, "accounts-wait-hours", count = up(3600)),
    }
}

pub fn error(field: &str, message: String) -> FieldError {
    FieldError { field: field.to_owned(), message }
}

pub fn error_of<'e>(errors: &'e [FieldError], field: &str) -> Option<&'e str> {
    errors.iter().find(|it| it.field == field).map(|it| it.message.as_str())
}

pub fn main_button(label: &str) -> Markup {
    html! { p { (button(&Button::new(Kind::Primary, label))) } }
}

pub fn hidden_form(form: Option<&str>) -> Markup {
    html! { @if let Some(form) = form { input type="hidden" name="form" value=(form); } }
}
