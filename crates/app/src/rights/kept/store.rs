//! The rows of checks.

use std::collections::BTreeMap;

use ::store::{Id, Migration, values};
use access::Class;
use base::{Date, Moment, Month};
use web::form::Fields;

use super::results::Results;
use crate::cases::store::{self as cases, Event};
use crate::spine::ties::class_code;
use crate::spine::{Desk, Door, Stop};

pub const SCHEMA: Migration = Migration {
    name: "rights checks",
    sql: "
        create table rights_checks (
            id text primary key,
            case_id text not null references cases (id),
            at text not null,
            month text not null,
            rulebook text not null,
            author text not null,
            class text not null,
            answers_key {bytes} not null,
            answers {bytes} not null,
            results {bytes} not null
        );
        create index rights_checks_case on rights_checks (case_id, at);
    ",
};

/// What is in clear of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub id: Id,
    pub at: Moment,
    pub month: Month,
    /// The fingerprint of the law of that day.
    pub rulebook: String,
    pub author: String,
    pub class: Class,
}

/// A check about to be kept.
#[derive(Debug, Clone)]
pub struct NewCheck {
    pub month: Month,
    pub rulebook: String,
    pub answers: Fields,
    pub results: Results,
}

/// A check as it was kept.
#[derive(Debug, Clone)]
pub struct Check {
    pub heading: Heading,
    pub answers: Fields,
    pub results: Results,
}

/// The checks of a file, the last first.
pub fn headings(desk: &mut Desk<'_, '_>, door: &Door) -> Result<Vec<Heading>, Stop> {
    let sql = "select id, at, month, rulebook, author, class from rights_checks
               where case_id = $1 order by at desc, id desc";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![door.file])? {
        let month: String = row.get(2)?;
        let class: String = row.get(5)?;
        let known = Class::ALL.iter().copied().find(|it| class_code(*it) == class);
        res.push(Heading {
            id: row.get(0)?,
            at: row.get(1)?,
            month: month.parse().map_err(|_| Stop::Sealed)?,
            rulebook: row.get(3)?,
            author: row.get(4)?,
            // A class that is not known is read as the most closed that is shared.
            class: known.unwrap_or(Class::Protected),
        });
    }
    Ok(res)
}

/// Opens a check through a door opened for its class.
pub fn check(desk: &mut Desk<'_, '_>, door: &Door, id: Id) -> Result<Check, Stop> {
    let heading = headings(desk, door)?.into_iter().find(|it| it.id == id);
    let heading = heading.ok_or(Stop::Absent)?;
    if door.class < heading.class {
        return Err(Stop::Absent);
    }
    let sql = "select answers, results from rights_checks where id = $1 and case_id = $2";
    let row = desk.tx.row(sql, &values![id, door.file])?;
    let answers = door.read("rights_checks", "answers", id, &row.get::<Vec<u8>>(0)?)?;
    let results = door.read("rights_checks", "results", id, &row.get::<Vec<u8>>(1)?)?;
    let answers: BTreeMap<String, String> =
        serde_json::from_str(&answers).map_err(|_| Stop::Sealed)?;
    let results = serde_json::from_str(&results).map_err(|_| Stop::Sealed)?;
    Ok(Check { heading, answers: answers.into_iter().collect(), results })
}

/// Keeps a check; the same answers, law and month of the same day are the check already kept.
pub fn keep(desk: &mut Desk<'_, '_>, door: &Door, new: &NewCheck) -> Result<Id, Stop> {
    let answers: BTreeMap<&str, &str> = new.answers.iter().collect();
    let answers = serde_json::to_string(&answers).map_err(|_| Stop::Sealed)?;
    let same = format!("{} {} {} {answers}", door.file, new.month, new.rulebook);
    let key = desk.keys.lookup("rights answers").hash(&same);
    let sql = "select id, at from rights_checks where case_id = $1 and answers_key = $2";
    for row in desk.tx.rows(sql, &values![door.file, key.clone()])? {
        if row.get::<Moment>(1)?.day_in_paris() == today(desk) {
            return Ok(row.get(0)?);
        }
    }
    let results = serde_json::to_string(&new.results).map_err(|_| Stop::Sealed)?;
    let (id, mut entropy) = (desk.new_id(), desk.entropy.clone());
    let class = class_code(class_of(&new.answers));
    let answers = door.write("rights_checks", "answers", id, &answers, &mut entropy)?;
    let results = door.write("rights_checks", "results", id, &results, &mut entropy)?;
    let sql = "insert into rights_checks (id, case_id, at, month, rulebook, author, class,
                                          answers_key, answers, results)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let (month, author) = (new.month.to_string(), desk.viewer.actor());
    let rulebook = new.rulebook.as_str();
    let row =
        values![id, door.file, desk.now, month, rulebook, author, class, key, answers, results];
    desk.tx.execute(sql, &row)?;
    cases::event(desk, door, Event::RightsChecked, &id.to_string())?;
    Ok(id)
}

fn today(desk: &Desk<'_, '_>) -> Date {
    desk.now.day_in_paris()
}

/// How sensitive the answers are: the residence permit, then health, then the situation.
pub fn class_of(fields: &Fields) -> Class {
    let mut res = Class::Social;
    for (name, value) in fields.iter() {
        let last = name.rsplit('.').next().unwrap_or_default();
        let class = match (last, value) {
            ("permit" | "permit-since" | "permit-exempt" | "arrival", _)
            | ("nationality", "autre_nationalité") => Class::Protected,
            ("pregnant", "early" | "late") | ("incapacity", "oui") => Class::Health,
            _ if name.starts_with("b.aah") && name != "b.aah"
                || (name, value) == ("b.aah", "oui") =>
            {
                Class::Health
            }
            _ => Class::Social,
        };
        res = res.max(class);
    }
    res
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_sensitive_answer_decides() {
        let of = |pairs: &[(&str, &str)]| class_of(&pairs.iter().copied().collect());
        assert_eq!(
            of(&[("p.a1.nationality", "française"), ("p.a1.pregnant", "non")]),
            Class::Social
        );
        assert_eq!(of(&[("p.a1.pregnant", "late")]), Class::Health);
        assert_eq!(of(&[("b.aah.1.net", "1000"), ("b.rsa", "oui")]), Class::Health);
        assert_eq!(of(&[("p.a2.permit", "non"), ("p.a1.pregnant", "late")]), Class::Protected);
    }
}
