//! A part of the input, as it was read: some thread will make households of it.

use std::cell::RefCell;
use std::ops::Range;

use arrow_array::RecordBatch;
use csv::StringRecord;
use law::situation::{SituationError, read_record};
use law_arrow::{
    Cell, Cells, Desk, Engine, Heading, Households, Line, Lines, Named, Place, Problem, Table,
};
use serde_json::{Map, Value, json};

use super::fr;
use crate::{Refusal, Result};

pub enum Block {
    Json(Vec<JsonLine>),
    Csv(CsvRows),
    Arrow {
        batch: RecordBatch,
        /// Rows of the file before these.
        before: u64,
    },
}

/// A line of a file of situations.
pub struct JsonLine {
    pub line: u64,
    pub bytes: Vec<u8>,
}

/// Rows of persons, and where each household begins.
#[derive(Default)]
pub struct CsvRows {
    pub records: Vec<StringRecord>,
    pub lines: Vec<u64>,
    /// Ranks in `records`.
    pub starts: Vec<usize>,
    /// Why a row cannot be read at all.
    pub unreadable: Vec<(usize, String)>,
}

/// Why there is no household, and what was written.
pub struct Refused {
    pub reasons: Vec<String>,
    pub raw: Value,
}

/// What a thread answers with.
pub struct Answering<'a> {
    pub engine: &'a Engine<'a>,
    pub desk: Desk,
    pub heading: Option<&'a Heading>,
}

/// Who takes what comes out of a block: rows, in the order of the households, and refusals.
pub trait Sink {
    fn line(&mut self, line: &Line<'_>);
    fn refuse(&mut self, named: &Named, refused: Refused);
}

/// Households of JSON evaluated at once: their columns stay in the processor's cache.
const CHUNK: usize = 512;

impl Block {
    /// How many households there are, read or refused.
    pub fn answer(&self, answering: &mut Answering<'_>, sink: &mut impl Sink) -> Result<usize> {
        match self {
            Self::Json(lines) => {
                lines.chunks(CHUNK).for_each(|it| answer_documents(it, answering, sink));
                Ok(lines.len())
            }
            Self::Csv(rows) => {
                let Some(heading) = answering.heading else { return Ok(0) };
                let household = heading.column(Place::Household);
                let cells = Records { rows, household };
                let table = Table { law: answering.engine.law(), heading, cells: &cells };
                let units = rows.units();
                let name = |rank: usize| table.household_name(units.get(rank)?.start);
                let names = (0..units.len())
                    .map(|rank| Named { name: name(rank), line: rows.line(&units, rank, 0) })
                    .collect::<Vec<_>>();
                let refused = |rank: usize, problems: &[Problem]| Refused {
                    reasons: rows.reasons(&units, rank, problems),
                    raw: rows.raw(&units, rank),
                };
                answer_rows(&table, &units, &names, answering, refused, sink);
                Ok(units.len())
            }
            Self::Arrow { batch, before } => {
                let all = Households::open(answering.engine.law(), batch)
                    .map_err(|it| Refusal(it.to_string()))?;
                answer_arrow(&all, *before, answering, sink);
                Ok(all.len())
            }
        }
    }
}

fn answer_documents(lines: &[JsonLine], answering: &mut Answering<'_>, sink: &mut impl Sink) {
    let (mut names, mut households) = (Vec::new(), Vec::new());
    for it in lines {
        let (name, read) = read_record(answering.engine.law(), &it.bytes);
        let named = Named { name, line: it.line };
        match read {
            Ok((_, household)) => {
                names.push(named);
                households.push(household);
            }
            Err(errors) => {
                let raw = json!(String::from_utf8_lossy(&it.bytes));
                sink.refuse(&named, Refused { reasons: errors.iter().map(reason).collect(), raw });
            }
        }
    }
    let lines = Lines::new(answering.engine);
    answering.engine.answer(&mut answering.desk, &households, |answer| {
        if let Some(line) = lines.line(&names, &answer) {
            sink.line(&line);
        }
    });
}

fn answer_rows(
    table: &Table<'_>,
    units: &[Range<usize>],
    names: &[Named],
    answering: &mut Answering<'_>,
    refused: impl Fn(usize, &[Problem]) -> Refused,
    sink: &mut impl Sink,
) {
    let lines = Lines::new(answering.engine);
    let sink = RefCell::new(sink);
    let refuse = |rank: usize, problems: Vec<Problem>| {
        if let Some(named) = names.get(rank) {
            sink.borrow_mut().refuse(named, refused(rank, &problems));
        }
    };
    answering.engine.answer_rows(&mut answering.desk, table, units, refuse, |answer| {
        if let Some(line) = lines.line(names, &answer) {
            sink.borrow_mut().line(&line);
        }
    });
}

/// The document is one line: only the column helps.
fn reason(error: &SituationError) -> String {
    let sentence = error.to_string();
    sentence.strip_prefix("ligne 1, ").map(str::to_owned).unwrap_or(sentence)
}

struct Records<'a> {
    rows: &'a CsvRows,
    household: Option<usize>,
}

