//! The reader of situations: what it accepts, and the sentence for each thing it refuses.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod schema;

use std::sync::LazyLock;

use base::Month;
use law::situation::{MAX_PERSONS, Situation, SituationError, read};
use law::{Fact, Law, SourceFile, Value};
use law_ir::Membership;
use serde_json::{Value as Json, json};

/// A book with little more than données.
static LAW: LazyLock<Law> = LazyLock::new(|| {
    let text = include_str!("livre.droit").to_owned();
    let (law, diagnostics) = Law::load(vec![SourceFile { name: "livre.droit".to_owned(), text }]);
    law.unwrap_or_else(|| panic!("{diagnostics:#?}"))
});

/// A couple with one child in alternating residence, and an owner's flat.
fn family() -> Json {
    json!({
        "personnes": [
            { "id": "a", "nom": "Anne", "faits": { "date_de_naissance": "1990-01-15", "salaire": 1200.505, "bénéfice": {
                "depuis": [["2024-01", 100], ["2025-01", null], ["2026-05", 300]], "jusqu_au": "2026-05",
            } } },
            { "id": "b", "faits": { "date_de_naissance": "1988-02-01" } },
            { "id": "c", "faits": { "date_de_naissance": "2015-03-01" } },
        ],
        "familles": [{
            "demandeur": "a", "conjoint": "b",
            "enfants": [{ "personne": "c", "part": "1/2" }],
            "faits": { "rsa_perçu": { "inconnu": true } },
        }],
        "foyers_fiscaux": [{ "déclarants": ["a", "b"] }],
        "rattachés_ailleurs": ["c"],
        "ménages": [{
            "occupants": ["a", "b", "c"],
            "faits": {
                "loyer": { "depuis": [["2024-01", 0], ["2025-06", 512.34]], "source": "quittance" },
                "statut_d_occupation": { "valeur": "locataire", "source": "bail" },
            },
        }],
    })
}

/// The family with one field changed, added, or taken away (`null` written as `Json::Null` stays a null).
fn with(pointer: &str, value: Json) -> Json {
    let mut res = family();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match res.pointer_mut(parent).unwrap() {
        Json::Object(fields) => drop(fields.insert(last.to_owned(), value)),
        Json::Array(items) => items[last.parse::<usize>().unwrap()] = value,
        other => panic!("{other} has no field"),
    }
    res
}

fn without(pointer: &str) -> Json {
    let mut res = family();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    res.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(last);
    res
}

fn errors(document: &Json) -> Vec<SituationError> {
    read(&LAW, document.to_string().as_bytes()).unwrap_err()
}

/// Exactly one mistake is found, at this field, with these words.
#[track_caller]
fn refuses(document: &Json, path: &str, words: &str) {
    let found = errors(document);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].path, path, "{}", found[0]);
    assert!(
        found[0].message.contains(words),
        "« {} » does not contain « {words} »",
        found[0].message
    );
}

#[test]
fn reads_a_family() {
    let (situation, household) = read(&LAW, family().to_string().as_bytes()).unwrap();
    assert_eq!(household.persons[0].label, "Anne");
    assert_eq!(household.persons[1].label, "b");
    assert_eq!(household.persons[1].membership, Membership::Partner);
    assert_eq!(household.persons[2].tax_household, None);
    let half = "0,5".parse().unwrap();
    assert_eq!(household.persons[2].membership, Membership::Child { share: half });

    let fact = |name, instance| household.fact(LAW.book().input_named(name).unwrap(), instance);
    let Fact::Known(salary) = fact("salaire", 0) else { panic!("known") };
    assert_eq!(salary.at(Month::of(1950, 1)), Some(Value::Number("1200,505".parse().unwrap())));
    assert_eq!(*fact("salaire", 1), Fact::NotAsked, "an absent fact is not a zero");
    assert_eq!(*fact("rsa_perçu", 0), Fact::Unknown);
    let Fact::Known(rent) = fact("loyer", 0) else { panic!("known") };
    assert_eq!(rent.provenance, "quittance");
    assert_eq!(rent.at(Month::of(2023, 12)), None);
    assert_eq!(rent.at(Month::of(2030, 1)), Some(Value::Number("512,34".parse().unwrap())));

    let other = fact("bénéfice", 0);
    let Fact::Known(profit) = other else { panic!("known") };
    assert_eq!(profit.at(Month::of(2024, 12)), Some(Value::Number(100.into())));
    assert_eq!(profit.at(Month::of(2025, 6)), None, "a hole in the series is not carried over");
    assert_eq!(profit.at(Month::of(2026, 5)), Some(Value::Number(300.into())));
    assert_eq!(profit.at(Month::of(2026, 6)), None);

    let written = serde_json::to_string(&situation).unwrap();
    let (again, _) = read(&LAW, written.as_bytes()).unwrap();
    assert_eq!(again, situation, "what is written is read back");
}

