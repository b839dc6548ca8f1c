//! The words of the months to come.

use base::{Month, Rational};
use law::projection::{Assumed, Hypothesis, HypothesisKind};
use law::{Entity, Household, Law, Value};
use web::format;

pub const MONTHS_TITLE: &str = "Les mois qui viennent";

pub fn months_lead(first: Month, last: Month) -> String {
    format!(
        "Voici les droits {} à {}, si rien d’autre ne change.",
        format::of_month(first),
        format::month(last)
    )
}

pub const ASSUMED: &str = "Ce que nous supposons";
pub const CHANGES: &str = "Ce qui change, et pourquoi";
pub const NO_CHANGE: &str = "Aucun montant ne change sur la période.";
pub const MONTHS_TABLE: &str = "Les montants, mois par mois";
pub const MONTH_COLUMN: &str = "Mois";
pub const NOT_KNOWN: &str = "à compléter";
pub const SAME_SCALE: &str =
    "La même hauteur vaut la même somme pour toutes les aides. Les numéros renvoient aux phrases.";
pub const OPEN_LANE: &str =
    "En pointillés : il manque une réponse. Des hachures : au moins cette somme.";
pub const NOUGHT_UNCHANGED: &str = "Les autres revenus, nuls aujourd’hui, sont supposés le rester.";
pub const NOTICES_REPEATED: &str =
    "Ce que dit l’avis d’impôt est supposé inchangé les années suivantes.";
pub const YOUNG_WITHOUT_INCOME: &str = "Les enfants qui auront 16 ans sont supposés sans revenu.";
pub const SUPPOSED: &str = "supposé";
pub const SCALE_ASSUMED: &str =
    "Barème supposé inchangé : les valeurs que la loi révisera ne sont pas encore connues.";
pub const SCALE_LIST: &str = "Les valeurs de la loi à revoir d’ici là";

pub fn months_total(amount: &str, open: bool) -> String {
    if open {
        format!("Au moins {amount} en tout sur la période.")
    } else {
        format!("{amount} en tout sur la période.")
    }
}

pub const NO_RIGHT_AT_ALL_MONTHS: &str = "Aucune de ces aides n’est due sur la période.";

pub fn never(names: &[String]) -> String {
    format!("Sans droit sur toute la période : {}.", super::listed(names))
}

/// What is supposed of the months to come, in few sentences.
pub fn hypotheses(
    law: &Law,
    household: &Household,
    all: &[Hypothesis],
    first: Month,
) -> Vec<String> {
    let mut amounts: Vec<String> = Vec::new();
    let (mut computed, mut nought) = (false, false);
    for it in all {
        match it.kind {
            HypothesisKind::AsComputed(_) => computed = true,
            HypothesisKind::Unchanged(Value::Number(amount)) if amount.is_zero() => nought = true,
            HypothesisKind::Unchanged(value) => amounts.extend(carried(law, household, it, value)),
        }
    }
    let from = format::of_month(first.plus(1));
    let mut res = Vec::new();
    if !amounts.is_empty() {
        res.push(format!("Revenus supposés inchangés à partir {from} : {}.", amounts.join(" ; ")));
    }
    if nought {
        res.push(NOUGHT_UNCHANGED.to_owned());
    }
    if computed {
        res.push(format!("Aides supposées versées comme calculé ici, à partir {from}."));
    }
    res
}

/// « montant net social (Nadia), 980,60 € ».
fn carried(law: &Law, household: &Household, it: &Hypothesis, value: Value) -> Option<String> {
    let input = law.book().input(it.input)?;
    let amount = format::money(value.as_number()?);
    let who = match input.entity {
        Entity::Person => household.person(it.instance).map(|it| it.label.as_str()),
        Entity::Family | Entity::TaxHousehold | Entity::Dwelling => None,
    };
    let who = who.map(|who| format!(" ({who})")).unwrap_or_default();
    Some(format!("{}{who}, {amount}", input.label))
}

/// A dated value of the law, used after the day it was to be looked at again.
pub fn assumed(it: &Assumed) -> String {
    match it.first {
        Some(first) => format!("{}, à partir {}", it.label, format::of_month(first)),
        None => it.label.clone(),
    }
}

/// « 412,00 € à partir de mars 2027 ».
pub fn lane_piece(since: Month, amount: Option<Rational>) -> String {
    let amount = amount.map_or(NOT_KNOWN.to_owned(), format::money);
    format!("{amount} à partir {}", format::of_month(since))
}

/// What the lane is worth at both ends.
pub fn lane_summary(first: Option<Rational>, last: Option<Rational>) -> String {
    let words = |it: Option<Rational>| it.map_or(NOT_KNOWN.to_owned(), format::money);
    if first == last { words(first) } else { format!("{} → {}", words(first), words(last)) }
}

pub fn short_month(month: Month) -> String {
    const SHORT: [&str; 12] = [
        "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ];
    let rank = usize::try_from(month.month_of_year() - 1).unwrap_or(0);
    format!("{} {}", SHORT.get(rank).copied().unwrap_or_default(), month.year())
}
