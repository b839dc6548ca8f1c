//! The facts of one row, from its cells.

use std::borrow::Cow;
use std::ops::Range;

use base::Month;
use law::situation::{Fait, Valeur};
use law::{Entity, Nature, Symbol, nearest};

use crate::cell::Cell;
use crate::fr;
use crate::heading::{FactColumns, Place, Reading};
use crate::persons::{Problem, Table};

/// What the text of a cell says when it is no value.
pub(crate) const UNKNOWN: &str = "?";
pub(crate) const NOT_APPLICABLE: [&str; 2] = ["sans objet", "sans_objet"];

/// The facts told on one row, for the person or for one of their groups.
#[derive(Debug, Default)]
pub(crate) struct RowFacts {
    pub facts: Vec<RowFact>,
}

#[derive(Debug)]
pub(crate) struct RowFact {
    pub name: String,
    pub entity: Entity,
    pub fait: Fait,
}

/// A cell of a month: a value, "does not know", or nothing.
pub(crate) enum InMonth<V> {
    Value(V),
    Unknown,
    Nothing,
}

/// A fact told month by month.
pub(crate) enum Told<V> {
    Series { points: Vec<(Month, Option<V>)>, until: Option<Month> },
    Unknown,
}

pub(crate) fn facts_of(
    table: &Table<'_>,
    rows: Range<usize>,
    problems: &mut Vec<Problem>,
) -> Vec<RowFacts> {
    let mut res = Vec::new();
    for (person, row) in rows.enumerate() {
        let mut facts = RowFacts::default();
        let mut refuse = |column: &str, message: String| {
            let column = Some(column.to_owned());
            problems.push(Problem { row: person, column, message });
        };
        for columns in &table.heading.facts {
            match fait(table, columns, row) {
                Ok(None) => {}
                Ok(Some(fait)) => {
                    let (name, entity) = (columns.name.clone(), columns.entity);
                    facts.facts.push(RowFact { name, entity, fait });
                }
                Err((column, message)) => refuse(&column, message),
            }
        }
        for (place, fait) in
            [(Place::Unknown, Fait::Inconnu), (Place::NotApplicable, Fait::SansObjet)]
        {
            let names = match table.cell(place, row) {
                Cell::Empty => continue,
                Cell::List(names) => names,
                other => split(&other.name().unwrap_or_default()),
            };
            for name in names {
                match named(table, &name) {
                    None => refuse(place.word(), fr::unknown_fact(&name, near(table, &name))),
                    Some(_) if facts.facts.iter().any(|it| it.name == name) => {
                        refuse(&name, fr::STATE_AND_VALUE.to_owned());
                    }
                    Some(entity) => {
                        facts.facts.push(RowFact { name, entity, fait: fait.clone() });
                    }
                }
            }
        }
        res.push(facts);
    }
    res
}

pub(crate) fn split(names: &str) -> Vec<String> {
    names.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn named(table: &Table<'_>, name: &str) -> Option<Entity> {
    let book = table.law.book();
    match book.symbol(name)? {
        Symbol::Input(id) => Some(book.input(id)?.entity),
        _ => None,
    }
}

fn near<'t>(table: &Table<'t>, name: &str) -> Option<&'t str> {
    nearest(name, table.law.book().inputs.iter().map(|it| it.name.as_str()))
}

/// The fact of one row; `Err`: the column and the sentence.
fn fait(
    table: &Table<'_>,
    columns: &FactColumns,
    row: usize,
) -> Result<Option<Fait>, (String, String)> {
    let whole = match columns.whole {
        Some(column) => whole(&table.cells.cell(column, row), columns)
            .map_err(|message| (columns.name.clone(), message))?,
        None => None,
    };
    if columns.months.is_empty() {
        return Ok(whole);
    }
    let mut cells = Vec::new();
    for (month, column) in &columns.months {
        let cell = in_month(&table.cells.cell(*column, row), columns.reading)
            .map_err(|message| (fr::month_column(&columns.name, *month), message))?;
        cells.push((*month, cell));
    }
    let series = series(columns.nature, cells).map(|it| match it {
        Told::Series { points, until } => {
            Fait::Série { depuis: points, jusqu_au: until, source: None }
        }
        Told::Unknown => Fait::Inconnu,
    });
    if whole.is_some() && series.is_some() {
        return Err((columns.name.clone(), fr::SAID_TWICE.to_owned()));
    }
    Ok(whole.or(series))
}

