//! The policy as sentences, one `if` each, written without looking at the table. Slow, plain, and the judge.

use access::{
    Action as A, Class as C, Decision, FileState as S, Function, Purpose, Role, TieKind, decide,
};

use crate::draw::{Dice, Drawn};

fn allowed(it: &Drawn) -> bool {
    let held: Vec<TieKind> = it
        .ties
        .iter()
        .filter(|tie| tie.period.from <= it.now)
        .filter(|tie| tie.period.to.is_none() || it.now < tie.period.to.unwrap())
        .map(|tie| tie.kind)
        .collect();
    let (action, class) = (it.request.action, it.request.class);
    let age = it.now.millis() - it.viewer.proved_at.millis();
    let fresh = (0..601_000).contains(&age);

    // Nobody who must not see it sees it; nothing of an erased file; nothing without a second factor.
    if held.contains(&TieKind::Barred) || it.request.state == S::Erased || !it.viewer.second_factor
    {
        return false;
    }
    held.iter().any(|tie| {
        let sentence = match *tie {
            TieKind::Own => own(it),
            TieKind::Author => author(it),
            TieKind::Follows(function) => follows(it, function),
            TieKind::Mandate => {
                it.request.state == S::Open
                    && match action {
                        A::Find => class == C::Identity,
                        A::Read => [C::Identity, C::Contact, C::Social].contains(&class),
                        A::Write => [C::Identity, C::Contact].contains(&class),
                        _ => false,
                    }
            }
            TieKind::Shared(classes) => {
                it.request.state == S::Open
                    && match action {
                        A::Find => class == C::Identity,
                        A::Read => class != C::PrivateNote && classes.holds(class),
                        _ => false,
                    }
            }
            TieKind::Member { role, same_team } => member(it, role, same_team),
            TieKind::BreakGlass => {
                // In an emergency everything but private notes is read, nothing is written, and only after
                // proving again who one is.
                fresh
                    && !closed_away(it)
                    && ((action == A::Find && class == C::Identity)
                        || (action == A::Read
                            && class != C::PrivateNote
                            && it.request.purpose == Purpose::Emergency))
            }
            TieKind::Barred => false,
        };
        // What leaves the service, or is opened to others, asks for a fresh proof.
        sentence && (fresh || ![A::Share, A::Export, A::Erase].contains(&action))
    })
}

fn closed_away(it: &Drawn) -> bool {
    it.request.state == S::Archived
}

fn own(it: &Drawn) -> bool {
    let (action, class, state) = (it.request.action, it.request.class, it.request.state);
    // Their own file: they read all but our private notes, write their situation while it is open, share it,
    // take it away even from the archive, and see who looked.
    match action {
        A::Find => class == C::Identity && state != S::Archived,
        A::Read => class != C::PrivateNote && state != S::Archived,
        A::Write => [C::Identity, C::Contact, C::Social].contains(&class) && state == S::Open,
        A::Share => class != C::PrivateNote && state == S::Open,
        A::Export => class != C::PrivateNote,
        A::ReadLog => class == C::Identity,
        A::Assign | A::Close | A::Erase => false,
    }
}

fn author(it: &Drawn) -> bool {
    it.request.class == C::PrivateNote
        && ((it.request.action == A::Read && it.request.state != S::Archived)
            || (it.request.action == A::Write && it.request.state == S::Open))
}

fn follows(it: &Drawn, function: Function) -> bool {
    let (action, class, state) = (it.request.action, it.request.class, it.request.state);
    if state == S::Archived || class == C::PrivateNote {
        return false;
    }
    let contributor = function == Function::Contributor;
    match action {
        A::Find => class == C::Identity,
        // Whoever comes in for one matter does not see what concerns violence, childhood, justice, residence.
        A::Read => !(contributor && class == C::Protected),
        A::Write if contributor => {
            state == S::Open && [C::Identity, C::Contact, C::Social].contains(&class)
        }
        A::Write => state == S::Open,
        A::Share => !contributor && state == S::Open,
        A::Export => !contributor,
        A::Assign | A::Close => {
            function == Function::Referent && state == S::Open && class == C::Identity
        }
        A::ReadLog | A::Erase => false,
    }
}

fn member(it: &Drawn, role: Role, same_team: bool) -> bool {
    let (action, class, state) = (it.request.action, it.request.class, it.request.state);
    let near = [C::Identity, C::Contact].contains(&class);
    let live = state != S::Archived;
    match role {
        // A colleague of the team sees who it is and how to reach them; of another team, that it exists.
        Role::Worker => {
            (action == A::Find && class == C::Identity && live)
                || (action == A::Read && same_team && near && live)
        }
        // Reception: no health, no income, no note.
        Role::Reception => match action {
            A::Find => class == C::Identity && live,
            A::Read => near && live,
            A::Write => near && state == S::Open,
            _ => false,
        },
        Role::Manager => match action {
            A::Find | A::Assign => class == C::Identity && live,
            A::Read => {
                class != C::PrivateNote
                    && match it.request.purpose {
                        Purpose::Supervision => live,
                        Purpose::Dispute => !live,
                        _ => false,
                    }
            }
            A::Write => near && state == S::Open,
            A::Close => class == C::Identity && state == S::Open,
            A::ReadLog => class == C::Identity,
            A::Share | A::Export | A::Erase => false,
        },
        Role::Dpo => match action {
            A::Export => class != C::PrivateNote && it.request.purpose == Purpose::AccessRequest,
            A::ReadLog | A::Erase => class == C::Identity,
            _ => false,
        },
        // Whoever runs the service, helps or offers time reads no file for that.
        Role::Mediator | Role::Volunteer | Role::Admin => false,
    }
}

/// Check 17: the authoriser and the model, on a million random requests.
#[test]
fn a_million_decisions_are_those_of_the_model() {
    let mut dice = Dice::new(17);
    let mut granted = 0;
    for rank in 0..1_000_000 {
        let it = dice.draw();
        let decision = decide(&it.viewer, &it.ties, it.request, it.now);
        let expected = allowed(&it);
        let found = matches!(decision, Decision::Allowed(_));
        assert_eq!(
            found, expected,
            "draw {rank}: {:?} with {:?} by {:?} at {}: {decision:?}",
            it.request, it.ties, it.viewer, it.now
        );
        granted += usize::from(found);
    }
    // A comparison of refusals only would prove little.
    assert!(granted > 50_000, "{granted} granted");
}
