//! The frozen corpus: households that reach every branch of the law, and what our rules give them.
//!
//! The answers are our own, kept so that a change of the rules shows every household it moves. A case holds
//! only what is not ordinary; what it does not tell takes the plain value of `ordinaire.json`.

mod by_hand;
mod cover;
mod grow;
mod members;
mod named;
mod perturb;
mod shrink;
mod starts;
mod threshold;

use std::collections::{BTreeMap, BTreeSet};

use base::{Month, Rational};
use law::situation::{Faits, Situation, json_decimal, read};
use law::{Law, Status};
use law_ir::{Entity, Fact, Household, InputId, Instance, RuleId};
use serde_json::{Map, Value as Json, json};

pub use by_hand::{ByHand, by_hand};
pub use cover::{Coverage, seen};
pub use grow::Growth;
pub(crate) use named::full_name;
pub use named::{Named, NoValue, Worth, told_values, values_of};
pub use perturb::Pool;
pub use shrink::{Changed, shrunk};
pub use starts::{completed, ordinary, starts};
pub use threshold::Thresholds;

use crate::generate::situation;

/// One household, one month, and what each aid gives.
#[derive(Debug, Clone)]
pub struct Frozen {
    pub month: Month,
    pub household: Household,
    /// For each aid and each of its instances, what the rules gave when the case was frozen.
    pub answers: Vec<Answer>,
    /// The rules whose own value is frozen too: the law names them, and explanations show them.
    pub rules: BTreeSet<RuleId>,
}

/// What an aid gives one instance of its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub aid: RuleId,
    pub instance: Instance,
    pub status: Status,
    pub amount: Option<Rational>,
}

/// What the rules give now.
pub fn answers(law: &Law, household: &Household, month: Month) -> Vec<Answer> {
    let evaluation = law_reference::evaluate(law.book(), household, month, &law.aids(), false);
    evaluation.aids.into_iter().map(|it| Answer::of(&it)).collect()
}

impl Answer {
    pub fn of(it: &law::AidResult) -> Self {
        Self { aid: it.aid, instance: it.instance, status: it.status, amount: it.amount }
    }

    /// As a case writes it: an amount, `incomplet` or `impossible`.
    fn told(&self) -> Json {
        match (self.status, self.amount.and_then(json_decimal)) {
            (Status::Due | Status::NotDue, Some(amount)) => Json::Number(amount),
            (Status::Impossible, _) => Json::from("impossible"),
            _ => Json::from("incomplet"),
        }
    }
}

/// The ordinary value of each fact.
#[derive(Debug, Clone)]
pub struct Ordinary(Faits);

impl Ordinary {
    /// Reads `ordinaire.json`: a person's facts as a situation writes them.
    pub fn read(law: &Law, text: &str) -> Result<Self, String> {
        let facts: Map<String, Json> =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut res = Faits::new();
        for entity in [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling] {
            let of_entity = |name: &String| {
                let input = law.book().input_named(name).and_then(|it| law.book().input(it));
                input.is_some_and(|it| it.entity == entity)
            };
            let some: Map<String, Json> =
                facts.clone().into_iter().filter(|(name, _)| of_entity(name)).collect();
            let none = Map::new();
            let of = |wanted| if entity == wanted { &some } else { &none };
            let document = json!({
                "personnes": [{ "id": "p", "faits": of(Entity::Person) }],
                "familles": [{ "demandeur": "p", "faits": of(Entity::Family) }],
                "foyers_fiscaux": [{ "déclarants": ["p"], "faits": of(Entity::TaxHousehold) }],
                "ménages": [{ "occupants": ["p"], "faits": of(Entity::Dwelling) }],
            });
            let (read, _) = read(law, document.to_string().as_bytes())
                .map_err(|errors| format!("{errors:#?}"))?;
            let groups = [
                read.personnes.into_iter().next().map(|it| it.faits),
                read.familles.into_iter().next().map(|it| it.faits),
                read.foyers_fiscaux.into_iter().next().map(|it| it.faits),
                read.ménages.into_iter().next().map(|it| it.faits),
            ];
            res.extend(groups.into_iter().flatten().flatten());
        }
        Ok(Self(res))
    }

