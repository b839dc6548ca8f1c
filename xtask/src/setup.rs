//! What the tests need beyond Rust: installed when it can be, told plainly when it cannot.

use std::path::Path;
use std::process::Stdio;

use crate::shell::{command, exists, root, run};

/// A browser and the npm packages of `e2e/`; `Err` says what is missing and how to get it.
pub fn browser() -> Result<(), String> {
    if !exists("node") || !exists("npm") {
        install(&["nodejs", "npm"]);
    }
    if !exists("node") || !exists("npm") {
        return Err("Node.js n’est pas installé : `apt-get install nodejs npm`".to_owned());
    }
    if chromium().is_none() {
        install(&["chromium"]);
    }
    if chromium().is_none() {
        return Err("Chromium n’est pas installé : `apt-get install chromium`".to_owned());
    }
    let lock = root().join("e2e/package-lock.json");
    let done = root().join("e2e/node_modules/.package-lock.json");
    if !is_newer(&done, &lock) {
        run(&["npm", "ci", "--prefix", "e2e", "--no-audit", "--no-fund"]).map_err(|_| {
            "les paquets npm de `e2e/` ne s’installent pas (registre npm injoignable ?)".to_owned()
        })?;
    }
    Ok(())
}

/// The path of the browser, if there is one.
pub fn chromium() -> Option<&'static str> {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .into_iter()
        .find(|path| Path::new(path).exists())
}

/// Debian packages, when this account may install them.
pub fn install(packages: &[&str]) {
    let sudo: &[&str] = if as_root() { &[] } else { &["sudo", "-n"] };
    let apt = |words: &[&str]| {
        let words: Vec<&str> = sudo.iter().chain(words).copied().collect();
        println!("\n$ {}", words.join(" "));
        let status =
            command(&words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()).status();
        status.is_ok_and(|it| it.success())
    };
    let install: Vec<&str> =
        ["apt-get", "install", "-y", "-qq"].iter().chain(packages).copied().collect();
    if !apt(&install) {
        apt(&["apt-get", "update", "-qq"]);
        apt(&install);
    }
}

/// Whether this account is root.
pub fn as_root() -> bool {
    command(&["id", "-u"]).output().is_ok_and(|it| it.stdout.starts_with(b"0\n"))
}

fn is_newer(done: &Path, source: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|it| it.modified()).ok();
    match (time(done), time(source)) {
        (Some(done), Some(source)) => done >= source,
        _ => false,
    }
}
