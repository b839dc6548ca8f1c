//! `freeze TRIES`: grows the corpus and freezes what the rules give. `list`: tries every slip on the tests of
//! the rules and writes `docs/mutants.md`. Run by `cargo xtask mutants`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::Month;
use law::Law;
use law_testing::corpus::{
    Answer, Frozen, Growth, Line, Ordinary, Pool, answers, completed, ordinary, starts,
};
use law_testing::dice::Dice;
use law_testing::mutants::{self, Expected, Judge, Killer, Mutant};
use law_testing::read_cases;

type Result<T> = std::result::Result<T, String>;

/// The months the tests of the rules cover.
fn period() -> (Month, Month) {
    (Month::of(2025, 1), Month::of(2026, 12))
}

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
        judge.add(name, household, month, Expected::Some(expected));
    }
    Ok(judge)
}

fn freeze(tries: usize) -> Result<bool> {
    let law = Law::national();
    let drawn = starts(law, &witness()?);
    let folder = here().join("corpus");
    fs::create_dir_all(&folder).map_err(told)?;
    let plain = serde_json::to_string_pretty(&ordinary(law, &drawn)).map_err(told)?;
    fs::write(folder.join("ordinaire.json"), plain + "\n").map_err(told)?;
    let ordinary = read_ordinary(law)?;
    let mut dice = Dice::seeded(2026);
    let mut growth = Growth::new(Pool::new(law, period()));
    for (household, month) in &drawn {
        if let Some(household) = completed(law, &ordinary, household) {
            growth.offer(&household, *month);
        }
    }
    println!("{} households drawn, {} kept", drawn.len(), growth.kept.len());
    growth.grow(&mut dice, tries / 4);
    println!("{} kept, {} outcomes reached", growth.kept.len(), growth.coverage.len());
    let mut judge = judge(law)?;
    for (rank, (household, month)) in growth.kept.iter().enumerate() {
        let expected = Expected::All(answers(law, household, *month));
        judge.add(rank.to_string(), household.clone(), *month, expected);
    }
    write(&growth, law, &ordinary)?;
    let mut drawn: Vec<_> = drawn
        .iter()
        .filter_map(|(household, month)| Some((completed(law, &ordinary, household)?, *month)))
        .collect();
    draw_more(&growth, &mut drawn, &mut dice, tries);
    hunt(&mut judge, &mut growth, &mut dice, &drawn);
    write(&growth, law, &ordinary)?;
    Ok(true)
}

fn write(growth: &Growth<'_>, law: &Law, ordinary: &Ordinary) -> Result<()> {
    let mut lines: Vec<String> = growth
        .kept
        .iter()
        .filter_map(|(household, month)| {
            let line = |household: &law::Household| {
                let answers: Vec<Answer> = answers(law, household, *month);
                let frozen = Frozen { month: *month, household: household.clone(), answers };
                frozen.line(law, ordinary)
            };
            // What is frozen is what the line gives once it is read: a child older than a parent is refused.
            let read = Line::read(law, ordinary, &line(household)?).ok()?;
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

/// Households near those of the witness and of the corpus: where to look for one that a slip would move.
fn draw_more(growth: &Growth<'_>, drawn: &mut Vec<Drawn>, dice: &mut Dice<'_>, tries: usize) {
    let of_witness = drawn.len();
    for _ in 0..tries {
        let near = if dice.chance(40) { drawn.get(dice.below(of_witness)) } else { None };
        let near = near.or_else(|| growth.kept.get(dice.below(growth.kept.len()))).cloned();
        let Some((household, month)) = near else { continue };
        drawn.push(growth.pool.near(dice, &household, month));
    }
}

/// For each slip that survives, looks for a household that it would answer otherwise, and keeps it.
fn hunt(judge: &mut Judge, growth: &mut Growth<'_>, dice: &mut Dice<'_>, drawn: &[Drawn]) {
    let law = growth.pool.law;
    let (first, last) = period();
    let mut all = mutants::mutants(law.book(), first, last);
    let total = all.len();
    all.retain_mut(|it| judge.kills(it).is_none());
    println!("{total} slips, {} survive the coverage", all.len());
    let mut pool = Judge::new(law, Month::of(2026, 11));
    for (rank, (household, month)) in drawn.iter().enumerate() {
        let readable = Frozen { month: *month, household: household.clone(), answers: Vec::new() };
        if readable.is_readable(law) {
            let expected = Expected::All(answers(law, household, *month));
            pool.add(rank.to_string(), household.clone(), *month, expected);
        }
    }
    println!("{} households to look among", pool.cases());
    let keep = |judge: &mut Judge, household: law::Household, month: Month| {
        let expected = Expected::All(answers(law, &household, month));
        judge.add("hunted".to_owned(), household.clone(), month, expected);
        household
    };
    let mut kept = Vec::new();
    for mutant in &mut all {
        if judge.kills(mutant).is_some() {
            continue;
        }
        if let Some(Killer::Case(rank)) = pool.kills(mutant)
            && let Some((household, month)) = rank.parse().ok().and_then(|it: usize| drawn.get(it))
        {
            kept.push((keep(judge, household.clone(), *month), *month));
        }
    }
    growth.kept.append(&mut kept);
    all.retain_mut(|it| judge.kills(it).is_none());
    println!("{} survive the pool", all.len());
    for mutant in &mut all {
        if judge.kills(mutant).is_some() {
            continue;
        }
        if let Some((household, month)) = found(judge, growth, dice, mutant) {
            kept.push((keep(judge, household, month), month));
        }
    }
    growth.kept.append(&mut kept);
    all.retain_mut(|it| judge.kills(it).is_none());
    println!("{} survive the hunt", all.len());
}

/// Households drawn for one slip before it is said to survive.
const ATTEMPTS: usize = 60;

fn found(
    judge: &mut Judge,
    growth: &Growth<'_>,
    dice: &mut Dice<'_>,
    mutant: &mut Mutant,
) -> Option<(law::Household, Month)> {
    let readers: Vec<usize> = judge.readers(mutant).into_iter().collect();
    let within = mutant.expressions();
    for round in 0..ATTEMPTS {
        let rank = dice.pick(&readers)?;
        let (household, month) = judge.case(rank).map(|(it, month)| (it.clone(), month))?;
        let near = if round % 3 == 0 && !within.is_empty() {
            let all = growth.at_a_threshold(dice, &household, month, Some(&within));
            all.into_iter().map(|it| (it, month)).collect()
        } else {
            vec![growth.pool.near(dice, &household, month)]
        };
        for (household, month) in near {
            if judge.differs(mutant, &household, month) {
                return Some((household, month));
            }
        }
    }
    None
}

fn list() -> Result<bool> {
    let law = Law::national();
    let ordinary = read_ordinary(law)?;
    let mut judge = judge(law)?;
    let by_hand = judge.cases();
    let corpus = fs::read_to_string(here().join("corpus/foyers.jsonl")).map_err(told)?;
    for (rank, text) in corpus.lines().enumerate() {
        let line = Line::read(law, &ordinary, text)?;
        let moved = line.moved(law);
        if !moved.is_empty() {
            return Err(format!("ligne {} : {}", rank + 1, moved.join(" ; ")));
        }
        let expected = Expected::All(answers(law, &line.household, line.month));
        judge.add(format!("corpus, ligne {}", rank + 1), line.household, line.month, expected);
    }
    println!("{by_hand} cas écrits à la main, {} foyers figés", judge.cases() - by_hand);
    let (first, last) = period();
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
