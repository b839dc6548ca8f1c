//! What people are told of typical mistakes.

use law_syntax::ast::ItemKind;
use law_syntax::{Diagnostic, FileId, SourceFile, parse, parse_bytes, render, to_json};

use crate::mistakes::{DECLARATIONS, EXPRESSIONS};

const RULE: &str = "règle r : €/mois par famille « r »\n  = ";

/// `code line:column message`, and what the fix makes of the line when there is one.
fn summary(text: &str, diagnostics: &[Diagnostic]) -> String {
    let line_of = |text: &str, at: u32| text[..at as usize].matches('\n').count();
    let one = |it: &Diagnostic| {
        let before = &text[..it.span.start as usize];
        let line = line_of(text, it.span.start);
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        let fixed = it.fix.as_ref().map(|fix| {
            let mut fixed = text.to_owned();
            fixed.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
            let line =
                fixed.lines().nth(line_of(text, fix.span.start)).unwrap_or("").trim().to_owned();
            format!("\n⇒ {line}")
        });
        format!("{} {}:{column} {}{}", it.code, line + 1, it.message, fixed.unwrap_or_default())
    };
    diagnostics.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn mistakes_are_told_with_their_place_and_their_fix() {
    for (text, expected) in EXPRESSIONS {
        check(&format!("{RULE}{text}\n"), expected);
    }
    for (text, expected) in DECLARATIONS {
        check(text, expected);
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(summary(text, &parse(FileId(0), text).diagnostics), expected, "{text}");
}

/// Sentences as the house writes them: lower case, no final dot, nothing of the machine.
#[test]
fn sentences_are_in_the_house_style() {
    let rules = EXPRESSIONS.iter().map(|(text, _)| format!("{RULE}{text}\n"));
    for text in rules.chain(DECLARATIONS.iter().map(|(text, _)| (*text).to_owned())) {
        for it in parse(FileId(0), &text).diagnostics {
            let sentences = [Some(it.message), it.why, it.help, it.label];
            for sentence in sentences.into_iter().flatten() {
                assert!(!sentence.ends_with('.'), "{sentence}");
                let own_words = sentence.split('`').step_by(2);
                assert!(own_words.into_iter().all(|it| !it.contains('\'')), "{sentence}");
                assert!(!sentence.starts_with(char::is_uppercase), "{sentence}");
            }
        }
    }
}

/// Applying every quick fix of a text, one after the other, leads to a text without those mistakes.
#[test]
fn quick_fixes_mend() {
    for (text, _) in DECLARATIONS {
        let mut text = (*text).to_owned();
        for _ in 0..10 {
            let fix = parse(FileId(0), &text).diagnostics.into_iter().find_map(|it| it.fix);
            let Some(fix) = fix else { break };
            text.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
        }
        assert!(parse(FileId(0), &text).diagnostics.iter().all(|it| it.fix.is_none()), "{text}");
    }
}

/// A broken declaration does not hide the next one, even when its own keyword is misspelt.
#[test]
fn the_next_declaration_is_read() {
    let good = "règle suivante : taux par famille = 1";
    let starts = EXPRESSIONS.iter().map(|(text, _)| format!("{RULE}{text}"));
    for text in starts.chain(DECLARATIONS.iter().map(|(text, _)| (*text).to_owned())) {
        for next in [good.to_owned(), good.replace("règle", "regle")] {
            let parsed = parse(FileId(0), &format!("{text}\n\n{next}\n"));
            let last = parsed.file.items.last().unwrap();
            let found = matches!(&last.kind, ItemKind::Rule(it) if it.name.text == "suivante");
            assert!(found, "{text}\n{next}\n{last:#?}");
        }
    }
}

#[test]
fn a_diagnostic_for_people() {
    let text = "règle r : €/mois par famille « r »\n  = si (a ≥ 2 alors 3 €\n  où b = é / 2\n";
    let files = [SourceFile { name: "rsa/rsa.droit".to_owned(), text: text.to_owned() }];
    let shown = render(&parse(FileId(0), text).diagnostics, &files, false);
    assert_eq!(
        shown,
        "\
erreur[S22] : `)` est attendue avant `alors`
  ╭▸ rsa/rsa.droit:2:15
  │
2 │   = si (a ≥ 2 alors 3 €
  │        ┬      ━━━━━
  │        │
  │        pour fermer cette parenthèse
  │
  ╰ pourquoi : chaque phrase du langage se lit d’une seule façon ; ce qui n’y entre pas serait perdu

erreur[S26] : `sinon` est attendu avant `où`
  ╭▸ rsa/rsa.droit:2:24
  │
2 │   = si (a ≥ 2 alors 3 €
  │     ┬─                 ━
  │     │
  │     ce `si` n’a pas de `sinon`
  │
  ╰ pourquoi : les deux branches sont obligatoires : la valeur par défaut ne doit pas être devinée

erreur[S25] : la division s’écrit `÷`
  ╭▸ rsa/rsa.droit:3:12
  │
3 │   où b = é / 2
  │            ━
  │
  ╰ pourquoi : `/` ne sert qu’aux unités, comme `€/mois`
"
    );
}

#[test]
fn a_diagnostic_for_machines() {
    let text = "règle é : €/mois par famile « r » = 1";
    let files = [SourceFile { name: "é.droit".to_owned(), text: text.to_owned() }];
    let shown = to_json(&parse(FileId(0), text).diagnostics, &files);
    assert_eq!(
        shown,
        r#"[
  {
    "code": "S13",
    "severity": "error",
    "message": "`famile` n’est pas une entité",
    "file": "é.droit",
    "line": 1,
    "column": 22,
    "end": {
      "line": 1,
      "column": 28
    },
    "why": "chaque phrase du langage se lit d’une seule façon ; ce qui n’y entre pas serait perdu",
    "help": "écrivez `par famille`",
    "fix": {
      "file": "é.droit",
      "line": 1,
      "column": 22,
      "end": {
        "line": 1,
        "column": 28
      },
      "replacement": "famille"
    }
  }
]
"#
    );
}

#[test]
fn text_in_another_encoding() {
    let parsed = parse_bytes(FileId(0), b"choix c \xab x \xbb\n\nchoix d");
    let told: Vec<_> = parsed.diagnostics.iter().map(|it| (it.code, &*it.message)).collect();
    assert_eq!(told[0], ("L10", "la ligne 1 n’est pas du texte en UTF-8"));
    assert_eq!(parsed.file.items.len(), 2);
}

/// Whatever the mistake, the reader is told why the language asks.
#[test]
fn every_diagnostic_has_its_reason() {
    for (text, _) in DECLARATIONS {
        for it in parse(FileId(0), text).diagnostics {
            assert!(it.why.is_some(), "{} {}", it.code, it.message);
        }
    }
}
