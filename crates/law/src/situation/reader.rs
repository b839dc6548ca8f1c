//! Tree of JSON values → [`Situation`]: the shape of the document.
//!
//! What cannot be read is reported and left out (an identifier becomes empty), so that the rest of the
//! document is still checked.

use base::{Month, Rational};
use law_syntax::nearest;

use super::document::Json;
use super::errors::Errors;
use super::{
    Enfant, Fait, Faits, Famille, FoyerFiscal, MAX_PERSONS, Ménage, Part, Personne, Situation,
    Valeur, fr,
};

/// Identifiers and names are short: they end up in sentences.
const MAX_NAME: usize = 100;
/// A hundred years, month by month.
const MAX_POINTS: usize = 1_200;
/// A source is a sentence.
const MAX_SOURCE: usize = 500;

pub(super) fn situation(json: &Json, errors: &mut Errors) -> Situation {
    let names = ["personnes", "familles", "foyers_fiscaux", "rattachés_ailleurs", "ménages"];
    let root = Fields::read(json, "", &names, errors);
    Situation {
        personnes: root.list("personnes", Need::Required, errors, person),
        familles: root.list("familles", Need::Required, errors, family),
        foyers_fiscaux: root.list("foyers_fiscaux", Need::Required, errors, tax_household),
        rattachés_ailleurs: root.list("rattachés_ailleurs", Need::Optional, errors, id),
        ménages: root.list("ménages", Need::Required, errors, dwelling),
    }
}

/// Takes the identifier of the record out of the document: a text, or a number as it is written.
pub(super) fn record_id(json: &mut Json, errors: &mut Errors) -> Option<String> {
    let Json::Object(fields) = json else { return None };
    let at = fields.iter().position(|(name, _)| name == "id" || name == "identifiant")?;
    let (name, value) = fields.remove(at);
    match value {
        Json::Number(digits) if digits.chars().count() <= MAX_NAME => Some(digits),
        other => text(&other, &name, MAX_NAME, errors),
    }
}

fn person(json: &Json, path: &str, errors: &mut Errors) -> Personne {
    let fields = Fields::read(json, path, &["id", "nom", "faits"], errors);
    Personne {
        id: fields.id("id", errors),
        nom: fields.text("nom", MAX_NAME, errors),
        faits: fields.facts(errors),
    }
}

fn family(json: &Json, path: &str, errors: &mut Errors) -> Famille {
    let fields = Fields::read(json, path, &["demandeur", "conjoint", "enfants", "faits"], errors);
    Famille {
        demandeur: fields.id("demandeur", errors),
        conjoint: fields.text("conjoint", MAX_NAME, errors),
        enfants: fields.list("enfants", Need::Optional, errors, child),
        faits: fields.facts(errors),
    }
}

fn child(json: &Json, path: &str, errors: &mut Errors) -> Enfant {
    let fields = Fields::read(json, path, &["personne", "part"], errors);
    let part = fields.required("part", errors).and_then(|json| match json {
        Json::Text(text) => Part::ALL.into_iter().find(|it| it.word() == text),
        _ => None,
    });
    if part.is_none() && fields.get("part").is_some() {
        errors.push(fields.path_of("part"), fr::NOT_A_SHARE);
    }
    Enfant { personne: fields.id("personne", errors), part: part.unwrap_or(Part::Entière) }
}

fn tax_household(json: &Json, path: &str, errors: &mut Errors) -> FoyerFiscal {
    let fields = Fields::read(json, path, &["déclarants", "à_charge", "faits"], errors);
    FoyerFiscal {
        déclarants: fields.list("déclarants", Need::Required, errors, id),
        à_charge: fields.list("à_charge", Need::Optional, errors, id),
        faits: fields.facts(errors),
    }
}

fn dwelling(json: &Json, path: &str, errors: &mut Errors) -> Ménage {
    let fields = Fields::read(json, path, &["occupants", "faits"], errors);
    Ménage {
        occupants: fields.list("occupants", Need::Required, errors, id),
        faits: fields.facts(errors),
    }
}

fn id(json: &Json, path: &str, errors: &mut Errors) -> String {
    text(json, path, MAX_NAME, errors).unwrap_or_default()
}

/// A text that is not blank and not longer than `limit` characters.
fn text(json: &Json, path: &str, limit: usize, errors: &mut Errors) -> Option<String> {
    match json {
        Json::Text(text) if text.trim().is_empty() => errors.push(path, fr::EMPTY_TEXT),
        Json::Text(text) if text.chars().count() > limit => {
            errors.push(path, fr::text_too_long(limit));
        }
        Json::Text(text) => return Some(text.clone()),
        _ => errors.push(path, fr::expected("un texte", json)),
    }
    None
}

