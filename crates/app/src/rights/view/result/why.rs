//! Why, why not, and everything under it.

use law::{Detail, DetailKind, Source, Verdict};
use maud::{Markup, html};
use web::components::icon::{Icon, icon};
use web::format;

use super::{disclosure, titled_ledger};
use crate::rights::assess::{Aid, Condition};
use crate::rights::fr;

/// Depth 2: the lines as one would write them on paper.
pub fn calculation(aid: &Aid) -> Markup {
    html! { @if !aid.explanation.lines.is_empty() { (titled_ledger(aid)) } }
}

/// Depth 1, for a right that is open.
pub fn sentence(aid: &Aid) -> Markup {
    let met = aid.explanation.because.len();
    html! { p { (fr::all_met(met, !aid.explanation.reserves.is_empty())) } }
}

/// The conditions that fail, and by how much.
pub fn why_not(aid: &Aid) -> Markup {
    let reasons = &aid.explanation.why_not;
    html! {
        @if reasons.is_empty() {
            p { (fr::sentence(&aid.explanation.sentence)) }
        } @else {
            ul .reasons {
                @for reason in reasons {
                    li {
                        span .hint { (fr::CONDITION_FAILED) } " "
                        (fr::sentence(&reason.condition))
                        @if !reason.sentence.is_empty() {
                            " " span .distance { (fr::sentence(&reason.sentence)) }
                        }
                    }
                }
            }
        }
    }
}

/// Depth 3: conditions, rules, dated values, answers, with their sources.
pub fn everything(aid: &Aid) -> Markup {
    let body = html! {
        p .label { (fr::CONDITIONS) }
        ul .conditions { @for it in &aid.conditions { (condition(it)) } }
        @if !aid.explanation.details.is_empty() {
            p .label { (fr::HOW) }
            (tree(&aid.explanation.details))
        }
    };
    disclosure(aid, body)
}

fn condition(it: &Condition) -> Markup {
    let (drawing, words) = match it.verdict {
        Verdict::Met => (Icon::Check, fr::MET),
        Verdict::Failed => (Icon::Cross, fr::FAILED),
        Verdict::Missing => (Icon::Pencil, fr::UNDECIDED),
        Verdict::ToCheck => (Icon::Eye, fr::TO_CHECK),
    };
    html! { li { (icon(drawing)) span { (fr::upper_first(&it.label)) " : " strong { (words) } } } }
}

/// Each rule holds what it reads, one click deeper: the whole at once is a scroll nobody reads.
fn tree(details: &[Detail]) -> Markup {
    html! {
        ul .tree {
            @for (first, children) in branches(details) {
                li {
                    @if children.is_empty() {
                        div .leaf { (head(first)) (foot(first)) }
                    } @else {
                        details {
                            summary { (head(first)) }
                            (foot(first))
                            (tree(children))
                        }
                    }
                }
            }
        }
    }
}

/// Each entry with those under it: the ones that follow, as long as they are deeper.
fn branches(mut details: &[Detail]) -> Vec<(&Detail, &[Detail])> {
    let mut res = Vec::new();
    while let Some((first, rest)) = details.split_first() {
        let inside = rest.iter().take_while(|it| it.depth > first.depth).count();
        let (children, after) = rest.split_at(inside);
        res.push((first, children));
        details = after;
    }
    res
}

fn head(it: &Detail) -> Markup {
    html! {
        span .detail-label {
            (fr::upper_first(&it.label))
            @if !it.about.is_empty() { ", " (it.about) }
            @if let Some(period) = &it.period { ", " (period) }
        }
        " " strong { (it.value) }
    }
}

fn foot(it: &Detail) -> Markup {
    let kind = match it.kind {
        DetailKind::Rule => fr::RULE,
        DetailKind::Parameter => fr::PARAMETER,
        DetailKind::Fact => fr::FACT,
    };
    html! {
        @if let Some(formula) = &it.formula { p { (formula) } }
        @if let Some(choice) = &it.choice { p { (fr::CHOICE) " " (fr::sentence(choice)) } }
        p {
            (kind)
            @if let Some(since) = it.since { " " (fr::VALUE_SINCE) " " (format::date(since)) }
            @if it.review_passed { " — " strong { (fr::REVIEW_PASSED) } }
            @if let Some(provenance) = &it.provenance { " · " (provenance) }
            @for source in &it.sources { " · " (cited(source)) }
        }
        @if let Some(choice) = &it.choice { p { (fr::CHOSEN) " " (choice) } }
    }
}

fn cited(source: &Source) -> Markup {
    html! {
        @match &source.link {
            Some(link) => a href=(link) rel="noreferrer external" { (source.title) }
            None => (source.title)
        }
    }
}
