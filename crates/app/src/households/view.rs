//! The page of the household, in maud.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::details::{Details, details};
use web::components::error_summary::error_summary;
use web::components::field::Expects;
use web::say;
use web::words::Words;

use super::pages::HouseholdPage;
use super::store::MemberRole;
use super::words;
use crate::cases::load::MemberHere;
use crate::cases::shown::{Asking, choices};
use crate::cases::{Tab, heading, once};
use crate::people::form::identity_fields;

/// How much of the time one may live there, as the form asks it.
pub const SHARES: [i64; 4] = [100, 75, 50, 25];

#[inline(never)]
pub fn main(page: &HouseholdPage, said: &Words) -> Markup {
    let today = page.head.now.day_in_paris();
    let (now, before): (Vec<&MemberHere>, Vec<&MemberHere>) =
        page.members.iter().partition(|it| it.member.is_there(today));
    html! {
        (error_summary(&page.errors))
        h1 { (say!(said, "households-title", name = &page.head.name)) }
        (heading(said, &page.head, Some(Tab::Household)))
        h2 { (say!(said, "households-now")) }
        ul .rows { @for it in now { (member(page, said, it)) } }
        @if page.may { (add(page, said)) } @else { p .hint { (say!(said, "households-read-only")) } }
        @if !before.is_empty() {
            h2 { (say!(said, "households-before")) }
            ul .rows { @for it in before { (member(page, said, it)) } }
        }
    }
}

fn member(page: &HouseholdPage, said: &Words, it: &MemberHere) -> Markup {
    let today = page.head.now.day_in_paris();
    html! {
        li {
            h3 { (words::line(said, it, today)) }
            p { (words::period(said, &it.member)) }
            @if page.may && it.member.ends_on.is_none() { (ending(page, said, it)) }
        }
    }
}

fn ending(page: &HouseholdPage, said: &Words, it: &MemberHere) -> Markup {
    let name = format!("end-{}", it.member.row);
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    let summary = say!(said, "households-end");
    let body = html! {
        form .questions method="post" action={ "/dossiers/" (page.head.case) "/foyer/" (it.member.row) "/fin" } novalidate {
            (once(&page.form))
            (asking.boxed(Expects::Date, &name, &say!(said, "households-end-on"), &say!(said, "households-since-hint")))
            (button(&Button::new(Kind::Secondary, &summary).hidden(&it.identity.name())))
        }
    };
    let hidden = say!(said, "households-end-hidden", name = it.identity.name());
    let open = page.errors.iter().any(|it| it.field == name);
    details(&Details { summary: &summary, hidden: &hidden, body, open })
}

fn add(page: &HouseholdPage, said: &Words) -> Markup {
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    let others = [MemberRole::Partner, MemberRole::Child, MemberRole::Other];
    let roles: Vec<(String, String)> =
        others.iter().map(|it| (it.code().to_owned(), words::role(said, *it))).collect();
    let shares: Vec<(String, String)> =
        SHARES.iter().map(|it| (it.to_string(), words::share(said, *it))).collect();
    html! {
        h2 { (say!(said, "households-add")) }
        form .questions method="post" action={ "/dossiers/" (page.head.case) "/foyer" } novalidate autocomplete="off" {
            (once(&page.form))
            (asking.radios("role", &say!(said, "households-role"), "", &choices(&roles)))
            (identity_fields(asking))
            (asking.radios("share", &say!(said, "households-share-label"), &say!(said, "households-share-hint"), &choices(&shares)))
            (asking.boxed(Expects::Date, "since", &say!(said, "households-since"), &say!(said, "households-since-hint")))
            div .actions { (button(&Button::new(Kind::Primary, &say!(said, "households-add-do")))) }
        }
    }
}
