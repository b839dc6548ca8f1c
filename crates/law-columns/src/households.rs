//! Many households in columns: who, how they are grouped, and what is known of them.

use std::collections::BTreeMap;
use std::ops::Range;

use base::{Month, Rational};
use law_ir::{
    Book, Dwelling, Entity, Fact, Family, History, Household, InputId, Instance, Membership,
    Person, Role, TaxHousehold, Value,
};

use crate::facts::{FactColumn, Kind, Unfit};
use crate::profile::{self, Profile};

/// No such row.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Ready-made lists of persons: of each family, tax household or dwelling, those who have a role.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    /// Where the members of each group end.
    pub ends: Vec<u32>,
    /// Rows of persons.
    pub members: Vec<u32>,
}

/// What each person is in their family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Applicant,
    Partner,
    Child,
}

/// Households in columns, in the order they were pushed in.
///
/// Rows of an entity are numbered across households: the persons of the first household, then those of the
/// second… A household that does not fit columns (an amount with more digits than a fact is kept with, a group
/// that names somebody who is not there) is kept whole, and evaluated by the reference.
///
/// Two ways of filling: [`push`](Self::push), household after household; or [`push_structure`](Self::push_structure)
/// for everybody, then one fact after the other with [`fill`](Self::fill), [`fill_always`](Self::fill_always) or
/// [`fill_months`](Self::fill_months), in the order of rows.
#[derive(Debug, Clone)]
pub struct Households {
    /// For each entity, where the rows of each household end.
    pub(crate) ends: [Vec<u32>; 4],
    pub(crate) family_of: Vec<u32>,
    pub(crate) tax_household_of: Vec<u32>,
    pub(crate) dwelling_of: Vec<u32>,
    pub(crate) place_of: Vec<Place>,
    pub(crate) share_of: Vec<Rational>,
    pub(crate) applicant_of: Vec<u32>,
    pub(crate) lists: [Lists; 7],
    pub(crate) facts: Vec<FactColumn>,
    entities: Vec<Entity>,
    /// What stands out in each household.
    profiles: Vec<Profile>,
    /// Evaluated by the reference; `None`: rebuilt from the columns and `patches`.
    pub(crate) escapes: BTreeMap<u32, Option<Box<Household>>>,
    /// What did not fit a column.
    patches: BTreeMap<(InputId, u32), Fact>,
}

pub(crate) fn entity_rank(entity: Entity) -> usize {
    match entity {
        Entity::Person => 0,
        Entity::Family => 1,
        Entity::TaxHousehold => 2,
        Entity::Dwelling => 3,
    }
}

/// Which ready-made list holds the persons with this role; `None`: nobody.
pub(crate) fn list_rank(entity: Entity, role: Role) -> Option<usize> {
    match (entity, role) {
        (Entity::Person, _) => None,
        (Entity::Family, Role::Parents) => Some(0),
        (Entity::Family, Role::Children) => Some(1),
        (Entity::Family, Role::Members | Role::Declarants | Role::Dependants) => Some(2),
        (Entity::TaxHousehold, Role::Declarants) => Some(3),
        (Entity::TaxHousehold, Role::Dependants) => Some(4),
        (Entity::TaxHousehold, Role::Members | Role::Parents | Role::Children) => Some(5),
        (Entity::Dwelling, _) => Some(6),
    }
}

impl Households {
    /// None yet; for the facts of this book.
    pub fn new(book: &Book) -> Self {
        Self {
            ends: Default::default(),
            family_of: Vec::new(),
            tax_household_of: Vec::new(),
            dwelling_of: Vec::new(),
            place_of: Vec::new(),
            share_of: Vec::new(),
            applicant_of: Vec::new(),
            lists: Default::default(),
            facts: book.inputs.iter().map(|it| FactColumn::new(Kind::of(it.ty))).collect(),
            entities: book.inputs.iter().map(|it| it.entity).collect(),
            profiles: Vec::new(),
            escapes: BTreeMap::new(),
            patches: BTreeMap::new(),
        }
    }

