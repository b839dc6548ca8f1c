//! One sentence for one aid.

use law_ir::{Entity, Type, Value};
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
        match fact.state {
            MissingState::Unknown => words.push_str(" (réponse : ne sait pas)"),
            MissingState::NotApplicable => words.push_str(" (réponse : sans objet)"),
            MissingState::NotAsked | MissingState::Elsewhere => {}
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
            let ty = reader.book.rule(aid.aid).map_or(Type::Unknown, |it| it.ty);
            let amount = aid.amount.map(|it| reader.write(Value::Number(it), ty));
            let amount = amount.unwrap_or_default();
            if aid.reserves.is_empty() {
                format!("{amount} en {month}.")
            } else {
                let reserves = aid.reserves.join(" ; ");
                format!("{amount} en {month}, sous réserve de vérifier : {reserves}.")
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
        Status::Impossible => match &aid.fault {
            Some(fault) => format!("Calcul impossible en {month} : {fault}."),
            None => format!("Calcul impossible en {month}."),
        },
    }
}
