//! Just enough HTML to read our own pages as a person does: text, labels, buttons.

use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Open { name: String, attributes: HashMap<String, String> },
    Close(String),
    Text(String),
}

/// Elements that never hold anything.
const VOID: [&str; 4] = ["input", "meta", "link", "br"];

pub fn events(html: &str) -> Vec<Event> {
    let mut res = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, after) = rest.split_at(open);
        if !text.is_empty() {
            res.push(Event::Text(unescaped(text)));
        }
        let end = tag_end(after);
        let tag = &after[1..end];
        rest = &after[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            res.push(Event::Close(name.trim().to_owned()));
        } else if !tag.starts_with('!') {
            res.push(opened(tag));
        }
    }
    res
}

/// The words of the page, in order, as one line; what is only for the eye of a machine is left out.
pub fn visible_text(html: &str) -> String {
    let mut words = Vec::new();
    let mut skipped = 0_u32;
    for event in events(html) {
        match event {
            Event::Open { name, .. } if name == "head" || name == "script" => skipped += 1,
            Event::Close(name) if name == "head" || name == "script" => skipped -= 1,
            Event::Text(text) if skipped == 0 => words.push(text),
            Event::Open { .. } | Event::Close(_) | Event::Text(_) => {}
        }
    }
    plain(&words.join(" "))
}

/// One kind of space, one kind of apostrophe: a test types what its author types.
pub fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '\u{a0}' | '\u{202f}' | '\n' => ' ',
            '’' => '\'',
            other => other,
        })
        .collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn opened(tag: &str) -> Event {
    let tag = tag.trim_end_matches('/');
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let mut attributes = HashMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if let Some(quoted) = after.strip_prefix("=\"").or_else(|| after.strip_prefix("='")) {
            let quote = after.chars().nth(1).unwrap_or('"');
            let close = quoted.find(quote).expect("an attribute is closed");
            attributes.insert(key.to_owned(), unescaped(&quoted[..close]));
            rest = &quoted[close + 1..];
        } else {
            attributes.insert(key.to_owned(), String::new());
            rest = after;
        }
    }
    Event::Open { name: name.to_owned(), attributes }
}

pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    panic!("a tag is not closed: {tag}");
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
