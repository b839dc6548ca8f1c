//! Identifiers of records: they sort by time of creation and say nothing else.

use std::fmt;
use std::str::FromStr;

use base::{Entropy, Moment};

use crate::{FromValue, Value};

/// A version 7 UUID: a time to the millisecond, then 74 random bits. Never shown to a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(uuid::Uuid);

/// The text was not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl Id {
    pub fn new(now: Moment, entropy: &mut dyn Entropy) -> Self {
        let mut random = [0; 10];
        entropy.fill(&mut random);
        // Instants before 1970 only happen in tests of retention.
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_hyphenated())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    /// Only as [`Id`] writes itself: one record, one address.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let id = uuid::Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)?;
        if id.to_string() == text { Ok(id) } else { Err(NotAnId) }
    }
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier")
    }
}

impl std::error::Error for NotAnId {}

impl From<Id> for Value {
    fn from(it: Id) -> Self {
        Self::Text(it.to_string())
    }
}

impl FromValue for Id {
    const KIND: &'static str = "identifier";

    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}

impl From<Moment> for Value {
    fn from(it: Moment) -> Self {
        Self::Text(it.to_string())
    }
}

impl FromValue for Moment {
    const KIND: &'static str = "instant";

    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}

impl From<base::Date> for Value {
    fn from(it: base::Date) -> Self {
        Self::Text(it.to_string())
    }
}

impl FromValue for base::Date {
    const KIND: &'static str = "date";

    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}
