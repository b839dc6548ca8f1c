//! The cases worked out by hand, beside each benefit.

use std::fs;
use std::path::Path;

use base::{Month, Rational};
use law::Law;
use law::situation::read;
use law_ir::{Household, RuleId};
use serde_json::Value as Json;

/// Name, household, month, and what is expected of some aids: an amount, or a condition that fails.
pub type ByHand = (String, Household, Month, Vec<(RuleId, Result<Rational, String>)>);

/// All those under `legislation/*/cas`, in the order of their names.
pub fn by_hand(law: &Law, legislation: &Path) -> Result<Vec<ByHand>, String> {
    let mut paths = Vec::new();
    for benefit in fs::read_dir(legislation).map_err(|error| error.to_string())?.flatten() {
        let Ok(files) = fs::read_dir(benefit.path().join("cas")) else { continue };
        paths.extend(files.flatten().map(|it| it.path()));
    }
    paths.sort();
    paths.iter().map(|path| one(law, path)).collect()
}

fn one(law: &Law, path: &Path) -> Result<ByHand, String> {
    let name = path.display().to_string();
    let wrong = |what: &str| format!("{name}: {what}");
    let text = fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
    let case: Json = serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    let month = case.get("mois").and_then(Json::as_str).and_then(|it| it.parse().ok());
    let situation = case.get("situation").ok_or_else(|| wrong("no situation"))?.to_string();
    let (_, household) =
        read(law, situation.as_bytes()).map_err(|errors| wrong(&format!("{errors:?}")))?;
    let mut expected = Vec::new();
    for (aid, value) in case.get("attendu").and_then(Json::as_object).into_iter().flatten() {
        let aid = law.book().rule_named(aid).ok_or_else(|| wrong("no such aid"))?;
        let refused = value.get("refus").and_then(Json::as_str);
        let amount = value.get("montant").and_then(|it| it.to_string().parse().ok());
        match (refused, amount) {
            (Some(condition), _) => expected.push((aid, Err(condition.to_owned()))),
            (None, Some(amount)) => expected.push((aid, Ok(amount))),
            (None, None) => return Err(wrong("nothing expected")),
        }
    }
    Ok((name.clone(), household, month.ok_or_else(|| wrong("no month"))?, expected))
}
