//! Neither the cut in chunks, nor the order, nor the company changes an answer.

use law::Law;
use law_columns::{Answers, Plan, Workspace, evaluate, evaluate_chunk};
use law_ir::Household;

use crate::compared::{aids, cells, columns, month};
use crate::national::witness;

fn answers(households: &[Household], chunk: usize) -> Answers {
    let book = Law::national().book();
    let plan = Plan::new(book, &aids(book), &[month("2026-05")]);
    let all = columns(book, households);
    if chunk == 0 {
        return evaluate(&plan, book, &all);
    }
    let mut workspace = Workspace::default();
    let mut res = evaluate_chunk(&plan, book, &all, 0..0, &mut workspace);
    for start in (0..all.len()).step_by(chunk) {
        res.extend(evaluate_chunk(&plan, book, &all, start..start + chunk, &mut workspace));
    }
    res
}

#[track_caller]
fn agree(left: &Answers, right: &Answers, pairs: impl Iterator<Item = (usize, usize)>) {
    for (a, b) in pairs {
        for aid in 0..left.aids().len() {
            assert_eq!(cells(left, 0, aid, a), cells(right, 0, aid, b), "{a} and {b}, aid {aid}");
        }
    }
}

#[test]
fn chunks_of_any_size() {
    let households = witness("2026-05", 700);
    let whole = answers(&households, 0);
    for chunk in [1, 7, 64, 2000] {
        agree(&whole, &answers(&households, chunk), (0..700).map(|it| (it, it)));
    }
}

#[test]
fn any_order_and_twice() {
    let households = witness("2026-05", 300);
    let mut turned: Vec<Household> = households.iter().rev().cloned().collect();
    turned.extend(households.iter().cloned());
    let (one, two) = (answers(&households, 0), answers(&turned, 0));
    agree(&one, &two, (0..300).map(|it| (it, 299 - it)));
    agree(&one, &two, (0..300).map(|it| (it, 300 + it)));
}

#[test]
fn nobody() {
    assert!(answers(&[], 0).is_empty());
    assert!(answers(&[Household::default()], 0).cell(0, 0, 0, 0).is_none());
}
