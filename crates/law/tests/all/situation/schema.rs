//! The examples are correct, complete, and of the shape the schema says.

use law::Law;
use law::schema::schema;
use law::situation::{EXAMPLES, read};
use serde_json::Value as Json;

#[test]
fn every_example_is_read_without_a_remark() {
    for example in EXAMPLES {
        if let Err(errors) = read(Law::national(), example.json.as_bytes()) {
            panic!("{} : {errors:#?}", example.key);
        }
    }
}

#[test]
fn every_example_asks_nothing_more() {
    let law = Law::national();
    for example in EXAMPLES {
        let (_, household) = read(law, example.json.as_bytes()).unwrap();
        for month in ["2026-04", "2026-05", "2026-06"] {
            let evaluation = law.evaluate(&household, month.parse().unwrap());
            assert!(evaluation.aids.len() >= 6);
            for aid in &evaluation.aids {
                let inputs = aid.missing.iter().filter_map(|it| law.book().input(it.input?));
                let names: Vec<_> = inputs.map(|it| it.name.as_str()).collect();
                assert!(aid.amount.is_some(), "{} {month} {} {names:?}", example.key, aid.name);
            }
        }
    }
}

#[test]
fn the_schema_knows_every_donnée_and_the_examples_fit_it() {
    let law = Law::national();
    let schema = schema(law.book());
    for input in &law.book().inputs {
        let found = ["Personne", "Famille", "FoyerFiscal", "Ménage"].iter().any(|group| {
            let path = format!("/$defs/{group}/properties/faits/properties/{}", input.name);
            schema.pointer(&path).is_some()
        });
        assert!(found, "{}", input.name);
    }
    for example in EXAMPLES {
        let document: Json = serde_json::from_str(example.json).unwrap();
        if let Err(reason) = fits(&document, &schema, &schema) {
            panic!("{} : {reason}", example.key);
        }
        let mut broken = document.clone();
        broken["personnes"][0]["faits"]["date_de_naissance"] = Json::from(12);
        assert!(fits(&broken, &schema, &schema).is_err());
    }
}

/// The part of JSON Schema that ours uses; a keyword unknown here fails the test.
fn fits(value: &Json, schema: &Json, root: &Json) -> Result<(), String> {
    let Json::Object(keywords) = schema else {
        return if *schema == Json::Bool(true) { Ok(()) } else { Err("forbidden".to_owned()) };
    };
    for (keyword, rule) in keywords {
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" | "x-type" | "x-nature" | "format" => {
                true
            }
            "$ref" => {
                // A reference is an address: its accents are percent-encoded.
                let path = rule.as_str().unwrap().trim_start_matches('#').replace("%C3%A9", "é");
                fits(value, root.pointer(&path).ok_or("dangling $ref")?, root)?;
                true
            }
            "type" => is_of_type(value, rule),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => rule.as_array().unwrap().iter().any(|it| fits(value, it, root).is_ok()),
            "oneOf" => {
                let choices = rule.as_array().unwrap().iter();
                choices.filter(|it| fits(value, it, root).is_ok()).count() == 1
            }
            "required" => {
                let names = rule.as_array().unwrap().iter().map(|it| it.as_str().unwrap());
                names.into_iter().all(|name| value.get(name).is_some())
            }
            "properties" | "additionalProperties" | "items" | "prefixItems" => {
                children_fit(value, keyword, rule, schema, root)?;
                true
            }
            "minItems" => {
                value.as_array().is_none_or(|it| it.len() as u64 >= rule.as_u64().unwrap())
            }
            "maxItems" => {
                value.as_array().is_none_or(|it| it.len() as u64 <= rule.as_u64().unwrap())
            }
            "minimum" => value.as_f64().is_none_or(|it| it >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|it| it <= rule.as_f64().unwrap()),
            "pattern" => {
                value.as_str().is_none_or(|it| it.len() == 7 && it.parse::<base::Month>().is_ok())
            }
            other => panic!("this test does not know `{other}`"),
        };
        if !holds {
            return Err(format!("{value} does not hold `{keyword}`: {rule}"));
        }
    }
    Ok(())
}

fn children_fit(
    value: &Json,
    keyword: &str,
    rule: &Json,
    schema: &Json,
    root: &Json,
) -> Result<(), String> {
    match (keyword, value) {
        ("properties", Json::Object(fields)) => fields
            .iter()
            .filter_map(|(name, value)| Some((value, rule.get(name)?)))
            .try_for_each(|(value, rule)| fits(value, rule, root)),
        ("additionalProperties", Json::Object(fields)) => fields
            .iter()
            .filter(|(name, _)| schema.pointer(&format!("/properties/{name}")).is_none())
            .try_for_each(|(name, value)| {
                fits(value, rule, root).map_err(|it| format!("{name}: {it}"))
            }),
        ("items", Json::Array(items)) => items.iter().try_for_each(|it| fits(it, rule, root)),
        ("prefixItems", Json::Array(items)) => items
            .iter()
            .zip(rule.as_array().unwrap())
            .try_for_each(|(it, rule)| fits(it, rule, root)),
        _ => Ok(()),
    }
}

fn is_of_type(value: &Json, rule: &Json) -> bool {
    if let Json::Array(types) = rule {
        return types.iter().any(|it| is_of_type(value, it));
    }
    match rule.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("this test does not know the type `{other}`"),
    }
}