impl Cells for Records<'_> {
    fn cell(&self, column: usize, row: usize) -> Cell<'_> {
        // Nothing is read of a row that is not whole, but whose it is: the household is then refused.
        if self.household != Some(column)
            && let Some((_, why)) = self.rows.unreadable.iter().find(|(it, _)| *it == row)
        {
            return Cell::Unreadable(why.clone());
        }
        self.rows.records.get(row).and_then(|it| it.get(column)).map_or(Cell::Empty, Cell::text)
    }
}

impl CsvRows {
    /// The rows of each household.
    fn units(&self) -> Vec<Range<usize>> {
        let ends = self.starts.iter().skip(1).copied().chain([self.records.len()]);
        self.starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    fn line(&self, units: &[Range<usize>], rank: usize, row: usize) -> u64 {
        let start = units.get(rank).map_or(0, |it| it.start);
        self.lines.get(start.saturating_add(row)).copied().unwrap_or(0)
    }

    fn reasons(&self, units: &[Range<usize>], rank: usize, problems: &[Problem]) -> Vec<String> {
        let rows = units.get(rank).cloned().unwrap_or_default();
        let unreadable = self.unreadable.iter().filter(|(row, _)| rows.contains(row));
        let unreadable: Vec<String> = unreadable
            .map(|(row, why)| {
                let line = self.line(units, rank, row.saturating_sub(rows.start));
                format!("{} : {why}", fr::line(line))
            })
            .collect();
        if !unreadable.is_empty() {
            return unreadable;
        }
        let told = |it: &Problem| it.told(&fr::line(self.line(units, rank, it.row)));
        problems.iter().map(told).collect()
    }

    fn raw(&self, units: &[Range<usize>], rank: usize) -> Value {
        let rows = units.get(rank).cloned().unwrap_or_default();
        let rows = self.records.get(rows).unwrap_or_default();
        json!(rows.iter().map(|it| it.iter().collect::<Vec<_>>()).collect::<Vec<_>>())
    }
}

fn answer_arrow(
    all: &Households<'_>,
    before: u64,
    answering: &mut Answering<'_>,
    sink: &mut impl Sink,
) {
    let nested = all.is_nested();
    let units = all.units();
    let line = |rank: usize| {
        let row = if nested { rank } else { units.get(rank).map_or(0, |it| it.start) };
        before.saturating_add(row as u64).saturating_add(1)
    };
    let named = |rank: usize| Named { name: all.name(rank).map(str::to_owned), line: line(rank) };
    let names: Vec<Named> = (0..units.len()).map(named).collect();
    let refused = |rank: usize, problems: &[Problem]| {
        let told = |it: &Problem| {
            let row = it.row as u64;
            it.told(&if nested { fr::person(row + 1) } else { fr::line(line(rank) + row) })
        };
        let row = |cells: Vec<(&str, String)>| {
            let fields = cells.into_iter().map(|(name, text)| (name.to_owned(), json!(text)));
            Value::Object(fields.collect::<Map<_, _>>())
        };
        let raw = Value::Array(all.raw(rank).into_iter().map(row).collect());
        Refused { reasons: problems.iter().map(told).collect(), raw }
    };
    all.with_table(|table| answer_rows(&table, &units, &names, answering, refused, sink));
}
