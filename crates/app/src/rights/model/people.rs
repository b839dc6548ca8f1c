//! Step 1: who lives here.

use base::{Date, Month};
use web::form::Fields;

use super::facts::{Datum, Fact, Owner, Source, Who};
use super::reader::{Reader, YES};
use super::{MAX_CHILDREN, Person, Structure, catalog};
use crate::rights::fr;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Couple {
    Alone,
    /// Married or in a civil union: one tax return.
    Joint,
    /// Living together, two tax returns.
    Separate,
}

pub const COUPLE: &str = "p.couple";

pub fn couple(fields: &Fields) -> Option<Couple> {
    match fields.get(COUPLE)? {
        "alone" => Some(Couple::Alone),
        "joint" => Some(Couple::Joint),
        "separate" => Some(Couple::Separate),
        _ => None,
    }
}

/// The ranks of the children who have a place on the page.
pub fn present_children(fields: &Fields) -> Vec<u8> {
    (1..=MAX_CHILDREN).filter(|n| fields.is(&format!("p.e{n}.here"), YES)).collect()
}

pub(super) fn read(reader: &mut Reader<'_>) -> Structure {
    let couple = couple(reader.fields);
    if couple.is_none() {
        reader.refuse(COUPLE, fr::COUPLE_MISSING.to_owned());
    }
    let mut people = vec![adult(reader, 1, couple)];
    if matches!(couple, Some(Couple::Joint | Couple::Separate)) {
        people.push(adult(reader, 2, couple));
    }
    let oldest_parent = youngest_birth(&people);
    for n in present_children(reader.fields) {
        let child = child(reader, n, couple, oldest_parent);
        people.push(child);
    }
    if couple == Some(Couple::Alone) {
        alone(reader, people.first().and_then(|it| it.birth));
    }
    Structure { couple, people }
}

fn adult(reader: &mut Reader<'_>, n: u8, couple: Option<Couple>) -> Person {
    let who = Who::Adult(n);
    let name = fr::person_name(reader.fields, who);
    let birth = birth(reader, who, &name);
    let ageless = reader.doubted(&format!("p.{who}.birth"));
    activity(reader, who, &name);
    nationality(reader, who, &name);
    pregnancy(reader, who);
    let elsewhere = reader.is(&format!("t.{who}.return"), "elsewhere");
    let tax_return = match couple {
        _ if elsewhere => None,
        Some(Couple::Joint) => Some(1),
        _ => Some(n),
    };
    Person { who, name, birth, ageless, shared: false, tax_return }
}

fn child(
    reader: &mut Reader<'_>,
    n: u8,
    couple: Option<Couple>,
    youngest_parent: Option<Date>,
) -> Person {
    let who = Who::Child(n);
    let name = fr::person_name(reader.fields, who);
    let birth = birth(reader, who, &name);
    if let (Some(birth), Some(parent)) = (birth, youngest_parent)
        && birth <= parent
    {
        reader.refuse(&format!("p.{who}.birth"), fr::older_than_parent(&name));
    }
    let tax_return = match (reader.fields.get(&format!("t.{who}.return")), couple) {
        (Some("elsewhere"), _) => None,
        (Some("second"), Some(Couple::Separate)) => Some(2),
        _ => Some(1),
    };
    let shared = reader.is(&format!("p.{who}.custody"), "shared");
    let ageless = reader.doubted(&format!("p.{who}.birth"));
    Person { who, name, birth, ageless, shared, tax_return }
}

/// « Oui, depuis plus de quatre mois » answers two questions of the law.
fn pregnancy(reader: &mut Reader<'_>, who: Who) {
    let owner = Owner::Person(who);
    let field = format!("p.{who}.pregnant");
    let (pregnant, late) = ("enceinte", "grossesse_de_plus_de_quatre_mois");
    reader.facts.asked(owner, pregnant, &field);
    reader.facts.asked(owner, late, &field);
    let answer = match reader.fields.get(&field) {
        Some(super::reader::NO) => (false, false),
        Some("early") => (true, false),
        Some("late") => (true, true),
        Some(super::reader::UNKNOWN) => {
            reader.facts.tell(owner, pregnant, Fact::Unknown);
            reader.facts.tell(owner, late, Fact::Unknown);
            return;
        }
        _ => return,
    };
    reader.facts.always(owner, pregnant, Datum::Bool(answer.0));
    reader.facts.always(owner, late, Datum::Bool(answer.1));
}

