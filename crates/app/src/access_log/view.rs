//! The pages of the slice.

use access::Purpose;
use base::Moment;
use maud::{Markup, html};
use web::components::button::{Button, Kind as ButtonKind, button};
use web::components::error_summary::error_summary;
use web::components::field::{Expects, Field, field};
use web::components::table::{Row, Table, table};
use web::components::text_area::{TextArea, text_area};
use web::form::{FieldError, Fields};
use web::format;
use web::say;
use web::words::Words;

use super::matrix::{purpose_words, role_words};
use super::model::{Line, Visibility, Who};
use super::pages::{FileLog, PersonLog, Unusual};
use super::unusual::Kind;
use crate::spine::desk::purpose_code;

#[inline(never)]
pub fn file_log(words: &Words, page: &FileLog) -> Markup {
    let columns: Vec<String> = [
        "access-log-when",
        "access-log-who",
        "access-log-what",
        "access-log-why",
        "access-log-seen",
    ]
    .iter()
    .map(|it| words.say(it))
    .collect();
    let rows: Vec<Row> = page.lines.iter().map(|(line, who)| row(words, line, who)).collect();
    let caption = say!(words, "access-log-caption");
    html! {
        h1 { (say!(words, "access-log-title")) }
        p .lead { (say!(words, "access-log-lead")) }
        @if rows.is_empty() {
            p { (say!(words, "access-log-empty")) }
        } @else {
            (table(&Table { id: "consultations", caption: &caption, columns: &columns, rows: &rows }))
        }
        @if let Some(older) = page.older {
            p { a href={ "?avant=" (older) } { (say!(words, "access-log-older")) } }
        }
    }
}

fn row(words: &Words, line: &Line, who: &Who) -> Row {
    Row {
        head: format::date(line.day),
        cells: vec![
            who_words(words, who),
            say!(words, "access-log-times", count = line.times, what = did(words, &line.action)),
            purpose(words, &line.purpose),
            seen(words, line.visibility),
        ],
        strong: line.action == "break_glass" || line.action == "refused",
    }
}

fn who_words(words: &Words, who: &Who) -> String {
    match who {
        Who::Oneself => say!(words, "access-log-who-oneself"),
        Who::Unknown => say!(words, "access-log-who-unknown"),
        Who::Staff { name, structure: Some(structure), role: Some(role), .. } => say!(
            words,
            "access-log-who-in",
            name = name,
            role = role_words(words, *role),
            structure = structure
        ),
        Who::Staff { name, .. } if name.is_empty() => say!(words, "access-log-who-left"),
        Who::Staff { name, .. } => name.clone(),
    }
}

/// The word of the log, as it was written then; one that is not known any more is still a look.
fn did(words: &Words, action: &str) -> String {
    match action {
        "find" => say!(words, "access-log-did-find"),
        "read" => say!(words, "access-log-did-read"),
        "write" => say!(words, "access-log-did-write"),
        "share" => say!(words, "access-log-did-share"),
        "export" => say!(words, "access-log-did-export"),
        "assign" => say!(words, "access-log-did-assign"),
        "close" => say!(words, "access-log-did-close"),
        "read_log" => say!(words, "access-log-did-read-log"),
        "erase" => say!(words, "access-log-did-erase"),
        "refused" => say!(words, "access-log-did-refused"),
        "break_glass" => say!(words, "access-log-did-break-glass"),
        _ => say!(words, "access-log-did-other"),
    }
}

fn purpose(words: &Words, code: &str) -> String {
    let known = Purpose::ALL.iter().find(|it| purpose_code(**it) == code);
    known.map_or_else(String::new, |it| purpose_words(words, *it))
}

fn seen(words: &Words, visibility: Visibility) -> String {
    match visibility {
        Visibility::Shown => say!(words, "access-log-seen-shown"),
        Visibility::Delayed { until } => {
            say!(words, "access-log-seen-until", date = format::date(until.day_in_paris()))
        }
        Visibility::Protected => say!(words, "access-log-seen-protected"),
    }
}

#[inline(never)]
pub fn person_log(words: &Words, page: &PersonLog) -> Markup {
    html! {
        h1 { (say!(words, "person-log-title")) }
        p .lead { (say!(words, "person-log-lead")) }
        @if page.lines.is_empty() { p { (say!(words, "person-log-empty")) } }
        ul .lines {
            @for (line, who) in &page.lines {
                li {
                    strong { (person_who(words, line, who)) }
                    p { (person_when(words, line)) }
                }
            }
        }
        p { (say!(words, "person-log-question")) }
    }
}

/// The person reads a service and a role; names are told on demand, by the service.
fn person_who(words: &Words, line: &Line, who: &Who) -> String {
    match (line.visibility, who) {
        (_, Who::Oneself) => say!(words, "person-log-you"),
        (Visibility::Protected, _) => say!(words, "person-log-hidden-service"),
        (_, Who::Staff { structure: Some(structure), role: Some(role), .. }) => say!(
            words,
            "person-log-service",
            role = role_words(words, *role),
            structure = structure
        ),
        (_, Who::Staff { .. }) => say!(words, "access-log-who-left"),
        (_, Who::Unknown) => say!(words, "access-log-who-unknown"),
    }
}

