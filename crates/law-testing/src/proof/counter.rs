//! What breaks a property, whole enough to be tried again.

use std::fmt;

use base::Month;
use law::Law;
use law_ir::Household;

use crate::generate::situation;

/// A property that does not hold, and everything needed to see it.
#[derive(Debug, Clone)]
pub struct Counterexample {
    pub property: &'static str,
    pub seed: u64,
    /// The rulebook, made as small as it was found to fail.
    pub text: String,
    pub month: Option<Month>,
    /// The document of the household.
    pub situation: Option<String>,
    /// What was found on both sides.
    pub detail: String,
}

impl Counterexample {
    pub fn new(property: &'static str, seed: u64, text: &str, detail: String) -> Box<Self> {
        let text = text.to_owned();
        Box::new(Self { property, seed, text, month: None, situation: None, detail })
    }

    pub fn with(mut self: Box<Self>, law: &Law, household: &Household, month: Month) -> Box<Self> {
        let document = serde_json::to_string(&situation(law.book(), household));
        self.month = Some(month);
        self.situation = Some(document.unwrap_or_else(|error| error.to_string()));
        self
    }
}

impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} does not hold, seed {}", self.property, self.seed)?;
        writeln!(f, "{}", self.detail)?;
        if let Some(month) = self.month {
            writeln!(f, "month {month}")?;
        }
        writeln!(f, "--- rulebook\n{}", self.text)?;
        match &self.situation {
            Some(situation) => writeln!(f, "--- household\n{situation}"),
            None => Ok(()),
        }
    }
}
