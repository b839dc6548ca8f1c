//! Step 2: what comes in.

use base::Month;
use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::choice::{Choice, Follow, asks};
use web::components::field::Expects;
use web::components::fieldset::{Fieldset, fieldset};
use web::components::icon::Icon;

use super::form::Asking;
use crate::rights::fr;
use crate::rights::model::catalog::{Amount, Income, SAVINGS};
use crate::rights::model::facts::Who;
use crate::rights::model::income::{MAX_ROWS, asked_of, asks_hours};
use crate::rights::model::{Person, Step, typed};

pub fn questions(asking: Asking<'_>) -> Markup {
    let month = asking.answers.period.month;
    let people = asking.answers.household.people.iter().filter(|it| it.may_earn(month));
    html! { @for person in people { (of_person(asking, person)) } }
}

fn of_person(asking: Asking<'_>, person: &Person) -> Markup {
    let who = person.who;
    let body = html! {
        (incomes(asking, who))
        @if matches!(who, Who::Adult(_)) {
            (savings(asking, who))
            @if asks_hours(person, asking.answers.period.month) { (hours(asking, who)) }
        }
        @if person.asks_incapacity(asking.answers.period.month) {
            (handicap(asking, who))
        }
    };
    let legend = asking.name(who);
    fieldset(&Fieldset { id: &format!("i.{who}"), legend: &legend, hint: "", body, framed: true })
}

/// What has come in, and the sentence that speaks for the rest.
pub fn incomes(asking: Asking<'_>, who: Who) -> Markup {
    let from = match who {
        Who::Adult(_) => asking.answers.period.amounts_from(),
        Who::Child(_) => asking.answers.period.everything_from(),
    };
    let (legend, words) = fr::income_rest(who, from);
    let rest: Vec<Choice<'_>> =
        words.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        div .list {
            @for income in asked_of(who) { (one_income(asking, who, income)) }
            @if matches!(who, Who::Adult(_)) { (profit(asking, who)) }
        }
        (asking.radios(&format!("i.{who}.rest"), fr::Words { label: &legend, hint: "" }, &rest))
    }
}

pub fn handicap(asking: Asking<'_>, who: Who) -> Markup {
    asking.yes_no(&format!("i.{who}.incapacity"), fr::INCAPACITY)
}

fn one_income(asking: Asking<'_>, who: Who, income: &Income) -> Markup {
    let name = format!("i.{who}.{}", income.key);
    let from = match who {
        Who::Adult(_) => asking.answers.period.amounts_from(),
        Who::Child(_) => asking.answers.period.everything_from(),
    };
    let words = fr::income(income.key);
    let body = html! {
        (rows(asking, &name, income.key, income.amounts, Step::Income))
        (before(asking, &name, from))
        @if income.key == "sick" {
            (asking.boxed(Expects::Date, &format!("{name}.stop"), fr::SICK_STOP))
        }
        (asking.checkbox(&format!("{name}.unknown"), fr::AMOUNT_UNKNOWN))
    };
    asks(&asking.checkbox(&name, words), &[Follow { opened_by: "", body }])
}

/// One row an amount: how much, since when.
pub fn rows(asking: Asking<'_>, name: &str, key: &str, amounts: &[Amount], step: Step) -> Markup {
    let filled = (1..=MAX_ROWS)
        .filter(|n| asking.fields.iter().any(|(it, _)| it.starts_with(&format!("{name}.{n}."))))
        .max()
        .unwrap_or(0);
    let asked = asking.value(&format!("{name}.rows")).parse().unwrap_or(0);
    let count = filled.max(asked).clamp(1, MAX_ROWS);
    let first = fr::first_amount(name);
    let there = asking.row_address(step, &format!("{name}.{}.{first}", count + 1));
    let add = format!("add-row:{name}");
    html! {
        @if count > 1 { input type="hidden" name={ (name) ".rows" } value=(count); }
        @for n in 1..=count {
            div .row .amount-row {
                @for amount in amounts {
                    (asking.sure(
                        Expects::Money,
                        &format!("{name}.{n}.{}", amount.key),
                        fr::amount(key, amount.key),
                        "",
                    ))
                }
                @let hint = if n == 1 { fr::MONTH_HINT } else { "" };
                (asking.sure(Expects::Month, &format!("{name}.{n}.since"), fr::SINCE, hint))
            }
        }
        @if count < MAX_ROWS {
            (button(&Button::new(Kind::Link, fr::ADD_ROW).to(&there).sends("do", &add)
                .icon(Icon::Plus).in_place()))
        }
    }
}

/// What came before the first row, unless that row already reaches the first month asked about.
pub fn before(asking: Asking<'_>, name: &str, from: Month) -> Markup {
    let rows = (1..=MAX_ROWS).filter_map(|n| asking.fields.get(&format!("{name}.{n}.since")));
    if rows.filter_map(|it| typed::month(it).ok()).any(|since| since <= from) {
        return html! {};
    }
    let words = fr::before_choices(from);
    let options: Vec<Choice<'_>> =
        words.iter().map(|(value, label)| Choice::new(value, label)).collect();
    asking.short_radios(
        &format!("{name}.before"),
        fr::Words { label: fr::NOTHING_BEFORE, hint: "" },
        &options,
    )
}

fn profit(asking: Asking<'_>, who: Who) -> Markup {
    let name = format!("i.{who}.profit");
    let body = asking.amount(&format!("{name}.amount"), fr::NET, fr::EUROS_A_YEAR, "");
    asks(&asking.checkbox(&name, fr::income("profit")), &[Follow { opened_by: "", body }])
}

pub fn savings(asking: Asking<'_>, who: Who) -> Markup {
    let name = format!("i.{who}.savings");
    let options: Vec<Choice<'_>> = fr::SAVINGS_CHOICES
        .iter()
        .map(|(value, label)| {
            Choice::new(value, label).opens(if *value == "oui" { "a" } else { "" })
        })
        .collect();
    let body = html! {
        @for (key, _) in SAVINGS {
            (asking.amount(&format!("{name}.{key}"), fr::saving(key), fr::EUROS, ""))
        }
    };
    asks(&asking.short_radios(&name, fr::SAVINGS, &options), &[Follow { opened_by: "a", body }])
}

pub fn hours(asking: Asking<'_>, who: Who) -> Markup {
    asking.hinted(Expects::Number, &format!("i.{who}.hours"), fr::HOURS, fr::HOURS_HINT)
}
