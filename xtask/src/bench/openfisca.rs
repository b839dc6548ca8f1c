//! The same households through OpenFisca-France, called as a separate program, in the same run.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::growth::grouped;
use super::law::{bench, whole};
use super::witness::{self, BENEFITS, Compared};
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
    /// Ours, on the same file, with what the witness answered for each household.
    ours: Value,
    compared: Compared,
}

/// Whatever goes wrong with the witness is told in the report: our own figures do not depend on it.
pub fn measure(tandem: &str) -> Beside {
    let measured = python().and_then(|python| measure_with(tandem, &python));
    measured.map_or_else(
        |reason| {
            println!("OpenFisca-France ne peut pas être mesuré : {reason:#}");
            Beside::Impossible(format!("{reason:#}"))
        },
        |it| Beside::Measured(Box::new(it)),
    )
}

fn measure_with(tandem: &str, python: &str) -> Result<Measured> {
    let file = |name: &str| target_dir().join(name).to_string_lossy().into_owned();
    let (drawn, answered) = (file("openfisca-drawn.jsonl"), file("openfisca-answered.jsonl"));
    let ask = |words: &[&str]| ask(python, words);
    let versions = ask(&["versions"])?;
    let households = HOUSEHOLDS.to_string();
    ask(&["draw", &households, &drawn])?;
    let batch = ask(&["batch", &drawn, &answered])?;
    let ours = bench(tandem, &["--lot-seul", "--foyers", &households, "--cas", &answered])?;
    let single = ask(&["single", &drawn, SINGLE])?;
    let compared = witness::compare(tandem, &answered)?;
    for it in [drawn, answered] {
        fs::remove_file(it).context("le fichier des foyers ne s’efface pas")?;
    }
    Ok(Measured { versions, batch, single, ours, compared })
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
        shell::run(&["python3", "-m", "venv", &folder])
            .context("l’environnement Python ne se crée pas")?;
    }
    shell::run(&[&python, "-m", "pip", "install", "--quiet", VERSION])
        .context("OpenFisca-France ne s’installe pas")?;
    Ok(python)
}

