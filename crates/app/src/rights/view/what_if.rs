//! Et si…: the small form, then both columns.

use base::Rational;
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::chart::{Lanes, lanes};
use web::components::choice::{Choice, Follow, Radios, asks, radios};
use web::components::details::{Details, details};
use web::components::error_summary::error_summary;
use web::components::field::{Expects, Field, field};
use web::components::icon::Icon;
use web::components::notice::{Tone, notice};
use web::components::select::{Select, select};
use web::components::table::{Row, Table, table};
use web::format;
use web::layout::Page;

use super::form::{Asking, carried_but, choices, navigation_back, way_out, ways};
use crate::rights::model::facts::Who;
use crate::rights::months::MONTHS;
use crate::rights::pages::WhatIfPage;
use crate::rights::what_if::{Asked, AskedKind, Event, KIND, PREFIX, Side, Sides};
use crate::rights::{fr, routes};

#[inline(never)]
pub fn page(page: &WhatIfPage) -> Markup {
    let trial = &page.trial;
    let asking = Asking {
        fields: &page.fields,
        answers: &page.answers,
        errors: &trial.errors,
        interview: None,
    };
    let main = html! {
        form method="post" action=(routes::WHAT_IF) novalidate autocomplete="off" {
            button .visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (fr::COMPARE) }
            (carried_but(&page.fields, PREFIX))
            div .no-print { (navigation_back()) (ways(routes::WHAT_IF)) }
            (error_summary(&trial.errors))
            h1 { (fr::WHAT_IF_TITLE) }
            p .lead .no-print { (fr::WHAT_IF_LEAD) }
            div .questions .no-print {
                (events(asking, page))
                p { (button(&Button::new(Kind::Primary, fr::COMPARE).icon(Icon::Arrow))) }
            }
            @if let Some(sides) = &trial.compared { (compared(asking, sides)) }
        }
    };
    let title = format!("{} — {}", fr::WHAT_IF_TITLE, fr::LIST);
    let title =
        if trial.errors.is_empty() { title } else { format!("{} : {title}", web::fr::TITLE_ERROR) };
    Page::new(&title, main).header(way_out(&page.fields)).wide().render()
}

fn events(asking: Asking<'_>, page: &WhatIfPage) -> Markup {
    let letter = |event: Event| match event {
        Event::Job => "a",
        Event::JobLoss => "b",
        Event::Move => "c",
        Event::Separation => "d",
        Event::Birth => "e",
    };
    let options: Vec<Choice<'_>> = page
        .trial
        .events
        .iter()
        .map(|it| Choice::new(it.key(), fr::event(*it)).opens(letter(*it)))
        .collect();
    let question = radios(&Radios {
        name: KIND,
        legend: fr::EVENT.label,
        hint: fr::EVENT.hint,
        options: &options,
        chosen: asking.value(KIND),
        inline: false,
        error: asking.error(KIND),
    });
    let next = format::month_input(page.trial.next);
    let follows: Vec<Follow> = page
        .trial
        .events
        .iter()
        .map(|it| Follow { opened_by: letter(*it), body: details_of(asking, *it, &next) })
        .collect();
    asks(&question, &follows)
}

