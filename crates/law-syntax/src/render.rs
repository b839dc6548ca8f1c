//! Diagnostics for people: the lines concerned, underlined.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::{Lines, lines_of};
use crate::{Diagnostic, FileId, Severity, SourceFile, Span};

/// The diagnostics as text for a terminal, in their order, a blank line between them.
///
/// ```
/// use law_syntax::{FileId, SourceFile, parse, render};
/// let text = "paramètre seuil : taux\n  depuis 2026-01 : 12.5 %\n";
/// let file = SourceFile { name: "seuil.droit".to_owned(), text: text.to_owned() };
/// let shown = render(&parse(FileId(0), text).diagnostics, &[file], false);
/// assert!(shown.starts_with("erreur[L04] : `12.5` emploie un point décimal\n"));
/// assert!(shown.contains("seuil.droit:2:20"));
/// ```
pub fn render(diagnostics: &[Diagnostic], files: &[SourceFile], color: bool) -> String {
    let lines = Lines::all(files);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let one = |it: &Diagnostic| renderer.render(&[group(it, &lines)]) + "\n";
    diagnostics.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn group<'a>(diagnostic: &'a Diagnostic, lines: &'a [Lines<'a>]) -> Group<'a> {
    // The name carries code and blank: French puts a space before the colon.
    let title = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(format!("erreur[{}] ", diagnostic.code)),
        Severity::Warning => Level::WARNING.with_name(format!("attention[{}] ", diagnostic.code)),
    };
    let mut group = Group::with_title(title.primary_title(diagnostic.message.as_str()));
    let label = diagnostic.label.as_deref().unwrap_or("");
    let mut places = vec![(diagnostic.span, label, AnnotationKind::Primary)];
    places.extend(
        diagnostic.notes.iter().map(|(span, text)| (*span, text.as_str(), AnnotationKind::Context)),
    );
    for file in files_in_order(&places) {
        if let Some(lines) = lines_of(lines, file) {
            let here = places.iter().filter(|(span, _, _)| span.file == file).copied();
            group = group.element(snippet(lines, here.collect()));
        }
    }
    if let Some(why) = &diagnostic.why {
        group = group.element(Level::NOTE.with_name("pourquoi ").message(why));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.with_name("aide ").message(help));
    }
    group
}

/// What is underlined, the words under it, and how much it matters.
type Place<'a> = (Span, &'a str, AnnotationKind);

/// The main one first, each once.
fn files_in_order(places: &[Place<'_>]) -> Vec<FileId> {
    let mut res = Vec::new();
    for (span, _, _) in places {
        if !res.contains(&span.file) {
            res.push(span.file);
        }
    }
    res
}

fn snippet<'a>(lines: &'a Lines<'a>, places: Vec<Place<'a>>) -> Snippet<'a, Annotation<'a>> {
    let ranges: Vec<_> = places.iter().map(|(span, _, _)| lines.range(*span)).collect();
    let start = ranges.iter().map(|it| it.start).min().unwrap_or(0);
    let end = ranges.iter().map(|it| it.end).max().unwrap_or(0);
    let (text, offset, line) = lines.window(start..end);
    let annotations = places.into_iter().zip(ranges).map(|((_, label, kind), range)| {
        let label = (!label.is_empty()).then_some(label);
        kind.span(range.start - offset..range.end - offset).label(label)
    });
    Snippet::source(text).path(lines.file.name.as_str()).line_start(line).annotations(annotations)
}
