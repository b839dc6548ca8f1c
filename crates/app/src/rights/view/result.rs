//! The result: what is certain, what is missing, what is excluded, how much and why.

use base::Rational;
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::card::{Card, card};
use web::components::details::{Details, details};
use web::components::field::{Expects, Field, field};
use web::components::icon::{Icon, icon};
use web::components::ledger::{Line, ledger};
use web::components::notice::{Tone, notice};
use web::components::status::{Status, status};
use web::components::summary_list::summary_list;
use web::form::Fields;
use web::format;
use web::layout::Page;

use super::form::{carried, navigation, way_out, ways};
use crate::rights::assess::{Aid, Assessment, Missing, Standing};
use crate::rights::model::{MONTH, Step};
use crate::rights::pages::ResultPage;
use crate::rights::recap::recap;
use crate::rights::{fr, kept, routes};

mod why;

#[inline(never)]
pub fn page(page: &ResultPage) -> Markup {
    let ResultPage { fields, assessment, today, .. } = page;
    let title = fr::result_title(assessment.month);
    let main = html! {
        form method="post" action=(routes::RESULT) novalidate autocomplete="off" {
            button .visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (fr::RECOMPUTE) }
            (carried(fields, None))
            div .no-print { (navigation(None)) (ways(routes::RESULT)) }
            div .result {
                div .result-main {
                    h1 { (title) }
                    (keep(fields))
                    (cards(assessment))
                    (next(assessment))
                }
                aside .result-side aria-label=(fr::ANSWERS) {
                    (month_box(assessment))
                    (summary(page))
                    p .hint { (fr::COMPUTED_ON) " " (format::date(*today)) ". " (fr::BEFORE_CRDS) }
                }
            }
        }
    };
    Page::new(&format!("{title} — {}", fr::LIST), main).header(way_out(fields)).wide().render()
}

/// What is known of each right: on the page that computes it, and on the one that kept it.
#[inline(never)]
pub fn cards(assessment: &Assessment) -> Markup {
    html! {
        (total(assessment))
        @if assessment.review_passed() {
            (notice(Tone::Attention, &html! { p { (fr::VALUES_MAY_HAVE_CHANGED) } }))
        }
        (due(assessment))
        (incomplete(assessment))
        (excluded(assessment))
        (impossible(assessment))
    }
}

/// Nothing is written until this button: the answers came from a file and may go back to it.
fn keep(fields: &Fields) -> Markup {
    let to = kept::file_of(fields).map(|file| format!("/dossiers/{file}/droits"));
    html! {
        @if let Some(to) = to {
            p .no-print { (button(&Button::new(Kind::Primary, fr::KEEP_IN_FILE).to(&to))) }
        }
    }
}

/// The figure one came for, with what it is worth.
fn total(assessment: &Assessment) -> Markup {
    let certain = assessment.total(Standing::Certain);
    let to_check = assessment.total(Standing::ToCheck);
    let all = certain.checked_add(to_check).unwrap_or(certain);
    let incomplete = assessment.of(Standing::Incomplete).count();
    let ranging = assessment.aids.iter().any(|it| it.range.is_some_and(|it| !it.is_exact()));
    let due = assessment.of(Standing::Certain).count() + assessment.of(Standing::ToCheck).count();
    let excluded = assessment.of(Standing::Excluded).count();
    let impossible = assessment.of(Standing::Impossible).count();
    let settled = incomplete == 0 && impossible == 0 && !ranging;
    html! {
        div .total {
            @if all.is_zero() {
                p .total-amount { strong { (if settled { fr::NO_RIGHT_AT_ALL } else { fr::NO_RIGHT }) } }
                @if incomplete > 0 { p { (fr::NO_RIGHT_HINT) } }
            } @else {
                p .total-amount {
                    (if settled { fr::TOTAL } else { fr::AT_LEAST }) " "
                    strong { (format::money(all)) } " " (fr::PER_MONTH)
                }
                @if !to_check.is_zero() { p { (fr::upper_first(&fr::to_check_part(&format::money(to_check)))) "." } }
            }
            @if !assessment.received.is_zero() {
                p { (fr::already_received(&format::money(assessment.received))) }
            }
            p .total-counts { (fr::counts(due, incomplete, excluded, impossible)) "." }
            p .no-print data-script hidden {
                button .button .button-secondary type="button" data-print { (icon(Icon::Print)) span { (fr::PRINT) } }
            }
        }
    }
}

fn due(assessment: &Assessment) -> Markup {
    let mut aids: Vec<&Aid> =
        assessment.of(Standing::Certain).chain(assessment.of(Standing::ToCheck)).collect();
    // The largest first: what changes a month.
    aids.sort_by_key(|it| std::cmp::Reverse(it.at_least().unwrap_or(Rational::ZERO)));
    section(fr::DUE_TITLE, "", &aids, |aid| {
        html! {
            (range(aid))
            @if !aid.explanation.reserves.is_empty() { (to_verify(aid)) }
            @if aid.missing.is_empty() { (why::sentence(aid)) } @else { (missing_list(aid)) }
            @if let Some(caution) = &aid.caution { (notice(Tone::Attention, &html! { p { (caution) } })) }
            (why::calculation(aid))
            (why::everything(aid))
        }
    })
}

fn incomplete(assessment: &Assessment) -> Markup {
    let aids: Vec<&Aid> = assessment.of(Standing::Incomplete).collect();
    section(fr::INCOMPLETE_TITLE, fr::INCOMPLETE_LEAD, &aids, |aid| {
        html! {
            (range(aid))
            (missing_list(aid))
            @if !aid.explanation.reserves.is_empty() { (to_verify(aid)) }
            (why::everything(aid))
        }
    })
}

