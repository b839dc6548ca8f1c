//! A couple becomes two families: who is where, and for how much.
//!
//! INVARIANT: everybody stays in exactly one family, one dwelling, and at most one tax household. A child
//! shared between the two homes is told once in each, as two persons of a half share, because a person
//! belongs to one family only.

use base::{Month, Rational};
use law_ir::{
    Book, Entity, Fact, Family, Household, InputId, Instance, Membership, Person, TaxHousehold,
    Value,
};

use crate::edit::set_from;
use crate::scenario::{Custody, Refused, new_dwelling, new_group};
use crate::{fr, names};

pub(crate) fn separate(
    book: &Book,
    household: &mut Household,
    (family, leaver): (Instance, Instance),
    children: &[(Instance, Custody)],
    from: Month,
) -> Result<(), Refused> {
    let couple = household.family(family).ok_or(Refused::Nobody)?;
    let partner = couple.partner.ok_or(Refused::NotACouple)?;
    let stayer = match leaver {
        it if it == couple.applicant => partner,
        it if it == partner => couple.applicant,
        _ => return Err(Refused::NotACouple),
    };
    if children.iter().any(|(child, _)| !couple.children.contains(child)) {
        return Err(Refused::NotAChild);
    }
    let tax_households = household.tax_households.len();
    let new = open_home(household, leaver)?;
    // The one who stays keeps a tax household, with the children who stay.
    let kept = own_tax_household(household, stayer, leaver)?;
    place(household, stayer, (family, kept, None), Membership::Applicant);
    place(household, leaver, new, Membership::Applicant);
    if let Some(it) = household.families.get_mut(usize::from(family)) {
        it.partner = None;
    }
    let all = household.family(family).map(|it| it.children.clone()).unwrap_or_default();
    for child in all {
        let custody = children.iter().find(|it| it.0 == child).map_or(Custody::Stays, |it| it.1);
        let half = Rational::new(1, 2).unwrap_or(Rational::ONE);
        let share = household.person(child).map(|it| it.membership);
        match (custody, share) {
            (Custody::Leaves, Some(membership)) => place(household, child, new, membership),
            (Custody::Shared, Some(_)) => {
                let membership = Membership::Child { share: half };
                place(household, child, (family, kept, None), membership);
                double(book, household, (child, leaver), new)?;
            }
            (Custody::Stays, Some(membership)) => {
                place(household, child, (family, kept, None), membership);
            }
            (_, None) => return Err(Refused::Nobody),
        }
    }
    for opened in tax_households..household.tax_households.len() {
        let opened = Instance::try_from(opened).map_err(|_| Refused::Nobody)?;
        new_group(book, household, Entity::TaxHousehold, opened, from);
    }
    facts(book, household, (family, stayer), (new, leaver), from);
    Ok(())
}

/// Family, tax household, dwelling; no dwelling: the same as before.
type Home = (Instance, Instance, Option<Instance>);

fn open_home(household: &mut Household, leaver: Instance) -> Result<Home, Refused> {
    let next = |count: usize| Instance::try_from(count).map_err(|_| Refused::Nobody);
    let family = next(household.families.len())?;
    household.families.push(Family { applicant: leaver, ..Family::default() });
    // A partner who already declares apart keeps that tax household.
    let alone = household.person(leaver).and_then(|it| it.tax_household).filter(|it| {
        let taxed = household.tax_households.get(usize::from(*it));
        taxed.is_some_and(|it| it.declarants == [leaver])
    });
    let taxed = match alone {
        Some(taxed) => taxed,
        None => {
            household.tax_households.push(TaxHousehold::default());
            next(household.tax_households.len().saturating_sub(1))?
        }
    };
    let dwelling = new_dwelling(household)?;
    Ok((family, taxed, Some(dwelling)))
}

fn own_tax_household(
    household: &mut Household,
    stayer: Instance,
    leaver: Instance,
) -> Result<Instance, Refused> {
    let taxed = household.person(stayer).and_then(|it| it.tax_household);
    let own = taxed.filter(|it| {
        let taxed = household.tax_households.get(usize::from(*it));
        taxed.is_some_and(|it| it.declarants.iter().any(|it| *it != leaver))
    });
    if let Some(own) = own {
        return Ok(own);
    }
    household.tax_households.push(TaxHousehold::default());
    Instance::try_from(household.tax_households.len().saturating_sub(1))
        .map_err(|_| Refused::Nobody)
}

/// Takes the person out of where they are and puts them there.
fn place(household: &mut Household, person: Instance, home: Home, membership: Membership) {
    let (family, taxed, dwelling) = home;
    leave(household, person, dwelling.is_some());
    if let Some(it) = household.persons.get_mut(usize::from(person)) {
        it.family = family;
        it.tax_household = Some(taxed);
        it.dwelling = dwelling.unwrap_or(it.dwelling);
        it.membership = membership;
    }
    join_groups(household, person, dwelling.is_some());
}