fn details_of(asking: Asking<'_>, event: Event, next: &str) -> Markup {
    let from =
        |name: &str| boxed(asking, Expects::Month, name, fr::EVENT_MONTH, fr::MONTH_HINT, next);
    match event {
        Event::Job => html! {
            (who(asking, "x.job.who", fr::EVENT_WHO))
            (boxed(asking, Expects::Money, "x.job.pay", fr::JOB_PAY, "", ""))
            (boxed(asking, Expects::Money, "x.job.taxable", fr::NET_TAXABLE, fr::JOB_TAXABLE_HINT, ""))
            (from("x.job.from"))
        },
        Event::JobLoss => html! {
            (who(asking, "x.loss.who", fr::EVENT_WHO))
            (boxed(asking, Expects::Money, "x.loss.benefit", fr::LOSS_BENEFIT, fr::LOSS_HINT, ""))
            (from("x.loss.from"))
        },
        Event::Move => html! {
            (boxed(asking, Expects::Money, "x.move.rent", fr::MOVE_RENT, "", ""))
            (boxed(asking, Expects::Words, "x.move.commune", fr::MOVE_COMMUNE, fr::MOVE_COMMUNE_HINT, ""))
            (asking.select("x.move.status", fr::MOVE_STATUS, &statuses()))
            (from("x.move.from"))
        },
        Event::Separation => html! {
            (who(asking, "x.separation.who", fr::LEAVER))
            @for child in asking.answers.household.children() { (custody(asking, child.who)) }
            (boxed(asking, Expects::Money, "x.separation.rent", fr::NEW_RENT, "", ""))
            (boxed(asking, Expects::Words, "x.separation.commune", fr::NEW_COMMUNE, fr::MOVE_COMMUNE_HINT, ""))
            (asking.select("x.separation.status", fr::NEW_STATUS, &statuses()))
            (from("x.separation.from"))
        },
        Event::Birth => html! {
            (boxed(asking, Expects::Words, "x.birth.name", fr::NEWBORN_NAME, "", ""))
            (boxed(asking, Expects::Date, "x.birth.date", fr::BIRTH_DATE, fr::DATE_TO_COME_HINT, ""))
        },
    }
}

fn statuses() -> Vec<Choice<'static>> {
    let known = fr::STATUSES.iter().filter(|(value, _, _)| *value != "inconnu");
    known.map(|(value, label, _)| Choice::new(value, label)).collect()
}

/// A box of this page: `preset` stands in it until something is typed.
fn boxed(
    asking: Asking<'_>,
    expects: Expects,
    name: &str,
    label: &str,
    hint: &str,
    preset: &str,
) -> Markup {
    field(&Field {
        hint,
        value: asking.fields.get(name).unwrap_or(preset),
        unit: if expects == Expects::Money { fr::EUROS_A_MONTH } else { "" },
        error: asking.error(name),
        ..Field::new(expects, name, label)
    })
}

/// Which adult; nothing to ask of a person alone.
fn who(asking: Asking<'_>, name: &str, words: fr::Words<'_>) -> Markup {
    let adults: Vec<(String, String)> = asking
        .answers
        .household
        .adults()
        .map(|it| (it.who.to_string(), fr::upper_first(&it.name)))
        .collect();
    if adults.len() < 2 {
        return html! {};
    }
    let options: Vec<Choice<'_>> =
        adults.iter().map(|(value, label)| Choice::new(value, label)).collect();
    asking.preset_radios(name, words, &options, "a1")
}

fn custody(asking: Asking<'_>, child: Who) -> Markup {
    let name = fr::person_name(asking.fields, child);
    let legend = fr::custody_of(&name);
    let words = fr::Words { label: &legend, hint: "" };
    asking.preset_radios(
        &format!("x.separation.{child}"),
        words,
        &choices(&fr::CUSTODY_AFTER),
        "stays",
    )
}

fn compared(asking: Asking<'_>, sides: &Sides) -> Markup {
    let ticks: Vec<(u16, String)> = vec![
        (0, fr::short_month(sides.first)),
        (MONTHS / 2, fr::short_month(sides.first.plus(i32::from(MONTHS) / 2))),
        (MONTHS - 1, fr::short_month(sides.last)),
    ];
    html! {
        section .sides aria-labelledby="comparaison" {
            h2 #comparaison { (sides.title) }
            p .hint { (fr::sides_period(sides.first, sides.last)) }
            div .total {
                @for (rank, sentence) in fr::balance(sides.gained, sides.lost, sides.earned).iter().enumerate() {
                    p { @if rank == 0 { strong { (sentence) } } @else { (sentence) } }
                }
            }
            @if sides.partial { p .hint { (fr::PARTIAL) } }
            @if !sides.unknown.is_empty() {
                (notice(Tone::Attention, &html! { p { (fr::unknown_aids(&sides.unknown)) } }))
            }
            (questions(asking, sides))
            div .two-columns {
                (column(fr::GAINED, fr::NOTHING_GAINED, &sides.aids, |it| it.gained))
                (column(fr::LOST, fr::NOTHING_LOST, &sides.aids, |it| it.lost))
            }
            (lanes(&Lanes { id: "et-si", months: MONTHS, ticks: &ticks, lanes: &sides.lanes }))
            (figures(sides))
            (changes(sides))
            (supposed(sides))
        }
    }
}

