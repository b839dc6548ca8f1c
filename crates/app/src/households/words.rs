//! The words of households.

use base::Date;
use web::format;
use web::say;
use web::words::Words;

use super::store::{Member, MemberRole};
use crate::cases::load::MemberHere;
use crate::cases::words::age;

pub fn role(words: &Words, role: MemberRole) -> String {
    match role {
        MemberRole::Adult => say!(words, "households-role-adult"),
        MemberRole::Partner => say!(words, "households-role-partner"),
        MemberRole::Child => say!(words, "households-role-child"),
        MemberRole::Other => say!(words, "households-role-other"),
    }
}

/// « Adam Roux, enfant, 6 ans, la moitié du temps ».
pub fn line(words: &Words, it: &MemberHere, today: Date) -> String {
    let mut res = vec![it.identity.name(), role(words, it.member.role)];
    res.extend(it.identity.birth().map(|birth| age(words, birth, today)));
    if it.member.share_percent < 100 {
        res.push(share(words, it.member.share_percent));
    }
    res.join(", ")
}

/// How much of the time somebody lives there.
pub fn share(words: &Words, percent: i64) -> String {
    match percent {
        100 => say!(words, "households-share-100"),
        75 => say!(words, "households-share-75"),
        50 => say!(words, "households-share-50"),
        25 => say!(words, "households-share-25"),
        other => say!(words, "households-share", percent = other),
    }
}

/// « depuis le 1er septembre 2024 », « du … au … ».
pub fn period(words: &Words, it: &Member) -> String {
    let from = format::date(it.starts_on);
    match it.ends_on {
        Some(end) => say!(words, "households-from-to", from = from, to = format::date(end)),
        None => say!(words, "cases-since", date = from),
    }
}
