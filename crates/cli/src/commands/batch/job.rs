//! What is asked, once it has been checked.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use base::Month;
use law::Law;
use law_arrow::{Engine, aids_named};
use serde_json::{Value, json};

use super::fr;
use crate::args::Batch;
use crate::{Refusal, Result, input};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    JsonLines,
    Csv,
    Parquet,
}

#[derive(Debug)]
pub struct Job<'l> {
    pub engine: Engine<'l>,
    pub fingerprint: String,
    pub input: PathBuf,
    pub input_format: Format,
    pub output: PathBuf,
    pub output_format: Format,
    /// Households in a part.
    pub chunk: usize,
    pub threads: usize,
    pub quiet: bool,
    /// Size and date of the input: another file is another job.
    input_state: (u64, u64),
}

/// Answers in a part, more or less: what a thread holds in memory before it writes.
const ANSWERS_IN_A_PART: usize = 262_144;
/// Nobody asks for ten centuries.
const MAX_MONTHS: i32 = 1_200;

impl<'l> Job<'l> {
    pub fn new(law: &'l Law, args: &Batch) -> Result<Self> {
        let months = months(&args.month)?;
        let aids = match &args.aids {
            Some(names) => {
                let names = names.split(',').map(str::trim).filter(|it| !it.is_empty());
                aids_named(law, names).map_err(|error| Refusal(fr::aids(&error)))?
            }
            None => law.aids(),
        };
        let engine = Engine::new(law, &months, &aids);
        let input_format = Format::of_input(&args.input)?;
        let output_format = Format::of_output(&args.output, args.format.as_deref())?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let lanes = months.len().saturating_mul(engine.aids().len()).max(1);
        let most = (65_536 / threads).clamp(1_024, 4_096);
        let chunk = args.chunk.unwrap_or((ANSWERS_IN_A_PART / lanes).clamp(256, most)).max(1);
        Ok(Self {
            fingerprint: law.fingerprint(),
            input: args.input.clone(),
            input_format,
            output: args.output.clone(),
            output_format,
            chunk,
            threads,
            quiet: args.quiet,
            input_state: state(&args.input)?,
            engine,
        })
    }

    pub fn law(&self) -> &'l Law {
        self.engine.law()
    }

    /// Where parts wait until all are there.
    pub fn folder(&self) -> PathBuf {
        beside(&self.output, "en-cours")
    }

    pub fn refusals(&self) -> PathBuf {
        match self.output_format {
            Format::Csv => beside(&self.output, "rejets.csv"),
            Format::Parquet | Format::JsonLines => beside(&self.output, "rejets.jsonl"),
        }
    }

    /// What two runs must share for the second to go on where the first stopped.
    pub fn identity(&self) -> Value {
        let months: Vec<_> = self.engine.months().iter().map(ToString::to_string).collect();
        let aids: Vec<_> = self.engine.aids().iter().map(|it| it.name.as_str()).collect();
        let (bytes, changed) = self.input_state;
        json!({
            "programme": env!("CARGO_PKG_VERSION"),
            "recueil": self.fingerprint,
            "mois": months,
            "aides": aids,
            "entrée": { "octets": bytes, "date": changed },
            "format": self.output_format.word(),
        })
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    path.with_file_name(name)
}

fn state(path: &Path) -> Result<(u64, u64)> {
    let refuse = |error| Refusal(crate::fr::unreadable(path, &error));
    let metadata = std::fs::metadata(path).map_err(refuse)?;
    if metadata.is_dir() {
        return Err(refuse(std::io::ErrorKind::IsADirectory.into()));
    }
    let changed = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    Ok((metadata.len(), changed.map_or(0, |it| it.as_secs())))
}

/// `2026-05`, or `2026-01..2026-12` with both ends; the same month once.
fn months(texts: &[String]) -> Result<Vec<Month>> {
    let mut res: Vec<Month> = Vec::new();
    for text in texts {
        let (first, last) = match text.split_once("..") {
            Some((first, last)) => (input::month(first)?, input::month(last)?),
            None => (input::month(text)?, input::month(text)?),
        };
        let count = last.since(first);
        if count < 0 {
            return Err(Refusal(fr::months_backwards(text)));
        }
        if count >= MAX_MONTHS {
            return Err(Refusal(fr::too_many_months(text)));
        }
        res.extend((0..=count).map(|it| first.plus(it)));
    }
    res.sort_unstable();
    res.dedup();
    Ok(res)
}

impl Format {
    pub fn word(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    fn of_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        match extension.as_str() {
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" | "tsv" => Some(Self::Csv),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }

    fn of_input(path: &Path) -> Result<Self> {
        Self::of_extension(path).ok_or_else(|| Refusal(fr::input_format(path)))
    }

    fn of_output(path: &Path, asked: Option<&str>) -> Result<Self> {
        match asked {
            Some("parquet") => Ok(Self::Parquet),
            Some("csv") => Ok(Self::Csv),
            Some(other) => Err(Refusal(fr::no_such_format(other))),
            None => match Self::of_extension(path) {
                Some(it @ (Self::Parquet | Self::Csv)) => Ok(it),
                Some(Self::JsonLines) | None => Err(Refusal(fr::output_format(path))),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_listed_once_in_order() {
        let read = |texts: &[&str]| -> Vec<String> {
            let texts: Vec<_> = texts.iter().map(|it| (*it).to_owned()).collect();
            months(&texts).unwrap().iter().map(ToString::to_string).collect()
        };
        assert_eq!(read(&["2026-05"]), ["2026-05"]);
        assert_eq!(read(&["2026-11..2027-01", "2026-12"]), ["2026-11", "2026-12", "2027-01"]);
        assert!(months(&["2026-05..2026-04".to_owned()]).is_err());
        assert!(months(&["2026-05..".to_owned()]).is_err());
        assert!(months(&["1000-01..2999-12".to_owned()]).is_err());
    }
}
