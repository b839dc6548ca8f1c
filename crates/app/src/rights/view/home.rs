//! Step 5: the home.

use maud::{Markup, html};
use web::components::choice::{Choice, Follow, asks};
use web::components::field::Expects;
use web::components::notice::{Tone, notice};

use super::form::{Asking, choices};
use crate::rights::fr;
use crate::rights::model::home::{CHOSEN, COMMUNE, Place, place};

pub fn questions(asking: Asking<'_>) -> Markup {
    html! {
        (commune(asking))
        (dwelling(asking))
    }
}

pub fn dwelling(asking: Asking<'_>) -> Markup {
    html! {
        (status(asking))
        (asking.boxed(Expects::Month, "h.since", fr::HOME_SINCE))
    }
}

pub fn commune(asking: Asking<'_>) -> Markup {
    let place = place(asking.fields);
    html! {
        div .asks {
            (asking.sure(Expects::Words, COMMUNE, fr::COMMUNE.label, fr::COMMUNE.hint))
            (asking.checkbox("h.commune-unknown", fr::COMMUNE_UNKNOWN))
            @match place {
                Place::Several(communes) => {
                    @let words: Vec<_> = communes.iter().map(|it| (it.code, it.label())).collect();
                    @let options: Vec<_> = words.iter().map(|(code, label)| Choice::new(code, label)).collect();
                    (asking.radios(CHOSEN, fr::WHICH_COMMUNE, &options))
                }
                Place::Found(commune) => {
                    @if asking.value(CHOSEN) == commune.code {
                        input type="hidden" name=(CHOSEN) value=(commune.code);
                    }
                    p .hint { (fr::commune_found(&commune)) }
                    @if commune.zone().is_none() {
                        (notice(Tone::Attention, &html! { p { (fr::ZONE_UNKNOWN) } }))
                    }
                }
                Place::NotAnswered | Place::DoesNotKnow | Place::NotFound => {}
            }
        }
    }
}

fn status(asking: Asking<'_>) -> Markup {
    let options: Vec<Choice<'_>> = fr::STATUSES
        .iter()
        .map(|(value, label, hint)| Choice {
            value,
            label,
            hint,
            opens: match *value {
                "locataire_foyer" => "b",
                "logé_gratuitement" => "c",
                "sans_domicile" | "propriétaire" | "inconnu" => "",
                _ => "a",
            },
        })
        .collect();
    let hostel = html! {
        (asking.select("h.hostel", fr::HOSTEL, &choices(&fr::HOSTELS)))
        (asking.boxed(Expects::Money, "h.rent-hostel", fr::RENT_HOSTEL))
    };
    asks(
        &asking.radios("h.status", fr::STATUS, &options),
        &[
            Follow { opened_by: "a", body: tenant(asking) },
            Follow { opened_by: "b", body: hostel },
            Follow { opened_by: "c", body: asking.yes_no("h.contribution", fr::CONTRIBUTION) },
        ],
    )
}

fn tenant(asking: Asking<'_>) -> Markup {
    let room_elder = asking.yes_no("h.room-elder", fr::ROOM_ELDER);
    let yes_no = [
        Choice::new("oui", fr::YES).opens("a"),
        Choice::new("non", fr::NO),
        Choice::new("inconnu", fr::UNKNOWN),
    ];
    html! {
        (asking.boxed(Expects::Money, "h.rent", fr::RENT))
        (asking.yes_no("h.shared", fr::SHARED))
        (asks(
            &asking.short_radios("h.room", fr::ROOM, &yes_no),
            &[Follow { opened_by: "a", body: room_elder }],
        ))
        (asking.yes_no("h.family-owner", fr::FAMILY_OWNER))
    }
}
