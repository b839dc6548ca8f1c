//! Step 3: the tax notice.

use maud::{Markup, html};
use web::components::choice::Choice;
use web::components::fieldset::{Fieldset, fieldset};

use super::form::{Asking, choices};
use crate::rights::fr;
use crate::rights::model::catalog::{TaxLine, YEARLY_LINES};
use crate::rights::model::facts::Who;
use crate::rights::model::taxes::years;
use crate::rights::model::{Couple, Person};

pub fn questions(asking: Asking<'_>) -> Markup {
    let household = &asking.answers.household;
    html! {
        @for person in household.adults() {
            @for (year, lines) in years(asking.answers.period) {
                (person_year(asking, person, year, &lines))
            }
        }
        (children_returns(asking))
    }
}

fn children_returns(asking: Asking<'_>) -> Markup {
    let household = &asking.answers.household;
    html! {
        @if household.asks_children_returns(asking.answers.period.month) {
            (fieldset(&Fieldset {
                id: "t.children",
                legend: fr::CHILDREN,
                hint: "",
                body: html! { @for child in household.children() { (child_return(asking, child)) } },
                framed: true,
            }))
        }
    }
}

/// On whose return each one is, and nothing else.
pub fn returns(asking: Asking<'_>) -> Markup {
    html! {
        @for person in asking.answers.household.adults() { (own_return(asking, person)) }
        (children_returns(asking))
    }
}

fn child_return(asking: Asking<'_>, child: &Person) -> Markup {
    let separate = asking.answers.household.couple == Some(Couple::Separate);
    let (first, second) = (asking.name(Who::Adult(1)), asking.name(Who::Adult(2)));
    let words = fr::child_tax_return(separate.then_some(second.as_str()), &first);
    let options: Vec<Choice<'_>> =
        words.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let legend = fr::child_return_of(&asking.name(child.who));
    let words = fr::Words { label: &legend, hint: "" };
    asking.preset_radios(&format!("t.{}.return", child.who), words, &options, "first")
}

/// The young may be on their parents' return.
fn own_return(asking: Asking<'_>, person: &Person) -> Markup {
    let young = person.age(asking.answers.period.month).is_some_and(|age| age < 26);
    if !young {
        return html! {};
    }
    let name = format!("t.{}.return", person.who);
    let options = choices(&fr::TAX_RETURN_ADULT);
    let words = fr::Words { label: fr::TAX_RETURN, hint: "" };
    asking.preset_radios(&name, words, &options, "own")
}

fn person_year(asking: Asking<'_>, person: &Person, year: i32, lines: &[&TaxLine]) -> Markup {
    let prefix = format!("t.{}.{year}", person.who);
    let main_year = year == asking.answers.period.tax_year();
    let body = html! {
        @if main_year { (own_return(asking, person)) }
        (year_lines(asking, person.who, year, lines))
    };
    let legend = format!("{}, {}", asking.name(person.who), fr::year_title(year));
    let hint = if main_year { fr::TAX_RETURN_HINT } else { "" };
    fieldset(&Fieldset { id: &prefix, legend: &legend, hint, body, framed: true })
}

/// The lines of one year, and the sentence that speaks for the rest.
pub fn year_lines(asking: Asking<'_>, who: Who, year: i32, lines: &[&TaxLine]) -> Markup {
    let prefix = format!("t.{who}.{year}");
    let main_year = year == asking.answers.period.tax_year();
    let (legend, words) = fr::tax_rest(year);
    let rest: Vec<Choice<'_>> =
        words.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        div .columns {
            @for line in lines { (line_box(asking, &prefix, line.key, year)) }
            @if main_year {
                @for (key, _) in YEARLY_LINES { (line_box(asking, &prefix, key, year)) }
            }
        }
        (asking.radios(&format!("{prefix}.rest"), fr::Words { label: &legend, hint: "" }, &rest))
    }
}

fn line_box(asking: Asking<'_>, prefix: &str, key: &str, year: i32) -> Markup {
    let words = fr::tax_line(key, year);
    asking.amount(&format!("{prefix}.{key}"), &words.label, fr::EUROS_A_YEAR, words.hint)
}
