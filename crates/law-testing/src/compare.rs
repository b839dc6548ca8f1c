//! Our answers beside the witness's.

use std::collections::BTreeMap;
use std::thread;

use base::Rational;
use law::{AidResult, Household, Law};

use crate::divergence::{self, Class, Gap};
use crate::{Benefit, Case, adapter, past};

/// What came out of all the cases.
#[derive(Debug, Default)]
pub struct Report {
    pub tallies: BTreeMap<Benefit, Tally>,
    /// How many gaps each class explains, by benefit and name.
    pub classes: BTreeMap<(Benefit, &'static str), usize>,
    /// In the order of the cases.
    pub unexplained: Vec<Unexplained>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub cases: usize,
    /// Within the tolerance.
    pub equal: usize,
    pub explained: usize,
    pub unexplained: usize,
    /// The largest gap left once the explained ones are set aside, in euros.
    pub worst: Rational,
}

/// A gap that no class explains, or no answer where the witness has one.
#[derive(Debug, Clone)]
pub struct Unexplained {
    pub case: u64,
    pub benefit: Benefit,
    /// Or why there is none, in French.
    pub ours: Result<Rational, String>,
    pub witness: Rational,
}

/// One benefit of one case.
#[derive(Debug, Clone)]
enum Finding {
    Equal { gap: Rational },
    Explained(&'static Class),
    Unexplained(Unexplained),
}

/// Compares every case; `done` is called after each, from several threads.
pub fn compare(law: &Law, cases: &[Case], done: impl Fn() + Sync) -> Report {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let size = cases.len().div_ceil(workers).max(1);
    let run = |cases: &[Case]| {
        let found = cases.iter().map(|case| {
            let findings = compare_case(law, case);
            done();
            findings
        });
        found.collect::<Vec<_>>()
    };
    let found = thread::scope(|scope| {
        let run = &run;
        let chunks: Vec<_> =
            cases.chunks(size).map(|cases| scope.spawn(move || run(cases))).collect();
        let joined = chunks.into_iter().filter_map(|it| it.join().ok());
        joined.flatten().collect::<Vec<_>>()
    });
    Report::of(found.into_iter().flatten())
}

/// The findings of one case, one for each benefit.
fn compare_case(law: &Law, case: &Case) -> Vec<(Benefit, Finding)> {
    let answer = answer(law, case);
    let finding = |benefit: Benefit| match &answer {
        Ok(aids) => compare_benefit(law, case, benefit, aids),
        Err(reason) => unexplained(case, benefit, Err(reason.clone())),
    };
    Benefit::ALL.into_iter().map(|it| (it, finding(it))).collect()
}

/// All that our book says of the case; or why it says nothing.
fn answer(law: &Law, case: &Case) -> Result<Vec<AidResult>, String> {
    Ok(law.evaluate_untraced(&household(law, case)?, case.month).aids)
}

/// The household of a case as we evaluate it, with what our rules give it for the three months before.
pub fn household(law: &Law, case: &Case) -> Result<Household, String> {
    let situation = adapter::situation(case);
    let mut household = situation.to_household_of_any_age(law).map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        format!("situation refusée ({} erreurs) : {first}", errors.len())
    })?;
    past::receive(law, &mut household, case.month).map_err(|fault| fault.to_string())?;
    Ok(household)
}

fn compare_benefit(law: &Law, case: &Case, benefit: Benefit, aids: &[AidResult]) -> Finding {
    let Some(aid) = aids.iter().find(|it| it.name == benefit.aid()) else {
        let reason = format!("l’aide « {} » n’est pas dans le recueil", benefit.aid());
        return unexplained(case, benefit, Err(reason));
    };
    let Some(ours) = aid.amount else {
        let fault = aid.fault.as_ref().map(ToString::to_string);
        return unexplained(case, benefit, Err(fault.unwrap_or_else(|| missing(law, aid))));
    };
    let witness = benefit.witness(case);
    let gap = distance(ours, witness);
    if gap <= benefit.tolerance() {
        return Finding::Equal { gap };
    }
    let others = gaps(case, benefit, aids);
    let gap = Gap { case, month: case.month, benefit, ours, witness, others: &others };
    match divergence::explaining(&gap) {
        Some(class) => Finding::Explained(class),
        None => unexplained(case, benefit, Ok(ours)),
    }
}

/// How far apart we are on the other benefits.
fn gaps(case: &Case, but: Benefit, aids: &[AidResult]) -> Vec<(Benefit, Rational)> {
    let gap = |it: Benefit| {
        let ours = aids.iter().find(|aid| aid.name == it.aid())?.amount?;
        Some((it, distance(ours, it.witness(case))))
    };
    Benefit::ALL.into_iter().filter(|it| *it != but).filter_map(gap).collect()
}

fn unexplained(case: &Case, benefit: Benefit, ours: Result<Rational, String>) -> Finding {
    let witness = benefit.witness(case);
    Finding::Unexplained(Unexplained { case: case.id, benefit, ours, witness })
}

fn missing(law: &Law, aid: &AidResult) -> String {
    let names = aid.missing.iter().filter_map(|it| law.book().input(it.input?));
    let mut names: Vec<_> = names.map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    format!("il manque {}", names.join(", "))
}

/// How far apart two amounts are; two numbers too long to subtract are as far as can be.
pub(crate) fn distance(a: Rational, b: Rational) -> Rational {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    high.checked_sub(low).unwrap_or(Rational::from(i64::MAX))
}

impl Report {
    fn of(findings: impl Iterator<Item = (Benefit, Finding)>) -> Self {
        let mut report = Self::default();
        for benefit in Benefit::ALL {
            report.tallies.insert(benefit, Tally::default());
        }
        for (benefit, finding) in findings {
            report.add(benefit, finding);
        }
        report
    }

    fn add(&mut self, benefit: Benefit, finding: Finding) {
        let tally = self.tallies.entry(benefit).or_default();
        tally.cases += 1;
        match finding {
            Finding::Equal { gap } => {
                tally.equal += 1;
                tally.worst = tally.worst.max(gap);
            }
            Finding::Explained(class) => {
                tally.explained += 1;
                *self.classes.entry((benefit, class.name)).or_default() += 1;
            }
            Finding::Unexplained(it) => {
                tally.unexplained += 1;
                if let Ok(ours) = it.ours {
                    tally.worst = tally.worst.max(distance(ours, it.witness));
                }
                self.unexplained.push(it);
            }
        }
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self { cases: 0, equal: 0, explained: 0, unexplained: 0, worst: Rational::ZERO }
    }
}
