//! `docs/mutants.md`: the count, and each survivor with its place and the reason written for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use law::{Law, SourceFile};

use super::Mutant;

/// The least share of slips that must be noticed, in percent.
pub const LEAST_PERCENT: usize = 95;

/// Writes the list and says whether enough slips are noticed. Reasons already written are kept.
pub fn report(
    law: &Law,
    total: usize,
    killed: &BTreeMap<&str, usize>,
    survivors: &[Mutant],
    root: &Path,
) -> Result<bool, String> {
    let path = root.join("docs/mutants.md");
    let reasons = reasons(&fs::read_to_string(&path).unwrap_or_default());
    let dead = total.saturating_sub(survivors.len());
    let hundredths = dead.saturating_mul(10_000).checked_div(total).unwrap_or(0);
    let share = format!("{},{:02} %", hundredths / 100, hundredths % 100);
    let mut text = format!(
        "# Mutants des règles nationales\n\n\
         `cargo xtask mutants` : chaque mutant est la loi avec une seule faute (seuil d’un centime à côté, `<` au lieu de `≤`, condition\n\
         oubliée, version précédente d’un paramètre, fenêtre décalée…). Il est tué quand un exemple, un cas écrit à la main ou un foyer\n\
         figé répond autrement : par ses aides, ou par la valeur d’une règle nommée figée avec lui (d’une aide refusée, les conditions qui\n\
         manquent). Aucun mutant n’est retiré du compte : un survivant équivalent reste un survivant. Les raisons sont écrites à la main\n\
         et conservées.\n\n\
         | mutants | tués | part | par un exemple | par un cas à la main | par les aides d’un foyer figé | par une règle figée | survivants |\n\
         |---|---|---|---|---|---|---|---|\n\
         | {total} | {dead} | {share} | {} | {} | {} | {} | {} |\n\n",
        killed.get("exemple").unwrap_or(&0),
        killed.get("cas").unwrap_or(&0),
        killed.get("corpus").unwrap_or(&0),
        killed.get("valeur").unwrap_or(&0),
        survivors.len(),
    );
    text.push_str("| lieu | dans | faute | raison |\n|---|---|---|---|\n");
    let mut without_reason = 0;
    for mutant in survivors {
        let place = place(law.files(), mutant);
        let reason = reasons.get(&(mutant.within.clone(), mutant.what.clone()));
        without_reason += usize::from(reason.is_none());
        println!("{place} : {} : {}", mutant.within, mutant.what);
        let reason = reason.map_or("", String::as_str);
        let _ = writeln!(text, "| {place} | {} | {} | {reason} |", mutant.within, mutant.what);
    }
    fs::write(&path, text).map_err(|error| error.to_string())?;
    println!(
        "{total} mutants, {dead} tués ({share}), {} survivants dont {without_reason} sans raison",
        survivors.len()
    );
    Ok(dead.saturating_mul(100) >= total.saturating_mul(LEAST_PERCENT))
}

/// The slips that a list says survive, by rule and slip.
pub fn listed(text: &str) -> BTreeSet<(String, String)> {
    let cells = text.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    cells
        .filter_map(|cells| match cells.as_slice() {
            [_, _, within, what, _, _] => Some(((*within).to_owned(), (*what).to_owned())),
            _ => None,
        })
        .collect()
}

/// The reasons of a list written before, by rule and slip.
fn reasons(text: &str) -> BTreeMap<(String, String), String> {
    let mut res = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [_, _, within, what, reason, _] = cells.as_slice()
            && !reason.is_empty()
        {
            res.insert(((*within).to_owned(), (*what).to_owned()), (*reason).to_owned());
        }
    }
    res
}

/// `rsa/rsa.droit:14`.
fn place(files: &[SourceFile], mutant: &Mutant) -> String {
    let Some(file) = files.get(mutant.span.file.0 as usize) else { return String::new() };
    let start = (mutant.span.start as usize).min(file.text.len());
    let before = file.text.get(..start).unwrap_or_default();
    let line = before.bytes().filter(|it| *it == b'\n').count().saturating_add(1);
    format!("{}:{line}", file.name)
}