    /// The facts that the law declares and the file does not give.
    pub fn lacking(&self, law: &Law) -> Vec<String> {
        let names = law.book().inputs.iter().map(|it| it.name.clone());
        names.filter(|it| !self.0.contains_key(it) && it != "date_de_naissance").collect()
    }

    /// Adds what the document does not tell.
    pub fn complete(&self, law: &Law, told: &Situation) -> Situation {
        let mut res = told.clone();
        let book = law.book();
        let fill = |facts: &mut Faits, entity: Entity| {
            for (name, fait) in &self.0 {
                let input = book.input_named(name).and_then(|it| book.input(it));
                if input.is_some_and(|it| it.entity == entity) && !facts.contains_key(name) {
                    facts.insert(name.clone(), fait.clone());
                }
            }
        };
        res.personnes.iter_mut().for_each(|it| fill(&mut it.faits, Entity::Person));
        res.familles.iter_mut().for_each(|it| fill(&mut it.faits, Entity::Family));
        res.foyers_fiscaux.iter_mut().for_each(|it| fill(&mut it.faits, Entity::TaxHousehold));
        res.ménages.iter_mut().for_each(|it| fill(&mut it.faits, Entity::Dwelling));
        res
    }

    /// Leaves out what is ordinary.
    fn reduce(&self, mut told: Situation) -> Situation {
        let drop = |facts: &mut Faits| facts.retain(|name, fait| self.0.get(name) != Some(fait));
        told.personnes.iter_mut().for_each(|it| drop(&mut it.faits));
        told.familles.iter_mut().for_each(|it| drop(&mut it.faits));
        told.foyers_fiscaux.iter_mut().for_each(|it| drop(&mut it.faits));
        told.ménages.iter_mut().for_each(|it| drop(&mut it.faits));
        told
    }
}

/// One person alone, of whom everything is ordinary.
pub fn plain_household(law: &Law, ordinary: &Ordinary) -> Option<Household> {
    let id = || "p".to_owned();
    let born = law::situation::Fait::toujours("1990-01-01");
    let person = law::situation::Personne {
        id: id(),
        nom: None,
        faits: Faits::from([("date_de_naissance".to_owned(), born)]),
    };
    let told = Situation {
        personnes: vec![person],
        familles: vec![law::situation::Famille { demandeur: id(), ..Default::default() }],
        foyers_fiscaux: vec![law::situation::FoyerFiscal {
            déclarants: vec![id()],
            ..Default::default()
        }],
        rattachés_ailleurs: Vec::new(),
        ménages: vec![law::situation::Ménage { occupants: vec![id()], ..Default::default() }],
    };
    ordinary.complete(law, &told).to_household_of_any_age(law).ok()
}

impl Frozen {
    /// Whether a document may tell it: parents are older than their children.
    pub fn is_readable(&self, law: &Law) -> bool {
        situation(law.book(), &self.household).to_household(law).is_ok()
    }

    /// As a line of the corpus.
    pub fn line(&self, law: &Law, ordinary: &Ordinary) -> Option<String> {
        let told = ordinary.reduce(situation(law.book(), &self.household));
        let mut expected: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
        for answer in &self.answers {
            let name = law.book().rule(answer.aid).map(|it| it.name.as_str());
            expected.entry(name.unwrap_or_default()).or_default().push(answer.told());
        }
        let mut line = json!({
            "mois": self.month.to_string(),
            "situation": serde_json::to_value(told).ok()?,
            "attendu": expected,
        });
        if !self.rules.is_empty() {
            let named = Named::of(law.book());
            let values: BTreeMap<String, Vec<Json>> = self
                .rules
                .iter()
                .map(|rule| {
                    let values = values_of(law.book(), *rule, &self.household, self.month);
                    (named.name(*rule), told_values(law.book(), &values))
                })
                .collect();
            line.as_object_mut()?.insert("valeurs".to_owned(), json!(values));
        }
        Some(line.to_string())
    }
}

