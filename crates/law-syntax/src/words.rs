//! The words of the language: which are reserved, and which one a misspelt word was meant to be.

use std::borrow::Cow;

/// Words that start a declaration. `sauf`, followed by `à`, starts one too.
pub(crate) const DECLARATIONS: [&str; 11] = [
    "article",
    "paramètre",
    "énumération",
    "table",
    "fenêtre",
    "donnée",
    "règle",
    "fonction",
    "aide",
    "choix",
    "propriété",
];

/// Words that join or start parts of the text: where a value is awaited, they say that it is missing.
const STRUCTURE: [&str; 36] = [
    "depuis",
    "source",
    "conditions",
    "montant",
    "versé",
    "choisi",
    "masquée",
    "où",
    "sauf",
    "exemple",
    "alors",
    "sinon",
    "ou",
    "et",
    "parmi",
    "au",
    "à",
    "de",
    "des",
    "d'",
    "du",
    "tels",
    "telles",
    "que",
    "vérifie",
    "sur",
    "arrondi",
    "jusqu'à",
    "au-delà",
    "plus",
    "moins",
    "avec",
    "en",
    "par",
    "un",
    "une",
];

/// Words that start an expression.
const STARTERS: [&str; 13] = [
    "si", "selon", "non", "somme", "maximum", "minimum", "moyenne", "rang", "chacun", "chacune",
    "chaque", "vrai", "faux",
];

/// Units, types and entities.
const KINDS: [&str; 22] = [
    "€",
    "ans",
    "an",
    "mois",
    "jour",
    "jours",
    "heure",
    "heures",
    "personnes",
    "taux",
    "nombre",
    "date",
    "oui_non",
    "m²",
    "m2",
    "personne",
    "famille",
    "foyer_fiscal",
    "ménage",
    "M",
    "N",
    "l'",
];

/// What a reserved word is for, to say why it cannot be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reserved {
    Declaration,
    Structure,
    Starter,
    Kind,
}

/// `None` if the word is free to be a name.
pub(crate) fn reserved(word: &str) -> Option<Reserved> {
    if DECLARATIONS.contains(&word) {
        Some(Reserved::Declaration)
    } else if STRUCTURE.contains(&word) {
        Some(Reserved::Structure)
    } else if STARTERS.contains(&word) {
        Some(Reserved::Starter)
    } else if KINDS.contains(&word) {
        Some(Reserved::Kind)
    } else {
        None
    }
}

/// Words that are units when they follow a number or a `/`, with their normal form.
pub(crate) fn unit(word: &str) -> Option<&'static str> {
    match word {
        "ans" | "an" => Some("ans"),
        "mois" => Some("mois"),
        "jours" | "jour" => Some("jours"),
        "heures" | "heure" => Some("heures"),
        "personnes" | "personne" => Some("personnes"),
        "m²" | "m2" => Some("m²"),
        _ => None,
    }
}

/// The same, after a `/`: the French singular is the normal form there (`€/an`).
pub(crate) fn period(word: &str) -> Option<&'static str> {
    match word {
        "ans" | "an" => Some("an"),
        "mois" => Some("mois"),
        "jours" | "jour" => Some("jour"),
        "heures" | "heure" => Some("heure"),
        "personnes" | "personne" => Some("personne"),
        "m²" | "m2" => Some("m²"),
        _ => None,
    }
}

/// The candidate that `word` was most likely meant to be: equal but for accents and capitals, or a few
/// letters away.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // A short keyword has many neighbours: only a slip of one letter is sure.
    let allowed = match word.chars().count() {
        0..=3 => 0,
        4..=5 => 1,
        6..=30 => 2,
        _ => return None,
    };
    crate::nearest::nearest_within(word, allowed, candidates.iter().copied())
}

/// A word with accented letters in one piece and a straight apostrophe, however it was typed.
pub(crate) fn normalized(text: &str) -> Cow<'_, str> {
    let text = accents_composed(text);
    if text.contains('’') { Cow::Owned(text.replace('’', "'")) } else { text }
}

/// The text with every accented letter of French in one piece: some keyboards and file systems write the
/// letter, then the accent.
pub(crate) fn accents_composed(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_combining) {
        return Cow::Borrowed(text);
    }
    let mut res = String::with_capacity(text.len());
    for c in text.chars() {
        match res.chars().next_back().and_then(|last| composed(last, c)) {
            Some(both) => {
                res.pop();
                res.push(both);
            }
            None => res.push(c),
        }
    }
    Cow::Owned(res)
}

pub(crate) fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The letters of French with their accents in pieces: letter, accent, both.
const ACCENTED: [(char, char, char); 32] = [
    ('a', '\u{300}', 'à'),
    ('a', '\u{302}', 'â'),
    ('a', '\u{308}', 'ä'),
    ('c', '\u{327}', 'ç'),
    ('e', '\u{300}', 'è'),
    ('e', '\u{301}', 'é'),
    ('e', '\u{302}', 'ê'),
    ('e', '\u{308}', 'ë'),
    ('i', '\u{302}', 'î'),
    ('i', '\u{308}', 'ï'),
    ('o', '\u{302}', 'ô'),
    ('o', '\u{308}', 'ö'),
    ('u', '\u{300}', 'ù'),
    ('u', '\u{302}', 'û'),
    ('u', '\u{308}', 'ü'),
    ('y', '\u{308}', 'ÿ'),
    ('A', '\u{300}', 'À'),
    ('A', '\u{302}', 'Â'),
    ('A', '\u{308}', 'Ä'),
    ('C', '\u{327}', 'Ç'),
    ('E', '\u{300}', 'È'),
    ('E', '\u{301}', 'É'),
    ('E', '\u{302}', 'Ê'),
    ('E', '\u{308}', 'Ë'),
    ('I', '\u{302}', 'Î'),
    ('I', '\u{308}', 'Ï'),
    ('O', '\u{302}', 'Ô'),
    ('O', '\u{308}', 'Ö'),
    ('U', '\u{300}', 'Ù'),
    ('U', '\u{302}', 'Û'),
    ('U', '\u{308}', 'Ü'),
    ('Y', '\u{308}', 'Ÿ'),
];

fn composed(letter: char, accent: char) -> Option<char> {
    let is_pair = |(l, a, _): &&(char, char, char)| *l == letter && *a == accent;
    ACCENTED.iter().find(is_pair).map(|(_, _, both)| *both)
}

#[cfg(test)]
mod tests {
    use super::{DECLARATIONS, nearest, normalized, reserved};

    #[test]
    fn the_nearest_word() {
        let check = |word: &str, expected: Option<&str>| {
            assert_eq!(nearest(word, &DECLARATIONS), expected, "{word}");
        };
        check("parametre", Some("paramètre"));
        check("Règle", Some("règle"));
        check("regel", Some("règle"));
        check("foncton", Some("fonction"));
        check("aidez", Some("aide"));
        check("si", None);
        check("salaire", None);
    }

    #[test]
    fn accents_in_two_pieces_are_the_same_word() {
        assert_eq!(normalized("re\u{300}gle"), "règle");
        assert_eq!(normalized("jusqu’a\u{300}"), "jusqu'à");
        assert_eq!(reserved(&normalized("ou\u{300}")), Some(super::Reserved::Structure));
    }
}
