//! The committed cases of the witness: every gap is explained, and the explanations stay narrow.

use base::Rational;
use law::Law;
use law_testing::{Benefit, Case, Gap, Report, classes, compare, read_cases};

const OTHER_MONTHS: [&str; 6] = ["2025-01", "2025-06", "2025-10", "2026-03", "2026-07", "2026-10"];

fn cases(month: &str) -> Vec<Case> {
    let path = format!("{}/cases/{month}.jsonl", env!("CARGO_MANIFEST_DIR"));
    read_cases(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[track_caller]
fn explains_everything(month: &str) {
    let report: Report = compare(Law::national(), &cases(month), || ());
    let gaps: Vec<_> = report
        .unexplained
        .iter()
        .map(|it| {
            format!("cas {} {:?} : {:?}, témoin {}", it.case, it.benefit, it.ours, it.witness)
        })
        .collect();
    assert!(gaps.is_empty(), "{month}\n{}", gaps.join("\n"));
}

#[test]
fn may_2026() {
    explains_everything("2026-05");
}

#[test]
fn other_months() {
    OTHER_MONTHS.into_iter().for_each(explains_everything);
}

/// Were we wrong by a hundred euros, up or down, how many households would hide it? A class that would
/// explain anything anywhere would make the comparison worthless.
#[test]
fn the_classes_stay_narrow() {
    let cases = cases("2026-05");
    for (benefit, most) in [
        (Benefit::Rsa, 20),
        (Benefit::Ppa, 32),
        (Benefit::AideLogement, 30),
        (Benefit::Af, 12),
        (Benefit::Cf, 20),
        (Benefit::Asf, 5),
    ] {
        let hidden = cases.iter().filter(|case| would_hide_an_error(case, benefit)).count();
        let share = hidden * 100 / cases.len();
        assert!(share <= most, "{benefit:?}: {share} % of the households");
    }
}

fn would_hide_an_error(case: &Case, benefit: Benefit) -> bool {
    let witness = benefit.witness(case);
    let error = Rational::from(100);
    let wrong = [witness.checked_add(error), witness.checked_sub(error)];
    wrong.into_iter().flatten().filter(|ours| !ours.is_negative()).any(|ours| {
        let gap = Gap { case, month: case.month, benefit, ours, witness, others: &[] };
        classes().any(|class| class.explains(&gap))
    })
}
