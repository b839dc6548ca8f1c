//! One row per person, the rows of a household next to each other.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use law::Law;
use law_arrow::{Heading, Place};

use crate::commands::batch::block::{Block, CsvRows};
use crate::commands::batch::fr as batch_fr;
use crate::commands::batch::order::{Disorder, Order};
use crate::{Refusal, Result, fr};

/// Read ahead at once.
const BUFFER: usize = 1 << 20;

pub struct Csv {
    path: PathBuf,
    reader: Reader<BufReader<File>>,
    pub heading: Heading,
    household: usize,
    width: usize,
    order: Order,
    /// The first row of the next household, already read.
    pending: Option<Row>,
    /// The name of the household that is being read.
    current: Option<String>,
}

struct Row {
    record: StringRecord,
    line: u64,
    unreadable: Option<String>,
}

impl Csv {
    pub fn open(law: &Law, path: &Path) -> Result<(Self, u64)> {
        let refuse = |error| Refusal(fr::unreadable(path, &error));
        let file = File::open(path).map_err(refuse)?;
        let total = file.metadata().map_err(refuse)?.len();
        let mut buffered = BufReader::with_capacity(BUFFER, file);
        let delimiter = delimiter(buffered.fill_buf().map_err(refuse)?);
        buffered.rewind().map_err(refuse)?;
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(buffered);
        let mut first = ByteRecord::new();
        let read = reader.read_byte_record(&mut first).map_err(|it| unreadable(path, &it))?;
        if !read {
            return Err(Refusal(batch_fr::in_file(path, batch_fr::NO_HEADING)));
        }
        let first = StringRecord::from_byte_record(first)
            .map_err(|_| Refusal(batch_fr::csv_not_utf8(path)))?;
        let names = first.iter().map(|it| it.trim_start_matches('\u{feff}'));
        let required = [Place::Household, Place::Role, Place::TaxRole];
        let heading = Heading::read(law.book(), names, &required)
            .map_err(|errors| Refusal(batch_fr::columns(path, &errors)))?;
        let household = heading.column(Place::Household).unwrap_or(0);
        let res = Self {
            path: path.to_owned(),
            reader,
            household,
            width: first.len(),
            heading,
            order: Order::default(),
            pending: None,
            current: None,
        };
        Ok((res, total))
    }

    pub fn next(&mut self, households: usize) -> Result<Option<(Block, u64)>> {
        let mut rows = CsvRows::default();
        while let Some(row) = self.take_row()? {
            let name = self.name(&row.record);
            if rows.starts.is_empty() || name.is_none() || name != self.current {
                if rows.starts.len() == households {
                    self.pending = Some(row);
                    break;
                }
                self.begin(name.as_deref(), row.line)?;
                self.current = name;
                rows.starts.push(rows.records.len());
            }
            if let Some(why) = row.unreadable {
                rows.unreadable.push((rows.records.len(), why));
            }
            rows.lines.push(row.line);
            rows.records.push(row.record);
        }
        let position = self.reader.position().byte();
        Ok((!rows.starts.is_empty()).then_some((Block::Csv(rows), position)))
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

    fn name(&self, record: &StringRecord) -> Option<String> {
        let name = record.get(self.household)?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn take_row(&mut self) -> Result<Option<Row>> {
        if let Some(row) = self.pending.take() {
            return Ok(Some(row));
        }
        let mut record = ByteRecord::new();
        loop {
            let read = self
                .reader
                .read_byte_record(&mut record)
                .map_err(|it| unreadable(&self.path, &it))?;
            if !read {
                return Ok(None);
            }
            // A spreadsheet leaves rows of separators at the end.
            if record.iter().any(|it| !it.trim_ascii().is_empty()) {
                break;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        let (record, mut unreadable) = match StringRecord::from_byte_record(record) {
            Ok(record) => (record, None),
            Err(error) => {
                let lossy = error.into_byte_record();
                let cells = lossy.iter().map(String::from_utf8_lossy);
                (cells.collect::<Vec<_>>().into(), Some(batch_fr::NOT_UTF8.to_owned()))
            }
        };
        if record.len() != self.width {
            unreadable = Some(batch_fr::cells(record.len(), self.width));
        }
        Ok(Some(Row { record, line, unreadable }))
    }
}

fn unreadable(path: &Path, error: &csv::Error) -> Refusal {
    Refusal(batch_fr::in_file(path, &error.to_string()))
}

/// The separator of the first line: the most frequent of three, outside quotes.
fn delimiter(start: &[u8]) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in start {
        if *byte == b'\n' && !quoted {
            break;
        }
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(it, _)| it == byte && !quoted) {
            *count += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(it, _)| *it)
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn finds_the_separator_of_spreadsheets() {
        assert_eq!(delimiter(b"foyer;nom\n1,2,3,4"), b';');
        assert_eq!(delimiter(b"foyer,nom"), b',');
        assert_eq!(delimiter(b"foyer\tnom"), b'\t');
        assert_eq!(delimiter(b"\"a;b;c\",nom"), b',');
        assert_eq!(delimiter(b"foyer"), b',');
    }
}
