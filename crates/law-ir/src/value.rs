//! What an expression is worth.

use std::cmp::Ordering;

use base::{Date, Rational};

use crate::CaseId;

/// A known value. Numbers are in the unit of their type, never converted behind the reader's back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    Number(Rational),
    Bool(bool),
    Date(Date),
    Case(CaseId),
}

impl Value {
    /// How two numbers or two dates compare; `None` for values that have no order, or not with each other.
    pub fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(&b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(&b)),
            _ => None,
        }
    }

    pub fn as_number(self) -> Option<Rational> {
        match self {
            Self::Number(it) => Some(it),
            Self::Bool(_) | Self::Date(_) | Self::Case(_) => None,
        }
    }

    pub fn as_bool(self) -> Option<bool> {
        match self {
            Self::Bool(it) => Some(it),
            Self::Number(_) | Self::Date(_) | Self::Case(_) => None,
        }
    }

    pub fn as_date(self) -> Option<Date> {
        match self {
            Self::Date(it) => Some(it),
            Self::Number(_) | Self::Bool(_) | Self::Case(_) => None,
        }
    }
}
