//! `cargo xtask fuzz TARGET [SECONDS]`: coverage-guided fuzzing on the stable compiler.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::root;

const TARGETS: [&str; 4] = ["parser", "loader", "situation", "differential"];

/// The counters libFuzzer reads; cargo-fuzz would ask for the nightly compiler to set the same.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Ccodegen-units=1";

pub fn run(args: &[String]) -> Result<bool> {
    let target = args.first().map(String::as_str).unwrap_or_default();
    if !TARGETS.contains(&target) {
        bail!("cargo xtask fuzz CIBLE [secondes] ; les cibles sont {}", TARGETS.join(", "));
    }
    let seconds = args.get(1).map_or("60", String::as_str);
    let program = build(target)?;
    let corpus = root().join("fuzz/corpus").join(target);
    let artifacts = root().join("fuzz/artifacts").join(target);
    let grown = build_dir().join("corpus").join(target);
    for folder in [&artifacts, &grown] {
        fs::create_dir_all(folder)?;
    }
    let max_len = "-max_len=4096".to_owned();
    // What is found new stays beside the build; the kept corpus is only read.
    let ran = Command::new(&program)
        .args([&grown, &corpus])
        .args([format!("-max_total_time={seconds}"), max_len.clone(), "-timeout=20".to_owned()])
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .status()
        .with_context(|| format!("{} ne se lance pas", program.display()))?;
    println!("corpus agrandi : {}", grown.display());
    println!(
        "pour le garder, réduit : {} -merge=1 {} {}",
        program.display(),
        corpus.display(),
        grown.display()
    );
    Ok(ran.success())
}

/// Instrumented code has a target directory of its own: nothing else is rebuilt for it.
fn build_dir() -> PathBuf {
    std::env::var_os("TANDEM_FUZZ_DIR").map_or_else(|| root().join("target/fuzz"), PathBuf::from)
}

fn build(target: &str) -> Result<PathBuf> {
    // With a target triple, build scripts and macros are left without counters.
    let version = Command::new("rustc").arg("-vV").output()?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc ne dit pas sa machine")?;
    let status = Command::new("cargo")
        .args(["build", "--release", "--bin", target, "--target", host])
        .current_dir(root().join("fuzz"))
        .env("CARGO_TARGET_DIR", build_dir())
        .env("RUSTFLAGS", FLAGS)
        .status()?;
    if !status.success() {
        bail!("la cible {target} ne se construit pas");
    }
    Ok(build_dir().join(host).join("release").join(target))
}
