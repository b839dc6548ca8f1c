//! Diagnostics for machines: editors and `--json`.

use serde_json::{Map, Value, json};

use crate::source::{Lines, lines_of};
use crate::{Diagnostic, Severity, SourceFile, Span};

/// The diagnostics as a JSON array, one object each: `code`, `severity` (`error` or `warning`), `message`,
/// `file`, `line`, `column`, `end` (`line`, `column`), and when there is one `label`, `why`, `help`,
/// `notes` (places with a `message`), `fix` (a place with a `replacement`).
///
/// Lines and columns count from 1, columns in characters.
pub fn to_json(diagnostics: &[Diagnostic], files: &[SourceFile]) -> String {
    let lines = Lines::all(files);
    let all = diagnostics.iter().map(|it| object(it, &lines)).collect();
    let mut text = format!("{:#}", Value::Array(all));
    text.push('\n');
    text
}

fn object(diagnostic: &Diagnostic, lines: &[Lines<'_>]) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut res = Map::new();
    res.insert("code".to_owned(), json!(diagnostic.code));
    res.insert("severity".to_owned(), json!(severity));
    res.insert("message".to_owned(), json!(diagnostic.message));
    res.extend(place(diagnostic.span, lines));
    let texts =
        [("label", &diagnostic.label), ("why", &diagnostic.why), ("help", &diagnostic.help)];
    for (key, text) in texts {
        if let Some(text) = text {
            res.insert(key.to_owned(), json!(text));
        }
    }
    if !diagnostic.notes.is_empty() {
        let note = |(span, text): &(Span, String)| with(place(*span, lines), "message", text);
        res.insert("notes".to_owned(), diagnostic.notes.iter().map(note).collect());
    }
    if let Some(fix) = &diagnostic.fix {
        let fix = with(place(fix.span, lines), "replacement", &fix.replacement);
        res.insert("fix".to_owned(), fix);
    }
    Value::Object(res)
}

fn with(mut place: Map<String, Value>, key: &str, text: &str) -> Value {
    place.insert(key.to_owned(), json!(text));
    Value::Object(place)
}

fn place(span: Span, lines: &[Lines<'_>]) -> Map<String, Value> {
    let mut res = Map::new();
    let Some(lines) = lines_of(lines, span.file) else { return res };
    let range = lines.range(span);
    let (start, end) = (lines.position(range.start), lines.position(range.end));
    res.insert("file".to_owned(), json!(lines.file.name));
    res.insert("line".to_owned(), json!(start.line));
    res.insert("column".to_owned(), json!(start.column));
    res.insert("end".to_owned(), json!({ "line": end.line, "column": end.column }));
    res
}
