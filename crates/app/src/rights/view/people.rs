//! Step 1: who lives here.

use maud::{Markup, html};
use web::components::button::{Button, Kind, button};
use web::components::choice::{Choice, Follow, asks};
use web::components::details::{Details, details};
use web::components::field::Expects;
use web::components::fieldset::{Fieldset, fieldset};
use web::components::icon::Icon;

use super::form::{Asking, choices};
use crate::rights::fr;
use crate::rights::model::facts::Who;
use crate::rights::model::{COUPLE, MAX_CHILDREN, MONTH, Step, present_children};

pub fn questions(asking: Asking<'_>) -> Markup {
    html! {
        (adult(asking, Who::Adult(1), fr::PERSON))
        (couple_question(asking))
        (children(asking))
        (studied_month(asking))
    }
}

fn adult(asking: Asking<'_>, who: Who, legend: &str) -> Markup {
    let body = html! {
        div .row {
            (asking.sure(Expects::Words, &format!("p.{who}.name"), fr::NAME, ""))
            (asking.boxed(Expects::Date, &format!("p.{who}.birth"), fr::BIRTH))
        }
        (activity(asking, who))
        (nationality(asking, who))
        (pregnancy(asking, who))
    };
    fieldset(&Fieldset { id: &format!("p.{who}"), legend, hint: "", body, framed: true })
}

/// Who is there, and nothing else: the first page of the interview.
pub fn composition(asking: Asking<'_>) -> Markup {
    html! {
        (identity(asking, Who::Adult(1), fr::PERSON))
        (asks(
            &couple_radios(asking),
            &[Follow { opened_by: "b", body: identity(asking, Who::Adult(2), fr::PARTNER) }],
        ))
        (children(asking))
    }
}

fn identity(asking: Asking<'_>, who: Who, legend: &str) -> Markup {
    let body = html! {
        div .row {
            (asking.sure(Expects::Words, &format!("p.{who}.name"), fr::NAME, ""))
            (asking.boxed(Expects::Date, &format!("p.{who}.birth"), fr::BIRTH))
        }
    };
    fieldset(&Fieldset { id: &format!("p.{who}"), legend, hint: "", body, framed: true })
}

pub fn pregnancy(asking: Asking<'_>, who: Who) -> Markup {
    let name = format!("p.{who}.pregnant");
    asking.short_radios(&name, fr::PREGNANT, &choices(&fr::PREGNANT_CHOICES))
}

pub fn activity(asking: Asking<'_>, who: Who) -> Markup {
    let name = format!("p.{who}.activity");
    let options: Vec<Choice<'_>> = fr::ACTIVITIES
        .iter()
        .map(|(value, label)| {
            Choice::new(value, label).opens(match *value {
                "au_chômage" => "a",
                "en_études" => "b",
                _ => "",
            })
        })
        .collect();
    let jobless = asking.boxed(Expects::Date, &format!("p.{who}.jobless-since"), fr::JOBLESS_SINCE);
    let scholarship = asking.yes_no(&format!("p.{who}.scholarship"), fr::SCHOLARSHIP);
    html! {
        div .row {
            (asks(
                &asking.select(&name, fr::ACTIVITY, &options),
                &[
                    Follow { opened_by: "a", body: jobless },
                    Follow { opened_by: "b", body: scholarship },
                ],
            ))
            (asking.boxed(Expects::Month, &format!("p.{who}.activity-since"), fr::ACTIVITY_SINCE))
        }
    }
}

