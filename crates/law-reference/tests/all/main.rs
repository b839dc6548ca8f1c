//! What the evaluator answers, on small books and small households.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod aids;
mod amounts;
mod examples;
mod faults;
mod households;
mod missing;
mod months;

use base::{Month, Rational};
use law_ir::{
    Book, Dwelling, Entity, Fact, Family, History, Household, Instance, Membership, Person,
    RuleKind, TaxHousehold, Value, from_syntax,
};
use law_reference::{AidResult, Evaluation, Fault, Outcome, evaluate, evaluate_rule};
use law_syntax::{FileId, parse};

const GROUND: &str = "
énumération zone « zone » | zone_1 « zone 1 » | zone_2 « zone 2 »
paramètre base_mensuelle : €/mois
  depuis 2023-01 : 600 source « décret » depuis 2026-04 : 650 source « décret »
donnée date_de_naissance : date par personne, permanente
donnée salaire : €/mois par personne, flux
donnée étudiant : oui_non par personne, état
donnée loyer : €/mois par ménage, état
donnée zone_apl : zone par ménage, état
donnée revenu_fiscal : €/an par foyer_fiscal, état
";

fn book(text: &str) -> Book {
    let parsed = parse(FileId(0), &format!("{GROUND}{text}"));
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let (book, diagnostics) = from_syntax(&[parsed.file]);
    book.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn number(text: &str) -> Value {
    Value::Number(text.parse::<Rational>().unwrap())
}

fn date(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

/// One family under one roof: an applicant, perhaps a partner, children with their shares.
struct Home<'a> {
    book: &'a Book,
    household: Household,
}

impl<'a> Home<'a> {
    fn new(book: &'a Book) -> Self {
        let mut household = Household::default();
        household.families.push(Family::default());
        household.tax_households.push(TaxHousehold::default());
        household.dwellings.push(Dwelling::default());
        Self { book, household }.person(Membership::Applicant)
    }

    fn person(mut self, membership: Membership) -> Self {
        let rank = Instance::try_from(self.household.persons.len()).unwrap();
        let family = &mut self.household.families[0];
        let taxed = &mut self.household.tax_households[0];
        match membership {
            Membership::Applicant => family.applicant = rank,
            Membership::Partner => family.partner = Some(rank),
            Membership::Child { .. } => family.children.push(rank),
        }
        match membership {
            Membership::Child { .. } => taxed.dependants.push(rank),
            Membership::Applicant | Membership::Partner => taxed.declarants.push(rank),
        }
        self.household.dwellings[0].occupants.push(rank);
        let (id, label) = (format!("p{rank}"), format!("p{rank}"));
        let (family, tax_household, dwelling) = (0, Some(0), 0);
        self.household.persons.push(Person {
            id,
            label,
            family,
            tax_household,
            dwelling,
            membership,
        });
        self
    }

    fn child(self, born: &str) -> Self {
        let rank = Instance::try_from(self.household.persons.len()).unwrap();
        self.person(Membership::Child { share: Rational::ONE }).fact(
            "date_de_naissance",
            rank,
            date(born),
        )
    }

    fn state(mut self, name: &str, instance: Instance, fact: Fact) -> Self {
        let input = self.book.input_named(name).unwrap_or_else(|| panic!("{name}"));
        self.household.set_fact(input, instance, fact);
        self
    }

    fn fact(self, name: &str, instance: Instance, value: Value) -> Self {
        self.flow(name, instance, &[("0001-01", Some(value))])
    }

    fn flow(self, name: &str, instance: Instance, points: &[(&str, Option<Value>)]) -> Self {
        let points = points.iter().map(|(from, value)| (month(from), *value)).collect();
        let history = History { points, until: None, provenance: "déclaré".to_owned() };
        self.state(name, instance, Fact::Known(history))
    }

    fn rule(&self, name: &str, instance: Instance, at: &str) -> Outcome {
        let rule = self.book.rule_named(name).unwrap();
        evaluate_rule(self.book, &self.household, rule, instance, month(at))
    }

    #[track_caller]
    fn gives(&self, name: &str, at: &str, expected: Value) {
        assert_eq!(self.rule(name, 0, at), Outcome::Known(expected), "{name} in {at}");
    }

    fn evaluation(&self, at: &str) -> Evaluation {
        let aids: Vec<_> = self.book.aids().map(|(id, _, _)| id).collect();
        assert!(
            aids.iter().all(|it| matches!(self.book.rule(*it).unwrap().kind, RuleKind::Aid(_)))
        );
        evaluate(self.book, &self.household, month(at), &aids, true)
    }

    fn aid(&self, at: &str) -> AidResult {
        self.evaluation(at).aids.into_iter().next().unwrap()
    }
}

#[track_caller]
fn fault(outcome: Outcome) -> Fault {
    match outcome {
        Outcome::Impossible(fault) => Fault::clone(&fault),
        Outcome::Known(_) | Outcome::Missing(_) => panic!("{outcome:?}"),
    }
}

/// The names of the facts that are missing, with the months.
fn missing_names(book: &Book, result: &AidResult) -> Vec<String> {
    let name = |it: &law_reference::MissingFact| {
        let input =
            it.input.and_then(|id| book.input(id)).map_or("ailleurs", |it| it.name.as_str());
        assert!(
            it.input.is_none() || book.input(it.input.unwrap()).unwrap().entity <= Entity::Dwelling
        );
        format!("{input} {} {}..{}", it.instance, it.first, it.last)
    };
    result.missing.iter().map(name).collect()
}
