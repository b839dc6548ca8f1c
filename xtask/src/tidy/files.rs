//! Rules that read the files themselves.

use std::fs;
use std::path::{Path, PathBuf};

use super::edges::each_rust_file;
use crate::shell::root;

pub fn too_long() -> Vec<String> {
    let mut res = Vec::new();
    each_source(&mut |path, content| {
        let lines = content.lines().count();
        if lines > 800 {
            res.push(format!("{} : {lines} lignes", path.display()));
        }
    });
    res
}

pub fn forbidden_words() -> Vec<String> {
    // Written in pieces so that this file does not accuse itself.
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("todo", "!("),
        concat!("#[ig", "nore"),
    ];
    let mut res = Vec::new();
    each_source(&mut |path, content| {
        for (rank, line) in content.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(*word)) {
                res.push(format!("{}:{} : `{word}`", path.display(), rank + 1));
            }
        }
    });
    res
}

/// One folder per benefit: rules, dated values, cases, and what is modelled and what is not.
pub fn legislation() -> Vec<String> {
    let mut res = Vec::new();
    for folder in folders(&root().join("legislation")) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut need = |what: &str, there: bool| {
            if !there {
                res.push(format!("{name} : {what}"));
            }
        };
        need("LISEZMOI.md", folder.join("LISEZMOI.md").exists());
        if name == "commun" {
            continue;
        }
        need("montants.droit", folder.join("montants.droit").exists());
        let cases = fs::read_dir(folder.join("cas")).map(|it| it.count()).unwrap_or(0);
        need("cas/", cases > 0);
    }
    res
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries.flatten().map(|it| it.path()).filter(|it| it.is_dir()).collect()
}

fn each_source(see: &mut dyn FnMut(&Path, &str)) {
    each_rust_file(&root().join("crates"), see);
    each_rust_file(&root().join("xtask"), see);
}
