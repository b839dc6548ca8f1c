//! `cargo xtask mutants`: slips in the national rules that no test notices, listed in `docs/mutants.md`.
//! `cargo xtask mutants figer [essais]` looks for households that notice the others, and freezes what the
//! rules give now; `figer 0` only freezes.

use anyhow::Result;

use crate::shell::command;

pub fn run(args: &[String]) -> Result<bool> {
    let words = ["cargo", "run", "--release", "--quiet", "--package", "law-testing"];
    let mut cargo = command(&words);
    cargo.args(["--example", "mutants", "--"]);
    match args.first().map(String::as_str) {
        Some("figer") => cargo.arg("freeze").args(args.get(1)),
        _ => cargo.arg("list"),
    };
    Ok(cargo.status()?.success())
}
