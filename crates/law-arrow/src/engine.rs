//! Many households, the same question: which months, which aids.

use std::ops::Range;
use std::sync::Arc;

use base::{Month, Rational};
use law::columns::{Answers, CHUNK, Households, Plan, Workspace, evaluate_chunk};
use law::{Entity, Household, Law, RuleId, Status};

use crate::fr;
use crate::persons::{Problem, Table};

/// What is asked of every household, made ready once for all of them.
#[derive(Debug, Clone)]
pub struct Engine<'l> {
    law: &'l Law,
    months: Vec<Month>,
    aids: Vec<Aid>,
    plan: Arc<Plan>,
}

/// What one thread evaluates with, kept from one chunk of households to the next.
#[derive(Debug)]
pub struct Desk {
    columns: Households,
    /// Those that had to be read the long way.
    others: Households,
    workspace: Workspace,
}

/// An aid asked for.
#[derive(Debug, Clone)]
pub struct Aid {
    pub id: RuleId,
    pub name: String,
    pub entity: Entity,
}

/// The answer for one aid, one family (or person, tax household, dwelling) and one month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Ranks among what was asked: the household, the month, the aid.
    pub household: usize,
    pub month: usize,
    pub aid: usize,
    /// Which family… of the household, from 0.
    pub instance: usize,
    pub status: Status,
    /// In the unit of the aid; `None` when it cannot be told.
    pub amount: Option<Rational>,
}

/// The aids of these names; a name that is none is told with the nearest ones.
pub fn aids_named<'n>(
    law: &Law,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<Vec<RuleId>, String> {
    const SHOWN: usize = 3;
    let book = law.book();
    let mut res = Vec::new();
    for name in names {
        let found = book.aids().find(|(_, rule, _)| rule.name == name).map(|(id, _, _)| id);
        let Some(id) = found else {
            let mut near: Vec<&str> = law
                .aids()
                .into_iter()
                .filter_map(|id| Some(book.rule(id)?.name.as_str()))
                .collect();
            near.sort_by_key(|it| distance(name, it));
            near.truncate(SHOWN);
            return Err(fr::no_such_aid(name, &near));
        };
        if !res.contains(&id) {
            res.push(id);
        }
    }
    Ok(res)
}

