//! The comparison every test makes.

use base::Month;
use law_columns::{Answers, Cell, Households, Plan, evaluate};
use law_ir::{Book, Household, RuleId};

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub fn aids(book: &Book) -> Vec<RuleId> {
    book.aids().map(|(id, _, _)| id).collect()
}

pub fn columns(book: &Book, households: &[Household]) -> Households {
    let mut res = Households::new(book);
    households.iter().for_each(|it| res.push(it));
    res
}

/// What the reference answers, in the shape of the columns.
pub fn reference(book: &Book, household: &Household, month: Month, aid: RuleId) -> Vec<Cell> {
    let evaluation = law_reference::evaluate(book, household, month, &[aid], false);
    let cell = |it: &law_reference::AidResult| Cell { status: it.status, amount: it.amount };
    evaluation.aids.iter().map(cell).collect()
}

pub fn cells(answers: &Answers, month: usize, aid: usize, household: usize) -> Vec<Cell> {
    let instances = answers.instances(aid, household);
    (0..instances).map(|it| answers.cell(month, aid, household, it).unwrap()).collect()
}

/// Every aid of every household in every month: in columns, one by one, and by the reference.
#[track_caller]
pub fn same(book: &Book, households: &[Household], months: &[Month]) {
    let aids = aids(book);
    let plan = Plan::new(book, &aids, months);
    let answers = evaluate(&plan, book, &columns(book, households));
    assert_eq!(answers.len(), households.len());
    for (rank, household) in households.iter().enumerate() {
        for (lane, month) in months.iter().enumerate() {
            for (at, aid) in aids.iter().enumerate() {
                let expected = reference(book, household, *month, *aid);
                let name = &book.rule(*aid).unwrap().name;
                let found = cells(&answers, lane, at, rank);
                assert_eq!(found, expected, "columns: {name} of household {rank} in {month}");
            }
        }
    }
}
