//! The pages of persons, in maud.

use base::Date;
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::error_summary::error_summary;
use web::components::field::{Expects, Field, field};
use web::components::notice::{Tone, notice};
use web::format;
use web::say;
use web::words::Words;

use super::form::{contact_fields, identity_fields, nir_field};
use super::model::Identity;
use super::pages::{AlikePage, Candidate, EditPage, FindPage, Followed, NewPage};
use crate::cases;
use crate::cases::shown::{Asking, choices};
use crate::cases::store::Place;

/// The region a script puts in place while one types.
const RESULTS: &str = "resultats";

#[inline(never)]
pub fn find(page: &FindPage, said: &Words) -> Markup {
    let hint = say!(said, "people-find-hint");
    let label = say!(said, "people-find-label");
    let box_ =
        Field { hint: &hint, value: &page.typed, ..Field::new(Expects::Words, "who", &label) };
    html! {
        h1 { (say!(said, "people-find-title")) }
        // Sent in the body: a name in an address stays in the history of the browser.
        form .find method="post" action="/personnes" role="search" data-live=(RESULTS) autocomplete="off" {
            (field(&box_))
            (button(&Button::new(Kind::Primary, &say!(said, "people-find"))))
        }
        section #(RESULTS) aria-live="polite" aria-label=(say!(said, "people-found")) {
            @if let Some(found) = &page.found { (results(page, said, found)) }
        }
        @if page.may_create {
            p .actions { a .button .button-secondary href="/personnes/nouvelle" { (say!(said, "people-create")) } }
        }
    }
}

fn results(page: &FindPage, said: &Words, found: &[Candidate]) -> Markup {
    html! {
        p { (say!(said, "people-found-count", count = found.len())) }
        @if found.is_empty() { p .hint { (say!(said, "people-found-none")) } }
        ul .rows {
            @for it in found {
                li {
                    h2 { (it.identity.name()) }
                    p { (born(said, &it.identity, page.today)) }
                    @for file in &it.files { (followed(said, file)) }
                }
            }
        }
    }
}

fn born(said: &Words, identity: &Identity, today: Date) -> String {
    match identity.birth() {
        Some(birth) => {
            let age = cases::words::age(said, birth, today);
            say!(said, "cases-born", date = format::date(birth), age = age)
        }
        None => say!(said, "cases-birth-unknown"),
    }
}

/// Who already follows the person; a door that is closed says whom to ask.
fn followed(said: &Words, file: &Followed) -> Markup {
    let by = if file.referents.is_empty() {
        say!(said, "cases-list-followed-by-nobody")
    } else {
        say!(said, "cases-list-followed-by", names = file.referents.join(", "))
    };
    html! {
        p { (file.structure_name) ", " (by) }
        p {
            @if file.opens { a href={ "/dossiers/" (file.case) } { (say!(said, "people-open-file")) } }
            @else { a href={ "/dossiers/" (file.case) "/ferme" } { (say!(said, "people-ask-access")) } }
        }
    }
}

#[inline(never)]
pub fn new(page: &NewPage, said: &Words) -> Markup {
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    html! {
        (error_summary(&page.errors))
        h1 { (say!(said, "people-new-title")) }
        p .lead { (say!(said, "people-new-lead")) }
        form .questions method="post" action="/personnes/nouvelle" novalidate autocomplete="off" {
            (cases::once(&page.form))
            (places(asking, &page.places))
            (identity_fields(asking))
            (contact_fields(asking))
            (asking.text("asked.text", &say!(said, "people-asked"), &say!(said, "people-asked-hint")))
            (nir_field(asking))
            div .actions { (button(&Button::new(Kind::Primary, &say!(said, "people-create-do")))) }
        }
    }
}

/// Asked only of whoever works in several places.
fn places(asking: Asking<'_>, places: &[Place]) -> Markup {
    let said = asking.words;
    let options: Vec<(String, String)> = places.iter().map(|it| (it.code(), it.name())).collect();
    html! {
        @if let [only] = places { input type="hidden" name="place" value=(only.code()); } @else {
            (asking.radios("place", &say!(said, "people-place"), "", &choices(&options)))
        }
    }
}

#[inline(never)]
pub fn alike(page: &AlikePage, said: &Words) -> Markup {
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    let shown = ["reason.text", "same", crate::spine::forms::FIELD];
    html! {
        (error_summary(&page.errors))
        h1 { (say!(said, "people-alike-title")) }
        p .lead { (say!(said, "people-alike-lead")) }
        form .questions method="post" action=(page.action) novalidate autocomplete="off" {
            (cases::once(&page.form))
            @for (name, value) in page.fields.iter() {
                @if !shown.contains(&name) { input type="hidden" name=(name) value=(value); }
            }
            ul .rows { @for it in &page.candidates { (candidate(page, said, it)) } }
            (asking.text("reason.text", &say!(said, "people-alike-reason"), &say!(said, "people-alike-reason-hint")))
            div .actions {
                (button(&Button::new(Kind::Secondary, &say!(said, "people-other")).sends("same", "autre")))
            }
        }
    }
}

fn candidate(page: &AlikePage, said: &Words, it: &Candidate) -> Markup {
    let (name, person) = (it.identity.name(), it.person.to_string());
    let same = say!(said, "people-same");
    html! {
        li {
            h2 { (name) }
            p { (born(said, &it.identity, page.today)) }
            @if it.same_birth { (notice(Tone::Attention, &html! { p { (say!(said, "people-same-birth")) } })) }
            @for file in &it.files { (followed(said, file)) }
            (button(&Button::new(Kind::Primary, &same).hidden(&name).sends("same", &person)))
        }
    }
}

#[inline(never)]
pub fn edit(page: &EditPage, said: &Words) -> Markup {
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    let address = format!("/dossiers/{}/personnes/{}", page.head.case, page.person);
    html! {
        (error_summary(&page.errors))
        h1 { (say!(said, "people-edit-title", name = &page.head.name)) }
        (cases::heading(said, &page.head, None))
        form .questions method="post" action=(address) novalidate autocomplete="off" {
            (cases::once(&page.form))
            (identity_fields(asking))
            (contact_fields(asking))
            (nir_field(asking))
            @if page.has_nir {
                p .hint { (say!(said, "people-nir-kept")) }
                (asking.tick("nir-erase", &say!(said, "people-nir-erase"), ""))
            }
            div .actions {
                (button(&Button::new(Kind::Primary, &say!(said, "people-save"))))
                a href={ "/dossiers/" (page.head.case) } { (say!(said, "cases-form-back")) }
            }
        }
    }
}