#[test]
fn refuses_values_that_do_not_fit_their_fact() {
    let salary = "/personnes/0/faits/salaire";
    let at = "personnes[0].faits.salaire";
    refuses(&with(salary, json!("1200")), at, "sans guillemets (unité : €/mois)");
    refuses(&with(salary, json!(true)), at, "il faut un nombre");
    refuses(&with(salary, json!(null)), at, "`null` ne dit rien");
    refuses(&with(salary, json!([["2025-01", 1]])), at, "une liste n’est pas un fait");
    refuses(&with(salary, json!(-0.01)), at, "entre 0 €/mois et 100000 €/mois");
    refuses(&with(salary, json!(100_000.01)), at, "n’est pas admis");
    refuses(&with(salary, json!(0.0000000001)), at, "trop de chiffres");
    refuses(&with("/ménages/0/faits/loyer", json!(-500)), "ménages[0].faits.loyer", "-500 €/mois");
    refuses(
        &with("/personnes/1/faits/enceinte", json!(1)),
        "personnes[1].faits.enceinte",
        "vrai ou faux",
    );
    let born = "/personnes/2/faits/date_de_naissance";
    let at = "personnes[2].faits.date_de_naissance";
    refuses(&with(born, json!("2015-02-29")), at, "la date « 2015-02-29 » n’existe pas");
    refuses(&with(born, json!(2015)), at, "une date \"AAAA-MM-JJ\"");
    let status = "/ménages/0/faits/statut_d_occupation";
    let at = "ménages[0].faits.statut_d_occupation";
    refuses(&with(status, json!("proprietaire")), at, "vouliez-vous dire « propriétaire » ?");
    refuses(&with(status, json!("statut")), at, "les choix sont « locataire », « propriétaire »");
}

#[test]
fn a_number_keeps_all_its_digits() {
    let text = family().to_string().replace("1200.505", "0.100000001");
    let (_, household) = read(&LAW, text.as_bytes()).unwrap();
    let Fact::Known(salary) = household.fact(LAW.book().input_named("salaire").unwrap(), 0) else {
        panic!("known")
    };
    let exact = Value::Number("0,100000001".parse().unwrap());
    assert_eq!(salary.at(Month::of(2026, 5)), Some(exact));
    for digits in ["1e400", "340282366920938463463374607431768211456", "1e-12", "1000000000000"] {
        let text = family().to_string().replace("1200.505", digits);
        let found = read(&LAW, text.as_bytes()).unwrap_err();
        assert!(found[0].message.contains("trop de chiffres"), "{digits}: {}", found[0]);
    }
}

#[test]
fn refuses_facts_that_are_not_in_the_book() {
    let at = |name: &str| format!("/personnes/0/faits/{name}");
    refuses(&with(&at("salaires"), json!(1)), "personnes[0].faits.salaires", "« salaire »");
    refuses(&with(&at("benefice"), json!(1)), "personnes[0].faits.benefice", "« bénéfice »");
    refuses(
        &with(&at("zzzz"), json!(1)),
        "personnes[0].faits.zzzz",
        "aucune donnée ne s’appelle « zzzz »",
    );
    let words = "se dit d’un ménage, pas d’une personne";
    refuses(&with(&at("loyer"), json!(1)), "personnes[0].faits.loyer", words);
    let path = "personnes[0].faits.salaire_annuel";
    refuses(&with(&at("salaire_annuel"), json!(1)), path, "calculé par les règles");
}

