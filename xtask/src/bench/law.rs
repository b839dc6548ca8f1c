//! The law: what `tandem law bench` measures, the growth with the number of households, and the witness.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::growth::{self, Size};
use super::openfisca::{self, Beside};
use super::{folder, machine};
use crate::shell::command;

/// What each figure is, and what it has to reach.
const FIGURES: [(&str, &str, &str); 8] = [
    ("one_trace_us", "one household, one month, exact, with the full trace (µs)", "≤ 200"),
    ("one_us", "the same, results only (µs)", "≤ 50"),
    ("batch_per_s_core", "batch, household-months per second on one core", "≥ 250 000"),
    ("twelve_months_ratio", "twelve months of a household, for one month", "≤ 5"),
    ("next_question_ms", "next question, 25 missing answers (ms)", "≤ 5"),
    ("projection36_ms", "36 months, each change with its cause (ms)", "≤ 20"),
    ("curve4000_ms", "budget curve, 4,000 points of 1 € (ms)", "≤ 50"),
    ("peak_mib", "most memory held by the process that measured all this (MiB)", "≤ 512"),
];

pub fn measure(tandem: &str) -> Result<()> {
    let figures = bench(tandem, &[])?;
    println!("{figures:#}");
    let sizes = growth::measure(tandem)?;
    let beside = openfisca::measure(tandem, &figures)?;
    fs::write(folder().join("growth.svg"), growth::figure(&sizes))?;
    fs::write(folder().join("law.md"), report(&figures, &sizes, &beside))?;
    println!("docs/bench/law.md et docs/bench/growth.svg sont à jour");
    Ok(())
}

/// The figures of `tandem law bench`, with more words on its command line.
pub fn bench(tandem: &str, more: &[&str]) -> Result<Value> {
    let words = [&[tandem, "law", "bench", "--json"], more].concat();
    println!("$ {}", words.join(" "));
    let output = command(&words).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout).context("`tandem law bench --json` ne se lit pas")
}

/// A whole number of the figures; zero where it is not told.
pub fn whole(figures: &Value, key: &str) -> u64 {
    figures.get(key).and_then(Value::as_u64).unwrap_or(0)
}

fn report(figures: &Value, sizes: &[Size], beside: &Beside) -> String {
    let rows: Vec<String> = FIGURES
        .iter()
        .map(|(key, words, aim)| {
            let found = figures.get(key).map(Value::to_string).unwrap_or_default();
            format!("| {words} | {found} | {aim} |")
        })
        .collect();
    format!(
        "# The law\n\n\
         All measured in one run of `cargo xtask bench law`, release build. Machine: {}.\n\n\
         ## One household, and many\n\
         Medians over the three example households, after warm-up; the batch repeats the 2,000 households of \
         `crates/law-testing/cases/2026-05.jsonl`, their amounts moved by some cents each time, all six aids, in \
         processor time of one thread. Turning households into columns is not counted there; it is told below.\n\n\
         | what | found | aim |\n|---|---|---|\n{}\n\n\
         ## Growth\n{}\n\n\
         ## Beside OpenFisca-France\n{}\n",
        machine::describe(),
        rows.join("\n"),
        growth::report(sizes),
        beside.report(),
    )
}
