//! Names as people type them: folded to what two writings of one name share.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents; everything that is not a letter or a digit is a space, once.
///
/// ```
/// use app::people::names::folded;
/// assert_eq!(folded("  Marie-Hélène D’Almeida "), "marie helene d almeida");
/// assert_eq!(folded("ŠAHİN Łukasz"), "sahin lukasz");
/// ```
pub fn folded(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    for c in text.nfd().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => res.push_str(letters),
            None if is_combining_mark(c) => {}
            // Other alphabets stay as they are: a name in Arabic or Cyrillic letters is found as typed.
            None if c.is_alphanumeric() => res.push(c),
            None if res.is_empty() || res.ends_with(' ') => {}
            None => res.push(' '),
        }
    }
    res.truncate(res.trim_end().len());
    res
}

/// The words of a name, and each pair of neighbours written together: « El Khadri », « Elkhadri ».
pub fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let alone: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    let together = alone.windows(2).map(<[&str]>::concat);
    let mut res: Vec<String> = alone.iter().map(|it| (*it).to_owned()).chain(together).collect();
    res.sort_unstable();
    res.dedup();
    res
}

/// The words alone.
pub fn parts(text: &str) -> Vec<String> {
    folded(text).split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The letters that are no letter with an accent.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŀ' | 'ł' => "l",
        'ø' => "o",
        'ŧ' => "t",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writings_of_one_name() {
        assert_eq!(folded("Lea\u{301}"), folded("Léa"));
        assert_eq!(folded("O'Connor"), "o connor");
        assert_eq!(folded("Nguyễn Thị Hương"), "nguyen thi huong");
        assert_eq!(folded("Œuvrard"), "oeuvrard");
        assert_eq!(folded("محمد"), "محمد");
        assert_eq!(words("El Khadri"), ["el", "elkhadri", "khadri"]);
        assert!(words(" - ").is_empty());
    }
}
