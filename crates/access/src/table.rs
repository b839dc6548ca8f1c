//! The matrix: what each tie allows. The page that publishes it is made from here.

use crate::{Action, Class, Classes, FileState, Function, Purpose, Role, TieKind};

/// Which classes a tie opens to an action, in which states of the file and for which purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub action: Action,
    pub classes: Classes,
    pub states: &'static [FileState],
    /// `None`: whatever the purpose.
    pub purpose: Option<Purpose>,
}

const LIVE: &[FileState] = &[FileState::Open];
const READABLE: &[FileState] = &[FileState::Open, FileState::Closed];
const ARCHIVE: &[FileState] = &[FileState::Archived];
const KEPT: &[FileState] = &[FileState::Open, FileState::Closed, FileState::Archived];

fn rule(action: Action, last: Class, states: &'static [FileState]) -> Rule {
    Rule { action, classes: Classes::up_to(last), states, purpose: None }
}

fn only_for(purpose: Purpose, rule: Rule) -> Rule {
    Rule { purpose: Some(purpose), ..rule }
}

/// What this tie allows, line by line.
pub fn rules(tie: TieKind) -> Vec<Rule> {
    match tie {
        TieKind::Member { role, same_team } => member(role, same_team),
        TieKind::Follows(function) => follows(function),
        TieKind::Shared(classes) => shared(classes),
        TieKind::Mandate => vec![
            rule(Action::Find, Class::Identity, LIVE),
            rule(Action::Read, Class::Social, LIVE),
            rule(Action::Write, Class::Contact, LIVE),
        ],
        TieKind::Own => vec![
            rule(Action::Find, Class::Identity, READABLE),
            rule(Action::Read, Class::Protected, READABLE),
            rule(Action::Write, Class::Social, LIVE),
            rule(Action::Share, Class::Protected, LIVE),
            rule(Action::Export, Class::Protected, KEPT),
            rule(Action::ReadLog, Class::Identity, KEPT),
        ],
        TieKind::BreakGlass => vec![
            rule(Action::Find, Class::Identity, READABLE),
            only_for(Purpose::Emergency, rule(Action::Read, Class::Protected, READABLE)),
        ],
        TieKind::Author => {
            let own = Classes::of(&[Class::PrivateNote]);
            let of = |action, states| Rule { action, classes: own, states, purpose: None };
            vec![of(Action::Read, READABLE), of(Action::Write, LIVE)]
        }
        TieKind::Barred => Vec::new(),
    }
}

fn member(role: Role, same_team: bool) -> Vec<Rule> {
    let find = rule(Action::Find, Class::Identity, READABLE);
    match role {
        Role::Worker if same_team => vec![find, rule(Action::Read, Class::Contact, READABLE)],
        Role::Worker => vec![find],
        Role::Reception => vec![
            find,
            rule(Action::Read, Class::Contact, READABLE),
            rule(Action::Write, Class::Contact, LIVE),
        ],
        Role::Manager => vec![
            find,
            only_for(Purpose::Supervision, rule(Action::Read, Class::Protected, READABLE)),
            only_for(Purpose::Dispute, rule(Action::Read, Class::Protected, ARCHIVE)),
            rule(Action::Write, Class::Contact, LIVE),
            rule(Action::Assign, Class::Identity, READABLE),
            rule(Action::Close, Class::Identity, LIVE),
            rule(Action::ReadLog, Class::Identity, KEPT),
        ],
        Role::Dpo => vec![
            only_for(Purpose::AccessRequest, rule(Action::Export, Class::Protected, KEPT)),
            rule(Action::ReadLog, Class::Identity, KEPT),
            rule(Action::Erase, Class::Identity, KEPT),
        ],
        Role::Mediator | Role::Volunteer | Role::Admin => Vec::new(),
    }
}

fn follows(function: Function) -> Vec<Rule> {
    let find = rule(Action::Find, Class::Identity, READABLE);
    match function {
        Function::Referent | Function::CoReferent | Function::Coordinator => {
            let mut res = vec![
                find,
                rule(Action::Read, Class::Protected, READABLE),
                rule(Action::Write, Class::Protected, LIVE),
                rule(Action::Share, Class::Protected, LIVE),
                rule(Action::Export, Class::Protected, READABLE),
            ];
            if function == Function::Referent {
                res.push(rule(Action::Assign, Class::Identity, LIVE));
                res.push(rule(Action::Close, Class::Identity, LIVE));
            }
            res
        }
        Function::Contributor => vec![
            find,
            rule(Action::Read, Class::Health, READABLE),
            rule(Action::Write, Class::Social, LIVE),
        ],
    }
}

fn shared(classes: Classes) -> Vec<Rule> {
    // A private note is never shared, whatever the share says.
    let shared: Vec<Class> = Class::ALL
        .iter()
        .copied()
        .filter(|it| *it != Class::PrivateNote && classes.holds(*it))
        .collect();
    let classes = Classes::of(&shared);
    vec![
        rule(Action::Find, Class::Identity, LIVE),
        Rule { action: Action::Read, classes, states: LIVE, purpose: None },
    ]
}

/// Whether some line of this tie allows it.
pub fn ruled(
    tie: TieKind,
    action: Action,
    class: Class,
    state: FileState,
    purpose: Purpose,
) -> bool {
    rules(tie).iter().any(|it| {
        it.action == action
            && it.classes.holds(class)
            && it.states.contains(&state)
            && it.purpose.is_none_or(|only| only == purpose)
    })
}
