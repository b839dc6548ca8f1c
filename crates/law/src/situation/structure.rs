//! Persons and groups: everyone somewhere, nobody twice, parents older than their children.

use std::collections::HashMap;

use base::Date;
use law_ir::{
    Book, Dwelling, Entity, Fact, Family, Household, Instance, Membership, Person, Symbol,
    TaxHousehold, Value,
};
use law_syntax::nearest;

use super::errors::Errors;
use super::{Faits, MAX_PERSONS, Situation, facts, fr};

/// The fact that the checks of age read.
const BIRTH_DATE: &str = "date_de_naissance";

/// The household described, as far as it could be understood: it only counts if `errors` stayed empty.
pub(super) fn household(book: &Book, situation: &Situation, errors: &mut Errors) -> Household {
    if !is_small(situation, errors) {
        return Household::default();
    }
    let mut builder = Builder::new(situation, errors);
    builder.families();
    builder.tax_households();
    builder.dwellings();
    builder.everyone_is_somewhere();
    let mut household = builder.household;
    all_facts(book, situation, &mut household, errors);
    household
}

/// A situation written by a program may be of any size; ranks are not.
fn is_small(situation: &Situation, errors: &mut Errors) -> bool {
    let lists = [
        ("personnes", situation.personnes.len()),
        ("familles", situation.familles.len()),
        ("foyers_fiscaux", situation.foyers_fiscaux.len()),
        ("ménages", situation.ménages.len()),
    ];
    let mut res = true;
    for (field, count) in lists.into_iter().filter(|(_, count)| *count > MAX_PERSONS) {
        errors.push(field, fr::too_many(count));
        res = false;
    }
    res
}

/// Where a person has been put, for the sentence about the second place.
#[derive(Debug, Clone, Default)]
struct Places {
    family: Option<String>,
    tax_household: Option<String>,
    dwelling: Option<String>,
}

/// Which lists of groups were read whole: only those are searched for the members they miss.
struct Complete {
    families: bool,
    tax_households: bool,
    dwellings: bool,
}

#[derive(Clone, Copy)]
enum Group {
    Family,
    TaxHousehold,
    Dwelling,
}

struct Builder<'s, 'e> {
    situation: &'s Situation,
    errors: &'e mut Errors,
    ranks: HashMap<&'s str, usize>,
    places: Vec<Places>,
    complete: Complete,
    household: Household,
}

impl<'s, 'e> Builder<'s, 'e> {
    fn new(situation: &'s Situation, errors: &'e mut Errors) -> Self {
        let mut ranks = HashMap::new();
        let persons = &situation.personnes;
        if persons.is_empty() && !errors.touch("personnes") {
            errors.push("personnes", fr::NOBODY);
        }
        for (idx, person) in persons.iter().enumerate() {
            if let Some(first) = ranks.get(person.id.as_str()) {
                if !person.id.is_empty() {
                    errors.push(format!("personnes[{idx}].id"), fr::id_twice(&person.id, *first));
                }
            } else {
                ranks.insert(person.id.as_str(), idx);
            }
        }
        let household = Household {
            persons: persons
                .iter()
                .map(|it| Person {
                    id: it.id.clone(),
                    label: it.nom.clone().unwrap_or_else(|| it.id.clone()),
                    family: 0,
                    tax_household: None,
                    dwelling: 0,
                    membership: Membership::Applicant,
                })
                .collect(),
            ..Household::default()
        };
        let places = vec![Places::default(); persons.len()];
        let complete = Complete {
            families: !errors.touch("familles"),
            tax_households: !errors.touch("foyers_fiscaux") && !errors.touch("rattachés_ailleurs"),
            dwellings: !errors.touch("ménages"),
        };
        Self { situation, errors, ranks, places, complete, household }
    }

