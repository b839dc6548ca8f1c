//! P5 and P6: what the text of a rulebook promises.

use base::Month;
use law::situation::read;
use law_ir::{
    Book, ConditionKind, ExprId, Fact, History, Household, Instance, Membership, Op, RuleKind,
    WindowUse, invariants,
};
use law_reference::{Evaluation, Fault, Outcome};
use law_syntax::{FileId, parse};

use super::trial::{Run, Trial, load};
use super::{Counterexample, Proof};
use crate::engine::{Engine, Reference, aids};
use crate::generate::{Knowledge, situation};

/// A book that loads keeps its invariants; its evaluation meets no fault but those a text can mean, and takes
/// no more steps than the text says.
pub fn p5(run: &Run) -> Proof {
    run.each(|trial, run| {
        let broken = invariants::broken(trial.book());
        if !broken.is_empty() {
            return Err(Counterexample::new("P5", trial.seed, &trial.text, broken.join("\n")));
        }
        let mut dice = trial.dice();
        let months = trial.months(&mut dice, run.months);
        let around = months.first().copied().unwrap_or(Month::of(2025, 1));
        let households =
            trial.households(&mut dice, run.households, around, |_| Knowledge::Partial);
        let costs = Costs::of(trial.book());
        for household in &households {
            for month in &months {
                let aids = trial.aids();
                let found = law_reference::evaluate(trial.book(), household, *month, &aids, true);
                if let Some(detail) =
                    unexpected(&found).or_else(|| costs.exceeded(household, &found))
                {
                    let told = Counterexample::new("P5", trial.seed, &trial.text, detail);
                    return Err(told.with(&trial.law, household, *month));
                }
            }
        }
        Ok(households.len() * months.len())
    })
}

/// A fault that no text means.
fn unexpected(found: &Evaluation) -> Option<String> {
    found.trace.entries.iter().find_map(|entry| match &entry.outcome {
        Outcome::Impossible(fault) => match fault.as_ref() {
            Fault::Inconsistent { label } => Some(format!("« {label} » breaks an invariant")),
            Fault::NoValue { .. }
            | Fault::TooLarge { .. }
            | Fault::DivisionByZero { .. }
            | Fault::NoCase { .. } => None,
        },
        Outcome::Known(_) | Outcome::Missing(_) => None,
    })
}

/// For each expression, a bound on the steps of its evaluation, for one person in every group walked over:
/// `fixed + persons × each`, and powers of it when aggregations stand in each other.
struct Costs<'a> {
    book: &'a Book,
}

impl<'a> Costs<'a> {
    fn of(book: &'a Book) -> Self {
        Self { book }
    }

    /// Steps of the expression for a household of that many persons.
    fn steps(&self, expr: ExprId, persons: u64) -> u64 {
        let Some(node) = self.book.node(expr) else { return 0 };
        let below: u64 = invariants::children(&node.op)
            .into_iter()
            .fold(0, |sum, it| sum.saturating_add(self.steps(it, persons)));
        let times = match &node.op {
            Op::Over { window, .. } => self.months(*window),
            // The birth dates that a rank compares are read without a step of their own.
            Op::Aggregate(_) | Op::Count { .. } | Op::Rank { .. } => persons.max(1),
            _ => 1,
        };
        below.saturating_mul(times).saturating_add(1)
    }

    fn months(&self, window: WindowUse) -> u64 {
        let length =
            |first: i32, last: i32| u64::from(last.saturating_sub(first).unsigned_abs()) + 1;
        match window {
            WindowUse::Months { first, last } => length(first, last),
            WindowUse::Year { .. } => 12,
            WindowUse::Named(id) => {
                let versions = self.book.window(id).map(|it| it.versions.as_slice());
                let longest = versions.unwrap_or_default().iter();
                longest.map(|it| length(it.value.0, it.value.1)).max().unwrap_or(0)
            }
        }
    }

