//! How hard a password is to guess, estimated from what guessers try first, and said in words.
//!
//! The rule is the CNIL's of 2022: 80 bits for a password that stands alone; 50 bits where attempts are slowed down,
//! as they are here; no change asked by date. A formula by alphabet and length would call « Soleil2024! » strong:
//! what is a word, a date, a run of keys counts here for what it is.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// In tenths of a bit: no floating point is needed to compare.
pub const ENOUGH: u32 = 500;
pub const ENOUGH_ALONE: u32 = 800;

/// The longest piece that is looked for in the list.
const LONGEST: usize = 24;

/// What made a password easier to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weakness {
    /// Their own name, or a part of their address.
    Own,
    /// A word or a password that many people use.
    Common,
    /// `abcd`, `4321`, `azerty`.
    Run,
    /// `aaaa`, `toto toto`.
    Repeat,
    /// A year or a date.
    Date,
}

/// An estimate, and what brought it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// Tenths of a bit.
    pub tenths: u32,
    pub because: Vec<Weakness>,
    /// The whole password, as typed or nearly, is in the list.
    pub listed: bool,
}

impl Strength {
    pub fn is_enough(&self) -> bool {
        self.tenths >= ENOUGH && !self.listed
    }

    pub fn bits(&self) -> i64 {
        i64::from(self.tenths / 10)
    }
}

/// The cheapest way to the end of a piece: its cost, then where the piece starts and what it is.
type Cheapest = (u32, Option<(usize, Option<Weakness>)>);

/// The cheapest way to write the password as pieces that a guesser tries. `own`: names and addresses of theirs.
pub fn estimate(password: &str, own: &[&str]) -> Strength {
    let typed: Vec<char> = password.chars().take(128).collect();
    let plain: Vec<char> = typed.iter().map(|it| fold(*it)).collect();
    let own: Vec<Vec<char>> = own.iter().flat_map(|it| parts(it)).collect();
    let single = cost_of_a_character(&typed);
    let mut best: Vec<Cheapest> = vec![(0, None)];
    for end in 1..=plain.len() {
        let before = best.get(end - 1).map_or(0, |it| it.0);
        let mut kept = (before.saturating_add(single), Some((end - 1, None)));
        for start in (0..end).rev().take(LONGEST) {
            let Some(piece) = plain.get(start..end) else { continue };
            let Some(found) = known(piece, &plain, start, &own) else { continue };
            let written = typed.get(start..end).unwrap_or_default();
            let cost = found.1.saturating_add(dressing(written));
            let total = best.get(start).map_or(0, |it| it.0).saturating_add(cost);
            if total < kept.0 {
                kept = (total, Some((start, Some(found.0))));
            }
        }
        best.push(kept);
    }
    let listed = rank_of(&plain).is_some();
    Strength { tenths: best.last().map_or(0, |it| it.0), because: reasons(&best), listed }
}

fn reasons(best: &[Cheapest]) -> Vec<Weakness> {
    let mut res = HashSet::new();
    let mut at = best.len().saturating_sub(1);
    while let Some((start, weakness)) = best.get(at).and_then(|it| it.1) {
        res.extend(weakness);
        at = start;
    }
    let mut res: Vec<Weakness> = res.into_iter().collect();
    res.sort_unstable();
    res
}

/// What a guesser would recognise in this piece, and how many tries it adds, in tenths of a bit.
fn known(
    piece: &[char],
    whole: &[char],
    start: usize,
    own: &[Vec<char>],
) -> Option<(Weakness, u32)> {
    if own.iter().any(|it| it == piece) {
        return Some((Weakness::Own, 20));
    }
    if let Some(cost) = run(piece) {
        return Some((Weakness::Run, cost));
    }
    if let Some(cost) = repeat(piece, whole, start) {
        return Some((Weakness::Repeat, cost));
    }
    if let Some(cost) = date(piece) {
        return Some((Weakness::Date, cost));
    }
    rank_of(piece).map(|rank| (Weakness::Common, rank))
}

/// A capital or a figure for a letter is tried too: it adds a little.
fn dressing(written: &[char]) -> u32 {
    let capital = written.iter().any(|it| it.is_uppercase());
    let disguised =
        written.iter().any(|it| it.is_alphabetic()) && written.iter().any(|it| is_disguise(*it));
    u32::from(capital) * 10 + u32::from(disguised) * 15
}

/// The same key, or neighbours by the alphabet, the figures or the keyboard.
fn run(piece: &[char]) -> Option<u32> {
    if piece.len() < 3 {
        return None;
    }
    let steps: HashSet<i64> = piece
        .windows(2)
        .filter_map(|it| match it {
            [a, b] => Some(i64::from(u32::from(*b)) - i64::from(u32::from(*a))),
            _ => None,
        })
        .collect();
    let text: String = piece.iter().collect();
    let back: String = piece.iter().rev().collect();
    let on_keyboard =
        piece.len() >= 4 && ROWS.iter().any(|it| it.contains(&text) || it.contains(&back));
    let neighbours = steps.len() == 1 && steps.iter().all(|it| (-1..=1).contains(it));
    (neighbours || on_keyboard).then(|| 60 + 5 * u32::try_from(piece.len()).unwrap_or(0))
}

const ROWS: &[&str] = &[
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "aqwzsxedc",
    "1qaz2wsx3edc",
];

/// The piece has just been written before.
fn repeat(piece: &[char], whole: &[char], start: usize) -> Option<u32> {
    let before = start.checked_sub(piece.len()).and_then(|from| whole.get(from..start));
    (piece.len() >= 3 && before == Some(piece)).then_some(20)
}

