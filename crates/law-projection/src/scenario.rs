//! « Et si »: the household as it would be from a month on.
//!
//! A scenario says what it changes and nothing more. What it makes necessary to know and nobody has told
//! (the zone of the new home, the taxable part of the new pay) is left unknown, to be asked.

use std::fmt;

use base::{Date, Month, Rational};
use law_ir::{
    Book, Dwelling, Entity, Fact, Household, InputId, Instance, Membership, Person, Value,
};

use crate::edit::{is_flow, known, number, set_always, set_from};
use crate::extend::{receive_from, received};
use crate::project::instances;
use crate::{fr, names, separation};

#[derive(Debug, Clone, PartialEq)]
pub enum Scenario {
    /// A job at this monthly net pay. `taxable`: the part that is taxed, on the same pay slip.
    Job { person: Instance, pay: Rational, taxable: Option<Rational>, from: Month },
    /// The pay stops. `benefit`: what unemployment insurance will pay each month.
    JobLoss { person: Instance, benefit: Option<Rational>, from: Month },
    /// Another home. What is said neither here nor in the answers is asked again.
    Move {
        dwelling: Instance,
        rent: Rational,
        zone: Option<Value>,
        occupation: Option<Value>,
        from: Month,
    },
    /// One of the two parents leaves for a home of their own.
    Separation {
        family: Instance,
        leaver: Instance,
        children: Vec<(Instance, Custody)>,
        from: Month,
    },
    /// A child, in the family and home of its parents.
    Birth { family: Instance, name: String, born: Date },
}

/// With whom a child lives after a separation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    /// With the parent who stays: also for a child that is not named.
    Stays,
    Leaves,
    /// Half and half: the child is told once in each home, for a half share.
    Shared,
}

/// A scenario with the answers to what it asks. New persons and groups come after those of the household,
/// in the order: double of a shared child…, family, tax household, dwelling.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    pub scenario: Scenario,
    pub answers: Vec<Answer>,
}

/// A fact from the first month of the scenario on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    pub input: InputId,
    pub instance: Instance,
    pub value: Value,
}

/// The household of a scenario: to be read from `from` on.
#[derive(Debug, Clone)]
pub struct Applied {
    pub household: Household,
    pub from: Month,
}

/// Why a scenario has no meaning for this household; in French when shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No such person, family or dwelling.
    Nobody,
    /// The one who leaves is not one of two parents.
    NotACouple,
    /// A child that is not of the family.
    NotAChild,
    /// The book does not know the fact to change.
    NoFact,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(fr::refused(*self))
    }
}

impl std::error::Error for Refused {}

impl Scenario {
    /// The first month that is different; for a birth, the first in which it may be.
    pub fn from(&self) -> Month {
        match self {
            Self::Job { from, .. }
            | Self::JobLoss { from, .. }
            | Self::Move { from, .. }
            | Self::Separation { from, .. } => *from,
            Self::Birth { born, .. } => born.month(),
        }
    }
}

impl WhatIf {
    pub fn new(scenario: Scenario) -> Self {
        Self { scenario, answers: Vec::new() }
    }

    /// The household with the scenario and its answers. Amounts received from aids that the book computes
    /// are, from then on, what it computes, as far as the household itself supposes so.
    pub fn apply(&self, book: &Book, household: &Household) -> Result<Applied, Refused> {
        let from = self.scenario.from();
        let mut res = household.clone();
        match &self.scenario {
            Scenario::Job { person, pay, taxable, .. } => {
                job(book, &mut res, *person, (*pay, *taxable), from)?;
            }
            Scenario::JobLoss { person, benefit, .. } => {
                job_loss(book, &mut res, *person, *benefit, from)?;
            }
            Scenario::Move { dwelling, rent, zone, occupation, .. } => {
                moved(book, &mut res, *dwelling, (*rent, *zone, *occupation), from)?;
            }
            Scenario::Separation { family, leaver, children, .. } => {
                separation::separate(book, &mut res, (*family, *leaver), children, from)?;
            }
            Scenario::Birth { family, name, born } => birth(book, &mut res, *family, name, *born)?,
        }
        for answer in &self.answers {
            let value = Some(answer.value);
            set_from(&mut res, answer.input, answer.instance, from, value, fr::ANSWERED);
        }
        receive_again(book, household, &mut res, from);
        Ok(Applied { household: res, from })
    }
}

/// Where the household supposed amounts received in that month, they are computed again.
fn receive_again(book: &Book, before: &Household, after: &mut Household, from: Month) {
    let mut todo = Vec::new();
    for (input, rule) in received(book) {
        let Some(entity) = book.input(input).map(|it| it.entity) else { continue };
        let supposed = instances(before, entity).any(|it| known(before, input, it, from).is_some());
        if supposed {
            todo.extend(instances(after, entity).map(|it| (input, rule, it, from)));
        }
    }
    if !todo.is_empty() {
        receive_from(book, after, from, &todo);
    }
}

struct Edit<'a> {
    book: &'a Book,
    household: &'a mut Household,
    instance: Instance,
    from: Month,
}

impl Edit<'_> {
    /// A fact the book does not have is left alone.
    fn set(&mut self, name: &str, value: Option<Value>) -> bool {
        let Some(input) = self.book.input_named(name) else { return false };
        set_from(self.household, input, self.instance, self.from, value, fr::SCENARIO);
        true
    }

    fn set_case(&mut self, name: &str, case: &str) {
        if let Some(case) = self.book.case_named(case) {
            self.set(name, Some(Value::Case(case)));
        }
    }

    fn known(&self, name: &str) -> Option<Rational> {
        let input = self.book.input_named(name)?;
        number(known(self.household, input, self.instance, self.from.plus(-1)))
    }
}

