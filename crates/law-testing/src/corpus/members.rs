//! Households with one more member.

use base::{Date, Rational};
use law::Law;
use law_ir::{Entity, Household, InputId, Instance, Membership, Person};

use super::perturb::always;
use crate::dice::Dice;

/// Past this many, tables have no further row.
const MOST_PERSONS: usize = 14;

/// One to three more children, or a partner for who has none: like somebody of the household.
pub(super) fn add(dice: &mut Dice<'_>, law: &Law, household: &mut Household) {
    if dice.chance(20) {
        return add_partner(dice, law, household);
    }
    for _ in 0..1 + dice.below(3) {
        add_child(dice, law, household);
    }
}

fn add_child(dice: &mut Dice<'_>, law: &Law, household: &mut Household) {
    let is_child = |it: &&Person| matches!(it.membership, Membership::Child { .. });
    let children = household.persons.iter().enumerate().filter(|(_, it)| is_child(it));
    let children: Vec<usize> = children.map(|(rank, _)| rank).collect();
    let model = dice.pick(&children).unwrap_or(0);
    let membership = Membership::Child { share: Rational::ONE };
    let Some(rank) = push(law, household, model, membership) else { return };
    let Some(child) = household.person(rank).cloned() else { return };
    if let Some(family) = household.families.get_mut(usize::from(child.family)) {
        family.children.push(rank);
    }
    let born = Date::new(
        i16::try_from(dice.between(2004, 2026)).unwrap_or(2010),
        i8::try_from(dice.between(1, 12)).unwrap_or(1),
        i8::try_from(dice.between(1, 28)).unwrap_or(1),
    );
    if let (Some(birth), Some(born)) = (law.book().birth_date, born) {
        household.set_fact(birth, rank, always(law::Value::Date(born)));
    }
    let taxed = child.tax_household.map(usize::from);
    if let Some(taxed) = taxed.and_then(|it| household.tax_households.get_mut(it)) {
        taxed.dependants.push(rank);
    }
}

fn add_partner(dice: &mut Dice<'_>, law: &Law, household: &mut Household) {
    let model = household.families.first().map(|it| (it.applicant, it.partner));
    let Some((applicant, None)) = model else { return };
    let Some(rank) = push(law, household, usize::from(applicant), Membership::Partner) else {
        return;
    };
    if let Some(family) = household.families.first_mut() {
        family.partner = Some(rank);
    }
    let taxed = household.person(applicant).and_then(|it| it.tax_household).map(usize::from);
    if let Some(taxed) = taxed.and_then(|it| household.tax_households.get_mut(it)) {
        // Together or apart.
        if dice.chance(60) && taxed.declarants.len() == 1 {
            taxed.declarants.push(rank);
            return;
        }
    }
    let alone = law_ir::TaxHousehold { declarants: vec![rank], dependants: Vec::new() };
    let at = Instance::try_from(household.tax_households.len()).ok();
    household.tax_households.push(alone);
    copy(law, household, Entity::TaxHousehold, 0, at.unwrap_or(Instance::MAX));
    if let Some(person) = household.persons.get_mut(usize::from(rank)) {
        person.tax_household = at;
    }
}

/// Adds a person like another, in the same groups; the rank given.
fn push(
    law: &Law,
    household: &mut Household,
    model: usize,
    membership: Membership,
) -> Option<Instance> {
    if household.persons.len() >= MOST_PERSONS {
        return None;
    }
    let rank = Instance::try_from(household.persons.len()).ok()?;
    let like = household.persons.get(model)?.clone();
    let id = format!("p{rank}");
    let taken = household.persons.iter().any(|it| it.id == id);
    let id = if taken { format!("q{rank}") } else { id };
    let dwelling = usize::from(like.dwelling);
    household.persons.push(Person { id: id.clone(), label: id, membership, ..like });
    household.dwellings.get_mut(dwelling)?.occupants.push(rank);
    copy(law, household, Entity::Person, Instance::try_from(model).ok()?, rank);
    Some(rank)
}

/// Gives one instance the facts of another.
fn copy(law: &Law, household: &mut Household, entity: Entity, from: Instance, to: Instance) {
    for (rank, input) in law.book().inputs.iter().enumerate() {
        if input.entity == entity {
            let fact = household.fact(InputId::at(rank), from).clone();
            household.set_fact(InputId::at(rank), to, fact);
        }
    }
}