fn person_when(words: &Words, line: &Line) -> String {
    let (date, purpose) = (format::date(line.day), purpose(words, &line.purpose));
    if line.times > 1 {
        say!(words, "person-log-often", date = date, count = line.times, purpose = purpose)
    } else {
        say!(words, "person-log-once", date = date, purpose = purpose)
    }
}

#[inline(never)]
pub fn emergency(words: &Words, form: &str, fields: &Fields, errors: &[FieldError]) -> Markup {
    let (label, hint) =
        (say!(words, "access-log-emergency-reason"), say!(words, "access-log-emergency-hint"));
    let error = errors.iter().find(|it| it.field == "motif.text").map(|it| it.message.as_str());
    let reason = TextArea {
        name: "motif.text",
        label: &label,
        hint: &hint,
        value: fields.get("motif.text").unwrap_or_default(),
        rows: 4,
        error,
    };
    let send = say!(words, "access-log-emergency-send");
    html! {
        (error_summary(errors))
        h1 { (say!(words, "access-log-emergency-title")) }
        p .lead { (say!(words, "access-log-emergency-lead")) }
        p { (say!(words, "access-log-emergency-told")) }
        form method="post" {
            input type="hidden" name="form" value=(form);
            (text_area(&reason))
            div .actions { (button(&Button::new(ButtonKind::Primary, &send))) }
        }
    }
}

#[inline(never)]
pub fn hide(words: &Words, file: &str, rank: i64, form: &str, errors: &[FieldError]) -> Markup {
    let (until, reason) =
        (say!(words, "access-log-hide-until"), say!(words, "access-log-hide-reason"));
    let hint = say!(words, "access-log-hide-reason-hint");
    let error =
        |name: &str| errors.iter().find(|it| it.field == name).map(|it| it.message.as_str());
    let until = Field { error: error("jusqu"), ..Field::new(Expects::Date, "jusqu", &until) };
    let reason = TextArea {
        name: "raison.text",
        label: &reason,
        hint: &hint,
        value: "",
        rows: 3,
        error: error("raison.text"),
    };
    let choice = |value: &str, key: &str| {
        html! { button .button name="choix" value=(value) { (words.say(key)) } }
    };
    html! {
        (error_summary(errors))
        h1 { (say!(words, "access-log-hide-title")) }
        p .lead { (say!(words, "access-log-hide-hint")) }
        form method="post" action={ "/dossiers/" (file) "/consultations/" (rank) } {
            input type="hidden" name="form" value=(form);
            (field(&until))
            (text_area(&reason))
            div .actions {
                (choice("delayed", "access-log-hide-delay"))
                (choice("protected", "access-log-hide-protect"))
                (choice("shown", "access-log-hide-show"))
            }
        }
    }
}

#[inline(never)]
pub fn unusual(words: &Words, form: &str, page: &Unusual) -> Markup {
    html! {
        h1 { (say!(words, "access-log-unusual-title")) }
        p .lead { (say!(words, "access-log-unusual-lead")) }
        h2 { (say!(words, "access-log-unusual-findings")) }
        @if page.findings.is_empty() { p { (say!(words, "access-log-unusual-empty")) } }
        ul .lines {
            @for (finding, name) in &page.findings {
                li {
                    (say!(words, "access-log-unusual-line", date = format::date(finding.day),
                        name = name, what = kind_words(words, finding.kind)))
                }
            }
        }
        h2 { (say!(words, "access-log-emergencies-title")) }
        @if page.emergencies.is_empty() { p { (say!(words, "access-log-emergencies-empty")) } }
        ul .lines {
            @for (it, name) in &page.emergencies {
                li {
                    p {
                        (say!(words, "access-log-emergencies-line", number = &it.number, name = name,
                            date = format::date(it.starts_at.day_in_paris()),
                            time = hour(it.starts_at), end = hour(it.ends_at)))
                    }
                    @if it.reason.is_empty() {
                        p { (say!(words, "access-log-emergencies-gone")) }
                    } @else {
                        p { (say!(words, "access-log-emergencies-reason", reason = &it.reason)) }
                    }
                    @if let Some(at) = it.seen_at {
                        p { (say!(words, "access-log-emergencies-seen", date = format::date(at.day_in_paris()))) }
                    } @else {
                        form method="post" action="/equipe/acces/vu" {
                            input type="hidden" name="form" value=(form);
                            button .button name="urgence" value=(it.id) {
                                (say!(words, "access-log-emergencies-see"))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn kind_words(words: &Words, kind: Kind) -> String {
    match kind {
        Kind::Bulk { files } => say!(words, "access-log-unusual-bulk", count = files),
        Kind::Hours => say!(words, "access-log-unusual-hours"),
        Kind::Namesake => say!(words, "access-log-unusual-namesake"),
        Kind::Refused { times } => say!(words, "access-log-unusual-refused", count = times),
        Kind::SameHousehold { files } => say!(words, "access-log-unusual-household", count = files),
    }
}

/// « 14 h 05 »
fn hour(at: Moment) -> String {
    format!("{} h {:02}", at.hour_in_paris(), at.minute_in_paris())
}
