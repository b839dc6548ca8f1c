//! The binary as its users run it: what it answers, what it refuses, with which exit code.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod batch;
mod compare;
mod eval;
mod law_files;
mod runner;

use runner::{stderr, stdout, tandem};

#[test]
fn help_is_in_french_and_lists_every_command() {
    let output = tandem(&["law", "--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = stdout(&output);
    for word in ["Usage :", "check", "fmt", "eval", "compare", "bench", "schema"] {
        assert!(help.contains(word), "{help}");
    }
    assert!(!help.contains("Print help"), "{help}");
}

#[test]
fn a_wrong_command_line_is_told_in_french() {
    for (args, words) in [
        (&["law", "evaluer"][..], "« evaluer » n’est pas une commande"),
        (&["law", "check", "--quick"], "« --quick » n’est pas une option connue"),
        (&["law", "eval", "x.json"], "il manque --month <AAAA-MM>"),
    ] {
        let output = tandem(args);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

#[test]
fn the_schema_is_json_and_names_the_facts() {
    let output = tandem(&["law", "schema"]);
    assert_eq!(output.status.code(), Some(0));
    let schema: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let facts = &schema["$defs"]["Ménage"]["properties"]["faits"]["properties"];
    assert_eq!(facts["loyer"]["x-type"], "€/mois");
    assert!(facts["loyer"]["description"].as_str().unwrap().contains('?'));
}

#[test]
fn bench_answers_every_figure() {
    let output = tandem(&["law", "bench", "--json", "--foyers", "300"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "one_trace_us",
        "one_us",
        "batch_per_s_core",
        "twelve_months_ratio",
        "next_question_ms",
        "projection36_ms",
        "curve4000_ms",
        "peak_mib",
    ];
    assert_eq!(keys, expected);
    assert_eq!(expected.iter().find(|it| !json[**it].is_number()), None, "{json}");
    // Exact decimals: read as text, never through a binary fraction.
    let zero = |key: &&str| json[*key].to_string().trim_matches(['0', '.']).is_empty();
    assert_eq!(expected.iter().find(|it| zero(it)), None, "{json}");
}
