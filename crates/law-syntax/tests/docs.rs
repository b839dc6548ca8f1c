//! The language reference is read by the parser it specifies, and so is the law of the house.

use std::path::{Path, PathBuf};

use law_syntax::{FileId, SourceFile, format, parse, render};

/// The examples of the language reference.
pub fn reference() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/droit.md");
    let text = std::fs::read_to_string(path).unwrap();
    let start = text.find("```droit\n").unwrap() + "```droit\n".len();
    let end = start + text[start..].find("```").unwrap();
    text[start..end].to_owned()
}

/// Formatting changes nothing but the layout, and changes it once.
#[track_caller]
pub fn check_format_is_faithful(text: &str) {
    let formatted = format(text).unwrap();
    let read = |text: &str| parse(FileId(0), text).file.without_spans();
    assert_eq!(read(text), read(&formatted), "{formatted}");
    assert_eq!(format(&formatted).unwrap(), formatted);
}

#[test]
fn the_examples_of_the_reference_are_read() {
    let text = reference();
    let parsed = parse(FileId(0), &text);
    let file = SourceFile { name: "droit.md".to_owned(), text: text.clone() };
    assert_eq!(render(&parsed.diagnostics, &[file], false), "");
    assert!(parsed.file.items.len() >= 14);
    check_format_is_faithful(&text);
}

/// Files in the making may be broken; those that are not survive the formatter.
#[test]
fn the_law_of_the_house_survives_the_formatter() {
    let mut files = Vec::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../legislation")), &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let parsed = parse(FileId(0), &text);
        if parsed.diagnostics.is_empty() {
            check_format_is_faithful(&text);
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "droit") {
            files.push(path);
        }
    }
}
