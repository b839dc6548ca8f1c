//! The pages of the slice.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::error_summary::error_summary;
use web::components::field::{Expects, Field, field};
use web::components::summary_list::{Row as Fact, summary_list};
use web::components::table::{Row, Table, table};
use web::components::text_area::{TextArea, text_area};
use web::form::{FieldError, Fields};
use web::format;
use web::say;
use web::words::Words;

use super::model::Due;
use super::pages::{Certificates, Disputes, OfFile, Plan, SlipPage};
use super::register::{PROCESSINGS, classes, declared};

#[inline(never)]
pub fn plan(words: &Words, form: &str, page: &Plan) -> Markup {
    let columns: Vec<String> = ["life-plan-number", "life-plan-contact", "life-plan-due"]
        .iter()
        .map(|it| words.say(it))
        .collect();
    let rows: Vec<Row> = page
        .lines
        .iter()
        .map(|(kept, due)| Row {
            head: kept.number.clone(),
            cells: vec![format::date(kept.history.last_contact), due_words(words, *due)],
            strong: matches!(due, Due::Archive | Due::Erase | Due::AwaitVisa),
        })
        .collect();
    let caption = say!(words, "life-plan-caption");
    let awaiting = page.awaiting().count();
    let prepare = say!(words, "life-plan-slip");
    html! {
        h1 { (say!(words, "life-plan-title")) }
        p .lead { (say!(words, "life-plan-lead")) }
        @if let Some((first, _)) = page.lines.first() {
            p { (say!(words, "life-plan-rule", months = i64::from(first.rule.active_months))) }
        }
        @if rows.is_empty() {
            p { (say!(words, "life-plan-empty")) }
        } @else {
            (table(&Table { id: "conservation", caption: &caption, columns: &columns, rows: &rows }))
        }
        @if awaiting > 0 {
            p { (say!(words, "life-plan-slip-hint", count = awaiting)) }
            form method="post" action="/conservation/bordereau" {
                input type="hidden" name="form" value=(form);
                div .actions { (button(&Button::new(Kind::Primary, &prepare))) }
            }
        }
        p { a href="/conservation/certificats" { (say!(words, "life-plan-certificates")) } }
    }
}

pub fn due_words(words: &Words, due: Due) -> String {
    match due {
        Due::Nothing { next } => say!(words, "life-due-nothing", date = format::date(next)),
        Due::Warning { step_on } => say!(words, "life-due-warning", date = format::date(step_on)),
        Due::Archive => say!(words, "life-due-archive"),
        Due::Erase => say!(words, "life-due-erase"),
        Due::AwaitVisa => say!(words, "life-due-visa"),
        Due::Held => say!(words, "life-due-held"),
        Due::Over => say!(words, "life-due-over"),
    }
}

#[inline(never)]
pub fn of_file(words: &Words, form: &str, page: &OfFile, errors: &[FieldError]) -> Markup {
    let fact = |key: &str, value: String| Fact { key: words.say(key), value };
    let months = i64::from(page.kept.rule.active_months);
    let mut facts = vec![
        fact("life-file-contact", format::date(page.kept.history.last_contact)),
        fact("life-file-now", due_words(words, page.due)),
    ];
    if let Some(on) = page.archive_on() {
        facts.push(fact("life-file-archive", format::date(on)));
    }
    facts.push(fact("life-file-erase", format::date(page.erase_on())));
    facts.push(fact("life-file-source", say!(words, "life-file-source-text", months = months)));
    html! {
        (error_summary(errors))
        h1 { (say!(words, "life-file-title")) }
        (summary_list(&facts))
        @if page.kept.rule.needs_visa { p { (say!(words, "life-file-visa")) } }
        @for hold in &page.holds { (hold_line(words, form, page.may_hold, hold)) }
        @if page.may_hold { (hold_form(words, form, errors)) }
    }
}

fn hold_line(words: &Words, form: &str, may_end: bool, hold: &super::store::Hold) -> Markup {
    let from = format::date(hold.starts_at.day_in_paris());
    let end = say!(words, "life-hold-end");
    match hold.ends_at {
        Some(to) => html! {
            p {
                (say!(words, "life-hold-ended", from = from,
                    to = format::date(to.day_in_paris()), reason = &hold.reason))
            }
        },
        None => html! {
            p { (say!(words, "life-hold-since", date = from, reason = &hold.reason)) }
            @if may_end {
                form method="post" {
                    input type="hidden" name="form" value=(form);
                    button .button name="lever" value=(hold.id) { (end) }
                }
            }
        },
    }
}

fn hold_form(words: &Words, form: &str, errors: &[FieldError]) -> Markup {
    let (label, hint) = (say!(words, "life-hold-reason"), say!(words, "life-hold-hint"));
    let reason = TextArea {
        name: "raison.text",
        label: &label,
        hint: &hint,
        value: "",
        rows: 3,
        error: error(errors, "raison.text"),
    };
    let send = say!(words, "life-hold-send");
    html! {
        h2 { (say!(words, "life-hold-title")) }
        p { (say!(words, "life-hold-lead")) }
        form method="post" {
            input type="hidden" name="form" value=(form);
            (text_area(&reason))
            div .actions { (button(&Button::new(Kind::Primary, &send))) }
        }
    }
}

fn error<'a>(errors: &'a [FieldError], name: &str) -> Option<&'a str> {
    errors.iter().find(|it| it.field == name).map(|it| it.message.as_str())
}

