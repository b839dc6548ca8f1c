//! Rows of persons straight into the engine's columns.
//!
//! A household takes this way when everything about it is plain. Whatever is not — a role misspelt, a number
//! out of bounds, a fact told twice — sends it back to [`Table::household`], which decides and finds the
//! words: here nothing is refused, and nothing is accepted that it would refuse.

#[cfg(test)]
mod tests;

use std::ops::Range;

use base::{Date, Month, Rational};
use law::columns::Households;
use law::situation::{MAX_PERSONS, Valeur};
use law::{
    Dwelling, Entity, Fact, Family, History, Household, Instance, Membership, Nature, Person,
    TaxHousehold, Value,
};

use crate::cell::Cell;
use crate::facts::{InMonth, NOT_APPLICABLE, Told, UNKNOWN, iso, series, split, truth};
use crate::heading::{FactColumns, Place, Reading};
use crate::persons::Table;

/// Not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Odd;

/// A household whose groups are in the columns.
struct Candidate {
    unit: usize,
    rows: Range<usize>,
    household: Household,
    /// One of its facts was not plain: its answers are not to be read.
    odd: bool,
}

impl Table<'_> {
    /// Replaces what the columns hold with these households; for each, its rank there, or `None` when it has
    /// to be read the long way.
    pub(crate) fn columns(
        &self,
        units: &[Range<usize>],
        to: &mut Households,
    ) -> Vec<Option<usize>> {
        to.clear();
        let mut candidates = Vec::new();
        for (unit, rows) in units.iter().enumerate() {
            if let Some(household) = self.structure(rows.clone()) {
                to.push_structure(&household);
                candidates.push(Candidate { unit, rows: rows.clone(), household, odd: false });
            }
        }
        for columns in &self.heading.facts {
            self.fill(columns, &mut candidates, to);
        }
        for it in &mut candidates {
            it.odd |= !self.children_are_younger(it) || !self.states_are_plain(it.rows.clone());
        }
        let mut res = vec![None; units.len()];
        for (rank, it) in candidates.iter().enumerate().filter(|(_, it)| !it.odd) {
            if let Some(slot) = res.get_mut(it.unit) {
                *slot = Some(rank);
            }
        }
        res
    }

    /// All of one fact.
    fn fill(&self, columns: &FactColumns, candidates: &mut [Candidate], to: &mut Households) {
        let mut facts = Vec::new();
        for it in candidates {
            let Candidate { rows, household, odd, .. } = it;
            let start = rows.start;
            let mut told = |members: &mut dyn Iterator<Item = usize>| {
                let fact = self.group_fact(columns, members).unwrap_or_else(|Odd| {
                    *odd = true;
                    Fact::NotAsked
                });
                facts.push(fact);
            };
            let at = |instance: &Instance| start.saturating_add(usize::from(*instance));
            match columns.entity {
                Entity::Person => rows.clone().for_each(|row| told(&mut std::iter::once(row))),
                Entity::Family => {
                    for family in &household.families {
                        let parents = std::iter::once(&family.applicant).chain(&family.partner);
                        told(&mut parents.chain(&family.children).map(at));
                    }
                }
                Entity::TaxHousehold => {
                    for taxed in &household.tax_households {
                        told(&mut taxed.declarants.iter().chain(&taxed.dependants).map(at));
                    }
                    // Told of a tax household that is not there.
                    let elsewhere = household.persons.iter().zip(rows.clone());
                    let mut elsewhere = elsewhere.filter(|(it, _)| it.tax_household.is_none());
                    let nothing = Ok(Fact::NotAsked);
                    *odd |= elsewhere.any(|(_, row)| self.fact(columns, row) != nothing);
                }
                Entity::Dwelling => {
                    for dwelling in &household.dwellings {
                        told(&mut dwelling.occupants.iter().map(at));
                    }
                }
            }
        }
        to.fill(columns.input, facts);
    }

    /// The fact of a person, or of a group that tells it on one row.
    fn group_fact(
        &self,
        columns: &FactColumns,
        members: &mut dyn Iterator<Item = usize>,
    ) -> Result<Fact, Odd> {
        let mut res = Fact::NotAsked;
        for row in members {
            let fact = self.fact(columns, row)?;
            if fact == Fact::NotAsked {
                continue;
            }
            if res != Fact::NotAsked && res != fact {
                return Err(Odd);
            }
            res = fact;
        }
        Ok(res)
    }

    fn fact(&self, columns: &FactColumns, row: usize) -> Result<Fact, Odd> {
        let whole = match columns.whole {
            Some(column) => match in_cell(&self.cells.cell(column, row), columns)? {
                InMonth::Unknown if is_not_applicable(&self.cells.cell(column, row)) => {
                    Fact::NotApplicable
                }
                InMonth::Value(value) => known(vec![(Month::of(1, 1), Some(value))], None),
                InMonth::Unknown => Fact::Unknown,
                InMonth::Nothing => Fact::NotAsked,
            },
            None => Fact::NotAsked,
        };
        if columns.months.is_empty() {
            return Ok(whole);
        }
        let mut odd = false;
        let cells = columns.months.iter().map(|(month, column)| {
            let cell = self.cells.cell(*column, row);
            odd |= is_not_applicable(&cell);
            let cell = in_cell(&cell, columns).unwrap_or_else(|Odd| {
                odd = true;
                InMonth::Nothing
            });
            (*month, cell)
        });
        let told = series(columns.nature, cells);
        match told {
            _ if odd => Err(Odd),
            None => Ok(whole),
            Some(_) if whole != Fact::NotAsked => Err(Odd),
            Some(Told::Unknown) => Ok(Fact::Unknown),
            Some(Told::Series { points, .. })
                if columns.nature == Nature::Permanent && points.len() > 1 =>
            {
                Err(Odd)
            }
            Some(Told::Series { points, until }) => Ok(known(points, until)),
        }
    }

    fn structure(&self, rows: Range<usize>) -> Option<Household> {
        if rows.is_empty() || rows.len() > MAX_PERSONS || !self.names_are_plain(rows.clone()) {
            return None;
        }
        let mut res = Household::default();
        let families = self.groups(Place::Family, rows.clone());
        let dwellings = self.groups(Place::Dwelling, rows.clone());
        res.families.resize_with(count(&families), Family::default);
        res.dwellings.resize_with(count(&dwellings), Dwelling::default);
        let mut applicants = vec![false; res.families.len()];
        for (person, row) in rows.clone().enumerate() {
            let instance = Instance::try_from(person).ok()?;
            let (family, dwelling) = (*families.get(person)?, *dwellings.get(person)?);
            let of = res.families.get_mut(usize::from(family))?;
            let has_applicant = applicants.get_mut(usize::from(family))?;
            let membership = match &self.cell(Place::Role, row) {
                Cell::Text(role) if role == "demandeur" && !*has_applicant => {
                    *has_applicant = true;
                    of.applicant = instance;
                    Membership::Applicant
                }
                Cell::Text(role) if role == "conjoint" && of.partner.is_none() => {
                    of.partner = Some(instance);
                    Membership::Partner
                }
                Cell::Text(role) if role == "enfant" => {
                    of.children.push(instance);
                    Membership::Child { share: share(&self.cell(Place::Share, row))? }
                }
                _ => return None,
            };
            res.dwellings.get_mut(usize::from(dwelling))?.occupants.push(instance);
            res.persons.push(Person {
                id: String::new(),
                label: String::new(),
                family,
                tax_household: None,
                dwelling,
                membership,
            });
        }
        self.taxed(rows, &mut res)?;
        applicants.into_iter().all(|it| it).then_some(res)
    }

    fn taxed(&self, rows: Range<usize>, household: &mut Household) -> Option<()> {
        let groups = self.groups(Place::TaxHousehold, rows.clone());
        let mut ranks: Vec<Option<Instance>> = vec![None; count(&groups)];
        let mut taxed: Vec<TaxHousehold> = Vec::new();
        // Only those who are taxed here make a group, numbered as they come.
        let here =
            |row| !matches!(&self.cell(Place::TaxRole, row), Cell::Text(it) if it == "ailleurs");
        for (group, row) in groups.iter().zip(rows.clone()) {
            let rank = ranks.get_mut(usize::from(*group))?;
            if rank.is_none() && here(row) {
                *rank = Some(Instance::MAX);
            }
        }
        for rank in ranks.iter_mut().flatten() {
            *rank = Instance::try_from(taxed.len()).ok()?;
            taxed.push(TaxHousehold::default());
        }
        for (person, (group, row)) in groups.iter().zip(rows).enumerate() {
            let instance = Instance::try_from(person).ok()?;
            let group = (*ranks.get(usize::from(*group))?).filter(|_| here(row));
            let of = group.and_then(|it| taxed.get_mut(usize::from(it)));
            match (&self.cell(Place::TaxRole, row), of) {
                (Cell::Text(role), Some(of)) if role == "déclarant" => {
                    of.declarants.push(instance)
                }
                (Cell::Text(role), Some(of)) if role == "à charge" => of.dependants.push(instance),
                (Cell::Text(role), None) if role == "ailleurs" => {}
                _ => return None,
            }
            household.persons.get_mut(person)?.tax_household = group;
        }
        household.tax_households = taxed;
        let sound = |it: &TaxHousehold| (1..=2).contains(&it.declarants.len());
        household.tax_households.iter().all(sound).then_some(())
    }

    /// The group of each row, numbered as they come; without the column there is one.
    fn groups(&self, place: Place, rows: Range<usize>) -> Vec<Instance> {
        if self.heading.column(place).is_none() {
            return vec![0; rows.len()];
        }
        let mut names: Vec<Cell<'_>> = Vec::new();
        let rank = |row| {
            let name = self.cell(place, row);
            let at = names.iter().position(|it| *it == name).unwrap_or_else(|| {
                names.push(name);
                names.len().saturating_sub(1)
            });
            Instance::try_from(at).unwrap_or(Instance::MAX)
        };
        rows.map(rank).collect()
    }

    /// The household has a name if it must, and its persons have none or different ones.
    fn names_are_plain(&self, rows: Range<usize>) -> bool {
        if self.heading.column(Place::Household).is_some()
            && self.cell(Place::Household, rows.start) == Cell::Empty
        {
            return false;
        }
        if self.heading.column(Place::Person).is_none() {
            return true;
        }
        let names: Vec<_> = rows.map(|row| self.cell(Place::Person, row)).collect();
        let first =
            |(at, name): (usize, &Cell<'_>)| names.iter().position(|it| it == name) == Some(at);
        names.iter().enumerate().all(|it| *it.1 != Cell::Empty && first(it))
    }

    /// What is listed as unknown or not applicable is a fact of the law and has no value on that row.
    fn states_are_plain(&self, rows: Range<usize>) -> bool {
        let plain = |row: usize, name: &str| match self.law.book().input_named(name) {
            None => false,
            Some(input) => {
                let columns = self.heading.facts.iter().find(|it| it.input == input);
                columns.is_none_or(|it| self.fact(it, row) == Ok(Fact::NotAsked))
            }
        };
        rows.into_iter().all(|row| {
            [Place::Unknown, Place::NotApplicable].into_iter().all(|place| {
                match self.cell(place, row) {
                    Cell::Empty => true,
                    Cell::List(names) => names.iter().all(|it| plain(row, it)),
                    Cell::Text(names) => split(&names).iter().all(|it| plain(row, it)),
                    Cell::Number(_) | Cell::Bool(_) | Cell::Date(_) | Cell::Unreadable(_) => false,
                }
            })
        })
    }

    fn children_are_younger(&self, it: &Candidate) -> bool {
        let birth_date = self.law.book().birth_date;
        let columns = self.heading.facts.iter().find(|it| Some(it.input) == birth_date);
        let Some(columns) = columns else { return true };
        let born = |person: Instance| -> Option<Date> {
            let row = it.rows.start.saturating_add(usize::from(person));
            match self.fact(columns, row) {
                Ok(Fact::Known(history)) => {
                    history.points.last().and_then(|(_, value)| value.and_then(Value::as_date))
                }
                Ok(Fact::NotAsked | Fact::Unknown | Fact::NotApplicable) | Err(Odd) => None,
            }
        };
        it.household.families.iter().filter(|it| !it.children.is_empty()).all(|family| {
            let mut parents = std::iter::once(family.applicant).chain(family.partner);
            parents.all(|parent| match born(parent) {
                None => true,
                Some(parent) => {
                    family.children.iter().all(|it| born(*it).is_none_or(|child| child > parent))
                }
            })
        })
    }
}

