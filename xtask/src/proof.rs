//! `cargo xtask proof PROPERTY COMPARISONS`: one of the ten properties, as many times as asked, on all cores.

use anyhow::Result;

use crate::shell::command;

pub fn run(args: &[String]) -> Result<bool> {
    let words = ["cargo", "run", "--release", "--quiet", "--package", "law-testing"];
    let mut cargo = command(&words);
    cargo.args(["--example", "proof", "--"]).args(args);
    Ok(cargo.status()?.success())
}
