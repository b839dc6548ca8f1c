//! The frame of every step of the form, and the small things all steps use.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::choice::{Checkbox, Choice, Radios, checkbox, radios};
use web::components::error_summary::error_summary;
use web::components::field::{Doubt, Expects, Field, field};
use web::components::icon::Icon;
use web::components::select::{Select, select};
use web::components::steps::{Step as StepLink, steps};
use web::components::views::{View, views};
use web::form::{FieldError, Fields};
use web::layout::Page;

use crate::rights::model::facts::Who;
use crate::rights::model::reader::doubt;
use crate::rights::model::{Answers, MONTH, Step};
use crate::rights::pages::StepPage;
use crate::rights::{fr, kept, routes};

/// What every piece of a step reads.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    pub fields: &'a Fields,
    pub answers: &'a Answers,
    pub errors: &'a [FieldError],
    /// Where the buttons that add and remove rows lead; the page of the step when `None`.
    pub interview: Option<&'static str>,
}

#[inline(never)]
pub fn page(page: &StepPage) -> Markup {
    let StepPage { step, fields, answers, errors } = page;
    let asking = Asking { fields, answers, errors, interview: None };
    let next = step.next().map_or(routes::RESULT, routes::step);
    let last = step.next().is_none();
    let main = html! {
        form method="post" action=(routes::step(*step)) novalidate autocomplete="off" {
            (default_button(next))
            (carried(fields, Some(*step)))
            input type="hidden" name="from" value=(step.letter());
            (navigation(Some(*step)))
            (error_summary(errors))
            h1 { (fr::step_title(*step)) }
            p .lead { (fr::step_lead(*step, answers.period.month)) }
            div .questions { (questions(*step, asking)) }
            div .actions {
                @if last {
                    (button(&Button::new(Kind::Primary, fr::SEE_RESULT).to(next).sends("check", "oui").icon(Icon::Arrow)))
                } @else {
                    (button(&Button::new(Kind::Primary, fr::CONTINUE).to(next).sends("check", "oui").icon(Icon::Arrow)))
                    (button(&Button::new(Kind::Secondary, fr::SEE_RESULT).to(routes::RESULT).sends("check", "oui")))
                }
                (button(&Button::new(Kind::Link, fr::INTERVIEW).to(routes::INTERVIEW)))
            }
        }
    };
    let title = fr::step_title(*step);
    let title = if errors.is_empty() {
        format!("{title} — {}", fr::LIST)
    } else {
        format!("{} : {title} — {}", web::fr::TITLE_ERROR, fr::LIST)
    };
    Page::new(&title, main).header(way_out(fields)).render()
}

fn questions(step: Step, asking: Asking<'_>) -> Markup {
    match step {
        Step::People => super::people::questions(asking),
        Step::Income => super::income::questions(asking),
        Step::Taxes => super::taxes::questions(asking),
        Step::Benefits => super::benefits::questions(asking),
        Step::Home => super::home::questions(asking),
    }
}

/// Nothing is kept anywhere: going back to the start erases everything; going back to the file, what was not kept.
pub fn way_out(fields: &Fields) -> Markup {
    html! {
        @match kept::file_of(fields) {
            Some(file) => a .header-link href={ "/dossiers/" (file) "/droits" } { (fr::BACK_TO_FILE) },
            None => a .header-link href=(routes::START) { (fr::ERASE) },
        }
    }
}

