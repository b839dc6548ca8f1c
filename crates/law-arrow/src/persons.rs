//! Rows of persons → a household, checked as the reader of situations checks a document.

use std::ops::Range;

use law::situation::{
    Enfant, Fait, Famille, FoyerFiscal, Ménage, Part, Personne, Situation, SituationError,
};
use law::{Entity, Household, Law};

use crate::cell::{Cell, Cells};
use crate::facts::{RowFacts, facts_of};
use crate::fr;
use crate::heading::{Heading, Place};

/// A mistake of a household: in which of its rows, in which column, and a French sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rank of the row in the household.
    pub row: usize,
    pub column: Option<String>,
    pub message: String,
}

impl Problem {
    /// The whole sentence, the row being told as `line`: « ligne 12 », « personne 2 »…
    pub fn told(&self, line: &str) -> String {
        fr::problem(line, self.column.as_deref(), &self.message)
    }
}

/// A table of persons, its columns understood.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    pub law: &'a Law,
    pub heading: &'a Heading,
    pub cells: &'a dyn Cells,
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("heading", &self.heading).finish_non_exhaustive()
    }
}

/// Persons of the household who share a name in a column, in order of first appearance.
#[derive(Debug, Default)]
struct Groups {
    names: Vec<String>,
    /// For each person, the group, or `None`: in none of them.
    of: Vec<Option<usize>>,
}

/// The situation as far as the rows say it, and what is wrong.
struct Draft {
    situation: Situation,
    families: Groups,
    tax_households: Groups,
    dwellings: Groups,
    facts: Vec<RowFacts>,
    problems: Vec<Problem>,
}

impl<'a> Table<'a> {
    pub(crate) fn cell(&self, place: Place, row: usize) -> Cell<'a> {
        self.heading.column(place).map_or(Cell::Empty, |column| self.cells.cell(column, row))
    }

    fn name(&self, place: Place, row: usize) -> Option<String> {
        self.cell(place, row).name()
    }

    /// The name of the household a row is of.
    pub fn household_name(&self, row: usize) -> Option<String> {
        self.name(Place::Household, row)
    }

    /// Consecutive rows of one household, out of `rows` rows; a row without a household stands alone.
    pub fn split(&self, rows: usize) -> Vec<Range<usize>> {
        let mut res: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for row in 0..rows {
            let name = self.household_name(row);
            match res.last_mut() {
                Some(range) if name.is_some() && last == name => {
                    range.end = row.saturating_add(1);
                }
                _ => res.push(row..row.saturating_add(1)),
            }
            last = name;
        }
        res
    }

    /// The household of these rows, or everything that is wrong with them.
    pub fn household(&self, rows: Range<usize>) -> Result<Household, Vec<Problem>> {
        if self.heading.column(Place::Household).is_some()
            && self.household_name(rows.start).is_none()
        {
            let column = Some(Place::Household.word().to_owned());
            return Err(vec![Problem { row: 0, column, message: fr::NO_HOUSEHOLD.to_owned() }]);
        }
        let draft = Draft::of(self, rows);
        if !draft.problems.is_empty() {
            return Err(draft.problems);
        }
        draft
            .situation
            .to_household(self.law)
            .map_err(|errors| errors.iter().map(|it| draft.problem(it)).collect())
    }
}

impl Draft {
    fn of(table: &Table<'_>, rows: Range<usize>) -> Self {
        let mut problems = Vec::new();
        let persons = persons(table, rows.clone(), &mut problems);
        let facts = facts_of(table, rows.clone(), &mut problems);
        let mut res = Self {
            situation: Situation { personnes: persons, ..Situation::default() },
            families: Groups::of(table, rows.clone(), Place::Family),
            tax_households: Groups::of(table, rows.clone(), Place::TaxHousehold),
            dwellings: Groups::of(table, rows.clone(), Place::Dwelling),
            facts,
            problems,
        };
        res.families(table, rows.clone());
        res.tax_households(table, rows);
        res.dwellings();
        res.facts();
        res
    }

    fn id(&self, person: usize) -> String {
        self.situation.personnes.get(person).map_or_else(String::new, |it| it.id.clone())
    }

    fn refuse(&mut self, row: usize, place: Place, message: String) {
        self.problems.push(Problem { row, column: Some(place.word().to_owned()), message });
    }

