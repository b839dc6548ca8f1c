//! Ready-made situations: for the documentation, the pages, the tests and the measures of time.

/// A complete situation, as of May 2026.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// For addresses and file names.
    pub key: &'static str,
    /// In French, in a few words.
    pub title: &'static str,
    /// The document.
    pub json: &'static str,
}

/// Invented households that ask for every benefit.
pub const EXAMPLES: &[Example] = &[
    Example {
        key: "parent-seul",
        title: "Mère seule, deux enfants, temps partiel, locataire HLM",
        json: include_str!("../../examples/parent-seul.json"),
    },
    Example {
        key: "couple-trois-enfants",
        title: "Couple, trois enfants, un salaire, locataire",
        json: include_str!("../../examples/couple-trois-enfants.json"),
    },
    Example {
        key: "jeune-heberge",
        title: "Jeune homme seul, sans revenu, hébergé gratuitement",
        json: include_str!("../../examples/jeune-heberge.json"),
    },
];
