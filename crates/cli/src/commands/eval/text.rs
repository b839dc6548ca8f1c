//! The answer for people: a table, and with `--explain` three depths for each aid.

use law::{AidResult, Detail, DetailKind, Entity, Explanation, Line, Source, format};

use super::Answer;
use crate::fr;
use crate::output::{self, Align, fold, width};

const WIDTH: usize = 100;

pub fn of(answer: &Answer<'_>, explain: bool) -> String {
    let mut res = format!("{}\n\n", fr::rights_of(answer.evaluation.month));
    res.push_str(&table(answer));
    if explain {
        for (aid, explanation) in &answer.aids {
            res.push_str(&format!("\n{}\n", title(answer, aid)));
            res.push_str(&depths(explanation));
        }
    }
    res
}

fn table(answer: &Answer<'_>) -> String {
    let header = [
        (fr::AID, Align::Left),
        (fr::STATUS, Align::Left),
        (fr::AMOUNT, Align::Right),
        (fr::REASON, Align::Left),
    ];
    let row = |(aid, explanation): &(&AidResult, Explanation)| {
        vec![
            name(answer, aid),
            fr::status(aid.status, !aid.reserves.is_empty()).to_owned(),
            aid.amount.map_or_else(String::new, format::money),
            explanation.sentence.clone(),
        ]
    };
    output::table(&header, &answer.aids.iter().map(row).collect::<Vec<_>>())
}

/// The aid, and of whom when the household has several families, persons…
fn name(answer: &Answer<'_>, aid: &AidResult) -> String {
    let entity = answer.law.book().rule(aid.aid).map(|it| it.entity);
    let Some(entity) = entity.filter(|it| answer.household.count(*it) > 1) else {
        return aid.label.clone();
    };
    let who = match entity {
        Entity::Person => Some(aid.instance),
        Entity::Family => answer.household.family(aid.instance).map(|it| it.applicant),
        Entity::TaxHousehold | Entity::Dwelling => None,
    };
    let who = who.and_then(|it| answer.household.person(it)).map(|it| it.label.clone());
    let who = who.unwrap_or_else(|| format!("{}", aid.instance + 1));
    format!("{} ({who})", aid.label)
}

fn title(answer: &Answer<'_>, aid: &AidResult) -> String {
    let title = name(answer, aid);
    format!("{title}\n{}", "═".repeat(width(&title)))
}

fn depths(it: &Explanation) -> String {
    let mut res = paragraph(&it.sentence, "");
    res.push_str(&listed(fr::BECAUSE, it.because.iter().map(String::as_str)));
    let why_not: Vec<_> =
        it.why_not.iter().map(|it| fr::failed_condition(&it.condition, &it.sentence)).collect();
    res.push_str(&listed(fr::WHY_NOT, why_not.iter().map(String::as_str)));
    res.push_str(&listed(fr::MISSING, it.missing.iter().map(String::as_str)));
    res.push_str(&listed(fr::RESERVES, it.reserves.iter().map(String::as_str)));
    if !it.lines.is_empty() {
        res.push_str(&format!("\n{}\n", fr::CALCULATION));
        res.push_str(&calculation(&it.lines));
    }
    if !it.details.is_empty() {
        res.push_str(&format!("\n{}\n", fr::DETAILS));
        res.extend(it.details.iter().map(detail));
    }
    res
}

fn paragraph(text: &str, indent: &str) -> String {
    let lines = fold(text, WIDTH - width(indent));
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}

fn listed<'a>(title: &str, items: impl Iterator<Item = &'a str>) -> String {
    let mut res = String::new();
    for item in items {
        if res.is_empty() {
            res = format!("{title}\n");
        }
        let text = paragraph(item, "    ");
        res.push_str(&text.replacen("    ", "  · ", 1));
    }
    res
}

/// The calculation as one writes it on paper: the numbers under one another.
fn calculation(lines: &[Line]) -> String {
    let labels = lines.iter().map(|it| width(&it.label)).max().unwrap_or_default();
    let values = lines.iter().map(|it| width(&it.value)).max().unwrap_or_default();
    let mut res = String::new();
    for line in lines {
        let blank = " ".repeat(labels - width(&line.label) + values - width(&line.value));
        if line.total {
            res.push_str(&format!("      {}\n", "─".repeat(labels + values + 3)));
        }
        let operator = line.operator.unwrap_or(if line.total { "=" } else { " " });
        res.push_str(&format!("    {operator} {}   {blank}{}\n", line.label, line.value));
    }
    res
}

fn detail(it: &Detail) -> String {
    let indent = "  ".repeat(it.depth + 1);
    let mark = match it.kind {
        DetailKind::Rule => "▪",
        DetailKind::Parameter => "§",
        DetailKind::Fact => "•",
    };
    let about = if it.about.is_empty() { String::new() } else { format!(" ({})", it.about) };
    let period = it.period.as_ref().map_or_else(String::new, |it| format!(", {it}"));
    let mut res = format!("{indent}{mark} {}{about}{period} : {}\n", it.label, it.value);
    let notes = [
        it.formula.as_ref().map(|it| format!("= {it}")),
        it.since.map(fr::since),
        it.review_passed.then(|| fr::REVIEW_PASSED.to_owned()),
        it.provenance.clone(),
        it.choice.as_ref().map(|it| format!("{} {it}", fr::CHOSEN)),
    ];
    for note in notes.into_iter().flatten().chain(it.sources.iter().map(source)) {
        res.push_str(&format!("{indent}    {note}\n"));
    }
    res
}

fn source(it: &Source) -> String {
    match &it.link {
        Some(link) => format!("{} <{link}>", it.title),
        None => it.title.clone(),
    }
}