fn whole(cell: &Cell<'_>, columns: &FactColumns) -> Result<Option<Fait>, String> {
    Ok(match cell {
        Cell::Empty => None,
        Cell::Text(text) if text == UNKNOWN => Some(Fait::Inconnu),
        Cell::Text(text) if NOT_APPLICABLE.contains(&text.as_ref()) => Some(Fait::SansObjet),
        other => Some(Fait::toujours(valeur(other, columns.reading)?)),
    })
}

fn in_month(cell: &Cell<'_>, reading: Reading) -> Result<InMonth<Valeur>, String> {
    Ok(match cell {
        Cell::Empty => InMonth::Nothing,
        Cell::Text(text) if text == UNKNOWN => InMonth::Unknown,
        Cell::Text(text) if NOT_APPLICABLE.contains(&text.as_ref()) => {
            return Err(fr::NOT_APPLICABLE_MONTH.to_owned());
        }
        other => InMonth::Value(valeur(other, reading)?),
    })
}

/// A value as the document would write it; the reader of situations then checks its type and bounds.
fn valeur(cell: &Cell<'_>, reading: Reading) -> Result<Valeur, String> {
    Ok(match cell {
        Cell::Number(number) => Valeur::number(*number)?,
        Cell::Bool(value) => Valeur::OuiNon(*value),
        Cell::Date(date) => Valeur::Texte(date.to_string()),
        Cell::Text(text) => match reading {
            Reading::Number => match text.parse() {
                Ok(number) => Valeur::number(number)?,
                Err(_) => Valeur::Texte(text.clone().into_owned()),
            },
            Reading::YesNo => match truth(text) {
                Some(truth) => Valeur::OuiNon(truth),
                None => Valeur::Texte(text.clone().into_owned()),
            },
            Reading::Date => Valeur::Texte(iso(text).into_owned()),
            Reading::Choice => Valeur::Texte(text.clone().into_owned()),
        },
        Cell::Empty => Valeur::Texte(String::new()),
        Cell::List(_) => return Err(fr::unreadable("List")),
        Cell::Unreadable(what) => return Err(fr::unreadable(what)),
    })
}

pub(crate) fn truth(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|it| text.eq_ignore_ascii_case(it));
    if is(&["oui", "vrai", "true", "1"]) {
        return Some(true);
    }
    is(&["non", "faux", "false", "0"]).then_some(false)
}

/// `31/12/2025`, as spreadsheets write it here, is `2025-12-31`; anything else is left as it is.
pub(crate) fn iso(text: &str) -> Cow<'_, str> {
    let parts: Vec<_> = text.split('/').collect();
    match parts.as_slice() {
        [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4 => {
            Cow::Owned(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// The cells of months as one fact; `None`: nothing is told.
pub(crate) fn series<V: PartialEq>(
    nature: Nature,
    cells: impl IntoIterator<Item = (Month, InMonth<V>)>,
) -> Option<Told<V>> {
    match nature {
        Nature::Flow => flow(cells),
        Nature::Permanent | Nature::State | Nature::Event => state(cells),
    }
}

/// An amount of each month: what is not told is not known, and nothing is carried on.
fn flow<V: PartialEq>(cells: impl IntoIterator<Item = (Month, InMonth<V>)>) -> Option<Told<V>> {
    let mut asked = false;
    let mut points: Vec<(Month, Option<V>)> = Vec::new();
    let mut until = None;
    for (month, cell) in cells {
        let value = match cell {
            InMonth::Value(value) => value,
            InMonth::Unknown => {
                asked = true;
                continue;
            }
            InMonth::Nothing => continue,
        };
        // A hole in the months told is told as one.
        if let Some(last) = until.filter(|it: &Month| month.since(*it) > 1) {
            points.push((last.plus(1), None));
        }
        if points.last().and_then(|(_, value)| value.as_ref()) != Some(&value) {
            points.push((month, Some(value)));
        }
        until = Some(month);
    }
    match until {
        Some(_) => Some(Told::Series { points, until }),
        None => asked.then_some(Told::Unknown),
    }
}

/// A state holds until the next column that says something.
fn state<V>(cells: impl IntoIterator<Item = (Month, InMonth<V>)>) -> Option<Told<V>> {
    let mut points: Vec<(Month, Option<V>)> = Vec::new();
    for (month, cell) in cells {
        match cell {
            InMonth::Value(value) => points.push((month, Some(value))),
            InMonth::Unknown => points.push((month, None)),
            InMonth::Nothing => {}
        }
    }
    match points.as_slice() {
        [] => None,
        [(_, None)] => Some(Told::Unknown),
        _ => Some(Told::Series { points, until: None }),
    }
}
