//! Step 3: the tax notice. Yearly amounts, spread over their twelve months.

use base::Rational;

use super::catalog::{self, TAX_LINES, TaxLine};
use super::facts::{Datum, Fact, Owner};
use super::reader::{NONE, Reader, UNKNOWN};
use super::{Person, Structure};
use crate::rights::fr;

pub(super) fn read(reader: &mut Reader<'_>, household: &Structure) {
    for person in household.adults() {
        for (year, lines) in years(reader.period) {
            person_year(reader, person, year, &lines);
        }
    }
}

/// Each year asked, the most useful first, with its lines.
pub fn years(period: super::period::Period) -> Vec<(i32, Vec<&'static TaxLine>)> {
    let named = |keys: &[&str]| keys.iter().filter_map(|key| catalog::tax_line(key)).collect();
    let mut res = vec![
        (period.tax_year(), TAX_LINES.iter().collect()),
        (period.tax_year() + 1, named(catalog::LAST_YEAR_LINES)),
    ];
    if let Some(year) = period.earlier_tax_year() {
        res.push((year, named(catalog::EARLIER_YEAR_LINES)));
    }
    res
}

fn person_year(reader: &mut Reader<'_>, person: &Person, year: i32, lines: &[&'static TaxLine]) {
    let prefix = format!("t.{}.{year}", person.who);
    let owner = Owner::Person(person.who);
    let rest = reader.fields.get(&format!("{prefix}.rest")).map(str::to_owned);
    for line in lines {
        let field = format!("{prefix}.{}", line.key);
        reader.facts.asked(owner, line.fact, &field);
        reader.facts.asked_for_year(owner, line.fact, year, &field);
        let what = fr::what(&person.name, &fr::tax_line(line.key, year).label);
        match amount_or_rest(reader, &field, &what, rest.as_deref()) {
            Told::Amount(amount) => reader.amounts.put_year(owner, line.fact, year, amount),
            Told::Unknown => reader.amounts.say_unknown(owner, line.fact),
            Told::Nothing => {}
        }
    }
    if year == reader.period.tax_year() {
        for (key, fact) in catalog::YEARLY_LINES {
            let field = format!("{prefix}.{key}");
            let what = fr::what(&person.name, &fr::tax_line(key, year).label);
            yearly(reader, owner, fact, &field, &what, rest.as_deref());
        }
    }
}

/// An amount of the last notice that holds until the next one.
fn yearly(
    reader: &mut Reader<'_>,
    owner: Owner,
    fact: &'static str,
    field: &str,
    what: &str,
    rest: Option<&str>,
) {
    reader.facts.asked(owner, fact, field);
    match amount_or_rest(reader, field, what, rest) {
        Told::Amount(amount) => reader.facts.always(owner, fact, Datum::Number(amount)),
        Told::Unknown => reader.facts.tell(owner, fact, Fact::Unknown),
        Told::Nothing => {}
    }
}

enum Told {
    Amount(Rational),
    Unknown,
    Nothing,
}

/// What the box says, or the sentence that speaks for the empty boxes.
fn amount_or_rest(reader: &mut Reader<'_>, field: &str, what: &str, rest: Option<&str>) -> Told {
    if reader.doubted(field) {
        return Told::Unknown;
    }
    let typed = reader.fields.get(field).is_some();
    match reader.money(field, what, 200_000) {
        Some(amount) => Told::Amount(amount),
        // Typed and refused: not blank.
        None if typed => Told::Nothing,
        None => match rest {
            Some(NONE) => Told::Amount(Rational::ZERO),
            Some(UNKNOWN) => Told::Unknown,
            _ => Told::Nothing,
        },
    }
}