fn edit_person<'a>(
    book: &'a Book,
    household: &'a mut Household,
    instance: Instance,
    from: Month,
) -> Result<Edit<'a>, Refused> {
    household.person(instance).ok_or(Refused::Nobody)?;
    Ok(Edit { book, household, instance, from })
}

fn job(
    book: &Book,
    household: &mut Household,
    person: Instance,
    (pay, taxable): (Rational, Option<Rational>),
    from: Month,
) -> Result<(), Refused> {
    let mut edit = edit_person(book, household, person, from)?;
    if !edit.set(names::PAY, Some(Value::Number(pay))) {
        return Err(Refused::NoFact);
    }
    edit.set(names::TAXABLE_PAY, taxable.map(Value::Number));
    edit.set_case(names::ACTIVITY, names::WORKING);
    // Somebody who is paid by unemployment insurance may keep a part of it: it has to be told.
    for name in [names::UNEMPLOYMENT_PAY, names::TAXABLE_UNEMPLOYMENT_PAY] {
        if edit.known(name).is_none_or(|it| !it.is_zero()) {
            edit.set(name, None);
        }
    }
    Ok(())
}

fn job_loss(
    book: &Book,
    household: &mut Household,
    person: Instance,
    benefit: Option<Rational>,
    from: Month,
) -> Result<(), Refused> {
    let mut edit = edit_person(book, household, person, from)?;
    if !edit.set(names::PAY, Some(Value::Number(Rational::ZERO))) {
        return Err(Refused::NoFact);
    }
    edit.set(names::TAXABLE_PAY, Some(Value::Number(Rational::ZERO)));
    edit.set_case(names::ACTIVITY, names::UNEMPLOYED);
    edit.set(names::UNEMPLOYED_SINCE, from.first_day().map(Value::Date));
    edit.set(names::UNEMPLOYMENT_PAY, benefit.map(Value::Number));
    // Nothing received is nothing taxed; otherwise the taxable part is another figure.
    let nothing = benefit.filter(|it| it.is_zero());
    edit.set(names::TAXABLE_UNEMPLOYMENT_PAY, nothing.map(Value::Number));
    Ok(())
}

fn moved(
    book: &Book,
    household: &mut Household,
    dwelling: Instance,
    (rent, zone, occupation): (Rational, Option<Value>, Option<Value>),
    from: Month,
) -> Result<(), Refused> {
    if usize::from(dwelling) >= household.count(Entity::Dwelling) {
        return Err(Refused::Nobody);
    }
    for (rank, input) in book.inputs.iter().enumerate() {
        if input.entity != Entity::Dwelling {
            continue;
        }
        let value = match input.name.as_str() {
            names::RENT => Some(Value::Number(rent)),
            names::ZONE => zone,
            names::OCCUPATION => occupation,
            _ => None,
        };
        let input = InputId::at(rank);
        set_from(household, input, dwelling, from, value, fr::SCENARIO);
    }
    Ok(())
}

fn birth(
    book: &Book,
    household: &mut Household,
    family: Instance,
    name: &str,
    born: Date,
) -> Result<(), Refused> {
    let applicant = household.family(family).ok_or(Refused::Nobody)?.applicant;
    let parent = household.person(applicant).ok_or(Refused::Nobody)?.clone();
    let birth_date = book.birth_date.ok_or(Refused::NoFact)?;
    let rank = household.persons.len();
    let child = Instance::try_from(rank).map_err(|_| Refused::Nobody)?;
    household.persons.push(Person {
        id: separation::free_id(household, "enfant"),
        label: name.to_owned(),
        membership: Membership::Child { share: Rational::ONE },
        ..parent.clone()
    });
    separation::join(household, child);
    set_always(household, birth_date, child, Value::Date(born), fr::SCENARIO);
    let from = born.month();
    let parents: Vec<Instance> = household
        .family(family)
        .map(|it| std::iter::once(it.applicant).chain(it.partner).collect())
        .unwrap_or_default();
    for parent in parents {
        let mut edit = edit_person(book, household, parent, from.plus(1))?;
        for name in names::PREGNANT {
            edit.set(name, Some(Value::Bool(false)));
        }
    }
    let mut edit = Edit { book, household, instance: family, from };
    for name in names::AFTER_A_BIRTH {
        edit.set(name, None);
    }
    Ok(())
}

/// The facts of a new group: nothing is known of it, except that it has received nothing before it was.
pub(crate) fn new_group(
    book: &Book,
    household: &mut Household,
    entity: Entity,
    at: Instance,
    from: Month,
) {
    for (rank, input) in book.inputs.iter().enumerate() {
        let id = InputId::at(rank);
        if input.entity != entity {
            continue;
        }
        if is_flow(book, id) {
            set_always(household, id, at, Value::Number(Rational::ZERO), fr::SCENARIO);
            set_from(household, id, at, from, None, fr::SCENARIO);
        } else {
            household.set_fact(id, at, Fact::NotAsked);
        }
    }
}

pub(crate) fn new_dwelling(household: &mut Household) -> Result<Instance, Refused> {
    let at = Instance::try_from(household.dwellings.len()).map_err(|_| Refused::Nobody)?;
    household.dwellings.push(Dwelling::default());
    Ok(at)
}