    fn families(&mut self) {
        for (rank, family) in self.situation.familles.iter().enumerate() {
            let at = format!("familles[{rank}]");
            let mut member = |id: &str, field: String, membership| {
                let person = self.place(id, &field, Group::Family, &at)?;
                self.with_person(person, |it| {
                    it.family = instance(rank);
                    it.membership = membership;
                });
                Some(person)
            };
            let applicant =
                member(&family.demandeur, format!("{at}.demandeur"), Membership::Applicant);
            let partner = family
                .conjoint
                .as_ref()
                .and_then(|id| member(id, format!("{at}.conjoint"), Membership::Partner));
            let children = family
                .enfants
                .iter()
                .enumerate()
                .filter_map(|(idx, child)| {
                    let share = child.part.share();
                    let field = format!("{at}.enfants[{idx}].personne");
                    member(&child.personne, field, Membership::Child { share })
                })
                .collect();
            let applicant = applicant.unwrap_or_default();
            self.household.families.push(Family { applicant, partner, children });
        }
    }

    fn tax_households(&mut self) {
        for (rank, group) in self.situation.foyers_fiscaux.iter().enumerate() {
            let at = format!("foyers_fiscaux[{rank}]");
            let field = format!("{at}.déclarants");
            if !(1..=2).contains(&group.déclarants.len()) && !self.errors.touch(&field) {
                self.errors.push(&field, fr::DECLARANTS);
            }
            let declarants = self.place_all(&group.déclarants, &field, Group::TaxHousehold, &at);
            let field = format!("{at}.à_charge");
            let dependants = self.place_all(&group.à_charge, &field, Group::TaxHousehold, &at);
            for person in declarants.iter().chain(&dependants) {
                self.with_person(*person, |it| it.tax_household = Some(instance(rank)));
            }
            self.household.tax_households.push(TaxHousehold { declarants, dependants });
        }
        let elsewhere = &self.situation.rattachés_ailleurs;
        let field = "rattachés_ailleurs";
        self.place_all(elsewhere, field, Group::TaxHousehold, field);
    }

    fn dwellings(&mut self) {
        for (rank, group) in self.situation.ménages.iter().enumerate() {
            let at = format!("ménages[{rank}]");
            let field = format!("{at}.occupants");
            if group.occupants.is_empty() && !self.errors.touch(&field) {
                self.errors.push(&field, fr::NOBODY);
            }
            let occupants = self.place_all(&group.occupants, &field, Group::Dwelling, &at);
            for person in &occupants {
                self.with_person(*person, |it| it.dwelling = instance(rank));
            }
            self.household.dwellings.push(Dwelling { occupants });
        }
    }

    fn place_all(&mut self, ids: &[String], field: &str, group: Group, at: &str) -> Vec<Instance> {
        ids.iter()
            .enumerate()
            .filter_map(|(idx, id)| self.place(id, &format!("{field}[{idx}]"), group, at))
            .collect()
    }

    /// Puts the person called `id` in the group `at`; reports an unknown person or a second place.
    fn place(&mut self, id: &str, field: &str, group: Group, at: &str) -> Option<Instance> {
        if id.is_empty() {
            if !self.errors.touch(field) {
                self.errors.push(field, fr::EMPTY_TEXT);
            }
            return None;
        }
        let Some(rank) = self.ranks.get(id).copied() else {
            if !self.errors.touch("personnes") {
                let ids = self.situation.personnes.iter().map(|it| it.id.as_str());
                self.errors.push(field, fr::unknown_person(id, nearest(id, ids)));
            }
            return None;
        };
        let places = self.places.get_mut(rank)?;
        let place = match group {
            Group::Family => &mut places.family,
            Group::TaxHousehold => &mut places.tax_household,
            Group::Dwelling => &mut places.dwelling,
        };
        if let Some(first) = place {
            self.errors.push(field, fr::placed_twice(id, first));
            return None;
        }
        *place = Some(at.to_owned());
        Some(instance(rank))
    }

    fn everyone_is_somewhere(&mut self) {
        let Complete { families, tax_households, dwellings } = self.complete;
        for (idx, (person, places)) in self.situation.personnes.iter().zip(&self.places).enumerate()
        {
            let missing = [
                (families && places.family.is_none(), fr::NO_FAMILY),
                (tax_households && places.tax_household.is_none(), fr::NO_TAX_HOUSEHOLD),
                (dwellings && places.dwelling.is_none(), fr::NO_DWELLING),
            ];
            // Of two persons with one identifier, the second has no place of its own.
            let named = self.ranks.get(person.id.as_str()) == Some(&idx) && !person.id.is_empty();
            for (is_missing, words) in missing {
                if is_missing && named {
                    self.errors.push(format!("personnes[{idx}]"), fr::nowhere(&person.id, words));
                }
            }
        }
    }

