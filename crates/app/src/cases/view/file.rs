//! A file opens on now: who, what they ask, who is there, what happened last.

use access::{FileState, Role, TieKind};
use base::Moment;
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::notice::{Tone, notice};
use web::components::summary_list::{Row, summary_list};
use web::format;
use web::say;
use web::words::Words;

use super::{Tab, heading, once, thread};
use crate::cases::load::{FileHere, Head, PersonHere, Social};
use crate::cases::pages::FilePage;
use crate::cases::words;
use crate::households::words as household_words;
use crate::people::model::Contact;

#[inline(never)]
pub fn main(page: &FilePage, said: &Words) -> Markup {
    let file = &page.file;
    let name = file.people.first().map(|it| it.identity.name()).unwrap_or_default();
    let head = Head {
        case: file.case.id,
        name: name.clone(),
        state: file.case.state,
        reason: file.reason,
        now: file.now,
    };
    html! {
        h1 { (say!(said, "cases-file-title", name = &name)) }
        (heading(said, &head, Some(Tab::Now)))
        (closed_notice(file, said))
        div .file {
            div .file-main {
                @for it in &file.people { (person(page, said, it)) }
                @match &file.social {
                    Some(social) => (situation(file, social, said)),
                    None => p .hint { (say!(said, "cases-social-closed")) },
                }
            }
            aside .file-side aria-label=(say!(said, "cases-thread")) {
                (around(file, said))
                @if let Some(social) = &file.social {
                    h2 { (say!(said, "cases-thread")) }
                    (thread(said, &social.thread))
                    p { a href={ "/dossiers/" (file.case.id) "/historique" } { (say!(said, "cases-thread-all")) } }
                    (data_links(said, file))
                }
            }
        }
    }
}

fn closed_notice(file: &FileHere, said: &Words) -> Markup {
    let since = file.case.closed_at.filter(|_| file.case.state == FileState::Closed);
    html! {
        @if let Some(at) = since {
            (notice(Tone::Info, &html! {
                p { (say!(said, "cases-closed-notice", date = words::day(at))) }
                @if file.may.assign {
                    p { a href={ "/dossiers/" (file.case.id) "/reouverture" } { (say!(said, "cases-reopen")) } }
                } @else {
                    p { (say!(said, "cases-reopen-ask")) }
                }
            }))
        }
    }
}

fn person(page: &FilePage, said: &Words, it: &PersonHere) -> Markup {
    let case = page.file.case.id;
    let mut rows = vec![row(said, "cases-birth", birth(said, it, page.file.now))];
    let identity = &it.identity;
    for (key, value) in [
        ("cases-first-names", &identity.first_names),
        ("cases-birth-name", &identity.birth_name),
        ("cases-birth-place", &identity.birth_place),
        ("cases-gender", &identity.gender),
    ] {
        if !value.is_empty() {
            rows.push(row(said, key, value.clone()));
        }
    }
    rows.extend(it.contact.iter().flat_map(|contact| contact_rows(said, contact)));
    html! {
        section aria-labelledby={ "personne-" (it.id) } {
            h2 id={ "personne-" (it.id) } { (identity.name()) }
            @if it.contact.as_ref().is_some_and(|it| it.do_not_call) {
                (notice(Tone::Attention, &html! { p { strong { (say!(said, "cases-do-not-call")) } } }))
            }
            (summary_list(&rows))
            @if it.contact.is_none() { p .hint { (say!(said, "cases-contact-closed")) } }
            @if it.has_nir { (hidden_nir(page, said, it)) }
            @if page.file.may.write {
                p {
                    a href={ "/dossiers/" (case) "/personnes/" (it.id) } {
                        (say!(said, "cases-edit"))
                        span .visually-hidden { " " (say!(said, "cases-edit-hidden", name = identity.name())) }
                    }
                }
            }
            (links(page, said, it))
        }
    }
}

/// The number stays hidden until somebody asks, which is written.
fn hidden_nir(page: &FilePage, said: &Words, it: &PersonHere) -> Markup {
    html! {
        form method="post" action={ "/dossiers/" (page.file.case.id) "/personnes/" (it.id) "/nir" } {
            p {
                (say!(said, "cases-nir")) " : "
                (button(&Button::new(Kind::Link, &say!(said, "cases-nir-show"))
                    .hidden(&say!(said, "cases-nir-of", name = it.identity.name()))))
            }
            p .hint { (say!(said, "cases-nir-hint")) }
        }
    }
}

