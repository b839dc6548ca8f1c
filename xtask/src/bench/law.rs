//! The law: what `tandem law bench` measures, the growth with the number of households, and the witness.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::growth::{self, Size};
use super::openfisca::{self, Beside};
use super::{figure, folder, machine};
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

/// A reading of the figures of `tandem law bench` comes before everything else, and another after: the best is kept.
pub fn measure(tandem: &str) -> Result<()> {
    let mut loads = vec![machine::load()];
    let first = bench(tandem, &[])?;
    let beside = openfisca::measure(tandem);
    loads.push(machine::load());
    let sizes = growth::measure(tandem)?;
    let figures = best(first, &bench(tandem, &[])?);
    loads.push(machine::load());
    println!("{figures:#}");
    fs::write(folder().join("growth.svg"), figure::draw(&sizes))?;
    fs::write(folder().join("law.md"), report(&loads.join(", "), &figures, &sizes, &beside))?;
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

/// The better of two readings, figure by figure: what runs beside can only make them worse.
fn best(mut one: Value, other: &Value) -> Value {
    for (key, _, aim) in FIGURES {
        let (Some(a), Some(b)) = (one.get(key), other.get(key)) else { continue };
        let least = aim.starts_with('≤');
        let is_better = match (exact(a), exact(b)) {
            (Some(a), Some(b)) => (b < a) == least && a != b,
            _ => false,
        };
        if is_better && let Some(slot) = one.get_mut(key) {
            *slot = b.clone();
        }
    }
    one
}

/// Hundredths, from the text of the number: figures have two decimals at most.
fn exact(number: &Value) -> Option<u64> {
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{decimals:0<2}").parse().ok()
}

/// A whole number of the figures; zero where it is not told.
pub fn whole(figures: &Value, key: &str) -> u64 {
    figures.get(key).and_then(Value::as_u64).unwrap_or(0)
}

fn report(load: &str, figures: &Value, sizes: &[Size], beside: &Beside) -> String {
    let rows: Vec<String> = FIGURES
        .iter()
        .map(|(key, words, aim)| {
            let found = figures.get(key).map(Value::to_string).unwrap_or_default();
            format!("| {words} | {found} | {aim} |")
        })
        .collect();
    format!(
        "# The law\n\n\
         All measured in one run of `cargo xtask bench law`, release build, {}. Machine: {}. Programs wanting a core \
         when the run began, after the comparison and at the end: {load}.\n\n\
         ## One household, and many\n\
         Medians over the three example households, after warm-up; the batch repeats the 2,000 households of \
         `crates/law-testing/cases/2026-05.jsonl`, their amounts moved by some cents each time, all six aids, in \
         processor time of one thread. Turning households into columns is not counted there; it is told below. The \
         better of two readings, one at each end of the run.\n\n\
         | what | found | aim |\n|---|---|---|\n{}\n\n\
         ## Growth\n{}\n\n\
         ## Beside OpenFisca-France\n{}\n",
        machine::date(),
        machine::describe(),
        rows.join("\n"),
        growth::report(sizes),
        beside.report(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_better_reading_is_kept() {
        let one =
            json!({ "one_us": 90, "batch_per_s_core": 200, "curve4000_ms": 12.5, "peak_mib": 9 });
        let other =
            json!({ "one_us": 100, "batch_per_s_core": 300, "curve4000_ms": 9.75, "peak_mib": 9 });
        let best =
            json!({ "one_us": 90, "batch_per_s_core": 300, "curve4000_ms": 9.75, "peak_mib": 9 });
        assert_eq!(super::best(one, &other), best);
    }
}