    fn with_person(&mut self, person: Instance, change: impl FnOnce(&mut Person)) {
        if let Some(person) = self.household.persons.get_mut(usize::from(person)) {
            change(person);
        }
    }
}

/// The rank as an instance; the number of persons and of groups is bounded far below the limit.
fn instance(rank: usize) -> Instance {
    Instance::try_from(rank).unwrap_or(Instance::MAX)
}

fn all_facts(book: &Book, situation: &Situation, household: &mut Household, errors: &mut Errors) {
    let mut read = |entity, list, facts: Vec<&Faits>| {
        for (rank, facts) in facts.into_iter().enumerate() {
            let path = format!("{list}[{rank}].faits");
            group_facts(book, entity, instance(rank), facts, &path, household, errors);
        }
    };
    let it = situation;
    read(Entity::Person, "personnes", it.personnes.iter().map(|it| &it.faits).collect());
    read(Entity::Family, "familles", it.familles.iter().map(|it| &it.faits).collect());
    let facts = it.foyers_fiscaux.iter().map(|it| &it.faits).collect();
    read(Entity::TaxHousehold, "foyers_fiscaux", facts);
    read(Entity::Dwelling, "ménages", it.ménages.iter().map(|it| &it.faits).collect());
}

fn group_facts(
    book: &Book,
    entity: Entity,
    instance: Instance,
    facts: &Faits,
    path: &str,
    household: &mut Household,
    errors: &mut Errors,
) {
    for (name, fait) in facts {
        let path = format!("{path}.{name}");
        let input = match book.symbol(name) {
            Some(Symbol::Input(id)) => book.input(id).map(|input| (id, input)),
            _ => None,
        };
        match input {
            Some((id, input)) if input.entity == entity => {
                if let Some(fact) = facts::fact(book, input, fait, &path, errors) {
                    household.set_fact(id, instance, fact);
                }
            }
            Some((_, input)) => errors.push(path, fr::wrong_entity(name, input.entity, entity)),
            None if errors.is_full() => errors.push(path, ""),
            None => {
                let computed = matches!(book.symbol(name), Some(Symbol::Rule(_)));
                errors
                    .push(path, fr::unknown_fact(name, nearest_fact(book, entity, name), computed));
            }
        }
    }
}

/// Among the facts of the entity first, then among all.
fn nearest_fact<'b>(book: &'b Book, entity: Entity, name: &str) -> Option<&'b str> {
    let here = book.inputs.iter().filter(|it| it.entity == entity);
    nearest(name, here.map(|it| it.name.as_str()))
        .or_else(|| nearest(name, book.inputs.iter().map(|it| it.name.as_str())))
}

/// Children must be younger than both parents of their family.
pub(super) fn parents_are_older(book: &Book, household: &Household, errors: &mut Errors) {
    let Some(birth_date) = book.input_named(BIRTH_DATE) else { return };
    let born = |person: Instance| -> Option<Date> {
        match household.fact(birth_date, person) {
            Fact::Known(history) => {
                history.points.last().and_then(|(_, value)| value.and_then(Value::as_date))
            }
            Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
        }
    };
    let name = |person: Instance| household.person(person).map_or("", |it| it.label.as_str());
    for family in &household.families {
        for parent in std::iter::once(family.applicant).chain(family.partner) {
            for child in &family.children {
                if let (Some(parent_born), Some(child_born)) = (born(parent), born(*child))
                    && child_born <= parent_born
                {
                    let message =
                        fr::child_too_old(name(*child), child_born, name(parent), parent_born);
                    errors.push(format!("personnes[{child}].faits.{BIRTH_DATE}"), message);
                }
            }
        }
    }
}
