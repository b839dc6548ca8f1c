//! The matrix of who may do what, as the code holds it: published, so that anybody may read it.

use access::{Action, Class, Classes, FileState, Function, Purpose, Role, TieKind, rules};
use maud::{Markup, html};
use web::components::table::{Row, Table, table};
use web::layout::Page;
use web::say;
use web::words::Words;

/// Every tie the matrix speaks of.
fn ties() -> Vec<TieKind> {
    let follows = Function::ALL.iter().map(|it| TieKind::Follows(*it));
    let members = Role::ALL.iter().flat_map(|role| {
        let same =
            (*role == Role::Worker).then_some(TieKind::Member { role: *role, same_team: true });
        same.into_iter().chain([TieKind::Member { role: *role, same_team: false }])
    });
    let everything = Classes::of(Class::ALL);
    follows
        .chain(members)
        .chain([
            TieKind::Shared(everything),
            TieKind::Mandate,
            TieKind::Own,
            TieKind::BreakGlass,
            TieKind::Author,
            TieKind::Barred,
        ])
        .collect()
}

#[inline(never)]
pub fn page(words: &Words) -> Page {
    let columns: Vec<String> = [
        "access-log-matrix-action",
        "access-log-matrix-classes",
        "access-log-matrix-states",
        "access-log-matrix-purpose",
    ]
    .iter()
    .map(|it| words.say(it))
    .collect();
    let main = html! {
        h1 { (say!(words, "access-log-matrix-title")) }
        p .lead { (say!(words, "access-log-matrix-lead")) }
        p { (say!(words, "access-log-matrix-always")) }
        @for (rank, tie) in ties().iter().enumerate() {
            section {
                h2 { (tie_words(words, *tie)) }
                (lines(words, &columns, rank, *tie))
            }
        }
    };
    Page::new(&say!(words, "access-log-matrix-title"), main).wide().footer("")
}

fn lines(words: &Words, columns: &[String], rank: usize, tie: TieKind) -> Markup {
    let rules = rules(tie);
    if rules.is_empty() {
        return html! { p { (say!(words, "access-log-matrix-nothing")) } };
    }
    let rows: Vec<Row> = rules
        .iter()
        .map(|it| Row {
            head: action_words(words, it.action),
            cells: vec![
                classes_words(words, it.classes),
                states_words(words, it.states),
                it.purpose.map_or_else(
                    || say!(words, "access-log-matrix-any-purpose"),
                    |purpose| purpose_words(words, purpose),
                ),
            ],
            strong: false,
        })
        .collect();
    let caption = say!(words, "access-log-matrix-caption", tie = tie_words(words, tie));
    let id = format!("regles-{rank}");
    table(&Table { id: &id, caption: &caption, columns, rows: &rows })
}

pub fn tie_words(words: &Words, tie: TieKind) -> String {
    match tie {
        TieKind::Member { role: Role::Worker, same_team: true } => {
            say!(words, "access-log-tie-same-team")
        }
        TieKind::Member { role, .. } => role_words(words, role),
        TieKind::Follows(Function::Referent) => say!(words, "access-log-tie-referent"),
        TieKind::Follows(Function::CoReferent) => say!(words, "access-log-tie-co-referent"),
        TieKind::Follows(Function::Coordinator) => say!(words, "access-log-tie-coordinator"),
        TieKind::Follows(Function::Contributor) => say!(words, "access-log-tie-contributor"),
        TieKind::Shared(_) => say!(words, "access-log-tie-shared"),
        TieKind::Mandate => say!(words, "access-log-tie-mandate"),
        TieKind::Own => say!(words, "access-log-tie-own"),
        TieKind::BreakGlass => say!(words, "access-log-tie-emergency"),
        TieKind::Author => say!(words, "access-log-tie-author"),
        TieKind::Barred => say!(words, "access-log-tie-barred"),
    }
}

pub fn role_words(words: &Words, role: Role) -> String {
    match role {
        Role::Worker => say!(words, "access-log-role-worker"),
        Role::Reception => say!(words, "access-log-role-reception"),
        Role::Manager => say!(words, "access-log-role-manager"),
        Role::Mediator => say!(words, "access-log-role-mediator"),
        Role::Volunteer => say!(words, "access-log-role-volunteer"),
        Role::Dpo => say!(words, "access-log-role-dpo"),
        Role::Admin => say!(words, "access-log-role-admin"),
    }
}

fn action_words(words: &Words, action: Action) -> String {
    match action {
        Action::Find => say!(words, "access-log-may-find"),
        Action::Read => say!(words, "access-log-may-read"),
        Action::Write => say!(words, "access-log-may-write"),
        Action::Share => say!(words, "access-log-may-share"),
        Action::Export => say!(words, "access-log-may-export"),
        Action::Assign => say!(words, "access-log-may-assign"),
        Action::Close => say!(words, "access-log-may-close"),
        Action::ReadLog => say!(words, "access-log-may-read-log"),
        Action::Erase => say!(words, "access-log-may-erase"),
    }
}

fn classes_words(words: &Words, classes: Classes) -> String {
    let held = Class::ALL.iter().filter(|it| classes.holds(**it));
    held.map(|it| class_words(words, *it)).collect::<Vec<_>>().join(", ")
}

pub fn class_words(words: &Words, class: Class) -> String {
    match class {
        Class::Identity => say!(words, "access-log-class-identity"),
        Class::Contact => say!(words, "access-log-class-contact"),
        Class::Social => say!(words, "access-log-class-social"),
        Class::Health => say!(words, "access-log-class-health"),
        Class::Protected => say!(words, "access-log-class-protected"),
        Class::PrivateNote => say!(words, "access-log-class-private"),
    }
}

fn states_words(words: &Words, states: &[FileState]) -> String {
    let said = states.iter().map(|it| match it {
        FileState::Open => say!(words, "access-log-state-open"),
        FileState::Closed => say!(words, "access-log-state-closed"),
        FileState::Archived => say!(words, "access-log-state-archived"),
        FileState::Erased => say!(words, "access-log-state-erased"),
    });
    said.collect::<Vec<_>>().join(", ")
}

pub fn purpose_words(words: &Words, purpose: Purpose) -> String {
    match purpose {
        Purpose::Support => say!(words, "access-log-purpose-support"),
        Purpose::Reception => say!(words, "access-log-purpose-reception"),
        Purpose::Supervision => say!(words, "access-log-purpose-supervision"),
        Purpose::AccessRequest => say!(words, "access-log-purpose-access-request"),
        Purpose::Dispute => say!(words, "access-log-purpose-dispute"),
        Purpose::Emergency => say!(words, "access-log-purpose-emergency"),
    }
}
