//! Days and months of the civil calendar.

use std::fmt;
use std::str::FromStr;

/// A day of the civil calendar, between the years 1 and 9999.
///
/// ```
/// use base::Date;
/// let d: Date = "2024-02-29".parse().unwrap();
/// assert_eq!(d.to_string(), "2024-02-29");
/// assert!("2025-02-29".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A month of the civil calendar: the unit in which the law counts.
///
/// ```
/// use base::Month;
/// let m: Month = "2026-01".parse().unwrap();
/// assert_eq!(m.plus(-1).to_string(), "2025-12");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32); // months since January of year 0

/// The text was not a day (`AAAA-MM-JJ`) or a month (`AAAA-MM`) that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cette date n’existe pas")
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// `None` if there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// INVARIANT: the year is 1 or later, as that of every instant is.
    pub(crate) fn of(date: jiff::civil::Date) -> Self {
        Self(date)
    }

    /// 1 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month_of_year(self) -> i8 {
        self.0.month()
    }

    /// 1 to 31: the day of the month.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The month the day is in.
    pub fn month(self) -> Month {
        Month::of(i32::from(self.0.year()), i32::from(self.0.month()))
    }

    /// The same day `months` later, or the last day of that month when it has none; within the years 1 to 9999.
    ///
    /// ```
    /// use base::Date;
    /// let day: Date = "2026-08-31".parse().unwrap();
    /// assert_eq!(day.plus_months(6).to_string(), "2027-02-28");
    /// ```
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months)))
    }

    /// The day `days` later.
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// Whole months elapsed from this day to the first day of `month`; negative if the day comes later.
    ///
    /// A month has elapsed when the same day number is reached: from the 15th of January to the 1st of
    /// March, one month.
    ///
    /// ```
    /// use base::{Date, Month};
    /// let born: Date = "2012-03-15".parse().unwrap();
    /// let month = |text: &str| text.parse::<Month>().unwrap();
    /// assert_eq!(born.months_until(month("2012-04")), 0);
    /// assert_eq!(born.months_until(month("2013-04")), 12);
    /// assert_eq!(born.months_until(month("2012-03")), -1);
    /// let first: Date = "2012-03-01".parse().unwrap();
    /// assert_eq!(first.months_until(month("2013-03")), 12);
    /// ```
    pub fn months_until(self, month: Month) -> i32 {
        month.0.saturating_sub(self.month().0).saturating_sub(i32::from(self.day() > 1))
    }
}

impl Month {
    /// Month `month` (1 to 12; others carry over to other years) of `year`.
    pub fn of(year: i32, month: i32) -> Self {
        Self(year.saturating_mul(12).saturating_add(month).saturating_sub(1))
    }

    /// The civil year; outside 1 to 9999 after large shifts.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    pub fn month_of_year(self) -> i32 {
        self.0.rem_euclid(12).saturating_add(1)
    }

    /// The month `months` later (earlier if negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// How many months later than `other`.
    pub fn since(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// `None` outside the years 1 to 9999.
    pub fn first_day(self) -> Option<Date> {
        let year = i16::try_from(self.year()).ok()?;
        let month = i8::try_from(self.month_of_year()).ok()?;
        Date::new(year, month, 1)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parts = numbers(text, [4, 2, 2])?;
        let [year, month, day] = parts;
        let year = i16::try_from(year).map_err(|_| NotADate)?;
        let month = i8::try_from(month).map_err(|_| NotADate)?;
        let day = i8::try_from(day).map_err(|_| NotADate)?;
        Self::new(year, month, day).ok_or(NotADate)
    }
}

impl FromStr for Month {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let [year, month] = numbers(text, [4, 2])?;
        if year < 1 || !(1..=12).contains(&month) {
            return Err(NotADate);
        }
        Ok(Self::of(year, month))
    }
}

/// Splits `text` at hyphens into numbers of exactly the given widths.
fn numbers<const N: usize>(text: &str, widths: [usize; N]) -> Result<[i32; N], NotADate> {
    let mut res = [0; N];
    let mut parts = text.split('-');
    for (slot, width) in res.iter_mut().zip(widths) {
        let part = parts.next().ok_or(NotADate)?;
        if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotADate);
        }
        *slot = part.parse().map_err(|_| NotADate)?;
    }
    if parts.next().is_some() { Err(NotADate) } else { Ok(res) }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
