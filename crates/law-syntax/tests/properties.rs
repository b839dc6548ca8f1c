//! Random texts: what is read is what was said, the formatter keeps it, nothing panics or loses a byte.

use law_syntax::{FileId, Severity, SourceFile, format, parse, parse_bytes, render, to_json};
use proptest::prelude::*;

use crate::docs::reference;
use crate::generator::Dice;
use crate::printer::words;

/// The words with blanks, ends of line and comments between them.
fn spread(words: &[String], dice: &mut Dice<'_>) -> String {
    let mut res = String::new();
    for word in words {
        res.push_str(word);
        res.push_str(match dice.roll(12) {
            0..=6 => " ",
            7 => "\n",
            8 => "\r\n    ",
            9 => "\n\n\n\t",
            10 => " -- fin\n",
            _ => "\n  -- seul ; « ouvert  \n",
        });
    }
    res
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..600)
}

#[track_caller]
fn check_lossless(text: &str) {
    let parsed = parse(FileId(0), text);
    let tree = &parsed.tree;
    let again: String = tree.tokens().iter().map(|token| tree.token_text(token)).collect();
    assert_eq!(again, text);
    let files = [SourceFile { name: "essai.droit".to_owned(), text: text.to_owned() }];
    for it in &parsed.diagnostics {
        let (start, end) = (it.span.start as usize, it.span.end as usize);
        assert!(text.get(start..end).is_some(), "{it:?}");
    }
    let some = &parsed.diagnostics[..parsed.diagnostics.len().min(20)];
    render(some, &files, true);
    to_json(some, &files);
    match format(text) {
        Ok(formatted) => {
            let read = |text: &str| parse(FileId(0), text).file.without_spans();
            assert_eq!(read(text), read(&formatted), "{formatted}");
        }
        Err(diagnostics) => assert!(!diagnostics.is_empty()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_is_read_and_survives_the_formatter(seed in bytes(), layout in bytes()) {
        let said = Dice::new(&seed).file();
        let mut dice = Dice::new(&layout);
        let words = words(&said, &mut dice);
        let text = spread(&words, &mut dice);
        let parsed = parse(FileId(0), &text);
        let files = [SourceFile { name: "essai.droit".to_owned(), text: text.clone() }];
        let errors: Vec<_> =
            parsed.diagnostics.into_iter().filter(|it| it.severity == Severity::Error).collect();
        prop_assert_eq!(render(&errors, &files, false), "");
        prop_assert_eq!(&parsed.file.without_spans(), &said);

        let formatted = format(&text).unwrap();
        prop_assert_eq!(&parse(FileId(0), &formatted).file.without_spans(), &said, "{}", formatted);
        prop_assert_eq!(&format(&formatted).unwrap(), &formatted);
        let comments = |text: &str| (text.matches("-- fin").count(), text.matches("-- seul").count());
        prop_assert_eq!(comments(&formatted), comments(&text));
        prop_assert!(formatted.lines().all(|line| !line.ends_with(' ')), "{}", formatted);
    }

    #[test]
    fn any_text_is_kept(text in any::<String>()) {
        check_lossless(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in bytes()) {
        let parsed = parse_bytes(FileId(0), &bytes);
        prop_assert_eq!(parsed.tree.text(), String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn truncated_law_is_kept(at in 0usize..4000) {
        let text = reference();
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        check_lossless(&text[..at]);
        check_lossless(&text[at..]);
    }

    #[test]
    fn shuffled_law_is_kept(order in prop::collection::vec(0usize..700, 0..120)) {
        let text = reference();
        let pieces: Vec<&str> = text.split_inclusive([' ', '\n', '(', ',']).collect();
        let shuffled: String = order.iter().map(|at| pieces[at % pieces.len()]).collect();
        check_lossless(&shuffled);
    }

    #[test]
    fn law_with_a_change_is_kept(at in 0usize..700, change in "[ -~«»€→≤\n]{0,3}") {
        let text = reference();
        let mut pieces: Vec<&str> = text.split_inclusive([' ', '\n', '(', ',']).collect();
        let at = at % pieces.len();
        pieces[at] = &change;
        check_lossless(&pieces.concat());
    }
}

/// Time grows with the size of the text, not with its square: a square would take hours here.
#[test]
fn huge_texts_take_a_moment() {
    let pieces = [
        "(",
        "si ",
        "a + ",
        "- ",
        "« ",
        "\"",
        "<https://",
        "règle x\n",
        "selon | ",
        "-- x\n",
        "; ",
        "| ",
        "1 000 ",
        "non ",
        "$ ",
        "f(",
        "a, au minimum ",
        "somme des x de ",
        "ligne ",
        "depuis ",
        "2026-01 ",
    ];
    for piece in pieces {
        for lead in ["", "règle x : € par famille = ", "table t(a : b) : €\n depuis 2026-01\n"]
        {
            let text = lead.to_owned() + &piece.repeat(60_000 / piece.len());
            let parsed = parse(FileId(0), &text);
            assert_eq!(parsed.tree.text(), text);
        }
    }
    let text = "règle x : € par famille = ".to_owned() + &"(".repeat(1_000_000);
    assert!(parse(FileId(0), &text).diagnostics.len() < 5);
    assert!(format(&reference().repeat(50)).is_ok());
}
