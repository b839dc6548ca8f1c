//! The pages of checks, in maud.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::icon::Icon;
use web::components::notice::{Tone, notice};
use web::components::summary_list::summary_list;
use web::format;
use web::say;
use web::words::Words;

use super::FILE;
use super::pages::{ChecksPage, KeptPage, ListedCheck, Start};
use crate::cases::{Tab, heading};
use crate::rights::model::{self, Step};
use crate::rights::recap::recap;
use crate::rights::view::result::cards;
use crate::rights::{fr, routes};
use crate::spine::forms::FIELD;

#[inline(never)]
pub fn checks(page: &ChecksPage, said: &Words) -> Markup {
    html! {
        h1 { (say!(said, "rights-checks-title", name = &page.head.name)) }
        (heading(said, &page.head, Some(Tab::Rights)))
        @if let Some(start) = &page.start { (beginning(page, start, said)) }
        h2 { (say!(said, "rights-checks-kept")) }
        @if page.checks.is_empty() { p .hint { (say!(said, "rights-checks-none")) } }
        ul .rows { @for it in &page.checks { (listed(page, it, said)) } }
    }
}

fn beginning(page: &ChecksPage, start: &Start, said: &Words) -> Markup {
    let answers = model::read(&start.fields, page.today);
    html! {
        p .lead { (say!(said, "rights-checks-lead")) }
        h2 { (say!(said, "rights-checks-known")) }
        (summary_list(&recap(&start.fields, &answers, Step::People)))
        p .hint {
            @match &start.from {
                Some(check) => (say!(said, "rights-checks-from", date = format::date(check.at.day_in_paris()))),
                None => (say!(said, "rights-checks-none-from")),
            }
        }
        form method="post" action=(routes::INTERVIEW) {
            input type="hidden" name=(FIELD) value=(start.form);
            input type="hidden" name=(FILE) value=(page.head.case);
            @for (name, value) in start.fields.iter() { input type="hidden" name=(name) value=(value); }
            div .actions {
                (button(&Button::new(Kind::Primary, &say!(said, "rights-checks-interview")).to(routes::INTERVIEW).icon(Icon::Arrow)))
                (button(&Button::new(Kind::Secondary, &say!(said, "rights-checks-form")).to(routes::FORM_POST)))
            }
        }
        p .hint { (say!(said, "rights-checks-nothing-kept")) }
    }
}

fn listed(page: &ChecksPage, it: &ListedCheck, said: &Words) -> Markup {
    let title = say!(said, "rights-check-of", date = format::date(it.heading.at.day_in_paris()));
    html! {
        li {
            h3 {
                @if it.opens { a href={ "/dossiers/" (page.head.case) "/droits/" (it.heading.id) } { (title) } }
                @else { (title) }
            }
            p {
                (say!(said, "rights-check-month", month = format::month(it.heading.month))) ", "
                (say!(said, "rights-check-by", name = &it.author))
            }
            @if !it.opens { p .hint { (say!(said, "rights-check-closed")) } }
        }
    }
}

#[inline(never)]
pub fn kept(page: &KeptPage, said: &Words) -> Markup {
    let check = &page.check.heading;
    let date = format::date(check.at.day_in_paris());
    let answers = model::read(&page.check.answers, check.at.day_in_paris());
    html! {
        h1 { (say!(said, "rights-check-title", date = date, name = &page.head.name)) }
        (heading(said, &page.head, Some(Tab::Rights)))
        p .lead { (say!(said, "rights-check-lead")) }
        p {
            (say!(said, "rights-check-month", month = format::month(check.month))) ", "
            (say!(said, "rights-check-by", name = &page.author)) "."
        }
        @if page.law_changed {
            (notice(Tone::Attention, &html! { p { (say!(said, "rights-check-changed")) } }))
        }
        p .no-print { a .button .button-secondary href={ "/dossiers/" (page.head.case) "/droits" } { (say!(said, "rights-check-again")) } }
        (cards(&page.assessment))
        h2 { (say!(said, "rights-check-answers")) }
        @for step in Step::ALL {
            div .recap {
                h3 { (fr::step_label(step)) }
                (summary_list(&recap(&page.check.answers, &answers, step)))
            }
        }
        p .hint { (say!(said, "rights-check-rulebook")) " : " code .fingerprint { (check.rulebook) } }
        p .hint { (fr::BEFORE_CRDS) }
    }
}
