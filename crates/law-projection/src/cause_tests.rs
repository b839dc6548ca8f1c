//! The causes that no household and no book can put off (the calendar, a date written in a rule) are held
//! back in the timeline itself.

use base::Month;
use law::Law;
use law::situation::{EXAMPLES, read};

use crate::cause::{CauseKind, Move, Target, attribute, undone};
use crate::project::instances;
use crate::timeline::{Event, Index, Timeline};

#[test]
fn causes_held_back_undo_the_change_and_none_can_be_spared() {
    let law = Law::national();
    let index = Index::new(law.book());
    let months: (Month, Month) = ("2025-06".parse().unwrap(), "2028-05".parse().unwrap());
    let (mut tried, mut calendar) = (0, 0);
    for example in EXAMPLES {
        let (_, household) = read(law, example.json.as_bytes()).unwrap();
        let mut line = Timeline::new(&index, &household, &law.aids(), months);
        for aid in law.aids() {
            for instance in instances(&household, law.book().rule(aid).unwrap().entity) {
                let series = line.rule(aid, instance);
                for month in series.changes().filter(|it| *it > months.0 && *it <= months.1) {
                    let target = Target { aid, instance, month };
                    let change =
                        Move { before: series.at(month.plus(-1)), after: series.at(month) };
                    let causes = attribute(&mut line, target);
                    let events: Vec<Event> = causes.iter().map(|it| it.0).collect();
                    assert!(change.is_undone(undone(&line, target, &events)), "{target:?}");
                    for spared in 0..events.len() {
                        let mut rest = events.clone();
                        rest.remove(spared);
                        assert!(!change.is_undone(undone(&line, target, &rest)), "{target:?}");
                    }
                    tried += 1;
                    calendar += usize::from(
                        causes.iter().any(|it| matches!(it.1.kind, CauseKind::Calendar)),
                    );
                }
            }
        }
    }
    assert!(tried > 30 && calendar > 5, "{tried} changes, {calendar} by the calendar");
}