fn leave(household: &mut Household, person: Instance, home_too: bool) {
    for family in &mut household.families {
        family.children.retain(|it| *it != person);
        family.partner = family.partner.filter(|it| *it != person);
    }
    for taxed in &mut household.tax_households {
        taxed.declarants.retain(|it| *it != person);
        taxed.dependants.retain(|it| *it != person);
    }
    if home_too {
        for dwelling in &mut household.dwellings {
            dwelling.occupants.retain(|it| *it != person);
        }
    }
}

/// Adds a person to the lists of the groups they are said to be in.
pub(crate) fn join(household: &mut Household, person: Instance) {
    join_groups(household, person, true);
}

fn join_groups(household: &mut Household, person: Instance, home_too: bool) {
    let Some(Person { family, tax_household, dwelling, membership, .. }) =
        household.person(person).cloned()
    else {
        return;
    };
    let child = matches!(membership, Membership::Child { .. });
    if let Some(family) = household.families.get_mut(usize::from(family)) {
        match membership {
            Membership::Applicant => family.applicant = person,
            Membership::Partner => family.partner = Some(person),
            Membership::Child { .. } => insert(&mut family.children, person),
        }
    }
    let taxed = tax_household.and_then(|it| household.tax_households.get_mut(usize::from(it)));
    if let Some(taxed) = taxed {
        insert(if child { &mut taxed.dependants } else { &mut taxed.declarants }, person);
    }
    if home_too && let Some(dwelling) = household.dwellings.get_mut(usize::from(dwelling)) {
        insert(&mut dwelling.occupants, person);
    }
}

/// In order of declaration: children of the same day are ranked by it.
fn insert(list: &mut Vec<Instance>, person: Instance) {
    let at = list.partition_point(|it| *it < person);
    if list.get(at) != Some(&person) {
        list.insert(at, person);
    }
}

/// The same child, as the other home sees it.
fn double(
    book: &Book,
    household: &mut Household,
    (child, leaver): (Instance, Instance),
    (family, taxed, dwelling): Home,
) -> Result<(), Refused> {
    let original = household.person(child).ok_or(Refused::Nobody)?.clone();
    let at = Instance::try_from(household.persons.len()).map_err(|_| Refused::Nobody)?;
    let label = fr::double(&original.label, &fr::name_of(household, leaver));
    household.persons.push(Person {
        id: free_id(household, &original.id),
        label,
        family,
        tax_household: Some(taxed),
        dwelling: dwelling.unwrap_or(original.dwelling),
        membership: Membership::Child { share: Rational::new(1, 2).unwrap_or(Rational::ONE) },
    });
    join(household, at);
    let facts: Vec<(usize, Fact)> = household
        .facts
        .iter()
        .enumerate()
        .filter(|(rank, _)| {
            let input = book.input(InputId::at(*rank));
            input.is_some_and(|it| it.entity == Entity::Person)
        })
        .filter_map(|(rank, it)| Some((rank, it.get(usize::from(child))?.clone())))
        .collect();
    for (rank, fact) in facts {
        household.set_fact(InputId::at(rank), at, fact);
    }
    Ok(())
}

/// An identifier nobody has.
pub(crate) fn free_id(household: &Household, like: &str) -> String {
    let taken = |id: &str| household.persons.iter().any(|it| it.id == id);
    let mut rank: u32 = 2;
    let mut id = like.to_owned();
    while taken(&id) {
        id = format!("{like}_{rank}");
        rank = rank.saturating_add(1);
    }
    id
}

fn facts(
    book: &Book,
    household: &mut Household,
    (family, stayer): (Instance, Instance),
    ((new, _, dwelling), leaver): (Home, Instance),
    from: Month,
) {
    new_group(book, household, Entity::Family, new, from);
    if let Some(dwelling) = dwelling {
        new_group(book, household, Entity::Dwelling, dwelling, from);
    }
    let with_children = household
        .families
        .iter()
        .any(|it| it.applicant == stayer && !it.children.is_empty())
        || household.families.iter().any(|it| it.applicant == leaver && !it.children.is_empty());
    let day = from.first_day().map(Value::Date);
    let mut set = |name: &str, instance: Instance, value: Option<Value>| {
        if let Some(input) = book.input_named(name) {
            set_from(household, input, instance, from, value, fr::SCENARIO);
        }
    };
    set(names::ALONE_SINCE, family, day);
    set(names::ALONE_SINCE, new, day);
    set(names::HOUSING_AID_SINCE, new, day);
    // Who pays how much for the children is not settled by leaving.
    if !with_children {
        return;
    }
    for parent in [stayer, leaver] {
        set(names::CHILD_SUPPORT_RECEIVED, parent, None);
        set(names::CHILD_SUPPORT_PAID, parent, None);
    }
}
