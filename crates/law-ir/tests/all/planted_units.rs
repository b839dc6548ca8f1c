//! A generator writes sums of correct terms, then plants one term of another unit: always caught.

use proptest::prelude::*;

use crate::{accepts, load};

/// Expressions per dwelling, by unit.
const MONTHLY: &[&str] = &[
    "loyer",
    "base_mensuelle",
    "mensualisé(plafond_annuel)",
    "(loyer × pourcentage)",
    "(si zone_apl = zone_1 alors loyer sinon base_mensuelle)",
    "min(loyer, base_mensuelle)",
    "(base_mensuelle à M-1)",
    "(moyenne sur M-3 à M-1 de loyer)",
    "12,50 €/mois",
];
const YEARLY: &[&str] = &[
    "plafond_annuel",
    "annualisé(loyer)",
    "(somme sur année N-2 de loyer)",
    "(somme sur M-12 à M-1 de loyer)",
    "(plafond_annuel × 50 %)",
    "max(plafond_annuel, annualisé(base_mensuelle))",
    "100 €/an",
];
const PLAIN: &[&str] = &["pourcentage", "12 %", "(loyer ÷ base_mensuelle)", "2"];
const SURFACE: &[&str] = &["surface", "9 m²"];
const EUROS: &[&str] = &["(somme sur M-3 à M-1 de loyer)", "(loyer × 3 mois)", "5 €"];

const UNITS: [&[&str]; 5] = [MONTHLY, YEARLY, PLAIN, SURFACE, EUROS];

fn term(unit: usize) -> impl Strategy<Value = &'static str> {
    prop::sample::select(UNITS[unit])
}

fn terms(unit: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(term(unit), 1..6)
}

/// A correct sum, and the same with one term of another unit somewhere in it.
fn planted() -> impl Strategy<Value = (String, String)> {
    (0..UNITS.len(), 0..UNITS.len())
        .prop_filter("two units", |(a, b)| a != b)
        .prop_flat_map(|(unit, other)| (terms(unit), term(other), any::<prop::sample::Index>()))
        .prop_map(|(good, stranger, at)| {
            let mut bad = good.clone();
            bad.insert(at.index(good.len() + 1), stranger);
            (good.join(" + "), bad.join(" + "))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_stranger_in_a_sum_is_always_caught((good, bad) in planted()) {
        accepts(&format!("règle r : oui_non par ménage = {good} > {good}"));
        let (book, found) = load(&format!("règle r : oui_non par ménage = {bad} > 0"));
        prop_assert!(book.is_none(), "{bad}");
        prop_assert!(found.iter().any(|it| it.code == "U12"), "{bad}\n{found:?}");
    }

    #[test]
    fn a_stranger_in_a_comparison_is_always_caught((good, bad) in planted()) {
        let stranger = bad.replace(&good, "");
        prop_assume!(!stranger.is_empty());
        let (book, _) = load(&format!("règle r : oui_non par ménage = ({good}) ≤ ({bad})"));
        prop_assert!(book.is_none(), "{bad}");
    }
}
