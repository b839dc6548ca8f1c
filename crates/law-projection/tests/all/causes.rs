//! The cause of a change, undone alone, undoes the change: tried on the reference, which knows nothing of
//! causes, by putting off what happened to the month after.

use base::{Date, Month};
use law::{Book, Fact, History, Household, InputId, Law, Value};
use law_projection::{Cause, CauseKind, Change, extend, project};
use law_reference::{Status, evaluate};

use crate::households::{example, month, witnesses};

fn put_off(day: Date) -> Date {
    // Counting in months only tells the first day of a month from the others.
    let month = day.month().plus(1);
    let (year, number) = (month.year(), month.month_of_year());
    let day = day.day().min(28);
    Date::new(year.try_into().unwrap(), number.try_into().unwrap(), day).unwrap()
}

/// The law and the household in which the cause happens one month later; `None` when that cannot be said
/// with a book and a household: the calendar, a date written in a rule.
fn undo(book: &mut Book, household: &mut Household, cause: &Cause) -> Option<()> {
    match &cause.kind {
        CauseKind::Age { person, .. } => {
            let birth = book.birth_date.unwrap();
            shift_date(household, birth, *person);
        }
        CauseKind::Duration { input, instance, .. } => shift_date(household, *input, *instance),
        CauseKind::Dated(_) => {
            let happened =
                |from: Date| from.month().plus(i32::from(from.day() > 1)) == cause.happened;
            let later = cause.happened.plus(1).first_day().unwrap();
            let all =
                book.params.iter_mut().flat_map(|it| it.versions.iter_mut().map(|it| &mut it.from));
            all.filter(|it| happened(**it)).for_each(|it| *it = later);
            let all =
                book.tables.iter_mut().flat_map(|it| it.versions.iter_mut().map(|it| &mut it.from));
            all.filter(|it| happened(**it)).for_each(|it| *it = later);
            let all = book
                .windows
                .iter_mut()
                .flat_map(|it| it.versions.iter_mut().map(|it| &mut it.from));
            all.filter(|it| happened(**it)).for_each(|it| *it = later);
        }
        CauseKind::Facts { entity, instance, .. } => {
            for (rank, input) in book.inputs.iter().enumerate() {
                if input.entity == *entity {
                    delay(household, InputId::at(rank), *instance, cause.happened);
                }
            }
        }
        CauseKind::Calendar | CauseKind::RuleDate => return None,
    }
    Some(())
}

fn shift_date(household: &mut Household, input: InputId, instance: u16) {
    let Fact::Known(mut history) = household.fact(input, instance).clone() else { panic!() };
    for (_, value) in &mut history.points {
        if let Some(Value::Date(day)) = value {
            *day = put_off(*day);
        }
    }
    household.set_fact(input, instance, Fact::Known(history));
}

fn delay(household: &mut Household, input: InputId, instance: u16, happened: Month) {
    let Fact::Known(history) = household.fact(input, instance).clone() else { return };
    let (before, after) = (history.at(happened.plus(-1)), history.at(happened.plus(1)));
    if before == history.at(happened) {
        return;
    }
    let mut points: Vec<_> = history.points.iter().filter(|it| it.0 < happened).copied().collect();
    points.push((happened, before));
    points.push((happened.plus(1), after));
    points.extend(history.points.iter().filter(|it| it.0 > happened.plus(1)));
    let until = history.until.filter(|it| *it > happened);
    let history = History { points, until, ..history };
    household.set_fact(input, instance, Fact::Known(history));
}

/// Whether the month of the change gives what the month before gave, once the causes are put off.
fn is_undone(household: &Household, change: &Change, causes: &[&Cause]) -> Option<bool> {
    let (mut book, mut household) = (Law::national().book().clone(), household.clone());
    for cause in causes {
        undo(&mut book, &mut household, cause)?;
    }
    let evaluation = evaluate(&book, &household, change.month, &[change.aid], false);
    let found = evaluation.aids.iter().find(|it| it.instance == change.instance).unwrap();
    let known = |status: Status| matches!(status, Status::Due | Status::NotDue);
    Some(match (known(change.before.status), known(change.after.status)) {
        (true, true) => found.amount == change.before.amount,
        (true, false) => known(found.status),
        (false, _) => found.status == change.before.status,
    })
}

#[test]
fn a_cause_that_is_put_off_undoes_the_change() {
    let law = Law::national();
    let mut households = witnesses(30);
    for key in ["parent-seul", "couple-trois-enfants", "jeune-heberge"] {
        households.push((month("2025-12"), example(key)));
        let (extended, _) = extend(law.book(), &example(key), month("2026-07"));
        households.push((month("2026-08"), extended));
    }
    let (mut single, mut several) = (0, 0);
    for (now, household) in &households {
        let projection = project(law.book(), household, now.plus(-3), 24, &law.aids());
        for change in &projection.changes {
            assert!(!change.sentence.is_empty());
            let all: Vec<&Cause> = std::iter::once(&change.cause).chain(&change.others).collect();
            let Some(undone) = is_undone(household, change, &all) else { continue };
            assert!(undone, "{}", change.sentence);
            if all.len() == 1 {
                single += 1;
                continue;
            }
            several += 1;
            for spared in 0..all.len() {
                let mut rest = all.clone();
                rest.remove(spared);
                assert_eq!(is_undone(household, change, &rest), Some(false), "{}", change.sentence);
            }
        }
    }
    assert!(single > 60 && several > 10, "{single} with one cause, {several} with several");
}
