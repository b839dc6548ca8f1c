//! What it costs to ask for a fact, and how often an aid is looked at again: small whole numbers.

use law_syntax::ast::{self, LiteralKind};
use law_syntax::{Diagnostic, Span};

use super::Lowering;
use crate::Symbol;
use base::Rational;

/// Reads `demande … secondes` and `connue par … %`.
pub(super) fn lower(lowering: &mut Lowering<'_>, it: &ast::Input) {
    let Some(Symbol::Input(id)) = lowering.book.symbol(&it.name.text) else { return };
    let seconds = it.seconds.as_ref().and_then(|it| seconds(lowering, it));
    let known_by = it.known_by.as_ref().and_then(|it| percentage(lowering, it));
    let Some(input) = lowering.book.inputs.get_mut(id.index()) else { return };
    input.asking.seconds = seconds.unwrap_or(input.asking.seconds);
    input.asking.known_by = known_by.unwrap_or(input.asking.known_by);
}

fn seconds(lowering: &mut Lowering<'_>, literal: &ast::Literal) -> Option<u16> {
    let res = whole(literal, None, 3600);
    if res.is_none() {
        let message = "une réponse demande de 1 à 3 600 secondes, en nombre entier";
        out_of_bounds(lowering, "V10", literal.span, message);
    }
    res
}

fn percentage(lowering: &mut Lowering<'_>, literal: &ast::Literal) -> Option<u8> {
    let res = whole(literal, Some("%"), 100).and_then(|it| u8::try_from(it).ok());
    if res.is_none() {
        let message = "la part de ceux qui savent répondre va de 1 % à 100 %, en nombre entier";
        out_of_bounds(lowering, "V10", literal.span, message);
    }
    res
}

/// The months of `réexamen tous les … mois`; told when they are none.
pub(super) fn review_every(lowering: &mut Lowering<'_>, literal: &ast::Literal) -> Option<u8> {
    let res = whole(literal, Some("mois"), 24).and_then(|it| u8::try_from(it).ok());
    if res.is_none() {
        let message = "un réexamen a lieu tous les 1 à 24 mois, en nombre entier";
        out_of_bounds(lowering, "V11", literal.span, message);
    }
    res
}

/// A whole number from 1 to `most`, in the unit.
fn whole(literal: &ast::Literal, unit: Option<&str>, most: u16) -> Option<u16> {
    let LiteralKind::Number { value, unit: found } = &literal.kind else { return None };
    if found.as_ref().map(|it| it.text.as_str()) != unit {
        return None;
    }
    let count = match unit {
        Some("%") => value.checked_mul(Rational::from(100))?,
        _ => *value,
    };
    (1..=most).find(|it| Rational::from(i64::from(*it)) == count)
}

fn out_of_bounds(lowering: &mut Lowering<'_>, code: &'static str, span: Span, message: &str) {
    lowering.report(Diagnostic::error(code, span, message));
}