fn fact(json: &Json, path: &str, errors: &mut Errors) -> Option<Fait> {
    match json {
        Json::Null => errors.push(path, fr::NULL_FACT),
        Json::List(_) => errors.push(path, fr::LIST_FACT),
        Json::Bool(_) | Json::Number(_) | Json::Text(_) => {
            return value(json, path, errors).map(Fait::toujours);
        }
        Json::Object(_) => return detailed_fact(json, path, errors),
    }
    None
}

fn detailed_fact(json: &Json, path: &str, errors: &mut Errors) -> Option<Fait> {
    const FORMS: [&str; 4] = ["valeur", "depuis", "inconnu", "sans_objet"];
    let names = ["valeur", "depuis", "jusqu_au", "source", "inconnu", "sans_objet"];
    let fields = Fields::read(json, path, &names, errors);
    let mut forms = FORMS.into_iter().filter(|form| fields.get(form).is_some());
    let (Some(form), None) = (forms.next(), forms.next()) else {
        errors.push(path, fr::ONE_FORM);
        return None;
    };
    if form != "depuis" && fields.get("jusqu_au").is_some() {
        errors.push(fields.path_of("jusqu_au"), fr::UNTIL_WITHOUT_SERIES);
    }
    let source = fields.text("source", MAX_SOURCE, errors);
    let path = fields.path_of(form);
    let json = fields.get(form)?;
    match form {
        "valeur" => Some(Fait::Valeur { valeur: value(json, &path, errors)?, source }),
        "depuis" => {
            let jusqu_au = fields.get("jusqu_au").and_then(|json| {
                let path = fields.path_of("jusqu_au");
                month(json, &path, errors)
            });
            Some(Fait::Série { depuis: points(json, &path, errors)?, jusqu_au, source })
        }
        "inconnu" => only_true(json, &path, errors).then_some(Fait::Inconnu),
        _ => only_true(json, &path, errors).then_some(Fait::SansObjet),
    }
}

fn only_true(json: &Json, path: &str, errors: &mut Errors) -> bool {
    let res = *json == Json::Bool(true);
    if !res {
        errors.push(path, fr::ONLY_TRUE);
    }
    res
}

/// The change points; `None` if any of them could not be read.
fn points(json: &Json, path: &str, errors: &mut Errors) -> Option<Vec<(Month, Option<Valeur>)>> {
    let Json::List(items) = json else {
        errors.push(path, fr::expected(fr::SERIES, json));
        return None;
    };
    if items.is_empty() {
        errors.push(path, fr::EMPTY_SERIES);
        return None;
    }
    if items.len() > MAX_POINTS {
        errors.push(path, fr::too_many_points(items.len(), MAX_POINTS));
        return None;
    }
    let res: Vec<_> = items
        .iter()
        .enumerate()
        .filter_map(|(idx, item)| {
            let path = item_path(path, idx);
            let Json::List(pair) = item else {
                errors.push(&path, fr::expected(fr::POINT, item));
                return None;
            };
            let [at, value_at] = pair.as_slice() else {
                errors.push(&path, fr::NOT_A_POINT);
                return None;
            };
            let at = month(at, &item_path(&path, 0), errors);
            let value_at = match value_at {
                Json::Null => None,
                known => Some(value(known, &item_path(&path, 1), errors)?),
            };
            Some((at?, value_at))
        })
        .collect();
    (res.len() == items.len()).then_some(res)
}

fn month(json: &Json, path: &str, errors: &mut Errors) -> Option<Month> {
    let res = match json {
        Json::Text(text) => text.parse().ok(),
        _ => None,
    };
    if res.is_none() {
        errors.push(path, fr::not_a_month(json));
    }
    res
}

fn value(json: &Json, path: &str, errors: &mut Errors) -> Option<Valeur> {
    match json {
        Json::Bool(value) => Some(Valeur::OuiNon(*value)),
        Json::Text(text) if text.chars().count() > MAX_NAME => {
            errors.push(path, fr::text_too_long(MAX_NAME));
            None
        }
        Json::Text(text) => Some(Valeur::Texte(text.clone())),
        Json::Number(digits) => {
            let number = digits.parse().ok().filter(|it| is_reasonable(*it));
            if number.is_none() {
                errors.push(path, fr::NUMBER_TOO_LONG);
            }
            number.map(Valeur::Nombre)
        }
        Json::Null => {
            errors.push(path, fr::NULL_FACT);
            None
        }
        Json::List(_) | Json::Object(_) => {
            errors.push(path, fr::expected("un nombre, vrai ou faux, ou un texte", json));
            None
        }
    }
}

