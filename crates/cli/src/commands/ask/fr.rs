//! Every sentence of the interview.

use base::Month;
use law::unknowns::{AidBounds, Certainty};
use law::{Book, Input, Type, Value, format};

pub const AID: &str = "Aide";
pub const RIGHT: &str = "Droit";
pub const PER_MONTH: &str = "Par mois";
pub const ADULTS: &str =
    "Combien d’adultes y a-t-il dans la famille, vous compris ? (1, ou 2 pour un couple)";
pub const ONE_TAX_RETURN: &str =
    "Faites-vous une seule déclaration de revenus pour le couple ? (oui ou non)";
pub const CHILDREN: &str =
    "Combien d’enfants vivent avec vous, même en alternance ? (0 s’il n’y en a pas)";
pub const NOTHING: &str =
    "Entretien arrêté avant la fin de la composition du foyer : rien n’est calculé.";
pub const CERTAIN: &str = "Droits certains, quelles que soient les réponses qui manquent";
pub const RESERVED: &str = "Droits certains, sous réserve de ce qu’une personne doit vérifier";
pub const POSSIBLE: &str = "Droits possibles";
pub const EXCLUDED: &str = "Pas de droit, quelles que soient les réponses qui manquent";
pub const IMPOSSIBLE: &str = "Aides que les règles ne permettent pas de calculer";
pub const NOT_A_DECISION: &str =
    "\nCe calcul n’est pas une décision : seul l’organisme qui verse l’aide la prend.";
/// Never an answer: not a number, not a word of any list.
pub const UNREADABLE: &str = "\u{fffd}";

pub fn welcome(month: Month) -> String {
    format!(
        "Droits de {}. Répondez à chaque question ; « ? » veut dire « je ne sais pas », « - » arrête l’entretien.\nRien n’est enregistré.\n",
        format::month(month)
    )
}

pub fn adult(rank: usize, adults: usize) -> String {
    match (rank, adults) {
        (_, 1) => "Vous".to_owned(),
        (1, _) => "Demandeur".to_owned(),
        _ => "Conjoint".to_owned(),
    }
}

pub fn child(rank: usize, children: usize) -> String {
    if children == 1 { "Enfant".to_owned() } else { format!("Enfant {rank}") }
}

pub fn birth(who: &str) -> String {
    format!("{who} : date de naissance ? (jour/mois/année)")
}

pub fn half_time(who: &str) -> String {
    format!("{who} : vit-il ou elle la moitié du temps chez son autre parent ? (oui ou non)")
}

pub fn remaining(facts: usize) -> String {
    match facts {
        1 => "Une réponse compte encore.".to_owned(),
        _ => format!("{facts} réponses comptent encore, moins selon ce que vous direz."),
    }
}

pub fn question(
    book: &Book,
    input: &Input,
    asked: &str,
    who: Option<&str>,
    months: Option<(Month, Month)>,
    cases: &[(String, String)],
) -> String {
    let mut res = who.map_or_else(String::new, |who| format!("{who} : "));
    res += asked;
    if let Some((first, last)) = months {
        res += &format!(
            "\n  (le même montant vaudra pour chaque mois, {})",
            format::months(first, last)
        );
    }
    for (rank, (_, label)) in cases.iter().enumerate() {
        res += &format!("\n  {}. {label}", rank + 1);
    }
    res += "\n  ";
    res += &match input.ty {
        Type::Bool => "oui ou non".to_owned(),
        Type::Date => "jour/mois/année".to_owned(),
        Type::Enum(_) => "le numéro ou le nom".to_owned(),
        Type::Number(_) | Type::Zero | Type::Unknown => {
            format!("un nombre, en {}{}", input.ty.describe(book), between(book, input))
        }
    };
    res
}

fn between(book: &Book, input: &Input) -> String {
    match input.bounds {
        Some((low @ Value::Number(_), high @ Value::Number(_))) => {
            let shown = |value| format::value(book, value, input.ty);
            format!(", de {} à {}", shown(low), shown(high))
        }
        _ => String::new(),
    }
}

pub fn certainty(it: Certainty) -> &'static str {
    match it {
        Certainty::Certain => "certain",
        Certainty::Reserved => "certain, sous réserve",
        Certainty::Possible => "possible",
        Certainty::Excluded => "non",
        Certainty::Impossible => "impossible à calculer",
    }
}

/// `153,01 €`, `de 100,00 € à 153,01 €`, `jusqu’à 153,01 €`.
pub fn amount(it: &AidBounds) -> String {
    if matches!(it.certainty, Certainty::Excluded | Certainty::Impossible) {
        return "—".to_owned();
    }
    let low = format::money(it.low);
    match it.high {
        Some(high) if high == it.low => low,
        Some(high) if it.low == base::Rational::ZERO => format!("jusqu’à {}", format::money(high)),
        Some(high) => format!("de {low} à {}", format::money(high)),
        None if it.low == base::Rational::ZERO => "montant inconnu".to_owned(),
        None => format!("au moins {low}"),
    }
}

pub fn right(name: &str, it: &AidBounds) -> String {
    match it.certainty {
        Certainty::Excluded | Certainty::Impossible => format!("  • {name}"),
        Certainty::Certain | Certainty::Reserved | Certainty::Possible => {
            format!("  • {name} : {} par mois", amount(it))
        }
    }
}

pub fn to_check(label: &str) -> String {
    format!("\n      à vérifier : {label}")
}

pub fn still_to_know(labels: &[&str]) -> String {
    const MOST: usize = 6;
    let more = labels.len().saturating_sub(MOST);
    let shown: Vec<_> = labels.iter().take(MOST).copied().collect();
    let rest = match more {
        0 => String::new(),
        1 => ", et une autre réponse".to_owned(),
        _ => format!(", et {more} autres réponses"),
    };
    format!("\n      resterait à savoir : {}{rest}", shown.join(", "))
}

pub fn not_a_number_of_case(text: &str, cases: usize) -> String {
    format!("« {text} » n’est pas dans la liste : donnez un numéro de 1 à {cases}, ou « ? »")
}

pub fn not_a_case(text: &str, near: Option<&str>, cases: usize) -> String {
    let near = near.map_or_else(String::new, |it| format!(" (vouliez-vous dire « {it} » ?)"));
    format!("« {text} » n’est pas dans la liste{near} ; donnez un numéro de 1 à {cases}, ou « ? »")
}

pub fn not_yes_or_no(text: &str) -> String {
    format!("« {text} » : répondez oui, non, ou « ? » si vous ne savez pas")
}

pub fn not_a_count(text: &str, least: usize, most: usize) -> String {
    format!("« {text} » : donnez un nombre de {least} à {most}")
}

pub fn not_a_day(text: &str) -> String {
    format!("« {text} » n’est pas une date : écrivez par exemple 14/06/1991")
}

pub fn not_a_number(text: &str) -> String {
    format!("« {text} » n’est pas un nombre : écrivez par exemple 905,12")
}

pub fn refused(reasons: &[String]) -> String {
    format!("Cette réponse ne peut pas être prise : {}", reasons.join(" ; "))
}
