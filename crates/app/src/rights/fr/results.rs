//! The words of the result.

use base::Month;
use web::format;

use crate::rights::assess::Standing;

pub const FROM_TAX_NOTICE: &str = "avis d’impôt, réparti sur 12 mois";

pub fn result_title(month: Month) -> String {
    format!("Droits et aides en {}", format::month(month))
}

pub const CHANGE_MONTH: &str = "Étudier un autre mois";
pub const RECOMPUTE: &str = "Calculer";
pub const PRINT: &str = "Imprimer";
pub const KEEP_IN_FILE: &str = "Garder ce point dans le dossier";
pub const BACK_TO_FILE: &str = "Revenir au dossier";
pub const ANSWERS: &str = "Vos réponses";
pub const CHANGE: &str = "Modifier";
pub const PER_MONTH: &str = "par mois";
pub const NO_RIGHT: &str = "Aucun droit certain pour l’instant";
pub const NO_RIGHT_HINT: &str =
    "Complétez les réponses ci-dessous : d’autres droits peuvent s’ouvrir.";
pub const NO_RIGHT_AT_ALL: &str = "Aucune de ces aides n’est due ce mois-là";
pub const AT_LEAST: &str = "Au moins";
pub const TOTAL: &str = "En tout";
pub const BEFORE_CRDS: &str = "Les prestations familiales sont données avant la contribution au remboursement \
     de la dette sociale (CRDS, 0,5 %).";

pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Certain => "Certain",
        Standing::ToCheck => "Sous réserve",
        Standing::Incomplete => "Possible",
        Standing::Excluded => "Exclu",
        Standing::Impossible => "Calcul impossible",
    }
}

pub const DUE_TITLE: &str = "Les droits ouverts";
pub const INCOMPLETE_TITLE: &str = "À compléter : les droits possibles";
pub const INCOMPLETE_LEAD: &str =
    "Il manque des réponses pour trancher. Chacune mène à sa question.";
pub const EXCLUDED_TITLE: &str = "Pas de droit ce mois-là";
pub const IMPOSSIBLE_TITLE: &str = "Calcul impossible";
pub const IMPOSSIBLE_LEAD: &str = "Les règles ne permettent pas de trancher pour ce foyer. Demandez à la caisse d’allocations familiales (CAF).";

/// « dont 412,00 € à confirmer ».
pub fn to_check_part(amount: &str) -> String {
    format!("dont {amount} sous réserve d’une vérification")
}

pub fn already_received(amount: &str) -> String {
    format!("D’après vos réponses, le foyer en reçoit déjà {amount}.")
}

pub fn counts(due: usize, incomplete: usize, excluded: usize, impossible: usize) -> String {
    let due = match due {
        0 => "aucun droit ouvert".to_owned(),
        1 => "1 droit ouvert".to_owned(),
        n => format!("{n} droits ouverts"),
    };
    let incomplete = match incomplete {
        0 => String::new(),
        1 => " · 1 droit possible, à compléter".to_owned(),
        n => format!(" · {n} droits possibles, à compléter"),
    };
    let excluded = match excluded {
        0 => String::new(),
        1 => " · 1 exclu".to_owned(),
        n => format!(" · {n} exclus"),
    };
    let impossible = match impossible {
        0 => String::new(),
        1 => " · 1 calcul impossible".to_owned(),
        n => format!(" · {n} calculs impossibles"),
    };
    super::upper_first(&format!("{due}{incomplete}{excluded}{impossible}"))
}

/// The name of an aid, its acronym once.
pub fn aid_title(name: &str, label: &str) -> String {
    match name {
        "rsa" => "Revenu de solidarité active (RSA)".to_owned(),
        "asf" => "Allocation de soutien familial (ASF)".to_owned(),
        "aide_au_logement" => "Aide au logement (APL, ALF ou ALS)".to_owned(),
        _ => super::upper_first(label),
    }
}

/// The name of an aid where there is little room.
pub fn aid_short(name: &str, label: &str) -> String {
    match name {
        "rsa" => "RSA".to_owned(),
        "asf" => "Allocation de soutien familial".to_owned(),
        "aide_au_logement" => "Aide au logement".to_owned(),
        _ => super::upper_first(label),
    }
}

/// « a, b et c ».
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

pub const TO_VERIFY: &str = "À vérifier avec la personne";
pub const MISSING: &str = "Il manque";
pub const MISSING_AMOUNT: &str = "Il manque, pour le montant exact";
pub const MISSING_UNKNOWN: &str = "réponse : je ne sais pas";
pub const CONDITIONS: &str = "Les conditions";
pub const HOW: &str = "Le calcul, du résultat aux réponses";

pub const CONDITION_FAILED: &str = "Condition non remplie :";

