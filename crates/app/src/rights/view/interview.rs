//! Question par question: one group of questions, and the rights beside it.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::details::{Details, details};
use web::components::error_summary::error_summary;
use web::components::fieldset::{Fieldset, fieldset};
use web::components::icon::Icon;
use web::components::status::status;
use web::components::summary_list::summary_list;
use web::components::views::{View, views};
use web::layout::Page;

use super::form::{Asking, way_out};
use super::result::badge;
use crate::rights::interview::{Interview, written};
use crate::rights::model::block::Block;
use crate::rights::model::taxes::years;
use crate::rights::outlook::Right;
use crate::rights::pages::InterviewPage;
use crate::rights::{fr, recap, routes};

#[inline(never)]
pub fn page(page: &InterviewPage) -> Markup {
    let it = &page.interview;
    let title = if it.is_over() { fr::OVER.to_owned() } else { title(it) };
    // A browser remembers titles: this one names nobody.
    let rank = if it.is_over() { title.clone() } else { fr::rank(it.trail.pages.len() + 1) };
    let main = html! {
        form method="post" action=(routes::INTERVIEW) novalidate autocomplete="off" {
            button .visually-hidden type="submit" name="do" value="next" tabindex="-1"
                aria-hidden="true" { (fr::CONTINUE) }
            (carried(it))
            (ways())
            (error_summary(&it.errors))
            div .result {
                div .result-main {
                    @if it.is_over() { (over(it, &title)) } @else { (asked(it, &title)) }
                }
                aside .result-side aria-label=(fr::RIGHTS_SO_FAR) { (side(it)) }
            }
        }
    };
    let shown = if it.errors.is_empty() {
        format!("{rank} — {}", fr::INTERVIEW)
    } else {
        format!("{} : {rank} — {}", web::fr::TITLE_ERROR, fr::INTERVIEW)
    };
    Page::new(&shown, main).header(way_out(&it.fields)).wide().render()
}

fn ways() -> Markup {
    views(&[
        View { label: fr::INTERVIEW, to: routes::INTERVIEW, current: true },
        View { label: fr::WHOLE_FORM, to: routes::FORM_POST, current: false },
        View { label: fr::RESULT, to: routes::RESULT, current: false },
    ])
}

