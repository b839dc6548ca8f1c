//! Every sentence the reader of situations says.

use base::{Date, Month};
use law_ir::{Book, Entity, Type, Value};

use super::document::Json;
use super::{MAX_BYTES, MAX_PERSONS, Valeur};

pub const DECLARED: &str = "déclaré";
pub const EMPTY_DOCUMENT: &str = "le document est vide";
pub const EMPTY_TEXT: &str = "ce texte est vide";
pub const MISSING_FIELD: &str = "il manque ce champ";
pub const FIELD_TWICE: &str = "ce champ est écrit deux fois";
pub const NOBODY: &str = "il faut au moins une personne";
pub const DECLARANTS: &str = "un foyer fiscal a un ou deux déclarants";
pub const NOT_A_SHARE: &str = "la part d’un enfant s’écrit \"1\", \"1/2\" ou \"0\"";
pub const NULL_FACT: &str = "`null` ne dit rien : retirez le champ si la question n’a pas été posée, écrivez \
                             {\"inconnu\": true} si la personne ne sait pas, {\"sans_objet\": true} si la \
                             question ne la concerne pas";
pub const LIST_FACT: &str = "une liste n’est pas un fait : une valeur qui change s’écrit {\"depuis\": \
                             [[\"2025-01\", 0], [\"2025-06\", 1200]], \"jusqu_au\": \"2026-05\"}";
pub const ONE_FORM: &str =
    "un fait porte un seul de ces champs : « valeur », « depuis », « inconnu », « sans_objet »";
pub const ONLY_TRUE: &str = "ce champ ne peut valoir que `true` ; sinon, retirez-le";
pub const UNTIL_WITHOUT_SERIES: &str = "« jusqu_au » ne va qu’avec « depuis »";
pub const SERIES: &str = "une liste de couples [\"AAAA-MM\", valeur]";
pub const POINT: &str = "un couple [\"AAAA-MM\", valeur]";
pub const NOT_A_POINT: &str = "il faut exactement un mois et une valeur : [\"AAAA-MM\", valeur]";
pub const EMPTY_SERIES: &str =
    "cette liste est vide : retirez le fait si la question n’a pas été posée";
pub const NUMBER_TOO_LONG: &str =
    "ce nombre a trop de chiffres (douze avant la virgule et neuf après, au plus)";
pub const NO_FAMILY: &str = "n’est dans aucune famille";
pub const NO_TAX_HOUSEHOLD: &str =
    "n’est ni dans un foyer fiscal, ni dans la liste « rattachés_ailleurs »";
pub const NO_DWELLING: &str = "n’est dans aucun ménage";

pub fn more_errors(count: usize) -> String {
    format!("… et {count} autres erreurs")
}

pub fn too_big(bytes: usize) -> String {
    let limit = MAX_BYTES / (1024 * 1024);
    format!("le document est trop gros : {bytes} octets, {limit} Mio au plus")
}

pub fn too_many(count: usize) -> String {
    format!("{count} éléments : une situation compte {MAX_PERSONS} personnes au plus")
}

pub fn too_many_points(count: usize, most: usize) -> String {
    format!("{count} changements : une série en compte {most} au plus")
}

pub fn not_utf8(line: usize) -> String {
    format!("ligne {line} : le document n’est pas écrit en UTF-8")
}

/// What serde_json says, in French. Its words are matched by their beginning; others get the general one.
pub fn not_json(error: &serde_json::Error) -> String {
    let place = format!("ligne {}, colonne {}", error.line(), error.column());
    if error.is_eof() {
        return format!("{place} : le document s’arrête au milieu, il a été tronqué");
    }
    let words = error.to_string();
    let reason = [
        ("recursion limit", "trop de niveaux imbriqués"),
        ("trailing comma", "il y a une virgule en trop"),
        ("trailing characters", "il y a du texte après la fin du document"),
        ("key must be a string", "le nom d’un champ s’écrit entre guillemets droits"),
        ("expected `:`", "il manque « : » après le nom du champ"),
        ("expected `,` or `]`", "il manque « , » ou « ] »"),
        ("expected `,` or `}`", "il manque « , » ou « } »"),
        ("expected value", "il faut une valeur ici"),
        ("invalid number", "ce nombre est mal écrit (point décimal, pas de zéro devant)"),
        ("control character", "une fin de ligne ou un caractère de contrôle dans un texte"),
        ("invalid escape", "« \\ » suivi d’un caractère qui n’a pas de sens"),
    ]
    .into_iter()
    .find(|(start, _)| words.starts_with(start))
    .map_or("il y a une faute d’écriture", |(_, reason)| reason);
    format!("{place} : {reason} ; ce n’est pas du JSON")
}

pub fn text_too_long(limit: usize) -> String {
    format!("ce texte est trop long : {limit} caractères au plus")
}

pub fn expected(what: &str, found: &Json) -> String {
    format!("il faut {what} ; reçu : {}", json_in_words(found))
}

fn json_in_words(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(true) => "vrai".to_owned(),
        Json::Bool(false) => "faux".to_owned(),
        Json::Number(digits) => format!("le nombre {}", short(digits)),
        Json::Text(text) => format!("le texte « {} »", short(text)),
        Json::List(_) => "une liste".to_owned(),
        Json::Object(_) => "un objet".to_owned(),
    }
}

