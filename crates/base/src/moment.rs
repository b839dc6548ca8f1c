//! Instants, to the millisecond.

use std::fmt;
use std::str::FromStr;

use crate::Date;

/// An instant of universal time, to the millisecond, between the years 1 and 9999.
///
/// Written with a fixed width, so that text sorts as time does:
///
/// ```
/// use base::Moment;
/// let at: Moment = "2026-11-22T18:31:05.120Z".parse().unwrap();
/// assert_eq!(at.to_string(), "2026-11-22T18:31:05.120Z");
/// assert!(at.plus_seconds(-1) < at);
/// assert_eq!(at.day_in_paris().to_string(), "2026-11-22");
/// let late: Moment = "2026-11-22T23:30:00.000Z".parse().unwrap();
/// assert_eq!(late.day_in_paris().to_string(), "2026-11-23"); // half past midnight there
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64); // milliseconds since 1970

/// The text was not an instant as [`Moment`] writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMoment;

const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

impl Moment {
    /// Milliseconds since the first of January 1970; beyond the years 1 to 9999, the nearest instant within.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(FIRST, LAST))
    }

    /// Milliseconds since the first of January 1970.
    pub fn millis(self) -> i64 {
        self.0
    }

    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_millis(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// How many whole seconds from `earlier` to this instant; negative if it is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1000)
    }

    /// The day it is in metropolitan France, where winter and summer times alternate by European rule.
    pub fn day_in_paris(self) -> Date {
        Date::of(self.in_paris().date())
    }

    /// The hour it is in metropolitan France, from 0 to 23.
    pub fn hour_in_paris(self) -> i8 {
        self.in_paris().hour()
    }

    /// The minute of that hour.
    pub fn minute_in_paris(self) -> i8 {
        self.in_paris().minute()
    }

    /// Whether it is a Sunday in metropolitan France.
    ///
    /// ```
    /// use base::Moment;
    /// let at: Moment = "2026-11-21T23:30:00.000Z".parse().unwrap();
    /// assert!(at.is_sunday_in_paris()); // half past midnight there
    /// assert_eq!((at.hour_in_paris(), at.minute_in_paris()), (0, 30));
    /// ```
    pub fn is_sunday_in_paris(self) -> bool {
        self.in_paris().weekday() == jiff::civil::Weekday::Sunday
    }

    /// What a clock on a wall there shows.
    fn in_paris(self) -> jiff::Zoned {
        let offset = if self.is_summer_in_europe() { 2 } else { 1 };
        self.plus_seconds(offset * 3600).timestamp().to_zoned(jiff::tz::TimeZone::UTC)
    }

    /// From the last Sunday of March to the last Sunday of October, at one o'clock universal time.
    fn is_summer_in_europe(self) -> bool {
        let year = self.timestamp().to_zoned(jiff::tz::TimeZone::UTC).year();
        let change = |month: i8| {
            let last = jiff::civil::Date::new(year, month, 31).ok()?;
            let back = last.weekday().to_sunday_zero_offset();
            let day = last.checked_sub(jiff::Span::new().days(i64::from(back))).ok()?;
            let at = day.at(1, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            Some(at.timestamp().as_millisecond())
        };
        matches!((change(3), change(10)), (Some(start), Some(end)) if (start..end).contains(&self.0))
    }

    fn timestamp(self) -> jiff::Timestamp {
        // INVARIANT: within the years 1 to 9999, which a timestamp holds.
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cet instant n’existe pas")
    }
}

impl std::error::Error for NotAMoment {}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let at: jiff::Timestamp = text.parse().map_err(|_| NotAMoment)?;
        let moment = Self::from_millis(at.as_millisecond());
        if moment.to_string() == text { Ok(moment) } else { Err(NotAMoment) }
    }
}
