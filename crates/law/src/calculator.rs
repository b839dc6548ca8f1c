//! The aids of one month, for households that come one after the other.

use base::Month;
use law_columns::{Answers, Plan, Scratch};
use law_ir::{Book, Household};

use crate::Law;

/// The aids of a law in one month, compiled: the fastest way to the answer of one household, without the
/// reasons. The answers are those of [`Law::evaluate`], to the last digit.
///
/// ```
/// use law::situation::{self, EXAMPLES};
///
/// let law = law::Law::national();
/// let (_, household) = situation::read(law, EXAMPLES[0].json.as_bytes()).unwrap();
/// let month = "2026-05".parse().unwrap();
/// let mut calculator = law.calculator(month);
/// let answers = calculator.answer(&household);
/// let said = law.evaluate(&household, month);
/// assert_eq!(answers.cell(0, 0, 0, 0).map(|it| it.amount), said.aids.first().map(|it| it.amount));
/// ```
#[derive(Debug)]
pub struct Calculator<'a> {
    book: &'a Book,
    plan: Plan,
    scratch: Scratch,
}

impl Calculator<'_> {
    /// The aids in the order of [`Law::aids`]; the household is the only one of the answers.
    pub fn answer(&mut self, household: &Household) -> Answers {
        self.plan.one(self.book, household, &mut self.scratch)
    }
}

impl Law {
    /// Compiles the aids in that month: some milliseconds, for any number of households.
    pub fn calculator(&self, month: Month) -> Calculator<'_> {
        let plan = Plan::new(self.book(), &self.aids(), &[month]);
        Calculator { book: self.book(), plan, scratch: Scratch::default() }
    }
}
