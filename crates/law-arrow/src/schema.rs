//! The shape of a batch of households.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema};
use law::{Book, Input, Law, Type};

use crate::heading::Place;

/// The list of persons in a batch with one row per household.
pub const PERSONS: &str = "personnes";

/// The recommended schema: one row per household, its persons in a list.
///
/// | column | type | |
/// |---|---|---|
/// | `foyer` | Utf8 | the name of the household, if it has one |
/// | `personnes` | List of Struct | one element per person, see below |
///
/// The fields of a person are the columns of `docs/lots.md`: `personne`, `nom`, `famille`, `rôle`, `part`,
/// `foyer_fiscal`, `rôle_fiscal`, `ménage`, `inconnus`, `sans_objet`, then one field for each fact of the
/// law, as named there. Only `rôle` and `rôle_fiscal` must be present; a fact left out has not been asked.
/// A field may also be called `fait@2026-03`: the fact in that month.
///
/// Types are advice too: a number may be any integer, decimal or binary number, a date a `Date32`, a
/// `Timestamp` at midnight or a text, and every field may be a text, read as in a CSV file.
pub fn schema(law: &Law) -> Schema {
    let item = Field::new("item", DataType::Struct(person_fields(law.book())), false);
    Schema::new(vec![
        Field::new(Place::Household.word(), DataType::Utf8, true),
        Field::new(PERSONS, DataType::List(Arc::new(item)), false),
    ])
}

fn person_fields(book: &Book) -> Fields {
    let text = |place: &Place| {
        let must = matches!(place, Place::Role | Place::TaxRole);
        Field::new(place.word(), DataType::Utf8, !must)
    };
    let names = |place: Place| {
        let item = Field::new("item", DataType::Utf8, false);
        Field::new(place.word(), DataType::List(Arc::new(item)), true)
    };
    let texts = [
        Place::Person,
        Place::Name,
        Place::Family,
        Place::Role,
        Place::Share,
        Place::TaxHousehold,
        Place::TaxRole,
        Place::Dwelling,
    ];
    let mut res: Vec<Field> = texts.iter().map(text).collect();
    res.extend([names(Place::Unknown), names(Place::NotApplicable)]);
    res.extend(book.inputs.iter().map(fact));
    res.into()
}

fn fact(input: &Input) -> Field {
    let ty = match input.ty {
        Type::Bool => DataType::Boolean,
        Type::Date => DataType::Date32,
        Type::Enum(_) => DataType::Utf8,
        // Twelve digits before the point and nine after: what a situation may hold.
        Type::Number(_) | Type::Zero | Type::Unknown => DataType::Decimal128(21, 9),
    };
    Field::new(&input.name, ty, true)
}
