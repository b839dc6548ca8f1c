//! The households of the batch: those of the witness's cases, as many times as asked, never twice the same.

use std::path::Path;

use base::Rational;
use law::{Fact, Household, Input, Law, Nature, Value};
use law_testing::{Case, read_cases};

use crate::{Refusal, Result, fr, input};

/// Two thousand households drawn for the comparison with the witness, as of May 2026.
const CASES: &str = include_str!("../../../../law-testing/cases/2026-05.jsonl");

/// What repetitions of the same household are spread by, in cents.
const STEP: i64 = 37;

/// A few thousand households fit in memory; more are made when they are asked for.
const READY: usize = 5_000;

/// Households to repeat.
pub struct Source<'a> {
    law: &'a Law,
    held: Held,
    flows: Vec<bool>,
}

enum Held {
    Ready(Vec<Household>),
    OnDemand(Vec<Case>),
}

/// The households of a file of cases, or of those built in.
pub fn of_cases<'a>(law: &'a Law, path: Option<&Path>) -> Result<Source<'a>> {
    let read;
    let (text, name) = match path {
        Some(path) => {
            read = input::cases(path)?;
            (read.as_str(), path)
        }
        None => (CASES, Path::new("2026-05.jsonl")),
    };
    let cases = read_cases(text).map_err(|error| Refusal(fr::bad_cases(name, &error)))?;
    if cases.is_empty() {
        return Err(Refusal(fr::no_cases(name)));
    }
    let flows = law.book().inputs.iter().map(|it: &Input| it.nature == Nature::Flow).collect();
    let held = if cases.len() > READY {
        Held::OnDemand(cases)
    } else {
        let household = |case| law_testing::household(law, case).map_err(Refusal);
        Held::Ready(cases.iter().map(household).collect::<Result<_>>()?)
    };
    Ok(Source { law, held, flows })
}

impl Source<'_> {
    /// The household of this rank. Those of the first round are as drawn; in the next ones every positive
    /// amount of the month moves by some cents, so that no two are alike.
    pub fn household(&self, rank: usize) -> Option<Household> {
        let drawn = match &self.held {
            Held::Ready(households) => households.len(),
            Held::OnDemand(cases) => cases.len(),
        };
        let (round, rank) = (rank.checked_div(drawn)?, rank.checked_rem(drawn)?);
        let mut res = match &self.held {
            Held::Ready(households) => households.get(rank)?.clone(),
            Held::OnDemand(cases) => law_testing::household(self.law, cases.get(rank)?).ok()?,
        };
        let more = i64::try_from(round).ok().map(|it| it.saturating_mul(STEP));
        if let Some(more) = more.filter(|it| *it > 0) {
            let more = Rational::from_cents(more % 50_000);
            let facts = res.facts.iter_mut().zip(&self.flows).filter(|(_, flow)| **flow);
            for fact in facts.flat_map(|(facts, _)| facts) {
                raise(fact, more);
            }
        }
        Some(res)
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
