//! When the rules have no answer at all.

use std::fmt;

use base::Month;

/// The rules cannot be evaluated: not a refusal, not a missing fact. Told in one French sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A dated value is not known in that month.
    NoValue {
        label: String,
        month: Month,
        first: Option<Month>,
    },
    /// A number has outgrown what exact arithmetic holds.
    TooLarge {
        label: String,
    },
    DivisionByZero {
        label: String,
    },
    /// No case of a `selon`, no line of a table.
    NoCase {
        label: String,
    },
    /// The book broke its own invariant; never expected.
    Inconsistent {
        label: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue { label, month, first: Some(first) } if month < first => write!(
                f,
                "les règles ne connaissent pas « {label} » pour le mois {month} : elles commencent en {first}"
            ),
            Self::NoValue { label, month, .. } => {
                write!(f, "les règles ne connaissent pas « {label} » pour le mois {month}")
            }
            Self::TooLarge { label } => {
                write!(f, "un nombre est trop grand pour le calcul de « {label} »")
            }
            Self::DivisionByZero { label } => {
                write!(f, "le calcul de « {label} » divise par zéro")
            }
            Self::NoCase { label } => {
                write!(f, "le calcul de « {label} » rencontre un cas que la règle ne prévoit pas")
            }
            Self::Inconsistent { label } => {
                write!(f, "le calcul de « {label} » n’a pas pu être mené à bien")
            }
        }
    }
}

impl std::error::Error for Fault {}