#[test]
fn refuses_series_out_of_order() {
    let rent = "/ménages/0/faits/loyer";
    let series = |points: Json| json!({ "depuis": points });
    let at = |rest: &str| format!("ménages[0].faits.loyer.{rest}");
    let document = with(rent, series(json!([["2025-06", 1], ["2025-01", 2]])));
    refuses(&document, &at("depuis[1][0]"), "2025-01 vient après 2025-06");
    let document = with(rent, series(json!([["2025-06", 1], ["2025-06", 2]])));
    refuses(&document, &at("depuis[1][0]"), "le mois 2025-06 est écrit deux fois");
    refuses(&with(rent, series(json!([["2025-13", 1]]))), &at("depuis[0][0]"), "« 2025-13 »");
    refuses(&with(rent, series(json!([["2025-12"]]))), &at("depuis[0]"), "un mois et une valeur");
    refuses(&with(rent, series(json!([]))), &at("depuis"), "vide");
    let long: Vec<_> = (0..1201).map(|_| json!(["2025-01", 1])).collect();
    refuses(&with(rent, series(json!(long))), &at("depuis"), "1201 changements");
    refuses(&with(rent, series(json!([["2025-12", -1]]))), &at("depuis[0][1]"), "n’est pas admis");
    let document = with(rent, json!({ "depuis": [["2025-12", 1]], "jusqu_au": "2025-11" }));
    refuses(&document, &at("jusqu_au"), "s’arrête en 2025-11");
}

#[test]
fn a_flow_is_never_carried_on_in_silence() {
    let salary = "/personnes/0/faits/salaire";
    let document = with(salary, json!({ "depuis": [["2025-01", 1]] }));
    refuses(&document, "personnes[0].faits.salaire", "jusqu’à quel mois");
    let document = with(salary, json!({ "depuis": [["2025-01", 1]], "jusqu_au": "2026-05" }));
    assert!(read(&LAW, document.to_string().as_bytes()).is_ok());
    let born = "/personnes/0/faits/date_de_naissance";
    let points = json!({ "depuis": [["2020-01", "1990-01-15"], ["2021-01", "1991-01-15"]] });
    refuses(&with(born, points), "personnes[0].faits.date_de_naissance.depuis", "ne change jamais");
}

#[test]
fn refuses_facts_of_two_forms() {
    let salary = "/personnes/0/faits/salaire";
    let at = "personnes[0].faits.salaire";
    refuses(&with(salary, json!({ "valeur": 1, "inconnu": true })), at, "un seul de ces champs");
    refuses(&with(salary, json!({})), at, "un seul de ces champs");
    let path = "personnes[0].faits.salaire.inconnu";
    refuses(&with(salary, json!({ "inconnu": false })), path, "que `true`");
    let path = "personnes[0].faits.salaire.jusqu_au";
    refuses(&with(salary, json!({ "valeur": 1, "jusqu_au": "2026-01" })), path, "« depuis »");
    let path = "personnes[0].faits.salaire.valeurs";
    let found = errors(&with(salary, json!({ "valeurs": 1 })));
    assert_eq!(found[0].path, path);
    assert!(found[0].message.contains("vouliez-vous dire « valeur »"), "{}", found[0]);
}

#[test]
fn refuses_a_child_older_than_a_parent() {
    let document = with("/personnes/2/faits/date_de_naissance", json!("1988-02-01"));
    let found = errors(&document);
    assert_eq!(found.len(), 2, "older than both parents: {found:#?}");
    assert_eq!(found[0].path, "personnes[2].faits.date_de_naissance");
    assert!(found[0].message.contains("son parent Anne, né·e le 15/01/1990"), "{}", found[0]);
}

