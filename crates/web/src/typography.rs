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

fn push_text(res: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' if matches!(chars.peek(), Some(':' | ';' | '?' | '!' | '»' | '%' | '€')) => res.push('\u{a0}'),
            '«' if chars.peek() == Some(&' ') => {
                chars.next();
                res.push_str("«\u{a0}");
            }
            '\'' => res.push('’'),
            _ => res.push(c),
        }
    }
}