    fn families(&mut self, table: &Table<'_>, rows: Range<usize>) {
        let mut families = vec![Famille::default(); self.families.names.len()];
        for (person, row) in rows.enumerate() {
            let Some(at) = self.families.of.get(person).copied().flatten() else { continue };
            let Some(family) = families.get_mut(at) else { continue };
            let role = table.name(Place::Role, row);
            let id = self.id(person);
            let taken = |what| fr::family(self.families.names.get(at).map_or("", |it| it), what);
            match role.as_deref().map(str::to_lowercase).as_deref() {
                Some("demandeur") if family.demandeur.is_empty() => family.demandeur = id,
                Some("demandeur") => self.refuse(person, Place::Role, taken(fr::TWO_APPLICANTS)),
                Some("conjoint") if family.conjoint.is_none() => family.conjoint = Some(id),
                Some("conjoint") => self.refuse(person, Place::Role, taken(fr::TWO_PARTNERS)),
                Some("enfant") => match share(&table.cell(Place::Share, row)) {
                    Ok(part) => family.enfants.push(Enfant { personne: id, part }),
                    Err(found) => {
                        self.refuse(
                            person,
                            Place::Share,
                            fr::expected(fr::SHARE, found.as_deref()),
                        );
                    }
                },
                _ => self.refuse(person, Place::Role, fr::expected(fr::ROLE, role.as_deref())),
            }
        }
        for (at, family) in families.iter().enumerate() {
            if family.demandeur.is_empty() && self.problems.is_empty() {
                let name = self.families.names.get(at).map_or("", |it| it);
                let message = fr::family(name, fr::NO_APPLICANT);
                self.refuse(self.families.first(at), Place::Role, message);
            }
        }
        self.situation.familles = families;
    }

    fn tax_households(&mut self, table: &Table<'_>, rows: Range<usize>) {
        let mut groups = vec![FoyerFiscal::default(); self.tax_households.names.len()];
        for (person, row) in rows.enumerate() {
            let Some(at) = self.tax_households.of.get(person).copied().flatten() else { continue };
            let Some(group) = groups.get_mut(at) else { continue };
            let role = table.name(Place::TaxRole, row);
            match role.as_deref().map(str::to_lowercase).as_deref() {
                Some("déclarant" | "declarant") => group.déclarants.push(self.id(person)),
                Some("à charge" | "à_charge" | "a charge" | "a_charge") => {
                    group.à_charge.push(self.id(person));
                }
                Some("ailleurs") => {
                    let id = self.id(person);
                    self.situation.rattachés_ailleurs.push(id);
                    if let Some(of) = self.tax_households.of.get_mut(person) {
                        *of = None;
                    }
                }
                _ => {
                    let message = fr::expected(fr::TAX_ROLE, role.as_deref());
                    self.refuse(person, Place::TaxRole, message);
                }
            }
        }
        // A group whose only members are taxed elsewhere is no group.
        let kept: Vec<bool> =
            (0..groups.len()).map(|at| self.tax_households.of.contains(&Some(at))).collect();
        self.tax_households.keep(&kept);
        let mut kept = kept.iter();
        groups.retain(|_| kept.next().copied().unwrap_or(true));
        self.situation.foyers_fiscaux = groups;
    }

    fn dwellings(&mut self) {
        let mut groups = vec![Ménage::default(); self.dwellings.names.len()];
        for (person, at) in self.dwellings.of.iter().enumerate() {
            if let Some(group) = at.and_then(|at| groups.get_mut(at)) {
                group.occupants.push(self.id(person));
            }
        }
        self.situation.ménages = groups;
    }

    /// Puts each fact where its entity is: on the person, or once on the group.
    fn facts(&mut self) {
        for (person, row) in self.facts.iter().enumerate() {
            for it in &row.facts {
                let groups = match it.entity {
                    Entity::Person => None,
                    Entity::Family => Some(&self.families),
                    Entity::TaxHousehold => Some(&self.tax_households),
                    Entity::Dwelling => Some(&self.dwellings),
                };
                let at = groups.map_or(Some(person), |it| it.of.get(person).copied().flatten());
                let situation = &mut self.situation;
                let faits = at.and_then(|at| match it.entity {
                    Entity::Person => situation.personnes.get_mut(at).map(|it| &mut it.faits),
                    Entity::Family => situation.familles.get_mut(at).map(|it| &mut it.faits),
                    Entity::TaxHousehold => {
                        situation.foyers_fiscaux.get_mut(at).map(|it| &mut it.faits)
                    }
                    Entity::Dwelling => situation.ménages.get_mut(at).map(|it| &mut it.faits),
                });
                let Some(faits) = faits else {
                    self.problems.push(Problem {
                        row: person,
                        column: Some(it.name.clone()),
                        message: fr::taxed_elsewhere(&it.name),
                    });
                    continue;
                };
                match faits.get(&it.name) {
                    Some(said) if *said != it.fait => self.problems.push(Problem {
                        row: person,
                        column: Some(it.name.clone()),
                        message: fr::said_otherwise(it.entity.word(), &it.name),
                    }),
                    Some(_) => {}
                    None => drop(faits.insert(it.name.clone(), it.fait.clone())),
                }
            }
        }
    }

