//! `tandem law eval`.

use std::process::Output;

use serde_json::{Value, json};

use crate::runner::{file, stderr, stdout, tandem, tandem_reading};

const LONE_PARENT: &str = include_str!("../../../law/examples/parent-seul.json");

fn eval(month: &str, document: &[u8], options: &[&str]) -> Output {
    let args = [&["law", "eval", "-", "--month", month], options].concat();
    tandem_reading(&args, document)
}

/// Exit code 2, and a sentence with these words.
#[track_caller]
fn refuses(month: &str, document: &[u8], words: &str) {
    let output = eval(month, document, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    assert!(stderr(&output).contains(words), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

fn changed(pointer: &str, value: Value) -> Vec<u8> {
    let mut document: Value = serde_json::from_str(LONE_PARENT).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[name] = value;
    document.to_string().into_bytes()
}

#[test]
fn tells_each_aid_with_its_amount_and_reason() {
    let path = file("eval/situation.json", LONE_PARENT.as_bytes());
    let output = tandem(&["law", "eval", &path, "--month", "2026-05"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.starts_with("Droits, mai 2026\n"), "{text}");
    for words in ["allocations familiales", "153,01\u{a0}€", "revenu de solidarité active", "non"]
    {
        assert!(text.contains(words), "{words} — {text}");
    }
}

#[test]
fn explains_at_three_depths() {
    let text = stdout(&eval("2026-05", LONE_PARENT.as_bytes(), &["--explain"]));
    for words in ["Le calcul", "Chaque règle", "CSS L521-1", "Ce qui manque pour y avoir droit"] {
        assert!(text.contains(words), "{words} — {text}");
    }
}

#[test]
fn answers_in_json() {
    let output = eval("2026-05", LONE_PARENT.as_bytes(), &["--json", "--explain"]);
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(json["mois"], "2026-05");
    let aids = json["aides"].as_array().unwrap();
    let family = aids.iter().find(|it| it["aide"] == "allocations_familiales").unwrap();
    assert_eq!(family["montant"].to_string(), "153.01", "exact digits");
    assert_eq!(family["statut"], "dû");
    assert!(family["explication"]["phrase"].as_str().unwrap().contains("153,01"));
}

#[test]
fn names_what_is_missing_and_still_ends_well() {
    let mut document: Value = serde_json::from_str(LONE_PARENT).unwrap();
    document["ménages"][0]["faits"].as_object_mut().unwrap().shift_remove("loyer");
    let output = eval("2026-05", document.to_string().as_bytes(), &["--json"]);
    assert_eq!(output.status.code(), Some(0));
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let aids = json["aides"].as_array().unwrap();
    let housing = aids.iter().find(|it| it["aide"] == "aide_au_logement").unwrap();
    assert_eq!(housing["statut"], "à_compléter");
    assert_eq!(housing["montant"], Value::Null, "never a silent zero");
    assert_eq!(housing["manque"][0]["fait"], "loyer");
}

#[test]
fn refuses_what_is_not_a_document() {
    let text = LONE_PARENT.as_bytes();
    refuses("2026-05", &text[..text.len() / 2], "tronqué");
    refuses("2026-05", b"", "le document est vide");
    refuses("2026-05", &[text, b"\xff"].concat(), "n’est pas écrit en UTF-8");
    refuses("2026-05", "[".repeat(100_000).as_bytes(), "trop de niveaux imbriqués");
    refuses("2026-05", &b" ".repeat(5 * 1024 * 1024), "trop gros");
    let output = tandem(&["law", "eval", "nulle-part.json", "--month", "2026-05"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nulle-part.json"), "{}", stderr(&output));
}

#[test]
fn refuses_impossible_facts_by_their_field() {
    let born = "/personnes/1/faits/date_de_naissance";
    let words = "personnes[1].faits.date_de_naissance : la date « 2016-02-30 » n’existe pas";
    refuses("2026-05", &changed(born, json!("2016-02-30")), words);
    let words =
        "personnes[1].faits.date_de_naissance : Inès, né·e le 03/09/1990, n’est pas plus jeune";
    refuses("2026-05", &changed(born, json!("1990-09-03")), words);
    let words = "ménages[0].faits.loyer : ";
    refuses("2026-05", &changed("/ménages/0/faits/loyer", json!(-412.5)), words);
    let words = "« loyé » ; vouliez-vous dire « loyer » ?";
    refuses("2026-05", &changed("/ménages/0/faits/loyé", json!(1)), words);
}

#[test]
fn refuses_a_month_the_rules_do_not_know() {
    refuses("1998-05", LONE_PARENT.as_bytes(), "pour le mois 1998-05");
    refuses("2026-13", LONE_PARENT.as_bytes(), "« 2026-13 » n’est pas un mois");
    refuses("mai", LONE_PARENT.as_bytes(), "un mois s’écrit AAAA-MM");
}
