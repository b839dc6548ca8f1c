//! One part of the job: answered, then written in files of its own.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use law_arrow::{Cents, Heading, Line, LineBuilder, Named, SHORT_FINGERPRINT, line_schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use serde_json::{Value, json};

use super::block::{Answering, Block, Refused, Sink};
use super::fr;
use super::job::{Format, Job};
use super::journal::Done;
use crate::{Refusal, Result};

/// Rows gathered before they are packed.
const ROWS: usize = 16_384;

/// Where the answers of a part are.
pub fn answers_path(job: &Job<'_>, part: usize) -> PathBuf {
    job.folder().join(format!("{part:08}.{}", job.output_format.word()))
}

/// Where its refusals are, if it has any.
pub fn refusals_path(job: &Job<'_>, part: usize) -> PathBuf {
    job.folder().join(format!("{part:08}.rejets"))
}

/// Answers a block. When this returns the files of the part are whole.
pub fn answer(
    job: &Job<'_>,
    heading: Option<&Heading>,
    part: usize,
    block: &Block,
) -> Result<Done> {
    let path = answers_path(job, part);
    let unfinished = path.with_extension("début");
    let mut files = Files::create(job, &unfinished)?;
    let mut answering = Answering { engine: &job.engine, desk: job.engine.desk(), heading };
    let households = block.answer(&mut answering, &mut files)?;
    let Files { mut done, refusals, counts, .. } = files.close()?;
    done.households = households as u64;
    done.statuses = counts.into_iter().map(|(word, count)| (word.to_owned(), count)).collect();
    write_refusals(job, part, &refusals)?;
    fs::rename(&unfinished, &path).map_err(|error| Refusal(fr::unwritable(&path, &error)))?;
    Ok(done)
}

/// What comes out of a part.
struct Files {
    path: PathBuf,
    writer: Option<Writer>,
    done: Done,
    counts: Vec<(&'static str, u64)>,
    refusals: Vec<(Named, Refused)>,
    /// The first thing that went wrong: nothing is written after it.
    failed: Option<String>,
}

enum Writer {
    Csv { rows: Box<csv::Writer<File>>, fingerprint: String },
    Parquet { file: Box<ArrowWriter<File>>, lines: Box<LineBuilder> },
}

impl Sink for Files {
    fn line(&mut self, line: &Line<'_>) {
        match self.counts.iter_mut().find(|(it, _)| *it == line.status) {
            Some((_, count)) => *count += 1,
            None => self.counts.push((line.status, 1)),
        }
        let Some(writer) = self.writer.as_mut().filter(|_| self.failed.is_none()) else { return };
        let written = match writer {
            Writer::Csv { rows, fingerprint } => {
                rows.write_record(csv_cells(line, fingerprint)).map_err(|it| it.to_string())
            }
            Writer::Parquet { file, lines } => {
                lines.push(line);
                if lines.len() < ROWS { Ok(()) } else { pack(file, lines) }
            }
        };
        self.failed = written.err();
    }

    fn refuse(&mut self, named: &Named, refused: Refused) {
        self.done.refuse(&refused.reasons);
        self.refusals.push((named.clone(), refused));
    }
}

fn pack(file: &mut ArrowWriter<File>, lines: &mut LineBuilder) -> std::result::Result<(), String> {
    let batch = lines.finish().map_err(|it| it.to_string())?;
    file.write(&batch).map_err(|it| it.to_string())
}

impl Files {
    fn create(job: &Job<'_>, path: &Path) -> Result<Self> {
        let refuse =
            |error: &dyn std::fmt::Display| Refusal(fr::unwritable(path, &error.to_string()));
        let file = File::create(path).map_err(|error| refuse(&error))?;
        let writer = match job.output_format {
            Format::Csv => Writer::Csv {
                rows: Box::new(csv::Writer::from_writer(file)),
                fingerprint: job.fingerprint.chars().take(SHORT_FINGERPRINT).collect(),
            },
            Format::Parquet | Format::JsonLines => {
                let options = ArrowWriterOptions::new()
                    .with_properties(properties())
                    .with_skip_arrow_metadata(true);
                let file = ArrowWriter::try_new_with_options(file, line_schema(), options);
                Writer::Parquet {
                    file: Box::new(file.map_err(|error| refuse(&error))?),
                    lines: Box::new(LineBuilder::new(&job.fingerprint)),
                }
            }
        };
        Ok(Self {
            path: path.to_owned(),
            writer: Some(writer),
            done: Done::default(),
            counts: Vec::new(),
            refusals: Vec::new(),
            failed: None,
        })
    }

