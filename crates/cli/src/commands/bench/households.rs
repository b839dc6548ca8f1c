//! The households of the batch: those of the witness's cases, as many times as asked, never twice the same.

use std::ops::Range;
use std::path::Path;

use base::Rational;
use law::{Fact, Household, Input, Law, Nature, Value};
use law_testing::{Benefit, Case, read_cases};

use crate::{Refusal, Result, fr, input};

/// Two thousand households drawn for the comparison with the witness, as of May 2026.
const CASES: &str = include_str!("../../../../law-testing/cases/2026-05.jsonl");

/// What repetitions of the same household are spread by, in cents.
const STEP: i64 = 37;

/// Households to repeat.
pub struct Source<'a> {
    law: &'a Law,
    held: Held,
    flows: Vec<bool>,
}

enum Held {
    Ready(Vec<Household>),
    /// The file, and where its lines are.
    OnDemand {
        text: String,
        lines: Vec<Range<usize>>,
    },
}

/// The households of a file of cases, or of those built in.
pub fn of_cases<'a>(law: &'a Law, path: Option<&Path>) -> Result<Source<'a>> {
    let flows = law.book().inputs.iter().map(|it: &Input| it.nature == Nature::Flow).collect();
    let held = match path {
        None => {
            let name = Path::new("2026-05.jsonl");
            let cases = read_cases(CASES).map_err(|error| Refusal(fr::bad_cases(name, &error)))?;
            let household = |case| law_testing::household(law, case).map_err(Refusal);
            Held::Ready(cases.iter().map(household).collect::<Result<_>>()?)
        }
        Some(path) => {
            let text = input::cases(path)?;
            let lines = lines(&text);
            if lines.is_empty() {
                return Err(Refusal(fr::no_cases(path)));
            }
            Held::OnDemand { text, lines }
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

    /// The household of this rank. Those of the first round are as drawn; in the next ones every positive
    /// amount of the month moves by some cents, so that no two are alike.
    pub fn household(&self, rank: usize) -> Result<Household> {
        let drawn = self.drawn().max(1);
        let (round, rank) = (rank / drawn, rank % drawn);
        let mut res = match &self.held {
            Held::Ready(households) => households.get(rank).cloned().ok_or_else(|| unread(rank))?,
            Held::OnDemand { .. } => {
                law_testing::household(self.law, &self.case(rank)?).map_err(Refusal)?
            }
        };
        let more = i64::try_from(round).ok().map(|it| it.saturating_mul(STEP));
        if let Some(more) = more.filter(|it| *it > 0) {
            let more = Rational::from_cents(more % 50_000);
            let facts = res.facts.iter_mut().zip(&self.flows).filter(|(_, flow)| **flow);
            for fact in facts.flat_map(|(facts, _)| facts) {
                raise(fact, more);
            }
        }
        Ok(res)
    }

    /// What the witness answers for the household of this rank, in the order of [`Benefit::ALL`].
    pub fn witness(&self, rank: usize) -> Result<[Rational; Benefit::ALL.len()]> {
        let case = self.case(rank)?;
        Ok(Benefit::ALL.map(|it| it.witness(&case)))
    }

    /// The line of the file, read when it is needed: cases as read take more room than their text.
    fn case(&self, rank: usize) -> Result<Case> {
        let Held::OnDemand { text, lines } = &self.held else { return Err(unread(rank)) };
        let line = lines.get(rank).and_then(|it| text.get(it.clone()));
        let mut cases = read_cases(line.unwrap_or_default()).map_err(|_| unread(rank))?;
        cases.pop().ok_or_else(|| unread(rank))
    }
}

fn unread(rank: usize) -> Refusal {
    Refusal(fr::no_such_case(rank + 1))
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
