//! Reading answers: each read either gives a value or leaves an error on its field.

use base::{Date, Month, Rational};
use web::form::{FieldError, Fields};

use super::amounts::Amounts;
use super::facts::{Datum, Fact, Facts, Owner};
use super::period::Period;
use super::typed::{self, Wrong};
use crate::rights::fr;

/// The answers being read, and what comes out of them.
#[derive(Debug)]
pub struct Reader<'a> {
    pub fields: &'a Fields,
    pub period: Period,
    pub today: Date,
    pub facts: Facts,
    pub errors: Vec<FieldError>,
    pub amounts: Amounts,
}

/// An answer chosen among a few words.
pub const YES: &str = "oui";
pub const NO: &str = "non";
pub const UNKNOWN: &str = "inconnu";
pub const NONE: &str = "rien";

/// The name of the « je ne sais pas » beside a box.
pub fn doubt(field: &str) -> String {
    format!("{field}.unknown")
}

impl Reader<'_> {
    pub fn is(&self, field: &str, value: &str) -> bool {
        self.fields.is(field, value)
    }

    /// « Je ne sais pas », ticked beside the box: what is typed in the box does not count.
    pub fn doubted(&self, field: &str) -> bool {
        self.fields.is(&doubt(field), YES)
    }

    /// A number told as a fact that holds all the time.
    pub fn number(
        &mut self,
        owner: Owner,
        fact: &'static str,
        field: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<Rational>,
    ) {
        self.facts.asked(owner, fact, field);
        if self.doubted(field) {
            self.facts.tell(owner, fact, Fact::Unknown);
        } else if let Some(number) = read(self, field) {
            self.facts.always(owner, fact, Datum::Number(number));
        }
    }

    pub fn refuse(&mut self, field: &str, message: String) {
        // One error a field: the first says what to do.
        if self.errors.iter().all(|it| it.field != field) {
            self.errors.push(FieldError { field: field.to_owned(), message });
        }
    }

    /// A day that has come, after 1900.
    pub fn past_date(&mut self, field: &str, what: &str) -> Option<Date> {
        let date = self.typed(field, what, typed::date)?;
        if date > self.today {
            self.refuse(field, fr::in_the_future(what));
            return None;
        }
        if date.year() < 1900 {
            self.refuse(field, fr::too_long_ago(what));
            return None;
        }
        Some(date)
    }

    /// A month from which something holds: not after the month studied.
    pub fn since(&mut self, field: &str, what: &str) -> Option<Month> {
        let month = self.typed(field, what, typed::month)?;
        if month > self.period.month {
            self.refuse(field, fr::after_the_month(what, self.period.month));
            return None;
        }
        if month.year() < 1900 {
            self.refuse(field, fr::too_long_ago(what));
            return None;
        }
        Some(month)
    }

    pub fn money(&mut self, field: &str, what: &str, at_most: i64) -> Option<Rational> {
        let amount = self.typed(field, what, typed::money)?;
        self.bounded(field, what, amount, at_most)
    }

    pub fn count(&mut self, field: &str, what: &str, at_most: i64) -> Option<Rational> {
        let number = self.typed(field, what, typed::count)?;
        self.bounded(field, what, number, at_most)
    }

    /// Yes, no, or "does not know": told as holding all the time.
    pub fn yes_no(&mut self, owner: Owner, fact: &'static str, field: &str) {
        self.facts.asked(owner, fact, field);
        match self.fields.get(field) {
            Some(YES) => self.facts.always(owner, fact, Datum::Bool(true)),
            Some(NO) => self.facts.always(owner, fact, Datum::Bool(false)),
            Some(UNKNOWN) => self.facts.tell(owner, fact, Fact::Unknown),
            _ => {}
        }
    }

    /// One of the cases the law names: the value sent is the name.
    pub fn case(&mut self, field: &str, cases: &[&'static str]) -> Option<&'static str> {
        let chosen = self.fields.get(field)?;
        cases.iter().copied().find(|it| *it == chosen)
    }

    /// A date told as a fact.
    pub fn dated(
        &mut self,
        owner: Owner,
        fact: &'static str,
        field: &str,
        what: &str,
    ) -> Option<Date> {
        self.facts.asked(owner, fact, field);
        if self.doubted(field) {
            self.facts.tell(owner, fact, Fact::Unknown);
            return None;
        }
        let date = self.past_date(field, what)?;
        self.facts.always(owner, fact, Datum::Date(date));
        Some(date)
    }

    fn typed<T>(
        &mut self,
        field: &str,
        what: &str,
        read: fn(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        if self.doubted(field) {
            return None;
        }
        match read(self.fields.get(field)?) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.refuse(field, fr::wrong(wrong, what));
                None
            }
        }
    }

    fn bounded(
        &mut self,
        field: &str,
        what: &str,
        value: Rational,
        at_most: i64,
    ) -> Option<Rational> {
        if value > Rational::from(at_most) {
            self.refuse(field, fr::too_much(what, at_most));
            return None;
        }
        Some(value)
    }
}
