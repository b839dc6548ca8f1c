//! Which files a list may show: one SQL predicate, equal to the decision for each of them.
//!
//! The predicate is made from the decision itself: each kind of tie is shown alone to [`access::decide`], in each
//! state of the file; where it is allowed, the SQL looks for such a tie. One bar refuses all. A file is then in a
//! list if and only if its door would open, and the database does the work.
//!
//! INVARIANT: with several ties the decision is allowed exactly when one of them is allowed alone and none bars. The
//! test `list_filters_equal_decisions` holds it over drawn structures, ties, states and times.

use access::{
    Action, Class, Classes, Decision, FileState, Function, Period, Purpose, Request, Role, Tie,
    TieKind,
};
use base::Moment;

use crate::spine::ties::{class_code, function_code, role_code, state_code};
use crate::spine::{Account, Viewer};

/// What a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub action: Action,
    pub class: Class,
    pub purpose: Purpose,
}

impl Wanted {
    /// To know that files exist.
    pub const FIND: Self =
        Self { action: Action::Find, class: Class::Identity, purpose: Purpose::Support };
}

/// The predicate on the table `cases`. In the statement around it `$1` is the account that looks and `$2` the
/// instant: see [`crate::spine::Account`] and `desk.now`.
pub fn sql(viewer: &Viewer, wanted: Wanted, now: Moment) -> String {
    let allows = Allows { viewer, wanted, now };
    let ties: Vec<String> = match viewer.account {
        Account::Staff(_) => {
            [members(allows), followers(allows), shares(allows), emergencies(allows)].concat()
        }
        Account::Person(_) => own(allows),
    };
    if ties.is_empty() {
        // Never true, and both parameters are there all the same.
        return "($1 = '' and $2 = '')".to_owned();
    }
    let ties = ties.join("\n or ");
    match viewer.account {
        Account::Staff(_) => format!(
            "(cases.id not in (select tie.case_id from bars tie where tie.staff_id = $1 and {HOLDS})
             and ({ties}))"
        ),
        Account::Person(_) => format!("({ties})"),
    }
}

/// A tie that has begun and not ended.
const HOLDS: &str = "tie.starts_at <= $2 and (tie.ends_at is null or tie.ends_at > $2)";

#[derive(Debug, Clone, Copy)]
struct Allows<'v> {
    viewer: &'v Viewer,
    wanted: Wanted,
    now: Moment,
}

impl Allows<'_> {
    /// The states of the file in which this tie, alone, allows what is wanted; as SQL, `None` for no state.
    fn states(self, kind: TieKind) -> Option<String> {
        let Wanted { action, class, purpose } = self.wanted;
        let tie = Tie { kind, period: Period { from: self.now, to: None } };
        let allowed = |state: FileState| {
            let request = Request { action, class, purpose, state };
            let decision = access::decide(&self.viewer.proof, &[tie], request, self.now);
            matches!(decision, Decision::Allowed(_))
        };
        let states = FileState::ALL.iter().filter(|it| allowed(**it));
        let codes: Vec<String> = states.map(|it| format!("'{}'", state_code(*it))).collect();
        (!codes.is_empty()).then(|| format!("cases.state in ({})", codes.join(", ")))
    }
}

fn members(allows: Allows<'_>) -> Vec<String> {
    let mut res = Vec::new();
    for role in Role::ALL.iter().copied() {
        let role_is = format!("tie.staff_id = $1 and tie.role = '{}' and {HOLDS}", role_code(role));
        let of = |same_team| allows.states(TieKind::Member { role, same_team });
        let (beside, within) = (of(false), of(true));
        if beside == within {
            res.extend(beside.map(|states| {
                format!(
                    "({states} and cases.structure_id in
                      (select tie.structure_id from memberships tie where {role_is}))"
                )
            }));
            continue;
        }
        let team = "(tie.team_id is not null and cases.team_id is not null
                     and tie.team_id = cases.team_id)";
        for (states, team) in [(within, team.to_owned()), (beside, format!("(not {team})"))] {
            res.extend(states.map(|states| {
                format!(
                    "({states} and exists (select 1 from memberships tie
                      where tie.structure_id = cases.structure_id and {role_is} and {team}))"
                )
            }));
        }
    }
    res
}

fn followers(allows: Allows<'_>) -> Vec<String> {
    let of = |function: &Function| {
        let states = allows.states(TieKind::Follows(*function))?;
        Some(format!(
            "({states} and cases.id in (select tie.case_id from care_team tie
              where tie.staff_id = $1 and tie.function = '{}' and {HOLDS}))",
            function_code(*function)
        ))
    };
    Function::ALL.iter().filter_map(of).collect()
}

/// Some things a share allows whatever it shares; others only with the class.
fn shares(allows: Allows<'_>) -> Vec<String> {
    let class = allows.wanted.class;
    let any = allows.states(TieKind::Shared(Classes::NONE));
    let with = allows.states(TieKind::Shared(Classes::of(&[class])));
    let holds_class = format!("and (' ' || tie.classes || ' ') like '% {} %'", class_code(class));
    let found = if any.is_some() {
        any.map(|it| (it, ""))
    } else {
        with.map(|it| (it, holds_class.as_str()))
    };
    let of = |(states, class): (String, &str)| {
        format!(
            "({states} and cases.id in (select tie.case_id from shares tie
              where {HOLDS} {class} and (tie.staff_id = $1 or tie.structure_id in (
                  select member.structure_id from memberships member
                  where member.staff_id = $1 and member.starts_at <= $2
                        and (member.ends_at is null or member.ends_at > $2)))))"
        )
    };
    found.map(of).into_iter().collect()
}

fn emergencies(allows: Allows<'_>) -> Vec<String> {
    let of = |states| {
        format!(
            "({states} and cases.id in (select tie.case_id from emergencies tie
              where tie.staff_id = $1 and {HOLDS}))"
        )
    };
    allows.states(TieKind::BreakGlass).map(of).into_iter().collect()
}

fn own(allows: Allows<'_>) -> Vec<String> {
    let of = |states| {
        format!(
            "({states} and cases.id in (select tie.case_id from case_people tie
              join person_accounts account on account.person_id = tie.person_id
              where account.id = $1 and account.revoked_at is null
                    and tie.role <> 'household' and {HOLDS}))"
        )
    };
    allows.states(TieKind::Own).map(of).into_iter().collect()
}