/// A line of the corpus: the month, the household, what was frozen (by aid and rank of instance).
#[derive(Debug, Clone)]
pub struct Line {
    pub month: Month,
    pub household: Household,
    pub expected: BTreeMap<String, Vec<Json>>,
    /// What was frozen of some rules, by rule and rank of instance.
    pub values: BTreeMap<RuleId, Vec<Json>>,
}

impl Line {
    pub fn read(law: &Law, ordinary: &Ordinary, line: &str) -> Result<Self, String> {
        let document: Json = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let month = document.get("mois").and_then(Json::as_str).and_then(|it| it.parse().ok());
        let month = month.ok_or("no month")?;
        let told = document.get("situation").ok_or("no situation")?.to_string();
        let (told, _) = read(law, told.as_bytes()).map_err(|errors| format!("{errors:#?}"))?;
        let whole = ordinary.complete(law, &told);
        let household =
            whole.to_household_of_any_age(law).map_err(|errors| format!("{errors:#?}"))?;
        let expected = document.get("attendu").cloned().unwrap_or_default();
        let expected = serde_json::from_value(expected).map_err(|error| error.to_string())?;
        let values = document.get("valeurs").cloned().unwrap_or_else(|| json!({}));
        let values: BTreeMap<String, Vec<Json>> =
            serde_json::from_value(values).map_err(|error| error.to_string())?;
        let named = Named::of(law.book());
        let by_rule = |(name, value): (String, Vec<Json>)| {
            let rule = named.rule(&name).ok_or_else(|| format!("no rule `{name}`"))?;
            Ok((rule, value))
        };
        let values = values.into_iter().map(by_rule).collect::<Result<_, String>>()?;
        Ok(Self { month, household, expected, values })
    }

    /// What the rules give now, when it is not what was frozen: each aid that moved.
    pub fn moved(&self, law: &Law) -> Vec<String> {
        let mut now: BTreeMap<String, Vec<Json>> = BTreeMap::new();
        for answer in answers(law, &self.household, self.month) {
            let name = law.book().rule(answer.aid).map(|it| it.name.clone());
            now.entry(name.unwrap_or_default()).or_default().push(answer.told());
        }
        let names: BTreeSet<&String> = now.keys().chain(self.expected.keys()).collect();
        let show = |it: Option<&Vec<Json>>| {
            it.map_or_else(String::new, |it| Json::Array(it.clone()).to_string())
        };
        let mut res: Vec<String> = names
            .into_iter()
            .filter(|name| now.get(*name) != self.expected.get(*name))
            .map(|name| {
                format!("{name} : {} → {}", show(self.expected.get(name)), show(now.get(name)))
            })
            .collect();
        let named = Named::of(law.book());
        for (rule, expected) in &self.values {
            let values = values_of(law.book(), *rule, &self.household, self.month);
            let now = told_values(law.book(), &values);
            if now != *expected {
                let name = named.name(*rule);
                res.push(format!("{name} : {} → {}", show(Some(expected)), show(Some(&now))));
            }
        }
        res
    }
}

/// Whether nothing of it is missing or said not to apply: what a corpus of plain households holds.
pub fn is_whole(household: &Household) -> bool {
    household.facts.iter().flatten().all(|it| matches!(it, Fact::Known(_)))
}

/// The instances of a fact, with its rank.
pub(crate) fn facts_of(law: &Law, household: &Household) -> Vec<(InputId, Instance)> {
    let inputs = law.book().inputs.iter().enumerate();
    let each = |(rank, input): (usize, &law::Input)| {
        let count = Instance::try_from(household.count(input.entity)).unwrap_or(Instance::MAX);
        (0..count).map(move |instance| (InputId::at(rank), instance)).collect::<Vec<_>>()
    };
    inputs.flat_map(each).collect()
}