fn short(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut res: String = text.chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        res.push('…');
    }
    res
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(" ; vouliez-vous dire « {near} » ?"))
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("« {name} »")).collect();
    quoted.join(", ")
}

pub fn unknown_field(name: &str, near: Option<&str>, names: &[&str]) -> String {
    let name = short(name);
    match near {
        Some(_) => format!("« {name} » n’est pas un champ connu{}", did_you_mean(near)),
        None => format!("« {name} » n’est pas un champ connu ; les champs sont {}", listed(names)),
    }
}

pub fn unknown_fact(name: &str, near: Option<&str>, computed: bool) -> String {
    let name = short(name);
    if computed {
        return format!("« {name} » est calculé par les règles, ce n’est pas un fait à donner");
    }
    format!("aucune donnée ne s’appelle « {name} »{}", did_you_mean(near))
}

pub fn wrong_entity(name: &str, wanted: Entity, found: Entity) -> String {
    format!("« {name} » se dit {}, pas {}", of(wanted), of(found))
}

fn of(entity: Entity) -> &'static str {
    match entity {
        Entity::Person => "d’une personne",
        Entity::Family => "d’une famille",
        Entity::TaxHousehold => "d’un foyer fiscal",
        Entity::Dwelling => "d’un ménage",
    }
}

pub fn unknown_case(text: &str, near: Option<&str>, names: &[&str]) -> String {
    let text = short(text);
    let choices = listed(names);
    format!("« {text} » n’est pas un des choix{} (les choix sont {choices})", did_you_mean(near))
}

pub fn type_in_words(book: &Book, ty: Type) -> String {
    match ty {
        Type::Bool => "vrai ou faux (true, false)".to_owned(),
        Type::Date => "une date \"AAAA-MM-JJ\"".to_owned(),
        Type::Enum(_) => format!("un choix de « {} »", ty.describe(book)),
        Type::Number(_) | Type::Zero | Type::Unknown => {
            format!("un nombre, sans guillemets (unité : {})", ty.describe(book))
        }
    }
}

pub fn wrong_type(wanted: &str, found: &Valeur) -> String {
    let found = match found {
        Valeur::Nombre(number) => format!("le nombre {number}"),
        Valeur::OuiNon(true) => "vrai".to_owned(),
        Valeur::OuiNon(false) => "faux".to_owned(),
        Valeur::Texte(text) => format!("le texte « {} »", short(text)),
    };
    format!("il faut {wanted} ; reçu : {found}")
}

pub fn not_a_date(text: &str) -> String {
    let text = short(text);
    format!("la date « {text} » n’existe pas ; une date s’écrit \"AAAA-MM-JJ\"")
}

pub fn not_a_month(json: &Json) -> String {
    format!("il faut un mois \"AAAA-MM\" qui existe ; reçu : {}", json_in_words(json))
}

pub fn out_of_bounds(label: &str, value: Value, low: Value, high: Value, unit: &str) -> String {
    let (value, low, high) = (shown(value, unit), shown(low, unit), shown(high, unit));
    format!("{label} : {value} n’est pas admis ; la valeur est entre {low} et {high}")
}

fn shown(value: Value, unit: &str) -> String {
    match value {
        Value::Number(number) if unit == "nombre" || unit == "taux" => number.to_string(),
        Value::Number(number) => format!("{number} {unit}"),
        Value::Date(date) => day(date),
        Value::Bool(_) | Value::Case(_) => String::new(),
    }
}

fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month_of_year(), date.year())
}

pub fn out_of_order(before: Month, after: Month) -> String {
    if before == after {
        return format!("le mois {after} est écrit deux fois");
    }
    format!("les mois doivent se suivre : {after} vient après {before}")
}

pub fn permanent_changes(name: &str) -> String {
    format!("« {name} » ne change jamais : une seule valeur suffit")
}

pub fn flow_without_end(name: &str) -> String {
    format!(
        "« {name} » est un montant par mois, jamais prolongé en silence : dites jusqu’à quel mois la série \
         est connue (« jusqu_au »)"
    )
}

pub fn until_before_last(until: Month, last: Month) -> String {
    format!("la série s’arrête en {until} mais donne une valeur en {last}")
}

pub fn id_twice(id: &str, first: usize) -> String {
    format!("l’identifiant « {} » est déjà celui de personnes[{first}]", short(id))
}

pub fn unknown_person(id: &str, near: Option<&str>) -> String {
    format!("aucune personne n’a l’identifiant « {} »{}", short(id), did_you_mean(near))
}

pub fn placed_twice(id: &str, first: &str) -> String {
    format!("« {} » est déjà dans {first}", short(id))
}

pub fn nowhere(id: &str, what: &str) -> String {
    format!("« {} » {what}", short(id))
}

pub fn child_too_old(child: &str, born: Date, parent: &str, parent_born: Date) -> String {
    let (born, parent_born) = (day(born), day(parent_born));
    format!(
        "{child}, né·e le {born}, n’est pas plus jeune que son parent {parent}, né·e le {parent_born}"
    )
}