/// Letters to add, take or change to go from one name to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (rank, letter) in from.chars().enumerate() {
        let mut left = rank.saturating_add(1);
        let mut diagonal = rank;
        let mut next = vec![left];
        for (other, above) in to.iter().zip(row.iter().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(*other != letter));
            left = changed.min(left.saturating_add(1)).min(above.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

impl<'l> Engine<'l> {
    /// Months and aids in the order they are answered; names that are no aid of the law are left out.
    pub fn new(law: &'l Law, months: &[Month], aids: &[RuleId]) -> Self {
        let aid = |id: &RuleId| {
            let rule = law.book().rule(*id)?;
            Some(Aid { id: *id, name: rule.name.clone(), entity: rule.entity })
        };
        let aids: Vec<Aid> = aids.iter().filter_map(aid).collect();
        let ids: Vec<RuleId> = aids.iter().map(|it| it.id).collect();
        let plan = Arc::new(Plan::new(law.book(), &ids, months));
        Self { law, months: months.to_vec(), aids, plan }
    }

    /// A place of work for one thread.
    pub fn desk(&self) -> Desk {
        let columns = Households::new(self.law.book());
        Desk { others: columns.clone(), columns, workspace: Workspace::default() }
    }

    pub fn law(&self) -> &'l Law {
        self.law
    }

    pub fn months(&self) -> &[Month] {
        &self.months
    }

    pub fn aids(&self) -> &[Aid] {
        &self.aids
    }

    /// Every answer: household by household, then month by month, aid by aid, instance by instance.
    pub fn answer(&self, desk: &mut Desk, households: &[Household], mut see: impl FnMut(Answer)) {
        for (rank, chunk) in households.chunks(CHUNK).enumerate() {
            desk.columns.clear();
            chunk.iter().for_each(|it| desk.columns.push(it));
            let answers = self.evaluate(&desk.columns, &mut desk.workspace);
            let first = rank.saturating_mul(CHUNK);
            for row in 0..chunk.len() {
                self.each_cell(&answers, row, first.saturating_add(row), &mut see);
            }
        }
    }

    /// The same for rows of persons, without a household in between where they are plain. A household that
    /// cannot be read is given to `refuse`, with its rank among the units.
    pub fn answer_rows(
        &self,
        desk: &mut Desk,
        table: &Table<'_>,
        units: &[Range<usize>],
        mut refuse: impl FnMut(usize, Vec<Problem>),
        mut see: impl FnMut(Answer),
    ) {
        for (chunk_rank, chunk) in units.chunks(CHUNK).enumerate() {
            let first = chunk_rank.saturating_mul(CHUNK);
            let plain = table.columns(chunk, &mut desk.columns);
            desk.others.clear();
            let mut others = vec![None; chunk.len()];
            for ((row, unit), other) in chunk.iter().enumerate().zip(&mut others) {
                if plain.get(row).is_some_and(Option::is_some) {
                    continue;
                }
                match table.household(unit.clone()) {
                    Ok(household) => {
                        *other = Some(desk.others.len());
                        desk.others.push(&household);
                    }
                    Err(problems) => refuse(first.saturating_add(row), problems),
                }
            }
            let columns = self.evaluate(&desk.columns, &mut desk.workspace);
            let by_hand = self.evaluate(&desk.others, &mut desk.workspace);
            for (row, (plain, other)) in plain.iter().zip(&others).enumerate() {
                let household = first.saturating_add(row);
                if let Some(rank) = plain {
                    self.each_cell(&columns, *rank, household, &mut see);
                } else if let Some(rank) = other {
                    self.each_cell(&by_hand, *rank, household, &mut see);
                }
            }
        }
    }

    fn evaluate(&self, columns: &Households, workspace: &mut Workspace) -> Answers {
        evaluate_chunk(&self.plan, self.law.book(), columns, 0..columns.len(), workspace)
    }

    /// The answers of the household of this rank in the columns.
    fn each_cell(
        &self,
        answers: &Answers,
        rank: usize,
        household: usize,
        see: &mut impl FnMut(Answer),
    ) {
        for month in 0..self.months.len() {
            for aid in 0..self.aids.len() {
                for instance in 0..answers.instances(aid, rank) {
                    let Some(cell) = answers.cell(month, aid, rank, instance) else { continue };
                    let (status, amount) = (cell.status, cell.amount);
                    see(Answer { household, month, aid, instance, status, amount });
                }
            }
        }
    }
}

/// An amount in whole cents, or exactly as a fraction of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cents {
    Whole(i64),
    /// `numerator/denominator`, in cents. The national aids are rounded by the law and never come here; a
    /// rule without a rounding may.
    Fraction(String),
}

impl Cents {
    pub fn of(amount: Rational) -> Self {
        match amount.checked_mul(Rational::from(100)) {
            Some(cents) if cents.is_integer() => match i64::try_from(cents.numerator()) {
                Ok(whole) => Self::Whole(whole),
                Err(_) => Self::Fraction(format!("{}/1", cents.numerator())),
            },
            Some(cents) => Self::Fraction(format!("{}/{}", cents.numerator(), cents.denominator())),
            // So large that a hundred times it does not fit: told in hundredths of its own denominator.
            None => Self::Fraction(format!("{}00/{}", amount.numerator(), amount.denominator())),
        }
    }
}

/// The word written in a column for a status.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Due => "dû",
        Status::NotDue => "non_dû",
        Status::Incomplete => "à_compléter",
        Status::Impossible => "impossible",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_exact_or_say_how_they_are_not_whole() {
        let cents = |num, den| Cents::of(Rational::new(num, den).unwrap());
        assert_eq!(cents(64_652, 100), Cents::Whole(64_652));
        assert_eq!(cents(-1, 2), Cents::Whole(-50));
        assert_eq!(cents(100, 3), Cents::Fraction("10000/3".to_owned()));
        assert_eq!(cents(i128::from(i64::MAX), 1), Cents::Fraction(format!("{}00/1", i64::MAX)));
        assert_eq!(cents(i128::MAX, 1), Cents::Fraction(format!("{}00/1", i128::MAX)));
    }

    #[test]
    fn counts_letters() {
        assert_eq!(distance("rsa", "rsa"), 0);
        assert_eq!(distance("", "asf"), 3);
        assert_eq!(distance("prime_activité", "prime_d_activité"), 2);
    }
}
