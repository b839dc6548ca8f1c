//! What finds a sealed name: keyed hashes of parts of it, each cut to 64 bits.
//!
//! Five kinds: the beginnings of each word, its sounds, the word with a letter less (two words one typing error apart
//! share one of these), and the date of birth. A copy of the database without the service key gives none of them back.

use base::Date;
use seal::LookupKey;

use super::model::Identity;
use super::names::{parts, words};
use super::phonex::phonex;

/// The lengths of the beginnings that are marked.
const SHORTEST: usize = 2;
const LONGEST: usize = 8;
/// Shorter words have no marks of typing errors: every third one would be a neighbour.
const ERRORS_FROM: usize = 4;
/// Longer words are compared by their first letters.
const ERRORS_UP_TO: usize = 12;

/// All the marks of a person.
pub fn of_person(key: &LookupKey, identity: &Identity) -> Vec<i64> {
    let mut res = Vec::new();
    for name in identity.names() {
        for word in words(name) {
            let letters: Vec<char> = word.chars().collect();
            for length in SHORTEST..=LONGEST.min(letters.len()) {
                res.push(mark(key, "beginning", &letters.iter().take(length).collect::<String>()));
            }
            res.extend(of_sound(key, &word));
            res.extend(of_errors(key, &letters));
        }
    }
    res.extend(identity.birth().map(|it| of_birth(key, it)));
    once(res)
}

/// The marks to look for: those a person has whose name starts, sounds or is nearly written like what was typed.
pub fn of_typed(key: &LookupKey, typed: &str, birth: Option<Date>) -> Vec<i64> {
    let mut res = Vec::new();
    let alone = parts(typed);
    let together = alone.windows(2).map(<[String]>::concat);
    for word in alone.iter().cloned().chain(together) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < SHORTEST {
            continue;
        }
        let start: String = letters.iter().take(LONGEST).collect();
        res.push(mark(key, "beginning", &start));
        res.extend(of_sound(key, &word));
        res.extend(of_errors(key, &letters));
    }
    res.extend(birth.map(|it| of_birth(key, it)));
    once(res)
}

pub fn of_birth(key: &LookupKey, birth: Date) -> i64 {
    mark(key, "birth", &birth.to_string())
}

fn of_sound(key: &LookupKey, word: &str) -> Option<i64> {
    let sounds = phonex(word);
    // One sound is shared by too many names to find anybody.
    (sounds.chars().count() >= 2).then(|| mark(key, "sound", &sounds))
}

/// The word and each of its forms with a letter less: a letter changed, forgotten, added or two exchanged leave
/// one of them in common.
fn of_errors(key: &LookupKey, letters: &[char]) -> Vec<i64> {
    if letters.len() < ERRORS_FROM {
        return Vec::new();
    }
    let kept: Vec<char> = letters.iter().copied().take(ERRORS_UP_TO).collect();
    let without = |gone: usize| -> String {
        kept.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, it)| *it).collect()
    };
    // Nothing has the rank of the length: the whole word.
    (0..=kept.len()).map(|gone| mark(key, "letters", &without(gone))).collect()
}

fn mark(key: &LookupKey, kind: &str, text: &str) -> i64 {
    let hash = key.hash(&format!("{kind}:{text}"));
    let (first, _) = hash.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
    i64::from_be_bytes(*first)
}

fn once(mut marks: Vec<i64>) -> Vec<i64> {
    marks.sort_unstable();
    marks.dedup();
    marks
}
