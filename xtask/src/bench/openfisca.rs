//! The same households through OpenFisca-France, called as a separate program, in the same run.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::growth::grouped;
use super::law::{bench, whole};
use crate::shell::{self, command, root, target_dir};

/// Which Python has OpenFisca-France, when it is not to be installed.
const PYTHON: &str = "TANDEM_OPENFISCA_PYTHON";
const VERSION: &str = "openfisca-france==176.1.8";
const HOUSEHOLDS: u64 = 100_000;
/// One by one, they take seconds each.
const SINGLE: &str = "12";

/// What was compared, or why nothing could be.
pub enum Beside {
    Measured(Box<Measured>),
    Impossible(String),
}

pub struct Measured {
    versions: Value,
    /// OpenFisca's batch and one by one.
    batch: Value,
    single: Value,
    /// Ours, on the same file.
    ours: Value,
    one_us: u64,
}

/// `figures`: what `tandem law bench` has just found.
pub fn measure(tandem: &str, figures: &Value) -> Result<Beside> {
    let python = match python() {
        Ok(python) => python,
        Err(reason) => {
            println!("OpenFisca-France ne peut pas être mesuré : {reason:#}");
            return Ok(Beside::Impossible(format!("{reason:#}")));
        }
    };
    let file = target_dir().join("openfisca-households.jsonl").to_string_lossy().into_owned();
    let ask = |words: &[&str]| ask(&python, words);
    ask(&["draw", &HOUSEHOLDS.to_string(), &file])?;
    let ours = bench(tandem, &["--lot-seul", "--foyers", &HOUSEHOLDS.to_string(), "--cas", &file])?;
    let single = ask(&["single", &file, SINGLE])?;
    let batch = ask(&["batch", &file])?;
    let measured = Measured {
        versions: ask(&["versions"])?,
        batch,
        single,
        ours,
        one_us: whole(figures, "one_us"),
    };
    fs::remove_file(&file).context("le fichier des foyers ne s’efface pas")?;
    Ok(Beside::Measured(Box::new(measured)))
}

/// The one that is named, or one of ours, made on first use.
fn python() -> Result<String> {
    if let Some(named) = std::env::var_os(PYTHON) {
        return Ok(named.to_string_lossy().into_owned());
    }
    let folder = target_dir().join("openfisca");
    let python = folder.join("bin/python").to_string_lossy().into_owned();
    if !PathBuf::from(&python).exists() {
        let folder = folder.to_string_lossy().into_owned();
        shell::run(&["python3", "-m", "venv", &folder])?;
    }
    shell::run(&[&python, "-m", "pip", "install", "--quiet", VERSION])?;
    Ok(python)
}

/// One answer of the script, a line of JSON.
fn ask(python: &str, words: &[&str]) -> Result<Value> {
    let script = root().join("xtask/openfisca/bench.py").to_string_lossy().into_owned();
    let words = [&[python, &script], words].concat();
    println!("$ {}", words.join(" "));
    let output = command(&words).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{} a échoué", words.join(" "));
    }
    serde_json::from_slice(&output.stdout).context("la réponse du script ne se lit pas")
}

impl Beside {
    pub fn report(&self) -> String {
        match self {
            Self::Measured(it) => it.report(),
            Self::Impossible(reason) => {
                format!(
                    "Not measured in this run: {reason}. Set `{PYTHON}` to a Python that has it."
                )
            }
        }
    }
}

impl Measured {
    fn report(&self) -> String {
        let word = |key: &str| self.versions.get(key).and_then(Value::as_str).unwrap_or("?");
        let theirs = whole(&self.batch, "calculate_us");
        let ours = whole(&self.ours, "evaluate_us");
        let (build, fill) = (whole(&self.batch, "build_us"), whole(&self.ours, "fill_us"));
        let one = whole(&self.single, "calculate_us");
        let households = whole(&self.batch, "households");
        format!(
            "OpenFisca-France {} (core {}, numpy {}, Python {}) as a separate program, on the {} households that \
             `xtask/openfisca/bench.py` draws (seed 7) to one file both engines read; May 2026, the six benefits our \
             book models, one thread each, in processor time. The benefits it models and we do not are given to both as not received. \
             OpenFisca computes three past months of some benefits on the way; we are given them as facts.\n\n\
             | {} households | OpenFisca | Tandem | ratio |\n|---|---|---|---|\n\
             | calculation (s) | {} | {} | {} × |\n\
             | reading the situations in (s) | {} | {} | {} × |\n\
             | both (s) | {} | {} | {} × |\n\
             | most memory (MiB) | {} | {} | |\n\n\
             | one household, median | OpenFisca | Tandem | ratio |\n|---|---|---|---|\n\
             | calculation, results only (µs) | {one} | {} | {} × |\n\n\
             | paid in all, € a month | OpenFisca | Tandem |\n|---|---|---|\n{}",
            word("openfisca_france"),
            word("openfisca_core"),
            word("numpy"),
            word("python"),
            grouped(households),
            grouped(households),
            seconds(theirs),
            seconds(ours),
            times(theirs, ours),
            seconds(build),
            seconds(fill),
            times(build, fill),
            seconds(theirs + build),
            seconds(ours + fill),
            times(theirs + build, ours + fill),
            whole(&self.batch, "peak_mib"),
            whole(&self.ours, "peak_mib"),
            self.one_us,
            times(one, self.one_us),
            self.totals(),
        )
    }

    fn totals(&self) -> String {
        let names = [
            ("rsa", "rsa"),
            ("ppa", "prime_d_activité"),
            ("aide_logement", "aide_au_logement"),
            ("af", "allocations_familiales"),
            ("cf", "complément_familial"),
            ("asf", "asf"),
        ];
        let total = |figures: &Value, name: &str| {
            let cents = figures.get("totals_cents").and_then(|it| it.get(name));
            grouped(cents.and_then(Value::as_u64).unwrap_or(0) / 100)
        };
        let row = |(theirs, ours): &(&str, &str)| {
            let (found, own) = (total(&self.batch, theirs), total(&self.ours, ours));
            format!("| {ours} | {found} | {own} |")
        };
        names.iter().map(row).collect::<Vec<_>>().join("\n")
    }
}

fn seconds(micros: u64) -> String {
    format!("{},{:02}", micros / 1_000_000, micros / 10_000 % 100)
}

fn times(longer: u64, shorter: u64) -> String {
    longer.checked_div(shorter).map_or_else(|| "?".to_owned(), grouped)
}
