//! A whole rulebook, as text.

use super::items;
use super::scope::{Here, Named, Of, Scope, Ty};
use crate::dice::Dice;

/// A rulebook being written.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(super) dice: Dice<'a>,
    pub(super) scope: Scope,
    pub(super) text: String,
    /// The expression being written speaks of the members of a group.
    pub(super) speaks_of_roles: bool,
    /// How many names have been given.
    pub(super) names: usize,
}

/// The text of a rulebook. The same choices give the same text.
///
/// ```
/// use law_testing::{dice::Dice, generate::rulebook};
/// let text = rulebook(Dice::seeded(7));
/// assert_eq!(text, rulebook(Dice::seeded(7)));
/// assert!(text.contains("aide "));
/// ```
pub fn rulebook(dice: Dice<'_>) -> String {
    let mut draft = Draft {
        dice,
        scope: Scope::default(),
        text: String::new(),
        speaks_of_roles: false,
        names: 0,
    };
    items::birth_date(&mut draft);
    for _ in 0..draft.dice.below(3) {
        items::enumeration(&mut draft);
    }
    for _ in 0..2 + draft.dice.below(4) {
        items::param(&mut draft);
    }
    for _ in 0..draft.dice.below(3) {
        items::table(&mut draft);
    }
    for _ in 0..draft.dice.below(3) {
        items::window(&mut draft);
    }
    for _ in 0..4 + draft.dice.below(8) {
        items::input(&mut draft);
    }
    for _ in 0..2 + draft.dice.below(8) {
        match draft.dice.below(5) {
            0 => items::function(&mut draft),
            _ => items::rule(&mut draft),
        }
    }
    for _ in 0..1 + draft.dice.below(3) {
        items::aid(&mut draft);
    }
    draft.text
}

impl Draft<'_> {
    pub(super) fn fresh(&mut self, letter: char) -> String {
        self.names = self.names.saturating_add(1);
        format!("{letter}{}", self.names)
    }

    pub(super) fn any_entity(&mut self) -> Of {
        // Persons and families first: most of the law is about them.
        match self.dice.below(6) {
            0 | 1 => Of::Person,
            2 | 3 => Of::Family,
            4 => Of::TaxHousehold,
            _ => Of::Dwelling,
        }
    }

    /// Makes the name readable from what is written next.
    pub(super) fn declare(&mut self, name: &str, ty: Ty, of: Of) {
        self.scope.named.push(Named { name: name.to_owned(), ty, of });
    }

    /// ` source « … »`, or nothing: a value without a source is a warning, not a mistake.
    pub(super) fn source(&mut self) -> &'static str {
        self.dice.one_of(["", " source « décret n° 2025-1, art. 2 »", " source « CSS L521-1 »"])
    }

    pub(super) fn body(&mut self, ty: Ty, here: &Here) -> String {
        let depth = 1 + u32::try_from(self.dice.below(3)).unwrap_or(0);
        self.expr(ty, here, depth)
    }
}
