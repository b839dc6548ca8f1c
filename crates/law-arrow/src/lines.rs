//! Answers as a long table: one row for each household, month, aid and instance.

use std::fmt;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, Int64Builder, StringBuilder, StringDictionaryBuilder, UInt16Builder,
    UInt64Builder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use crate::engine::{Answer, Cents, Engine, status_word};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// The name of the household, when the file gives one.
    pub household: Option<&'a str>,
    /// Where it is in the file: the line, or the rank of the row from 1.
    pub line: u64,
    pub month: &'a str,
    pub aid: &'a str,
    pub instance: usize,
    pub status: &'static str,
    pub amount: Option<Cents>,
}

/// A household of a file.
#[derive(Debug, Clone)]
pub struct Named {
    pub name: Option<String>,
    pub line: u64,
}

/// The headings, in order.
pub const LINE_COLUMNS: [&str; 9] =
    ["foyer", "ligne", "mois", "aide", "instance", "statut", "centimes", "fraction", "recueil"];

/// How many of the fingerprint's digits stand in each row; the whole is told once.
pub const SHORT_FINGERPRINT: usize = 16;

/// Makes rows of answers: what is asked, and who the households are.
#[derive(Debug)]
pub struct Lines<'e> {
    engine: &'e Engine<'e>,
    months: Vec<String>,
}

impl<'e> Lines<'e> {
    pub fn new(engine: &'e Engine<'e>) -> Self {
        Self { engine, months: engine.months().iter().map(ToString::to_string).collect() }
    }

    /// The row of an answer; `None` when it is nobody's.
    pub fn line<'a>(&'a self, names: &'a [Named], answer: &Answer) -> Option<Line<'a>> {
        let named = names.get(answer.household)?;
        Some(Line {
            household: named.name.as_deref(),
            line: named.line,
            month: self.months.get(answer.month)?,
            aid: &self.engine.aids().get(answer.aid)?.name,
            instance: answer.instance,
            status: status_word(answer.status),
            amount: answer.amount.map(Cents::of),
        })
    }
}

/// Gathers rows into a record batch.
pub struct LineBuilder {
    fingerprint: String,
    household: StringBuilder,
    line: UInt64Builder,
    month: StringDictionaryBuilder<Int32Type>,
    aid: StringDictionaryBuilder<Int32Type>,
    instance: UInt16Builder,
    status: StringDictionaryBuilder<Int32Type>,
    cents: Int64Builder,
    fraction: StringBuilder,
    book: StringDictionaryBuilder<Int32Type>,
}

/// The schema of the rows. Repeated texts are coded: the same few words come back in every row.
pub fn line_schema() -> SchemaRef {
    let coded = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let types = [
        (DataType::Utf8, true),
        (DataType::UInt64, false),
        (coded.clone(), false),
        (coded.clone(), false),
        (DataType::UInt16, false),
        (coded.clone(), false),
        (DataType::Int64, true),
        (DataType::Utf8, true),
        (coded, false),
    ];
    let field = |(name, (ty, nullable)): (&&str, (DataType, bool))| Field::new(*name, ty, nullable);
    Arc::new(Schema::new(LINE_COLUMNS.iter().zip(types).map(field).collect::<Vec<_>>()))
}

impl fmt::Debug for LineBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineBuilder").field("rows", &self.line.len()).finish_non_exhaustive()
    }
}

impl LineBuilder {
    /// `fingerprint` is the law's, whole.
    pub fn new(fingerprint: &str) -> Self {
        Self {
            fingerprint: fingerprint.chars().take(SHORT_FINGERPRINT).collect(),
            household: StringBuilder::new(),
            line: UInt64Builder::new(),
            month: StringDictionaryBuilder::new(),
            aid: StringDictionaryBuilder::new(),
            instance: UInt16Builder::new(),
            status: StringDictionaryBuilder::new(),
            cents: Int64Builder::new(),
            fraction: StringBuilder::new(),
            book: StringDictionaryBuilder::new(),
        }
    }

    pub fn push(&mut self, it: &Line<'_>) {
        self.household.append_option(it.household);
        self.line.append_value(it.line);
        self.month.append_value(it.month);
        self.aid.append_value(it.aid);
        self.instance.append_value(u16::try_from(it.instance).unwrap_or(u16::MAX));
        self.status.append_value(it.status);
        match &it.amount {
            Some(Cents::Whole(cents)) => {
                self.cents.append_value(*cents);
                self.fraction.append_null();
            }
            Some(Cents::Fraction(fraction)) => {
                self.cents.append_null();
                self.fraction.append_value(fraction);
            }
            None => {
                self.cents.append_null();
                self.fraction.append_null();
            }
        }
        self.book.append_value(&self.fingerprint);
    }

    /// Rows pushed in and not yet given out.
    pub fn len(&self) -> usize {
        self.line.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows so far; the builder is empty again.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.household.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.month.finish()),
            Arc::new(self.aid.finish()),
            Arc::new(self.instance.finish()),
            Arc::new(self.status.finish()),
            Arc::new(self.cents.finish()),
            Arc::new(self.fraction.finish()),
            Arc::new(self.book.finish()),
        ];
        RecordBatch::try_new(line_schema(), columns)
    }
}