pub fn nationality(asking: Asking<'_>, who: Who) -> Markup {
    let options: Vec<Choice<'_>> = fr::NATIONALITIES
        .iter()
        .map(|(value, label)| {
            Choice::new(value, label).opens(match *value {
                "européenne" => "a",
                "autre_nationalité" => "b",
                _ => "",
            })
        })
        .collect();
    let question = asking.select(&format!("p.{who}.nationality"), fr::NATIONALITY, &options);
    let arrival = asking.boxed(Expects::Date, &format!("p.{who}.arrival"), fr::ARRIVAL);
    let permit = html! {
        (asking.yes_no(&format!("p.{who}.permit"), fr::PERMIT))
        (asking.boxed(Expects::Date, &format!("p.{who}.permit-since"), fr::PERMIT_SINCE))
        (asking.yes_no(&format!("p.{who}.permit-exempt"), fr::PERMIT_EXEMPT))
    };
    asks(
        &question,
        &[Follow { opened_by: "a", body: arrival }, Follow { opened_by: "b", body: permit }],
    )
}

fn couple_radios(asking: Asking<'_>) -> Markup {
    let options: Vec<Choice<'_>> = fr::COUPLE_CHOICES
        .iter()
        .map(|(value, label, hint)| Choice {
            value,
            label,
            hint,
            opens: if *value == "alone" { "a" } else { "b" },
        })
        .collect();
    asking.radios(COUPLE, fr::COUPLE, &options)
}

fn couple_question(asking: Asking<'_>) -> Markup {
    asks(
        &couple_radios(asking),
        &[
            Follow { opened_by: "a", body: alone(asking) },
            Follow { opened_by: "b", body: adult(asking, Who::Adult(2), fr::PARTNER) },
        ],
    )
}

pub fn alone(asking: Asking<'_>) -> Markup {
    let options = [
        Choice::new("always", fr::ALONE_ALWAYS),
        Choice::new("since", fr::ALONE_SINCE_DATE).opens("a"),
        Choice::new("inconnu", fr::UNKNOWN),
    ];
    let since = asking.boxed(Expects::Date, "p.alone-date", fr::ALONE_SINCE);
    asks(&asking.radios("p.alone", fr::ALONE, &options), &[Follow { opened_by: "a", body: since }])
}

fn children(asking: Asking<'_>) -> Markup {
    let ranks = present_children(asking.fields);
    let next = (1..=MAX_CHILDREN).find(|n| !ranks.contains(n));
    let body = html! {
        @for (place, n) in ranks.iter().enumerate() { (child(asking, *n, place + 1)) }
        @if let Some(n) = next {
            // The page that comes opens on the box of the new child.
            @let there = asking.row_address(Step::People, &format!("p.e{n}.name"));
            (button(&Button::new(Kind::Secondary, fr::ADD_CHILD)
                .to(&there).sends("do", "add-child").icon(Icon::Plus).in_place()))
        }
    };
    fieldset(&Fieldset {
        id: "enfants",
        legend: fr::CHILDREN,
        hint: fr::CHILDREN_HINT,
        body,
        framed: false,
    })
}

fn child(asking: Asking<'_>, n: u8, place: usize) -> Markup {
    let who = Who::Child(n);
    let here = asking.row_address(Step::People, "enfants");
    let remove = format!("remove-{who}");
    let legend = fr::child_title(place);
    let body = html! {
        input type="hidden" name={ "p." (who) ".here" } value="oui";
        div .row {
            (asking.sure(Expects::Words, &format!("p.{who}.name"), fr::NAME, ""))
            (asking.boxed(Expects::Date, &format!("p.{who}.birth"), fr::BIRTH))
        }
        (asking.preset_radios(
            &format!("p.{who}.custody"),
            fr::CUSTODY,
            &choices(&fr::CUSTODY_CHOICES),
            "full",
        ))
        (button(&Button::new(Kind::Link, fr::REMOVE_CHILD)
            .hidden(&legend).to(&here).sends("do", &remove).in_place()))
    };
    fieldset(&Fieldset { id: &format!("p.{who}"), legend: &legend, hint: "", body, framed: true })
}

fn studied_month(asking: Asking<'_>) -> Markup {
    let wrong = asking.error(MONTH).is_some();
    let body = asking.sure(Expects::Month, MONTH, fr::STUDIED_MONTH, fr::MONTH_HINT);
    details(&Details { summary: fr::CHANGE_MONTH, hidden: "", body, open: wrong })
}
