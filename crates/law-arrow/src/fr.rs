//! Every sentence said of a table.

use base::Month;

pub const TOO_LONG: &str = "un nombre trop long";
pub const NOT_A_DAY: &str = "un instant qui n’est pas un jour entier";
pub const NO_HOUSEHOLD: &str = "cette ligne ne dit pas de quel foyer elle est";
pub const NO_APPLICANT: &str = "n’a pas de demandeur";
pub const TWO_APPLICANTS: &str = "a déjà un demandeur";
pub const TWO_PARTNERS: &str = "a déjà un conjoint";
pub const SHARE: &str = "la part d’un enfant s’écrit 1, 1/2 ou 0";
pub const ROLE: &str = "demandeur, conjoint ou enfant";
pub const TAX_ROLE: &str = "déclarant, à charge ou ailleurs";
pub const SAID_TWICE: &str = "ce fait est dit deux fois : une valeur pour tous les mois, ou un mois par colonne, pas les deux";
pub const STATE_AND_VALUE: &str =
    "ce fait a une valeur et figure aussi parmi les inconnus ou les sans objet";
pub const NOT_APPLICABLE_MONTH: &str =
    "« sans objet » vaut pour toute la vie du fait : écrivez-le dans la colonne sans mois";
pub const NO_PERSONS: &str =
    "la colonne « personnes » doit être une liste de structures, une structure par personne";

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(" ; vouliez-vous dire « {near} » ?"))
}

pub fn unknown_column(name: &str, near: Option<&str>, computed: bool) -> String {
    if computed {
        return format!(
            "la colonne « {name} » est calculée par les règles, ce n’est pas un fait à donner"
        );
    }
    format!(
        "la colonne « {name} » n’est ni un rôle ni un fait connu{} (une colonne dont le nom commence par « _ » \
         est ignorée)",
        did_you_mean(near)
    )
}

pub fn unknown_fact(name: &str, near: Option<&str>) -> String {
    format!("aucune donnée ne s’appelle « {name} »{}", did_you_mean(near))
}

pub fn column_twice(name: &str) -> String {
    format!("la colonne « {name} » est écrite deux fois")
}

pub fn missing_column(name: &str) -> String {
    format!("il manque la colonne « {name} »")
}

pub fn not_a_month(name: &str, month: &str) -> String {
    format!("la colonne « {name} » : « {month} » n’est pas un mois ; un mois s’écrit AAAA-MM")
}

pub fn expected(words: &str, found: Option<&str>) -> String {
    match found {
        Some(found) => format!("il faut {words} ; reçu : « {found} »"),
        None => format!("il faut {words} ; la cellule est vide"),
    }
}

pub fn family(name: &str, what: &str) -> String {
    if name.is_empty() {
        format!("la famille {what}")
    } else {
        format!("la famille « {name} » {what}")
    }
}

pub fn person_twice(id: &str) -> String {
    format!("deux personnes du même foyer s’appellent « {id} »")
}

pub fn said_otherwise(group: &str, name: &str) -> String {
    format!("« {name} » se dit une fois par {group} : deux lignes n’en disent pas la même chose")
}

pub fn unreadable(what: &str) -> String {
    format!("cette colonne est d’un type qui ne se lit pas ici : {what}")
}

/// Where, then what.
pub fn problem(line: &str, column: Option<&str>, message: &str) -> String {
    match column {
        Some(column) => format!("{line}, colonne « {column} » : {message}"),
        None => format!("{line} : {message}"),
    }
}

pub fn month_column(fact: &str, month: Month) -> String {
    format!("{fact}@{month}")
}

pub fn no_such_aid(name: &str, near: &[&str]) -> String {
    let quoted: Vec<_> = near.iter().map(|it| format!("« {it} »")).collect();
    format!("aucune aide ne s’appelle « {name} » ; les plus proches : {}", quoted.join(", "))
}

pub fn person(rank: usize) -> String {
    format!("personne {rank}")
}

pub fn taxed_elsewhere(name: &str) -> String {
    format!(
        "« {name} » se dit d’un foyer fiscal, et celui de cette personne n’est pas dans le fichier"
    )
}
