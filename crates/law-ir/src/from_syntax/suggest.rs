//! Nearest names, for a word that was misspelt.

/// The candidate closest to `word`, if it is close enough to be a likely slip.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .map(|it| (distance(word, it), it))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, it)| it)
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (idx, from) in a.chars().enumerate() {
        let mut diagonal = idx;
        let mut left = idx.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (to, slot) in b.iter().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal.saturating_add(usize::from(from != *to));
            diagonal = *slot;
            *slot = substituted.min(left.saturating_add(1)).min(diagonal.saturating_add(1));
            left = *slot;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        assert_eq!(distance("loyer", "loyer"), 0);
        assert_eq!(distance("loyé", "loyer"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(nearest("base_rs", ["base_rsa", "bmaf"].into_iter()), Some("base_rsa"));
        assert_eq!(nearest("xyz", ["base_rsa"].into_iter()), None);
    }
}
