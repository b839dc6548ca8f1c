//! Which crate may read which.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::shell::{command, root};

/// Every edge between crates of the house. Adding one is a change of design: it is reviewed here.
const ALLOWED: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("law-syntax", &["base"]),
    ("law-ir", &["base", "law-syntax"]),
    ("law-reference", &["base", "law-ir", "law-syntax"]),
    ("law-explain", &["base", "law-ir", "law-reference"]),
    ("law-columns", &["base", "law-ir", "law-reference"]),
    ("law-unknowns", &["base", "law-ir", "law-reference"]),
    ("law-projection", &["base", "law-columns", "law-explain", "law-ir", "law-reference"]),
    (
        "law",
        &[
            "base",
            "law-columns",
            "law-explain",
            "law-ir",
            "law-projection",
            "law-reference",
            "law-syntax",
            "law-unknowns",
        ],
    ),
    ("law-arrow", &["base", "law"]),
    ("law-testing", &["base", "law", "law-ir", "law-reference", "law-syntax"]),
    ("access", &["base"]),
    ("seal", &["base"]),
    ("store", &["base"]),
    ("store-testing", &["base", "store"]),
    ("blobs", &["base", "seal"]),
    ("backup", &["base", "blobs", "seal", "store"]),
    ("web", &["base"]),
    ("app", &["access", "base", "law", "seal", "store", "web"]),
    (
        "cli",
        &[
            "app",
            "backup",
            "base",
            "law",
            "law-arrow",
            "law-syntax",
            "law-testing",
            "seal",
            "store",
            "web",
        ],
    ),
    ("xtask", &[]),
];

/// What `cargo metadata` says of the workspace alone.
pub(super) fn metadata(args: &[&str]) -> Result<Value, String> {
    let words: Vec<&str> =
        ["cargo", "metadata", "--format-version", "1"].iter().chain(args).copied().collect();
    let output = command(&words).output().map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

pub fn crates() -> Vec<String> {
    let metadata = match metadata(&["--no-deps"]) {
        Ok(it) => it,
        Err(error) => return vec![error],
    };
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut res = Vec::new();
    for package in list(&metadata, "packages") {
        let name = text(package, "name");
        let Some(edges) = allowed.get(name) else {
            res.push(format!("`{name}` n’est pas dans la liste"));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let of_the_house = dependency.get("path").is_some_and(Value::is_string);
            let normal = dependency.get("kind").is_none_or(Value::is_null);
            let to = text(dependency, "name");
            if of_the_house && normal && !edges.contains(&to) {
                res.push(format!("{name} → {to}"));
            }
        }
    }
    res
}

/// `use` lines and paths the engine must not contain.
pub fn pure_engine() -> Vec<String> {
    const BANNED: &[&str] = &[
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::time",
        "tokio",
        "axum",
        "async fn",
    ];
    let engine = [
        "base",
        "law-syntax",
        "law-ir",
        "law-reference",
        "law-columns",
        "law-unknowns",
        "law-projection",
        "law-explain",
        "law",
    ];
    let mut res = Vec::new();
    for name in engine {
        each_rust_file(&root().join("crates").join(name).join("src"), &mut |path, content| {
            for (rank, line) in content.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                if let Some(word) = BANNED.iter().find(|word| code.contains(*word)) {
                    res.push(format!("{}:{} : `{word}`", path.display(), rank + 1));
                }
            }
        });
    }
    res
}

pub(super) fn each_rust_file(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            each_rust_file(&path, see);
        } else if path.extension().is_some_and(|it| it == "rs")
            && let Ok(content) = fs::read_to_string(&path)
        {
            see(&path, &content);
        }
    }
}

pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
