//! The JSON Schema of a situation: the shape from the types, completed with the facts of the book.

use law_ir::{Book, Entity, Input, Nature, Type, Value};
use serde_json::{Map, Value as Json, json};

use crate::situation::{Situation, json_number};

/// A schema (draft 2020-12) that a correct situation validates against. It says the shape: contradictions
/// between fields are found by [`crate::situation::read`] alone.
pub fn schema(book: &Book) -> Json {
    let mut res = Json::from(schemars::schema_for!(Situation));
    let groups = [
        ("Personne", Entity::Person),
        ("Famille", Entity::Family),
        ("FoyerFiscal", Entity::TaxHousehold),
        ("Ménage", Entity::Dwelling),
    ];
    for (name, entity) in groups {
        let facts = res.pointer_mut(&format!("/$defs/{name}/properties/faits"));
        if let Some(facts) = facts {
            *facts = facts_of(book, entity);
        }
    }
    if let Some(defs) = res.pointer_mut("/$defs").and_then(Json::as_object_mut) {
        defs.insert("mois".to_owned(), month());
        defs.insert("source".to_owned(), source());
    }
    res
}

fn facts_of(book: &Book, entity: Entity) -> Json {
    let properties: Map<String, Json> = book
        .inputs
        .iter()
        .filter(|it| it.entity == entity)
        .map(|it| (it.name.clone(), fact(book, it)))
        .collect();
    json!({
        "description": "Les faits connus ; un fait absent n’a pas été demandé, il ne vaut jamais zéro.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn fact(book: &Book, input: &Input) -> Json {
    let value = value(book, input);
    let mut res = Map::new();
    res.insert("title".to_owned(), json!(input.label));
    if let Some(question) = &input.question {
        res.insert("description".to_owned(), json!(question));
    }
    res.insert("x-type".to_owned(), json!(input.ty.describe(book)));
    res.insert("x-nature".to_owned(), json!(nature(input.nature)));
    res.insert(
        "anyOf".to_owned(),
        json!([value, known(&value), series(&value, input.nature), {
            "type": "object",
            "properties": { "inconnu": { "const": true } },
            "required": ["inconnu"],
            "additionalProperties": false,
        }, {
            "type": "object",
            "properties": { "sans_objet": { "const": true } },
            "required": ["sans_objet"],
            "additionalProperties": false,
        }]),
    );
    Json::Object(res)
}

fn known(value: &Json) -> Json {
    json!({
        "type": "object",
        "properties": { "valeur": value, "source": { "$ref": "#/$defs/source" } },
        "required": ["valeur"],
        "additionalProperties": false,
    })
}

fn series(value: &Json, nature: Nature) -> Json {
    let required = match nature {
        Nature::Flow => json!(["depuis", "jusqu_au"]),
        Nature::Permanent | Nature::State | Nature::Event => json!(["depuis"]),
    };
    json!({
        "type": "object",
        "properties": {
            "depuis": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "array",
                    "prefixItems": [{ "$ref": "#/$defs/mois" }, { "anyOf": [value, { "type": "null" }] }],
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
            "jusqu_au": { "$ref": "#/$defs/mois" },
            "source": { "$ref": "#/$defs/source" },
        },
        "required": required,
        "additionalProperties": false,
    })
}

fn value(book: &Book, input: &Input) -> Json {
    match input.ty {
        Type::Bool => json!({ "type": "boolean" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Enum(id) => {
            let cases = book.enumeration(id).map(|it| it.cases.as_slice()).unwrap_or_default();
            let choice = |name: &str, label: &str| json!({ "const": name, "title": label });
            let cases = cases.iter().filter_map(|id| book.case(*id));
            let choices: Vec<_> = cases.map(|it| choice(&it.name, &it.label)).collect();
            json!({ "oneOf": choices })
        }
        Type::Number(_) | Type::Zero | Type::Unknown => {
            let mut res = Map::new();
            res.insert("type".to_owned(), json!("number"));
            if let Some((Value::Number(low), Value::Number(high))) = input.bounds {
                res.insert("minimum".to_owned(), json!(json_number(low)));
                res.insert("maximum".to_owned(), json!(json_number(high)));
            }
            Json::Object(res)
        }
    }
}

fn month() -> Json {
    json!({
        "description": "Un mois, AAAA-MM.",
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
    })
}

fn source() -> Json {
    json!({
        "description": "D’où vient la valeur : « bulletin de paie de mars », « avis d’impôt 2025 »…",
        "type": "string",
    })
}

fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Permanent => "permanente",
        Nature::State => "état",
        Nature::Flow => "flux",
        Nature::Event => "évènement",
    }
}
