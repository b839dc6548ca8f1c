//! The persons of a group, over time: who is counted, and what is made of them.

use base::Rational;
use law_ir::{Aggregation, Entity, ExprId, Household, Instance, Role, Value};

use super::ops::Who;
use super::windows::reduced;
use super::{Cell, Series, Timeline};

impl Timeline<'_> {
    /// For each person with the role, whether they pass the filter.
    fn filters(&mut self, persons: &[Instance], filter: Option<ExprId>) -> Vec<Series> {
        let each = persons.iter().map(|person| match filter {
            Some(filter) => self.eval(filter, (Entity::Person, *person)),
            None => self.constant(Cell::Known(Value::Bool(true))),
        });
        each.collect()
    }

    pub(super) fn aggregate(&mut self, it: &Aggregation, who: Who) -> Series {
        let persons = members(self.household, it.role, who);
        let mut series = self.filters(&persons, it.filter);
        let count = series.len();
        for (rank, person) in persons.iter().enumerate() {
            let counted = series.get(rank).is_some_and(|it| it.any(is_true));
            series.push(if counted {
                self.eval(it.body, (Entity::Person, *person))
            } else {
                self.constant(Cell::Fault)
            });
        }
        series.push(match it.default {
            Some(default) => self.eval(default, who),
            None => self.constant(Cell::Fault),
        });
        let default = it.default.is_some();
        Series::all(&series, |_, cells| {
            let (filters, rest) = cells.split_at_checked(count).unwrap_or_default();
            if let Some(stop) = stopped(filters) {
                return stop;
            }
            let chosen: Vec<Cell> =
                filters.iter().zip(rest).filter(|it| is_true(*it.0)).map(|it| *it.1).collect();
            match (chosen.is_empty() && default, rest.last()) {
                (true, Some(default)) => *default,
                _ => reduced(it.reduce, &chosen),
            }
        })
    }

    pub(super) fn count(&mut self, role: Role, filter: Option<ExprId>, who: Who) -> Series {
        let persons = members(self.household, role, who);
        let mut filters = self.filters(&persons, filter);
        if filters.is_empty() {
            filters.push(self.constant(Cell::Known(Value::Bool(false))));
        }
        Series::all(&filters, |_, cells| {
            stopped(cells).unwrap_or_else(|| rank(cells.iter().filter(|it| is_true(**it)).count()))
        })
    }

    /// 1 for the eldest: by birth date, then by order of declaration; 0 for somebody not counted.
    pub(super) fn rank(&mut self, role: Role, filter: Option<ExprId>, who: Who) -> Series {
        let Some(family) = self.household.project(who.0, who.1, Entity::Family) else {
            return self.constant(Cell::Missing);
        };
        let persons = members(self.household, role, (Entity::Family, family));
        let mut series = self.filters(&persons, filter);
        let count = series.len();
        for person in &persons {
            series.push(self.birth(*person));
        }
        if series.is_empty() {
            return self.constant(rank(0));
        }
        Series::all(&series, |_, cells| {
            let (filters, births) = cells.split_at_checked(count).unwrap_or_default();
            if let Some(stop) = stopped(filters) {
                return stop;
            }
            let chosen = persons.iter().zip(filters).zip(births);
            let chosen = chosen.filter(|((_, passes), _)| is_true(**passes));
            let chosen: Vec<_> = chosen.map(|((person, _), born)| (born.date(), *person)).collect();
            if !chosen.iter().any(|(_, person)| *person == who.1) {
                return rank(0);
            }
            let stops = chosen.iter().filter_map(|(born, _)| born.err());
            if let Some(stop) = stops.reduce(Cell::worse) {
                return stop;
            }
            let mut dated: Vec<_> =
                chosen.iter().filter_map(|(born, person)| Some((born.ok()?, *person))).collect();
            dated.sort_by_key(|(born, _)| *born);
            let before = dated.iter().position(|(_, person)| *person == who.1);
            rank(before.map_or(0, |it| it.saturating_add(1)))
        })
    }

    fn birth(&mut self, person: Instance) -> Series {
        match self.index.book.birth_date {
            Some(birth) => self.input(birth, (Entity::Person, person)),
            None => self.constant(Cell::Fault),
        }
    }
}

/// Those who have the role in the group, in order of declaration.
pub(crate) fn members(household: &Household, role: Role, (entity, at): Who) -> Vec<Instance> {
    let at = usize::from(at);
    match entity {
        Entity::Person => Vec::new(),
        Entity::Family => {
            let Some(family) = household.families.get(at) else { return Vec::new() };
            let parents = std::iter::once(family.applicant).chain(family.partner);
            match role {
                Role::Parents => parents.collect(),
                Role::Children => family.children.clone(),
                Role::Members | Role::Declarants | Role::Dependants => {
                    parents.chain(family.children.iter().copied()).collect()
                }
            }
        }
        Entity::TaxHousehold => {
            let Some(taxed) = household.tax_households.get(at) else { return Vec::new() };
            match role {
                Role::Declarants => taxed.declarants.clone(),
                Role::Dependants => taxed.dependants.clone(),
                Role::Members | Role::Parents | Role::Children => {
                    taxed.declarants.iter().chain(&taxed.dependants).copied().collect()
                }
            }
        }
        Entity::Dwelling => {
            household.dwellings.get(at).map(|it| it.occupants.clone()).unwrap_or_default()
        }
    }
}

fn is_true(cell: Cell) -> bool {
    cell == Cell::Known(Value::Bool(true))
}

/// Why nobody can be counted, if a filter has no answer.
fn stopped(filters: &[Cell]) -> Option<Cell> {
    filters.iter().filter_map(|it| it.boolean().err()).reduce(Cell::worse)
}

fn rank(count: usize) -> Cell {
    Cell::of(Some(Rational::from(i64::try_from(count).unwrap_or(i64::MAX))))
}
