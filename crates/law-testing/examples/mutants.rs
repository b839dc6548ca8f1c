//! `freeze TRIES`: freezes what the rules give, and grows the corpus with households that notice a slip that
//! nothing noticed. `list`: tries every slip on the tests of the rules and writes `docs/mutants.md`. Run by
//! `cargo xtask mutants`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::Month;
use law::{Law, RuleId};
use law_testing::corpus::{
    Answer, Frozen, Growth, Line, Ordinary, Pool, answers, completed, is_whole, ordinary, starts,
};
use law_testing::dice::Dice;
use law_testing::mutants::{self, Expected, Hunter, Judge};
use law_testing::read_cases;

type Result<T> = std::result::Result<T, String>;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let tries = args.get(1).and_then(|it| it.parse().ok()).unwrap_or(30_000);
    let result = match args.first().map(String::as_str) {
        Some("freeze") => freeze(tries),
        _ => list(),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn read_ordinary(law: &Law) -> Result<Ordinary> {
    let text = fs::read_to_string(here().join("corpus/ordinaire.json")).map_err(told)?;
    Ordinary::read(law, &text)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn witness() -> Result<Vec<law_testing::Case>> {
    let mut files: Vec<PathBuf> = fs::read_dir(here().join("cases"))
        .map_err(told)?
        .filter_map(|it| it.ok().map(|it| it.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "jsonl"))
        .collect();
    files.sort();
    let mut res = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).map_err(told)?;
        res.extend(read_cases(&text).map_err(told)?);
    }
    Ok(res)
}

fn judge(law: &Law) -> Result<Judge> {
    let mut judge = Judge::new(law, Month::of(2026, 11));
    for (name, household, month, expected) in
        law_testing::corpus::by_hand(law, &here().join("../../legislation"))?
    {
        judge.add(name, household, month, Expected::Some(expected), &BTreeSet::new());
    }
    Ok(judge)
}

fn freeze(tries: usize) -> Result<bool> {
    let law = Law::national();
    let drawn = starts(law, &witness()?);
    let ordinary = ordinary_kept(law, &drawn)?;
    let drawn: Vec<Drawn> = drawn
        .iter()
        .filter_map(|(household, month)| Some((completed(law, &ordinary, household)?, *month)))
        .collect();
    let mut dice = Dice::seeded(2026);
    let mut kept = corpus(law, &ordinary)?;
    if kept.is_empty() {
        kept = grown(law, &drawn, &mut dice, tries);
    }
    println!("{} households drawn, {} kept", drawn.len(), kept.len());
    write(&kept, law, &ordinary)?;
    if tries > 0 {
        hunt(law, &ordinary, &mut kept, &drawn, tries)?;
    }
    Ok(true)
}

/// What is ordinary stays so: the lines of the corpus are written with it. New facts are added.
fn ordinary_kept(law: &Law, drawn: &[Drawn]) -> Result<Ordinary> {
    let path = here().join("corpus/ordinaire.json");
    let mut plain = ordinary(law, drawn);
    if let Ok(text) = fs::read_to_string(&path) {
        let before: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&text).map_err(told)?;
        plain.extend(before.into_iter().filter(|(name, _)| law.book().input_named(name).is_some()));
    }
    fs::create_dir_all(here().join("corpus")).map_err(told)?;
    fs::write(&path, serde_json::to_string_pretty(&plain).map_err(told)? + "\n").map_err(told)?;
    read_ordinary(law)
}

/// A household of the corpus, and the rules whose own value is frozen with it.
#[derive(Debug)]
struct Kept {
    household: law::Household,
    month: Month,
    rules: BTreeSet<RuleId>,
}

fn lines(law: &Law, ordinary: &Ordinary) -> Result<Vec<Line>> {
    let text = fs::read_to_string(here().join("corpus/foyers.jsonl")).unwrap_or_default();
    text.lines().map(|line| Line::read(law, ordinary, line)).collect()
}

fn corpus(law: &Law, ordinary: &Ordinary) -> Result<Vec<Kept>> {
    let kept = |line: Line| {
        let rules = line.values.into_keys().collect();
        Kept { household: line.household, month: line.month, rules }
    };
    Ok(lines(law, ordinary)?.into_iter().map(kept).collect())
}

/// Where the corpus starts: what reaches a branch that the others do not.
fn grown(law: &Law, drawn: &[Drawn], dice: &mut Dice<'_>, tries: usize) -> Vec<Kept> {
    let mut growth = Growth::new(Pool::new(law, mutants::period()));
    for (household, month) in drawn {
        growth.offer(household, *month);
    }
    growth.grow(dice, tries);
    let kept = |(household, month)| Kept { household, month, rules: BTreeSet::new() };
    growth.kept.into_iter().map(kept).collect()
}

