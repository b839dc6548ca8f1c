//! Step 2: what comes in, month by month.

use base::Month;

use super::catalog::{self, INCOMES, Income};
use super::facts::{Datum, Fact, Owner, Who};
use super::reader::{NONE, Reader, UNKNOWN, YES};
use super::{Person, Structure};
use crate::rights::fr;

/// The most changes of amount one kind of income may have.
pub const MAX_ROWS: usize = 14;

pub(super) fn read(reader: &mut Reader<'_>, household: &Structure) {
    let month = reader.period.month;
    for person in household.people.iter().filter(|it| it.may_earn(month)) {
        for income in INCOMES {
            read_income(reader, person, income);
        }
        rest(reader, person);
        savings(reader, person);
        if matches!(person.who, Who::Adult(_)) {
            hours(reader, person);
        }
        let owner = Owner::Person(person.who);
        let field = format!("i.{}.incapacity", person.who);
        reader.yes_no(owner, "incapacité_de_80_pour_cent", &field);
    }
}

/// The kinds of income this person is asked one by one.
pub fn asked_of(who: Who) -> impl Iterator<Item = &'static Income> {
    INCOMES
        .iter()
        .filter(move |it| matches!(who, Who::Adult(_)) || catalog::CHILD_INCOMES.contains(&it.key))
}

