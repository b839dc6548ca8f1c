//! A fact of the document against the `donnée` of the book: type, unit, bounds, nature.

use base::{Date, Month};
use law_ir::{Book, Fact, History, Input, Nature, Type, Value};
use law_syntax::nearest;

use super::errors::Errors;
use super::{Fait, Valeur, fr};

/// The fact as the evaluators read it; `None` if it has been refused.
pub(super) fn fact(
    book: &Book,
    input: &Input,
    fait: &Fait,
    path: &str,
    errors: &mut Errors,
) -> Option<Fact> {
    match fait {
        Fait::Inconnu => Some(Fact::Unknown),
        Fait::SansObjet => Some(Fact::NotApplicable),
        Fait::Valeur { valeur, source } => {
            let value = checked_value(book, input, valeur, path, errors)?;
            // A bare value holds always: from the first month of the calendar.
            let points = vec![(Month::of(1, 1), Some(value))];
            Some(Fact::Known(History { points, until: None, provenance: provenance(source) }))
        }
        Fait::Série { depuis, jusqu_au, source } => {
            let ordered = check_order(input, depuis, *jusqu_au, path, errors);
            let points: Vec<_> = depuis
                .iter()
                .enumerate()
                .filter_map(|(idx, (month, valeur))| {
                    let Some(valeur) = valeur else { return Some((*month, None)) };
                    let path = format!("{path}.depuis[{idx}][1]");
                    Some((*month, Some(checked_value(book, input, valeur, &path, errors)?)))
                })
                .collect();
            if !ordered || points.len() != depuis.len() {
                return None;
            }
            Some(Fact::Known(History { points, until: *jusqu_au, provenance: provenance(source) }))
        }
    }
}

fn provenance(source: &Option<String>) -> String {
    source.clone().unwrap_or_else(|| fr::DECLARED.to_owned())
}

/// The points must be in order, and say until when if the fact is never carried on in silence.
fn check_order(
    input: &Input,
    points: &[(Month, Option<Valeur>)],
    until: Option<Month>,
    path: &str,
    errors: &mut Errors,
) -> bool {
    let mut res = true;
    let mut refuse = |path: String, message: String| {
        errors.push(path, message);
        res = false;
    };
    for (idx, pair) in points.windows(2).enumerate() {
        if let [(before, _), (after, _)] = pair
            && after <= before
        {
            let path = format!("{path}.depuis[{}][0]", idx.saturating_add(1));
            refuse(path, fr::out_of_order(*before, *after));
        }
    }
    match (input.nature, until, points.last()) {
        (Nature::Permanent, _, _) if points.len() > 1 => {
            refuse(format!("{path}.depuis"), fr::permanent_changes(&input.name));
        }
        (Nature::Flow, None, _) => refuse(path.to_owned(), fr::flow_without_end(&input.name)),
        (_, Some(until), Some((last, _))) if until < *last => {
            refuse(format!("{path}.jusqu_au"), fr::until_before_last(until, *last));
        }
        _ => {}
    }
    res
}

fn checked_value(
    book: &Book,
    input: &Input,
    valeur: &Valeur,
    path: &str,
    errors: &mut Errors,
) -> Option<Value> {
    match typed_value(book, input.ty, valeur).and_then(|value| within_bounds(book, input, value)) {
        Ok(value) => Some(value),
        Err(message) => {
            errors.push(path, message);
            None
        }
    }
}

fn typed_value(book: &Book, ty: Type, valeur: &Valeur) -> Result<Value, String> {
    match (ty, valeur) {
        (Type::Number(_) | Type::Zero, Valeur::Nombre(number)) => Ok(Value::Number(*number)),
        (Type::Bool, Valeur::OuiNon(value)) => Ok(Value::Bool(*value)),
        (Type::Date, Valeur::Texte(text)) => match text.parse::<Date>() {
            Ok(date) => Ok(Value::Date(date)),
            Err(_) => Err(fr::not_a_date(text)),
        },
        (Type::Enum(id), Valeur::Texte(text)) => {
            let cases = book.enumeration(id).map(|it| it.cases.as_slice()).unwrap_or_default();
            let named = || cases.iter().filter_map(|id| Some((*id, book.case(*id)?.name.as_str())));
            named().find(|(_, name)| name == text).map(|(id, _)| Value::Case(id)).ok_or_else(|| {
                let names: Vec<_> = named().map(|(_, name)| name).collect();
                fr::unknown_case(text, nearest(text, names.iter().copied()), &names)
            })
        }
        _ => Err(fr::wrong_type(&fr::type_in_words(book, ty), valeur)),
    }
}

fn within_bounds(book: &Book, input: &Input, value: Value) -> Result<Value, String> {
    let Some((low, high)) = input.bounds else { return Ok(value) };
    let inside = match (low, value, high) {
        (Value::Number(low), Value::Number(value), Value::Number(high)) => {
            low <= value && value <= high
        }
        (Value::Date(low), Value::Date(value), Value::Date(high)) => low <= value && value <= high,
        _ => true,
    };
    if inside {
        Ok(value)
    } else {
        Err(fr::out_of_bounds(&input.label, value, low, high, &input.ty.describe(book)))
    }
}
