//! The words of the budget curve, and of what would change.

use base::Rational;
use law::projection::Range;
use web::format;

use super::Words;
use crate::rights::budget::Along;

pub const BUDGET_TITLE: &str = "Si les revenus changeaient";
pub const BUDGET_LEAD: &str =
    "Voici ce qui reste chaque mois, aides comprises, quand un seul chiffre change.";
pub const ALONG: Words<'static> = Words { label: "Qu’est-ce qui change ?", hint: "" };
pub const ALONG_WHO: Words<'static> = Words { label: "Le salaire de qui ?", hint: "" };
pub const DRAW: &str = "Tracer";
pub const WITHOUT_AIDS: &str = "Revenus sans les aides";
pub const JUMPS: &str = "Là où l’on gagne moins en gagnant plus";
pub const NO_JUMP: &str = "Nulle part : chaque euro de plus laisse quelque chose.";
pub const CURVE_TABLE: &str = "Les chiffres de la courbe";
pub const CURVE_MARKS: &str = "Les numéros renvoient aux phrases sous la courbe.";
pub const CURVE_MISSING: &str =
    "Il manque des réponses pour tracer la courbe. Répondez d’abord question par question.";
pub const FLIPS: &str = "Ce qui changerait";
pub const FLIPS_HINT: &str = "Un seul changement à la fois, le reste étant ce qu’il est.";
pub const NO_FLIP: &str = "Aucun changement simple n’augmenterait les aides de ce mois-là.";

pub fn along(along: Along) -> &'static str {
    match along {
        Along::Earnings => "Le salaire",
        Along::Rent => "Le loyer",
        Along::Age => "L’âge du plus jeune enfant",
    }
}

pub fn across(along: Along) -> &'static str {
    match along {
        Along::Earnings => "Salaire net par mois",
        Along::Rent => "Loyer par mois, sans les charges",
        Along::Age => "Âge du plus jeune enfant",
    }
}

pub fn available(along: Along) -> &'static str {
    match along {
        Along::Earnings => "Salaire et aides, ensemble",
        Along::Rent | Along::Age => "Revenus et aides, ensemble",
    }
}

pub fn curve_columns(along: Along) -> Vec<String> {
    let all: &[&str] = match along {
        Along::Earnings => &["Salaire", "Aides", "Disponible"],
        Along::Rent => &["Loyer", "Revenus", "Aides", "Disponible"],
        Along::Age => &["Âge", "Revenus", "Aides", "Disponible"],
    };
    all.iter().map(|it| (*it).to_owned()).collect()
}

/// A round number on an axis.
pub fn tick(along: Along, at: Rational) -> String {
    match along {
        Along::Earnings | Along::Rent => format::money(at).replace(",00", ""),
        Along::Age => age(at),
    }
}

/// Years, and months when there are some.
pub fn age(at: Rational) -> String {
    let months = at.checked_mul(Rational::from(12)).map_or(0, Rational::numerator);
    let (years, months) = (months / 12, months % 12);
    let years = match years {
        0 if months > 0 => return format!("{months} mois"),
        0 => return "naissance".to_owned(),
        1 => "1 an".to_owned(),
        n => format!("{n} ans"),
    };
    if months == 0 { years } else { format!("{years} et {months} mois") }
}

/// The whole curve in one sentence.
pub fn curve_told(
    along: Along,
    range: Range,
    first: Rational,
    last: Rational,
    jumps: usize,
) -> String {
    let jumps = match jumps {
        0 => "sans baisse".to_owned(),
        1 => "avec une baisse".to_owned(),
        n => format!("avec {n} baisses"),
    };
    format!(
        "{} : il reste {} à {}, et {} à {}, {jumps}.",
        across(along),
        format::money(first),
        along.words(range.from),
        format::money(last),
        along.words(range.to),
    )
}

/// Many small steps down, in one sentence.
pub fn stairs(
    along: Along,
    aid: &str,
    because: Option<&str>,
    (first, last): (Rational, Rational),
    (count, most): (usize, Rational),
) -> String {
    let because = because.map(|it| format!(", à cause de « {it} »")).unwrap_or_default();
    format!(
        "{aid} : entre {} et {}, elle baisse {count} fois par petites marches{because}. \
         À chaque marche, il reste jusqu’à {} de moins.",
        along.words(first),
        along.words(last),
        format::money(most)
    )
}

pub fn stairs_title(aid: &str) -> String {
    format!("{aid} : toutes les marches")
}

pub fn stairs_columns(along: Along) -> Vec<String> {
    let at = match along {
        Along::Earnings => "À ce salaire",
        Along::Rent => "À ce loyer",
        Along::Age => "À cet âge",
    };
    [at, "L’aide baisse de", "Il reste de moins"].map(str::to_owned).into()
}

pub const READ_ARTICLE: &str = "Lire l’article";

/// What a person can do, and what it brings.
pub fn flip(how: &str, sentence: &str) -> String {
    let sentence = super::sentence(sentence);
    if how.is_empty() { sentence } else { format!("{} {sentence}", super::sentence(how)) }
}