fn read_income(reader: &mut Reader<'_>, person: &Person, income: &Income) {
    let who = person.who;
    let owner = Owner::Person(who);
    let prefix = format!("i.{who}.{}", income.key);
    let asked = asked_of(who).any(|it| it.key == income.key);
    let place = if asked { prefix.clone() } else { format!("i.{who}.rest") };
    for amount in income.amounts {
        reader.facts.asked(owner, amount.fact, &place);
    }
    if income.key == "sick" {
        reader.facts.asked(owner, "date_d_arrêt_de_travail", &format!("{prefix}.stop"));
    }
    if !(asked && reader.is(&prefix, YES)) {
        return;
    }
    let facts: Vec<(&str, &'static str)> =
        income.amounts.iter().map(|it| (it.key, it.fact)).collect();
    let what = fr::what(&person.name, fr::income(income.key).label);
    let floor = floor(reader, who);
    amounts_over_time(reader, owner, &prefix, &facts, &what, floor);
    if income.key == "sick" {
        let what = fr::what(&person.name, fr::SICK_STOP);
        reader.dated(owner, "date_d_arrêt_de_travail", &format!("{prefix}.stop"), &what);
    }
}

/// Rows « depuis … : tant par mois », each holding until the next, the last until the month studied.
pub(super) fn amounts_over_time(
    reader: &mut Reader<'_>,
    owner: Owner,
    prefix: &str,
    facts: &[(&str, &'static str)],
    what: &str,
    floor: Month,
) {
    let mut rows: Vec<(Month, Vec<Option<Datum>>)> = Vec::new();
    for n in 1..=MAX_ROWS {
        let row = format!("{prefix}.{n}");
        let values: Vec<Option<Datum>> = facts
            .iter()
            .map(|(key, _)| reader.money(&format!("{row}.{key}"), what, 100_000).map(Datum::Number))
            .collect();
        let since_field = format!("{row}.since");
        let since = reader.since(&since_field, what);
        let answered =
            facts.iter().any(|(key, _)| reader.fields.get(&format!("{row}.{key}")).is_some());
        if answered && since.is_none() && reader.fields.get(&since_field).is_none() {
            reader.refuse(&since_field, fr::since_missing(what));
        }
        let Some(since) = since else { continue };
        if rows.iter().any(|(month, _)| *month == since) {
            reader.refuse(&since_field, fr::same_month_twice(what, since));
            continue;
        }
        rows.push((since, values));
    }
    rows.sort_by_key(|(since, _)| *since);
    put_rows(reader, owner, facts, &rows);
    if reader.is(&format!("{prefix}.before"), NONE)
        && let Some((first, _)) = rows.first()
    {
        for (_, fact) in facts {
            reader.amounts.put(
                owner,
                fact,
                floor,
                first.plus(-1),
                Some(Datum::Number(base::Rational::ZERO)),
            );
        }
    }
    if reader.is(&format!("{prefix}.unknown"), YES) {
        for (_, fact) in facts {
            reader.amounts.say_unknown(owner, fact);
        }
    }
}

fn put_rows(
    reader: &mut Reader<'_>,
    owner: Owner,
    facts: &[(&str, &'static str)],
    rows: &[(Month, Vec<Option<Datum>>)],
) {
    let last = reader.period.month;
    for (idx, (since, values)) in rows.iter().enumerate() {
        let until = rows.get(idx + 1).map_or(last, |(next, _)| next.plus(-1));
        for ((_, fact), value) in facts.iter().zip(values) {
            reader.amounts.put(owner, fact, *since, until, *value);
        }
    }
}

/// The sentence that speaks for everything not ticked.
fn rest(reader: &mut Reader<'_>, person: &Person) {
    let who = person.who;
    let owner = Owner::Person(who);
    let field = format!("i.{who}.rest");
    let answer = reader.fields.get(&field).map(str::to_owned);
    for income in INCOMES {
        let ticked = asked_of(who).any(|it| it.key == income.key)
            && reader.is(&format!("i.{who}.{}", income.key), YES);
        if ticked {
            continue;
        }
        for amount in income.amounts {
            nothing_else(reader, who, amount.fact, answer.as_deref());
        }
    }
    if matches!(who, Who::Child(_)) {
        for line in catalog::TAX_LINES {
            nothing_else(reader, who, line.fact, answer.as_deref());
        }
        let place = format!("i.{who}.rest");
        for (_, fact) in catalog::YEARLY_LINES {
            reader.facts.asked(owner, fact, &place);
            if answer.as_deref() == Some(NONE) {
                reader.facts.always(owner, fact, Datum::Number(base::Rational::ZERO));
            }
        }
    }
    yearly_profit(reader, person, answer.as_deref());
}

/// Zero only where the sentence says « rien d’autre », from the day it says.
fn nothing_else(reader: &mut Reader<'_>, who: Who, fact: &'static str, answer: Option<&str>) {
    let owner = Owner::Person(who);
    match answer {
        Some(NONE) => {
            let zero = Some(Datum::Number(base::Rational::ZERO));
            let (first, last) = (floor(reader, who), reader.period.month);
            if reader.amounts.is_empty(owner, fact) {
                reader.amounts.put(owner, fact, first, last, zero);
            }
        }
        Some(UNKNOWN) => reader.amounts.say_unknown(owner, fact),
        _ => {}
    }
}

/// The first month the questions speak of. A child has no tax notice: the monthly question covers it.
pub fn floor(reader: &Reader<'_>, who: Who) -> Month {
    match who {
        Who::Adult(_) => reader.period.amounts_from(),
        Who::Child(_) => reader.period.everything_from(),
    }
}

fn yearly_profit(reader: &mut Reader<'_>, person: &Person, rest: Option<&str>) {
    let who = person.who;
    let owner = Owner::Person(who);
    let field = format!("i.{who}.profit");
    reader.facts.asked(owner, catalog::YEARLY_PROFIT, &field);
    if reader.is(&field, YES) {
        let amount_field = format!("{field}.amount");
        let what = fr::what(&person.name, fr::income("profit").label);
        reader.number(owner, catalog::YEARLY_PROFIT, &amount_field, |reader, field| {
            reader.money(field, &what, 1_000_000)
        });
        return;
    }
    match rest {
        Some(NONE) => {
            let zero = Datum::Number(base::Rational::ZERO);
            reader.facts.always(owner, catalog::YEARLY_PROFIT, zero);
        }
        Some(UNKNOWN) => reader.facts.tell(owner, catalog::YEARLY_PROFIT, Fact::Unknown),
        _ => {}
    }
}

fn savings(reader: &mut Reader<'_>, person: &Person) {
    let who = person.who;
    let owner = Owner::Person(who);
    // A child is asked one sentence for everything, savings included.
    let field = match who {
        Who::Adult(_) => format!("i.{who}.savings"),
        Who::Child(_) => format!("i.{who}.rest"),
    };
    let answer = reader.fields.get(&field).map(str::to_owned);
    for (key, fact) in catalog::SAVINGS {
        reader.facts.asked(owner, fact, &field);
        match answer.as_deref() {
            Some(NONE) => reader.facts.always(owner, fact, Datum::Number(base::Rational::ZERO)),
            Some(UNKNOWN) => reader.facts.tell(owner, fact, Fact::Unknown),
            Some(YES) => {
                let what = fr::what(&person.name, fr::saving(key));
                reader.number(owner, fact, &format!("{field}.{key}"), |reader, field| {
                    reader.money(field, &what, 1_000_000)
                });
            }
            _ => {}
        }
    }
}

/// Only asked between 18 and 24: the RSA of the young who have worked two years.
fn hours(reader: &mut Reader<'_>, person: &Person) {
    let who = person.who;
    let owner = Owner::Person(who);
    let field = format!("i.{who}.hours");
    let what = fr::what(&person.name, fr::HOURS);
    reader.number(owner, "heures_travaillées_en_trois_ans", &field, |reader, field| {
        reader.count(field, &what, 20_000)
    });
}

/// Whether the question of the hours worked makes sense for this person.
pub fn asks_hours(person: &Person, month: Month) -> bool {
    person.ageless || person.age(month).is_some_and(|age| (17..25).contains(&age))
}