/// At most twelve digits before the point and nine after: what the arithmetic carries without overflow.
pub(super) fn is_reasonable(number: Rational) -> bool {
    const MAX_WHOLE: i128 = 1_000_000_000_000;
    const MAX_DENOMINATOR: i128 = 1_000_000_000;
    let whole = number.numerator().checked_div(number.denominator()).unwrap_or(i128::MAX);
    number.denominator() <= MAX_DENOMINATOR && whole > -MAX_WHOLE && whole < MAX_WHOLE
}

fn item_path(list: &str, idx: usize) -> String {
    format!("{list}[{idx}]")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

/// The fields of an object, each at most once, with only the names allowed there.
struct Fields<'j> {
    path: String,
    /// Not an object: already reported, nothing in it is missing.
    unreadable: bool,
    fields: Vec<(&'j str, &'j Json)>,
}

impl<'j> Fields<'j> {
    fn read(json: &'j Json, path: &str, names: &[&str], errors: &mut Errors) -> Self {
        let mut res = Self::any(json, path, errors);
        let path = path.to_owned();
        res.fields.retain(|(name, _)| {
            let known = names.contains(name);
            if !known {
                let near = nearest(name, names.iter().copied());
                errors.push(field_path(&path, name), fr::unknown_field(name, near, names));
            }
            known
        });
        res
    }

    /// Whatever the names.
    fn any(json: &'j Json, path: &str, errors: &mut Errors) -> Self {
        let mut res = Self { path: path.to_owned(), unreadable: false, fields: Vec::new() };
        let Json::Object(fields) = json else {
            errors.push(path, fr::expected("un objet { … }", json));
            return Self { unreadable: true, ..res };
        };
        let mut seen = std::collections::HashSet::new();
        for (name, value) in fields {
            if seen.insert(name.as_str()) {
                res.fields.push((name, value));
            } else {
                errors.push(field_path(path, name), fr::FIELD_TWICE);
            }
        }
        res
    }

    fn path_of(&self, name: &str) -> String {
        field_path(&self.path, name)
    }

    fn get(&self, name: &str) -> Option<&'j Json> {
        self.fields.iter().find(|(it, _)| *it == name).map(|(_, json)| *json)
    }

    fn required(&self, name: &str, errors: &mut Errors) -> Option<&'j Json> {
        let res = self.get(name);
        if res.is_none() && !self.unreadable {
            errors.push(self.path_of(name), fr::MISSING_FIELD);
        }
        res
    }

    fn id(&self, name: &str, errors: &mut Errors) -> String {
        let Some(json) = self.required(name, errors) else { return String::new() };
        id(json, &self.path_of(name), errors)
    }

    fn text(&self, name: &str, limit: usize, errors: &mut Errors) -> Option<String> {
        text(self.get(name)?, &self.path_of(name), limit, errors)
    }

    fn list<T>(
        &self,
        name: &str,
        need: Need,
        errors: &mut Errors,
        read: fn(&Json, &str, &mut Errors) -> T,
    ) -> Vec<T> {
        let json = match need {
            Need::Required => self.required(name, errors),
            Need::Optional => self.get(name),
        };
        let path = self.path_of(name);
        let items = match json {
            None => return Vec::new(),
            Some(Json::List(items)) => items,
            Some(json) => {
                errors.push(path, fr::expected("une liste [ … ]", json));
                return Vec::new();
            }
        };
        if items.len() > MAX_PERSONS {
            errors.push(path, fr::too_many(items.len()));
            return Vec::new();
        }
        let at = |(idx, item)| read(item, &item_path(&path, idx), errors);
        items.iter().enumerate().map(at).collect()
    }

    fn facts(&self, errors: &mut Errors) -> Faits {
        let Some(json) = self.get("faits") else { return Faits::new() };
        let fields = Fields::any(json, &self.path_of("faits"), errors);
        let mut res = Faits::new();
        for (name, json) in &fields.fields {
            if let Some(fact) = fact(json, &fields.path_of(name), errors) {
                res.insert((*name).to_owned(), fact);
            }
        }
        res
    }
}

fn field_path(path: &str, name: &str) -> String {
    let name: String = name.chars().take(MAX_NAME).collect();
    if path.is_empty() { name } else { format!("{path}.{name}") }
}
