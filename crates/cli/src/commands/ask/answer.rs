//! Reading what a person types.

use base::{Date, Rational};
use law::situation::{SituationError, Valeur};
use law::{Book, Input, Type};

use super::fr;

/// What a person answers to a question about a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<T> {
    Value(T),
    /// « je ne sais pas »
    Unknown,
}

/// The answer in the type of the fact, or a sentence that says how to write it.
pub fn fact(book: &Book, input: &Input, text: &str) -> Result<Answer<Valeur>, String> {
    if is_unknown(text) {
        return Ok(Answer::Unknown);
    }
    let value = match input.ty {
        Type::Bool => Valeur::OuiNon(yes_or_no(text)?),
        Type::Date => match day(text)? {
            Answer::Value(day) => Valeur::Texte(day.to_string()),
            Answer::Unknown => return Ok(Answer::Unknown),
        },
        Type::Enum(_) => Valeur::Texte(case(&cases(book, input), text)?),
        Type::Number(_) | Type::Zero | Type::Unknown => Valeur::Nombre(number(text)?),
    };
    Ok(Answer::Value(value))
}

/// The cases of a fact, as they are numbered for the person: name and words.
pub fn cases(book: &Book, input: &Input) -> Vec<(String, String)> {
    let Type::Enum(id) = input.ty else { return Vec::new() };
    let cases = book.enumeration(id).map(|it| it.cases.as_slice()).unwrap_or_default();
    let named = cases.iter().filter_map(|case| book.case(*case));
    named.map(|it| (it.name.clone(), it.label.clone())).collect()
}

/// By its number, its name or its words.
fn case(cases: &[(String, String)], text: &str) -> Result<String, String> {
    let typed = text.to_lowercase();
    if let Ok(number) = typed.parse::<usize>() {
        let case = number.checked_sub(1).and_then(|rank| cases.get(rank));
        return case
            .map(|(name, _)| name.clone())
            .ok_or_else(|| fr::not_a_number_of_case(text, cases.len()));
    }
    let wanted = |it: &str| it.to_lowercase() == typed;
    match cases.iter().find(|(name, label)| wanted(name) || wanted(label)) {
        Some((name, _)) => Ok(name.clone()),
        None => {
            let near = law::nearest(&typed, cases.iter().map(|(name, _)| name.as_str()));
            Err(fr::not_a_case(text, near, cases.len()))
        }
    }
}

pub fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "oui" | "o" | "vrai" => Ok(true),
        "non" | "n" | "faux" => Ok(false),
        _ => Err(fr::not_yes_or_no(text)),
    }
}

pub fn count(text: &str, least: usize, most: usize) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(count) if (least..=most).contains(&count) => Ok(count),
        _ => Err(fr::not_a_count(text, least, most)),
    }
}

/// `14/06/1991` or `1991-06-14`.
pub fn day(text: &str) -> Result<Answer<Date>, String> {
    if is_unknown(text) {
        return Ok(Answer::Unknown);
    }
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let read = match parts.as_slice() {
        [day, month, year] => format!("{year:0>4}-{month:0>2}-{day:0>2}").parse().ok(),
        [iso] => iso.parse().ok(),
        _ => None,
    };
    read.map(Answer::Value).ok_or_else(|| fr::not_a_day(text))
}

fn number(text: &str) -> Result<Rational, String> {
    let bare = text.trim_end_matches('€').trim_end();
    bare.parse().map_err(|_| fr::not_a_number(text))
}

fn is_unknown(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "?" | "je ne sais pas" | "inconnu")
}

/// Why the situation cannot be as it was answered.
pub fn refusals(errors: &[SituationError]) -> String {
    let said: Vec<String> = errors.iter().map(|it| it.message.clone()).collect();
    fr::refused(&said)
}