/// A year of this century or the last one, or a day written with its year.
fn date(piece: &[char]) -> Option<u32> {
    let text: String = piece.iter().filter(|it| !"/-. ".contains(**it)).collect();
    if text.is_empty() || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|it| it.parse::<u32>().ok());
    let year = |it: Option<u32>| it.is_some_and(|it| (1900..=2099).contains(&it));
    let day = |day: Option<u32>, month: Option<u32>| {
        day.is_some_and(|it| (1..=31).contains(&it))
            && month.is_some_and(|it| (1..=12).contains(&it))
    };
    match text.len() {
        4 if piece.len() == 4 && year(number(0, 4)) => Some(70),
        6 if day(number(0, 2), number(2, 4)) => Some(140),
        8 if day(number(0, 2), number(2, 4)) && year(number(4, 8)) => Some(155),
        8 if day(number(6, 8), number(4, 6)) && year(number(0, 4)) => Some(155),
        _ => None,
    }
}

/// A character drawn at random among those of the kinds used: `log2` of how many there are.
fn cost_of_a_character(typed: &[char]) -> u32 {
    let has = |test: fn(&char) -> bool| typed.iter().any(test);
    let kinds = (
        has(|it| it.is_ascii_digit()),
        has(|it| it.is_lowercase()) && has(|it| it.is_uppercase()),
        has(|it| it.is_alphabetic()),
        has(|it| !it.is_alphanumeric()),
    );
    match kinds {
        (_, _, false, true) => 50,
        (_, _, false, false) => 33,
        (_, true, true, true) => 65,
        (_, false, true, true) => 59,
        (true, true, true, false) => 59,
        (true, false, true, false) => 51,
        (false, true, true, false) => 57,
        (false, false, true, false) => 47,
    }
}

/// Small letters without accents, figures read as the letters they stand for.
fn fold(letter: char) -> char {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    match small {
        'à' | 'â' | 'ä' | 'á' | '@' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ç' => 'c',
        '$' => 's',
        other => other,
    }
}

fn is_disguise(letter: char) -> bool {
    "013457@$!".contains(letter)
}

/// `4zerty` is tried where `azerty` is.
fn undisguised(piece: &[char]) -> String {
    let letter = |it: &char| match it {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => *other,
    };
    piece.iter().map(letter).collect()
}

fn parts(text: &str) -> Vec<Vec<char>> {
    let folded: String = text.chars().map(fold).collect();
    let words = folded.split(|it: char| !it.is_alphanumeric());
    let mut res: Vec<Vec<char>> =
        words.filter(|it| it.chars().count() >= 3).map(|it| it.chars().collect()).collect();
    res.push(folded.chars().collect());
    res
}

/// The tries before this word in the list, in tenths of a bit.
fn rank_of(piece: &[char]) -> Option<u32> {
    if !(4..=LONGEST).contains(&piece.len()) {
        return None;
    }
    let text: String = piece.iter().collect();
    let found = COMMON.get(&text).or_else(|| COMMON.get(&undisguised(piece)));
    found.map(|rank| match rank {
        0 => 100,
        1 => 133,
        _ => 166,
    })
}

/// The list, by hashes: a megabyte instead of five. A wrong match once in ten billion words costs nobody anything.
struct Common(Vec<(u64, u8)>);

static COMMON: LazyLock<Common> = LazyLock::new(|| Common::read(include_str!("common_words.txt")));

impl Common {
    fn read(text: &str) -> Self {
        let (mut res, mut rank, mut word) = (Vec::new(), 2, String::new());
        for line in text.lines().filter(|it| !it.starts_with('#')) {
            if let Some(tier) = line.strip_prefix("= ") {
                rank = tier.parse().unwrap_or(2);
                word.clear();
                continue;
            }
            let mut letters = line.chars();
            let shared = letters.next().and_then(|it| it.to_digit(36)).unwrap_or(0);
            word.truncate(usize::try_from(shared).unwrap_or(0));
            word.push_str(letters.as_str());
            res.push((hash(&word), rank));
        }
        res.sort_unstable();
        Self(res)
    }

    fn get(&self, word: &str) -> Option<u8> {
        let wanted = hash(word);
        let at = self.0.partition_point(|it| it.0 < wanted);
        self.0.get(at).filter(|it| it.0 == wanted).map(|it| it.1)
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Weakness, estimate};

    #[test]
    fn what_everybody_takes_is_weak() {
        for weak in [
            "motdepasse",
            "Soleil2024!",
            "azertyuiop123",
            "P@ssw0rd1234",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
            "Marseille13",
            "14/06/1991",
            "nadia1991nadia1991",
        ] {
            let found = estimate(weak, &["Nadia Benali", "nadia.benali@ccas.fr"]);
            assert!(!found.is_enough(), "{weak}: {found:?}");
        }
    }

    #[test]
    fn what_is_drawn_at_random_is_strong() {
        for strong in ["x7Kq!vR2pWz9", "girafe plumier octobre tungstene", "hZr4tLq8vNb2"] {
            let found = estimate(strong, &["Nadia Benali"]);
            assert!(found.is_enough(), "{strong}: {found:?}");
        }
        let alone = estimate("q8F!z2Rk7$wLx4Vt", &[]);
        assert!(alone.tenths >= super::ENOUGH_ALONE, "{alone:?}");
    }

    #[test]
    fn says_why() {
        let found = estimate("benali soleil 1991", &["Nadia Benali"]);
        assert_eq!(found.because, [Weakness::Own, Weakness::Common, Weakness::Date]);
    }
}
