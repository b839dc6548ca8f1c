//! The cases written beside each benefit: a situation, a month, and what the law gives, by hand.

use std::fs;
use std::path::{Path, PathBuf};

use base::{Month, Rational};
use law::situation::read;
use law::{AidResult, Law, Verdict};
use serde_json::Value as Json;

fn cases() -> Vec<PathBuf> {
    let legislation = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../legislation");
    let mut res = Vec::new();
    for benefit in fs::read_dir(legislation).unwrap() {
        let Ok(files) = fs::read_dir(benefit.unwrap().path().join("cas")) else { continue };
        res.extend(files.map(|it| it.unwrap().path()));
    }
    res.sort();
    res
}

#[test]
fn every_case_gives_what_was_worked_out_by_hand() {
    let cases = cases();
    assert!(cases.len() >= 80, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|path| wrong(path).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong(path: &Path) -> Result<(), String> {
    let name = path.display();
    let case: Json = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for key in ["titre", "source"] {
        assert!(case[key].as_str().is_some_and(|it| !it.is_empty()), "{name}: {key}");
    }
    let month: Month = case["mois"].as_str().unwrap().parse().unwrap();
    let law = Law::national();
    let situation = serde_json::to_vec(&case["situation"]).unwrap();
    let (_, household) = read(law, &situation).map_err(|errors| format!("{name}: {errors:?}"))?;
    let evaluation = law.evaluate(&household, month);
    let expected = case["attendu"].as_object().unwrap();
    assert!(!expected.is_empty(), "{name} expects nothing");
    for (aid, expected) in expected {
        let found = evaluation.aids.iter().find(|it| it.name == *aid);
        let found = found.ok_or_else(|| format!("{name}: `{aid}` is not an aid"))?;
        agrees(found, expected)
            .map_err(|found| format!("{name}: {aid}, expected {expected}, {found}"))?;
    }
    Ok(())
}

/// `{"montant": 123.45}`, exactly, or `{"refus": "condition"}`.
fn agrees(found: &AidResult, expected: &Json) -> Result<(), String> {
    if let Some(condition) = expected["refus"].as_str() {
        let failed = |it: &&law::ConditionResult| it.verdict == Verdict::Failed;
        let names: Vec<&str> =
            found.conditions.iter().filter(failed).map(|it| it.name.as_str()).collect();
        return if names.contains(&condition) {
            Ok(())
        } else {
            Err(format!("refused for {names:?}"))
        };
    }
    let amount: Rational =
        expected["montant"].to_string().parse().map_err(|_| "not a number".to_owned())?;
    if found.amount == Some(amount) {
        Ok(())
    } else {
        Err(format!("found {:?} {:?} {:?}", found.amount, found.missing, found.fault))
    }
}
