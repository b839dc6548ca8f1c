//! The names of the language itself.

use crate::{Op, Type};

/// Functions of the language, resolved before the names of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Builtin {
    Min,
    Max,
    Beyond,
    Monthly,
    Yearly,
    InMonths,
    YearsSince,
    MonthsSince,
    YearOf,
    MonthOf,
    FirstOfMonth,
}

pub(super) fn function(name: &str) -> Option<Builtin> {
    Some(match name {
        "min" => Builtin::Min,
        "max" => Builtin::Max,
        "au_delà" => Builtin::Beyond,
        "mensualisé" => Builtin::Monthly,
        "annualisé" => Builtin::Yearly,
        "en_mois" => Builtin::InMonths,
        "ans_révolus" => Builtin::YearsSince,
        "mois_révolus" => Builtin::MonthsSince,
        "année_de" => Builtin::YearOf,
        "mois_de" => Builtin::MonthOf,
        "premier_du_mois" => Builtin::FirstOfMonth,
        _ => return None,
    })
}

/// Names without arguments: what they do, their type, and whether they are about a person.
pub(super) fn name(name: &str) -> Option<(Op, Type, bool)> {
    Some(match name {
        "mois_courant" => (Op::CurrentMonth, Type::Date, false),
        "part" => (Op::Share, Type::NUMBER, true),
        "est_parent" => (Op::IsParent, Type::Bool, true),
        "est_enfant" => (Op::IsChild, Type::Bool, true),
        "est_demandeur" => (Op::IsApplicant, Type::Bool, true),
        "rattaché_ailleurs" => (Op::TaxedElsewhere, Type::Bool, true),
        _ => return None,
    })
}

pub(super) const NAMES: [&str; 17] = [
    "min",
    "max",
    "au_delà",
    "mensualisé",
    "annualisé",
    "en_mois",
    "ans_révolus",
    "mois_révolus",
    "année_de",
    "mois_de",
    "premier_du_mois",
    "mois_courant",
    "part",
    "est_parent",
    "est_enfant",
    "est_demandeur",
    "rattaché_ailleurs",
];

pub(super) fn is_reserved(name: &str) -> bool {
    NAMES.contains(&name)
}
