//! The rights as far as they are known.

use base::Month;
use law::unknowns::{AidBounds, Certainty, Effort, bounds};
use law::{Entity, Household, Law, RuleKind};

use super::fr;
use crate::output::{Align, table};

/// What is sure now, and stays so of what was proved before the last answers.
pub fn bounded(
    law: &Law,
    household: &Household,
    month: Month,
    effort: Effort,
    proved: &[AidBounds],
) -> Vec<AidBounds> {
    let found = bounds(law.book(), household, month, &law.aids(), effort);
    let before =
        |it: &AidBounds| proved.iter().find(|old| (old.aid, old.instance) == (it.aid, it.instance));
    found
        .into_iter()
        .map(|it| match before(&it) {
            Some(old) => it.since(old),
            None => it,
        })
        .collect()
}

/// One line an aid: what is sure, and between which amounts.
pub fn narrowed(law: &Law, household: &Household, all: &[AidBounds]) -> String {
    let rows: Vec<_> = all.iter().map(|it| row(law, household, it)).collect();
    let header = [(fr::AID, Align::Left), (fr::RIGHT, Align::Left), (fr::PER_MONTH, Align::Left)];
    format!("\n{}", table(&header, &rows))
}

fn row(law: &Law, household: &Household, it: &AidBounds) -> Vec<String> {
    vec![named(law, household, it), fr::certainty(it.certainty).to_owned(), fr::amount(it)]
}

/// The aid, and whom it is for when there may be several.
fn named(law: &Law, household: &Household, it: &AidBounds) -> String {
    let Some(rule) = law.book().rule(it.aid) else { return String::new() };
    match household.person(it.instance) {
        Some(person) if rule.entity == Entity::Person => {
            format!("{}, {}", rule.label, person.label)
        }
        _ => rule.label.clone(),
    }
}

/// What is sure, what has to be checked, and what would still have to be known.
pub fn at_the_end(law: &Law, household: &Household, all: &[AidBounds]) -> String {
    let listed = |title: &str, wanted: &dyn Fn(&AidBounds) -> bool| {
        let chosen = all.iter().filter(|it| wanted(it));
        let lines: Vec<_> = chosen.map(|it| line(law, household, it)).collect();
        if lines.is_empty() { String::new() } else { format!("\n{title}\n{}\n", lines.join("\n")) }
    };
    let mut res = listed(fr::CERTAIN, &|it| it.certainty == Certainty::Certain);
    res += &listed(fr::RESERVED, &|it| it.certainty == Certainty::Reserved);
    res += &listed(fr::POSSIBLE, &|it| it.certainty == Certainty::Possible);
    res += &listed(fr::EXCLUDED, &|it| it.certainty == Certainty::Excluded);
    res += &listed(fr::IMPOSSIBLE, &|it| it.certainty == Certainty::Impossible);
    res + fr::NOT_A_DECISION
}

fn line(law: &Law, household: &Household, it: &AidBounds) -> String {
    let mut res = fr::right(&named(law, household, it), it);
    if it.certainty == Certainty::Reserved
        && let Some(RuleKind::Aid(info)) = law.book().rule(it.aid).map(|it| &it.kind)
    {
        let to_check = info.conditions.iter().filter(|it| it.kind == law::ConditionKind::ToCheck);
        for condition in to_check {
            res += &fr::to_check(&condition.label);
        }
    }
    let mut missing: Vec<&str> = Vec::new();
    for fact in &it.responsible {
        let Some(input) = law.book().input(fact.input) else { continue };
        if !missing.contains(&input.label.as_str()) {
            missing.push(&input.label);
        }
    }
    if !missing.is_empty() {
        res += &fr::still_to_know(&missing);
    }
    res
}
