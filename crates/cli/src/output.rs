//! Writing to the standard output.

use std::io::{self, IsTerminal, Write};

use crate::{Refusal, Result, fr};

/// Writes a text; a reader that has left (`| head`) is no mistake.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Refusal(fr::unwritable(&error)))
        }
        _ => Ok(()),
    }
}

/// Whether the standard output shows colours: a terminal, and nobody has said no (https://no-color.org).
pub fn color() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

pub fn print_json(json: &serde_json::Value) -> Result<()> {
    print(&format!("{json:#}\n"))
}

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Columns as wide as their widest cell, two blanks between; a last column of text is folded.
pub fn table(header: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = header.iter().map(|(name, _)| width(name)).collect();
    for row in rows {
        for (cell, slot) in row.iter().zip(&mut widths) {
            *slot = width(cell).max(*slot);
        }
    }
    let names = header.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>();
    let rule: Vec<_> = widths.iter().map(|it| "─".repeat((*it).min(LAST_WIDTH))).collect();
    let mut res = String::new();
    for row in [names, rule].iter().chain(rows) {
        write_row(&mut res, header, row, &widths);
    }
    res
}

const LAST_WIDTH: usize = 72;

fn write_row(res: &mut String, header: &[(&str, Align)], row: &[String], widths: &[usize]) {
    let Some((last, cells)) = row.split_last() else { return };
    let mut start = String::new();
    for ((cell, (_, align)), width_of) in cells.iter().zip(header).zip(widths) {
        let blank = " ".repeat(width_of - width(cell));
        match align {
            Align::Left => start.extend([cell, blank.as_str()]),
            Align::Right => start.extend([blank.as_str(), cell]),
        }
        start.push_str("  ");
    }
    let right = header.last().is_some_and(|(_, align)| *align == Align::Right);
    let lines = match widths.last() {
        Some(width_of) if right => vec![format!("{}{last}", " ".repeat(width_of - width(last)))],
        _ => fold(last, LAST_WIDTH),
    };
    let indent = " ".repeat(width(&start));
    for (idx, line) in lines.iter().enumerate() {
        res.push_str(if idx == 0 { &start } else { &indent });
        res.push_str(line);
        res.truncate(res.trim_end_matches(' ').len());
        res.push('\n');
    }
}

/// Breaks a text at blanks into lines of at most `most` characters; a longer word stands alone.
pub fn fold(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // Only plain blanks break a line: « 1 234,56 € » holds no-break ones.
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + 1 + width(word) <= most {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

pub fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_under_one_another_and_sentences_fold() {
        let header = [("Aide", Align::Left), ("€", Align::Right)];
        let rows =
            [vec!["rsa".to_owned(), "9".to_owned()], vec!["af".to_owned(), "153".to_owned()]];
        assert_eq!(table(&header, &rows), "Aide    €\n────  ───\nrsa     9\naf    153\n");
        assert_eq!(fold("un deux trois", 7), ["un deux", "trois"]);
        assert_eq!(fold("1\u{202f}234,56\u{a0}€ dus", 8), ["1\u{202f}234,56\u{a0}€", "dus"]);
    }
}
