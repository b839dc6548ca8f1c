//! One cell of a table of persons, whatever the table is made of.

use std::borrow::Cow;

use base::{Date, Rational};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing was asked.
    Empty,
    /// Text as people write it: still to be read as a number, a date, a choice…
    Text(Cow<'a, str>),
    Number(Rational),
    Bool(bool),
    Date(Date),
    /// A list of texts.
    List(Vec<String>),
    /// The column cannot hold such a thing: what it holds, in words.
    Unreadable(String),
}

/// Rows of persons and their columns: records of a CSV file, Arrow arrays.
pub trait Cells {
    /// The cell at a column and a row; empty outside the table.
    fn cell(&self, column: usize, row: usize) -> Cell<'_>;
}

impl<'a> Cell<'a> {
    /// A text without the blanks around it; nothing left is an empty cell.
    pub fn text(text: &'a str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(Cow::Borrowed(text)),
        }
    }

    /// The cell as a name: numbers are names too (`12` is household 12).
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(text.clone().into_owned()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(value) => Some(if *value { "vrai" } else { "faux" }.to_owned()),
            Self::Date(date) => Some(date.to_string()),
            Self::List(names) => Some(names.join(", ")),
            Self::Unreadable(what) => Some(what.clone()),
        }
    }
}

/// The day so many days after 1970-01-01.
pub(crate) fn day(since_1970: i64) -> Option<Date> {
    // Days from 0000-03-01, so that the leap day ends its year: eras of 400 years, then years, then months
    // of 153 days for each five.
    let days = since_1970.checked_add(719_468)?;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (days, text) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_513, "2026-03-01"),
            (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"),
        ] {
            assert_eq!(day(days), text.parse().ok(), "{days}");
        }
        assert_eq!(day(i64::MAX), None);
        assert_eq!(day(40_000_000), None, "beyond the calendar");
    }

    #[test]
    fn blanks_are_nothing() {
        assert_eq!(Cell::text(" \t"), Cell::Empty);
        assert_eq!(Cell::text(" ? "), Cell::Text("?".into()));
        assert_eq!(Cell::Number(Rational::from(12)).name(), Some("12".to_owned()));
    }
}
