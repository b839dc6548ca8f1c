//! A record batch of households in, a record batch of answers out.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, ListArray, OffsetSizeTrait, RecordBatch, StringArray, StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use base::{Month, Rational};
use law::{Household, Law, RuleId, Status};

use crate::arrays::Arrays;
use crate::cell::Cells;
use crate::engine::{Cents, Engine, status_word};
use crate::fr;
use crate::heading::{Heading, Place};
use crate::lines::{LineBuilder, Lines, Named};
use crate::persons::{Problem, Table};
use crate::schema::PERSONS;

/// Why a batch has no answer at all. A household that cannot be read is no such reason: it is told in its
/// own row.
#[derive(Debug)]
pub enum BatchError {
    /// The columns cannot be understood; a French sentence each.
    Columns(Vec<String>),
    Arrow(ArrowError),
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns(errors) => f.write_str(&errors.join("\n")),
            Self::Arrow(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BatchError {}

impl From<ArrowError> for BatchError {
    fn from(error: ArrowError) -> Self {
        Self::Arrow(error)
    }
}

/// One household of a batch, or what is wrong with its rows.
#[derive(Debug)]
pub struct Read {
    pub name: Option<String>,
    /// Its rows: in the batch, or in the list of persons.
    pub rows: Range<usize>,
    pub household: Result<Household, Vec<Problem>>,
}

/// A batch whose columns are understood: households in order, one row each with a list `personnes`, or,
/// without such a list, one row per person, the rows of a household next to each other.
#[derive(Debug)]
pub struct Households<'l> {
    law: &'l Law,
    heading: Heading,
    columns: Vec<ArrayRef>,
    units: Vec<(Option<String>, Range<usize>)>,
    nested: bool,
}

impl<'l> Households<'l> {
    pub fn open(law: &'l Law, batch: &RecordBatch) -> Result<Self, BatchError> {
        match batch.column_by_name(PERSONS) {
            Some(persons) => Self::nested(law, batch, persons),
            None => Self::flat(law, batch),
        }
    }

    fn flat(law: &'l Law, batch: &RecordBatch) -> Result<Self, BatchError> {
        let schema = batch.schema();
        let names = schema.fields().iter().map(|it| it.name().as_str());
        let required = [Place::Household, Place::Role, Place::TaxRole];
        let heading = Heading::read(law.book(), names, &required).map_err(BatchError::Columns)?;
        let columns = batch.columns().to_vec();
        let mut res = Self { law, heading, columns, units: Vec::new(), nested: false };
        res.units = res.with_table(|table| {
            let split = table.split(batch.num_rows());
            split.into_iter().map(|rows| (table.household_name(rows.start), rows)).collect()
        });
        Ok(res)
    }

    fn nested(law: &'l Law, batch: &RecordBatch, persons: &ArrayRef) -> Result<Self, BatchError> {
        let wrong = || BatchError::Columns(vec![fr::NO_PERSONS.to_owned()]);
        let (rows, persons) = match persons.data_type() {
            DataType::List(_) => ranges::<i32>(persons),
            DataType::LargeList(_) => ranges::<i64>(persons),
            _ => None,
        }
        .ok_or_else(wrong)?;
        let persons: &StructArray = persons.as_struct_opt().ok_or_else(wrong)?;
        let names = persons.fields().iter().map(|it| it.name().as_str());
        let heading = Heading::read(law.book(), names, &[Place::Role, Place::TaxRole])
            .map_err(BatchError::Columns)?;
        let of_batch: Vec<ArrayRef> =
            batch.column_by_name(Place::Household.word()).cloned().into_iter().collect();
        let named = Arrays::new(&of_batch);
        let unit = |(row, rows): (usize, Range<usize>)| (named.cell(0, row).name(), rows);
        let units = rows.into_iter().enumerate().map(unit).collect();
        Ok(Self { law, heading, columns: persons.columns().to_vec(), units, nested: true })
    }

    /// The rows of each household: in the batch, or in the list of persons.
    pub fn units(&self) -> Vec<Range<usize>> {
        self.units.iter().map(|(_, rows)| rows.clone()).collect()
    }

    /// The name of the household of this rank.
    pub fn name(&self, rank: usize) -> Option<&str> {
        self.units.get(rank)?.0.as_deref()
    }

