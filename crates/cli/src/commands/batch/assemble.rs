//! The parts, one after the other, in one file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use law_arrow::LINE_COLUMNS;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::fr;
use super::job::{Format, Job};
use super::journal::Journal;
use super::part::{REFUSAL_COLUMNS, answers_path, parquet_schema, refusals_path};
use crate::{Refusal, Result};

/// The key of the whole fingerprint in a Parquet file.
const FINGERPRINT: &str = "tandem.recueil";

/// Writes the result beside its place, then puts it there at once: nobody reads half a file.
pub fn output(job: &Job<'_>, journal: &Journal) -> Result<()> {
    let parts: Vec<_> = journal.parts().map(|part| answers_path(job, part)).collect();
    let unfinished = job.folder().join("résultat");
    match job.output_format {
        Format::Csv => {
            glue(&parts, &LINE_COLUMNS.join(","), &unfinished).map_err(|it| wrong(&unfinished, &it))
        }
        Format::Parquet | Format::JsonLines => stitch(&parts, &job.fingerprint, &unfinished),
    }?;
    fs::rename(&unfinished, &job.output).map_err(|it| wrong(&job.output, &it))
}

/// The rejected rows in one file; no file when there is none.
pub fn refusals(job: &Job<'_>, journal: &Journal) -> Result<()> {
    let path = job.refusals();
    let parts = journal.parts().map(|part| refusals_path(job, part));
    let parts: Vec<_> = parts.filter(|it| it.exists()).collect();
    if parts.is_empty() {
        // What an earlier run refused is not what this one did.
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(wrong(&path, &error)),
            _ => Ok(()),
        };
    }
    let heading = match job.output_format {
        Format::Csv => REFUSAL_COLUMNS.join(","),
        Format::Parquet | Format::JsonLines => String::new(),
    };
    let unfinished = job.folder().join("rejets");
    glue(&parts, &heading, &unfinished).map_err(|it| wrong(&unfinished, &it))?;
    fs::rename(&unfinished, &path).map_err(|it| wrong(&path, &it))
}

fn wrong(path: &Path, error: &dyn std::fmt::Display) -> Refusal {
    Refusal(fr::unwritable(path, &error.to_string()))
}

/// Texts after one heading.
fn glue(parts: &[PathBuf], heading: &str, to: &Path) -> io::Result<()> {
    let mut out = File::create(to)?;
    if !heading.is_empty() {
        writeln!(out, "{heading}")?;
    }
    for part in parts {
        io::copy(&mut File::open(part)?, &mut out)?;
    }
    out.sync_data()
}

/// Row groups as they were packed: nothing is decoded again.
fn stitch(parts: &[PathBuf], fingerprint: &str, to: &Path) -> Result<()> {
    let refuse = |error: ParquetError| wrong(to, &error);
    let file = File::create(to).map_err(|it| wrong(to, &it))?;
    let fingerprint = KeyValue::new(FINGERPRINT.to_owned(), fingerprint.to_owned());
    let properties =
        WriterProperties::builder().set_key_value_metadata(Some(vec![fingerprint])).build();
    let mut writer =
        SerializedFileWriter::new(file, parquet_schema()?, Arc::new(properties)).map_err(refuse)?;
    for path in parts {
        let part = File::open(path).map_err(|it| wrong(path, &it))?;
        append(&mut writer, &part).map_err(|it| wrong(path, &it))?;
    }
    let file = writer.into_inner().map_err(refuse)?;
    file.sync_data().map_err(|it| wrong(to, &it))
}

fn append(
    writer: &mut SerializedFileWriter<File>,
    part: &File,
) -> std::result::Result<(), ParquetError> {
    let metadata = ParquetMetaDataReader::new().parse_and_finish(part)?;
    for group in metadata.row_groups() {
        let mut out = writer.next_row_group()?;
        for column in group.columns() {
            let close = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size()).unwrap_or(0),
                rows_written: u64::try_from(group.num_rows()).unwrap_or(0),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            out.append_column(part, close)?;
        }
        out.close()?;
    }
    Ok(())
}
