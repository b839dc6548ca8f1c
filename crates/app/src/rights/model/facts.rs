//! What the answers say, fact by fact, before it meets the law.

use std::collections::BTreeMap;
use std::fmt;

use base::{Date, Month, Rational};

/// A person of the form. The order is the one of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// 1 or 2.
    Adult(u8),
    /// 1 to [`super::MAX_CHILDREN`].
    Child(u8),
}

/// Whose fact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Person(Who),
    Family,
    Dwelling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datum {
    Number(Rational),
    Bool(bool),
    Date(Date),
    /// The name of a case of the law.
    Case(&'static str),
}

/// Where a fact comes from, said next to it in the explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Declared,
    TaxNotice,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Holds all the time.
    Always(Datum),
    /// Asked, and the person does not know.
    Unknown,
    /// What each month is known to be; `None` from a month nobody told about.
    Since { points: Vec<(Month, Option<Datum>)>, until: Option<Month>, source: Source },
}

/// The facts, and for each one the field of the form that asks it, answered or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub known: BTreeMap<(Owner, &'static str), Fact>,
    pub asked_at: BTreeMap<(Owner, &'static str), String>,
    /// The same fact asked for a given year, on the page of the tax notice.
    pub asked_for_year: BTreeMap<(Owner, &'static str, i32), String>,
}

impl Fact {
    /// The amount known for this month.
    pub fn amount_in(&self, month: Month) -> Option<Rational> {
        let datum = match self {
            Self::Always(datum) => Some(*datum),
            Self::Unknown => None,
            Self::Since { until: Some(until), .. } if month > *until => None,
            Self::Since { points, .. } => {
                points.iter().rev().find(|(from, _)| *from <= month).and_then(|(_, datum)| *datum)
            }
        };
        match datum {
            Some(Datum::Number(amount)) => Some(amount),
            _ => None,
        }
    }
}

impl Facts {
    /// Says where the form asks a fact. The first field wins: it is the one to show first.
    pub fn asked(&mut self, owner: Owner, fact: &'static str, field: &str) {
        self.asked_at.entry((owner, fact)).or_insert_with(|| field.to_owned());
    }

    pub fn asked_for_year(&mut self, owner: Owner, fact: &'static str, year: i32, field: &str) {
        self.asked_for_year.insert((owner, fact, year), field.to_owned());
    }

    /// The field that asks a fact for the year of `month`; the general one when there is no such field.
    pub fn field_for(&self, owner: Owner, fact: &str, month: Month) -> Option<&str> {
        let yearly = self
            .asked_for_year
            .iter()
            .find(|((it, name, year), _)| *it == owner && *name == fact && *year == month.year());
        let general = || self.asked_at.iter().find(|((it, name), _)| *it == owner && *name == fact);
        yearly
            .map(|(_, field)| field.as_str())
            .or_else(|| general().map(|(_, field)| field.as_str()))
    }

    pub fn tell(&mut self, owner: Owner, fact: &'static str, value: Fact) {
        self.known.insert((owner, fact), value);
    }

    pub fn always(&mut self, owner: Owner, fact: &'static str, datum: Datum) {
        self.tell(owner, fact, Fact::Always(datum));
    }
}

/// `a1`, `e3`: in the names of fields and as identifier in a situation.
impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Adult(n) => write!(f, "a{n}"),
            Self::Child(n) => write!(f, "e{n}"),
        }
    }
}
