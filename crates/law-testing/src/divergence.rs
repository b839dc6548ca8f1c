//! Why we may differ from the witness, and where we know that we do.
//!
//! A class is a narrow predicate over the case, the side on which we then stand, the reason why our answer
//! is right there, and the text that says so. A gap that no class explains is a bug, ours or one more of
//! the witness's to be written down.

mod aide_logement;
mod inherited;
mod prestations_familiales;
mod prime_activite;
mod rsa;

use base::{Month, Rational};

use crate::compare::distance;
use crate::{Benefit, Case};

/// A known disagreement.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
    pub benefits: &'static [Benefit],
    /// In French, for the report.
    pub reason: &'static str,
    /// The text that settles it.
    pub source: &'static str,
    pub side: Side,
    /// Whether the household is one on which the readings differ, in the month of the gap.
    pub(crate) concerns: fn(&Gap<'_>) -> bool,
}

/// How our answer compares with the witness's when the class applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    More,
    Less,
    Either,
    /// By at most so many euros.
    Little(i64),
    /// More by at most so many euros.
    LittleMore(i64),
    /// One answers nothing, the other at most so many euros.
    Threshold(i64),
    /// One answers nothing.
    AllOrNothing,
}

/// A case on which we differ.
#[derive(Debug, Clone, Copy)]
pub struct Gap<'a> {
    pub case: &'a Case,
    pub month: Month,
    pub benefit: Benefit,
    pub ours: Rational,
    pub witness: Rational,
    /// How far apart we are on each of the other benefits of the case.
    pub others: &'a [(Benefit, Rational)],
}

/// Every class, the narrowest first: the first that explains a gap takes it.
pub fn classes() -> impl Iterator<Item = &'static Class> {
    let own = [
        rsa::CLASSES,
        prime_activite::CLASSES,
        prestations_familiales::CLASSES,
        prestations_familiales::COUNTED,
        aide_logement::CLASSES,
        inherited::CLASSES,
    ];
    own.into_iter().flatten()
}

/// The class that explains the gap.
pub(crate) fn explaining(gap: &Gap<'_>) -> Option<&'static Class> {
    classes().find(|class| class.explains(gap))
}

impl Class {
    pub fn explains(&self, gap: &Gap<'_>) -> bool {
        self.benefits.contains(&gap.benefit) && self.side.holds(gap) && (self.concerns)(gap)
    }
}

impl Gap<'_> {
    pub(crate) fn size(&self) -> Rational {
        distance(self.ours, self.witness)
    }

    /// One of the two answers nothing.
    pub(crate) fn is_all_or_nothing(&self) -> bool {
        self.ours.is_zero() || self.witness.is_zero()
    }
}

impl Side {
    fn holds(self, gap: &Gap<'_>) -> bool {
        let within = self.at_most().is_none_or(|most| gap.size() <= most);
        within
            && match self {
                Self::More | Self::LittleMore(_) => gap.ours > gap.witness,
                Self::Less => gap.ours < gap.witness,
                Self::Either | Self::Little(_) => true,
                Self::Threshold(_) | Self::AllOrNothing => gap.is_all_or_nothing(),
            }
    }

    /// A few euros at most: the class may show in one month and stay within the tolerance in another.
    fn is_small(self) -> bool {
        self.at_most().is_some_and(|most| most <= Rational::from(40))
    }

    /// The largest gap the class may make, if it has a limit.
    fn at_most(self) -> Option<Rational> {
        match self {
            Self::Little(euros) | Self::LittleMore(euros) | Self::Threshold(euros) => {
                Some(Rational::from(euros))
            }
            Self::More | Self::Less | Self::Either | Self::AllOrNothing => None,
        }
    }
}
