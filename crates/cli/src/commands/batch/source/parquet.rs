//! A Parquet file: one row per household with its persons in a list, or one row per person.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_select::concat::concat_batches;
use law::Law;
use law_arrow::{Arrays, BatchError, Cells, Households, PERSONS, Place};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use crate::commands::batch::block::Block;
use crate::commands::batch::fr as batch_fr;
use crate::commands::batch::order::{Disorder, Order};
use crate::{Refusal, Result, fr};

pub struct Parquet {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    /// Rows given out so far.
    before: u64,
    nested: bool,
    order: Order,
    /// Rows read and not yet given out.
    pending: Option<RecordBatch>,
}

/// Persons in a household, more or less: how many rows are read to have enough households.
const PERSONS_IN_A_HOUSEHOLD: usize = 4;

impl Parquet {
    pub fn open(law: &Law, path: &Path, households: usize) -> Result<(Self, u64)> {
        let refuse = |error| Refusal(fr::unreadable(path, &error));
        let file = File::open(path).map_err(refuse)?;
        let wrong = |error| Refusal(batch_fr::not_parquet(path, &error));
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(wrong)?;
        let schema = builder.schema().clone();
        let nested = schema.column_with_name(PERSONS).is_some();
        // The columns are looked at before anything is computed.
        Households::open(law, &RecordBatch::new_empty(schema)).map_err(|error| match error {
            BatchError::Columns(errors) => Refusal(batch_fr::columns(path, &errors)),
            BatchError::Arrow(error) => Refusal(batch_fr::not_parquet(path, &error)),
        })?;
        let rows = builder.metadata().file_metadata().num_rows();
        let persons = if nested { 1 } else { PERSONS_IN_A_HOUSEHOLD };
        let batch = households.saturating_mul(persons);
        let reader = builder.with_batch_size(batch).build().map_err(wrong)?;
        let order = Order::default();
        let path = path.to_owned();
        let res = Self { path, reader, before: 0, nested, order, pending: None };
        Ok((res, u64::try_from(rows).unwrap_or(0)))
    }

    pub fn next(&mut self, households: usize) -> Result<Option<(Block, u64)>> {
        let (rows, names) = loop {
            let (starts, names) = self.starts();
            if let Some(cut) = starts.get(households) {
                break (*cut, names.into_iter().take(households).collect::<Vec<_>>());
            }
            if !self.read_more()? {
                break (self.pending.as_ref().map_or(0, RecordBatch::num_rows), names);
            }
        };
        let Some(pending) = self.pending.take().filter(|_| rows > 0) else { return Ok(None) };
        let batch = pending.slice(0, rows);
        if rows < pending.num_rows() {
            self.pending = Some(pending.slice(rows, pending.num_rows().saturating_sub(rows)));
        }
        let before = self.before;
        for (row, name) in names {
            self.begin(name.as_deref(), before + row as u64 + 1)?;
        }
        self.before += rows as u64;
        Ok(Some((Block::Arrow { batch, before }, self.before)))
    }

    /// The rows where a household begins among those that wait, with its name in a file of persons.
    fn starts(&self) -> (Vec<usize>, Vec<(usize, Option<String>)>) {
        let Some(batch) = &self.pending else { return (Vec::new(), Vec::new()) };
        if self.nested {
            return ((0..batch.num_rows()).collect(), Vec::new());
        }
        let at = batch.schema().column_with_name(Place::Household.word()).map_or(0, |(at, _)| at);
        let cells = Arrays::new(batch.columns());
        let mut names: Vec<(usize, Option<String>)> = Vec::new();
        for row in 0..batch.num_rows() {
            let name = cells.cell(at, row).name();
            if name.is_none() || names.last().is_none_or(|(_, last)| *last != name) {
                names.push((row, name));
            }
        }
        (names.iter().map(|(row, _)| *row).collect(), names)
    }

    fn begin(&mut self, name: Option<&str>, line: u64) -> Result<()> {
        let Some(name) = name else { return Ok(()) };
        let told = match self.order.see(name) {
            Ok(()) => return Ok(()),
            Err(Disorder::SeenBefore) => batch_fr::not_sorted(line, name),
            Err(Disorder::NotSorted) => batch_fr::must_be_sorted(line, name),
        };
        Err(Refusal(batch_fr::in_file(&self.path, &told)))
    }

    /// Reads a batch more; `false` at the end.
    fn read_more(&mut self) -> Result<bool> {
        let wrong = |error| Refusal(batch_fr::not_parquet(&self.path, &error));
        let Some(batch) = self.reader.next().transpose().map_err(wrong)? else { return Ok(false) };
        self.pending = Some(match self.pending.take() {
            Some(pending) => concat_batches(&batch.schema(), [&pending, &batch]).map_err(wrong)?,
            None => batch,
        });
        Ok(true)
    }
}
