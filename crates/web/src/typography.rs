//! French typography of a whole page, so that no author has to type invisible spaces.
//!
//! Only the text between tags changes: what people typed, in the values of fields, stays as it was.

/// No-break spaces before `: ; ? ! » % €` and after `«`, and the curly apostrophe.
///
/// ```
/// use web::typography::french;
/// assert_eq!(french("<b title=\"a : b\">L'avis : « oui » ?</b>"),
///     "<b title=\"a : b\">L’avis\u{a0}: «\u{a0}oui\u{a0}»\u{a0}?</b>");
/// ```
pub fn french(html: &str) -> String {
    let mut res = String::with_capacity(html.len() + html.len() / 64);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        push_text(&mut res, text);
        let end = tag_end(tag);
        let (tag, after) = tag.split_at(end);
        res.push_str(tag);
        rest = after;
    }
    push_text(&mut res, rest);
    res
}

/// Where the tag ends: maud always quotes values, and escapes quotes inside them.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Copies whole runs of bytes, and stops only where a rule may apply: pages are long.
fn push_text(res: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b' ' | b'\'' | 0xc2)) {
        let (before, from) = rest.split_at(at);
        res.push_str(before);
        let (written, read) = replaced(from);
        res.push_str(written);
        rest = from.split_at(read).1;
    }
    res.push_str(rest);
}

/// What the start of `text` becomes, and how many of its bytes that stands for.
fn replaced(text: &str) -> (&str, usize) {
    if let Some(after) = text.strip_prefix(' ') {
        let sign = after.starts_with([':', ';', '?', '!', '»', '%', '€']);
        return if sign { ("\u{a0}", 1) } else { (" ", 1) };
    }
    if text.starts_with("« ") {
        return ("«\u{a0}", "« ".len());
    }
    if text.starts_with('\'') {
        return ("’", 1);
    }
    // Another character that starts with the same byte as `«`.
    let len = text.chars().next().map_or(0, char::len_utf8);
    (text.get(..len).unwrap_or_default(), len)
}

#[cfg(test)]
mod tests {
    use super::french;

    #[test]
    fn leaves_alone_what_is_not_french_punctuation() {
        for text in ["", "12:30", "a  b", "°C ¤ «x»", "<a href='x : y'>x</a>", "<p", "«", " "]
        {
            assert_eq!(french(text), text);
        }
        assert_eq!(french("55 % de 3 € !"), "55\u{a0}% de 3\u{a0}€\u{a0}!");
    }
}
