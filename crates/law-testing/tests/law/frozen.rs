//! The frozen corpus: a change of the rules shows every household it moves.

use std::fs;
use std::path::PathBuf;

use law::Law;
use law_testing::corpus::{Line, Ordinary};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

pub fn ordinary() -> Ordinary {
    let text = fs::read_to_string(folder().join("ordinaire.json")).unwrap();
    Ordinary::read(Law::national(), &text).unwrap_or_else(|error| panic!("{error}"))
}

pub fn lines() -> Vec<Line> {
    let text = fs::read_to_string(folder().join("foyers.jsonl")).unwrap();
    let ordinary = ordinary();
    let read = |line| Line::read(Law::national(), &ordinary, line);
    text.lines().map(|line| read(line).unwrap_or_else(|error| panic!("{error}"))).collect()
}

#[test]
fn every_fact_of_the_law_has_an_ordinary_value() {
    let lacking = ordinary().lacking(Law::national());
    assert!(lacking.is_empty(), "to be added to corpus/ordinaire.json: {lacking:?}");
}

/// When the law changes on purpose: `cargo xtask mutants figer`, and the change says why each of these moved.
#[test]
fn every_frozen_household_is_given_what_it_was_given() {
    let mut moved = Vec::new();
    for (rank, line) in lines().iter().enumerate() {
        for change in line.moved(Law::national()) {
            moved.push(format!("foyers.jsonl, ligne {}, {} : {change}", rank + 1, line.month));
        }
    }
    assert!(moved.is_empty(), "{} moved\n{}", moved.len(), moved.join("\n"));
}

#[test]
fn the_corpus_is_small_enough_to_be_kept() {
    let bytes = fs::metadata(folder().join("foyers.jsonl")).unwrap().len();
    assert!(bytes < 3_000_000, "{bytes} bytes");
    assert!(lines().len() >= 250);
}
