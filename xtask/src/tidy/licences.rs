//! What the dependencies are allowed to be.

use std::fs;

use serde_json::Value;

use super::edges::{list, metadata, text};
use crate::shell::root;

/// Every dependency that runs or builds, against the list of `deny.toml`.
pub fn allowed() -> Vec<String> {
    let allowed = match allow_list() {
        Ok(it) => it,
        Err(error) => return vec![error],
    };
    let metadata = match metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]) {
        Ok(it) => it,
        Err(error) => return vec![error],
    };
    let mut res = Vec::new();
    for package in list(&metadata, "packages") {
        let licence = text(package, "license");
        if !satisfied(licence, &allowed) {
            res.push(format!("{} : `{licence}`", text(package, "name")));
        }
    }
    res
}

/// Each outside crate the workspace names is told in DESIGN.md, between backticks.
pub fn reasons() -> Vec<String> {
    let design = fs::read_to_string(root().join("DESIGN.md")).unwrap_or_default();
    let metadata = match metadata(&["--no-deps"]) {
        Ok(it) => it,
        Err(error) => return vec![error],
    };
    let mut names: Vec<&str> = list(&metadata, "packages")
        .iter()
        .flat_map(|package| list(package, "dependencies"))
        .filter(|it| it.get("path").is_none_or(Value::is_null))
        .map(|it| text(it, "name"))
        .collect();
    names.sort_unstable();
    names.dedup();
    let told = |name: &&str| !design.contains(&format!("`{name}`"));
    names.into_iter().filter(told).map(str::to_owned).collect()
}

fn allow_list() -> Result<Vec<String>, String> {
    let content =
        fs::read_to_string(root().join("deny.toml")).map_err(|error| error.to_string())?;
    let table: toml::Table = content.parse().map_err(|error| format!("deny.toml : {error}"))?;
    let allow =
        table.get("licenses").and_then(|it| it.get("allow")).and_then(toml::Value::as_array);
    let allow = allow.ok_or("deny.toml n’a pas de liste `licenses.allow`")?;
    Ok(allow.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect())
}

/// `(A OR B) AND C`: each part joined by AND needs one alternative that is allowed.
fn satisfied(expression: &str, allowed: &[String]) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    plain
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|licence| allowed.iter().any(|it| it == licence.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_expressions() {
        let allowed = vec!["MIT".to_owned(), "Unicode-3.0".to_owned()];
        assert!(satisfied("MIT OR Apache-2.0", &allowed));
        assert!(satisfied("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
        assert!(!satisfied("GPL-3.0", &allowed));
        assert!(!satisfied("", &allowed));
    }
}
