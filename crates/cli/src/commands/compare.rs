//! `tandem law compare`: our answers beside the witness's.

use indicatif::{ProgressBar, ProgressStyle};
use law::{Law, format};
use law_testing::{Benefit, Report, Tally, Unexplained, classes, read_cases};
use serde_json::{Map, Value, json};

use crate::args::Compare;
use crate::output::Align;
use crate::{Outcome, Refusal, Result, fr, input, output};

/// How many unexplained cases are listed.
const SHOWN: usize = 20;

pub fn run(args: &Compare) -> Result {
    let text = input::cases(&args.cases)?;
    let cases = read_cases(&text).map_err(|error| Refusal(fr::bad_cases(&args.cases, &error)))?;
    if cases.is_empty() {
        return Err(Refusal(fr::no_cases(&args.cases)));
    }
    let bar = progress_bar(cases.len());
    let report = law_testing::compare(Law::national(), &cases, || bar.inc(1));
    bar.finish_and_clear();
    if args.json {
        output::print_json(&json_of(&report))?;
    } else {
        output::print(&text_of(&report))?;
    }
    Ok(if report.unexplained.is_empty() { Outcome::Fine } else { Outcome::Wrong })
}

/// On stderr, and only when it is a terminal.
fn progress_bar(cases: usize) -> ProgressBar {
    let bar = ProgressBar::new(cases as u64);
    match ProgressStyle::with_template(fr::PROGRESS) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn json_of(report: &Report) -> Value {
    let tallies = report.tallies.iter().map(|(benefit, tally)| {
        let worst = law::situation::json_decimal(tally.worst);
        let Tally { cases, equal, explained, unexplained, .. } = tally;
        let counts = json!({
            "cases": cases,
            "equal": equal,
            "explained": explained,
            "unexplained": unexplained,
            "worst": worst,
        });
        (benefit.key().to_owned(), counts)
    });
    Value::Object(tallies.collect::<Map<_, _>>())
}

fn text_of(report: &Report) -> String {
    let mut res = tallies(report);
    if !report.classes.is_empty() {
        res.push_str(&format!("\n{}\n", fr::EXPLAINED_GAPS));
        res.push_str(&explained(report));
    }
    if !report.unexplained.is_empty() {
        res.push_str(&format!("\n{}\n", fr::unexplained_gaps(report.unexplained.len())));
        for it in report.unexplained.iter().take(SHOWN) {
            res.push_str(&format!("  {}\n", unexplained(it)));
        }
    }
    res
}

fn tallies(report: &Report) -> String {
    let header = [
        (fr::AID, Align::Left),
        (fr::CASES, Align::Right),
        (fr::EQUAL, Align::Right),
        (fr::EXPLAINED, Align::Right),
        (fr::UNEXPLAINED, Align::Right),
        (fr::WORST, Align::Right),
    ];
    let row = |(benefit, tally): (&Benefit, &Tally)| {
        let counts = [tally.cases, tally.equal, tally.explained, tally.unexplained];
        let mut row = vec![benefit.key().to_owned()];
        row.extend(counts.iter().map(ToString::to_string));
        row.push(format::money(tally.worst));
        row
    };
    let rows: Vec<_> = report.tallies.iter().map(row).collect();
    output::table(&header, &rows)
}

fn explained(report: &Report) -> String {
    let mut res = String::new();
    for ((benefit, name), count) in &report.classes {
        res.push_str(&format!("  {} · {name} : {count}\n", benefit.key()));
        let Some(class) = classes().find(|it| it.name == *name) else { continue };
        for line in output::fold(&format!("{} [{}]", class.reason, class.source), 96) {
            res.push_str(&format!("      {line}\n"));
        }
    }
    res
}

fn unexplained(it: &Unexplained) -> String {
    let ours = match &it.ours {
        Ok(amount) => format::money(*amount),
        Err(reason) => reason.clone(),
    };
    fr::unexplained_case(it.case, it.benefit.key(), &ours, &format::money(it.witness))
}
