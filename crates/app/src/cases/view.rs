//! The pages of files, in maud. Nothing is decided here.

pub mod file;

use access::{FileState, Function, Refusal};
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::choice::Choice;
use web::components::error_summary::error_summary;
use web::components::notice::{Tone, notice};
use web::components::pagination::{Pagination, pages, pagination};
use web::say;
use web::words::Words;

use super::list::{BY_PAGE, Listed, View};
use super::load::{Head, Line};
use super::pages::{ClosedPage, ClosurePage, HistoryPage, ListPage, NirPage, TeamPage};
use super::shown::{Asking, choices};
use super::store::Follower;
use super::words;
use crate::spine::forms::FIELD;
use crate::spine::ties::function_code;

/// The pages of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Now,
    Household,
    Team,
    Rights,
    History,
}

const TABS: [(Tab, &str, &str); 5] = [
    (Tab::Now, "", "cases-nav-now"),
    (Tab::Household, "/foyer", "cases-nav-household"),
    (Tab::Team, "/equipe", "cases-nav-team"),
    (Tab::Rights, "/droits", "cases-nav-rights"),
    (Tab::History, "/historique", "cases-nav-history"),
];

/// Why this page is open, and the other pages of the file.
#[inline(never)]
pub fn heading(said: &Words, head: &Head, tab: Option<Tab>) -> Markup {
    html! {
        p .why { (say!(said, "cases-why", reason = words::reason(said, head.reason))) }
        nav .file-nav aria-label=(say!(said, "cases-file-nav")) {
            ul {
                @for (it, end, key) in TABS {
                    li {
                        a href={ "/dossiers/" (head.case) (end) }
                            aria-current=[(Some(it) == tab).then_some("page")] { (said.say(key)) }
                    }
                }
            }
        }
    }
}

/// The hidden number that makes a form act once.
pub fn once(form: &str) -> Markup {
    html! { input type="hidden" name=(FIELD) value=(form); }
}

#[inline(never)]
pub fn list(page: &ListPage, said: &Words) -> Markup {
    let label = match page.view {
        View::Mine => say!(said, "cases-list-title"),
        View::Service | View::Closed => say!(said, "cases-list-service-title"),
    };
    html! {
        h1 { (label) }
        nav .file-nav aria-label=(say!(said, "cases-list-views")) {
            ul {
                @for view in View::ALL {
                    li {
                        a href={ "/dossiers?vue=" (view.code()) }
                            aria-current=[(view == page.view).then_some("page")] {
                            (view_words(said, view))
                        }
                    }
                }
            }
        }
        p { (say!(said, "cases-list-count", count = page.count)) }
        @if page.files.is_empty() {
            p .hint { (say!(said, "cases-list-empty")) }
        } @else {
            ul .rows { @for file in &page.files { (listed(said, page, file)) } }
        }
        (pager(said, page.page, page.count, BY_PAGE, &format!("/dossiers?vue={}&page=", page.view.code())))
        p .actions { a .button .button-primary href="/personnes" { (say!(said, "cases-list-new")) } }
    }
}

fn view_words(said: &Words, view: View) -> String {
    match view {
        View::Mine => say!(said, "cases-view-mine"),
        View::Service => say!(said, "cases-view-service"),
        View::Closed => say!(said, "cases-view-closed"),
    }
}

fn pager(said: &Words, page: usize, count: usize, by: usize, address: &str) -> Markup {
    let all = pages(count, by);
    pagination(&Pagination {
        label: &say!(said, "cases-pages"),
        page,
        pages: all,
        address,
        previous: &say!(said, "cases-page-previous"),
        next: &say!(said, "cases-page-next"),
        here: &say!(said, "cases-page-here", page = page, pages = all),
    })
}

fn listed(said: &Words, page: &ListPage, file: &Listed) -> Markup {
    html! {
        li {
            h2 { a href={ "/dossiers/" (file.id) } { (file.names.join(", ")) } }
            p {
                (say!(said, "cases-list-number", number = &file.number)) " · "
                (file.structure_name) " · " (followed_by(said, &file.team))
                @if file.state != FileState::Open { " · " (words::state(said, file.state)) }
            }
            p .hint { (say!(said, "cases-list-last")) " " (words::ago(said, file.last_contact_at, page.now)) }
        }
    }
}

/// « suivi par Claire Morel »: whom to ask, without any content.
pub fn followed_by(said: &Words, team: &[Follower]) -> String {
    let referents = team.iter().filter(|it| it.function == Function::Referent);
    let names: Vec<String> = referents.map(|it| it.name.clone()).collect();
    if names.is_empty() {
        say!(said, "cases-list-followed-by-nobody")
    } else {
        say!(said, "cases-list-followed-by", names = names.join(", "))
    }
}

#[inline(never)]
pub fn closed(page: &ClosedPage, said: &Words) -> Markup {
    let closed = &page.closed;
    let barred = closed.refusal == Refusal::Barred;
    html! {
        h1 { (say!(said, "cases-closed-title")) }
        p .lead { (say!(said, "cases-closed-lead")) }
        (notice(Tone::Attention, &html! { p { (words::refusal(said, closed.refusal)) } }))
        h2 { (say!(said, "cases-closed-who")) }
        p { (closed.case.structure_name) }
        @if closed.team.is_empty() {
            p { (say!(said, "cases-team-none")) }
        } @else {
            ul { @for it in &closed.team { li { (it.name) ", " (words::function(said, it.function)) } } }
        }
        @if !barred {
            h2 { (say!(said, "cases-closed-how")) }
            p {
                @if closed.team.is_empty() { (say!(said, "cases-closed-ask-service")) }
                @else { (say!(said, "cases-closed-ask")) }
            }
            @if closed.supervision {
                p {
                    a .button .button-secondary href={ "/dossiers/" (closed.case.id) "?motif=encadrement" } {
                        (say!(said, "cases-closed-supervision"))
                    }
                }
                p .hint { (say!(said, "cases-closed-supervision-hint")) }
            }
            p {
                a href={ "/dossiers/" (closed.case.id) "/urgence" } { (say!(said, "cases-closed-emergency")) }
            }
            p .hint { (say!(said, "cases-closed-emergency-hint")) }
        }
        p { a href="/personnes" { (say!(said, "cases-closed-back")) } }
    }
}