fn birth(reader: &mut Reader<'_>, who: Who, name: &str) -> Option<Date> {
    let what = fr::what(name, fr::BIRTH);
    reader.dated(Owner::Person(who), "date_de_naissance", &format!("p.{who}.birth"), &what)
}

/// The date of birth of the younger parent: a child comes after both.
fn youngest_birth(people: &[Person]) -> Option<Date> {
    people.iter().filter_map(|it| it.birth).max()
}

/// Without « depuis », the activity is only known for the month studied.
fn activity(reader: &mut Reader<'_>, who: Who, name: &str) {
    let owner = Owner::Person(who);
    let field = format!("p.{who}.activity");
    reader.facts.asked(owner, "activité", &field);
    let since_field = format!("p.{who}.activity-since");
    let since = reader.since(&since_field, &fr::what(name, fr::ACTIVITY_SINCE));
    let jobless = format!("p.{who}.jobless-since");
    if reader.is(&field, super::reader::UNKNOWN) {
        reader.facts.tell(owner, "activité", Fact::Unknown);
        return;
    }
    let Some(case) = reader.case(&field, catalog::ACTIVITIES) else { return };
    let month = reader.period.month;
    state_since(reader, owner, "activité", Datum::Case(case), since.unwrap_or(month));
    reader.facts.asked(owner, "date_de_début_du_chômage", &jobless);
    if case == "au_chômage" {
        reader.dated(
            owner,
            "date_de_début_du_chômage",
            &jobless,
            &fr::what(name, fr::JOBLESS_SINCE),
        );
    }
    reader.facts.asked(owner, "boursier_du_supérieur", &format!("p.{who}.scholarship"));
    if case == "en_études" {
        reader.yes_no(owner, "boursier_du_supérieur", &format!("p.{who}.scholarship"));
    }
}

/// A state known from `since` on, and carried on until it changes.
pub(super) fn state_since(
    reader: &mut Reader<'_>,
    owner: Owner,
    fact: &'static str,
    datum: Datum,
    since: Month,
) {
    let points = vec![(since, Some(datum))];
    reader.facts.tell(owner, fact, Fact::Since { points, until: None, source: Source::Declared });
}

fn nationality(reader: &mut Reader<'_>, who: Who, name: &str) {
    let owner = Owner::Person(who);
    let field = format!("p.{who}.nationality");
    reader.facts.asked(owner, "nationalité", &field);
    let permit_since = format!("p.{who}.permit-since");
    let arrival = format!("p.{who}.arrival");
    let (permit, exempt) = (format!("p.{who}.permit"), format!("p.{who}.permit-exempt"));
    reader.facts.asked(owner, "date_du_titre_de_séjour", &permit_since);
    reader.facts.asked(owner, "date_d_arrivée_en_France", &arrival);
    reader.facts.asked(owner, "titre_de_séjour_valable", &permit);
    reader.facts.asked(owner, "dispensé_de_durée_de_titre", &exempt);
    if reader.is(&field, super::reader::UNKNOWN) {
        reader.facts.tell(owner, "nationalité", Fact::Unknown);
        return;
    }
    let Some(case) = reader.case(&field, catalog::NATIONALITIES) else { return };
    reader.facts.always(owner, "nationalité", Datum::Case(case));
    if case == "européenne" {
        reader.dated(owner, "date_d_arrivée_en_France", &arrival, &fr::what(name, fr::ARRIVAL));
    }
    if case == "autre_nationalité" {
        reader.yes_no(owner, "titre_de_séjour_valable", &permit);
        reader.yes_no(owner, "dispensé_de_durée_de_titre", &exempt);
        let what = fr::what(name, fr::PERMIT_SINCE);
        reader.dated(owner, "date_du_titre_de_séjour", &permit_since, &what);
    }
}

/// « Depuis toujours » is a date too: the day of birth.
fn alone(reader: &mut Reader<'_>, birth: Option<Date>) {
    let field = "p.alone-date";
    reader.facts.asked(Owner::Family, "date_d_isolement", field);
    match reader.fields.get("p.alone") {
        Some("always") => {
            if let Some(birth) = birth {
                reader.facts.always(Owner::Family, "date_d_isolement", Datum::Date(birth));
            }
        }
        Some("since") => {
            reader.dated(Owner::Family, "date_d_isolement", field, fr::ALONE_SINCE);
        }
        Some(super::reader::UNKNOWN) => {
            reader.facts.tell(Owner::Family, "date_d_isolement", Fact::Unknown);
        }
        _ => {}
    }
}
