//! What is given any bytes and must not fail: the targets of coverage-guided fuzzing.
//!
//! They live here so that the corpora kept in `fuzz/corpus/` are tried in every ordinary test run, without any
//! instrumentation. A target fails by panicking.

#![allow(clippy::panic, reason = "a target fails by panicking")]

use base::Month;
use law::situation::read;
use law::unknowns::Effort;
use law::{Law, SourceFile};
use law_ir::invariants;
use law_syntax::{FileId, format, parse, parse_bytes, render, to_json};

use crate::dice::Dice;
use crate::engine::{Answers, Columns, Engine, Intervals, Reference};
use crate::generate::{self, Knowledge, Landmarks};
use crate::proof::{self, Trial};

/// Longer inputs say nothing more and take time.
const MAX_BYTES: usize = 20_000;

/// What is done with any bytes; it panics when something is wrong.
pub type Target = fn(&[u8]);

/// Every target, by name.
pub const TARGETS: [(&str, Target); 4] = [
    ("parser", parser),
    ("loader", loader),
    ("situation", situation),
    ("differential", differential),
];

/// Any bytes give a tree that holds them all; what is formatted says the same.
pub fn parser(bytes: &[u8]) {
    let Some(bytes) = bytes.get(..bytes.len().min(MAX_BYTES)) else { return };
    let parsed = parse_bytes(FileId(0), bytes);
    let tree = &parsed.tree;
    let text: String = tree.tokens().iter().map(|token| tree.token_text(token)).collect();
    assert_eq!(text, String::from_utf8_lossy(bytes), "the tree has lost something");
    let files = [SourceFile { name: "essai.droit".to_owned(), text: text.clone() }];
    let told: Vec<_> = parsed.diagnostics.iter().take(20).cloned().collect();
    render(&told, &files, true);
    to_json(&told, &files);
    if let Ok(formatted) = format(&text) {
        let said = |text: &str| parse(FileId(0), text).file.without_spans();
        assert_eq!(said(&text), said(&formatted), "formatting changed what is said");
        assert_eq!(format(&formatted).as_ref(), Ok(&formatted), "formatting twice");
    }
}

/// Any text either loads as a book that keeps its invariants, or says why not.
pub fn loader(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(MAX_BYTES)).unwrap_or(bytes));
    let file = SourceFile { name: "essai.droit".to_owned(), text: text.into_owned() };
    let (law, diagnostics) = Law::load(vec![file]);
    let Some(law) = law else {
        assert!(!diagnostics.is_empty(), "refused without a word");
        return;
    };
    let broken = invariants::broken(law.book());
    assert!(broken.is_empty(), "{broken:#?}");
    let today = base::Date::new(2026, 11, 22);
    today.into_iter().for_each(|it| drop(law.check(it)));
    let mut dice = Dice::of_bytes(bytes);
    let landmarks = Landmarks::of(law.book());
    let month = landmarks.month(&mut dice);
    let household =
        generate::household(&mut dice, law.book(), &landmarks, month, Knowledge::Partial);
    let evaluation = law.evaluate(&household, month);
    for aid in &evaluation.aids {
        law.explain(&household, &evaluation, aid);
    }
}

/// Any bytes are a situation of the national law, or are refused with reasons; what is read is written and
/// read again the same.
pub fn situation(bytes: &[u8]) {
    let law = Law::national();
    match read(law, bytes) {
        Err(errors) => assert!(!errors.is_empty(), "refused without a word"),
        Ok((told, household)) => {
            let written = serde_json::to_vec(&told);
            if let Ok(written) = written {
                let again = read(law, &written);
                assert_eq!(again.map(|it| it.0), Ok(told), "written, it reads otherwise");
            }
            law.evaluate_untraced(&household, Month::of(2026, 5));
        }
    }
}

/// A rulebook, a household and a month chosen by the bytes: every engine answers as the reference does.
pub fn differential(bytes: &[u8]) {
    let bytes = bytes.get(..bytes.len().min(MAX_BYTES)).unwrap_or(bytes);
    // The first byte says how much of the rest chooses the rulebook.
    let Some((share, rest)) = bytes.split_first() else { return };
    let (for_book, for_households) = rest.split_at(rest.len() * (1 + usize::from(*share)) / 257);
    let text = generate::rulebook(Dice::of_bytes(for_book));
    let Some(trial) = Trial::of_text(0, text) else { return };
    let (book, aids) = (trial.book(), trial.aids());
    let mut dice = Dice::of_bytes(for_households);
    let month = trial.landmarks.month(&mut dice);
    let knowledge = [Knowledge::Whole, Knowledge::Partial];
    let households =
        knowledge.map(|it| generate::household(&mut dice, book, &trial.landmarks, month, it));
    let months = [month, month.plus(1)];
    if let Err(counterexample) = proof::same_as_reference(&trial, &Columns, &households, &months) {
        panic!("{counterexample}");
    }
    let expected = Reference.answer(book, &households, &months, &aids);
    let intervals = Intervals(Effort::QUICK);
    let sure = intervals.answer(book, &households, &months, &aids);
    assert!(allows(&expected, &sure, &households), "{expected:?}\n{sure:?}");
}

/// Whether each sure answer is the reference's, wherever the reference has one.
fn allows(expected: &Answers, sure: &Answers, households: &[law::Household]) -> bool {
    let all = expected.iter().zip(sure).zip(households);
    all.into_iter().all(|((expected, sure), household)| {
        let outsiders = household.persons.iter().any(|it| it.tax_household.is_none());
        let missing = household.facts.iter().flatten().any(|it| !matches!(it, law::Fact::Known(_)));
        let pairs = expected.iter().flatten().flatten().zip(sure.iter().flatten().flatten());
        pairs.into_iter().all(|pair| match pair {
            (Some(expected), Some(sure)) => match expected.status {
                law::Status::Incomplete => true,
                law::Status::Impossible => outsiders || missing || expected == sure,
                // A condition that fails settles an aid before a fault that only a missing key keeps
                // from being met: every completion meets it.
                law::Status::Due | law::Status::NotDue => {
                    let open = missing || outsiders;
                    expected == sure || (open && sure.status == law::Status::Impossible)
                }
            },
            (None, _) | (_, None) => true,
        })
    })
}