#[inline(never)]
pub fn team(page: &TeamPage, said: &Words) -> Markup {
    let here = |it: &&Follower| it.ends_at.is_none();
    let (now, before): (Vec<&Follower>, Vec<&Follower>) = page.team.iter().partition(|it| here(it));
    html! {
        h1 { (say!(said, "cases-team-title", name = &page.head.name)) }
        (heading(said, &page.head, Some(Tab::Team)))
        (error_summary(&page.errors))
        h2 { (say!(said, "cases-team-now")) }
        @if now.is_empty() { p { (say!(said, "cases-team-none")) } }
        ul .rows { @for it in now { (follower(page, said, it)) } }
        @if page.may { (add_to_team(page, said)) } @else {
            p .hint { (say!(said, "cases-team-read-only")) }
        }
        @if !before.is_empty() {
            h2 { (say!(said, "cases-team-before")) }
            ul .rows { @for it in before { (follower(page, said, it)) } }
        }
    }
}

fn follower(page: &TeamPage, said: &Words, it: &Follower) -> Markup {
    let since = say!(said, "cases-since", date = words::day(it.starts_at));
    html! {
        li {
            h3 { (it.name) }
            p {
                (words::function(said, it.function)) ", " (since)
                @if let Some(end) = it.ends_at { ", " (say!(said, "cases-until", date = words::day(end))) }
            }
            @if page.may && it.ends_at.is_none() {
                form method="post" action={ "/dossiers/" (page.head.case) "/equipe/" (it.row) "/fin" } {
                    (once(&page.form))
                    (button(&Button::new(Kind::Link, &say!(said, "cases-team-end"))
                        .hidden(&say!(said, "cases-team-end-hidden", name = &it.name))))
                }
            }
        }
    }
}

fn add_to_team(page: &TeamPage, said: &Words) -> Markup {
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    let staff: Vec<(String, String)> =
        page.colleagues.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let functions: Vec<(String, String)> = Function::ALL
        .iter()
        .map(|it| (function_code(*it).to_owned(), words::function(said, *it)))
        .collect();
    let functions: Vec<Choice<'_>> = choices(&functions);
    html! {
        h2 { (say!(said, "cases-team-add")) }
        form .questions method="post" action={ "/dossiers/" (page.head.case) "/equipe" } novalidate {
            (once(&page.form))
            (asking.select("staff", &say!(said, "cases-team-staff"), &choices(&staff)))
            (asking.radios("function", &say!(said, "cases-team-function"), &say!(said, "cases-team-function-hint"), &functions))
            div .actions { (button(&Button::new(Kind::Primary, &say!(said, "cases-team-assign")))) }
        }
    }
}

#[inline(never)]
pub fn history(page: &HistoryPage, said: &Words) -> Markup {
    let address = format!("/dossiers/{}/historique?page=", page.head.case);
    html! {
        h1 { (say!(said, "cases-history-title", name = &page.head.name)) }
        (heading(said, &page.head, Some(Tab::History)))
        (thread(said, &page.lines))
        (pager(said, page.page, page.count, super::actions::EVENTS_BY_PAGE, &address))
    }
}

/// What happened, the last first.
pub fn thread(said: &Words, lines: &[Line]) -> Markup {
    html! {
        @if lines.is_empty() { p .hint { (say!(said, "cases-thread-empty")) } } @else {
            ol .thread {
                @for line in lines {
                    li {
                        p .hint { (words::day(line.at)) ", " (say!(said, "cases-history-by", name = &line.by)) }
                        p { strong { (line.told) } @if !line.detail.is_empty() { " : " (line.detail) } }
                    }
                }
            }
        }
    }
}

#[inline(never)]
pub fn closure(page: &ClosurePage, said: &Words) -> Markup {
    let (title, lead, end) = if page.closing {
        (say!(said, "cases-close"), say!(said, "cases-close-lead"), "cloture")
    } else {
        (say!(said, "cases-reopen"), say!(said, "cases-reopen-lead"), "reouverture")
    };
    let asking = Asking { fields: &page.fields, errors: &page.errors, words: said };
    html! {
        (error_summary(&page.errors))
        h1 { (title) " — " (page.head.name) }
        (heading(said, &page.head, None))
        p .lead { (lead) }
        form .questions method="post" action={ "/dossiers/" (page.head.case) "/" (end) } novalidate {
            (once(&page.form))
            (asking.text("reason.text", &say!(said, "cases-reason-label"), &say!(said, "cases-reason-hint")))
            div .actions {
                (button(&Button::new(Kind::Primary, &title)))
                a href={ "/dossiers/" (page.head.case) } { (say!(said, "cases-form-back")) }
            }
        }
    }
}

#[inline(never)]
pub fn nir(page: &NirPage, said: &Words) -> Markup {
    html! {
        h1 { (say!(said, "cases-nir-of", name = &page.name)) }
        (heading(said, &page.head, None))
        @match &page.nir {
            Some(nir) => p .number { (nir) },
            None => p { (say!(said, "cases-nir-none")) },
        }
        p .hint { (say!(said, "cases-nir-logged")) }
        p { a href={ "/dossiers/" (page.head.case) } { (say!(said, "cases-form-back")) } }
    }
}