/// One answer of the script, a line of JSON.
fn ask(python: &str, words: &[&str]) -> Result<Value> {
    let script = root().join("xtask/openfisca/bench.py").to_string_lossy().into_owned();
    let words = [&[python, &script], words].concat();
    println!("$ {}", words.join(" "));
    let mut command = command(&words);
    // One core for each engine, whatever the libraries below it would rather do.
    command.env("OMP_NUM_THREADS", "1").env("NUMEXPR_NUM_THREADS", "1");
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("{python} ne se lance pas"))?;
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
        let households = grouped(self.households());
        format!(
            "OpenFisca-France {} (core {}, numpy {}, Python {}) as a separate program, on the {households} households \
             that `xtask/openfisca/bench.py` draws (seed 7) to one file both engines read; May 2026, the six benefits our \
             book models, processor time of one thread, each engine warm, the better of two passes for OpenFisca and one \
             pass for us. The benefits it models and we do not are given to both as not received. Both count, for the \
             RSA and the prime d’activité, the income of M-4 to M-2, the rule of the whole country since March 2025, \
             which OpenFisca follows where `departement_experimentation_rsa` is set.\n\n\
             The prime d’activité counts the family benefits and the housing aid of the months before. OpenFisca computes \
             them on its way; our book reads what was received, as facts. Hence three comparisons: each as it is used; the \
             month alone, the months before told to both; the months before computed by both (by us: the four aids of \
             M-3 to M-1, a little more than what is read).\n\n{}\n\n{}\n\n\
             ### The same outputs\n\
             A household is the same to the cent when the amounts are less than a cent apart. Unexplained: further than \
             0.02 €, or 1 € for the housing aid (OpenFisca counts in 32-bit floats and rounds down to the euro), and in \
             no class of `crates/law-testing/src/divergence/`.\n\n{}\n\n{}\n\n\
             The classes, from the largest; `tandem law compare` says the reason and the source of each.\n\n\
             | benefit · class | households |\n|---|---|\n{}",
            word("openfisca_france"),
            word("openfisca_core"),
            word("numpy"),
            word("python"),
            self.speed(),
            self.latency(),
            self.outputs(),
            self.verdict(),
            self.compared.classes(),
        )
    }

    fn households(&self) -> u64 {
        whole(&self.batch, "households")
    }

    fn speed(&self) -> String {
        let theirs = |key: &str| whole(&self.batch, key);
        let ours = |key: &str| whole(&self.ours, key);
        let (all, month, build) = (theirs("calculate_us"), theirs("month_us"), theirs("build_us"));
        let (own, past, fill) = (ours("evaluate_us"), ours("past_us"), ours("fill_us"));
        let row = |what: &str, theirs: u64, ours: u64, aim: &str| {
            let ratio = times(theirs, ours);
            format!("| {what} | {} | {} | {ratio} × | {aim} |", seconds(theirs), seconds(ours))
        };
        let rows = [
            row("calculation, each as it is used (s)", all, own, "≥ 100 ×"),
            row("calculation, the month alone for both (s)", month, own, ""),
            row("calculation, the months before computed by both (s)", all, own + past, ""),
            row(
                "from arrays (OpenFisca) or households one by one (Tandem) to columns (s)",
                build,
                fill,
                "",
            ),
            row("columns and calculation, each as it is used (s)", all + build, own + fill, ""),
        ];
        format!(
            "| {} households | OpenFisca | Tandem | ratio | aim |\n|---|---|---|---|---|\n{}\n\
             | most memory (MiB), the text of the file included for us | {} | {} | | ≤ 512 |\n\n\
             On its {} cores at once, by the clock, Tandem calculates the month in {} s.",
            grouped(self.households()),
            rows.join("\n"),
            theirs("peak_mib"),
            ours("peak_mib"),
            ours("cores"),
            seconds(ours("all_cores_us")),
        )
    }

    fn latency(&self) -> String {
        let theirs = |key: &str| whole(&self.single, key);
        let ours = |key: &str| whole(&self.ours, key);
        let row = |what: &str, theirs: u64, ours: u64, aim: &str| {
            let (ratio, theirs) = (times(theirs, ours), grouped(theirs));
            format!("| {what} | {theirs} | {} | {ratio} × | {aim} |", grouped(ours))
        };
        let rows = [
            row("each as it is used (µs)", theirs("calculate_us"), ours("one_us"), "≥ 1,000 ×"),
            row("the month alone for both (µs)", theirs("month_us"), ours("one_us"), ""),
            row(
                "the months before by both, all six aids of them by us (µs)",
                theirs("calculate_us"),
                ours("one_with_past_us"),
                "",
            ),
        ];
        format!(
            "| one household, median of {SINGLE}, results only | OpenFisca | Tandem | ratio | aim |\n|---|---|---|---|---|\n{}",
            rows.join("\n")
        )
    }

    fn outputs(&self) -> String {
        let of = |figures: &Value, part: &str, name: &str| {
            figures.get(part).map_or(0, |it| whole(it, name))
        };
        let row = |(key, aid): &(&str, &str)| {
            let theirs = of(&self.batch, "totals_cents", key) / 100;
            let ours = of(&self.ours, "totals_cents", aid) / 100;
            let same = of(&self.ours, "same_to_the_cent", key);
            let tally = self.compared.tallies.iter().find(|it| it.key == *key);
            let (explained, unexplained) =
                tally.map_or((0, 0), |it| (it.explained, it.unexplained));
            format!(
                "| {aid} | {} | {} | {} | {} | {} | {} |",
                grouped(theirs),
                grouped(ours),
                apart(ours, theirs),
                share(same, self.households()),
                grouped(explained),
                grouped(unexplained),
            )
        };
        let rows: Vec<String> = BENEFITS.iter().map(row).collect();
        format!(
            "| benefit | OpenFisca, € a month | Tandem, € a month | apart | the same to the cent | explained | unexplained |\n\
             |---|---|---|---|---|---|---|\n{}",
            rows.join("\n")
        )
    }

    fn verdict(&self) -> String {
        let impossible = whole(&self.ours, "impossible");
        let unexplained = match self.compared.unexplained() {
            0 => "none".to_owned(),
            some => format!("{some}, questions still to be understood{}", self.compared.gaps()),
        };
        format!("Impossible calculations: {impossible}. Unexplained answers: {unexplained}")
    }
}

/// « +0.12 % », of the second.
fn apart(one: u64, other: u64) -> String {
    let sign = if one < other { '−' } else { '+' };
    let hundredths = (one.abs_diff(other) * 10_000).checked_div(other).unwrap_or(0);
    format!("{sign}{}.{:02} %", hundredths / 100, hundredths % 100)
}

/// « 98.46 % », never rounded up.
fn share(part: u64, all: u64) -> String {
    let hundredths = (part * 10_000).checked_div(all).unwrap_or(0);
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

fn seconds(micros: u64) -> String {
    format!("{}.{:02}", micros / 1_000_000, micros / 10_000 % 100)
}

/// Never rounded up, to the tenth under a hundred.
fn times(longer: u64, shorter: u64) -> String {
    match (longer * 10).checked_div(shorter) {
        None => "?".to_owned(),
        Some(tenths) if tenths < 1_000 => format!("{}.{}", tenths / 10, tenths % 10),
        Some(tenths) => grouped(tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_never_flattered() {
        assert_eq!(times(199_999, 10_000), "19.9");
        assert_eq!(times(1_999_999, 1_000), "1\u{202f}999");
        assert_eq!(times(1, 0), "?");
        assert_eq!(share(99_999, 100_000), "99.99 %");
        assert_eq!(apart(995, 1_000), "−0.50 %");
        assert_eq!(seconds(1_234_567), "1.23");
    }
}