#[inline(never)]
pub fn slip(words: &Words, form: &str, page: &SlipPage, errors: &[FieldError]) -> Markup {
    let slip = &page.slip;
    let columns: Vec<String> = ["life-plan-number", "life-slip-opened", "life-plan-contact"]
        .iter()
        .map(|it| words.say(it))
        .collect();
    let rows: Vec<Row> = slip
        .files
        .iter()
        .map(|(number, opened, last)| Row {
            head: number.clone(),
            cells: vec![format::date(*opened), format::date(*last)],
            strong: false,
        })
        .collect();
    let caption = say!(words, "life-slip-caption");
    html! {
        (error_summary(errors))
        h1 { (say!(words, "life-slip-title")) }
        p .lead { (say!(words, "life-slip-lead")) }
        p { (say!(words, "life-slip-structure", structure = &slip.structure)) }
        p { (say!(words, "life-slip-created", date = format::date(slip.created_at.day_in_paris()))) }
        (table(&Table { id: "bordereau", caption: &caption, columns: &columns, rows: &rows }))
        @match (&slip.visa, slip.visa_on) {
            (Some(reference), Some(on)) => p {
                (say!(words, "life-slip-visa-done", reference = reference, date = format::date(on)))
            },
            _ => (visa_form(words, form, errors)),
        }
    }
}

fn visa_form(words: &Words, form: &str, errors: &[FieldError]) -> Markup {
    let reference = say!(words, "life-slip-visa-reference");
    let on = say!(words, "life-slip-visa-on");
    let send = say!(words, "life-slip-visa-send");
    let reference =
        Field { error: error(errors, "visa"), ..Field::new(Expects::Words, "visa", &reference) };
    let on = Field { error: error(errors, "le"), ..Field::new(Expects::Date, "le", &on) };
    html! {
        h2 { (say!(words, "life-slip-visa")) }
        form method="post" {
            input type="hidden" name="form" value=(form);
            (field(&reference))
            (field(&on))
            div .actions { (button(&Button::new(Kind::Primary, &send))) }
        }
    }
}

#[inline(never)]
pub fn certificates(words: &Words, page: &Certificates) -> Markup {
    html! {
        h1 { (say!(words, "life-certificates-title")) }
        p .lead { (say!(words, "life-certificates-lead")) }
        @if page.lines.is_empty() { p { (say!(words, "life-certificates-empty")) } }
        ul .lines {
            @for it in &page.lines {
                li {
                    (say!(words, "life-certificates-line", number = &it.number,
                        date = format::date(it.at.day_in_paris()), cause = cause(words, &it.cause)))
                }
            }
        }
    }
}

fn cause(words: &Words, code: &str) -> String {
    if code == "request" {
        say!(words, "life-certificates-request")
    } else {
        say!(words, "life-certificates-retention")
    }
}

#[inline(never)]
pub fn disputes(
    words: &Words,
    form: &str,
    page: &Disputes,
    fields: &Fields,
    errors: &[FieldError],
) -> Markup {
    let (about, about_hint) =
        (say!(words, "life-disputes-about"), say!(words, "life-disputes-about-hint"));
    let said = say!(words, "life-disputes-words");
    let send = say!(words, "life-disputes-send");
    let about = Field {
        hint: &about_hint,
        value: fields.get("sujet").unwrap_or_default(),
        error: error(errors, "sujet"),
        ..Field::new(Expects::Words, "sujet", &about)
    };
    let said = TextArea {
        name: "mots.text",
        label: &said,
        hint: "",
        value: fields.get("mots.text").unwrap_or_default(),
        rows: 4,
        error: error(errors, "mots.text"),
    };
    html! {
        (error_summary(errors))
        h1 { (say!(words, "life-disputes-title")) }
        p .lead { (say!(words, "life-disputes-lead")) }
        @if page.lines.is_empty() { p { (say!(words, "life-disputes-empty")) } }
        @for it in &page.lines {
            p {
                (say!(words, "life-disputes-line", date = format::date(it.at.day_in_paris()),
                    about = &it.about))
            }
            blockquote { p { (it.words) } }
            @if let Some(answer) = &it.answer {
                p { (say!(words, "life-disputes-answer", answer = answer)) }
            }
        }
        form method="post" {
            input type="hidden" name="form" value=(form);
            (field(&about))
            (text_area(&said))
            div .actions { (button(&Button::new(Kind::Primary, &send))) }
        }
    }
}

/// The register, from the schema.
#[inline(never)]
pub fn register(words: &Words, privacy: &[&str]) -> Markup {
    let declared = declared(privacy);
    html! {
        h1 { (say!(words, "life-register-title")) }
        p .lead { (say!(words, "life-register-lead")) }
        @for processing in PROCESSINGS {
            section {
                h2 { (words.say(&format!("life-register-{}-title", processing.key))) }
                (summary_list(&facts(words, processing.key, &classes(*processing, &declared))))
            }
        }
    }
}

fn facts(words: &Words, key: &str, classes: &[String]) -> Vec<Fact> {
    let of = |what: &str| words.say(&format!("life-register-{key}-{what}"));
    let data: Vec<String> =
        classes.iter().map(|it| words.say(&format!("life-class-{it}"))).collect();
    let fact = |term: &str, value: String| Fact { key: words.say(term), value };
    vec![
        fact("life-register-purpose", of("purpose")),
        fact("life-register-basis", of("basis")),
        fact("life-register-people", of("people")),
        fact("life-register-data", data.join(", ")),
        fact("life-register-kept", of("kept")),
        fact("life-register-security", say!(words, "life-register-security-text")),
    ]
}
