//! Whether an aid said possible really has two stories: one answer for which it is due, one for which it is
//! not.
//!
//! Random completions seldom meet a narrow right. Here facts are filled one at a time, keeping only values
//! for which the wanted story is not yet excluded, until it is sure: bounds are right, so that what is found
//! is a completion that tells it.

use base::Rational;
use law::Law;
use law_ir::{Fact, Household, RuleId, Value};
use law_reference::{Status, evaluate};
use law_testing::dice::Dice;
use law_testing::generate::Landmarks;
use law_unknowns::{AidBounds, Certainty, Effort, FactRef, bounds, filled};

use crate::harness::{Trial, hide};
use crate::households::whole;

/// Of one aid: how often it was said possible, how often no completion drawn at random told both stories, and
/// how often none was found by looking for them either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub possible: usize,
    pub constant_when_drawn: usize,
    pub constant: usize,
}

/// Completions drawn at random before both stories are looked for.
const DRAWN: usize = 200;
/// Walks for each story that was not met.
const WALKS: usize = 15;

/// The counts of each aid on so many partial households of the shipped law.
pub fn counts(law: &Law, effort: Effort, households: usize) -> Vec<(RuleId, Count)> {
    let landmarks = Landmarks::of(law.book());
    let aids = law.aids();
    let all = whole(law, usize::MAX);
    let mut res: Vec<_> = aids.iter().map(|it| (*it, Count::default())).collect();
    for (turn, (whole, month)) in all.iter().cycle().take(households).enumerate() {
        let mut dice = Dice::seeded(u64::try_from(turn).unwrap());
        let percent = dice.one_of([2, 5, 10, 30, 60, 100]);
        let partial = hide(&mut dice, law.book(), whole, *month, percent);
        let book = law.book();
        let trial = Trial { book, landmarks: &landmarks, aids: &aids, month: *month, effort };
        trial.count(&mut dice, whole, &partial, &mut res);
    }
    res
}

/// Values tried for one fact before the walk starts again.
const VALUES: usize = 6;
/// Facts filled in one walk; a household has fewer that matter to one aid.
const STEPS: usize = 120;

impl Trial<'_> {
    fn count(
        &self,
        dice: &mut Dice<'_>,
        whole: &Household,
        partial: &Household,
        counts: &mut [(RuleId, Count)],
    ) {
        let said = bounds(self.book, partial, self.month, self.aids, self.effort);
        let mut seen = vec![(false, false); said.len()];
        for round in 0..DRAWN {
            let completed = match round {
                0 => whole.clone(),
                _ => self.completed(dice, partial, whole, round),
            };
            let exact = evaluate(self.book, &completed, self.month, self.aids, false);
            for (slot, exact) in seen.iter_mut().zip(&exact.aids) {
                slot.0 |= exact.status == Status::Due;
                slot.1 |= exact.status != Status::Due;
            }
        }
        let open = said.iter().zip(seen).filter(|(it, _)| it.certainty == Certainty::Possible);
        for (said, (due, not)) in open {
            let (_, count) = counts.iter_mut().find(|(aid, _)| *aid == said.aid).unwrap();
            count.possible += 1;
            count.constant_when_drawn += usize::from(!(due && not));
            let due = due || self.tells(dice, partial, said, true, WALKS);
            let not = not || self.tells(dice, partial, said, false, WALKS);
            count.constant += usize::from(!(due && not));
        }
    }

    /// Whether a completion with this story was found, within so many walks.
    fn tells(
        &self,
        dice: &mut Dice<'_>,
        partial: &Household,
        of: &AidBounds,
        due: bool,
        walks: usize,
    ) -> bool {
        // From households with hardly any income to households drawn anyhow.
        (0..walks).any(|walk| self.walk(dice, partial, of, due, [50, 100, 90, 0, 75][walk % 5]))
    }

    fn walk(
        &self,
        dice: &mut Dice<'_>,
        partial: &Household,
        of: &AidBounds,
        due: bool,
        naught: usize,
    ) -> bool {
        let mut household = partial.clone();
        let Some(mut now) = self.only(&household, of) else { return false };
        for _ in 0..STEPS {
            if is_told(&now, due) {
                return true;
            }
            if now.responsible.is_empty() {
                return false;
            }
            let next = (0..VALUES).find_map(|_| {
                let fact = dice.pick(&now.responsible)?;
                let naught = dice.chance(naught);
                let tried = self.with_value(dice, &household, fact, naught);
                let after = self.only(&tried, of)?;
                (!is_told(&after, !due)).then_some((tried, after))
            });
            match next {
                Some(found) => (household, now) = found,
                None => return false,
            }
        }
        false
    }

    fn only(&self, household: &Household, of: &AidBounds) -> Option<AidBounds> {
        let effort = Effort { splits: 0, corners: true, steps: 8_000 };
        let all = bounds(self.book, household, self.month, &[of.aid], effort);
        all.into_iter().find(|it| it.instance == of.instance)
    }

    fn with_value(
        &self,
        dice: &mut Dice<'_>,
        household: &Household,
        fact: FactRef,
        naught: bool,
    ) -> Household {
        let mut res = household.clone();
        let value = match self.value(dice, &self.book.inputs[fact.input.index()]) {
            Value::Number(_) if naught => Value::Number(Rational::ZERO),
            Value::Number(_) if dice.chance(50) => {
                Value::Number(Rational::from(dice.between(1, 3_000)))
            }
            it => it,
        };
        let whole: Fact = filled(household.fact(fact.input, fact.instance), value, "");
        res.set_fact(fact.input, fact.instance, whole);
        res
    }
}

fn is_told(said: &AidBounds, due: bool) -> bool {
    match said.certainty {
        Certainty::Certain | Certainty::Reserved => due,
        Certainty::Excluded | Certainty::Impossible => !due,
        Certainty::Possible => false,
    }
}

#[test]
fn an_aid_said_possible_mostly_has_two_stories() {
    let counts = counts(Law::national(), Effort::USUAL, 120);
    let sum = |of: fn(&Count) -> usize| counts.iter().map(|(_, it)| of(it)).sum::<usize>();
    let (possible, constant) = (sum(|it| it.possible), sum(|it| it.constant));
    println!("{constant} constant of {possible} possible");
    assert!(possible > 200 && constant * 100 < possible * 8, "{constant} of {possible}");
}
