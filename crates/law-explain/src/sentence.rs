//! One sentence for one aid.

use law_ir::Entity;
use law_reference::{AidResult, MissingState, Status};

use crate::reader::Reader;
use crate::{WhyNot, format};

/// The facts that are missing, in words, each once.
pub(crate) fn missing(reader: &Reader<'_>, aid: &AidResult) -> Vec<String> {
    let mut res: Vec<String> = Vec::new();
    for fact in &aid.missing {
        let Some(input) = fact.input.and_then(|it| reader.book.input(it)) else {
            let who = reader.about(Entity::Person, fact.instance);
            res.push(format!("les revenus du foyer fiscal auquel {who} est rattaché·e"));
            continue;
        };
        let mut words = input.label.clone();
        let who = reader.about(input.entity, fact.instance);
        if !who.is_empty() {
            words = format!("{words} — {who}");
        }
        if fact.first != fact.last || fact.first != reader.month {
            words = format!("{words}, {}", format::months(fact.first, fact.last));
        }
        if fact.state == MissingState::Unknown {
            words = format!("{words} (réponse : ne sait pas)");
        }
        if !res.contains(&words) {
            res.push(words);
        }
    }
    res
}

pub(crate) fn sentence(
    reader: &Reader<'_>,
    aid: &AidResult,
    why_not: &[WhyNot],
    missing: &[String],
) -> String {
    let month = format::month(reader.month);
    match aid.status {
        Status::Due => {
            let amount = aid.amount.map(format::money).unwrap_or_default();
            if aid.reserves.is_empty() {
                format!("{amount} par mois en {month}.")
            } else {
                format!(
                    "{amount} par mois en {month}, sous réserve de vérifier : {}.",
                    aid.reserves.join(" ; ")
                )
            }
        }
        Status::NotDue => match why_not.first() {
            Some(first) if first.sentence.is_empty() => {
                format!("Pas de droit en {month} : il faut {}.", first.condition)
            }
            Some(first) => {
                format!(
                    "Pas de droit en {month} : il faut {} ({}).",
                    first.condition, first.sentence
                )
            }
            None => format!("Pas de droit en {month}."),
        },
        Status::Incomplete => match missing {
            [] => "À compléter.".to_owned(),
            [only] => format!("À compléter : il manque {only}."),
            [first, rest @ ..] if rest.len() == 1 => {
                format!("À compléter : il manque {first}, et une autre réponse.")
            }
            [first, rest @ ..] => {
                format!("À compléter : il manque {first}, et {} autres réponses.", rest.len())
            }
        },
    }
}
