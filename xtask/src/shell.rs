//! Running other programs, shown as they run.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The root of the checkout this was asked from: cargo says it at run time, and a binary left in a target
/// directory by another checkout would be wrong about it.
pub fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR");
    manifest.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from).join("..")
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program from its words, in the root of the checkout.
pub fn command(words: &[&str]) -> Command {
    let (program, args) = words.split_first().unwrap_or((&"true", &[]));
    let mut command = Command::new(program);
    command.args(args).current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs to the end; an error when the program says so.
pub fn run(words: &[&str]) -> Result<()> {
    println!("\n$ {}", words.join(" "));
    let status =
        command(words).status().with_context(|| format!("{} ne se lance pas", words.join(" ")))?;
    if !status.success() {
        bail!("{} a échoué", words.join(" "));
    }
    Ok(())
}

/// Whether the program exists and answers `--version`.
pub fn exists(program: &str) -> bool {
    let found =
        command(&[program, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.is_ok_and(|it| it.success())
}

/// Runs to the end, showing every line and giving it to `see`; answers whether it succeeded.
pub fn watch(mut command: Command, mut see: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            see(&line);
        }
    }
    Ok(child.wait()?.success())
}