/// The answers not asked on this page, and the trail.
fn carried(it: &Interview) -> Markup {
    let shown =
        |name: &str| Block::of_field(name).is_some_and(|it2| it.trail.current.contains(&it2));
    html! {
        @for (name, value) in it.fields.iter() {
            @if !shown(name) { input type="hidden" name=(name) value=(value); }
        }
        @for (name, value) in it.trail.carried(&it.rights) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

fn title(it: &Interview) -> String {
    match it.trail.current.as_slice() {
        [one] => fr::block_title(*one, &name_of(it, *one)),
        several => match fr::shared_title(several) {
            Some(title) => title.to_owned(),
            None if it.trail.group.is_empty() => fr::SEVERAL_QUESTIONS.to_owned(),
            None => fr::upper_first(&it.trail.group),
        },
    }
}

fn name_of(it: &Interview, block: Block) -> String {
    block.who().map(|who| fr::person_name(&it.fields, who)).unwrap_or_default()
}

fn asked(it: &Interview, title: &str) -> Markup {
    let asking = Asking {
        fields: &it.fields,
        answers: &it.answers,
        errors: &it.errors,
        interview: Some(routes::INTERVIEW),
    };
    html! {
        p .hint { (fr::rank(it.trail.pages.len() + 1)) }
        h1 { (title) }
        @if it.settles.is_empty() {
            @if it.rights.is_empty() { p .lead { (fr::INTERVIEW_LEAD) } }
        } @else {
            p .lead { (fr::settles(&it.settles)) }
        }
        div .questions {
            @match it.trail.current.as_slice() {
                [one] => (questions(asking, *one)),
                several => @for block in several {
                    (fieldset(&Fieldset {
                        id: &format!("bloc-{block}"),
                        legend: &fr::block_title(*block, &name_of(it, *block)),
                        hint: "",
                        body: questions(asking, *block),
                        framed: true,
                    }))
                }
            }
        }
        div .actions {
            (button(&Button::new(Kind::Primary, fr::CONTINUE).sends("do", "next").icon(Icon::Arrow)))
            (button(&Button::new(Kind::Secondary, fr::UNKNOWN).sends("do", "unknown")))
            @if it.trail.current != [Block::People] {
                (button(&Button::new(Kind::Link, fr::PASS).sends("do", "pass")))
            }
            @if !it.trail.pages.is_empty() {
                (button(&Button::new(Kind::Link, fr::BACK).sends("do", "back")))
            }
        }
    }
}

fn questions(asking: Asking<'_>, block: Block) -> Markup {
    use super::{benefits, home, income, people, taxes};
    match block {
        Block::People => people::composition(asking),
        Block::Activity(who) => people::activity(asking, who),
        Block::Nationality(who) => people::nationality(asking, who),
        Block::Pregnancy(who) => people::pregnancy(asking, who),
        Block::Alone => people::alone(asking),
        Block::Incomes(who) => income::incomes(asking, who),
        Block::Savings(who) => income::savings(asking, who),
        Block::Hours(who) => income::hours(asking, who),
        Block::Handicap(who) => income::handicap(asking, who),
        Block::TaxReturns => taxes::returns(asking),
        Block::TaxYear(who, year) => {
            let all = years(asking.answers.period);
            let lines = all.iter().find(|(it, _)| *it == year);
            html! {
                p .hint { (fr::TAX_RETURN_HINT) }
                @if let Some((_, lines)) = lines { (taxes::year_lines(asking, who, year, lines)) }
            }
        }
        Block::Benefits => benefits::questions(asking),
        Block::Commune => home::commune(asking),
        Block::Home => home::dwelling(asking),
    }
}

fn over(it: &Interview, title: &str) -> Markup {
    let passed = it.passed();
    html! {
        h1 { (title) }
        p .lead { (fr::OVER_LEAD) }
        ul .rights .rights-large { @for right in &it.rights { (one_right(right)) } }
        @if !passed.is_empty() {
            h2 { (fr::PASSED) }
            p { (fr::PASSED_HINT) }
            ul .missing { @for block in passed { li { (correct(it, block)) } } }
        }
        div .actions {
            (button(&Button::new(Kind::Primary, fr::WHOLE_RESULT).to(routes::RESULT).icon(Icon::Arrow)))
            (button(&Button::new(Kind::Link, fr::BACK).sends("do", "back")))
        }
    }
}

/// The rights beside the question, and what the last answer changed.
fn side(it: &Interview) -> Markup {
    html! {
        h2 { (fr::RIGHTS_SO_FAR) }
        @if it.rights.is_empty() {
            p .hint { (fr::RIGHTS_LATER) }
        } @else {
            @if let Some(news) = &it.news { (changed(news)) }
            @if !it.is_over() { ul .rights { @for right in &it.rights { (one_right(right)) } } }
        }
        (all_answers(it))
    }
}

fn changed(news: &[String]) -> Markup {
    html! {
        h3 { (fr::LAST_ANSWER) }
        @if news.is_empty() {
            p .hint { (fr::NO_NEWS) }
        } @else {
            ul .news { @for sentence in news { li { (sentence) } } }
        }
    }
}

fn one_right(right: &Right) -> Markup {
    html! {
        li {
            strong { (fr::aid_title(&right.name, &right.label)) }
            (status(badge(right.standing), fr::standing(right.standing)))
            span { (fr::upper_first(&fr::amount_known(right.standing, right.range))) }
        }
    }
}

fn all_answers(it: &Interview) -> Markup {
    let answered = it.answered();
    let body = html! {
        @for block in &answered {
            div .recap {
                h3 {
                    (fr::block_title(*block, &name_of(it, *block)))
                    (button(&Button::new(Kind::Link, fr::CORRECT)
                        .hidden(&fr::block_title(*block, &name_of(it, *block)))
                        .sends("do", &format!("goto:{}", written(&[*block])))))
                }
                (summary_list(&recap::block(&it.fields, &it.answers, *block)))
            }
        }
    };
    html! {
        @if !answered.is_empty() {
            (details(&Details { summary: fr::ALL_ANSWERS, hidden: "", body, open: false }))
        }
    }
}

fn correct(it: &Interview, block: Block) -> Markup {
    let words = fr::block_title(block, &name_of(it, block));
    button(&Button::new(Kind::Link, &words).sends("do", &format!("goto:{}", written(&[block]))))
}
