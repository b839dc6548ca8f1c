//! Reading what the user names: files, folders, the standard input. Everything is bounded.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use base::Month;
use law::SourceFile;

use crate::{Refusal, Result, fr};

/// No text of law comes near this size.
const MAX_LAW_FILE: u64 = 4 * 1024 * 1024;
/// Thousands of cases of the witness.
const MAX_CASES_FILE: u64 = 256 * 1024 * 1024;
/// A folder holds fewer folders than that one inside the other.
const MAX_DEPTH: usize = 32;

/// The text of a `.droit` file.
pub fn law_file(path: &Path) -> Result<SourceFile> {
    let text = text(path, MAX_LAW_FILE)?;
    Ok(SourceFile { name: path.display().to_string(), text })
}

/// The `.droit` files among these paths and in these folders, in the order of their names.
pub fn law_paths(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            collect(path, MAX_DEPTH, &mut found)?;
            if found.len() == before {
                return Err(Refusal(fr::no_law_in(path)));
            }
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<()> {
    let refuse = |error: io::Error| Refusal(fr::unreadable(folder, &error));
    for entry in fs::read_dir(folder).map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        // Links are not followed: a folder may point back to one of its parents.
        let kind = entry.file_type().map_err(refuse)?;
        let path = entry.path();
        if kind.is_dir() && depth > 0 {
            collect(&path, depth - 1, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|it| it == "droit") {
            found.push(path);
        }
    }
    Ok(())
}

/// The bytes of a situation; `-` is the standard input. One byte more than allowed is enough to refuse.
pub fn situation(path: &Path) -> Result<Vec<u8>> {
    let limit = law::situation::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| Refusal(fr::unreadable(path, &error)))?;
    Ok(bytes)
}

/// The text of a file of cases.
pub fn cases(path: &Path) -> Result<String> {
    text(path, MAX_CASES_FILE)
}

fn text(path: &Path, limit: u64) -> Result<String> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|error| Refusal(fr::unreadable(path, &error)))?;
    if bytes.len() as u64 > limit {
        return Err(Refusal(fr::too_big(path, limit)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Refusal(fr::not_utf8(path, line))
    })
}

pub fn month(text: &str) -> Result<Month> {
    text.parse().map_err(|_| Refusal(fr::not_a_month(text)))
}

/// The day this machine says it is, in universal time.
#[expect(clippy::disallowed_methods, reason = "the edge of the program, where the clock is read")]
pub fn today() -> Result<base::Date> {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    base::Date::new(today.year(), today.month(), today.day())
        .ok_or_else(|| Refusal(fr::BAD_CLOCK.to_owned()))
}
