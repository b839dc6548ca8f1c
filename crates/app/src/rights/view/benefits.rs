//! Step 4: what the family already receives.

use maud::{Markup, html};
use web::components::choice::{Choice, Follow, asks};
use web::components::field::Expects;
use web::components::notice::{Tone, notice};

use super::form::Asking;
use super::income::{before, rows};
use crate::rights::fr;
use crate::rights::model::Step;
use crate::rights::model::catalog::{Amount, BENEFITS, Benefit};

pub fn questions(asking: Asking<'_>) -> Markup {
    let period = asking.answers.period;
    let (legend, words) = fr::benefits_rest(period.month);
    let rest: Vec<Choice<'_>> =
        words.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        fieldset #b tabindex="-1" {
            legend .visually-hidden { (fr::BENEFITS_QUESTION) }
            div .list { @for benefit in BENEFITS { (one(asking, benefit)) } }
        }
        (asking.radios("b.rest", fr::Words { label: &legend, hint: "" }, &rest))
        (notice(Tone::Info, &html! { p { (fr::benefits_note(period.month)) } }))
    }
}

fn one(asking: Asking<'_>, benefit: &Benefit) -> Markup {
    let name = format!("b.{}", benefit.key);
    let amounts = [Amount { key: "net", fact: benefit.fact }];
    let body = html! {
        (rows(asking, &name, benefit.key, &amounts, Step::Benefits))
        (before(asking, &name, asking.answers.period.benefits_from()))
        @if benefit.key == "housing" {
            (asking.boxed(Expects::Month, "b.housing.first", fr::HOUSING_FIRST))
        }
        (asking.checkbox(&format!("{name}.unknown"), fr::AMOUNT_UNKNOWN))
    };
    asks(&asking.checkbox(&name, fr::benefit(benefit.key)), &[Follow { opened_by: "", body }])
}
