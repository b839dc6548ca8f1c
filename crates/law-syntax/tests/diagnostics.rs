//! What people are told of typical mistakes.

use law_syntax::{FileId, SourceFile, parse, render};

#[test]
fn look() {
    let text = std::fs::read_to_string("/tmp/ls/bad.droit").unwrap();
    let parsed = parse(FileId(0), &text);
    let file = SourceFile { name: "bad.droit".to_owned(), text: text.clone() };
    println!("{}", render(&parsed.diagnostics, &[file], false));
}
