//! Short texts that stand for calculations without end, or deeper than the stack.

use std::fmt::Write;

use crate::{accepts, load, reports};

#[track_caller]
fn too_much(text: &str) {
    let (book, found) = load(text);
    assert!(book.is_none());
    let codes: Vec<_> = found.iter().filter(|it| it.code != "N05").map(|it| it.code).collect();
    assert_eq!(codes, ["P04"]);
}

const DOUBLE: &str = "fonction double(x : €/mois) : €/mois par ménage = x + x ";

fn doubled(times: usize) -> String {
    let calls = "double(".repeat(times);
    let ends = ")".repeat(times);
    format!("{DOUBLE} règle r : €/mois par ménage = {calls}loyer{ends}")
}

#[test]
fn an_argument_used_twice_again_and_again() {
    accepts(&doubled(8));
    let found = reports(&doubled(30), &["P04"]);
    let place = found[0].span;
    assert!(place.end - place.start > 60, "the call, not the body of the function: {place:?}");
}

#[test]
fn functions_that_each_call_another_twice() {
    let mut text = "fonction f0(x : €/mois) : €/mois par ménage = x ".to_owned();
    for n in 1..40 {
        let before = n - 1;
        write!(
            text,
            "fonction f{n}(x : €/mois) : €/mois par ménage = f{before}(x) + f{before}(x) "
        )
        .unwrap();
    }
    too_much(&text);
}

#[test]
fn functions_in_functions_in_functions() {
    let mut text = "fonction f0(x : €/mois) : €/mois par ménage = x ".to_owned();
    for n in 1..4_000 {
        write!(text, "fonction f{n}(x : €/mois) : €/mois par ménage = f{}(x) ", n - 1).unwrap();
    }
    too_much(&text);
    // The last one first.
    let mut reversed: Vec<&str> = text.split_inclusive("(x) ").collect();
    reversed.reverse();
    too_much(&reversed.concat());
}

#[test]
fn values_in_values_in_values() {
    let mut text = "règle r : €/mois par ménage = l0".to_owned();
    for n in 0..4_000 {
        write!(text, " où l{n} = l{}", n + 1).unwrap();
    }
    too_much(&format!("{text} où l4000 = loyer"));
}

#[test]
fn rules_that_read_rules_that_read_rules() {
    let chain = |length: usize| {
        let mut text = "règle r0 : €/mois par ménage = loyer ".to_owned();
        for n in 1..length {
            write!(text, "règle r{n} : €/mois par ménage = r{} + 1 €/mois ", n - 1).unwrap();
        }
        text
    };
    accepts(&chain(300));
    too_much(&chain(4_000));
}

#[test]
fn months_of_months_of_months() {
    accepts("règle r : nombre par ménage = somme sur M-12 à M-1 de (somme sur M-12 à M-1 de 1)");
    reports(
        "règle r : nombre par ménage
           = somme sur M-1200 à M-1 de (somme sur M-1200 à M-1 de (somme sur M-1200 à M-1 de 1))",
        &["P04"],
    );
}