    /// How many households.
    pub fn len(&self) -> usize {
        self.ends.first().map_or(0, Vec::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of them are left to the reference.
    pub fn escapes(&self) -> usize {
        self.escapes.len()
    }

    /// How many persons, families, tax households or dwellings there are in all.
    pub fn rows(&self, entity: Entity) -> usize {
        self.ends.get(entity_rank(entity)).and_then(|it| it.last()).map_or(0, |it| *it as usize)
    }

    /// The rows of one household.
    pub fn rows_of(&self, entity: Entity, household: usize) -> Range<usize> {
        let Some(ends) = self.ends.get(entity_rank(entity)) else { return 0..0 };
        let Some(end) = ends.get(household) else { return 0..0 };
        let start = household.checked_sub(1).and_then(|it| ends.get(it)).copied().unwrap_or(0);
        start as usize..*end as usize
    }

    /// Forgets every household, and keeps the memory.
    pub fn clear(&mut self) {
        self.ends.iter_mut().for_each(Vec::clear);
        self.family_of.clear();
        self.tax_household_of.clear();
        self.dwelling_of.clear();
        self.place_of.clear();
        self.share_of.clear();
        self.applicant_of.clear();
        for list in &mut self.lists {
            list.ends.clear();
            list.members.clear();
        }
        self.facts.iter_mut().for_each(|it| it.truncate(0));
        self.profiles.clear();
        self.escapes.clear();
        self.patches.clear();
    }

    /// Adds a household with all its facts.
    pub fn push(&mut self, household: &Household) {
        let before = [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling]
            .map(|it| self.rows(it));
        let rank = self.push_structure(household);
        let mut unfit = false;
        let mut profile = Profile::default();
        for (idx, instances) in household.facts.iter().enumerate() {
            let (Some(facts), Some(entity)) = (self.facts.get_mut(idx), self.entities.get(idx))
            else {
                continue;
            };
            let count = household.count(*entity);
            if instances.iter().take(count).all(|it| !matches!(it, Fact::Known(_))) {
                continue;
            }
            facts.pad(before.get(entity_rank(*entity)).copied().unwrap_or(0));
            for fact in instances.iter().take(count) {
                profile.fact(idx, fact);
                let amount = facts.kind == Kind::Number;
                match facts.push(fact) {
                    Ok(changes) if amount => {
                        changes.iter().for_each(|it| profile.changes(it.from));
                    }
                    Ok(_) => {}
                    Err(Unfit) => {
                        unfit = true;
                        facts.pad(facts.rows().saturating_add(1));
                    }
                }
            }
        }
        if let Some(own) = self.profiles.last_mut() {
            own.add(profile);
        }
        if unfit {
            self.escapes.insert(rank, Some(Box::new(household.clone())));
        }
    }

    /// Adds a household, of which the groups are read and no fact. Returns its rank.
    pub fn push_structure(&mut self, household: &Household) -> u32 {
        let rank = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let sound = is_sound(household);
        if !sound {
            self.escapes.insert(rank, Some(Box::new(household.clone())));
        }
        let [persons, families, taxes, dwellings] =
            [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling]
                .map(|it| u32::try_from(self.rows(it)).unwrap_or(u32::MAX));
        let at = |start: u32, instance: Instance| {
            if sound { start.saturating_add(u32::from(instance)) } else { NOBODY }
        };
        for person in &household.persons {
            self.family_of.push(at(families, person.family));
            let tax = person.tax_household.map_or(NOBODY, |it| at(taxes, it));
            self.tax_household_of.push(tax);
            self.dwelling_of.push(at(dwellings, person.dwelling));
            let (place, share) = match person.membership {
                Membership::Applicant => (Place::Applicant, Rational::ONE),
                Membership::Partner => (Place::Partner, Rational::ONE),
                Membership::Child { share } => (Place::Child, share),
            };
            self.place_of.push(place);
            self.share_of.push(share);
        }
        self.applicant_of.extend(household.families.iter().map(|it| at(persons, it.applicant)));
        self.push_lists(household, persons, sound);
        self.profiles.push(Profile::of_groups(household));
        let counts = [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling]
            .map(|it| household.count(it));
        for (ends, count) in self.ends.iter_mut().zip(counts) {
            let start = ends.last().copied().unwrap_or(0);
            ends.push(start.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)));
        }
        rank
    }