/// The answers not asked on this page, sent along. `None`: the result, which asks the month again.
#[inline(never)]
pub fn carried(fields: &Fields, shown: Option<Step>) -> Markup {
    html! {
        @for (name, value) in fields.iter() {
            @if !is_shown(name, shown) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// Every answer, the month included, but those of the page's own form, whose names start with `shown`.
#[inline(never)]
pub fn carried_but(fields: &Fields, shown: &str) -> Markup {
    html! {
        @for (name, value) in fields.iter() {
            @if !name.starts_with(shown) { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn is_shown(name: &str, shown: Option<Step>) -> bool {
    if name == MONTH {
        return matches!(shown, None | Some(Step::People));
    }
    shown.is_some() && Step::of_field(name) == shown
}

/// The way to every step and to the result; `None`: one is on the result.
pub fn navigation(current: Option<Step>) -> Markup {
    way(current, current.is_none())
}

/// The same from a page that is neither a step nor the result.
pub fn navigation_back() -> Markup {
    way(None, false)
}

#[inline(never)]
fn way(current: Option<Step>, result: bool) -> Markup {
    let mut links: Vec<StepLink<'_>> = Step::ALL
        .into_iter()
        .map(|step| StepLink {
            label: fr::step_label(step),
            to: routes::step(step),
            current: current == Some(step),
        })
        .collect();
    links.push(StepLink { label: fr::RESULT, to: routes::RESULT, current: result });
    steps(&links)
}

/// The ways to look at the answers; `current` is the address of the page.
#[inline(never)]
pub fn ways(current: &str) -> Markup {
    let view = |label, to| View { label, to, current: to == current };
    views(&[
        view(fr::THIS_MONTH, routes::RESULT),
        view(fr::MONTHS_VIEW, routes::MONTHS),
        view(fr::WHAT_IF_VIEW, routes::WHAT_IF),
        view(fr::BUDGET_VIEW, routes::BUDGET),
        view(fr::INTERVIEW, routes::INTERVIEW),
    ])
}

/// Enter in a box goes on, as the main action does: browsers press the first button of the form.
fn default_button(next: &str) -> Markup {
    html! {
        button .visually-hidden type="submit" formaction=(next) name="check" value="oui"
            tabindex="-1" aria-hidden="true" { (fr::CONTINUE) }
    }
}

impl<'a> Asking<'a> {
    /// The page that shows this row again once the form has changed.
    pub fn row_address(&self, step: Step, id: &str) -> String {
        format!("{}#{id}", self.interview.unwrap_or(routes::step(step)))
    }

    pub fn value(&self, name: &str) -> &'a str {
        self.fields.get(name).unwrap_or_default()
    }

    pub fn error(&self, name: &str) -> Option<&'a str> {
        self.errors.iter().find(|it| it.field == name).map(|it| it.message.as_str())
    }

    /// The name typed for a person, with a capital letter.
    pub fn name(&self, who: Who) -> String {
        fr::upper_first(&fr::person_name(self.fields, who))
    }

    /// A box filled with what was typed, with its error.
    pub fn boxed(&self, expects: Expects, name: &str, label: &str) -> Markup {
        self.hinted(expects, name, label, default_hint(expects))
    }

    pub fn hinted(&self, expects: Expects, name: &str, label: &str, hint: &str) -> Markup {
        self.doubtful(&self.plain(expects, name, label, hint))
    }

    /// An amount counted by something else than the month.
    pub fn amount(&self, name: &str, label: &str, unit: &str, hint: &str) -> Markup {
        self.doubtful(&Field { unit, ..self.plain(Expects::Money, name, label, hint) })
    }

    /// A box without « je ne sais pas » of its own: it is no fact, or its group has one.
    pub fn sure(&self, expects: Expects, name: &str, label: &str, hint: &str) -> Markup {
        field(&self.plain(expects, name, label, hint))
    }

    fn plain<'f>(&self, expects: Expects, name: &'f str, label: &'f str, hint: &'f str) -> Field<'f>
    where
        'a: 'f,
    {
        Field {
            hint,
            value: self.value(name),
            unit: default_unit(expects),
            error: self.error(name),
            ..Field::new(expects, name, label)
        }
    }

    fn doubtful(&self, box_: &Field<'_>) -> Markup {
        let name = doubt(box_.name);
        let checked = self.fields.is(&name, "oui");
        field(&Field { doubt: Some(Doubt { name: &name, label: fr::UNKNOWN, checked }), ..*box_ })
    }

    pub fn radios(&self, name: &str, words: fr::Words, options: &[Choice<'_>]) -> Markup {
        radios(&Radios {
            name,
            legend: words.label,
            hint: words.hint,
            options,
            chosen: self.value(name),
            inline: false,
            error: self.error(name),
        })
    }

    pub fn short_radios(&self, name: &str, words: fr::Words, options: &[Choice<'_>]) -> Markup {
        radios(&Radios {
            name,
            legend: words.label,
            hint: words.hint,
            options,
            chosen: self.value(name),
            inline: true,
            error: self.error(name),
        })
    }

    /// As [`Asking::short_radios`], with an answer chosen in plain sight.
    pub fn preset_radios(
        &self,
        name: &str,
        words: fr::Words,
        options: &[Choice<'_>],
        preset: &str,
    ) -> Markup {
        radios(&Radios {
            name,
            legend: words.label,
            hint: words.hint,
            options,
            chosen: self.fields.get(name).unwrap_or(preset),
            inline: true,
            error: self.error(name),
        })
    }

    pub fn yes_no(&self, name: &str, words: fr::Words) -> Markup {
        const OPTIONS: [Choice<'_>; 3] = [
            Choice::new("oui", fr::YES),
            Choice::new("non", fr::NO),
            Choice::new("inconnu", fr::UNKNOWN),
        ];
        self.short_radios(name, words, &OPTIONS)
    }

    pub fn select(&self, name: &str, words: fr::Words, options: &[Choice<'_>]) -> Markup {
        select(&Select {
            name,
            label: words.label,
            hint: words.hint,
            blank: fr::NOT_ANSWERED,
            options,
            chosen: self.value(name),
            error: self.error(name),
        })
    }

    pub fn checkbox(&self, name: &str, words: fr::Words) -> Markup {
        checkbox(&Checkbox {
            name,
            label: words.label,
            hidden: "",
            hint: words.hint,
            checked: self.fields.is(name, "oui"),
        })
    }
}

fn default_hint(expects: Expects) -> &'static str {
    match expects {
        Expects::Date => fr::DATE_HINT,
        Expects::Month => fr::MONTH_HINT,
        Expects::Words | Expects::Money | Expects::Number => "",
    }
}

fn default_unit(expects: Expects) -> &'static str {
    match expects {
        Expects::Money => fr::EUROS_A_MONTH,
        Expects::Words | Expects::Date | Expects::Month | Expects::Number => "",
    }
}

/// Choices out of the string file.
pub fn choices<'a>(words: &[(&'a str, &'a str)]) -> Vec<Choice<'a>> {
    words.iter().map(|(value, label)| Choice::new(value, label)).collect()
}