fn column(title: &str, nothing: &str, aids: &[Side], amount: fn(&Side) -> Rational) -> Markup {
    let moved: Vec<&Side> = aids.iter().filter(|it| !amount(it).is_zero()).collect();
    html! {
        div {
            h3 { (title) }
            @if moved.is_empty() {
                p { (nothing) }
            } @else {
                ul .plain { @for side in moved { li { (fr::side(side, amount(side))) } } }
            }
        }
    }
}

fn figures(sides: &Sides) -> Markup {
    let columns =
        [fr::AID_COLUMN, fr::WITHOUT, fr::WITH, fr::DIFFERENCE, fr::SINCE_WHEN].map(str::to_owned);
    let rows: Vec<Row> = sides
        .aids
        .iter()
        .map(|it| Row {
            head: it.aid.clone(),
            cells: vec![
                format::money(it.without),
                format::money(it.with),
                fr::signed(it.with.checked_sub(it.without).unwrap_or(Rational::ZERO)),
                it.first.map(format::month).unwrap_or_else(|| "—".to_owned()),
            ],
            strong: it.without != it.with,
        })
        .collect();
    table(&Table { id: "et-si-tableau", caption: fr::SIDES_TABLE, columns: &columns, rows: &rows })
}

fn changes(sides: &Sides) -> Markup {
    let body = html! {
        ol .changes {
            @for (aid, sentence) in &sides.changes { li { strong { (aid) } " : " (sentence) } }
        }
    };
    html! {
        @if !sides.changes.is_empty() {
            (details(&Details { summary: fr::AFTER_EVENT, hidden: "", body, open: false }))
        }
    }
}

fn supposed(sides: &Sides) -> Markup {
    let body = html! {
        p { strong { (fr::ASSUMED) } }
        ul .plain { @for sentence in &sides.supposed { li { (sentence) } } }
    };
    html! { @if !sides.supposed.is_empty() { (notice(Tone::Info, &body)) } }
}

/// What the event makes necessary to know.
fn questions(asking: Asking<'_>, sides: &Sides) -> Markup {
    let given: Vec<&str> =
        asking.fields.iter().map(|it| it.0).filter(|it| it.starts_with("x.ask.")).collect();
    let shown = |name: &str| sides.asked.iter().any(|it| it.field == name);
    html! {
        @for name in given {
            @if !shown(name) { input type="hidden" name=(name) value=(asking.value(name)); }
        }
        @if !sides.asked.is_empty() {
            div .questions .no-print {
                h3 { (fr::ASKED) }
                p .hint { (fr::ASKED_HINT) }
                @for it in &sides.asked { (question(asking, it)) }
                p { (button(&Button::new(Kind::Secondary, fr::COMPARE))) }
            }
        }
    }
}

fn question(asking: Asking<'_>, it: &Asked) -> Markup {
    let words = fr::Words { label: &it.label, hint: "" };
    match &it.kind {
        AskedKind::Money | AskedKind::Number => {
            let expects =
                if it.kind == AskedKind::Money { Expects::Money } else { Expects::Number };
            field(&Field {
                value: asking.value(&it.field),
                unit: if expects == Expects::Money { fr::EUROS } else { "" },
                ..Field::new(expects, &it.field, &it.label)
            })
        }
        AskedKind::Date => boxed(asking, Expects::Date, &it.field, &it.label, fr::DATE_HINT, ""),
        AskedKind::YesNo => {
            let options = [Choice::new("oui", fr::YES), Choice::new("non", fr::NO)];
            asking.short_radios(&it.field, words, &options)
        }
        AskedKind::Case(cases) => {
            let options: Vec<Choice<'_>> =
                cases.iter().map(|(value, label)| Choice::new(value, label)).collect();
            select(&Select {
                name: &it.field,
                label: &it.label,
                hint: "",
                blank: fr::NOT_ANSWERED,
                options: &options,
                chosen: asking.value(&it.field),
                error: None,
            })
        }
    }
}
