//! Les mois qui viennent: the drawing, each change in a sentence, the table.

use maud::{Markup, html};
use web::components::chart::{Lanes, lanes};
use web::components::details::{Details, details};
use web::components::notice::{Tone, notice};
use web::components::table::{Table, table};
use web::format;
use web::layout::Page;

use super::form::{carried_but, navigation_back, way_out, ways};
use crate::rights::months::{MONTHS, Months};
use crate::rights::pages::MonthsPage;
use crate::rights::{fr, routes};

/// No name of a field starts with a space: nothing is asked on this page.
const EVERYTHING: &str = " ";

#[inline(never)]
pub fn page(page: &MonthsPage) -> Markup {
    let it = &page.months;
    let main = html! {
        form method="post" action=(routes::MONTHS) novalidate autocomplete="off" {
            (carried_but(&page.fields, EVERYTHING))
            div .no-print { (navigation_back()) (ways(routes::MONTHS)) }
            h1 { (fr::MONTHS_TITLE) }
            p .lead { (fr::months_lead(it.first, it.last)) }
            (assumed(it))
            (drawing(it))
            (changes(it))
            (table(&Table {
                id: "mois-tableau",
                caption: fr::MONTHS_TABLE,
                columns: &it.columns,
                rows: &it.rows,
            }))
            (scale(it))
            @if !it.never.is_empty() { p .hint { (fr::never(&it.never)) } }
            p .hint { (fr::BEFORE_CRDS) }
        }
    };
    Page::new(&format!("{} — {}", fr::MONTHS_TITLE, fr::LIST), main)
        .header(way_out(&page.fields))
        .wide()
        .render()
}

fn assumed(it: &Months) -> Markup {
    let body = html! {
        p { strong { (fr::ASSUMED) } }
        ul .plain {
            @for sentence in &it.assumed { li { (sentence) } }
            @if !it.scale.is_empty() { li { (fr::SCALE_ASSUMED) } }
        }
    };
    html! { @if !it.assumed.is_empty() || !it.scale.is_empty() { (notice(Tone::Info, &body)) } }
}

/// The values of the law that nobody has looked at again.
fn scale(it: &Months) -> Markup {
    let body = html! {
        ul .plain { @for value in &it.scale { li { (fr::upper_first(value)) } } }
    };
    html! {
        @if !it.scale.is_empty() {
            (details(&Details { summary: fr::SCALE_LIST, hidden: "", body, open: false }))
        }
    }
}

fn drawing(it: &Months) -> Markup {
    html! {
        @if it.lanes.is_empty() {
            p .lead { (fr::NO_RIGHT_AT_ALL_MONTHS) }
        } @else {
            p { strong { (fr::months_total(&format::money(it.total), it.open)) } }
            (lanes(&Lanes { id: "mois", months: MONTHS, ticks: &it.ticks, lanes: &it.lanes }))
            p .hint { (fr::SAME_SCALE) @if it.open { " " (fr::OPEN_LANE) } }
        }
    }
}

fn changes(it: &Months) -> Markup {
    html! {
        h2 { (fr::CHANGES) }
        @if it.changes.is_empty() {
            p { (fr::NO_CHANGE) }
        } @else {
            ol .changes {
                @for change in &it.changes {
                    li value=(change.number) { strong { (change.aid) } " : " (change.sentence) }
                }
            }
        }
    }
}
