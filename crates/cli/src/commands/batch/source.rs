//! The input, read from its beginning to its end, once, in blocks of so many households.

mod csv;
mod json_lines;
mod parquet;

use law_arrow::Heading;

use super::block::Block;
use super::job::{Format, Job};
use crate::Result;

pub struct Source {
    reader: Reader,
    /// Bytes, or rows.
    pub total: u64,
}

enum Reader {
    Json(json_lines::JsonLines),
    Csv(csv::Csv),
    Parquet(parquet::Parquet),
}

impl Source {
    pub fn open(job: &Job<'_>) -> Result<Self> {
        let (reader, total) = match job.input_format {
            Format::JsonLines => {
                let (reader, total) = json_lines::JsonLines::open(&job.input)?;
                (Reader::Json(reader), total)
            }
            Format::Csv => {
                let (reader, total) = csv::Csv::open(job.law(), &job.input)?;
                (Reader::Csv(reader), total)
            }
            Format::Parquet => {
                let (reader, total) = parquet::Parquet::open(job.law(), &job.input, job.chunk)?;
                (Reader::Parquet(reader), total)
            }
        };
        Ok(Self { reader, total })
    }

    /// What the columns mean, when each block does not say it itself.
    pub fn heading(&self) -> Option<Heading> {
        match &self.reader {
            Reader::Csv(it) => Some(it.heading.clone()),
            Reader::Json(_) | Reader::Parquet(_) => None,
        }
    }

    /// The next households, and how far the file has been read; `None` at the end.
    pub fn next(&mut self, households: usize) -> Result<Option<(Block, u64)>> {
        match &mut self.reader {
            Reader::Json(it) => it.next(households),
            Reader::Csv(it) => it.next(households),
            Reader::Parquet(it) => it.next(households),
        }
    }
}
