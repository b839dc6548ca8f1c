//! Which law gave an answer: a hash of its text.

use std::fmt::Write as _;

use law_syntax::SourceFile;
use sha2::{Digest, Sha256};

/// SHA-256 of the sorted SHA-256 of the files, one a line: names, folders and order change no result, so
/// they change no fingerprint. Anyone can compute it again:
///
/// ```text
/// find legislation -name '*.droit' -exec sha256sum {} + | cut -c1-64 | LC_ALL=C sort | sha256sum
/// ```
pub(crate) fn of(files: &[SourceFile]) -> String {
    let mut hashes: Vec<_> = files.iter().map(|it| hex(&Sha256::digest(&it.text))).collect();
    hashes.sort_unstable();
    let lines: String = hashes.iter().map(|it| format!("{it}\n")).collect();
    hex(&Sha256::digest(lines))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut res, byte| {
        let _ = write!(res, "{byte:02x}");
        res
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn follows_the_text_and_nothing_else() {
        let law = of(&[file("a", "un"), file("b", "deux")]);
        assert_eq!(law, of(&[file("c/b", "deux"), file("c/a", "un")]), "neither order nor names");
        assert_ne!(law, of(&[file("a", "un"), file("b", "deux ")]), "one blank is another law");
        assert_ne!(law, of(&[file("a", "und"), file("b", "eux")]), "files are not glued together");
        assert_eq!(law.len(), 64);
    }

    #[test]
    fn is_what_sha256sum_says() {
        // printf 'a' | sha256sum | cut -c1-64 | sha256sum
        let expected = "34252b6345db4445ac18211577abc39b293a056401527b69b343c5bb72f4100e";
        assert_eq!(of(&[file("x", "a")]), expected);
    }
}
