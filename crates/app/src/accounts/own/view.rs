//! What « Mon compte » looks like.

use base::Moment;
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::error_summary::error_summary;
use web::components::notice::{Tone, notice};
use web::components::secret::{Proves, Secret, secret};
use web::format;
use web::say;
use web::words::Words;

use super::super::view::{Shown, error_of, hidden_form, main_button, new_password};
use super::pages::{AccountPage, CardPage, NewCodesPage, OpenSession, PasswordPage};

impl AccountPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-own");
        let since = self.password_since.map(day).unwrap_or_default();
        let main = html! {
            h1 { (title) }
            p .lead { (self.name) " · " (self.email) }
            h2 { (say!(words, "accounts-own-proofs")) }
            ul .plain-list {
                li {
                    a href="/compte/mot-de-passe" { (say!(words, "accounts-own-password")) }
                    p .hint { (say!(words, "accounts-own-password-since", day = since)) }
                }
                li {
                    a href="/compte/telephone" { (say!(words, "accounts-own-telephone")) }
                    p .hint { (say!(words, "accounts-own-telephone-why")) }
                }
                li {
                    a href="/compte/codes" { (say!(words, "accounts-own-codes")) }
                    p .hint { (say!(words, "accounts-own-codes-left", count = self.codes_left)) }
                }
            }
            h2 { (say!(words, "accounts-own-sessions")) }
            p { (say!(words, "accounts-own-sessions-why")) }
            ul .plain-list { @for it in &self.sessions { li { (self.session(words, it)) } } }
            @if self.sessions.len() > 1 {
                form .stack method="post" action="/compte/sessions/fin" {
                    (hidden_form(Some(&self.form)))
                    p { (button(&Button::new(Kind::Secondary, &say!(words, "accounts-own-end-others")).sends("session", "autres"))) }
                }
            }
        };
        (title, main)
    }

    fn session(&self, words: &Words, it: &OpenSession) -> Markup {
        let device = if it.device.is_empty() {
            say!(words, "accounts-own-device")
        } else {
            it.device.clone()
        };
        let (since, seen) = (day(it.since), day(it.seen));
        let id = it.id.to_string();
        html! {
            p {
                strong { (device) }
                @if it.is_this_one { " · " (say!(words, "accounts-own-this-one")) }
                br;
                (say!(words, "accounts-own-session-times", since = since, seen = seen))
            }
            @if !it.is_this_one {
                form .stack method="post" action="/compte/sessions/fin" {
                    (hidden_form(Some(&self.form)))
                    (button(&Button::new(Kind::Link, &say!(words, "accounts-own-end")).hidden(&device).sends("session", &id)))
                }
            }
        }
    }
}

impl PasswordPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-own-password");
        let label = say!(words, "accounts-current-password");
        let current = Secret {
            error: error_of(&self.errors, "current"),
            ..Secret::new(Proves::Password, "current", &label)
        };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            form .stack method="post" action="/compte/mot-de-passe" novalidate {
                (hidden_form(Some(&self.form)))
                (secret(&current))
                (new_password(words, &self.errors))
                (main_button(&say!(words, "accounts-own-password-change")))
            }
        };
        (title, main)
    }
}

impl NewCodesPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-own-codes");
        let main = html! {
            h1 { (title) }
            p .lead { (say!(words, "accounts-own-codes-left", count = self.left)) }
            p { (say!(words, "accounts-own-codes-replace")) }
            form .stack method="post" action="/compte/codes" {
                (hidden_form(Some(&self.form)))
                (main_button(&say!(words, "accounts-own-codes-new")))
            }
        };
        (title, main)
    }
}

impl CardPage {
    /// Nothing here says whose card it is, nor of what.
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "accounts-card");
        let main = html! {
            h1 { (title) }
            div .screen-only {
                (notice(Tone::Attention, &html! { p { (say!(words, "accounts-card-once")) } }))
                p { (say!(words, "accounts-card-pin")) " " strong .secret #numero { (self.card.pin) } }
                p { (say!(words, "accounts-card-learn")) }
            }
            section .card-paper aria-label=(say!(words, "accounts-card-paper")) {
                (self.drawn())
                div {
                    p { (say!(words, "accounts-card-where")) br; strong { (self.address) } }
                    p { (say!(words, "accounts-card-code")) br; strong .secret { (self.card.code) } }
                    p { (say!(words, "accounts-card-number-apart")) }
                }
            }
            p .screen-only { a .button .button-primary href=(self.back) { (say!(words, "accounts-card-done")) } }
        };
        (title, main)
    }
}

fn day(at: Moment) -> String {
    format::date(at.day_in_paris())
}
