//! What links a viewer to a file: read from the tables of the slices that make these links.

use access::{Classes, FileState, Function, Period, Role, Tie, TieKind};
use base::Moment;
use store::{Id, Row, Tx, values};

use super::answer::Stop;
use super::viewer::{Account, Viewer};

/// The state of the file and the viewer's ties to it, ended and future ones included: they make the refusal say
/// more. [`Stop::Absent`] when there is no such file.
pub fn of(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    file: Id,
    now: Moment,
) -> Result<(FileState, Vec<Tie>), Stop> {
    let sql = "select state, structure_id, team_id from cases where id = $1";
    let row = tx.row(sql, &values![file])?;
    let state = state(&row.get::<String>(0)?);
    let (structure, team): (Id, Option<Id>) = (row.get(1)?, row.get(2)?);
    let mut ties = Vec::new();
    match viewer.account {
        Account::Staff(staff) => {
            of_member(tx, staff, structure, team, &mut ties)?;
            of_follower(tx, staff, file, &mut ties)?;
            of_shares(tx, staff, file, now, &mut ties)?;
            of_exceptions(tx, staff, file, &mut ties)?;
        }
        Account::Person(account) => of_person(tx, account, file, &mut ties)?,
    }
    Ok((state, ties))
}

/// A state that is not known opens nothing.
pub fn state(code: &str) -> FileState {
    match code {
        "open" => FileState::Open,
        "closed" => FileState::Closed,
        "archived" => FileState::Archived,
        _ => FileState::Erased,
    }
}

pub fn state_code(state: FileState) -> &'static str {
    match state {
        FileState::Open => "open",
        FileState::Closed => "closed",
        FileState::Archived => "archived",
        FileState::Erased => "erased",
    }
}

fn of_member(
    tx: &mut Tx<'_>,
    staff: Id,
    structure: Id,
    team: Option<Id>,
    ties: &mut Vec<Tie>,
) -> Result<(), Stop> {
    let sql = "select role, team_id, starts_at, ends_at from memberships
               where staff_id = $1 and structure_id = $2";
    for row in tx.rows(sql, &values![staff, structure])? {
        let Some(role) = role(&row.get::<String>(0)?) else { continue };
        let own: Option<Id> = row.get(1)?;
        let same_team = own.is_some() && own == team;
        ties.push(Tie { kind: TieKind::Member { role, same_team }, period: period(&row, 2)? });
    }
    Ok(())
}

fn of_follower(tx: &mut Tx<'_>, staff: Id, file: Id, ties: &mut Vec<Tie>) -> Result<(), Stop> {
    let sql = "select function, starts_at, ends_at from care_team
               where staff_id = $1 and case_id = $2";
    for row in tx.rows(sql, &values![staff, file])? {
        let Some(function) = function(&row.get::<String>(0)?) else { continue };
        ties.push(Tie { kind: TieKind::Follows(function), period: period(&row, 1)? });
    }
    Ok(())
}

/// Shared with them by name, or with a structure they belong to now.
fn of_shares(
    tx: &mut Tx<'_>,
    staff: Id,
    file: Id,
    now: Moment,
    ties: &mut Vec<Tie>,
) -> Result<(), Stop> {
    let sql = "select classes, starts_at, ends_at from shares
               where case_id = $2 and (staff_id = $1 or structure_id in (
                   select structure_id from memberships
                   where staff_id = $1 and starts_at <= $3 and (ends_at is null or ends_at > $3)))";
    for row in tx.rows(sql, &values![staff, file, now])? {
        let classes = classes(&row.get::<String>(0)?);
        ties.push(Tie { kind: TieKind::Shared(classes), period: period(&row, 1)? });
    }
    Ok(())
}

fn of_exceptions(tx: &mut Tx<'_>, staff: Id, file: Id, ties: &mut Vec<Tie>) -> Result<(), Stop> {
    for (table, kind) in [("bars", TieKind::Barred), ("emergencies", TieKind::BreakGlass)] {
        let sql =
            format!("select starts_at, ends_at from {table} where staff_id = $1 and case_id = $2");
        for row in tx.rows(&sql, &values![staff, file])? {
            ties.push(Tie { kind, period: period(&row, 0)? });
        }
    }
    Ok(())
}

/// Whoever only lives in the household is not at home in the file.
fn of_person(tx: &mut Tx<'_>, account: Id, file: Id, ties: &mut Vec<Tie>) -> Result<(), Stop> {
    let sql = "select own.starts_at, own.ends_at
               from person_accounts account
               join case_people own on own.person_id = account.person_id
               where account.id = $1 and own.case_id = $2 and own.role <> 'household'
                     and account.revoked_at is null";
    for row in tx.rows(sql, &values![account, file])? {
        ties.push(Tie { kind: TieKind::Own, period: period(&row, 0)? });
    }
    Ok(())
}

fn period(row: &Row, at: usize) -> Result<Period, Stop> {
    Ok(Period { from: row.get(at)?, to: row.get(at.saturating_add(1))? })
}

pub fn role(code: &str) -> Option<Role> {
    Role::ALL.iter().copied().find(|it| role_code(*it) == code)
}

pub fn role_code(role: Role) -> &'static str {
    match role {
        Role::Worker => "worker",
        Role::Reception => "reception",
        Role::Manager => "manager",
        Role::Mediator => "mediator",
        Role::Volunteer => "volunteer",
        Role::Dpo => "dpo",
        Role::Admin => "admin",
    }
}

pub fn function(code: &str) -> Option<Function> {
    Function::ALL.iter().copied().find(|it| function_code(*it) == code)
}

pub fn function_code(function: Function) -> &'static str {
    match function {
        Function::Referent => "referent",
        Function::CoReferent => "co_referent",
        Function::Coordinator => "coordinator",
        Function::Contributor => "contributor",
    }
}

/// `P0 P2`, as stored.
pub fn classes(text: &str) -> Classes {
    access::Class::ALL
        .iter()
        .filter(|it| text.split(' ').any(|code| code == class_code(**it)))
        .fold(Classes::NONE, |set, it| set.with(*it))
}

pub fn class_code(class: access::Class) -> &'static str {
    match class {
        access::Class::Identity => "P0",
        access::Class::Contact => "P1",
        access::Class::Social => "P2",
        access::Class::Health => "P3",
        access::Class::Protected => "P4",
        access::Class::PrivateNote => "P5",
    }
}
