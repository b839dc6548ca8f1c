//! `cargo xtask shots`: pictures of the main pages, to be looked at before a page is called done.

use anyhow::{Result, bail};

use crate::setup;
use crate::shell::{self, command, root, target_dir};

pub fn run() -> Result<()> {
    if let Err(reason) = setup::browser() {
        bail!("{reason}");
    }
    shell::run(&["cargo", "build", "--package", "cli"])?;
    let status = command(&["node", "e2e/shots.mjs"])
        .env("TANDEM_BIN", target_dir().join("debug/tandem"))
        .env("CHROMIUM", setup::chromium().unwrap_or_default())
        .env("SHOTS", root().join("target/shots"))
        .status()?;
    if !status.success() {
        bail!("les photographies n’ont pas pu être prises");
    }
    Ok(())
}