fn excluded(assessment: &Assessment) -> Markup {
    let aids: Vec<&Aid> = assessment.of(Standing::Excluded).collect();
    section(fr::EXCLUDED_TITLE, "", &aids, |aid| {
        html! {
            (why::why_not(aid))
            (why::everything(aid))
        }
    })
}

/// One aid the rules cannot compute does not hide the others.
fn impossible(assessment: &Assessment) -> Markup {
    let aids: Vec<&Aid> = assessment.of(Standing::Impossible).collect();
    section(fr::IMPOSSIBLE_TITLE, fr::IMPOSSIBLE_LEAD, &aids, |aid| {
        html! { p { (fr::sentence(&aid.explanation.sentence)) } }
    })
}

fn section(title: &str, lead: &str, aids: &[&Aid], body: impl Fn(&Aid) -> Markup) -> Markup {
    html! {
        @if !aids.is_empty() {
            section .cards {
                h2 { (title) }
                @if !lead.is_empty() { p .no-print { (lead) } }
                @for aid in aids { (aid_card(aid, body(aid))) }
            }
        }
    }
}

fn aid_card(aid: &Aid, body: Markup) -> Markup {
    let amount = aid.amount.filter(|it| !it.is_zero()).map(format::money);
    let title = fr::aid_title(&aid.name, &aid.label);
    card(&Card {
        id: &aid.name,
        title: &title,
        status: status(badge(aid.standing), fr::standing(aid.standing)),
        amount: amount.as_deref().map(|amount| (amount, fr::PER_MONTH)),
        body,
        quiet: aid.standing == Standing::Excluded,
    })
}

/// The drawing and the colour of what is known of a right.
pub fn badge(standing: Standing) -> Status {
    match standing {
        Standing::Certain => Status::Certain,
        Standing::ToCheck => Status::ToCheck,
        Standing::Incomplete => Status::Incomplete,
        Standing::Excluded => Status::Excluded,
        Standing::Impossible => Status::Impossible,
    }
}

fn to_verify(aid: &Aid) -> Markup {
    html! {
        p .label { (fr::TO_VERIFY) }
        ul .checks { @for it in &aid.explanation.reserves { li { (fr::sentence(it)) } } }
    }
}

/// Between which amounts the right is, when answers are missing.
fn range(aid: &Aid) -> Markup {
    html! {
        @if let Some(range) = aid.range.filter(|_| aid.amount.is_none()) {
            p .range { strong { (fr::upper_first(&fr::amount_known(aid.standing, range))) } }
        }
    }
}

fn missing_list(aid: &Aid) -> Markup {
    html! {
        @if !aid.missing.is_empty() {
            p .label { (if aid.standing == Standing::Incomplete { fr::MISSING } else { fr::MISSING_AMOUNT }) }
            ul .missing { @for it in &aid.missing { li { (missing(it)) } } }
        }
    }
}

/// A missing answer leads to its question, with all the other answers.
fn missing(it: &Missing) -> Markup {
    let words = if it.unknown {
        format!("{} ({})", it.words, fr::MISSING_UNKNOWN)
    } else {
        it.words.clone()
    };
    html! {
        @match &it.question {
            Some(question) => {
                @let to = format!("{}#{}", routes::step(question.step), question.field);
                span .no-print { (button(&Button::new(Kind::Link, &words).to(&to))) }
                span .print-only { (words) }
            }
            None => (words)
        }
    }
}

fn next(assessment: &Assessment) -> Markup {
    let any = assessment.aids.iter().any(|it| it.standing != Standing::Excluded);
    html! {
        @if any {
            section .next {
                h2 { (fr::NEXT) }
                ol { @for step in fr::NEXT_STEPS { li { (step) } } }
                (notice(Tone::Info, &html! { p { (fr::INFORMS) } }))
            }
        }
    }
}

fn month_box(assessment: &Assessment) -> Markup {
    let value = format::month_input(assessment.month);
    let month = Field {
        value: &value,
        hint: fr::MONTH_HINT,
        ..Field::new(Expects::Month, MONTH, fr::STUDIED_MONTH)
    };
    html! {
        div .no-print .month-box {
            (field(&month))
            (button(&Button::new(Kind::Secondary, fr::RECOMPUTE)))
        }
    }
}

fn summary(page: &ResultPage) -> Markup {
    html! {
        h2 { (fr::ANSWERS) }
        @for step in Step::ALL {
            div .recap {
                h3 {
                    (fr::step_label(step))
                    span .no-print {
                        (button(&Button::new(Kind::Link, fr::CHANGE).hidden(fr::step_label(step)).to(routes::step(step))))
                    }
                }
                (summary_list(&recap(&page.fields, &page.answers, step)))
            }
        }
    }
}

/// A calculation of the law, in the shape the kit draws.
fn ledger_lines(aid: &Aid) -> Vec<Line> {
    let line = |it: &law::Line| Line {
        label: it.label.clone(),
        operator: it.operator,
        // The total says it once for all the lines.
        value: it.value.trim_end_matches(fr::PER_MONTH).trim_end().to_owned(),
        total: it.total,
    };
    aid.explanation.lines.iter().map(line).collect()
}

fn titled_ledger(aid: &Aid) -> Markup {
    let caption = format!("{} — {}", fr::CALCULATION, fr::aid_title(&aid.name, &aid.label));
    ledger(&caption, &ledger_lines(aid))
}

fn disclosure(aid: &Aid, body: Markup) -> Markup {
    let title = fr::aid_title(&aid.name, &aid.label);
    let hidden = format!("{} {title}", fr::OF_AID);
    details(&Details { summary: fr::EVERYTHING, hidden: &hidden, body, open: false })
}