fn links(page: &FilePage, said: &Words, it: &PersonHere) -> Markup {
    html! {
        @if !it.links.is_empty() {
            h3 { (say!(said, "cases-links")) }
            ul .rows {
                @for link in &it.links {
                    li {
                        p { (say!(said, "cases-link-by", date = words::day(link.at), reasons = &link.reasons)) }
                        @if page.file.may.write {
                            form method="post" action={
                                "/dossiers/" (page.file.case.id) "/personnes/" (it.id) "/liens/" (link.id) "/fin"
                            } {
                                (once(&page.form))
                                (button(&Button::new(Kind::Link, &say!(said, "cases-link-undo"))
                                    .hidden(&say!(said, "cases-link-undo-hidden", name = it.identity.name()))))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn birth(said: &Words, it: &PersonHere, now: Moment) -> String {
    match it.identity.birth() {
        Some(birth) => {
            let age = words::age(said, birth, now.day_in_paris());
            say!(said, "cases-born", date = format::date(birth), age = age)
        }
        None => say!(said, "cases-birth-unknown"),
    }
}

fn contact_rows(said: &Words, contact: &Contact) -> Vec<Row> {
    let phones = [&contact.phone, &contact.other_phone];
    let phones: Vec<&str> =
        phones.iter().filter(|it| !it.is_empty()).map(|it| it.as_str()).collect();
    let pairs = [
        ("cases-address", contact.address.clone()),
        ("cases-phone", phones.join(", ")),
        ("cases-email", contact.email.clone()),
        ("cases-safely", contact.safely.clone()),
        ("cases-languages", contact.languages.clone()),
        ("cases-needs", contact.needs.clone()),
    ];
    let told = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(key, value)| row(said, key, value)).collect()
}

fn situation(file: &FileHere, social: &Social, said: &Words) -> Markup {
    let (case, today) = (file.case.id, file.now.day_in_paris());
    html! {
        section aria-labelledby="demande" {
            h2 #demande { (say!(said, "cases-asked")) }
            @if social.asked.is_empty() { p .hint { (say!(said, "cases-asked-none")) } }
            @else { blockquote { p { (social.asked) } } }
        }
        section aria-labelledby="foyer" {
            h2 #foyer { (say!(said, "cases-household")) }
            ul {
                @for it in social.household.iter().filter(|it| it.member.is_there(today)) {
                    li { (household_words::line(said, it, today)) }
                }
            }
            p { a href={ "/dossiers/" (case) "/foyer" } { (say!(said, "cases-household-change")) } }
        }
        section aria-labelledby="droits" {
            h2 #droits { (say!(said, "cases-rights")) }
            @match social.checks.first() {
                Some(check) => {
                    p {
                        a href={ "/dossiers/" (case) "/droits/" (check.id) } {
                            (say!(said, "rights-check-of", date = words::day(check.at)))
                        }
                    }
                    p { a href={ "/dossiers/" (case) "/droits" } { (say!(said, "cases-rights-all")) } }
                }
                None => p .hint { (say!(said, "cases-rights-none")) },
            }
            @if file.may.write_social {
                p { a .button .button-primary href={ "/dossiers/" (case) "/droits" } { (say!(said, "cases-rights-start")) } }
            }
        }
    }
}

/// Beside the person: where it is followed, by whom, since when.
fn around(file: &FileHere, said: &Words) -> Markup {
    let case = &file.case;
    let mut rows = vec![
        row(said, "cases-number", case.number.clone()),
        row(said, "cases-at", case.structure_name.clone()),
        row(said, "cases-state", words::state(said, case.state)),
        row(said, "cases-opened", words::day(case.opened_at)),
        row(said, "cases-last-contact", words::day(case.last_contact_at)),
    ];
    if let Some(team) = &case.team_name {
        rows.insert(2, row(said, "cases-nav-team", team.clone()));
    }
    html! {
        (summary_list(&rows))
        h2 { (say!(said, "cases-team")) }
        @if file.team.is_empty() { p { (say!(said, "cases-team-none")) } }
        ul {
            @for it in &file.team {
                li {
                    (it.name) ", " (words::function(said, it.function)) ", "
                    (say!(said, "cases-since", date = words::day(it.starts_at)))
                }
            }
        }
        p { a href={ "/dossiers/" (case.id) "/equipe" } { (say!(said, "cases-team-change")) } }
        @if file.may.close {
            p { a href={ "/dossiers/" (case.id) "/cloture" } { (say!(said, "cases-close")) } }
        }
    }
}

fn row(said: &Words, key: &str, value: String) -> Row {
    Row { key: said.say(key), value }
}

/// How long it is kept, what the person disputes, and for who supervises, who looked.
fn data_links(said: &Words, file: &FileHere) -> Markup {
    let supervises = matches!(file.reason.tie, TieKind::Member { role: Role::Manager, .. });
    let looks = supervises.then_some(("consultations", "cases-data-looks"));
    let others = [("conservation", "cases-data-kept"), ("contestations", "cases-data-disputes")];
    html! {
        h2 { (say!(said, "cases-data")) }
        ul .plain-list {
            @for (end, key) in looks.into_iter().chain(others) {
                li { a href={ "/dossiers/" (file.case.id) "/" (end) } { (said.say(key)) } }
            }
        }
    }
}
