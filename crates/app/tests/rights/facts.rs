//! The form and the law speak of the same facts.

use std::collections::BTreeSet;

use app::rights::model::facts::{Datum, Fact, Owner};
use app::rights::model::situation::situation;
use app::rights::model::{self};
use base::{Date, Rational};
use law::{Entity, Law, Type};
use web::form::Fields;

/// A household for which every question makes sense.
fn everybody() -> Fields {
    Fields::from_iter([
        ("p.couple", "joint"),
        ("p.a1.birth", "12/03/1987"),
        ("p.a1.activity", "au_chômage"),
        ("p.a2.birth", "01/01/2003"),
        ("p.a2.activity", "en_études"),
        ("p.a1.nationality", "autre_nationalité"),
        ("p.e1.here", "oui"),
        ("p.e1.birth", "12/03/2009"),
    ])
}

fn alone() -> Fields {
    Fields::from_iter([("p.couple", "alone")])
}

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn entity(owner: Owner) -> Entity {
    match owner {
        Owner::Person(_) => Entity::Person,
        Owner::Family => Entity::Family,
        Owner::Dwelling => Entity::Dwelling,
    }
}

#[test]
fn every_fact_asked_is_in_the_law_of_the_same_entity() {
    let law = Law::national();
    for fields in [everybody(), alone()] {
        for ((owner, name), field) in model::read(&fields, today()).facts.asked_at {
            let input = law.book().input_named(name).and_then(|id| law.book().input(id));
            let input = input.unwrap_or_else(|| panic!("{field} asks `{name}`, not in the law"));
            assert_eq!(input.entity, entity(owner), "{name}");
        }
    }
}

#[test]
fn every_fact_of_the_law_is_asked() {
    let asked: BTreeSet<&str> = [everybody(), alone()]
        .iter()
        .flat_map(|fields| model::read(fields, today()).facts.asked_at.into_keys())
        .map(|(_, name)| name)
        .collect();
    let inputs = Law::national().book().inputs.iter().map(|it| it.name.as_str());
    let forgotten: Vec<&str> = inputs.filter(|name| !asked.contains(name)).collect();
    assert!(forgotten.is_empty(), "no question asks {forgotten:?}");
}

#[test]
fn every_case_offered_is_a_case_of_the_law() {
    let law = Law::national();
    let lists = [
        ("activité", model::catalog::ACTIVITIES),
        ("nationalité", model::catalog::NATIONALITIES),
        ("statut_d_occupation", model::catalog::OCCUPANCIES),
        ("type_de_foyer", model::catalog::HOSTELS),
    ];
    for (name, offered) in lists {
        let input = law.book().input_named(name).and_then(|id| law.book().input(id)).unwrap();
        let Type::Enum(id) = input.ty else { panic!("{name} is not an enumeration") };
        let cases = &law.book().enumeration(id).unwrap().cases;
        let named: BTreeSet<&str> =
            cases.iter().filter_map(|it| law.book().case(*it)).map(|it| it.name.as_str()).collect();
        let offered: BTreeSet<&str> = offered.iter().copied().collect();
        assert_eq!(offered, named, "{name}");
    }
}

#[test]
fn a_blank_form_tells_nothing() {
    let answers = model::read(&alone(), today());
    assert!(answers.facts.known.is_empty(), "{:?}", answers.facts.known);
    assert!(situation(&answers).to_household(Law::national()).is_ok());
}

#[test]
fn zeros_only_come_from_a_sentence() {
    let mut fields = everybody();
    let zeros = |fields: &Fields| {
        let known = model::read(fields, today()).facts.known;
        let zero = Datum::Number(Rational::ZERO);
        let is_zero = |fact: &Fact| match fact {
            Fact::Always(datum) => *datum == zero,
            Fact::Since { points, .. } => points.iter().any(|(_, it)| *it == Some(zero)),
            Fact::Unknown => false,
        };
        known.values().filter(|it| is_zero(it)).count()
    };
    assert_eq!(zeros(&fields), 0);
    fields.set("i.a1.rest", "rien");
    assert!(zeros(&fields) > 10);
    fields.set("i.a1.rest", "inconnu");
    assert_eq!(zeros(&fields), 0);
}

#[test]
fn pay_since_a_month_holds_until_the_month_studied() {
    let mut fields = alone();
    for (name, value) in [
        ("month", "11/2026"),
        ("i.a1.salary", "oui"),
        ("i.a1.salary.1.net", "1 200,50"),
        ("i.a1.salary.1.since", "07/2026"),
        ("t.a1.2024.salary", "12000"),
    ] {
        fields.set(name, value);
    }
    let answers = model::read(&fields, today());
    let situation = situation(&answers);
    let json = serde_json::to_value(&situation.personnes[0].faits["salaire_net_social"]).unwrap();
    assert_eq!(json.to_string(), r#"{"depuis":[["2026-07",1200.5]],"jusqu_au":"2026-11"}"#);
    // The tax notice gives another year; between the two, nobody knows.
    let json = serde_json::to_value(&situation.personnes[0].faits["salaire_imposable"]).unwrap();
    let expected = r#"{"depuis":[["2024-01",1000]],"jusqu_au":"2024-12","source":"avis d’impôt, réparti sur 12 mois"}"#;
    assert_eq!(json.to_string(), expected);
}