/// The shortest why: how many conditions, all met.
pub fn all_met(conditions: usize, reserves: bool) -> String {
    match (conditions, reserves) {
        (0, _) => String::new(),
        (1, false) => "La condition est remplie.".to_owned(),
        (1, true) => "L’autre condition est remplie.".to_owned(),
        (n, false) => format!("Les {n} conditions sont remplies."),
        (n, true) => format!("Les {n} autres conditions sont remplies."),
    }
}

/// One line for several missing answers of the same page.
pub fn missing_year(who: &str, year: &str) -> String {
    format!("Revenus de {year} — {who} (avis d’impôt)")
}

pub fn missing_incomes(who: &str) -> String {
    format!("Revenus mois par mois — {who}")
}

pub const MISSING_BENEFITS: &str = "Aides déjà reçues";

pub const CALCULATION: &str = "Le calcul";
pub const EVERYTHING: &str = "Tout le détail : règles, valeurs, sources";
pub const OF_AID: &str = "de :";
pub const MET: &str = "remplie";
pub const FAILED: &str = "non remplie";
pub const UNDECIDED: &str = "réponse manquante";
pub const TO_CHECK: &str = "à vérifier";
pub const VALUE_SINCE: &str = "depuis le";
pub const CHOSEN: &str = "Lecture retenue :";
pub const REVIEW_PASSED: &str = "à revoir : cette valeur a peut-être changé";
pub const VALUES_MAY_HAVE_CHANGED: &str =
    "Une valeur de la loi a dépassé sa date de révision : un montant a peut-être changé.";
pub const BONUS_WILL_MOVE: &str = "Cette prime compte les aides reçues il y a deux à quatre mois. \
     Elle baissera quand les nouvelles aides auront été versées.";
pub const CHOICE: &str = "Choix d’interprétation :";
pub const RULE: &str = "règle";
pub const PARAMETER: &str = "valeur de la loi";
pub const FACT: &str = "réponse";

pub const NEXT: &str = "Et maintenant ?";
pub const NEXT_STEPS: [&str; 3] = [
    "Demandez les aides ouvertes à la caisse d’allocations familiales (CAF) ou à la mutualité sociale agricole (MSA). Le RSA, la prime d’activité et l’aide au logement comptent à partir de la demande.",
    "Préparez l’avis d’impôt, les fiches de paie, le bail et un relevé d’identité bancaire.",
    "Imprimez cette page, ou enregistrez-la : Tandem ne garde rien.",
];
pub const INFORMS: &str = "Tandem informe. La caisse décide, et sa décision peut être contestée.";

/// « salaire imposable de Nadia, de janvier à décembre 2024 ».
pub fn missing(label: &str, who: Option<&str>, months: (Month, Month), studied: Month) -> String {
    let (first, last) = months;
    let mut res = super::upper_first(label);
    if let Some(who) = who {
        res = format!("{res} — {who}");
    }
    if first == last && first == studied {
        return res;
    }
    format!("{res}, {}", law::format::months(first, last))
}

// What was answered, in the column beside the result and on paper

pub const CHILD: &str = "Enfant";
pub const OTHER_INCOME: &str = "autres revenus";
pub const OTHER_BENEFITS: &str = "Autres aides";
pub const COMMUNE_SHORT: &str = "Commune";
pub const HOME_SHORT: &str = "Logement";
pub const RENT_SHORT: &str = "Loyer ou mensualité";
pub const NOTHING: &str = "Aucun";
pub const NOTHING_ELSE: &str = "Rien d’autre";
pub const AMOUNT_NOT_SAID: &str = "Montant non dit";

pub fn year_rest(name: &str, year: i32) -> String {
    format!("{name}, autres lignes de {year}")
}

/// An amount as typed, with its unit.
pub fn euros(typed: &str) -> String {
    match crate::rights::model::typed::money(typed) {
        Ok(amount) => format::money(amount),
        Err(_) => typed.to_owned(),
    }
}

pub fn euros_a_month(typed: &str) -> String {
    format!("{} {PER_MONTH}", euros(typed))
}

pub fn since_amount(typed: &str, since: &str) -> String {
    format!("{}, depuis {since}", euros_a_month(typed))
}

/// The first box of a row of this kind of income.
pub fn first_amount(prefix: &str) -> &'static str {
    if prefix.ends_with(".micro") { "sales" } else { "net" }
}

pub const NOT_SAID: &str = "Pas encore répondu";
pub const COMPUTED_ON: &str = "Calculé le";

pub fn person_line(name: &str, age: Option<i32>, shared: bool) -> String {
    let name = super::upper_first(name);
    let age = match age {
        None => "âge non dit".to_owned(),
        Some(0) => "moins d’un an".to_owned(),
        Some(1) => "1 an".to_owned(),
        Some(n) => format!("{n} ans"),
    };
    if shared {
        format!("{name}, {age}, en résidence alternée")
    } else {
        format!("{name}, {age}")
    }
}