    /// What was counted, once everything is on the disk.
    fn close(mut self) -> Result<Self> {
        let written = match (self.failed.take(), self.writer.take()) {
            (Some(error), _) => Err(error),
            (None, Some(Writer::Csv { rows, .. })) => {
                rows.into_inner().map_err(|it| it.to_string()).map(Some)
            }
            (None, Some(Writer::Parquet { mut file, mut lines })) => pack(&mut file, &mut lines)
                .and_then(|()| file.into_inner().map_err(|it| it.to_string()))
                .map(Some),
            (None, None) => Ok(None),
        };
        let synced = written.and_then(|file| {
            file.map_or(Ok(()), |it| it.sync_data()).map_err(|error| error.to_string())
        });
        match synced {
            Ok(()) => Ok(self),
            Err(error) => Err(Refusal(fr::unwritable(&self.path, &error))),
        }
    }
}

/// How the answers are packed: few different words, so they take little room.
pub fn properties() -> WriterProperties {
    let level = ZstdLevel::try_new(1).unwrap_or_default();
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build()
}

fn csv_cells(line: &Line<'_>, fingerprint: &str) -> [String; 9] {
    let (cents, fraction) = match &line.amount {
        Some(Cents::Whole(cents)) => (cents.to_string(), String::new()),
        Some(Cents::Fraction(fraction)) => (String::new(), fraction.clone()),
        None => (String::new(), String::new()),
    };
    [
        line.household.unwrap_or_default().to_owned(),
        line.line.to_string(),
        line.month.to_owned(),
        line.aid.to_owned(),
        line.instance.to_string(),
        line.status.to_owned(),
        cents,
        fraction,
        fingerprint.to_owned(),
    ]
}

/// The headings of refusals as rows of a table.
pub const REFUSAL_COLUMNS: [&str; 4] = ["ligne", "foyer", "motif", "brut"];

fn write_refusals(job: &Job<'_>, part: usize, refusals: &[(Named, Refused)]) -> Result<()> {
    if refusals.is_empty() {
        return Ok(());
    }
    let path = refusals_path(job, part);
    let write = || -> std::io::Result<()> {
        let file = File::create(&path)?;
        let mut out = BufWriter::new(&file);
        match job.output_format {
            Format::Csv => {
                let mut rows = csv::Writer::from_writer(&mut out);
                for (named, it) in refusals {
                    let raw = match &it.raw {
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    let line = named.line.to_string();
                    let name = named.name.clone().unwrap_or_default();
                    rows.write_record([line, name, it.reasons.join(" ; "), raw])?;
                }
                rows.flush()?;
            }
            Format::Parquet | Format::JsonLines => {
                for (named, it) in refusals {
                    let [line, name, reasons, raw] = REFUSAL_COLUMNS;
                    let json = json!({
                        line: named.line,
                        name: named.name,
                        reasons: it.reasons,
                        raw: it.raw,
                    });
                    writeln!(out, "{json}")?;
                }
            }
        }
        out.flush()?;
        drop(out);
        file.sync_data()
    };
    write().map_err(|error| Refusal(fr::unwritable(&path, &error)))
}

/// The root of the schema of the answers, for a file that takes parts in.
pub fn parquet_schema() -> Result<parquet::schema::types::TypePtr> {
    let schema = parquet::arrow::ArrowSchemaConverter::new().convert(&line_schema());
    let schema = schema.map_err(|error| Refusal(error.to_string()))?;
    Ok(Arc::clone(&schema.root_schema_ptr()))
}