    /// The first rule that took more steps than its text says.
    fn exceeded(&self, household: &Household, found: &Evaluation) -> Option<String> {
        let persons = u64::try_from(household.persons.len()).unwrap_or(u64::MAX);
        found.trace.entries.iter().find_map(|entry| {
            let rule = self.book.rule(entry.rule)?;
            let mut bound = self.steps(rule.body, persons);
            if let RuleKind::Aid(aid) = &rule.kind {
                for condition in &aid.conditions {
                    if let ConditionKind::Test(test) = condition.kind {
                        bound = bound.saturating_add(self.steps(test, persons));
                    }
                }
            }
            let taken = u64::try_from(found.trace.steps(entry).len()).unwrap_or(u64::MAX);
            (taken > bound).then(|| format!("{}: {taken} steps, {bound} promised", rule.name))
        })
    }
}

/// What is read, formatted and read again says the same and answers the same; a household written as a
/// document and read again is the same household.
pub fn p6(run: &Run) -> Proof {
    run.each(|trial, run| {
        let told = |detail: String| Counterexample::new("P6", trial.seed, &trial.text, detail);
        let formatted = law_syntax::format(&trial.text)
            .map_err(|it| told(format!("what loads is not formatted: {it:#?}")))?;
        let read_again = |text: &str| parse(FileId(0), text).file.without_spans();
        if read_again(&trial.text) != read_again(&formatted) {
            return Err(told(format!("formatting changed what is said:\n{formatted}")));
        }
        if law_syntax::format(&formatted).ok().as_deref() != Some(formatted.as_str()) {
            return Err(told(format!("formatting twice is not formatting once:\n{formatted}")));
        }
        let Some(law) = load(&formatted) else {
            return Err(told(format!("formatted, it does not load:\n{formatted}")));
        };
        let mut dice = trial.dice();
        let months = trial.months(&mut dice, run.months);
        let around = months.first().copied().unwrap_or(Month::of(2025, 1));
        let households =
            trial.households(&mut dice, run.households, around, |_| Knowledge::Partial);
        let ask = |book| Reference.answer(book, &households, &months, &aids(book));
        if ask(trial.book()) != ask(law.book()) {
            return Err(told(format!("formatted, it answers otherwise:\n{formatted}")));
        }
        for household in &households {
            same_document(trial, grown_up(trial.book(), household)).map_err(told)?;
        }
        Ok(households.len() * months.len())
    })
}

/// The same household with parents older than their children, which documents are refused without.
fn grown_up(book: &Book, household: &Household) -> Household {
    let mut res = household.clone();
    let Some(birth) = book.birth_date else { return res };
    for (rank, person) in household.persons.iter().enumerate() {
        let year = if matches!(person.membership, Membership::Child { .. }) { 2015 } else { 1960 };
        let Some(day) = base::Date::new(year, 2, 15) else { continue };
        let points = vec![(Month::of(1, 1), Some(law::Value::Date(day)))];
        let known = Fact::Known(History { points, until: None, provenance: String::new() });
        res.set_fact(birth, Instance::try_from(rank).unwrap_or(Instance::MAX), known);
    }
    res
}

/// Household → document → household.
fn same_document(trial: &Trial, household: Household) -> Result<(), String> {
    let household = &household;
    let told = situation(trial.book(), household);
    let bytes = serde_json::to_vec(&told).map_err(|error| error.to_string())?;
    let (read_situation, _) = match read(&trial.law, &bytes) {
        Ok(it) => it,
        Err(errors) => return Err(format!("{errors:#?}\n{}", String::from_utf8_lossy(&bytes))),
    };
    let again = read_situation
        .to_household_of_any_age(&trial.law)
        .map_err(|errors| format!("{errors:#?}"))?;
    let facts = |it: &Household| {
        let count = trial.book().inputs.len();
        let mut res = Vec::new();
        for input in 0..count {
            let input = law_ir::InputId::at(input);
            let entity = trial.book().input(input).map(|it| it.entity);
            for instance in 0..entity.map_or(0, |entity| it.count(entity)) {
                let instance = Instance::try_from(instance).unwrap_or(Instance::MAX);
                res.push(match it.fact(input, instance) {
                    Fact::Known(history) => Ok((history.points.clone(), history.until)),
                    other => Err(other.clone()),
                });
            }
        }
        res
    };
    if facts(household) == facts(&again) {
        Ok(())
    } else {
        Err(format!("read again, facts differ:\n{}", String::from_utf8_lossy(&bytes)))
    }
}
