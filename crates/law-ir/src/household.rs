//! One household as the evaluators read it: who, how they are grouped, and the facts in time.

use base::{Month, Rational};

use crate::{Entity, InputId, Value};

/// Which person, family, tax household or dwelling: its rank in the household.
pub type Instance = u16;

/// A household ready to be evaluated.
///
/// INVARIANT: every index points to an existing element; every person is in exactly one family and one
/// dwelling, and in one tax household or attached to one outside. Built by the reader of situations.
#[derive(Debug, Clone, Default)]
pub struct Household {
    pub persons: Vec<Person>,
    pub families: Vec<Family>,
    pub tax_households: Vec<TaxHousehold>,
    pub dwellings: Vec<Dwelling>,
    /// `facts[input][instance]`; shorter lists mean "not asked".
    pub facts: Vec<Vec<Fact>>,
}

#[derive(Debug, Clone)]
pub struct Person {
    /// The identifier in the situation.
    pub id: String,
    /// How to name the person in a sentence.
    pub label: String,
    pub family: Instance,
    /// `None`: attached to a tax household outside the situation.
    pub tax_household: Option<Instance>,
    pub dwelling: Instance,
    pub membership: Membership,
}

/// A person's place in their family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    Applicant,
    Partner,
    /// The share of the child that counts in this family: 0, ½ or 1.
    Child {
        share: Rational,
    },
}

#[derive(Debug, Clone, Default)]
pub struct Family {
    pub applicant: Instance,
    pub partner: Option<Instance>,
    pub children: Vec<Instance>,
}

#[derive(Debug, Clone, Default)]
pub struct TaxHousehold {
    pub declarants: Vec<Instance>,
    pub dependants: Vec<Instance>,
}

#[derive(Debug, Clone, Default)]
pub struct Dwelling {
    pub occupants: Vec<Instance>,
}

/// What is known of one fact of one person, family, tax household or dwelling.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Fact {
    #[default]
    NotAsked,
    /// Asked; the person does not know.
    Unknown,
    /// Does not apply to them.
    NotApplicable,
    Known(History),
}

/// A fact in time: change points, the first month each value holds.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// `None`: not known from that month on.
    ///
    /// INVARIANT: sorted by month, each month once.
    pub points: Vec<(Month, Option<Value>)>,
    /// Nothing is known after this month (`None`: the last value holds until it is changed).
    pub until: Option<Month>,
    /// Where it comes from, in words: "déclaré", "avis d’impôt 2025"…
    pub provenance: String,
}

impl History {
    /// The value that holds in `month`; `None` before the first point, in a gap, and after `until`.
    pub fn at(&self, month: Month) -> Option<Value> {
        if self.until.is_some_and(|until| month > until) {
            return None;
        }
        self.points.iter().rev().find(|(from, _)| *from <= month).and_then(|(_, value)| *value)
    }
}

impl Household {
    pub fn count(&self, entity: Entity) -> usize {
        match entity {
            Entity::Person => self.persons.len(),
            Entity::Family => self.families.len(),
            Entity::TaxHousehold => self.tax_households.len(),
            Entity::Dwelling => self.dwellings.len(),
        }
    }

    pub fn person(&self, instance: Instance) -> Option<&Person> {
        self.persons.get(usize::from(instance))
    }

    pub fn family(&self, instance: Instance) -> Option<&Family> {
        self.families.get(usize::from(instance))
    }

    /// What is known of the fact, never a default.
    pub fn fact(&self, input: InputId, instance: Instance) -> &Fact {
        const NOT_ASKED: &Fact = &Fact::NotAsked;
        self.facts
            .get(input.index())
            .and_then(|instances| instances.get(usize::from(instance)))
            .unwrap_or(NOT_ASKED)
    }

    pub fn set_fact(&mut self, input: InputId, instance: Instance, fact: Fact) {
        let input = input.index();
        if self.facts.len() <= input {
            self.facts.resize_with(input.saturating_add(1), Vec::new);
        }
        if let Some(instances) = self.facts.get_mut(input) {
            let at = usize::from(instance);
            if instances.len() <= at {
                instances.resize_with(at.saturating_add(1), Fact::default);
            }
            if let Some(slot) = instances.get_mut(at) {
                *slot = fact;
            }
        }
    }

    /// The instance of entity `to` that is read from `instance` of entity `from`; `None` where there is
    /// none (a person attached to an outside tax household) or where the language does not allow it.
    pub fn project(&self, from: Entity, instance: Instance, to: Entity) -> Option<Instance> {
        if from == to {
            return Some(instance);
        }
        match (from, to) {
            (Entity::Person, Entity::Family) => Some(self.person(instance)?.family),
            (Entity::Person, Entity::TaxHousehold) => self.person(instance)?.tax_household,
            (Entity::Person, Entity::Dwelling) => Some(self.person(instance)?.dwelling),
            (Entity::Family, Entity::Dwelling) => {
                Some(self.person(self.family(instance)?.applicant)?.dwelling)
            }
            _ => None,
        }
    }
}
