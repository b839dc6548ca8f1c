//! What a French name sounds like: *Phonex*, by Frédéric Brouard.
//!
//! Source: « L’art des Soundex », <https://sqlpro.developpez.com/cours/soundex/>, the sixteen steps of *Phonex*
//! (31 March 1999). The last step, which makes a number of the letters, is left out: the letters are hashed anyway.
//! Words come here without accents, so that step 7 only finds the sounds written with two letters.

const VOWELS: &str = "aeiou";
/// Vowels, and the sounds the steps before have written as digits.
const SOUNDED: &str = "aeiouy1234";

/// The sounds of one folded word.
///
/// ```
/// use app::people::phonex::phonex;
/// assert_eq!(phonex("gros"), phonex("grosse"));
/// assert_eq!(phonex("dupont"), phonex("dupond"));
/// ```
pub fn phonex(word: &str) -> String {
    // 1, 2, 3: y sounds i; h is mute but in ch, sh, ph; ph sounds f.
    let text = without_mute_h(&word.replace('y', "i")).replace("ph", "f");
    // 4: a hard g.
    let text = all(text, &[("gain", "kain"), ("gaim", "kaim"), ("gan", "kan"), ("gam", "kam")]);
    // 5: « ain » before a vowel is not the nasal sound.
    let text = ["ain", "ein", "aim", "eim"]
        .iter()
        .fold(text, |text, it| followed(&text, it, "yn", |next| next.is_some_and(is_vowel)));
    // 6: three letters, one sound.
    let nasal = [("ein", "4"), ("ain", "4"), ("eim", "4"), ("aim", "4")];
    let text = all(all(text, &[("eau", "o"), ("oua", "2")]), &nasal);
    // 7: the sounds é and è.
    let open = [("ai", "y"), ("ei", "y"), ("er", "yr"), ("ess", "yss"), ("et", "yt"), ("ez", "yz")];
    let text = all(text, &open);
    // 8: an, on, in, unless a vowel follows.
    let nasal = [("an", "1"), ("on", "1"), ("am", "1"), ("en", "1"), ("em", "1"), ("in", "4")];
    let text = nasal.iter().fold(text, |text, (from, to)| {
        followed(&text, from, to, |next| !next.is_some_and(|it| "aeiou1234".contains(it)))
    });
    // 9: an s between two vowels sounds z.
    let text = voiced_s(&text);
    // 10, 11: two letters, one sound.
    let pairs = [("oe", "e"), ("eu", "e"), ("au", "o"), ("oi", "2"), ("oy", "2"), ("ou", "3")];
    let hissed = [("sch", "5"), ("ch", "5"), ("sh", "5"), ("ss", "s"), ("sc", "s")];
    let text = all(all(text, &pairs), &hissed);
    // 12: c before e and i sounds s.
    let text = followed(&text, "c", "s", |next| next.is_some_and(|it| "ei".contains(it)));
    // 13: the sounds of k.
    let hard = [("c", "k"), ("qu", "k"), ("q", "k"), ("gu", "k"), ("ga", "ka"), ("go", "ko")];
    let text = all(all(text, &hard), &[("gy", "ky")]);
    // 14: sounds that are mistaken for each other on the telephone.
    let near = [("a", "o"), ("d", "t"), ("p", "t"), ("j", "g"), ("b", "f"), ("v", "f"), ("m", "n")];
    // 15, 16: no double letter, no mute ending.
    without_mute_end(&without_doubles(&all(text, &near)))
}

fn all(text: String, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

fn is_vowel(c: char) -> bool {
    VOWELS.contains(c)
}

/// Replaces `from` where the letter after it agrees.
fn followed(text: &str, from: &str, to: &str, agrees: impl Fn(Option<char>) -> bool) -> String {
    let mut res = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, found) = rest.split_at(at);
        let after = found.strip_prefix(from).unwrap_or_default();
        res.push_str(before);
        res.push_str(if agrees(after.chars().next()) { to } else { from });
        rest = after;
    }
    res.push_str(rest);
    res
}

fn without_mute_h(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    for c in text.chars() {
        if c != 'h' || res.ends_with(['c', 's', 'p']) {
            res.push(c);
        }
    }
    res
}

fn voiced_s(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let before = res.chars().last().is_some_and(|it| SOUNDED.contains(it));
        let after = letters.peek().is_some_and(|it| SOUNDED.contains(*it));
        res.push(if c == 's' && before && after { 'z' } else { c });
    }
    res
}

fn without_doubles(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    for c in text.chars() {
        if !res.ends_with(c) {
            res.push(c);
        }
    }
    res
}

/// The article removes a final t or x; a final s or z is as mute, and an e after a consonant too: « Grosse ».
fn without_mute_end(text: &str) -> String {
    let kept = text.trim_end_matches('e');
    let kept = if kept.is_empty() { text } else { kept };
    let bare = kept.trim_end_matches(['t', 'x', 's', 'z']);
    if bare.is_empty() { kept.to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::phonex;

    #[test]
    fn names_that_sound_alike_share_their_key() {
        for (one, other) in [
            ("philippe", "filipe"),
            ("gros", "graux"),
            ("graus", "greaux"),
            ("dupont", "dupond"),
            ("martin", "martain"),
            ("benoit", "benois"),
            ("mathieu", "matthieu"),
            ("thierry", "tieri"),
            ("moreau", "moro"),
            ("quentin", "kantin"),
            ("gaudin", "godain"),
        ] {
            assert_eq!(phonex(one), phonex(other), "{one} {other}");
        }
    }

    #[test]
    fn names_that_do_not_keep_theirs_apart() {
        for (one, other) in [("martin", "durand"), ("lea", "noe"), ("simon", "samir")] {
            assert_ne!(phonex(one), phonex(other), "{one} {other}");
        }
        assert_eq!(phonex(""), "");
        assert_eq!(phonex("e"), "e");
        assert_eq!(phonex("محمد"), "محمد");
    }
}
