//! Looks for a household that a slip would answer otherwise.
//!
//! The rules that the slip is in are asked directly: their value is what a line of the corpus freezes. The
//! households tried are near known ones, and differ by the facts these rules read.

use base::Month;
use law::Law;
use law_ir::{Book, Household, RuleId};

use super::Mutant;
use super::judge::as_aid;
use super::quarry::Quarry;
use super::readers::{Above, above};
use crate::corpus::{
    Answer, NoValue, Ordinary, Pool, Thresholds, Worth, is_whole, seen, shrunk, values_of,
};
use crate::dice::Dice;

/// A household that tells a slip.
#[derive(Debug)]
pub struct Found {
    pub household: Household,
    pub month: Month,
    /// The rule to freeze with it, when no aid tells the slip.
    pub rule: Option<RuleId>,
}

/// Looks for households that tell slips.
#[derive(Debug)]
pub struct Hunter<'a> {
    law: &'a Law,
    ordinary: &'a Ordinary,
    period: (Month, Month),
    aids: Vec<RuleId>,
    book: Book,
    above: Above,
}

type Drawn = (Household, Month);

/// Households looked at for those that reach the slip, and how many of these are enough.
const LOOKED_AT: usize = 150;
const ENOUGH: usize = 12;

impl<'a> Hunter<'a> {
    pub fn new(law: &'a Law, ordinary: &'a Ordinary, period: (Month, Month)) -> Self {
        let book = law.book().clone();
        Self { law, ordinary, period, aids: law.aids(), above: above(&book), book }
    }

    /// Tries households near the bases, so many times.
    pub fn seek(
        &mut self,
        mutant: &mut Mutant,
        bases: &[Drawn],
        dice: &mut Dice<'_>,
        tries: usize,
    ) -> Option<Found> {
        let quarry = Quarry::of(&self.book, &self.above, mutant);
        let local =
            Pool { law: self.law, landmarks: quarry.landmarks.clone(), period: self.period };
        let wide = Pool::new(self.law, self.period);
        let near = self.reaching(&quarry, bases, dice);
        let mut current = None;
        for attempt in 0..tries {
            if attempt % 6 == 0 {
                let from = if dice.chance(80) { near.as_slice() } else { bases };
                current = from.get(dice.below(from.len())).cloned();
            }
            let Some((household, month)) = current.clone() else { continue };
            let month = self.month(dice, &quarry, month);
            let facts = if dice.chance(50) { &quarry.near } else { &quarry.far };
            let tried = if dice.chance(35) {
                let Some(rule) = dice.pick(&quarry.rules) else { continue };
                let (law, within) = (self.law, Some((&quarry.thresholds, facts)));
                as_aid(&mut self.book, rule, |book| {
                    Thresholds::new(law, book, &[rule]).at_one(dice, &household, month, within)
                })
            } else {
                let pool = if dice.chance(70) { &local } else { &wide };
                vec![pool.near_among(dice, &household, month, facts)]
            };
            for household in tried {
                if let Some(found) = self.kept(mutant, &quarry, &household, month) {
                    return Some(found);
                }
                current = Some((household, month));
            }
        }
        None
    }

    /// The rules of the slip that a household gives another value, or nothing when an aid tells it.
    pub fn told_by(
        &mut self,
        mutant: &mut Mutant,
        household: &Household,
        month: Month,
    ) -> Option<Option<RuleId>> {
        let rules = Quarry::of(&self.book, &self.above, mutant).rules;
        let rule = self.rule_moved(mutant, &rules, household, month)?;
        Some((!self.aids_move(mutant, household, month)).then_some(rule))
    }

    /// The bases where the changed expressions are evaluated; any, when there is none.
    fn reaching(&mut self, quarry: &Quarry, bases: &[Drawn], dice: &mut Dice<'_>) -> Vec<Drawn> {
        let mut res = Vec::new();
        for _ in 0..LOOKED_AT {
            let Some((household, month)) = bases.get(dice.below(bases.len())) else { break };
            let month = self.month(dice, quarry, *month);
            let Some(rule) = dice.pick(&quarry.rules) else { break };
            let (found, exprs, _) =
                as_aid(&mut self.book, rule, |book| seen(book, household, month, &[rule]));
            let reached = if quarry.places.is_empty() {
                found.aids.iter().any(|it| it.status == law::Status::Due)
            } else {
                quarry.places.iter().any(|it| exprs.contains(it))
            };
            if reached && is_whole(household) {
                res.push((household.clone(), month));
            }
            if res.len() >= ENOUGH {
                break;
            }
        }
        if res.is_empty() { bases.iter().take(ENOUGH).cloned().collect() } else { res }
    }

    fn month(&self, dice: &mut Dice<'_>, quarry: &Quarry, month: Month) -> Month {
        let (first, last) = self.period;
        match quarry.months {
            Some((from, to)) if dice.chance(80) => {
                let (from, to) = (from.max(first), to.min(last));
                from.plus(dice.between(0, to.since(from).max(0)))
            }
            // Some values are read one or two years later.
            Some((from, _)) => from.plus(dice.between(0, 36)).clamp(first, last.plus(24)),
            None if dice.chance(10) => first.plus(dice.between(0, last.since(first))),
            None => month,
        }
    }

    fn rule_moved(
        &mut self,
        mutant: &mut Mutant,
        rules: &[RuleId],
        household: &Household,
        month: Month,
    ) -> Option<RuleId> {
        let values = |book: &Book| -> Vec<Vec<Worth>> {
            rules.iter().map(|it| values_of(book, *it, household, month)).collect()
        };
        let right = values(&self.book);
        mutant.swap(&mut self.book);
        let wrong = values(&self.book);
        mutant.swap_back(&mut self.book);
        // A value that is missing tells nothing worth keeping.
        let tells = |(right, wrong): (&Vec<Worth>, &Vec<Worth>)| {
            let mut pairs = right.iter().zip(wrong);
            pairs.any(|(right, wrong)| right != wrong && right.value != Err(NoValue::Missing))
        };
        let moved = right.iter().zip(&wrong).position(tells)?;
        rules.get(moved).copied()
    }

    fn aids_move(&mut self, mutant: &mut Mutant, household: &Household, month: Month) -> bool {
        let answers = |book: &Book| -> Vec<Answer> {
            let found = law_reference::evaluate(book, household, month, &self.aids, false);
            found.aids.iter().map(Answer::of).collect()
        };
        let right = answers(&self.book);
        let mut book = std::mem::take(&mut self.book);
        mutant.swap(&mut book);
        let wrong = answers(&book);
        mutant.swap_back(&mut book);
        self.book = book;
        right != wrong
    }

    /// The household as small as it can be, if it tells the slip.
    fn kept(
        &mut self,
        mutant: &mut Mutant,
        quarry: &Quarry,
        household: &Household,
        month: Month,
    ) -> Option<Found> {
        self.rule_moved(mutant, &quarry.rules, household, month)?;
        let (law, ordinary) = (self.law, self.ordinary);
        let by_aids = self.aids_move(mutant, household, month);
        let small = shrunk(law, ordinary, household, month, |household, month| {
            self.rule_moved(mutant, &quarry.rules, household, month).is_some()
                && (!by_aids || self.aids_move(mutant, household, month))
        })?;
        let rule = self.rule_moved(mutant, &quarry.rules, &small, month)?;
        let rule = (!by_aids).then_some(rule);
        Some(Found { household: small, month, rule })
    }
}
