//! L: words and symbols.

use crate::{Diagnostic, Span};

pub(crate) fn unknown_character(span: Span, text: &str) -> Diagnostic {
    let shown: String = text.chars().take(1).flat_map(shown).collect();
    let res = Diagnostic::error("L01", span, format!("le caractère `{shown}` n’a pas de sens ici"));
    match text.chars().next() {
        Some('$') => res.help("une somme s’écrit en euros : `12 €`"),
        Some('"' | '“' | '”') => res.help("un libellé s’écrit entre `«` et `»`"),
        Some('#') => res.help("un commentaire commence par `--`"),
        Some('[' | ']' | '{' | '}') => res.help("seules les parenthèses `(` et `)` regroupent"),
        Some('&') => res.help("« et » s’écrit `et`"),
        Some('!') => res.help("« non » s’écrit `non`, « différent » s’écrit `≠`"),
        Some('»') => res.help("aucun libellé n’est ouvert par `«` avant ce `»`"),
        _ => res.why("le langage n’emploie que les lettres latines, les chiffres et ses symboles"),
    }
}

/// Invisible characters are shown by their number.
fn shown(c: char) -> Vec<char> {
    if c.is_control() || ('\u{200b}'..='\u{206f}').contains(&c) || c == '`' {
        format!("U+{:04X}", u32::from(c)).chars().collect()
    } else {
        vec![c]
    }
}

pub(crate) fn unclosed_label(span: Span) -> Diagnostic {
    let end = Span { start: span.end, ..span };
    Diagnostic::error("L02", span, "ce libellé n’est pas fermé")
        .label("commence ici")
        .help("fermez-le par `»` ; à l’intérieur d’un libellé, citez avec “ et ”")
        .fix(end, " »")
}

pub(crate) fn foreign_quotes(span: Span, words: &str) -> Diagnostic {
    Diagnostic::error("L03", span, "un libellé s’écrit entre `«` et `»`")
        .help(format!("écrivez `« {words} »`"))
        .fix(span, format!("« {words} »"))
}

pub(crate) fn decimal_point(span: Span, text: &str) -> Diagnostic {
    let comma = text.replace('.', ",");
    Diagnostic::error("L04", span, format!("`{text}` emploie un point décimal"))
        .why("les textes français écrivent la virgule ; un point se confond avec les milliers")
        .help(format!("écrivez `{comma}`"))
        .fix(span, comma)
}

pub(crate) fn number_too_long(span: Span) -> Diagnostic {
    Diagnostic::error("L05", span, "ce nombre a trop de chiffres")
        .why("les calculs sont exacts, sur une trentaine de chiffres au plus")
}

pub(crate) fn no_such_date(span: Span, text: &str) -> Diagnostic {
    Diagnostic::error("L06", span, format!("la date `{text}` n’existe pas"))
        .help("une date s’écrit `AAAA-MM-JJ`, un mois `AAAA-MM`")
}

pub(crate) fn date_shape(span: Span, text: &str, canonical: &str) -> Diagnostic {
    Diagnostic::error("L07", span, format!("la date `{text}` n’est pas écrite `AAAA-MM-JJ`"))
        .why("dans cet ordre, année, mois, jour, une date ne peut pas être lue de deux façons")
        .help(format!("écrivez `{canonical}`"))
        .fix(span, canonical)
}

pub(crate) fn unclosed_link(span: Span) -> Diagnostic {
    let end = Span { start: span.end, ..span };
    Diagnostic::error("L08", span, "ce lien n’est pas fermé")
        .why("un lien est écrit d’un seul tenant, entre `<` et `>`")
        .help("ajoutez `>` à la fin du lien")
        .fix(end, ">")
}

pub(crate) fn mistaken_symbol(span: Span, text: &str, meant: &str) -> Diagnostic {
    Diagnostic::error("L09", span, format!("`{text}` s’écrit `{meant}`")).fix(span, meant)
}

pub(crate) fn not_utf8(span: Span, line: usize) -> Diagnostic {
    Diagnostic::error("L10", span, format!("la ligne {line} n’est pas du texte en UTF-8"))
        .why("dans un autre codage, les lettres accentuées se lisent mal, et les noms avec elles")
        .help("enregistrez le fichier en UTF-8")
}

pub(crate) fn too_big(span: Span) -> Diagnostic {
    Diagnostic::error("L11", span, "ce fichier est trop gros pour être lu")
        .help("partagez-le en plusieurs fichiers du même dossier")
}

pub(crate) fn apostrophe_in_name(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("L12", span, "un nom ne contient pas d’apostrophe")
        .help(format!("écrivez `{name}`"))
        .fix(span, name)
}

pub(crate) fn too_many_mistakes(span: Span, told: usize) -> Diagnostic {
    Diagnostic::error("L13", span, format!("il reste des erreurs après les {told} premières"))
        .help("corrigez les premières, ou vérifiez que ce fichier est bien de la loi")
}
