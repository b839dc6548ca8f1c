//! Situations → a table of persons: the way back from [`crate::Households`], for who has situations and wants
//! a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, ListBuilder, StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use base::{Date, Month, Rational};
use law::situation::{Fait, Faits, Situation, Valeur};
use law::{Book, Law, Nature};

use crate::fr;
use crate::heading::{Place, Reading, reading};

/// One person: who, then the cells of facts by column.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub places: BTreeMap<&'static str, String>,
    pub facts: BTreeMap<String, Valeur>,
    pub unknown: Vec<String>,
    pub not_applicable: Vec<String>,
}

/// The rows of a situation, persons in their order; the facts of a group stand on the row of its applicant,
/// first declarant or first occupant. `None` for what a table cannot say: a state that becomes unknown.
pub fn rows(book: &Book, household: &str, situation: &Situation) -> Option<Vec<Row>> {
    let mut res: Vec<Row> = vec![Row::default(); situation.personnes.len()];
    let rank = |id: &str| situation.personnes.iter().position(|it| it.id == id);
    for (row, person) in res.iter_mut().zip(&situation.personnes) {
        row.set(Place::Household, household);
        row.set(Place::Person, &person.id);
        if let Some(name) = &person.nom {
            row.set(Place::Name, name);
        }
        row.add(book, &person.faits)?;
    }
    for (name, family) in (1..).zip(&situation.familles) {
        let mut member = |id: &str, role: &str, share: Option<&str>| -> Option<()> {
            let row = res.get_mut(rank(id)?)?;
            row.set(Place::Family, &format!("{name}"));
            row.set(Place::Role, role);
            row.set(Place::Share, share.unwrap_or_default());
            Some(())
        };
        member(&family.demandeur, "demandeur", None)?;
        family.conjoint.as_ref().map_or(Some(()), |id| member(id, "conjoint", None))?;
        for child in &family.enfants {
            member(&child.personne, "enfant", Some(child.part.word()))?;
        }
        res.get_mut(rank(&family.demandeur)?)?.add(book, &family.faits)?;
    }
    for (name, group) in (1..).zip(&situation.foyers_fiscaux) {
        let declarants = group.déclarants.iter().map(|id| (id, "déclarant"));
        for (id, role) in declarants.chain(group.à_charge.iter().map(|id| (id, "à charge"))) {
            let row = res.get_mut(rank(id)?)?;
            row.set(Place::TaxHousehold, &format!("{name}"));
            row.set(Place::TaxRole, role);
        }
        res.get_mut(rank(group.déclarants.first()?)?)?.add(book, &group.faits)?;
    }
    for id in &situation.rattachés_ailleurs {
        res.get_mut(rank(id)?)?.set(Place::TaxRole, "ailleurs");
    }
    for (name, group) in (1..).zip(&situation.ménages) {
        for id in &group.occupants {
            res.get_mut(rank(id)?)?.set(Place::Dwelling, &format!("{name}"));
        }
        res.get_mut(rank(group.occupants.first()?)?)?.add(book, &group.faits)?;
    }
    Some(res)
}

impl Row {
    fn set(&mut self, place: Place, text: &str) {
        self.places.insert(place.word(), text.to_owned());
    }

    fn add(&mut self, book: &Book, faits: &Faits) -> Option<()> {
        for (name, fait) in faits {
            match fait {
                Fait::Inconnu => self.unknown.push(name.clone()),
                Fait::SansObjet => self.not_applicable.push(name.clone()),
                Fait::Valeur { valeur, .. } => {
                    self.facts.insert(name.clone(), valeur.clone());
                }
                Fait::Série { depuis, jusqu_au, .. } => {
                    let input = book.input(book.input_named(name)?)?;
                    match input.nature {
                        Nature::Flow => self.flow(name, depuis, (*jusqu_au)?),
                        Nature::Permanent | Nature::State | Nature::Event => {
                            self.state(name, depuis, *jusqu_au)?;
                        }
                    }
                }
            }
        }
        Some(())
    }

    /// One column a month.
    fn flow(&mut self, name: &str, depuis: &[(Month, Option<Valeur>)], until: Month) {
        let ends = depuis.iter().skip(1).map(|(month, _)| month.plus(-1)).chain([until]);
        for ((first, valeur), last) in depuis.iter().zip(ends) {
            let Some(valeur) = valeur else { continue };
            for month in 0..=last.min(until).since(*first) {
                let column = fr::month_column(name, first.plus(month));
                self.facts.insert(column, valeur.clone());
            }
        }
    }

    /// One column a change.
    fn state(
        &mut self,
        name: &str,
        depuis: &[(Month, Option<Valeur>)],
        until: Option<Month>,
    ) -> Option<()> {
        if until.is_some() {
            return None;
        }
        for (month, valeur) in depuis {
            self.facts.insert(fr::month_column(name, *month), valeur.clone()?);
        }
        Some(())
    }
}

