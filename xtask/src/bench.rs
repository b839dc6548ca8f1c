//! `cargo xtask bench`: times and sizes, on this machine, written to `docs/bench/`.
//!
//! `cargo xtask bench law` for the law alone, `cargo xtask bench pages` for the demonstration alone.

mod demo;
mod figure;
mod growth;
mod law;
mod machine;
mod openfisca;
mod witness;

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::shell::{self, root, target_dir};

pub fn run(what: Option<&str>) -> Result<()> {
    let (law, pages) = match what {
        None => (true, true),
        Some("law") => (true, false),
        Some("pages") => (false, true),
        Some(other) => bail!("« {other} » ne se mesure pas ; « law » ou « pages »"),
    };
    shell::run(&["cargo", "build", "--release", "--package", "cli"])?;
    let tandem = target_dir().join("release/tandem").to_string_lossy().into_owned();
    fs::create_dir_all(folder())?;
    if law {
        law::measure(&tandem)?;
    }
    if pages {
        fs::write(folder().join("pages.md"), demo::measure(&tandem)?.report())?;
        println!("docs/bench/pages.md est à jour");
    }
    Ok(())
}

fn folder() -> PathBuf {
    root().join("docs/bench")
}
