//! The words of files: why a door opens, why it stays closed, who does what, when.

use access::{Class, FileState, Function, Reason, Refusal, Role, TieKind};
use base::{Date, Moment};
use maud::{Markup, html};
use web::format;
use web::say;
use web::words::Words;

use super::store::Event;

/// « parce que vous le suivez (référente ou référent) depuis le 3 mars 2026 ».
pub fn reason(words: &Words, reason: Reason) -> String {
    let since = day(reason.since);
    let told = match reason.tie {
        TieKind::Member { role, same_team } => member(words, role, same_team, &since),
        TieKind::Follows(function) => {
            let function = self::function(words, function);
            say!(words, "cases-reason-follows", function = function, since = since)
        }
        TieKind::Shared(_) => say!(words, "cases-reason-shared", since = since),
        TieKind::Mandate => say!(words, "cases-reason-mandate", since = since),
        TieKind::Own => say!(words, "cases-reason-own"),
        TieKind::BreakGlass => say!(words, "cases-reason-emergency", since = since),
        TieKind::Author => say!(words, "cases-reason-author"),
        // A bar never opens a door; said all the same rather than shown as nothing.
        TieKind::Barred => say!(words, "cases-refusal-barred"),
    };
    match reason.until {
        Some(until) => say!(words, "cases-reason-until", reason = told, until = day(until)),
        None => told,
    }
}

fn member(words: &Words, role: Role, same_team: bool, since: &str) -> String {
    let role = self::role(words, role);
    if same_team {
        say!(words, "cases-reason-team", role = role, since = since)
    } else {
        say!(words, "cases-reason-member", role = role, since = since)
    }
}

/// Why not, and what would change it.
pub fn refusal(words: &Words, refusal: Refusal) -> String {
    match refusal {
        Refusal::Barred => say!(words, "cases-refusal-barred"),
        Refusal::Erased => say!(words, "cases-refusal-erased"),
        Refusal::SecondFactor => say!(words, "cases-refusal-second-factor"),
        Refusal::ProveAgain => say!(words, "cases-refusal-prove-again"),
        Refusal::Ended { at } => say!(words, "cases-refusal-ended", at = day(at)),
        Refusal::NotYet { from } => say!(words, "cases-refusal-not-yet", from = day(from)),
        Refusal::Purpose => say!(words, "cases-refusal-purpose"),
        Refusal::NoTie => say!(words, "cases-refusal-no-tie"),
    }
}

pub fn role(words: &Words, role: Role) -> String {
    match role {
        Role::Worker => say!(words, "cases-role-worker"),
        Role::Reception => say!(words, "cases-role-reception"),
        Role::Manager => say!(words, "cases-role-manager"),
        Role::Mediator => say!(words, "cases-role-mediator"),
        Role::Volunteer => say!(words, "cases-role-volunteer"),
        Role::Dpo => say!(words, "cases-role-dpo"),
        Role::Admin => say!(words, "cases-role-admin"),
    }
}

pub fn function(words: &Words, function: Function) -> String {
    match function {
        Function::Referent => say!(words, "cases-function-referent"),
        Function::CoReferent => say!(words, "cases-function-co-referent"),
        Function::Coordinator => say!(words, "cases-function-coordinator"),
        Function::Contributor => say!(words, "cases-function-contributor"),
    }
}

pub fn state(words: &Words, state: FileState) -> String {
    match state {
        FileState::Open => say!(words, "cases-state-open"),
        FileState::Closed => say!(words, "cases-state-closed"),
        FileState::Archived => say!(words, "cases-state-archived"),
        FileState::Erased => say!(words, "cases-state-erased"),
    }
}

pub fn class(words: &Words, class: Class) -> String {
    match class {
        Class::Identity => say!(words, "cases-class-identity"),
        Class::Contact => say!(words, "cases-class-contact"),
        Class::Social => say!(words, "cases-class-social"),
        Class::Health => say!(words, "cases-class-health"),
        Class::Protected => say!(words, "cases-class-protected"),
        Class::PrivateNote => say!(words, "cases-class-private"),
    }
}

/// What happened, without its detail. An event of another slice keeps its own words elsewhere.
pub fn event(words: &Words, event: Event) -> String {
    match event {
        Event::Opened => say!(words, "cases-event-opened"),
        Event::Closed => say!(words, "cases-event-closed"),
        Event::Reopened => say!(words, "cases-event-reopened"),
        Event::PersonAdded => say!(words, "cases-event-person-added"),
        Event::PersonLeft => say!(words, "cases-event-person-left"),
        Event::Assigned => say!(words, "cases-event-assigned"),
        Event::Unassigned => say!(words, "cases-event-unassigned"),
        Event::Shared => say!(words, "cases-event-shared"),
        Event::ShareEnded => say!(words, "cases-event-share-ended"),
        Event::MemberAdded => say!(words, "cases-event-member-added"),
        Event::MemberLeft => say!(words, "cases-event-member-left"),
        Event::IdentityChanged => say!(words, "cases-event-identity-changed"),
        Event::ContactChanged => say!(words, "cases-event-contact-changed"),
        Event::Linked => say!(words, "cases-event-linked"),
        Event::Unlinked => say!(words, "cases-event-unlinked"),
        Event::RightsChecked => say!(words, "cases-event-rights-checked"),
    }
}

/// « 3 mars 2026 », in France.
pub fn day(at: Moment) -> String {
    format::date(at.day_in_paris())
}

/// « il y a 3 jours », the whole date in its title.
pub fn ago(words: &Words, at: Moment, now: Moment) -> Markup {
    let days = now.seconds_since(at).div_euclid(24 * 3600);
    let told = match days {
        _ if at.day_in_paris() == now.day_in_paris() => say!(words, "cases-today"),
        ..=1 => say!(words, "cases-yesterday"),
        2..=60 => say!(words, "cases-days-ago", days = days),
        _ => say!(words, "cases-on", date = day(at)),
    };
    html! { time datetime=(at.day_in_paris()) title=(day(at)) { (told) } }
}

/// « née ou né le 14 juin 1991 », « 35 ans ».
pub fn age(words: &Words, birth: Date, today: Date) -> String {
    let had_birthday = (today.month_of_year(), today.day()) >= (birth.month_of_year(), birth.day());
    let years = i64::from(today.year()) - i64::from(birth.year()) - i64::from(!had_birthday);
    say!(words, "cases-age", years = years)
}
