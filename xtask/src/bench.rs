//! `cargo xtask bench`: times and sizes, on this machine, all measured in one run, written to `docs/bench/`.

mod demo;
mod machine;

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell::{self, command, root, target_dir};

pub fn run() -> Result<()> {
    shell::run(&["cargo", "build", "--release", "--package", "cli"])?;
    let tandem = target_dir().join("release/tandem");
    let tandem = tandem.to_string_lossy();
    let law = command(&[&tandem, "law", "bench", "--json"]).output()?;
    let law: Value =
        serde_json::from_slice(&law.stdout).context("`tandem law bench --json` ne se lit pas")?;
    let pages = demo::measure(&tandem)?;
    let folder = root().join("docs/bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("law.md"), law_report(&law))?;
    fs::write(folder.join("pages.md"), pages.report())?;
    println!("docs/bench/law.md et docs/bench/pages.md sont à jour");
    Ok(())
}

fn law_report(law: &Value) -> String {
    let micros = |key: &str| law.get(key).and_then(Value::as_u64).unwrap_or(0);
    let (traced, bare) = (micros("one_trace_us"), micros("one_us"));
    // Hundredths, in whole numbers: the house has no floats.
    let hundredths = (traced * 100).checked_div(bare).unwrap_or(0);
    format!(
        "# One household, six aids, one month\n\n\
         Median of 301 runs after warm-up, over the three example households; `cargo xtask bench`.\n\
         Machine: {}.\n\n\
         | what | µs |\n|---|---|\n\
         | exact, with the full trace | {traced} |\n\
         | exact, results only | {bare} |\n\
         | ratio | {},{:02} |\n",
        machine::describe(),
        hundredths / 100,
        hundredths % 100,
    )
}