    fn push_lists(&mut self, household: &Household, persons: u32, sound: bool) {
        let [parents, children, members, declarants, dependants, taxed, occupants] =
            &mut self.lists;
        let add = |lists: &mut [&mut Lists], instances: &mut dyn Iterator<Item = Instance>| {
            for instance in instances.filter(|_| sound) {
                let row = persons.saturating_add(u32::from(instance));
                lists.iter_mut().for_each(|it| it.members.push(row));
            }
        };
        for it in &household.families {
            let mut couple = std::iter::once(it.applicant).chain(it.partner);
            add(&mut [parents, members], &mut couple);
            add(&mut [children, members], &mut it.children.iter().copied());
            [&mut *parents, children, members].into_iter().for_each(Lists::end_group);
        }
        for it in &household.tax_households {
            add(&mut [declarants, taxed], &mut it.declarants.iter().copied());
            add(&mut [dependants, taxed], &mut it.dependants.iter().copied());
            [&mut *declarants, dependants, taxed].into_iter().for_each(Lists::end_group);
        }
        for it in &household.dwellings {
            add(&mut [occupants], &mut it.occupants.iter().copied());
            occupants.end_group();
        }
    }

    /// These households, those that are alike together.
    pub(crate) fn alike(&self, range: Range<usize>) -> Vec<u32> {
        profile::alike(self.profiles.get(range.clone()).unwrap_or_default(), range.start)
    }

    // ── one fact after the other ──────────────────────────────────────────────────────────────────

    /// All of one fact: one for each row of its entity, in order; rows left over are not asked. Replaces what
    /// was known of it.
    pub fn fill(&mut self, input: InputId, facts: impl IntoIterator<Item = Fact>) {
        let entity = self.entities.get(input.index()).copied();
        let Some(column) = self.facts.get_mut(input.index()) else { return };
        column.truncate(0);
        let mut unfit = Vec::new();
        let ends = entity.and_then(|it| self.ends.get(entity_rank(it)));
        let ends = ends.map(Vec::as_slice).unwrap_or_default();
        let mut household = 0usize;
        for (row, fact) in facts.into_iter().enumerate() {
            while ends.get(household).is_some_and(|end| *end as usize <= row) {
                household = household.saturating_add(1);
            }
            let amount = column.kind == Kind::Number;
            let profile = self.profiles.get_mut(household);
            match (column.push(&fact), profile) {
                (Ok(changes), Some(profile)) => {
                    profile.fact(input.index(), &fact);
                    let changes = if amount { changes } else { &[] };
                    changes.iter().for_each(|it| profile.changes(it.from));
                }
                (Ok(_), None) => {}
                (Err(Unfit), _) => {
                    column.pad(row.saturating_add(1));
                    unfit.push((row, fact));
                }
            }
        }
        for (row, fact) in unfit {
            self.patch(input, row, fact);
        }
    }

    /// The same for values that hold all the time; `None`: not known.
    pub fn fill_always(&mut self, input: InputId, values: impl IntoIterator<Item = Option<Value>>) {
        let always = Month::of(1, 1);
        self.fill(input, values.into_iter().map(|it| known(vec![(always, it)], None)));
    }

    /// The same for values month by month: for each row `months` values, from `first` on; nothing is known
    /// before or after.
    pub fn fill_months(
        &mut self,
        input: InputId,
        first: Month,
        months: usize,
        values: impl IntoIterator<Item = Option<Value>>,
    ) {
        let mut values = values.into_iter().peekable();
        let until = first.plus(i32::try_from(months).unwrap_or(i32::MAX).saturating_sub(1));
        let rows = std::iter::from_fn(move || {
            values.peek()?;
            let mut points: Vec<(Month, Option<Value>)> = Vec::new();
            let mut month = first;
            while month <= until {
                let value = values.next().flatten();
                if points.last().is_none_or(|it| it.1 != value) {
                    points.push((month, value));
                }
                month = month.plus(1);
            }
            Some(known(points, Some(until)))
        });
        if months > 0 {
            self.fill(input, rows);
        }
    }

    /// Leaves the household of this row to the reference.
    fn patch(&mut self, input: InputId, row: usize, fact: Fact) {
        let Some(entity) = self.entities.get(input.index()) else { return };
        let Some(ends) = self.ends.get(entity_rank(*entity)) else { return };
        let household = ends.partition_point(|end| *end as usize <= row);
        if household < ends.len() {
            let household = u32::try_from(household).unwrap_or(u32::MAX);
            self.escapes.entry(household).or_insert(None);
            self.patches.insert((input, u32::try_from(row).unwrap_or(u32::MAX)), fact);
        }
    }