#[test]
fn everyone_is_in_one_family_one_tax_household_one_dwelling() {
    let nowhere = "personnes[2]";
    refuses(&with("/familles/0/enfants", json!([])), nowhere, "« c » n’est dans aucune famille");
    refuses(&with("/rattachés_ailleurs", json!([])), nowhere, "ni dans un foyer fiscal");
    let document = with("/ménages/0/occupants", json!(["a", "b"]));
    refuses(&document, nowhere, "n’est dans aucun ménage");
    let twice = json!([{ "personne": "c", "part": "1" }, { "personne": "c", "part": "1" }]);
    let document = with("/familles/0/enfants", twice);
    refuses(&document, "familles[0].enfants[1].personne", "« c » est déjà dans familles[0]");
    let document = with("/rattachés_ailleurs", json!(["c", "a"]));
    refuses(&document, "rattachés_ailleurs[1]", "« a » est déjà dans foyers_fiscaux[0]");
    let document = with("/ménages/0/occupants/2", json!("cc"));
    let found = errors(&document);
    assert_eq!(found[0].path, "ménages[0].occupants[2]");
    assert!(found[0].message.contains("aucune personne n’a l’identifiant « cc »"), "{}", found[0]);
    refuses(&with("/personnes/1/id", json!("a")), "personnes[1].id", "personnes[0]");
}

#[test]
fn refuses_fields_it_does_not_know_and_names_those_it_misses() {
    refuses(&without("/ménages"), "ménages", "il manque ce champ");
    refuses(&without("/familles/0/demandeur"), "familles[0].demandeur", "il manque ce champ");
    refuses(
        &with("/familles/0/enfants/0/part", json!(0.5)),
        "familles[0].enfants[0].part",
        "\"1/2\"",
    );
    refuses(
        &with("/familles/0/enfants/0/part", json!("1/3")),
        "familles[0].enfants[0].part",
        "\"1/2\"",
    );
    refuses(
        &with("/foyers_fiscaux/0/declarants", json!([])),
        "foyers_fiscaux[0].declarants",
        "« déclarants »",
    );
    refuses(
        &with("/foyers_fiscaux/0/déclarants", json!("a")),
        "foyers_fiscaux[0].déclarants",
        "une liste",
    );
    refuses(&with("/personnes/0", json!(3)), "personnes[0]", "il faut un objet");
    refuses(&json!([]), "", "il faut un objet");
    let text = family().to_string().replacen("\"salaire\":", "\"salaire\": 1, \"salaire\":", 1);
    let found = read(&LAW, text.as_bytes()).unwrap_err();
    assert_eq!(found[0].to_string(), "personnes[0].faits.salaire : ce champ est écrit deux fois");
}

#[test]
fn reports_every_mistake_at_once() {
    let mut document = with("/personnes/0/faits/salaire", json!(-1));
    *document.pointer_mut("/personnes/2/faits/date_de_naissance").unwrap() = json!("2015-13-01");
    *document.pointer_mut("/familles/0/enfants/0/part").unwrap() = json!("2");
    *document.pointer_mut("/ménages/0/occupants/1").unwrap() = json!("c");
    let paths: Vec<_> = errors(&document).into_iter().map(|it| it.path).collect();
    assert_eq!(
        paths,
        [
            "familles[0].enfants[0].part",
            "ménages[0].occupants[2]",
            "personnes[1]",
            "personnes[0].faits.salaire",
            "personnes[2].faits.date_de_naissance",
        ]
    );
}

#[test]
fn bounds_the_size_of_a_situation() {
    let person = |idx: usize| json!({ "id": format!("p{idx}") });
    let persons: Vec<_> = (0..=MAX_PERSONS).map(person).collect();
    let found = errors(&with("/personnes", json!(persons)));
    assert_eq!(found[0].path, "personnes");
    assert!(found[0].message.contains("40 personnes au plus"), "{}", found[0]);
    let mut situation = Situation::default();
    let found = situation.to_household(&LAW).unwrap_err();
    assert_eq!(found[0].path, "personnes");
    situation.personnes = vec![Default::default(); 100_000];
    let found = situation.to_household(&LAW).unwrap_err();
    assert!(found[0].message.contains("40 personnes au plus"), "{}", found[0]);
}
