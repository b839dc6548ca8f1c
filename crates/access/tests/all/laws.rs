//! What holds whatever the policy says.

use access::{Action, Class, Decision, FileState, Refusal, Role, TieKind, decide};

use crate::draw::{Dice, Drawn};

fn granted(it: &Drawn) -> bool {
    matches!(decide(&it.viewer, &it.ties, it.request, it.now), Decision::Allowed(_))
}

fn draws(seed: u64) -> impl Iterator<Item = Drawn> {
    let mut dice = Dice::new(seed);
    (0..200_000).map(move |_| dice.draw())
}

#[test]
fn no_tie_no_access() {
    for mut it in draws(1) {
        it.ties.clear();
        assert!(!granted(&it));
    }
}

#[test]
fn a_bar_wins_over_everything() {
    let mut barred = 0;
    for mut it in draws(2) {
        let period = access::Period { from: it.now, to: None };
        it.ties.push(access::Tie { kind: TieKind::Barred, period });
        let decision = decide(&it.viewer, &it.ties, it.request, it.now);
        assert_eq!(decision, Decision::Refused(Refusal::Barred));
        barred += 1;
    }
    assert_eq!(barred, 200_000);
}

#[test]
fn removing_a_tie_never_opens_more() {
    for mut it in draws(3) {
        // Removing a bar does open more: that is what a bar is.
        it.ties.retain(|tie| tie.kind != TieKind::Barred);
        let before = granted(&it);
        for at in 0..it.ties.len() {
            let removed = it.ties.remove(at);
            assert!(before || !granted(&it));
            it.ties.insert(at, removed);
        }
    }
}

#[test]
fn the_order_of_ties_changes_nothing() {
    for mut it in draws(4) {
        let before = granted(&it);
        it.ties.reverse();
        assert_eq!(granted(&it), before);
    }
}

#[test]
fn a_private_note_is_its_author_s_alone() {
    for mut it in draws(5) {
        it.request.class = Class::PrivateNote;
        it.ties.retain(|tie| tie.kind != TieKind::Author);
        assert!(!granted(&it), "{:?} {:?}", it.request, it.ties);
    }
}

#[test]
fn whoever_runs_the_service_reads_nothing() {
    for mut it in draws(6) {
        for tie in &mut it.ties {
            tie.kind = TieKind::Member { role: Role::Admin, same_team: true };
        }
        assert!(!granted(&it));
    }
}

#[test]
fn nothing_is_read_of_an_erased_file() {
    for mut it in draws(7) {
        it.request.state = FileState::Erased;
        assert!(!granted(&it));
    }
}

#[test]
fn an_ended_tie_says_when_it_ended_and_grants_nothing() {
    let mut said = 0;
    for mut it in draws(8) {
        it.viewer.second_factor = true;
        it.ties.retain(|tie| tie.kind != TieKind::Barred);
        if !granted(&it) || it.request.action == Action::Find {
            continue;
        }
        for tie in &mut it.ties {
            tie.period.from = it.now.plus_seconds(-10);
            tie.period.to = Some(it.now);
        }
        let decision = decide(&it.viewer, &it.ties, it.request, it.now);
        assert_eq!(decision, Decision::Refused(Refusal::Ended { at: it.now }));
        said += 1;
    }
    assert!(said > 1_000, "{said}");
}
