//! The corpus grown: what reaches something new is kept.

use base::Month;
use law_ir::{Book, Household, RuleId};
use law_reference::Evaluation;

use super::threshold::Thresholds;
use super::{Coverage, Pool};
use crate::dice::Dice;

/// A corpus being grown.
#[derive(Debug)]
pub struct Growth<'a> {
    pub pool: Pool<'a>,
    pub aids: Vec<RuleId>,
    pub coverage: Coverage,
    pub kept: Vec<(Household, Month)>,
}

impl<'a> Growth<'a> {
    pub fn new(pool: Pool<'a>) -> Self {
        let aids = pool.law.aids();
        Self { pool, aids, coverage: Coverage::default(), kept: Vec::new() }
    }

    fn book(&self) -> &'a Book {
        self.pool.law.book()
    }

    pub fn evaluate(&self, household: &Household, month: Month) -> Evaluation {
        law_reference::evaluate(self.book(), household, month, &self.aids, true)
    }

    /// Keeps the household if it reaches something new.
    pub fn offer(&mut self, household: &Household, month: Month) -> bool {
        let evaluation = self.evaluate(household, month);
        let new = self.coverage.add(self.book(), &evaluation) > 0;
        if new {
            self.kept.push((household.clone(), month));
        }
        new
    }

    /// Draws near what is kept, and solves thresholds, that many times.
    pub fn grow(&mut self, dice: &mut Dice<'_>, tries: usize) {
        for _ in 0..tries {
            let at = dice.below(self.kept.len());
            let Some((household, month)) = self.kept.get(at).cloned() else { return };
            if dice.chance(50) {
                let (household, month) = self.pool.near(dice, &household, month);
                self.offer(&household, month);
            } else {
                let thresholds = Thresholds::new(self.pool.law, self.book(), &self.aids);
                for household in thresholds.at_one(dice, &household, month, None) {
                    self.offer(&household, month);
                }
            }
        }
    }
}
