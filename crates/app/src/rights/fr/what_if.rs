//! The words of « et si… ».

use base::{Month, Rational};
use web::form::Fields;
use web::format;

use super::Words;
use crate::rights::model::facts::Who;
use crate::rights::what_if::{Event, Side};

pub const WHAT_IF_TITLE: &str = "Et si…";
pub const WHAT_IF_LEAD: &str =
    "Choisissez un évènement. Tandem compare les droits sur trois ans, sans lui et avec lui.";
pub const EVENT: Words<'static> = Words { label: "Que pourrait-il arriver ?", hint: "" };
pub const EVENT_MONTH: &str = "À partir de (mois)";
pub const EVENT_WHO: Words<'static> = Words { label: "Pour qui ?", hint: "" };
pub const JOB_PAY: &str = "Salaire : montant net social";
pub const JOB_TAXABLE_HINT: &str = "Facultatif : sans lui, Tandem l’estime.";
pub const LOSS_BENEFIT: &str = "Allocation chômage attendue";
pub const LOSS_HINT: &str = "Écrivez 0 s’il n’y en aura pas. Sans réponse, rien n’est supposé.";
pub const MOVE_RENT: &str = "Nouveau loyer, sans les charges";
pub const MOVE_COMMUNE: &str = "Nouvelle commune ou code postal";
pub const MOVE_COMMUNE_HINT: &str = "Laissez vide pour rester dans la même commune.";
pub const MOVE_STATUS: Words<'static> = Words {
    label: "Nouveau logement",
    hint: "Laissez vide si c’est la même sorte de logement.",
};
pub const MOVE_POSTCODE: &str = "Plusieurs communes portent ce nom : écrivez le code postal.";
pub const LEAVER: Words<'static> = Words { label: "Qui quitte le logement ?", hint: "" };
pub const NEW_RENT: &str = "Loyer de la personne qui part, sans les charges";
pub const NEW_COMMUNE: &str = "Sa commune ou son code postal";
pub const NEW_STATUS: Words<'static> = Words { label: "Son logement", hint: "" };
pub const ORDINARY_HOME: &str = "Le nouveau logement est supposé ordinaire : ni colocation, ni chambre, ni logement d’un proche. \
     Le nouveau foyer n’a encore reçu aucune aide.";
pub const CUSTODY_AFTER: [(&str, &str); 3] = [
    ("stays", "Avec le parent qui reste"),
    ("leaves", "Avec le parent qui part"),
    ("shared", "En résidence alternée"),
];
pub const NEWBORN: &str = "l’enfant à naître";
pub const NEWBORN_NAME: &str = "Prénom (facultatif)";
pub const BIRTH_DATE: &str = "Date prévue de la naissance";
pub const COMPARE: &str = "Comparer";
pub const NEW_HOME: &str = "nouveau foyer";

pub fn custody_of(name: &str) -> String {
    format!("Où vivra {name} ?")
}

pub fn event(event: Event) -> &'static str {
    match event {
        Event::Job => "Un emploi",
        Event::JobLoss => "La perte d’un emploi",
        Event::Move => "Un déménagement",
        Event::Separation => "Une séparation",
        Event::Birth => "Une naissance",
    }
}

/// The event with its figures, above the comparison.
pub fn event_title(event: Event, fields: &Fields) -> String {
    let name = |field: &str| {
        let who = fields.get(field).and_then(Who::parse).unwrap_or(Who::Adult(1));
        super::person_name(fields, who)
    };
    let euros = |field: &str| fields.get(field).map(super::euros).unwrap_or_default();
    match event {
        Event::Job => {
            format!("Un emploi à {} par mois pour {}", euros("x.job.pay"), name("x.job.who"))
        }
        Event::JobLoss => format!("La perte d’un emploi pour {}", name("x.loss.who")),
        Event::Move => format!("Un déménagement, loyer de {}", euros("x.move.rent")),
        Event::Separation => {
            format!("Une séparation, {} quitte le logement", name("x.separation.who"))
        }
        Event::Birth => "Une naissance".to_owned(),
    }
}