/// The columns of these rows as a CSV file writes them: `?` and `sans objet` in the cells.
pub fn texts(rows: &[Row]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut names: Vec<String> = places(rows).iter().map(|it| (*it).to_owned()).collect();
    names.extend(fact_columns(rows, true));
    let cell = |row: &Row, name: &String| -> String {
        if let Some(text) = row.places.get(name.as_str()) {
            return text.clone();
        }
        match row.facts.get(name) {
            Some(Valeur::Nombre(number)) => number.to_string(),
            Some(Valeur::OuiNon(true)) => "oui".to_owned(),
            Some(Valeur::OuiNon(false)) => "non".to_owned(),
            Some(Valeur::Texte(text)) => text.clone(),
            None if row.unknown.contains(name) => "?".to_owned(),
            None if row.not_applicable.contains(name) => "sans objet".to_owned(),
            None => String::new(),
        }
    };
    let cells = rows.iter().map(|row| names.iter().map(|name| cell(row, name)).collect()).collect();
    (names, cells)
}

/// The rows as a typed batch, one row per person.
pub fn batch(law: &Law, rows: &[Row]) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    let mut push = |name: &str, column: ArrayRef| {
        fields.push(Field::new(name, column.data_type().clone(), true));
        columns.push(column);
    };
    for name in places(rows) {
        let mut texts = StringBuilder::new();
        for row in rows {
            texts.append_option(row.places.get(name).filter(|it| !it.is_empty()));
        }
        push(name, Arc::new(texts.finish()));
    }
    for place in [Place::Unknown, Place::NotApplicable] {
        let mut names = ListBuilder::new(StringBuilder::new());
        for row in rows {
            let list = match place {
                Place::Unknown => &row.unknown,
                _ => &row.not_applicable,
            };
            names.append_value(list.iter().map(Some));
        }
        push(place.word(), Arc::new(names.finish()));
    }
    for name in fact_columns(rows, false) {
        let column = fact(law.book(), &name, rows)?;
        push(&name, column);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

fn fact(book: &Book, name: &str, rows: &[Row]) -> Result<ArrayRef, ArrowError> {
    let of = name.split('@').next().unwrap_or_default();
    let input = book.input_named(of).and_then(|id| book.input(id));
    let values = rows.iter().map(|row| row.facts.get(name));
    Ok(match input.map(reading) {
        Some(Reading::Number) => {
            let mut numbers = Decimal128Builder::new().with_precision_and_scale(21, 9)?;
            for value in values {
                numbers.append_option(value.and_then(|it| match it {
                    Valeur::Nombre(number) => billionths(*number),
                    Valeur::OuiNon(_) | Valeur::Texte(_) => None,
                }));
            }
            Arc::new(numbers.finish())
        }
        Some(Reading::YesNo) => {
            let mut truths = BooleanBuilder::new();
            for value in values {
                truths.append_option(match value {
                    Some(Valeur::OuiNon(it)) => Some(*it),
                    Some(Valeur::Nombre(_) | Valeur::Texte(_)) | None => None,
                });
            }
            Arc::new(truths.finish())
        }
        Some(Reading::Date) => {
            let mut days = Date32Builder::new();
            for value in values {
                days.append_option(text(value).and_then(|it| days_since_1970(it.parse().ok()?)));
            }
            Arc::new(days.finish())
        }
        Some(Reading::Choice) | None => {
            let mut texts = StringBuilder::new();
            for value in values {
                texts.append_option(text(value));
            }
            Arc::new(texts.finish())
        }
    })
}

fn text(value: Option<&Valeur>) -> Option<&str> {
    match value {
        Some(Valeur::Texte(text)) => Some(text),
        Some(Valeur::Nombre(_) | Valeur::OuiNon(_)) | None => None,
    }
}

fn billionths(number: Rational) -> Option<i128> {
    let res = number.checked_mul(Rational::from(1_000_000_000i64))?;
    res.is_integer().then(|| res.numerator())
}

/// The inverse of [`crate::cell::day`], by the same calendar of years that begin in March.
fn days_since_1970(date: Date) -> Option<i32> {
    let (month, day) = (i32::from(date.month_of_year()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era.checked_mul(146_097)?.checked_add(days)?.checked_sub(719_468)
}

/// The places these rows use, in the order of the documentation.
fn places(rows: &[Row]) -> Vec<&'static str> {
    let all = Place::ALL.into_iter().map(Place::word);
    all.filter(|name| rows.iter().any(|row| row.places.contains_key(name))).collect()
}

/// The columns of facts these rows use; with `states`, also those only told as unknown or not applicable.
fn fact_columns(rows: &[Row], states: bool) -> Vec<String> {
    let mut res = std::collections::BTreeSet::new();
    for row in rows {
        res.extend(row.facts.keys().cloned());
        if states {
            res.extend(row.unknown.iter().chain(&row.not_applicable).cloned());
        }
    }
    res.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::day;

    #[test]
    fn days_go_both_ways() {
        for days in (-200_000..200_000).step_by(97) {
            let date = day(days).unwrap();
            assert_eq!(days_since_1970(date).map(i64::from), Some(days), "{date}");
        }
    }
}
