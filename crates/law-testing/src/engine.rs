//! One trait for every way the house evaluates the law.

use base::{Month, Rational};
use law::columns;
use law::unknowns::{AidBounds, Certainty, Effort};
use law::{Book, Household, Instance, RuleId, Status};

/// What is said of one aid, for one instance of its entity, in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub status: Status,
    /// `None` when it cannot be told.
    pub amount: Option<Rational>,
}

/// What an engine answers: `[household][month][aid][instance]`.
///
/// `None`: the engine does not claim to know (bounds that are not one point).
pub type Answers = Vec<Vec<Vec<Vec<Option<Cell>>>>>;

/// One way of evaluating a book.
pub trait Engine: std::fmt::Debug {
    fn name(&self) -> &'static str;

    /// Whether it may answer where the reference lacks a fact: when no value of the fact matters.
    fn knows_more(&self) -> bool {
        false
    }

    fn answer(
        &self,
        book: &Book,
        households: &[Household],
        months: &[Month],
        aids: &[RuleId],
    ) -> Answers;
}

/// The specification.
#[derive(Debug, Clone, Copy)]
pub struct Reference;

impl Engine for Reference {
    fn name(&self) -> &'static str {
        "référence"
    }

    fn answer(
        &self,
        book: &Book,
        households: &[Household],
        months: &[Month],
        aids: &[RuleId],
    ) -> Answers {
        let one = |household: &Household, month: Month| {
            let evaluation = law_reference::evaluate(book, household, month, aids, false);
            let mut found = evaluation.aids.into_iter();
            aids.iter()
                .map(|aid| {
                    let count = book.rule(*aid).map_or(0, |it| household.count(it.entity));
                    let cells = found.by_ref().take(count);
                    cells.map(|it| Some(Cell { status: it.status, amount: it.amount })).collect()
                })
                .collect()
        };
        let all = |household| months.iter().map(|month| one(household, *month)).collect();
        households.iter().map(all).collect()
    }
}

/// Many households at once, in columns.
#[derive(Debug, Clone, Copy)]
pub struct Columns;

impl Engine for Columns {
    fn name(&self) -> &'static str {
        "colonnes"
    }

    fn answer(
        &self,
        book: &Book,
        households: &[Household],
        months: &[Month],
        aids: &[RuleId],
    ) -> Answers {
        let plan = columns::Plan::new(book, aids, months);
        let mut told = columns::Households::new(book);
        households.iter().for_each(|it| told.push(it));
        let found = columns::evaluate(&plan, book, &told);
        let cell = |month, aid, household, instance| {
            let cell = found.cell(month, aid, household, instance)?;
            Some(Cell { status: cell.status, amount: cell.amount })
        };
        (0..households.len())
            .map(|household| {
                let of_aid = |month, aid| {
                    let instances = 0..found.instances(aid, household);
                    instances.map(|it| cell(month, aid, household, it)).collect()
                };
                (0..months.len())
                    .map(|month| (0..aids.len()).map(|aid| of_aid(month, aid)).collect())
                    .collect()
            })
            .collect()
    }
}

/// The aids of a book, hidden ones too.
pub fn aids(book: &Book) -> Vec<RuleId> {
    book.aids().map(|(id, _, _)| id).collect()
}

/// What is sure of one aid, for one instance of its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    pub aid: RuleId,
    pub instance: Instance,
    pub sure: Sure,
    pub low: Rational,
    /// `None`: no upper bound is known.
    pub high: Option<Rational>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// Due whatever the missing answers, conditions a person has to check aside.
    Due,
    Excluded,
    Impossible,
    /// It depends on what is missing.
    Open,
}

/// A way of telling what is sure before everything is known.
pub trait Unknowns: std::fmt::Debug {
    fn bounds(
        &self,
        book: &Book,
        household: &Household,
        month: Month,
        aids: &[RuleId],
    ) -> Vec<Bound>;
}

/// The engine of unknown answers. Given a household known whole, its bounds are one point: the answer.
#[derive(Debug, Clone, Copy)]
pub struct Intervals(pub Effort);

impl Unknowns for Intervals {
    fn bounds(
        &self,
        book: &Book,
        household: &Household,
        month: Month,
        aids: &[RuleId],
    ) -> Vec<Bound> {
        let told = law::unknowns::bounds(book, household, month, aids, self.0);
        let bound = |it: AidBounds| Bound {
            aid: it.aid,
            instance: it.instance,
            sure: match it.certainty {
                Certainty::Certain | Certainty::Reserved => Sure::Due,
                Certainty::Excluded => Sure::Excluded,
                Certainty::Impossible => Sure::Impossible,
                Certainty::Possible => Sure::Open,
            },
            low: it.low,
            high: it.high,
        };
        told.into_iter().map(bound).collect()
    }
}

impl Engine for Intervals {
    fn name(&self) -> &'static str {
        "inconnues"
    }

    fn knows_more(&self) -> bool {
        true
    }

    fn answer(
        &self,
        book: &Book,
        households: &[Household],
        months: &[Month],
        aids: &[RuleId],
    ) -> Answers {
        let one = |household: &Household, month: Month| {
            let mut bounds = self.bounds(book, household, month, aids).into_iter();
            aids.iter()
                .map(|aid| {
                    let count = book.rule(*aid).map_or(0, |it| household.count(it.entity));
                    bounds.by_ref().take(count).map(|it| it.cell()).collect()
                })
                .collect()
        };
        let all = |household| months.iter().map(|month| one(household, *month)).collect();
        households.iter().map(all).collect()
    }
}

impl Bound {
    /// The answer, when nothing can change it any more.
    pub fn cell(&self) -> Option<Cell> {
        let amount = (self.high == Some(self.low)).then_some(self.low);
        match self.sure {
            Sure::Due => amount.map(|it| Cell { status: Status::Due, amount: Some(it) }),
            Sure::Excluded => Some(Cell { status: Status::NotDue, amount: Some(Rational::ZERO) }),
            Sure::Impossible => Some(Cell { status: Status::Impossible, amount: None }),
            Sure::Open => None,
        }
    }
}
