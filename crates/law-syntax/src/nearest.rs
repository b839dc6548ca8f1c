//! "Did you mean…": the nearest of a list of names. The one search of the house: keywords, names of the law,
//! fields of a situation.

/// The name nearest to `word`, if it is near enough to be what was meant. Accents and capitals weigh nothing.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let tolerance = (folded(word).len() / 3).clamp(1, 5);
    nearest_within(word, tolerance, names)
}

/// The name nearest to `word`, at most `tolerance` letters away.
pub(crate) fn nearest_within<'a>(
    word: &str,
    tolerance: usize,
    names: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = folded(word);
    names
        .map(|name| (distance(&wanted, &folded(name)), name))
        .filter(|(distance, _)| *distance <= tolerance)
        .min()
        .map(|(_, name)| name)
}

/// Letters without accents or capitals; words run together, so that `date naissance` is `date_naissance`.
fn folded(text: &str) -> Vec<char> {
    text.chars().take(80).flat_map(char::to_lowercase).filter_map(unaccented).collect()
}

fn unaccented(c: char) -> Option<char> {
    Some(match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        // A letter typed as base and combining accent (macOS): the accent alone goes away.
        '\u{300}'..='\u{36f}' | '_' | ' ' | '-' | '’' | '\'' => return None,
        _ => c,
    })
}

/// Letters to add, remove, change or swap with their neighbour to go from one word to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut left_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut left_b = None;
        for (j, cb) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best = at(&above, j) + usize::from(ca != cb);
            best = best.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if j > 0 && left_a == Some(cb) && left_b == Some(ca) {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
            left_b = Some(cb);
        }
        left_a = Some(ca);
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names = ["loyer", "salaire_net_social", "salaire_imposable", "date_de_naissance"];
        let find = |word| nearest(word, names.into_iter());
        assert_eq!(find("Loyers"), Some("loyer"));
        assert_eq!(find("salaire net"), None, "too far to be sure");
        assert_eq!(find("salaire_net_sociale"), Some("salaire_net_social"));
        assert_eq!(find("date_naissance"), Some("date_de_naissance"));
        assert_eq!(find("zzz"), None);
        assert_eq!(nearest("menages", ["ménages"].into_iter()), Some("ménages"));
    }
}
