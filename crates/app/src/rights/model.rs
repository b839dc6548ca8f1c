//! Form ↔ answers ↔ situation of the law. Pure: no clock, no network, nothing kept.
//!
//! The answers travel as typed text ([`web::form::Fields`]) from page to page. [`read`] turns them into
//! [`facts::Facts`] and errors in one pass; [`situation`] gives the facts to the law.

pub mod block;
pub mod catalog;
pub mod communes;
pub mod facts;
pub mod home;
pub mod income;
pub mod period;
pub mod reader;
pub mod situation;
pub mod taxes;
pub mod timeline;
pub mod typed;

mod amounts;
mod benefits;

mod people;

use base::{Date, Month};
use web::form::{FieldError, Fields};

use super::fr;
use amounts::Amounts;
use facts::{Facts, Who};
use period::Period;
use reader::Reader;

pub use people::{COUPLE, Couple, couple, present_children};

pub const MAX_CHILDREN: u8 = 12;

/// The pages of the form, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    People,
    Income,
    Taxes,
    Benefits,
    Home,
}

/// Answers read, with everything the pages and the law need.
#[derive(Debug, Clone)]
pub struct Answers {
    pub period: Period,
    pub household: Structure,
    pub facts: Facts,
    pub errors: Vec<FieldError>,
}

/// Who lives here and how they are grouped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    pub couple: Option<Couple>,
    pub people: Vec<Person>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub who: Who,
    /// How to name them on the page.
    pub name: String,
    pub birth: Option<Date>,
    /// Asked, and nobody here knows the date of birth: what depends on the age is asked all the same.
    pub ageless: bool,
    /// A child who lives here half of the time.
    pub shared: bool,
    /// Whose tax return they are on; `None`: one that is not here.
    pub tax_return: Option<u8>,
}

/// Reads every answer. `month` is the month studied when the form does not say.
pub fn read(fields: &Fields, today: Date) -> Answers {
    let (month, month_error) = studied_month(fields, today);
    let period = Period { month };
    let mut reader = Reader {
        fields,
        period,
        today,
        facts: Facts::default(),
        errors: month_error.into_iter().collect(),
        amounts: Amounts::default(),
    };
    let household = people::read(&mut reader);
    income::read(&mut reader, &household);
    taxes::read(&mut reader, &household);
    benefits::read(&mut reader);
    home::read(&mut reader);
    let Reader { mut facts, errors, amounts, .. } = reader;
    amounts.settle(&mut facts);
    Answers { period, household, facts, errors }
}

/// The month whose rights are computed: the one asked for, or the current one.
fn studied_month(fields: &Fields, today: Date) -> (Month, Option<FieldError>) {
    let Some(text) = fields.get(MONTH) else { return (today.month(), None) };
    let last = today.month().plus(MONTHS_AHEAD);
    let message = match typed::month(text) {
        Ok(month) if month <= last => return (month, None),
        Ok(_) => fr::too_far_ahead(last),
        Err(wrong) => fr::wrong(wrong, fr::STUDIED_MONTH),
    };
    (today.month(), Some(FieldError { field: MONTH.to_owned(), message }))
}

/// Later than this the law of today says nothing useful.
const MONTHS_AHEAD: i32 = 36;

/// The name of the field that holds the month studied.
pub const MONTH: &str = "month";

impl Step {
    pub const ALL: [Self; 5] =
        [Self::People, Self::Income, Self::Taxes, Self::Benefits, Self::Home];

    /// The step that asks this field: fields are named after it.
    pub fn of_field(field: &str) -> Option<Self> {
        let (letter, _) = field.split_once('.')?;
        Self::ALL.into_iter().find(|step| step.letter() == letter)
    }

    /// What the names of its fields start with.
    pub fn letter(self) -> &'static str {
        match self {
            Self::People => "p",
            Self::Income => "i",
            Self::Taxes => "t",
            Self::Benefits => "b",
            Self::Home => "h",
        }
    }

    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|it| *it == self)?;
        Self::ALL.get(at + 1).copied()
    }
}

impl Structure {
    pub fn adults(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|it| matches!(it.who, Who::Adult(_)))
    }

    pub fn children(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|it| matches!(it.who, Who::Child(_)))
    }

    /// The adults who file a tax return of their own here, one per return.
    pub fn tax_returns(&self) -> Vec<u8> {
        let mut returns: Vec<u8> = self.adults().filter_map(|it| it.tax_return).collect();
        returns.dedup();
        returns
    }
}

impl Person {
    /// Whole years on the first day of the month; `None` without a date of birth.
    pub fn age(&self, month: Month) -> Option<i32> {
        self.birth.map(|it| it.months_until(month).div_euclid(12))
    }

    /// From 16 a child may earn; younger, the law does not ask.
    pub fn may_earn(&self, month: Month) -> bool {
        // The law may count the birthday from the first day of its month.
        let at_end_of_month = self.age(month.plus(1));
        matches!(self.who, Who::Adult(_))
            || self.ageless
            || at_end_of_month.is_some_and(|age| age >= 16)
    }

    /// The housing aid counts a grown child with a handicap.
    pub fn asks_incapacity(&self, month: Month) -> bool {
        matches!(self.who, Who::Child(_))
            && (self.ageless || self.age(month).is_some_and(|age| age >= 20))
    }
}
