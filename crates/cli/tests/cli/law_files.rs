//! `tandem law check` and `tandem law fmt`: files of law, good, bad and hostile.

use std::process::Output;

use crate::runner::{file, stderr, stdout, tandem};

const GOOD: &str = "paramètre plafond : €/mois « plafond »
  depuis 2026-01 : 100 source « décret »
";

fn check(name: &str, content: &[u8]) -> Output {
    tandem(&["law", "check", &file(&format!("check/{name}"), content)])
}

#[test]
fn the_law_shipped_has_no_error() {
    let output = tandem(&["law", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(stdout(&output).contains(" 0 erreur"), "{}", stdout(&output));
}

#[test]
fn a_broken_file_is_told_with_its_line_and_ends_with_one() {
    assert_eq!(check("bon.droit", GOOD.as_bytes()).status.code(), Some(0));
    let cut = &GOOD[..GOOD.find("source").unwrap() - 5];
    for (name, content) in [
        ("tronqué.droit", format!("{GOOD}{cut}")),
        ("inconnu.droit", format!("{GOOD}règle r : €/mois par famille = plafon\n")),
        ("profond.droit", format!("{GOOD}règle r : nombre par famille = {}1", "(".repeat(100_000))),
        ("octets.droit", format!("{GOOD}\u{0}\u{1}\u{fffd}")),
    ] {
        let output = check(name, content.as_bytes());
        assert_eq!(output.status.code(), Some(1), "{name} {}", stdout(&output));
        assert!(stdout(&output).contains(&format!("{name}:")), "{name} {}", stdout(&output));
        assert!(stdout(&output).contains("erreur["), "{name} {}", stdout(&output));
    }
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let output = check("latin1.droit", b"-- premi\xe8re ligne\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("latin1.droit, ligne 1 : le fichier n’est pas écrit en UTF-8")
    );
    let output = check("énorme.droit", &b"-".repeat(5 * 1024 * 1024));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("trop gros"), "{}", stderr(&output));
    let output = tandem(&["law", "check", "nulle-part.droit"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nulle-part.droit"), "{}", stderr(&output));
}

#[test]
fn diagnostics_in_json_say_where() {
    let path = file("check/json.droit", b"r\xc3\xa8gle r : nombre par famille = x\n");
    let output = tandem(&["law", "check", &path, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(json[0]["line"], 1);
    assert_eq!(json[0]["severity"], "error");
}

#[test]
fn fmt_writes_or_only_tells() {
    let path = file("fmt/a.droit", b"param\xc3\xa8tre  p:\xe2\x82\xac/mois\n depuis 2026-01:1\n");
    let output = tandem(&["law", "fmt", "--check", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("a.droit : à mettre en forme"), "{}", stdout(&output));
    assert_eq!(tandem(&["law", "fmt", &path]).status.code(), Some(0));
    let formatted = std::fs::read_to_string(&path).unwrap();
    assert_eq!(formatted, "paramètre p : €/mois\n  depuis 2026-01 : 1\n");
    assert_eq!(tandem(&["law", "fmt", "--check", &path]).status.code(), Some(0));
}

#[test]
fn fmt_leaves_alone_what_it_cannot_read() {
    let broken = "paramètre p : €/mois depuis";
    let path = file("fmt/cassé.droit", broken.as_bytes());
    let output = tandem(&["law", "fmt", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
}
