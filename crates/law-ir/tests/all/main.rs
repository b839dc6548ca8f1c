//! What loading accepts and what it refuses.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod cases;
mod declarations;
mod examples;
mod limits;
mod names;
mod planted_units;
mod tables;
mod time;
mod units;

use law_ir::{Book, from_syntax, invariants};
use law_syntax::{Diagnostic, FileId, parse};

/// Enough declarations for short rules.
const GROUND: &str = "
énumération zone « zone » | zone_1 « zone 1 » | zone_2 « zone 2 » | zone_3 « zone 3 »
paramètre base_mensuelle : €/mois depuis 2023-01 : 600 source « décret »
paramètre plafond_annuel : €/an depuis 2023-01 : 20 000 source « décret »
paramètre pourcentage : taux depuis 2023-01 : 10 % source « décret »
donnée date_de_naissance : date par personne, permanente
donnée salaire : €/mois par personne, flux
donnée étudiant : oui_non par personne, état
donnée loyer : €/mois par ménage, état
donnée zone_apl : zone par ménage, état
donnée surface : m² par ménage, état
règle nb : personnes par famille = nombre de enfants
";

/// The book and what was reported, for the ground and this text.
fn load(text: &str) -> (Option<Book>, Vec<Diagnostic>) {
    let whole = format!("{GROUND}{text}");
    let parsed = parse(FileId(0), &whole);
    assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
    from_syntax(&[parsed.file])
}

/// The text loads without a word and the book keeps its invariants.
#[track_caller]
fn accepts(text: &str) -> Book {
    let (book, diagnostics) = load(text);
    assert!(diagnostics.is_empty(), "{text}\n{diagnostics:#?}");
    let book = book.unwrap();
    assert_eq!(invariants::broken(&book), Vec::<String>::new());
    book
}

/// The text is refused, or warned about, with exactly these codes.
#[track_caller]
fn reports(text: &str, codes: &[&str]) -> Vec<Diagnostic> {
    let parsed = parse(FileId(0), &format!("{GROUND}{text}"));
    let (_, lowered) = from_syntax(&[parsed.file]);
    let diagnostics: Vec<_> = parsed.diagnostics.into_iter().chain(lowered).collect();
    let found: Vec<&str> = diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(found, codes, "{text}\n{diagnostics:#?}");
    for it in &diagnostics {
        let quality = format!("{} — {}", it.code, it.message);
        assert!(!it.message.ends_with('.'), "no final dot: {quality}");
        assert!(
            it.message.chars().next().unwrap().is_lowercase() || it.message.starts_with(['`', '«']),
            "{quality}"
        );
    }
    diagnostics
}
