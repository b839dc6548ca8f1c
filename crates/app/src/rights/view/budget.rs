//! Si les revenus changeaient: the curve, its jumps, its table; and what would change.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::chart::{Curve, curve};
use web::components::choice::Choice;
use web::components::details::{Details, details};
use web::components::notice::{Tone, notice};
use web::components::table::{Table, table};
use web::layout::Page;

use super::form::{Asking, carried_but, navigation_back, way_out, ways};
use crate::rights::budget::{ALONG, Along, Budget, Drawn, PREFIX, Stairs, Told, WHO};
use crate::rights::pages::BudgetPage;
use crate::rights::{fr, routes};

#[inline(never)]
pub fn page(page: &BudgetPage) -> Markup {
    let it = &page.budget;
    let asking =
        Asking { fields: &page.fields, answers: &page.answers, errors: &[], interview: None };
    let main = html! {
        form method="post" action=(routes::BUDGET) novalidate autocomplete="off" {
            (carried_but(&page.fields, PREFIX))
            div .no-print { (navigation_back()) (ways(routes::BUDGET)) }
            h1 { (fr::BUDGET_TITLE) }
            p .lead { (fr::BUDGET_LEAD) }
            div .no-print .curve-choice { (choice(asking, it)) }
            @match &it.drawn {
                Some(drawn) => (drawing(drawn)),
                None => (notice(Tone::Attention, &html! {
                    p { (fr::CURVE_MISSING) }
                    p { (button(&Button::new(Kind::Link, fr::INTERVIEW).to(routes::INTERVIEW))) }
                }))
            }
            (supposed(it))
            (flips(it))
        }
    };
    Page::new(&format!("{} — {}", fr::BUDGET_TITLE, fr::LIST), main)
        .header(way_out(&page.fields))
        .wide()
        .render()
}

fn choice(asking: Asking<'_>, it: &Budget) -> Markup {
    let alongs: Vec<Choice<'_>> =
        it.alongs.iter().map(|along| Choice::new(along.key(), fr::along(*along))).collect();
    let people: Vec<(String, &str)> =
        it.people.iter().map(|(who, name)| (who.to_string(), name.as_str())).collect();
    let people: Vec<Choice<'_>> = people.iter().map(|(who, name)| Choice::new(who, name)).collect();
    html! {
        (asking.preset_radios(ALONG, fr::ALONG, &alongs, it.along.key()))
        @if it.along == Along::Earnings && people.len() > 1 {
            (asking.preset_radios(WHO, fr::ALONG_WHO, &people, "a1"))
        }
        (button(&Button::new(Kind::Secondary, fr::DRAW)))
    }
}

fn drawing(it: &Drawn) -> Markup {
    html! {
        (curve(&Curve {
            id: "budget",
            told: &it.told,
            from: it.from,
            to: it.to,
            most: it.most,
            across: &it.across,
            up: &it.up,
            across_label: &it.across_label,
            lines: &it.lines,
            marks: &it.marks,
        }))
        @if !it.marks.is_empty() { p .hint { (fr::CURVE_MARKS) } }
        h2 { (fr::JUMPS) }
        @if it.jumps.is_empty() && it.stairs.is_empty() { p { (fr::NO_JUMP) } }
        @if !it.jumps.is_empty() {
            ol .changes { @for jump in &it.jumps { (told(jump)) } }
        }
        @for (rank, it) in it.stairs.iter().enumerate() { (stairs(rank, it)) }
        (table(&Table {
            id: "budget-tableau",
            caption: fr::CURVE_TABLE,
            columns: &it.columns,
            rows: &it.rows,
        }))
    }
}

fn told(jump: &Told) -> Markup {
    html! {
        li value=(jump.number) {
            (jump.sentence)
            @for source in &jump.sources {
                @if let Some(link) = &source.link {
                    " " a href=(link) rel="noreferrer external" {
                        (fr::READ_ARTICLE) span .visually-hidden { " " (source.title) }
                    }
                }
            }
        }
    }
}

fn stairs(rank: usize, it: &Stairs) -> Markup {
    let body = table(&Table {
        id: &format!("marches-{rank}"),
        caption: &it.title,
        columns: &it.columns,
        rows: &it.rows,
    });
    html! {
        p { (it.sentence) }
        (details(&Details { summary: &it.title, hidden: "", body, open: false }))
    }
}

fn supposed(it: &Budget) -> Markup {
    let body = html! {
        p { strong { (fr::ASSUMED) } }
        ul .plain { @for sentence in &it.supposed { li { (sentence) } } }
    };
    html! { @if !it.supposed.is_empty() { (notice(Tone::Info, &body)) } }
}

fn flips(it: &Budget) -> Markup {
    html! {
        h2 #ce-qui-changerait { (fr::FLIPS) }
        @if it.flips.is_empty() {
            p { (fr::NO_FLIP) }
        } @else {
            p .hint { (fr::FLIPS_HINT) }
            ul .changes { @for sentence in &it.flips { li { (sentence) } } }
        }
    }
}
