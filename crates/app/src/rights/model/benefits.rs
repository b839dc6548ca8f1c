//! Step 4: what the family already receives.

use base::Rational;

use super::catalog::BENEFITS;
use super::facts::{Datum, Fact, Owner};
use super::income::amounts_over_time;
use super::reader::{NONE, Reader, UNKNOWN, YES};
use crate::rights::fr;

pub(super) fn read(reader: &mut Reader<'_>) {
    let rest = reader.fields.get("b.rest").map(str::to_owned);
    let (floor, last) = (reader.period.benefits_from(), reader.period.month);
    for benefit in BENEFITS {
        let field = format!("b.{}", benefit.key);
        reader.facts.asked(Owner::Family, benefit.fact, &field);
        if reader.is(&field, YES) {
            let facts = [("net", benefit.fact)];
            let what = fr::benefit(benefit.key).label;
            amounts_over_time(reader, Owner::Family, &field, &facts, what, floor);
            continue;
        }
        match rest.as_deref() {
            Some(NONE) => {
                let zero = Some(Datum::Number(Rational::ZERO));
                reader.amounts.put(Owner::Family, benefit.fact, floor, last, zero);
            }
            Some(UNKNOWN) => reader.amounts.say_unknown(Owner::Family, benefit.fact),
            _ => {}
        }
    }
    first_month_of_housing_aid(reader, rest.as_deref());
}

/// Who receives no housing aid is studied as asking for it in the month studied: the page says so.
fn first_month_of_housing_aid(reader: &mut Reader<'_>, rest: Option<&str>) {
    let fact = "premier_mois_d_aide_au_logement";
    let field = "b.housing.first";
    reader.facts.asked(Owner::Family, fact, field);
    if reader.is("b.housing", YES) && reader.doubted(field) {
        reader.facts.tell(Owner::Family, fact, Fact::Unknown);
        return;
    }
    let month = if reader.is("b.housing", YES) {
        reader.since(field, fr::HOUSING_FIRST)
    } else {
        (rest == Some(NONE)).then_some(reader.period.month)
    };
    if let Some(day) = month.and_then(base::Month::first_day) {
        reader.facts.always(Owner::Family, fact, Datum::Date(day));
    }
}
