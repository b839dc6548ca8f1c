//! Codes that people copy from paper: no letter that looks like another, no word that could offend.

use base::Entropy;

/// Consonants and figures that cannot be taken for each other: without vowels no word appears.
const ALPHABET: &[u8; 25] = b"BCDFGHJKMNPQRSTVWXZ346789";

/// `count` of them, each drawn evenly.
pub fn draw(count: usize, entropy: &mut dyn Entropy) -> String {
    let mut res = String::new();
    while res.len() < count {
        let mut byte = [0];
        entropy.fill(&mut byte);
        // 250 is the last multiple of 25: above it some letters would come more often.
        let [value] = byte;
        if value < 250 {
            let at = usize::from(value % 25);
            res.push(ALPHABET.get(at).map_or('B', |it| char::from(*it)));
        }
    }
    res
}

/// Figures, each drawn evenly.
pub fn draw_figures(count: usize, entropy: &mut dyn Entropy) -> String {
    let mut res = String::new();
    while res.len() < count {
        let mut byte = [0];
        entropy.fill(&mut byte);
        let [value] = byte;
        if value < 250 {
            res.push(char::from(b'0' + value % 10));
        }
    }
    res
}

/// In groups of four, as printed.
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// As it was drawn, however it was typed.
pub fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{draw, grouped, plain};

    struct Count(u8);

    impl base::Entropy for Count {
        fn fill(&mut self, out: &mut [u8]) {
            for byte in out {
                *byte = self.0;
                self.0 = self.0.wrapping_add(1);
            }
        }
    }

    #[test]
    fn typed_as_printed_or_not() {
        let code = draw(12, &mut Count(245));
        assert_eq!(code, "WXZ34BCDFGHJ".replace("WXZ34", "46789"));
        assert_eq!(plain(&grouped(&code).to_lowercase()), code);
    }
}
