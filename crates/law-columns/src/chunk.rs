//! Some households in a row: what is evaluated at once.

use std::ops::Range;

use base::Rational;
use law_ir::{Entity, Role};

use crate::households::{Households, Lists, NOBODY, Place, entity_rank, list_rank};

/// The rows of a few households, numbered from zero, in any order of households.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// For each entity, the rows in the container.
    rows: [Vec<u32>; 4],
    pub family_of: Vec<u32>,
    pub tax_household_of: Vec<u32>,
    pub dwelling_of: Vec<u32>,
    pub applicant_of: Vec<u32>,
    pub place_of: Vec<Place>,
    pub share_of: Vec<Rational>,
    pub lists: [Lists; 7],
}

impl Chunk {
    /// Reads the groups of these households.
    pub fn read(&mut self, all: &Households, households: &[u32]) {
        self.clear();
        for household in households {
            self.add(all, *household as usize);
        }
    }

    fn clear(&mut self) {
        self.rows.iter_mut().for_each(Vec::clear);
        self.family_of.clear();
        self.tax_household_of.clear();
        self.dwelling_of.clear();
        self.applicant_of.clear();
        self.place_of.clear();
        self.share_of.clear();
        for list in &mut self.lists {
            list.ends.clear();
            list.members.clear();
        }
    }

    fn add(&mut self, all: &Households, household: usize) {
        let [persons, families, taxes, dwellings] =
            [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling]
                .map(|it| all.rows_of(it, household));
        let [own_persons, own_families, own_taxes, own_dwellings] =
            [Entity::Person, Entity::Family, Entity::TaxHousehold, Entity::Dwelling]
                .map(|it| self.count(it));
        let moved = |rows: &Range<usize>, own: usize| Move::between(rows.start, own);
        let to_family = moved(&families, own_families);
        let to_tax = moved(&taxes, own_taxes);
        let to_dwelling = moved(&dwellings, own_dwellings);
        let to_person = moved(&persons, own_persons);
        to_family.extend(&mut self.family_of, &all.family_of, &persons);
        to_tax.extend(&mut self.tax_household_of, &all.tax_household_of, &persons);
        to_dwelling.extend(&mut self.dwelling_of, &all.dwelling_of, &persons);
        to_person.extend(&mut self.applicant_of, &all.applicant_of, &families);
        self.place_of.extend_from_slice(all.place_of.get(persons.clone()).unwrap_or_default());
        self.share_of.extend_from_slice(all.share_of.get(persons.clone()).unwrap_or_default());
        let groups = [&families, &families, &families, &taxes, &taxes, &taxes, &dwellings];
        for ((own, from), groups) in self.lists.iter_mut().zip(&all.lists).zip(groups) {
            own.extend(from, groups, to_person);
        }
        let rows = [persons, families, taxes, dwellings];
        for (own, rows) in self.rows.iter_mut().zip(rows) {
            own.extend(rows.map(|it| u32::try_from(it).unwrap_or(u32::MAX)));
        }
    }

    pub fn count(&self, entity: Entity) -> usize {
        self.rows(entity).len()
    }

    /// The rows in the container, in the order of the chunk.
    pub fn rows(&self, entity: Entity) -> &[u32] {
        self.rows.get(entity_rank(entity)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The persons of each group who have the role; `None`: nobody ever.
    pub fn list(&self, entity: Entity, role: Role) -> Option<&Lists> {
        list_rank(entity, role).and_then(|it| self.lists.get(it))
    }

    /// For each row of `to`, the row of `from` that it reads.
    pub fn projection(&self, from: Entity, to: Entity) -> Option<Projection<'_>> {
        match (to, from) {
            (Entity::Person, Entity::Family) => Some(Projection::One(&self.family_of)),
            (Entity::Person, Entity::TaxHousehold) => Some(Projection::One(&self.tax_household_of)),
            (Entity::Person, Entity::Dwelling) => Some(Projection::One(&self.dwelling_of)),
            (Entity::Family, Entity::Dwelling) => {
                Some(Projection::Two(&self.applicant_of, &self.dwelling_of))
            }
            _ => None,
        }
    }
}

/// Which row each row reads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Projection<'a> {
    One(&'a [u32]),
    /// The second at the row the first gives.
    Two(&'a [u32], &'a [u32]),
}

impl Projection<'_> {
    /// [`NOBODY`] where there is none.
    pub fn rows(&self) -> Vec<u32> {
        match self {
            Self::One(rows) => rows.to_vec(),
            Self::Two(first, second) => {
                let through = |it: &u32| second.get(*it as usize).copied().unwrap_or(NOBODY);
                first.iter().map(through).collect()
            }
        }
    }
}

/// From the numbers of rows in the container to those in the chunk.
#[derive(Debug, Clone, Copy)]
struct Move {
    from: u32,
    to: u32,
}

impl Move {
    fn between(from: usize, to: usize) -> Self {
        let number = |it: usize| u32::try_from(it).unwrap_or(NOBODY);
        Self { from: number(from), to: number(to) }
    }

    fn apply(self, row: u32) -> u32 {
        if row == NOBODY { NOBODY } else { row.wrapping_sub(self.from).wrapping_add(self.to) }
    }

    fn extend(self, own: &mut Vec<u32>, all: &[u32], rows: &Range<usize>) {
        let rows = all.get(rows.clone()).unwrap_or_default();
        own.extend(rows.iter().map(|it| self.apply(*it)));
    }
}

impl Lists {
    fn extend(&mut self, from: &Self, groups: &Range<usize>, to_person: Move) {
        for group in groups.clone() {
            self.members.extend(from.of(group).iter().map(|it| to_person.apply(*it)));
            self.ends.push(u32::try_from(self.members.len()).unwrap_or(u32::MAX));
        }
    }
}
