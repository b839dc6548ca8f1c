//! What was answered, in a few lines a step: beside the result, and on paper.

use web::components::summary_list::Row;
use web::form::Fields;
use web::format;

use super::fr;
use super::model::block::Block;
use super::model::catalog::{BENEFITS, INCOMES};
use super::model::facts::Who;
use super::model::home::{Place, place};
use super::model::reader::{YES, doubt};
use super::model::{Answers, Person, Step, taxes};

/// The rows of a whole step, as short as the column beside the result.
pub fn recap(fields: &Fields, answers: &Answers, step: Step) -> Vec<Row> {
    match step {
        Step::People => people(answers),
        Step::Income => income(fields, answers),
        Step::Taxes => tax_notice(fields, answers),
        Step::Benefits => benefits(fields),
        Step::Home => [commune(fields), dwelling(fields)].concat(),
    }
}

/// The rows of one block of questions.
pub fn block(fields: &Fields, answers: &Answers, block: Block) -> Vec<Row> {
    let named = |who: Who| answers.household.people.iter().find(|it| it.who == who);
    match block {
        Block::People => people(answers),
        Block::Activity(who) => {
            let field = format!("p.{who}.activity");
            vec![chosen(fields, &field, fr::ACTIVITY.label, &fr::ACTIVITIES)]
        }
        Block::Nationality(who) => {
            let field = format!("p.{who}.nationality");
            vec![chosen(fields, &field, fr::NATIONALITY.label, &fr::NATIONALITIES)]
        }
        Block::Pregnancy(who) => {
            let field = format!("p.{who}.pregnant");
            vec![chosen(fields, &field, fr::PREGNANT.label, &fr::PREGNANT_CHOICES)]
        }
        Block::Alone => vec![chosen(fields, "p.alone", fr::ALONE.label, &fr::ALONE_CHOICES)],
        Block::Incomes(who) => named(who).map(|it| incomes(fields, it)).unwrap_or_default(),
        Block::Savings(who) => {
            let field = format!("i.{who}.savings");
            vec![chosen(fields, &field, fr::SAVINGS.label, &fr::SAVINGS_CHOICES)]
        }
        Block::Hours(who) => {
            let field = format!("i.{who}.hours");
            vec![row(fr::HOURS, typed(fields, &field))]
        }
        Block::Handicap(who) => {
            let field = format!("i.{who}.incapacity");
            vec![chosen(fields, &field, fr::INCAPACITY_SHORT, &fr::YES_NO)]
        }
        Block::TaxReturns => Vec::new(),
        Block::TaxYear(who, year) => {
            named(who).map(|it| tax_year(fields, answers, it, year)).unwrap_or_default()
        }
        Block::Benefits => benefits(fields),
        Block::Commune => commune(fields),
        Block::Home => dwelling(fields),
    }
}

/// The words of the answer chosen in a list.
fn chosen(fields: &Fields, field: &str, key: &str, options: &[(&str, &str)]) -> Row {
    let value = fields.get(field);
    let words = options.iter().find(|(it, _)| Some(*it) == value).map(|(_, words)| *words);
    row(key, words.unwrap_or(fr::NOT_SAID))
}

/// What stands in a box, or that nobody knows.
fn typed<'f>(fields: &'f Fields, field: &str) -> &'f str {
    if fields.is(&doubt(field), YES) {
        return fr::UNKNOWN;
    }
    fields.get(field).unwrap_or(fr::NOT_SAID)
}

fn people(answers: &Answers) -> Vec<Row> {
    let month = answers.period.month;
    let lines = answers.household.people.iter().map(|it| {
        let key = match it.who {
            Who::Adult(1) => fr::PERSON,
            Who::Adult(_) => fr::PARTNER,
            Who::Child(_) => fr::CHILD,
        };
        row(key, &fr::person_line(&it.name, it.age(month), it.shared))
    });
    lines.collect()
}

fn income(fields: &Fields, answers: &Answers) -> Vec<Row> {
    let month = answers.period.month;
    let earners = answers.household.people.iter().filter(|it| it.may_earn(month));
    earners.flat_map(|person| incomes(fields, person)).collect()
}

fn incomes(fields: &Fields, person: &Person) -> Vec<Row> {
    let prefix = format!("i.{}", person.who);
    let name = fr::upper_first(&person.name);
    let mut res = Vec::new();
    for income in INCOMES {
        let field = format!("{prefix}.{}", income.key);
        if fields.is(&field, YES) {
            let key = format!("{name}, {}", fr::lower_first(fr::income(income.key).label));
            res.push(row(&key, &latest(fields, &field)));
        }
    }
    let rest = rest_words(fields, &format!("{prefix}.rest"), !res.is_empty());
    res.push(row(&format!("{name}, {}", fr::OTHER_INCOME), rest));
    res
}

fn tax_notice(fields: &Fields, answers: &Answers) -> Vec<Row> {
    let year = answers.period.tax_year();
    let adults = answers.household.adults();
    adults.flat_map(|person| tax_year(fields, answers, person, year)).collect()
}

fn tax_year(fields: &Fields, answers: &Answers, person: &Person, year: i32) -> Vec<Row> {
    let prefix = format!("t.{}.{year}", person.who);
    let name = fr::upper_first(&person.name);
    let years = taxes::years(answers.period);
    let lines = years.iter().find(|(it, _)| *it == year).map(|(_, lines)| lines.as_slice());
    let mut res = Vec::new();
    for line in lines.unwrap_or_default() {
        let field = format!("{prefix}.{}", line.key);
        let label = format!("{name}, {}", fr::lower_first(&fr::tax_line(line.key, year).label));
        if fields.is(&doubt(&field), YES) {
            res.push(row(&label, fr::UNKNOWN));
        } else if let Some(amount) = fields.get(&field) {
            res.push(row(&label, &fr::euros(amount)));
        }
    }
    let rest = rest_words(fields, &format!("{prefix}.rest"), !res.is_empty());
    res.push(row(&fr::year_rest(&name, year), rest));
    res
}

fn benefits(fields: &Fields) -> Vec<Row> {
    let ticked = BENEFITS.iter().filter(|it| fields.is(&format!("b.{}", it.key), YES));
    let mut res: Vec<Row> = ticked
        .map(|it| row(fr::benefit(it.key).label, &latest(fields, &format!("b.{}", it.key))))
        .collect();
    let rest = rest_words(fields, "b.rest", !res.is_empty());
    res.push(row(fr::OTHER_BENEFITS, rest));
    res
}

fn commune(fields: &Fields) -> Vec<Row> {
    let commune = match place(fields) {
        Place::Found(commune) => fr::commune_found(&commune),
        Place::DoesNotKnow => fr::UNKNOWN.to_owned(),
        Place::NotAnswered | Place::Several(_) | Place::NotFound => fr::NOT_SAID.to_owned(),
    };
    vec![row(fr::COMMUNE_SHORT, &commune)]
}

fn dwelling(fields: &Fields) -> Vec<Row> {
    let status = fields.get("h.status").and_then(|value| {
        fr::STATUSES.iter().find(|(it, _, _)| *it == value).map(|(_, label, _)| *label)
    });
    let mut res = vec![row(fr::HOME_SHORT, status.unwrap_or(fr::NOT_SAID))];
    let doubted = |field: &&str| fields.is(&doubt(field), YES);
    if ["h.rent", "h.rent-hostel"].iter().any(doubted) {
        res.push(row(fr::RENT_SHORT, fr::UNKNOWN));
    } else if let Some(rent) = fields.get("h.rent").or_else(|| fields.get("h.rent-hostel")) {
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
