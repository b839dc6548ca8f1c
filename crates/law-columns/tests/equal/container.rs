//! What goes in the container comes out of it.

use base::Month;
use law::Law;
use law_columns::Households;
use law_ir::{Fact, Household, InputId, Value};

use crate::compared::{aids, columns, month, reference};
use crate::national::witness;

/// The household rebuilt from the columns gets what the household pushed gets.
#[test]
fn a_household_is_rebuilt_from_its_columns() {
    let book = Law::national().book();
    let households = witness("2026-05", 40);
    let all = columns(book, &households);
    for (rank, household) in households.iter().enumerate() {
        let rebuilt = all.household(rank).unwrap();
        for aid in aids(book) {
            let expected = reference(book, household, month("2026-05"), aid);
            assert_eq!(reference(book, &rebuilt, month("2026-05"), aid), expected);
        }
    }
    assert!(all.household(40).is_none());
}

/// One fact after the other, for everybody, is the same as one household after the other.
#[test]
fn column_by_column() {
    let book = Law::national().book();
    let households = witness("2026-05", 40);
    let pushed = columns(book, &households);
    let mut filled = Households::new(book);
    households.iter().for_each(|it| {
        filled.push_structure(it);
    });
    for (rank, input) in book.inputs.iter().enumerate() {
        let id = InputId::at(rank);
        let facts = |it: &Household| -> Vec<Fact> {
            let instances = 0..it.count(input.entity);
            instances.map(|at| it.fact(id, u16::try_from(at).unwrap()).clone()).collect()
        };
        filled.fill(id, households.iter().flat_map(facts));
    }
    assert_eq!(filled.escapes(), pushed.escapes());
    for rank in 0..households.len() {
        let (a, b) = (pushed.household(rank).unwrap(), filled.household(rank).unwrap());
        for input in (0..book.inputs.len()).map(InputId::at) {
            for instance in 0..10 {
                let (a, b) = (a.fact(input, instance), b.fact(input, instance));
                for month in (0..36).map(|it| month("2024-01").plus(it)) {
                    assert_eq!(value(a, month), value(b, month));
                }
            }
        }
    }
}

fn value(fact: &Fact, month: Month) -> Option<Value> {
    match fact {
        Fact::Known(history) => history.at(month),
        Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
    }
}