fn write(kept: &[Kept], law: &Law, ordinary: &Ordinary) -> Result<()> {
    let mut lines: Vec<String> = kept
        .iter()
        .filter_map(|kept| {
            let line = |household: &law::Household| {
                let answers: Vec<Answer> = answers(law, household, kept.month);
                let (household, rules) = (household.clone(), kept.rules.clone());
                Frozen { month: kept.month, household, answers, rules }.line(law, ordinary)
            };
            // What is frozen is what the line gives once it is read: a child older than a parent is refused.
            let read = Line::read(law, ordinary, &line(&kept.household)?).ok()?;
            line(&read.household)
        })
        .collect();
    lines.sort();
    lines.dedup();
    let text = lines.join("\n") + "\n";
    fs::write(here().join("corpus/foyers.jsonl"), &text).map_err(told)?;
    println!("{} frozen, {} bytes", lines.len(), text.len());
    Ok(())
}

type Drawn = (law::Household, Month);

/// For each slip that survives, looks for a household that it would answer otherwise, and keeps it.
fn hunt(
    law: &Law,
    ordinary: &Ordinary,
    kept: &mut Vec<Kept>,
    drawn: &[Drawn],
    tries: usize,
) -> Result<()> {
    let (first, last) = mutants::period();
    let mut judge = judge(law)?;
    let cases: Vec<usize> = kept.iter().map(|it| join(&mut judge, law, it)).collect();
    let mut all = mutants::mutants(law.book(), first, last);
    let total = all.len();
    all.retain_mut(|it| judge.kills(it).is_none());
    println!("{total} slips, {} survive", all.len());
    let mut hunter = Hunter::new(law, ordinary, mutants::period());
    for mutant in &mut all {
        let told = kept.iter_mut().zip(&cases).find_map(|(kept, case)| {
            let told = hunter.told_by(mutant, &kept.household, kept.month)?;
            Some((kept, *case, told?))
        });
        if let Some((kept, case, rule)) = told
            && kept.rules.insert(rule)
        {
            judge.check(case, rule);
        }
    }
    all.retain_mut(|it| judge.kills(it).is_none());
    println!("{} survive the values of the households kept", all.len());
    let mut bases: Vec<Drawn> = kept.iter().map(|it| (it.household.clone(), it.month)).collect();
    bases.extend(drawn.iter().filter(|(household, _)| is_whole(household)).cloned());
    for effort in [tries / 20, tries / 4, tries] {
        let mut dice = Dice::seeded(2027 + effort as u64);
        for mutant in &mut all {
            if judge.kills(mutant).is_some() {
                continue;
            }
            if let Some(found) = hunter.seek(mutant, &bases, &mut dice, effort) {
                let rules = found.rule.into_iter().collect();
                let new = Kept { household: found.household, month: found.month, rules };
                join(&mut judge, law, &new);
                bases.push((new.household.clone(), new.month));
                kept.push(new);
            }
        }
        all.retain_mut(|it| judge.kills(it).is_none());
        println!("{} survive the hunt ({effort} tries each)", all.len());
        write(kept, law, ordinary)?;
    }
    Ok(())
}

/// Makes a household of the corpus one of the tests; its rank.
fn join(judge: &mut Judge, law: &Law, kept: &Kept) -> usize {
    let expected = Expected::All(answers(law, &kept.household, kept.month));
    judge.add("corpus".to_owned(), kept.household.clone(), kept.month, expected, &kept.rules)
}

fn list() -> Result<bool> {
    let law = Law::national();
    let ordinary = read_ordinary(law)?;
    let mut judge = judge(law)?;
    let by_hand = judge.cases();
    for (rank, line) in lines(law, &ordinary)?.into_iter().enumerate() {
        let moved = line.moved(law);
        if !moved.is_empty() {
            return Err(format!("ligne {} : {}", rank + 1, moved.join(" ; ")));
        }
        let expected = Expected::All(answers(law, &line.household, line.month));
        let rules: BTreeSet<RuleId> = line.values.into_keys().collect();
        let name = format!("corpus, ligne {}", rank + 1);
        judge.add(name, line.household, line.month, expected, &rules);
    }
    println!("{by_hand} cas écrits à la main, {} foyers figés", judge.cases() - by_hand);
    let (first, last) = mutants::period();
    let mut survivors = Vec::new();
    let mut killed: BTreeMap<&str, usize> = BTreeMap::new();
    let all = mutants::mutants(law.book(), first, last);
    let total = all.len();
    for mut mutant in all {
        match judge.kills(&mut mutant) {
            Some(killer) => *killed.entry(killer.kind()).or_default() += 1,
            None => survivors.push(mutant),
        }
    }
    mutants::report(law, total, &killed, &survivors, &here().join("../.."))
}
