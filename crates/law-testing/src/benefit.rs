//! The benefits that both engines compute.

use base::Rational;

use crate::Case;
use crate::reading::SHIFTED_SINCE;

/// A benefit of the witness and the aid of our book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Benefit {
    Rsa,
    Ppa,
    AideLogement,
    Af,
    Cf,
    Asf,
}

impl Benefit {
    pub const ALL: [Self; 6] =
        [Self::Rsa, Self::Ppa, Self::AideLogement, Self::Af, Self::Cf, Self::Asf];

    /// The witness's word.
    pub fn key(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ppa => "ppa",
            Self::AideLogement => "aide_logement",
            Self::Af => "af",
            Self::Cf => "cf",
            Self::Asf => "asf",
        }
    }

    /// The name of the aid in the book.
    pub fn aid(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ppa => "prime_d_activité",
            Self::AideLogement => "aide_au_logement",
            Self::Af => "allocations_familiales",
            Self::Cf => "complément_familial",
            Self::Asf => "asf",
        }
    }

    /// Above this gap two answers differ. The witness counts in 32-bit floats; its housing aid is rounded
    /// down to the euro, and a hair below a whole number costs it one.
    pub fn tolerance(self) -> Rational {
        match self {
            Self::AideLogement => Rational::ONE,
            Self::Rsa | Self::Ppa | Self::Af | Self::Cf | Self::Asf => Rational::from_cents(2),
        }
    }

    /// What the witness answers, over the months that the law of the case's month counts.
    pub fn witness(self, case: &Case) -> Rational {
        let shifted = case.month >= SHIFTED_SINCE();
        match self {
            Self::Rsa if shifted => case.out_m2_m4.rsa,
            Self::Ppa if shifted => case.out_m2_m4.ppa,
            Self::Rsa => case.out.rsa,
            Self::Ppa => case.out.ppa,
            Self::AideLogement => case.out.aide_logement,
            Self::Af => case.out.af,
            Self::Cf => case.out.cf,
            Self::Asf => case.out.asf,
        }
        .0
    }
}
