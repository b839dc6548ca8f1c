//! The properties that the law declares of itself (`propriété`), tried on households.

use std::collections::BTreeMap;

use base::{Date, Month, Rational};
use law::{Law, Type, Value};
use law_ir::{
    Book, Direction, Dwelling, Entity, ExprId, Fact, Family, History, Household, HouseholdChange,
    InputId, Instance, Membership, Person, PropertyLaw, Rule, RuleId, RuleKind, TaxHousehold,
};
use law_reference::{Outcome, evaluate_rule};

use crate::dice::Dice;
use crate::generate::situation;

/// A household of which a property does not hold.
#[derive(Debug, Clone)]
pub struct Refuted {
    pub property: String,
    pub label: String,
    pub month: Month,
    /// What was changed and what came of it.
    pub detail: String,
    pub situation: String,
}

/// The properties of a law, ready to be tried.
#[derive(Debug)]
pub struct Laws {
    /// The book, with a rule more for each test of a property.
    book: Book,
    tests: BTreeMap<usize, RuleId>,
    /// The facts of somebody who joins a household, by input.
    newcomer: BTreeMap<InputId, Fact>,
}

impl Laws {
    /// `newcomer`: the facts of somebody without anything of their own.
    pub fn new(law: &Law, newcomer: BTreeMap<InputId, Fact>) -> Self {
        let mut book = law.book().clone();
        let mut tests = BTreeMap::new();
        for (rank, property) in law.book().properties.iter().enumerate() {
            let test = match property.law {
                PropertyLaw::Always { test, entity } => Some((test, entity)),
                PropertyLaw::Moves { rule, provided, .. } => {
                    provided.zip(law.book().rule(rule).map(|it| it.entity))
                }
            };
            if let Some((body, entity)) = test {
                tests.insert(rank, RuleId::at(book.rules.len()));
                book.rules.push(test_rule(&property.name, body, entity, property.span));
            }
        }
        Self { book, tests, newcomer }
    }

