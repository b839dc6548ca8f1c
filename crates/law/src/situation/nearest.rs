//! "Did you mean…": the nearest of a list of names.

/// The name nearest to `word`, if it is near enough to be what was meant. Accents and capitals weigh nothing.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(word);
    let tolerance = (wanted.len() / 3).clamp(1, 5);
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

/// Insertions, deletions and replacements from one word to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (idx, a) in from.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = idx.saturating_add(1);
        next.push(left);
        for (b, pair) in to.iter().zip(row.windows(2)) {
            let [diagonal, above] = pair else { continue };
            let replaced = diagonal.saturating_add(usize::from(a != b));
            left = replaced.min(above.saturating_add(1)).min(left.saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
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
