//! Finding a person without reading everybody: marks choose a few, their names rank them.

use ::store::{Id, Value, values};
use access::{Action, Class};
use base::Date;

use super::marks;
use super::model::Identity;
use super::names::parts;
use super::nir::Nir;
use super::store::{self, MARKS};
use crate::cases::visible::{self, Wanted};
use crate::rights::model::typed;
use crate::spine::{Asked, Desk, Stop};

/// Somebody found, and the file through which the viewer may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub person: Id,
    pub case: Id,
    pub identity: Identity,
    /// How near the names are, in thousandths: never shown, never kept.
    pub nearness: i64,
    pub same_birth: bool,
}

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    pub names: String,
    pub birth: Option<Date>,
}

/// Opened to be compared, at most.
const OPENED: i64 = 50;
/// Shown, at most.
const SHOWN: usize = 8;
/// Names less alike than this are not what was looked for.
const NEAR: i64 = 820;

impl Sought {
    /// « benali 12/03/1987 »: words, and a date among them.
    pub fn typed(text: &str) -> Self {
        let is_date = |word: &&str| word.len() >= 8 && typed::date(word).is_ok();
        let birth = text.split_whitespace().find(is_date).and_then(|it| typed::date(it).ok());
        let names = text.split_whitespace().filter(|it| !is_date(it));
        Self { names: names.collect::<Vec<_>>().join(" "), birth }
    }

    pub fn of(identity: &Identity) -> Self {
        Self { names: identity.names().join(" "), birth: identity.birth() }
    }
}

/// The persons of the files the viewer may find, the nearest first. Each one shown is a line of the access log.
pub fn find(desk: &mut Desk<'_, '_>, sought: &Sought) -> Result<Vec<Found>, Stop> {
    let mut res = ranked(desk, sought, |it| {
        if parts(&sought.names).is_empty() { it.same_birth } else { it.nearness >= NEAR }
    })?;
    res.truncate(SHOWN);
    shown(desk, &res)?;
    Ok(res)
}

/// Those who may be the person about to be created: a near name with the same date of birth or an unknown one, or
/// nearly the very same name.
pub fn alike(desk: &mut Desk<'_, '_>, identity: &Identity) -> Result<Vec<Found>, Stop> {
    let sought = Sought::of(identity);
    let mut res = ranked(desk, &sought, |it| {
        let unknown = sought.birth.is_none() || it.identity.birth().is_none();
        match (it.same_birth, unknown) {
            (true, _) => it.nearness >= LOOSE,
            (false, true) => it.nearness >= NEAR,
            (false, false) => it.nearness >= VERY_NEAR,
        }
    })?;
    res.truncate(SHOWN);
    shown(desk, &res)?;
    Ok(res)
}

/// With the same date of birth a married name, a nickname or a name cut short is enough to ask.
const LOOSE: i64 = 650;
/// Namesakes: told apart by their birth, shown so that nobody is taken for another.
const VERY_NEAR: i64 = 960;

fn ranked(
    desk: &mut Desk<'_, '_>,
    sought: &Sought,
    keep: impl Fn(&Found) -> bool,
) -> Result<Vec<Found>, Stop> {
    let words = parts(&sought.names);
    let mut res = Vec::new();
    for (person, case) in candidates(desk, sought)? {
        let identity = store::glance(desk, person)?;
        let same_birth = sought.birth.is_some() && identity.birth() == sought.birth;
        let nearness = nearness(&words, &identity);
        let found = Found { person, case, identity, nearness, same_birth };
        if keep(&found) {
            res.push(found);
        }
    }
    res.sort_by_key(|it| (!it.same_birth, std::cmp::Reverse(it.nearness), it.person));
    Ok(res)
}

/// The person who has this number of social security, if the viewer may find them.
pub fn with_nir(desk: &mut Desk<'_, '_>, nir: &Nir) -> Result<Holder, Stop> {
    let Some(person) = store::holder_of_nir(desk, nir)? else { return Ok(Holder::Nobody) };
    match files(desk, person)?.first() {
        Some(case) => {
            let identity = store::glance(desk, person)?;
            let (nearness, same_birth) = (0, true);
            Ok(Holder::Found(Box::new(Found {
                person,
                case: *case,
                identity,
                nearness,
                same_birth,
            })))
        }
        None => Ok(Holder::Hidden),
    }
}

/// Who has a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    Found(Box<Found>),
    /// Somebody the viewer may not know of.
    Hidden,
}

