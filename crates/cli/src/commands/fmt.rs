//! `tandem law fmt`: one way to write the law.

use std::fs;
use std::path::{Path, PathBuf};

use law::render;

use crate::args::Fmt;
use crate::{Outcome, Refusal, Result, fr, input, output};

const DEFAULT_FOLDER: &str = "legislation";

pub fn run(args: &Fmt) -> Result {
    let default = [PathBuf::from(DEFAULT_FOLDER)];
    let paths = if args.paths.is_empty() { &default[..] } else { &args.paths };
    let mut outcome = Outcome::Fine;
    for path in input::law_paths(paths)? {
        if format_file(&path, args.check)? == Outcome::Wrong {
            outcome = Outcome::Wrong;
        }
    }
    Ok(outcome)
}

/// `Wrong`: the file cannot be read as law, or (with `check`) is not written as it should be.
fn format_file(path: &Path, check: bool) -> Result {
    let file = input::law_file(path)?;
    let formatted = match law::format_source(&file.text) {
        Ok(text) => text,
        Err(diagnostics) => {
            output::print(&render(&diagnostics, &[file], output::color()))?;
            return Ok(Outcome::Wrong);
        }
    };
    if formatted == file.text {
        return Ok(Outcome::Fine);
    }
    if check {
        output::print(&format!("{}\n", fr::not_formatted(path)))?;
        return Ok(Outcome::Wrong);
    }
    fs::write(path, formatted).map_err(|error| Refusal(fr::unreadable(path, &error)))?;
    output::print(&format!("{}\n", fr::formatted(path)))?;
    Ok(Outcome::Fine)
}
