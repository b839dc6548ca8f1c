//! Which test of the rules notices a slip.

use std::collections::BTreeSet;

use base::{Month, Rational};
use law::{AidResult, Law, Verdict};
use law_ir::{AidInfo, Book, Household, RuleId, RuleKind};
use law_reference::run_example;

use super::Mutant;
use super::readers::{Above, Readers, above};
use crate::corpus::{Answer, Worth, seen, values_of};

/// What noticed the slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Killer {
    /// The rank of an example of the book.
    Example(usize),
    /// The name of a case worked out by hand, or the rank of a line of the corpus.
    Case(String),
    /// The name of a line of the corpus where the aids are the same, and a named rule is not.
    Value(String, RuleId),
}

impl Killer {
    /// `exemple`, `cas`, `corpus` or `valeur`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Example(_) => "exemple",
            Self::Value(..) => "valeur",
            Self::Case(name) if name.starts_with("corpus") => "corpus",
            Self::Case(_) => "cas",
        }
    }
}

/// What a case expects.
#[derive(Debug, Clone)]
pub enum Expected {
    /// Everything as it is.
    All(Vec<Answer>),
    /// Some aids: an amount, or a condition that fails.
    Some(Vec<(RuleId, Result<Rational, String>)>),
}

#[derive(Debug)]
struct Case {
    name: String,
    household: Household,
    month: Month,
    expected: Expected,
}

/// The value of a named rule, on the household of a case.
#[derive(Debug)]
struct Check {
    case: usize,
    rule: RuleId,
    values: Vec<Worth>,
}

/// The tests of the rules, ready to be tried on slips.
#[derive(Debug)]
pub struct Judge {
    book: Book,
    aids: Vec<RuleId>,
    today: Month,
    cases: Vec<Case>,
    checks: Vec<Check>,
    readers: Readers,
    check_readers: Readers,
    above: Above,
}

/// The book with that rule made an aid without conditions: its own evaluation then leaves its trace.
pub(super) fn as_aid<R>(book: &mut Book, id: RuleId, then: impl FnOnce(&Book) -> R) -> R {
    let is_aid = book.rule(id).is_some_and(|it| matches!(it.kind, RuleKind::Aid(_)));
    let mut kind = RuleKind::Aid(AidInfo::default());
    let swap = |book: &mut Book, kind: &mut RuleKind| {
        if let Some(rule) = book.rules.get_mut(id.index()).filter(|_| !is_aid) {
            std::mem::swap(&mut rule.kind, kind);
        }
    };
    swap(book, &mut kind);
    let res = then(book);
    swap(book, &mut kind);
    res
}

impl Judge {
    /// `today`: the month of the examples that name none.
    pub fn new(law: &Law, today: Month) -> Self {
        let book = law.book().clone();
        Self {
            above: above(&book),
            aids: law.aids(),
            book,
            today,
            cases: Vec::new(),
            checks: Vec::new(),
            readers: Readers::default(),
            check_readers: Readers::default(),
        }
    }

    /// Adds a test. `rules`: those whose own value is expected to stay too.
    pub fn add(
        &mut self,
        name: String,
        household: Household,
        month: Month,
        expected: Expected,
        rules: &BTreeSet<RuleId>,
    ) -> usize {
        let rank = self.cases.len();
        let (_, exprs, read) = seen(&self.book, &household, month, &self.aids);
        self.readers.add(rank, exprs, read);
        self.cases.push(Case { name, household, month, expected });
        for rule in rules {
            self.check(rank, *rule);
        }
        rank
    }

    /// Also expects the value of that rule on the household of a case.
    pub fn check(&mut self, case: usize, rule: RuleId) {
        let Some(of) = self.cases.get(case) else { return };
        let (_, exprs, read) =
            as_aid(&mut self.book, rule, |book| seen(book, &of.household, of.month, &[rule]));
        self.check_readers.add(self.checks.len(), exprs, read);
        let values = values_of(&self.book, rule, &of.household, of.month);
        self.checks.push(Check { case, rule, values });
    }

    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// The first test that notices; `None`: the slip survives.
    pub fn kills(&mut self, mutant: &mut Mutant) -> Option<Killer> {
        let cases = self.readers.of(&self.book, &self.above, mutant);
        let checks = self.check_readers.of(&self.book, &self.above, mutant);
        mutant.swap(&mut self.book);
        let res = self.example().or_else(|| self.noticed(&cases)).or_else(|| self.moved(&checks));
        mutant.swap_back(&mut self.book);
        res
    }

    fn example(&self) -> Option<Killer> {
        let mut examples = self.book.examples.iter();
        let wrong = examples.position(|it| run_example(&self.book, it, self.today).is_err());
        wrong.map(Killer::Example)
    }

    fn noticed(&self, readers: &BTreeSet<usize>) -> Option<Killer> {
        readers.iter().filter_map(|rank| self.cases.get(*rank)).find_map(|case| {
            let found =
                law_reference::evaluate(&self.book, &case.household, case.month, &self.aids, false);
            (!agrees(&case.expected, &found.aids)).then(|| Killer::Case(case.name.clone()))
        })
    }

    fn moved(&self, readers: &BTreeSet<usize>) -> Option<Killer> {
        readers.iter().filter_map(|rank| self.checks.get(*rank)).find_map(|check| {
            let case = self.cases.get(check.case)?;
            let found = values_of(&self.book, check.rule, &case.household, case.month);
            (found != check.values).then(|| Killer::Value(case.name.clone(), check.rule))
        })
    }
}

fn agrees(expected: &Expected, found: &[AidResult]) -> bool {
    match expected {
        Expected::All(answers) => {
            answers.len() == found.len()
                && answers.iter().zip(found).all(|(answer, found)| *answer == Answer::of(found))
        }
        Expected::Some(some) => some.iter().all(|(aid, expected)| {
            let Some(found) = found.iter().find(|it| it.aid == *aid) else { return false };
            match expected {
                Ok(amount) => found.amount == Some(*amount),
                Err(condition) => found
                    .conditions
                    .iter()
                    .any(|it| it.name == *condition && it.verdict == Verdict::Failed),
            }
        }),
    }
}