    /// The rows as a table of persons.
    pub fn with_table<T>(&self, see: impl FnOnce(Table<'_>) -> T) -> T {
        let cells = Arrays::new(&self.columns);
        see(Table { law: self.law, heading: &self.heading, cells: &cells })
    }

    pub fn len(&self) -> usize {
        self.units.len()
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Whether each household is one row of the batch.
    pub fn is_nested(&self) -> bool {
        self.nested
    }

    /// The household of this rank, checked.
    pub fn get(&self, rank: usize) -> Option<Read> {
        let (name, rows) = self.units.get(rank)?.clone();
        let household = self.with_table(|table| table.household(rows.clone()));
        Some(Read { name, rows, household })
    }

    /// What the rows of this household hold, cell by cell, empty ones left out: to show it again.
    pub fn raw(&self, rank: usize) -> Vec<Vec<(&str, String)>> {
        let rows = self.units.get(rank).map_or(0..0, |(_, rows)| rows.clone());
        let cells = Arrays::new(&self.columns);
        let told = |row: usize| {
            let names = self.heading.names.iter().enumerate();
            names
                .filter_map(|(at, name)| Some((name.as_str(), cells.cell(at, row).name()?)))
                .collect()
        };
        rows.map(told).collect()
    }
}

/// Where each list begins and ends among all the persons; a null list is an empty one.
fn ranges<O: OffsetSizeTrait>(lists: &ArrayRef) -> Option<(Vec<Range<usize>>, ArrayRef)> {
    let lists = lists.as_list_opt::<O>()?;
    let range = |row: usize| -> Option<Range<usize>> {
        let [start, end] = lists.value_offsets().get(row..row.checked_add(2)?)? else {
            return None;
        };
        let start = start.as_usize();
        Some(start..if lists.is_null(row) { start } else { end.as_usize() })
    };
    let rows = (0..lists.len()).map(range).collect::<Option<Vec<_>>>()?;
    Some((rows, Arc::clone(lists.values())))
}

/// The answers, one row for each household and month, in order:
///
/// | column | type | |
/// |---|---|---|
/// | `foyer` | Utf8 | the name of the household |
/// | `mois` | Utf8 | `AAAA-MM` |
/// | one per aid | Struct | `centimes` Int64, `statut` Utf8, `fraction` Utf8 |
/// | `refus` | Utf8 | why the household cannot be read; then nothing else is told |
///
/// Where a household holds several families, `centimes` is their sum when all are known, and `statut` the
/// gravest: `impossible`, `à_compléter`, `dû`, `non_dû`. [`evaluate_lines`] keeps them apart. `fraction`
/// holds `numerator/denominator`, in cents, exactly when the amount is known and not whole.
pub fn evaluate(
    law: &Law,
    months: &[Month],
    aids: &[RuleId],
    batch: &RecordBatch,
) -> Result<RecordBatch, BatchError> {
    let engine = Engine::new(law, months, aids);
    let all = Households::open(law, batch)?;
    let lanes = months.len() * engine.aids().len();
    let mut totals = vec![Total::default(); all.len() * lanes];
    let mut refusals = vec![None; all.len()];
    all.with_table(|table| {
        let refuse = |rank: usize, problems: Vec<Problem>| {
            let told = |it: &Problem| it.told(&fr::person(it.row.saturating_add(1)));
            if let Some(refusal) = refusals.get_mut(rank) {
                *refusal = Some(problems.iter().map(told).collect::<Vec<_>>().join(" ; "));
            }
        };
        engine.answer_rows(&mut engine.desk(), &table, &all.units(), refuse, |it| {
            let lane = it.household * lanes + it.month * engine.aids().len() + it.aid;
            if let Some(total) = totals.get_mut(lane) {
                total.add(it.status, it.amount);
            }
        });
    });
    let names: Vec<_> = all.units.iter().map(|(name, _)| name.clone()).collect();
    wide(&engine, &names, &refusals, &totals)
}

/// The answers, one row for each household, month, aid and instance, as [`crate::line_schema`] says;
/// households that cannot be read have no row.
pub fn evaluate_lines(
    law: &Law,
    months: &[Month],
    aids: &[RuleId],
    batch: &RecordBatch,
) -> Result<RecordBatch, BatchError> {
    let engine = Engine::new(law, months, aids);
    let lines = Lines::new(&engine);
    let mut builder = LineBuilder::new(&law.fingerprint());
    let all = Households::open(law, batch)?;
    let named = |((name, _), line): (&(Option<String>, Range<usize>), u64)| Named {
        name: name.clone(),
        line,
    };
    let names: Vec<Named> = all.units.iter().zip(1..).map(named).collect();
    all.with_table(|table| {
        engine.answer_rows(
            &mut engine.desk(),
            &table,
            &all.units(),
            |_, _| {},
            |it| {
                if let Some(line) = lines.line(&names, &it) {
                    builder.push(&line);
                }
            },
        );
    });
    Ok(builder.finish()?)
}

/// An aid of a household in a month, over its instances.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    status: Option<Status>,
    amount: Option<Rational>,
}

impl Total {
    fn add(&mut self, status: Status, amount: Option<Rational>) {
        self.amount = match self.status {
            None => amount,
            Some(_) => self.amount.zip(amount).and_then(|(a, b)| a.checked_add(b)),
        };
        let grave = |it: &Status| match it {
            Status::NotDue => 0,
            Status::Due => 1,
            Status::Incomplete => 2,
            Status::Impossible => 3,
        };
        self.status = self.status.into_iter().chain([status]).max_by_key(grave);
    }
}

/// The fields of one aid.
fn aid_fields() -> Fields {
    Fields::from(vec![
        Field::new("centimes", DataType::Int64, true),
        Field::new("statut", DataType::Utf8, true),
        Field::new("fraction", DataType::Utf8, true),
    ])
}

/// The schema of [`evaluate`]'s answer.
pub fn answer_schema(engine: &Engine<'_>) -> SchemaRef {
    let mut fields = vec![
        Field::new(Place::Household.word(), DataType::Utf8, true),
        Field::new("mois", DataType::Utf8, false),
    ];
    let aid = |name: &str| Field::new(name, DataType::Struct(aid_fields()), false);
    fields.extend(engine.aids().iter().map(|it| aid(&it.name)));
    fields.push(Field::new("refus", DataType::Utf8, true));
    Arc::new(Schema::new(fields))
}

fn wide(
    engine: &Engine<'_>,
    names: &[Option<String>],
    refusals: &[Option<String>],
    totals: &[Total],
) -> Result<RecordBatch, BatchError> {
    let (months, aids) = (engine.months(), engine.aids().len());
    let each = |all: &[Option<String>]| -> ArrayRef {
        let lanes = all.iter().flat_map(|it| months.iter().map(move |_| it.as_deref()));
        Arc::new(lanes.collect::<StringArray>())
    };
    let written: Vec<String> = months.iter().map(ToString::to_string).collect();
    let lanes = names.iter().flat_map(|_| written.iter().map(|it| Some(it.as_str())));
    let mut columns = vec![each(names), Arc::new(lanes.collect::<StringArray>()) as ArrayRef];
    for aid in 0..aids {
        let mut next = 0usize;
        let lanes = refusals.iter().flat_map(|it| months.iter().map(|_| it.is_none()));
        let of_lane = lanes.map(|read| {
            let res = totals.get(next * aids + aid).filter(|_| read);
            next += 1;
            res
        });
        columns.push(Arc::new(aid_column(of_lane)?));
    }
    columns.push(each(refusals));
    Ok(RecordBatch::try_new(answer_schema(engine), columns)?)
}

fn aid_column<'t>(
    totals: impl Iterator<Item = Option<&'t Total>>,
) -> Result<StructArray, ArrowError> {
    let mut cents = Int64Builder::new();
    let mut status = StringBuilder::new();
    let mut fraction = StringBuilder::new();
    for total in totals {
        status.append_option(total.and_then(|it| it.status).map(status_word));
        match total.and_then(|it| it.amount).map(Cents::of) {
            Some(Cents::Whole(whole)) => {
                cents.append_value(whole);
                fraction.append_null();
            }
            Some(Cents::Fraction(exact)) => {
                cents.append_null();
                fraction.append_value(exact);
            }
            None => {
                cents.append_null();
                fraction.append_null();
            }
        }
    }
    let columns: Vec<ArrayRef> =
        vec![Arc::new(cents.finish()), Arc::new(status.finish()), Arc::new(fraction.finish())];
    StructArray::try_new(aid_fields(), columns, None)
}

/// A batch of persons ([`crate::export::batch`]) with one row per household, its persons in a list.
pub fn gather(flat: &RecordBatch) -> Result<RecordBatch, BatchError> {
    let foyer = Place::Household.word();
    let missing = || BatchError::Columns(vec![fr::missing_column(foyer)]);
    let at = flat.schema().index_of(foyer).map_err(|_| missing())?;
    let names = Arrays::new(flat.columns());
    let mut starts = vec![0i32];
    let mut households: Vec<Option<String>> = Vec::new();
    for row in 0..flat.num_rows() {
        let name = names.cell(at, row).name();
        if households.last() != Some(&name) {
            households.push(name);
            starts.push(0);
        }
        if let Some(end) = starts.last_mut() {
            *end = i32::try_from(row.saturating_add(1)).unwrap_or(i32::MAX);
        }
    }
    let mut persons = flat.clone();
    persons.remove_column(at);
    let persons: StructArray = persons.into();
    let item = Arc::new(Field::new("item", persons.data_type().clone(), false));
    let lists =
        ListArray::try_new(item, OffsetBuffer::new(starts.into()), Arc::new(persons), None)?;
    let schema = Schema::new(vec![
        Field::new(foyer, DataType::Utf8, true),
        Field::new(PERSONS, lists.data_type().clone(), false),
    ]);
    let households: StringArray = households.into_iter().collect();
    Ok(RecordBatch::try_new(Arc::new(schema), vec![Arc::new(households), Arc::new(lists)])?)
}
