//! Every rule of the book, over time, against the reference month by month.

use base::Month;
use law::Law;
use law::situation::{EXAMPLES, read};
use law_ir::RuleId;
use law_reference::{Outcome, evaluate_rule};

use super::{Cell, Index, Timeline};

fn agrees(cell: Cell, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Known(value) => cell == Cell::Known(*value),
        Outcome::Missing(_) => cell == Cell::Missing,
        Outcome::Impossible(_) => cell == Cell::Fault,
    }
}

#[test]
fn every_rule_in_every_month_is_what_the_reference_says() {
    let law = Law::national();
    let book = law.book();
    let index = Index::new(book);
    let rules: Vec<RuleId> = (0..book.rules.len()).map(RuleId::at).collect();
    let mut compared = 0;
    for example in EXAMPLES {
        let (_, household) = read(law, example.json.as_bytes()).unwrap();
        let first: Month = "2025-11".parse().unwrap();
        let months = (first, first.plus(14));
        let mut line = Timeline::new(&index, &household, &rules, months);
        for id in &rules {
            let rule = book.rule(*id).unwrap();
            for instance in crate::project::instances(&household, rule.entity) {
                let series = line.rule(*id, instance);
                for month in (0..15).map(|it| first.plus(it)) {
                    let expected = evaluate_rule(book, &household, *id, instance, month);
                    let found = series.at(month);
                    let context = format!("{} {instance} {month}", rule.name);
                    assert!(agrees(found, &expected), "{context}: {found:?}, {expected:?}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 5_000, "{compared} compared");
}