/// The files through which the viewer may know a person, the first opened first.
pub fn files(desk: &mut Desk<'_, '_>, person: Id) -> Result<Vec<Id>, Stop> {
    let visible = visible::sql(desk.viewer, Wanted::FIND, desk.now);
    let sql = format!(
        "select distinct cases.id from case_people there
         join cases on cases.id = there.case_id
         where there.person_id = $3 and {visible} order by cases.id limit 5"
    );
    let rows = desk.tx.rows(&sql, &values![desk.viewer.actor(), desk.now, person])?;
    rows.iter().map(|row| Ok(row.get(0)?)).collect()
}

/// Those who share most marks with what was typed, within the files the viewer may find.
fn candidates(desk: &mut Desk<'_, '_>, sought: &Sought) -> Result<Vec<(Id, Id)>, Stop> {
    let marks = marks::of_typed(&desk.keys.lookup(MARKS), &sought.names, sought.birth);
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    let visible = visible::sql(desk.viewer, Wanted::FIND, desk.now);
    let slots: Vec<String> = (0..marks.len()).map(|at| format!("${}", at + 4)).collect();
    let sql = format!(
        "select marks.person_id, min(cases.id), count(distinct marks.mark) as shared
         from people_marks marks
         join case_people there on there.person_id = marks.person_id
         join cases on cases.id = there.case_id
         where marks.mark in ({}) and {visible}
         group by marks.person_id order by shared desc, marks.person_id limit $3",
        slots.join(", ")
    );
    let mut values: Vec<Value> = values![desk.viewer.actor(), desk.now, OPENED].to_vec();
    values.extend(marks.into_iter().map(Value::from));
    let rows = desk.tx.rows(&sql, &values)?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Opens the door of what is shown: the decision is taken again, and written.
fn shown(desk: &mut Desk<'_, '_>, found: &[Found]) -> Result<(), Stop> {
    for it in found {
        desk.open(Asked::new(it.case, Action::Find, Class::Identity))?;
    }
    Ok(())
}

/// How near what was typed is to a name: each word typed has a nearest word; half the mean of them, half the worst, so
/// that a right first name does not carry a wrong family name. A word may be typed only to its middle.
fn nearness(typed: &[String], identity: &Identity) -> i64 {
    let known: Vec<String> = identity.names().iter().flat_map(|it| parts(it)).collect();
    let together: Vec<String> =
        identity.names().iter().flat_map(|it| super::names::words(it)).collect();
    if typed.is_empty() || known.is_empty() {
        return 0;
    }
    let all: Vec<&String> = known.iter().chain(&together).collect();
    let best = |word: &String| all.iter().map(|it| likeness(word, it)).max().unwrap_or(0);
    let each: Vec<i64> = typed.iter().map(best).collect();
    let mean = each.iter().sum::<i64>() / i64::try_from(each.len()).unwrap_or(1).max(1);
    let apart = i64::midpoint(mean, each.iter().copied().min().unwrap_or(0));
    // « Jean Pierre » typed for « Jeanpierre »: a longer word only begins like a shorter one.
    let joined = typed.concat();
    let length = joined.chars().count();
    let as_long = all.iter().filter(|it| it.chars().count().abs_diff(length) <= 2);
    apart.max(as_long.map(|it| alike_by(&joined, it)).max().unwrap_or(0))
}

fn likeness(typed: &str, known: &str) -> i64 {
    let length = typed.chars().count();
    let start: String = known.chars().take(length).collect();
    let whole = alike_by(typed, known);
    // Being typed: the beginning counts nearly as much as the word.
    let begun = alike_by(typed, &start);
    if length >= 2 { whole.max(begun.saturating_sub(20)) } else { whole }
}

/// Jaro-Winkler, in thousandths.
fn alike_by(one: &str, other: &str) -> i64 {
    (strsim::jaro_winkler(one, other) * 1000.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, birth_name: &str, first_names: &str) -> bool {
        let identity = Identity {
            birth_name: birth_name.to_owned(),
            first_names: first_names.to_owned(),
            ..Identity::default()
        };
        nearness(&parts(typed), &identity) >= NEAR
    }

    #[test]
    fn as_people_type() {
        assert!(near("benali nadia", "BENALI", "Nadia, Fatima"));
        assert!(near("ben", "Benali", "Nadia"));
        assert!(near("Bénali", "Benali", "Nadia"));
        assert!(near("benalli nadai", "Benali", "Nadia"));
        assert!(near("jean-pierre", "Durand", "Jeanpierre"));
        assert!(near("elkhadri", "El Khadri", "Samira"));
        assert!(!near("durand", "Benali", "Nadia"));
        assert!(!near("nadia martin", "Benali", "Nadia"));
    }

    #[test]
    fn a_date_among_the_words() {
        let sought = Sought::typed("benali 12/03/1987 nadia");
        assert_eq!(sought.names, "benali nadia");
        assert_eq!(sought.birth, "1987-03-12".parse().ok());
        assert_eq!(Sought::typed("12031987").names, "");
    }
}