/// What this event supposes besides the months to come.
pub fn supposed(event: Event, fields: &Fields) -> Option<String> {
    match event {
        Event::Job if fields.get("x.job.taxable").is_none() => Some(
            "Le net imposable de l’emploi est supposé égal à 103,6 % du montant net social."
                .to_owned(),
        ),
        Event::Move if fields.get("x.move.commune").is_none() => {
            Some("Le nouveau logement est supposé dans la même commune.".to_owned())
        }
        Event::Job | Event::Move | Event::JobLoss | Event::Separation | Event::Birth => None,
    }
}

pub const WITHOUT: &str = "Sans l’évènement";
pub const WITH: &str = "Avec l’évènement";
pub const GAINED: &str = "Ce qui est gagné";
pub const LOST: &str = "Ce qui est perdu";
pub const NOTHING_GAINED: &str = "Aucune aide n’augmente.";
pub const NOTHING_LOST: &str = "Aucune aide ne baisse.";
pub const SIDES_TABLE: &str = "Chaque aide, en tout sur la période";
pub const AID_COLUMN: &str = "Aide";
pub const DIFFERENCE: &str = "Écart";
pub const SINCE_WHEN: &str = "À partir de";
pub const ASKED: &str = "Il manque encore";
pub const ASKED_HINT: &str = "Ces réponses ne servent que sur cette page.";
pub const PARTIAL: &str = "Les mois où il manque une réponse ne sont pas comptés.";
pub const AFTER_EVENT: &str = "Ensuite, mois par mois";

pub fn sides_period(first: Month, last: Month) -> String {
    format!("{} à {}", super::upper_first(&format::of_month(first)), format::month(last))
}

/// The balance of aids and pay over the period.
pub fn balance(gained: Rational, lost: Rational, earned: Option<Rational>) -> Vec<String> {
    let Some(aids) = gained.checked_sub(lost) else { return Vec::new() };
    let mut res = vec![match (aids.is_zero(), aids.is_negative()) {
        (true, _) => "Les aides ne changent pas, en tout.".to_owned(),
        (_, true) => format!("{} d’aides en moins sur la période.", size(aids)),
        (_, false) => format!("{} d’aides en plus sur la période.", size(aids)),
    }];
    if let Some(earned) = earned.filter(|it| !it.is_zero()) {
        let more = if earned.is_negative() { "en moins" } else { "en plus" };
        res.push(format!("{} de revenus {more}.", size(earned)));
        if let Some(all) = aids.checked_add(earned) {
            let more = if all.is_negative() { "en moins" } else { "en plus" };
            res.push(format!("Au total, {} {more} sur la période.", size(all)));
        }
    }
    res
}

fn size(amount: Rational) -> String {
    format::money(if amount.is_negative() {
        amount.checked_neg().unwrap_or(amount)
    } else {
        amount
    })
}

/// « Prime d’activité : 1 200,00 €, à partir de mars 2027 ».
pub fn side(side: &Side, amount: Rational) -> String {
    match side.first {
        Some(first) => format!(
            "{} : {}, à partir {}",
            side.aid,
            format::money(amount),
            format::of_month(first)
        ),
        None => format!("{} : {}", side.aid, format::money(amount)),
    }
}

pub fn unknown_aids(names: &[String]) -> String {
    format!("Pas encore calculable avec l’évènement : {}.", super::listed(names))
}

/// With its sign: a difference.
pub fn signed(amount: Rational) -> String {
    let plus = !amount.is_negative() && !amount.is_zero();
    format!("{}{}", if plus { "+" } else { "" }, format::money(amount))
}

pub fn to_fill(what: &str) -> String {
    format!("{what} : remplissez cette case.")
}

pub fn not_to_come(what: &str, month: Month) -> String {
    format!("{what} : choisissez un mois après {}.", format::month(month))
}

pub fn too_far(what: &str) -> String {
    format!("{what} : c’est au-delà des trois ans étudiés.")
}