    pub fn len(&self) -> usize {
        self.book.properties.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Tries a property on a household; how many comparisons it made.
    pub fn holds(
        &self,
        rank: usize,
        household: &Household,
        month: Month,
        dice: &mut Dice<'_>,
    ) -> Result<usize, Box<Refuted>> {
        let Some(property) = self.book.properties.get(rank) else { return Ok(0) };
        let refuted = |detail: String, household: &Household| {
            let told = serde_json::to_string(&situation(&self.book, household));
            Box::new(Refuted {
                property: property.name.clone(),
                label: property.label.clone(),
                month,
                detail,
                situation: told.unwrap_or_else(|error| error.to_string()),
            })
        };
        match property.law {
            PropertyLaw::Always { entity, .. } => {
                let mut tried = 0;
                for instance in instances(household, entity) {
                    match self.test(rank, household, instance, month) {
                        Some(false) => {
                            let detail = format!("false for {} {instance}", entity.word());
                            return Err(refuted(detail, household));
                        }
                        Some(true) => tried += 1,
                        None => {}
                    }
                }
                Ok(tried)
            }
            PropertyLaw::Moves { rule, change, direction, .. } => {
                let Some((after, told)) = self.changed(household, month, change, dice) else {
                    return Ok(0);
                };
                let moved = self.moves(rank, rule, direction, (household, &after), month);
                moved.map_err(|detail| refuted(format!("{told}: {detail}"), household))
            }
        }
    }

    fn moves(
        &self,
        rank: usize,
        rule: RuleId,
        direction: Direction,
        (before, after): (&Household, &Household),
        month: Month,
    ) -> Result<usize, String> {
        let entity = self.book.rule(rule).map_or(Entity::Person, |it| it.entity);
        let mut tried = 0;
        for instance in instances(before, entity) {
            let provided = |household: &Household| {
                !self.tests.contains_key(&rank)
                    || self.test(rank, household, instance, month) == Some(true)
            };
            if !provided(before) || !provided(after) {
                continue;
            }
            let value = |household: &Household| {
                let found = evaluate_rule(&self.book, household, rule, instance, month);
                found.value().and_then(Value::as_number)
            };
            let (Some(was), Some(is)) = (value(before), value(after)) else { continue };
            let fine = match direction {
                Direction::NeverFalls => is >= was,
                Direction::NeverRises => is <= was,
                Direction::NeverMoves => is == was,
            };
            if !fine {
                return Err(format!("{was} becomes {is} for {} {instance}", entity.word()));
            }
            tried += 1;
        }
        Ok(tried)
    }

    fn test(
        &self,
        rank: usize,
        household: &Household,
        instance: Instance,
        month: Month,
    ) -> Option<bool> {
        let rule = *self.tests.get(&rank)?;
        match evaluate_rule(&self.book, household, rule, instance, month) {
            Outcome::Known(value) => value.as_bool(),
            Outcome::Missing(_) | Outcome::Impossible(_) => None,
        }
    }

    // ── changes ───────────────────────────────────────────────────────────────────────────────────

    fn changed(
        &self,
        household: &Household,
        month: Month,
        change: HouseholdChange,
        dice: &mut Dice<'_>,
    ) -> Option<(Household, String)> {
        match change {
            HouseholdChange::Increase(input) => self.increased(household, input, dice),
            HouseholdChange::OneMoreChild => self.with_a_birth(household, month, dice),
            HouseholdChange::StrangerElsewhere => self.with_a_stranger(household, month),
        }
    }

    fn increased(
        &self,
        household: &Household,
        id: InputId,
        dice: &mut Dice<'_>,
    ) -> Option<(Household, String)> {
        let input = self.book.input(id)?;
        let all: Vec<Instance> = instances(household, input.entity).collect();
        let instance = dice.pick(&all)?;
        let Fact::Known(history) = household.fact(id, instance) else { return None };
        let by = match input.ty {
            Type::Number(unit) if unit.euro != 0 => {
                Rational::from_cents(dice.one_of([1, 100, 1_000, 20_000, 100_000]))
            }
            _ => Rational::from(dice.one_of([1, 2, 10])),
        };
        let more = |value: Value| match value {
            Value::Number(it) => {
                let it = it.checked_add(by).unwrap_or(it);
                Value::Number(match input.bounds {
                    Some((_, Value::Number(high))) => it.min(high),
                    _ => it,
                })
            }
            other => other,
        };
        let points = history.points.iter().map(|(from, value)| (*from, value.map(more))).collect();
        let mut res = household.clone();
        res.set_fact(id, instance, Fact::Known(History { points, ..history.clone() }));
        Some((res, format!("{} of {instance} goes up by {by}", input.name)))
    }

    fn with_a_birth(
        &self,
        household: &Household,
        month: Month,
        dice: &mut Dice<'_>,
    ) -> Option<(Household, String)> {
        let mut res = household.clone();
        let birth = self.book.birth_date?;
        let births =
            instances(household, Entity::Person).filter_map(|it| match household.fact(birth, it) {
                Fact::Known(history) => history.at(month)?.as_date(),
                Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
            });
        let youngest = births.max()?;
        let all: Vec<Instance> = instances(household, Entity::Family).collect();
        let family = dice.pick(&all)?;
        let applicant = household.family(family)?.applicant;
        let parent = household.person(applicant)?.clone();
        let born = [0, 5, 13, 24, 37]
            .into_iter()
            .filter_map(|ago| month.plus(-ago).first_day())
            .filter(|it| *it >= youngest)
            .collect::<Vec<Date>>();
        let born = dice.pick(&born).unwrap_or(youngest);
        let person = self.newcomer(
            &mut res,
            Person {
                id: "nouveau".to_owned(),
                label: "nouveau".to_owned(),
                family,
                tax_household: parent.tax_household,
                dwelling: parent.dwelling,
                membership: Membership::Child { share: Rational::ONE },
            },
        );
        res.families.get_mut(usize::from(family))?.children.push(person);
        if let Some(taxed) = parent.tax_household {
            res.tax_households.get_mut(usize::from(taxed))?.dependants.push(person);
        }
        res.dwellings.get_mut(usize::from(parent.dwelling))?.occupants.push(person);
        res.set_fact(birth, person, always(Value::Date(born)));
        Some((res, format!("a child born on {born} joins family {family}")))
    }

    fn with_a_stranger(&self, household: &Household, month: Month) -> Option<(Household, String)> {
        let mut res = household.clone();
        let instance = |count: usize| Instance::try_from(count).unwrap_or(Instance::MAX);
        let family = instance(res.families.len());
        let taxed = instance(res.tax_households.len());
        let dwelling = instance(res.dwellings.len());
        let person = self.newcomer(
            &mut res,
            Person {
                id: "inconnu".to_owned(),
                label: "inconnu".to_owned(),
                family,
                tax_household: Some(taxed),
                dwelling,
                membership: Membership::Applicant,
            },
        );
        res.families.push(Family { applicant: person, ..Family::default() });
        let group = TaxHousehold { declarants: vec![person], dependants: Vec::new() };
        res.tax_households.push(group);
        res.dwellings.push(Dwelling { occupants: vec![person] });
        let groups =
            [(Entity::Family, family), (Entity::TaxHousehold, taxed), (Entity::Dwelling, dwelling)];
        for (entity, at) in groups {
            self.give(&mut res, entity, at);
        }
        let born = month.plus(-12 * 40).first_day()?;
        res.set_fact(self.book.birth_date?, person, always(Value::Date(born)));
        Some((res, "somebody lives elsewhere".to_owned()))
    }

    /// Adds a person with the facts of a newcomer.
    fn newcomer(&self, household: &mut Household, person: Person) -> Instance {
        let rank = Instance::try_from(household.persons.len()).unwrap_or(Instance::MAX);
        household.persons.push(person);
        self.give(household, Entity::Person, rank);
        rank
    }

    fn give(&self, household: &mut Household, entity: Entity, instance: Instance) {
        for (id, fact) in &self.newcomer {
            if self.book.input(*id).is_some_and(|it| it.entity == entity) {
                household.set_fact(*id, instance, fact.clone());
            }
        }
    }
}

fn instances(household: &Household, entity: Entity) -> impl Iterator<Item = Instance> {
    (0..household.count(entity)).map(|it| Instance::try_from(it).unwrap_or(Instance::MAX))
}

fn always(value: Value) -> Fact {
    let points = vec![(Month::of(1, 1), Some(value))];
    Fact::Known(History { points, until: None, provenance: String::new() })
}

fn test_rule(name: &str, body: ExprId, entity: Entity, span: law_syntax::Span) -> Rule {
    Rule {
        name: name.to_owned(),
        label: name.to_owned(),
        ty: Type::Bool,
        entity,
        body,
        kind: RuleKind::Rule,
        hidden: true,
        sources: Vec::new(),
        article: None,
        choice: None,
        threshold_effects: Vec::new(),
        span,
    }
}

/// The facts of somebody who earns and owns nothing: the ordinary value of each fact, numbers at zero.
pub fn nobody_in_particular(law: &Law, ordinary: &Household) -> BTreeMap<InputId, Fact> {
    let mut res = BTreeMap::new();
    for (rank, input) in law.book().inputs.iter().enumerate() {
        let id = InputId::at(rank);
        let fact = match (input.ty, ordinary.fact(id, 0)) {
            (Type::Number(_), _) => {
                let zero = match input.bounds {
                    Some((Value::Number(low), _)) => low.max(Rational::ZERO),
                    _ => Rational::ZERO,
                };
                always(Value::Number(zero))
            }
            (_, fact) => fact.clone(),
        };
        res.insert(id, fact);
    }
    res
}
