//! `tandem law compare`.

use serde_json::{Value, json};

use crate::runner::{file, stderr, stdout, tandem};

/// The first cases of the set committed beside the comparison.
fn cases(count: usize) -> String {
    let all = include_str!("../../../law-testing/cases/2026-03.jsonl");
    all.split_inclusive('\n').take(count).collect()
}

#[test]
fn counts_each_benefit() {
    let path = file("compare/good.jsonl", cases(20).as_bytes());
    let output = tandem(&["law", "compare", &path, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let benefits: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(benefits, ["rsa", "ppa", "aide_logement", "af", "cf", "asf"]);
    for counts in json.as_object().unwrap().values() {
        let keys: Vec<_> = counts.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["cases", "equal", "explained", "unexplained", "worst"]);
        assert_eq!(counts["cases"], 20);
        assert_eq!(counts["unexplained"], 0);
        assert!(counts["worst"].is_number());
    }
}

#[test]
fn a_gap_that_nothing_explains_ends_with_one() {
    let mut case: Value = serde_json::from_str(cases(1).trim()).unwrap();
    case["id"] = json!(4321);
    case["out"]["af"] = json!(7777.77);
    let path = file("compare/gap.jsonl", case.to_string().as_bytes());
    let output = tandem(&["law", "compare", &path]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("cas 4321, af : nous"), "{text}");
    assert!(text.contains("le témoin 7\u{202f}777,77\u{a0}€"), "{text}");
}

#[test]
fn what_is_not_a_case_ends_with_two() {
    for (content, words) in [
        ("", "ne contient aucun cas"),
        ("{}", "ligne 1 : ce n’est pas un cas du témoin"),
        ("\n\npas du JSON", "ligne 3 : ce n’est pas un cas du témoin"),
    ] {
        let path = file("compare/bad.jsonl", content.as_bytes());
        let output = tandem(&["law", "compare", &path]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}
