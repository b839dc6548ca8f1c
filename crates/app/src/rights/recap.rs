//! What was answered, in a few lines a step: beside the result, and on paper.

use web::components::summary_list::Row;
use web::form::Fields;
use web::format;

use super::fr;
use super::model::catalog::{BENEFITS, INCOMES};
use super::model::facts::Who;
use super::model::home::{Place, place};
use super::model::{Step, taxes};
use super::pages::ResultPage;

pub fn recap(page: &ResultPage, step: Step) -> Vec<Row> {
    match step {
        Step::People => people(page),
        Step::Income => income(page),
        Step::Taxes => tax_notice(page),
        Step::Benefits => benefits(page),
        Step::Home => home(page),
    }
}

fn people(page: &ResultPage) -> Vec<Row> {
    let month = page.assessment.month;
    let household = &page.answers.household;
    let lines = household.people.iter().map(|it| {
        let key = match it.who {
            Who::Adult(1) => fr::PERSON,
            Who::Adult(_) => fr::PARTNER,
            Who::Child(_) => fr::CHILD,
        };
        row(key, &fr::person_line(&it.name, it.age(month), it.shared))
    });
    lines.collect()
}

fn income(page: &ResultPage) -> Vec<Row> {
    let month = page.assessment.month;
    let earners = page.answers.household.people.iter().filter(|it| it.may_earn(month));
    let mut res = Vec::new();
    for person in earners {
        let prefix = format!("i.{}", person.who);
        let name = fr::upper_first(&person.name);
        let before = res.len();
        for income in INCOMES {
            let field = format!("{prefix}.{}", income.key);
            if page.fields.is(&field, "oui") {
                let key = format!("{name}, {}", fr::lower_first(fr::income(income.key).label));
                res.push(row(&key, &latest(&page.fields, &field)));
            }
        }
        let rest = rest_words(&page.fields, &format!("{prefix}.rest"), res.len() > before);
        res.push(row(&format!("{name}, {}", fr::OTHER_INCOME), rest));
    }
    res
}

fn tax_notice(page: &ResultPage) -> Vec<Row> {
    let mut res = Vec::new();
    for person in page.answers.household.adults() {
        for (year, lines) in taxes::years(page.answers.period).into_iter().take(1) {
            let prefix = format!("t.{}.{year}", person.who);
            let name = fr::upper_first(&person.name);
            let before = res.len();
            for line in lines {
                if let Some(amount) = page.fields.get(&format!("{prefix}.{}", line.key)) {
                    let label = fr::lower_first(&fr::tax_line(line.key, year).label);
                    res.push(row(&format!("{name}, {label}"), &fr::euros(amount)));
                }
            }
            let rest = rest_words(&page.fields, &format!("{prefix}.rest"), res.len() > before);
            res.push(row(&fr::year_rest(&name, year), rest));
        }
    }
    res
}

fn benefits(page: &ResultPage) -> Vec<Row> {
    let ticked = BENEFITS.iter().filter(|it| page.fields.is(&format!("b.{}", it.key), "oui"));
    let mut res: Vec<Row> = ticked
        .map(|it| row(fr::benefit(it.key).label, &latest(&page.fields, &format!("b.{}", it.key))))
        .collect();
    let rest = rest_words(&page.fields, "b.rest", !res.is_empty());
    res.push(row(fr::OTHER_BENEFITS, rest));
    res
}

fn home(page: &ResultPage) -> Vec<Row> {
    let fields = &page.fields;
    let commune = match place(fields) {
        Place::Found(commune) => fr::commune_found(&commune),
        Place::DoesNotKnow => fr::UNKNOWN.to_owned(),
        Place::NotAnswered | Place::Several(_) | Place::NotFound => fr::NOT_SAID.to_owned(),
    };
    let status = fields.get("h.status").and_then(|value| {
        fr::STATUSES.iter().find(|(it, _, _)| *it == value).map(|(_, label, _)| *label)
    });
    let mut res =
        vec![row(fr::COMMUNE_SHORT, &commune), row(fr::HOME_SHORT, status.unwrap_or(fr::NOT_SAID))];
    if let Some(rent) = fields.get("h.rent").or_else(|| fields.get("h.rent-hostel")) {
        res.push(row(fr::RENT_SHORT, &fr::euros_a_month(rent)));
    }
    res
}

/// The amount of the latest row of an income or a benefit, as typed.
fn latest(fields: &Fields, prefix: &str) -> String {
    let rows = (1..=super::model::income::MAX_ROWS).filter_map(|n| {
        let since = fields.get(&format!("{prefix}.{n}.since"))?;
        let since = super::model::typed::month(since).ok()?;
        let first = fr::first_amount(prefix);
        Some((since, fields.get(&format!("{prefix}.{n}.{first}"))?))
    });
    match rows.max_by_key(|(since, _)| *since) {
        Some((since, amount)) => fr::since_amount(amount, &format::month(since)),
        None => fr::AMOUNT_NOT_SAID.to_owned(),
    }
}

fn rest_words(fields: &Fields, field: &str, others: bool) -> &'static str {
    match fields.get(field) {
        Some("rien") if others => fr::NOTHING_ELSE,
        Some("rien") => fr::NOTHING,
        Some("inconnu") => fr::UNKNOWN,
        _ => fr::NOT_SAID,
    }
}

fn row(key: &str, value: &str) -> Row {
    Row { key: key.to_owned(), value: value.to_owned() }
}