fn count(groups: &[Instance]) -> usize {
    groups.iter().max().map_or(0, |it| usize::from(*it).saturating_add(1))
}

fn known(points: Vec<(Month, Option<Value>)>, until: Option<Month>) -> Fact {
    Fact::Known(History { points, until, provenance: String::new() })
}

fn share(cell: &Cell<'_>) -> Option<Rational> {
    let half = Rational::new(1, 2)?;
    match cell {
        Cell::Text(text) => match text.as_ref() {
            "1" => Some(Rational::ONE),
            "1/2" => Some(half),
            "0" => Some(Rational::ZERO),
            _ => None,
        },
        Cell::Number(number) => {
            [Rational::ONE, half, Rational::ZERO].into_iter().find(|it| it == number)
        }
        Cell::Empty | Cell::Bool(_) | Cell::Date(_) | Cell::List(_) | Cell::Unreadable(_) => None,
    }
}

fn is_not_applicable(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Text(text) if NOT_APPLICABLE.contains(&text.as_ref()))
}

fn in_cell(cell: &Cell<'_>, columns: &FactColumns) -> Result<InMonth<Value>, Odd> {
    match cell {
        Cell::Empty => Ok(InMonth::Nothing),
        Cell::Text(text) if text == UNKNOWN => Ok(InMonth::Unknown),
        // For the rules, as good as unknown: there is no value.
        it if is_not_applicable(it) => Ok(InMonth::Unknown),
        other => value(other, columns).map(InMonth::Value).ok_or(Odd),
    }
}

/// A value of the right type and within its bounds.
fn value(cell: &Cell<'_>, columns: &FactColumns) -> Option<Value> {
    let value = match (columns.reading, cell) {
        (Reading::Number, Cell::Number(number)) => number_of(*number)?,
        (Reading::Number, Cell::Text(text)) => number_of(text.parse().ok()?)?,
        (Reading::YesNo, Cell::Bool(truth)) => Value::Bool(*truth),
        (Reading::YesNo, Cell::Text(text)) => Value::Bool(truth(text)?),
        (Reading::Date, Cell::Date(date)) => Value::Date(*date),
        (Reading::Date, Cell::Text(text)) => Value::Date(iso(text).parse().ok()?),
        (Reading::Choice, Cell::Text(text)) => {
            Value::Case(columns.choices.iter().find(|(name, _)| name == text)?.1)
        }
        _ => return None,
    };
    let inside = columns.bounds.is_none_or(|(low, high)| {
        let order = |a: Value, b: Value| a.order(b).is_none_or(|it| it.is_le());
        order(low, value) && order(value, high)
    });
    inside.then_some(value)
}

fn number_of(number: Rational) -> Option<Value> {
    Valeur::number(number).ok().map(|_| Value::Number(number))
}