    /// Where in the rows a mistake of the situation is.
    fn problem(&self, error: &SituationError) -> Problem {
        let (list, rest) = error.path.split_once('[').unwrap_or((&error.path, ""));
        let (rank, rest) = rest.split_once(']').unwrap_or(("0", ""));
        let rank: usize = rank.parse().unwrap_or(0);
        let rest = rest.strip_prefix(".faits.").unwrap_or_default();
        let fact = rest.split(['.', '[']).next().filter(|it| !it.is_empty());
        let (groups, place) = match list {
            "familles" => (Some(&self.families), Some(Place::Role)),
            "foyers_fiscaux" => (Some(&self.tax_households), Some(Place::TaxRole)),
            "ménages" => (Some(&self.dwellings), Some(Place::Dwelling)),
            _ => (None, None),
        };
        let member = |person: &usize| match groups {
            Some(groups) => groups.of.get(*person) == Some(&Some(rank)),
            None => *person == rank,
        };
        let row = (0..self.facts.len())
            .filter(member)
            .find(|person| {
                let facts = self.facts.get(*person).map_or(&[][..], |it| &it.facts);
                fact.is_none_or(|name| facts.iter().any(|it| it.name == name))
            })
            .unwrap_or(0);
        let column = fact.map(|name| self.column(row, name, rest));
        Problem {
            row,
            column: column.or(place.map(|it| it.word().to_owned())),
            message: error.message.clone(),
        }
    }

    /// The heading of a fact, with its month when the mistake is in a series.
    fn column(&self, row: usize, name: &str, path: &str) -> String {
        let point = path.split_once(".depuis[").and_then(|(_, rest)| rest.split_once(']'));
        let point = point.and_then(|(rank, _)| rank.parse::<usize>().ok());
        let facts = self.facts.get(row).map_or(&[][..], |it| &it.facts);
        let series = facts.iter().find(|it| it.name == name).map(|it| &it.fait);
        match (point, series) {
            (Some(point), Some(Fait::Série { depuis, .. })) => match depuis.get(point) {
                Some((month, _)) => fr::month_column(name, *month),
                None => name.to_owned(),
            },
            _ => name.to_owned(),
        }
    }
}

impl Groups {
    fn of(table: &Table<'_>, rows: Range<usize>, place: Place) -> Self {
        let mut res = Self::default();
        for row in rows {
            let name = table.name(place, row).unwrap_or_default();
            let at = res.names.iter().position(|it| *it == name).unwrap_or_else(|| {
                res.names.push(name);
                res.names.len().saturating_sub(1)
            });
            res.of.push(Some(at));
        }
        res
    }

    fn first(&self, group: usize) -> usize {
        self.of.iter().position(|it| *it == Some(group)).unwrap_or(0)
    }

    fn keep(&mut self, kept: &[bool]) {
        let mut rank = 0usize;
        let ranks: Vec<_> = kept
            .iter()
            .map(|kept| {
                let res = rank;
                rank = rank.saturating_add(usize::from(*kept));
                res
            })
            .collect();
        for of in &mut self.of {
            *of = of.and_then(|it| ranks.get(it).copied());
        }
        let mut kept = kept.iter();
        self.names.retain(|_| kept.next().copied().unwrap_or(true));
    }
}

fn persons(table: &Table<'_>, rows: Range<usize>, problems: &mut Vec<Problem>) -> Vec<Personne> {
    let mut res: Vec<Personne> = Vec::new();
    for (person, row) in rows.enumerate() {
        let id =
            table.name(Place::Person, row).unwrap_or_else(|| person.saturating_add(1).to_string());
        if res.iter().any(|it| it.id == id) {
            let column = Some(Place::Person.word().to_owned());
            problems.push(Problem { row: person, column, message: fr::person_twice(&id) });
        }
        let nom = table.name(Place::Name, row);
        res.push(Personne { id, nom, ..Personne::default() });
    }
    res
}

/// The share of a child; the text found when it is none.
fn share(cell: &Cell<'_>) -> Result<Part, Option<String>> {
    let name = cell.name();
    match name.as_deref() {
        Some("1") => Ok(Part::Entière),
        Some("1/2" | "½" | "0,5" | "0.5") => Ok(Part::Moitié),
        Some("0") => Ok(Part::Aucune),
        _ => Err(name),
    }
}
