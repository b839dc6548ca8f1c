//! The households of the batch: those of the witness's cases, as many times as asked, never twice the same.

use std::ops::Range;
use std::path::Path;

use base::Rational;
use law::{Fact, Household, Input, Law, Nature, Value};
use law_testing::{Benefit, Case, read_cases};

use crate::{Refusal, Result, fr, input};

/// Two thousand households drawn for the comparison with the witness, as of May 2026.
const CASES: &str = include_str!("../../../../law-testing/cases/2026-05.jsonl");

/// What repetitions of the same household are spread by, in cents, and where they start again.
const STEP: usize = 37;
const SPREAD: usize = 50_000;

/// Households to repeat.
pub struct Source<'a> {
    law: &'a Law,
    held: Held,
    flows: Vec<bool>,
}

enum Held {
    /// Each with the round it stands at: its amounts move in place, a copy would cost more than the law.
    Ready(Vec<(Household, usize)>),
    /// The file, where its lines are, and the households made last.
    OnDemand { text: String, lines: Vec<Range<usize>>, made: Vec<Household> },
}

/// The households of a file of cases, or of those built in.
pub fn of_cases<'a>(law: &'a Law, path: Option<&Path>) -> Result<Source<'a>> {
    let flows = law.book().inputs.iter().map(|it: &Input| it.nature == Nature::Flow).collect();
    let held = match path {
        None => {
            let name = Path::new("2026-05.jsonl");
            let cases = read_cases(CASES).map_err(|error| Refusal(fr::bad_cases(name, &error)))?;
            let household = |case| Ok((law_testing::household(law, case).map_err(Refusal)?, 0));
            let ready = cases.iter().map(household).collect::<Result<Vec<_>>>()?;
            // A copy lies in memory in order; what was built piece by piece does not.
            Held::Ready(ready.clone())
        }
        Some(path) => {
            let text = input::cases(path)?;
            let lines = lines(&text);
            if lines.is_empty() {
                return Err(Refusal(fr::no_cases(path)));
            }
            Held::OnDemand { text, lines, made: Vec::new() }
        }
    };
    Ok(Source { law, held, flows })
}

/// Where the lines that are not blank stand.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let all = text.split_inclusive('\n').map(|line| {
        let range = start..start + line.len();
        start = range.end;
        (line, range)
    });
    all.filter(|(line, _)| !line.trim().is_empty()).map(|(_, range)| range).collect()
}

impl Source<'_> {
    /// How many there are before they are repeated.
    pub fn drawn(&self) -> usize {
        match &self.held {
            Held::Ready(households) => households.len(),
            Held::OnDemand { lines, .. } => lines.len(),
        }
    }

    /// The households of these ranks. Those of the first round are as drawn; in the next ones every positive amount
    /// of the month moves by some cents, so that no two are alike. INVARIANT: fewer ranks than a round has.
    pub fn make(&mut self, ranks: Range<usize>) -> Result<Vec<&Household>> {
        let drawn = self.drawn().max(1);
        if matches!(self.held, Held::OnDemand { .. }) {
            let fresh = |rank| {
                let household = law_testing::household(self.law, &self.case(rank % drawn)?);
                let mut household = household.map_err(Refusal)?;
                spread(&mut household, &self.flows, 0, rank / drawn);
                Ok(household)
            };
            let fresh = ranks.clone().map(fresh).collect::<Result<Vec<_>>>()?;
            if let Held::OnDemand { made, .. } = &mut self.held {
                *made = fresh;
            }
        }
        match &mut self.held {
            Held::OnDemand { made, .. } => Ok(made.iter().collect()),
            Held::Ready(ready) => {
                for rank in ranks.clone() {
                    let (it, at) = ready.get_mut(rank % drawn).ok_or_else(|| unread(rank))?;
                    spread(it, &self.flows, *at, rank / drawn);
                    *at = rank / drawn;
                }
                let one = |rank| ready.get(rank % drawn).map(|(it, _)| it);
                Ok(ranks.filter_map(one).collect())
            }
        }
    }

    /// What the witness answers for the household of this rank, in the order of [`Benefit::ALL`].
    pub fn witness(&self, rank: usize) -> Result<[Rational; Benefit::ALL.len()]> {
        let case = self.case(rank)?;
        Ok(Benefit::ALL.map(|it| it.witness(&case)))
    }

    /// The line of the file, read when it is needed: cases as read take more room than their text.
    fn case(&self, rank: usize) -> Result<Case> {
        let Held::OnDemand { text, lines, .. } = &self.held else { return Err(unread(rank)) };
        let line = lines.get(rank).and_then(|it| text.get(it.clone()));
        let mut cases = read_cases(line.unwrap_or_default()).map_err(|_| unread(rank))?;
        cases.pop().ok_or_else(|| unread(rank))
    }
}

fn unread(rank: usize) -> Refusal {
    Refusal(fr::no_such_case(rank + 1))
}

/// The amounts of the month, from those of a round to those of another.
fn spread(household: &mut Household, flows: &[bool], from: usize, to: usize) {
    let cents = |round: usize| i64::try_from(round * STEP % SPREAD).unwrap_or(0);
    let more = Rational::from_cents(cents(to) - cents(from));
    if more.is_zero() {
        return;
    }
    let facts = household.facts.iter_mut().zip(flows).filter(|(_, flow)| **flow);
    for fact in facts.flat_map(|(facts, _)| facts) {
        raise(fact, more);
    }
}

fn raise(fact: &mut Fact, more: Rational) {
    let Fact::Known(history) = fact else { return };
    for (_, value) in &mut history.points {
        if let Some(Value::Number(it)) = value
            && *it > Rational::ZERO
        {
            *it = it.checked_add(more).unwrap_or(*it);
        }
    }
}
