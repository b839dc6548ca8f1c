//! What each column of a table of persons means.

use std::collections::HashSet;

use base::Month;
use law::{Book, CaseId, Entity, Input, InputId, Nature, Symbol, Type, Value, nearest};

use crate::fr;

/// The columns that say who is who; each is named once, with or without its accents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Rows of one household follow each other and carry the same name here.
    Household,
    Person,
    Name,
    Family,
    Role,
    Share,
    TaxHousehold,
    TaxRole,
    Dwelling,
    /// Facts the person was asked and does not know, by name.
    Unknown,
    /// Facts that do not apply, by name.
    NotApplicable,
}

impl Place {
    pub const ALL: [Self; 11] = [
        Self::Household,
        Self::Person,
        Self::Name,
        Self::Family,
        Self::Role,
        Self::Share,
        Self::TaxHousehold,
        Self::TaxRole,
        Self::Dwelling,
        Self::Unknown,
        Self::NotApplicable,
    ];

    /// The heading as people write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Household => "foyer",
            Self::Person => "personne",
            Self::Name => "nom",
            Self::Family => "famille",
            Self::Role => "rôle",
            Self::Share => "part",
            Self::TaxHousehold => "foyer_fiscal",
            Self::TaxRole => "rôle_fiscal",
            Self::Dwelling => "ménage",
            Self::Unknown => "inconnus",
            Self::NotApplicable => "sans_objet",
        }
    }

    fn named(name: &str) -> Option<Self> {
        let plain = |word: &str| word.replace('ô', "o").replace('é', "e");
        Self::ALL.into_iter().find(|it| it.word() == name || plain(it.word()) == name)
    }
}

/// Where one fact is told: in one column for all months, or one column a month.
#[derive(Debug, Clone)]
pub struct FactColumns {
    pub input: InputId,
    pub name: String,
    pub entity: Entity,
    pub nature: Nature,
    pub reading: Reading,
    pub bounds: Option<(Value, Value)>,
    /// The cases of a choice, by name.
    pub choices: Vec<(String, CaseId)>,
    pub whole: Option<usize>,
    /// INVARIANT: sorted by month, each once.
    pub months: Vec<(Month, usize)>,
}

/// How a text of this fact is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Number,
    YesNo,
    Date,
    Choice,
}

/// The columns of a table, understood.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    places: Vec<(Place, usize)>,
    pub facts: Vec<FactColumns>,
    pub names: Vec<String>,
}

impl Heading {
    /// Reads the names of the columns; `Err` holds a French sentence for each that cannot be used.
    pub fn read<'n>(
        book: &Book,
        names: impl IntoIterator<Item = &'n str>,
        required: &[Place],
    ) -> Result<Self, Vec<String>> {
        let mut res = Self::default();
        let mut errors = Vec::new();
        let mut seen = HashSet::new();
        for (column, name) in names.into_iter().enumerate() {
            let name = name.trim();
            res.names.push(name.to_owned());
            if name.starts_with('_') {
                continue;
            }
            let named = Place::named(name);
            if !seen.insert(named.map_or(name, |it| it.word()).to_owned()) {
                errors.push(fr::column_twice(name));
            } else if let Some(place) = named {
                res.places.push((place, column));
            } else if let Err(error) = res.fact(book, name, column) {
                errors.push(error);
            }
        }
        for place in required {
            if res.column(*place).is_none() {
                errors.push(fr::missing_column(place.word()));
            }
        }
        for fact in &mut res.facts {
            fact.months.sort_unstable();
        }
        if errors.is_empty() { Ok(res) } else { Err(errors) }
    }

    pub fn column(&self, place: Place) -> Option<usize> {
        self.places.iter().find(|(it, _)| *it == place).map(|(_, column)| *column)
    }

    fn fact(&mut self, book: &Book, name: &str, column: usize) -> Result<(), String> {
        let (fact, month) = match name.split_once('@') {
            Some((fact, month)) => {
                let read = month.parse().map_err(|_| fr::not_a_month(name, month))?;
                (fact, Some(read))
            }
            None => (name, None),
        };
        let Some(Symbol::Input(input)) = book.symbol(fact) else {
            return Err(unknown_column(book, fact));
        };
        let at = match self.facts.iter().position(|it| it.input == input) {
            Some(at) => at,
            None => {
                self.facts.push(columns_of(book, input).ok_or_else(|| unknown_column(book, fact))?);
                self.facts.len().saturating_sub(1)
            }
        };
        let Some(columns) = self.facts.get_mut(at) else { return Ok(()) };
        match month {
            Some(month) => columns.months.push((month, column)),
            None => columns.whole = Some(column),
        }
        Ok(())
    }
}

fn columns_of(book: &Book, input: InputId) -> Option<FactColumns> {
    let of = book.input(input)?;
    Some(FactColumns {
        input,
        name: of.name.clone(),
        entity: of.entity,
        nature: of.nature,
        reading: reading(of),
        bounds: of.bounds,
        choices: choices(book, of),
        whole: None,
        months: Vec::new(),
    })
}

fn choices(book: &Book, input: &Input) -> Vec<(String, CaseId)> {
    let Type::Enum(id) = input.ty else { return Vec::new() };
    let cases = book.enumeration(id).map(|it| it.cases.as_slice()).unwrap_or_default();
    cases.iter().filter_map(|id| Some((book.case(*id)?.name.clone(), *id))).collect()
}

/// How the texts of a fact are read.
pub(crate) fn reading(input: &Input) -> Reading {
    match input.ty {
        Type::Bool => Reading::YesNo,
        Type::Date => Reading::Date,
        Type::Enum(_) => Reading::Choice,
        Type::Number(_) | Type::Zero | Type::Unknown => Reading::Number,
    }
}

fn unknown_column(book: &Book, name: &str) -> String {
    let places = Place::ALL.into_iter().map(|it| -> &str { it.word() });
    let near = nearest(name, places.chain(book.inputs.iter().map(|it| it.name.as_str())));
    let computed = matches!(book.symbol(name), Some(Symbol::Rule(_)));
    fr::unknown_column(name, near, computed)
}
