//! Which test of the rules notices a slip.

use std::collections::{BTreeMap, BTreeSet};

use base::{Month, Rational};
use law::{AidResult, Law, Verdict};
use law_ir::{Book, ExprId, Household, Op, RuleId, WindowUse, invariants};
use law_reference::run_example;

use super::{Change, Mutant};
use crate::corpus::{Answer, seen};

/// What noticed the slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Killer {
    /// The rank of an example of the book.
    Example(usize),
    /// The name of a case worked out by hand, or the rank of a line of the corpus.
    Case(String),
}

impl Killer {
    /// `exemple`, `cas` or `corpus`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Example(_) => "exemple",
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

/// The tests of the rules, ready to be tried on slips.
#[derive(Debug)]
pub struct Judge {
    book: Book,
    aids: Vec<RuleId>,
    today: Month,
    cases: Vec<Case>,
    /// Which cases evaluate each expression and each rule.
    exprs: BTreeMap<ExprId, Vec<usize>>,
    rules: BTreeMap<RuleId, Vec<usize>>,
    /// What stands directly above each constant.
    above: BTreeMap<ExprId, Vec<ExprId>>,
}

impl Judge {
    /// `today`: the month of the examples that name none.
    pub fn new(law: &Law, today: Month) -> Self {
        let book = law.book().clone();
        let mut above: BTreeMap<ExprId, Vec<ExprId>> = BTreeMap::new();
        for (rank, node) in book.nodes.iter().enumerate() {
            for child in invariants::children(&node.op) {
                above.entry(child).or_default().push(ExprId::at(rank));
            }
        }
        let (exprs, rules) = (BTreeMap::new(), BTreeMap::new());
        Self { book, aids: law.aids(), today, cases: Vec::new(), exprs, rules, above }
    }

    /// Adds a test.
    pub fn add(&mut self, name: String, household: Household, month: Month, expected: Expected) {
        let rank = self.cases.len();
        let (_, exprs, rules) = seen(&self.book, &household, month, &self.aids);
        for expr in exprs {
            self.exprs.entry(expr).or_default().push(rank);
        }
        for rule in rules {
            self.rules.entry(rule).or_default().push(rank);
        }
        self.cases.push(Case { name, household, month, expected });
    }

    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// The household and month of a test.
    pub fn case(&self, rank: usize) -> Option<(&Household, Month)> {
        self.cases.get(rank).map(|it| (&it.household, it.month))
    }

    /// The first test that notices; `None`: the slip survives.
    pub fn kills(&mut self, mutant: &mut Mutant) -> Option<Killer> {
        let readers = self.readers(mutant);
        mutant.changes.iter_mut().for_each(|it| it.swap(&mut self.book));
        let res = self.example(mutant).or_else(|| self.noticed(&readers));
        mutant.changes.iter_mut().rev().for_each(|it| it.swap(&mut self.book));
        res
    }

    /// Whether the household gets other answers under the slip.
    pub fn differs(&mut self, mutant: &mut Mutant, household: &Household, month: Month) -> bool {
        let right = self.answers(household, month);
        mutant.changes.iter_mut().for_each(|it| it.swap(&mut self.book));
        let wrong = self.answers(household, month);
        mutant.changes.iter_mut().rev().for_each(|it| it.swap(&mut self.book));
        right != wrong
    }

    pub fn answers(&self, household: &Household, month: Month) -> Vec<Answer> {
        let found = law_reference::evaluate(&self.book, household, month, &self.aids, false);
        found.aids.iter().map(Answer::of).collect()
    }

    fn example(&self, _: &Mutant) -> Option<Killer> {
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

    /// The tests whose evaluation reads what is changed.
    pub fn readers(&self, mutant: &Mutant) -> BTreeSet<usize> {
        let mut res = BTreeSet::new();
        for change in &mutant.changes {
            match change {
                Change::Node(id, _) => self.read_expr(*id, &mut res),
                Change::ParamValue(id, ..) | Change::ParamDate(id, ..) => {
                    self.read_by(&mut res, |op| matches!(op, Op::Param(it) if it == id));
                }
                Change::Cell { table: id, .. } => {
                    self.read_by(
                        &mut res,
                        |op| matches!(op, Op::Table { table, .. } if table == id),
                    );
                }
                Change::WindowMonths(id, ..) | Change::WindowDate(id, ..) => {
                    self.read_by(&mut res, |op| {
                        matches!(op, Op::Over { window: WindowUse::Named(it), .. } if it == id)
                    });
                }
                Change::Conditions(id, _) | Change::PaidFrom(id, _) => {
                    res.extend(self.rules.get(id).into_iter().flatten());
                }
            }
        }
        res
    }

    /// Constants leave no step in a trace: what stands above them does.
    fn read_expr(&self, id: ExprId, res: &mut BTreeSet<usize>) {
        if matches!(self.book.node(id).map(|it| &it.op), Some(Op::Const(_))) {
            for parent in self.above.get(&id).into_iter().flatten() {
                res.extend(self.exprs.get(parent).into_iter().flatten());
            }
        } else {
            res.extend(self.exprs.get(&id).into_iter().flatten());
        }
    }

    fn read_by(&self, res: &mut BTreeSet<usize>, is_one: impl Fn(&Op) -> bool) {
        for (rank, node) in self.book.nodes.iter().enumerate() {
            if is_one(&node.op) {
                res.extend(self.exprs.get(&ExprId::at(rank)).into_iter().flatten());
            }
        }
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