    /// One household as the reference reads it, without names; `None` past the last one.
    pub fn household(&self, rank: usize) -> Option<Household> {
        let key = u32::try_from(rank).ok()?;
        if let Some(Some(whole)) = self.escapes.get(&key)
            && !is_sound(whole)
        {
            return Some(Household::clone(whole));
        }
        let mut res = self.structure(rank)?;
        for (idx, column) in self.facts.iter().enumerate() {
            let Some(entity) = self.entities.get(idx) else { continue };
            for (instance, row) in self.rows_of(*entity, rank).enumerate() {
                let input = InputId::at(idx);
                let patch = u32::try_from(row).ok().and_then(|it| self.patches.get(&(input, it)));
                let fact = patch.cloned().unwrap_or_else(|| column.fact(row));
                res.set_fact(input, Instance::try_from(instance).ok()?, fact);
            }
        }
        if let Some(Some(whole)) = self.escapes.get(&key) {
            res.facts = whole.facts.clone();
        }
        Some(res)
    }

    fn structure(&self, rank: usize) -> Option<Household> {
        (rank < self.len()).then_some(())?;
        let rows = |entity| self.rows_of(entity, rank);
        let within = |entity, row: u32| {
            Instance::try_from((row as usize).checked_sub(rows(entity).start)?).ok()
        };
        let list = |list: usize, group: usize| -> Vec<Instance> {
            let members = self.lists.get(list).map(|it| it.of(group)).unwrap_or_default();
            members.iter().filter_map(|it| within(Entity::Person, *it)).collect()
        };
        let mut res = Household::default();
        for row in rows(Entity::Person) {
            res.persons.push(Person {
                id: String::new(),
                label: String::new(),
                family: within(Entity::Family, *self.family_of.get(row)?)?,
                tax_household: match *self.tax_household_of.get(row)? {
                    NOBODY => None,
                    it => within(Entity::TaxHousehold, it),
                },
                dwelling: within(Entity::Dwelling, *self.dwelling_of.get(row)?)?,
                membership: match self.place_of.get(row)? {
                    Place::Applicant => Membership::Applicant,
                    Place::Partner => Membership::Partner,
                    Place::Child => Membership::Child { share: *self.share_of.get(row)? },
                },
            });
        }
        for row in rows(Entity::Family) {
            let parents = list(0, row);
            let applicant = *parents.first()?;
            let partner = parents.get(1).copied();
            res.families.push(Family { applicant, partner, children: list(1, row) });
        }
        for row in rows(Entity::TaxHousehold) {
            res.tax_households
                .push(TaxHousehold { declarants: list(3, row), dependants: list(4, row) });
        }
        for row in rows(Entity::Dwelling) {
            res.dwellings.push(Dwelling { occupants: list(6, row) });
        }
        Some(res)
    }
}

impl Lists {
    fn end_group(&mut self) {
        self.ends.push(u32::try_from(self.members.len()).unwrap_or(u32::MAX));
    }

    /// The persons of the group.
    pub fn of(&self, group: usize) -> &[u32] {
        let Some(end) = self.ends.get(group) else { return &[] };
        let start = group.checked_sub(1).and_then(|it| self.ends.get(it)).copied().unwrap_or(0);
        self.members.get(start as usize..*end as usize).unwrap_or_default()
    }
}

fn known(points: Vec<(Month, Option<Value>)>, until: Option<Month>) -> Fact {
    Fact::Known(History { points, until, provenance: String::new() })
}

/// Whether every rank points to somebody or to a group of the household.
pub(crate) fn is_sound(household: &Household) -> bool {
    let persons = household.persons.len();
    let person = |it: &Instance| usize::from(*it) < persons;
    let within = |it: Instance, entity| usize::from(it) < household.count(entity);
    household.persons.iter().all(|it| {
        within(it.family, Entity::Family)
            && within(it.dwelling, Entity::Dwelling)
            && it.tax_household.is_none_or(|it| within(it, Entity::TaxHousehold))
    }) && household
        .families
        .iter()
        .all(|it| person(&it.applicant) && it.partner.iter().chain(&it.children).all(person))
        && household
            .tax_households
            .iter()
            .all(|it| it.declarants.iter().chain(&it.dependants).all(person))
        && household.dwellings.iter().all(|it| it.occupants.iter().all(person))
}
