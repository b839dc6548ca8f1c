//! Question after question, until no answer can change anything.

use std::io::{self, BufRead, Write};

use base::Month;
use law::situation::{Fait, Faits, Situation, Valeur};
use law::unknowns::{AidBounds, Effort, FactRef, next_question};
use law::{Entity, Household, Input, Law, Nature};

use super::answer::{self, Answer};
use super::talk::Talk;
use super::{fr, rights};

/// Long before any month the law reads.
fn start() -> Month {
    Month::of(1900, 1)
}

/// Asks until nothing useful remains, or until the person stops; answers what is then known.
pub fn run<R: BufRead, W: Write>(
    law: &Law,
    month: Month,
    mut situation: Situation,
    talk: &mut Talk<R, W>,
) -> io::Result<Situation> {
    let aids = law.aids();
    let mut previous: Option<String> = None;
    let mut proved: Vec<AidBounds> = Vec::new();
    while let Ok(household) = situation.to_household_of_any_age(law) {
        let book = law.book();
        let quick = Effort::QUICK;
        proved = rights::bounded(law, &household, month, quick, &proved);
        talk.say(&rights::narrowed(law, &household, &proved))?;
        let asked = next_question(book, &household, month, &aids, quick, previous.as_deref());
        let Some(question) = asked else { break };
        let Some(first) = question.facts.first().map(|it| it.input) else { break };
        talk.say(&fr::remaining(question.remaining))?;
        // One question about one fact, for each person it is about.
        for fact in question.facts.iter().filter(|it| it.input == first) {
            match ask(law, &situation, &household, *fact, talk)? {
                Some(next) => situation = next,
                None => return finished(law, month, situation, &proved, talk),
            }
        }
        previous = Some(question.group);
    }
    finished(law, month, situation, &proved, talk)
}

fn finished<R: BufRead, W: Write>(
    law: &Law,
    month: Month,
    situation: Situation,
    proved: &[AidBounds],
    talk: &mut Talk<R, W>,
) -> io::Result<Situation> {
    if let Ok(household) = situation.to_household_of_any_age(law) {
        let all = rights::bounded(law, &household, month, Effort::USUAL, proved);
        talk.say(&rights::at_the_end(law, &household, &all))?;
    }
    Ok(situation)
}

/// The situation with the answer; `None` when the person stops.
fn ask<R: BufRead, W: Write>(
    law: &Law,
    situation: &Situation,
    household: &Household,
    fact: FactRef,
    talk: &mut Talk<R, W>,
) -> io::Result<Option<Situation>> {
    let Some(input) = law.book().input(fact.input) else { return Ok(None) };
    let words = question(law, household, input, fact);
    talk.ask(&words, |text| {
        let answer = answer::fact(law.book(), input, text)?;
        let mut next = situation.clone();
        if let Some(facts) = facts_of(&mut next, input.entity, usize::from(fact.instance)) {
            let known = facts.remove(&input.name);
            facts.insert(input.name.clone(), with(known, answer, input, fact));
        }
        match next.to_household(law) {
            Ok(_) => Ok(next),
            Err(errors) => Err(answer::refusals(&errors)),
        }
    })
}

fn question(law: &Law, household: &Household, input: &Input, fact: FactRef) -> String {
    let asked = input.question.as_deref().unwrap_or(&input.label);
    let person = household.person(fact.instance).filter(|_| input.entity == Entity::Person);
    let who = person.map(|it| it.label.as_str());
    let months = (input.nature == Nature::Flow).then_some((fact.first, fact.last));
    fr::question(law.book(), input, asked, who, months, &answer::cases(law.book(), input))
}

fn facts_of(situation: &mut Situation, entity: Entity, rank: usize) -> Option<&mut Faits> {
    match entity {
        Entity::Person => situation.personnes.get_mut(rank).map(|it| &mut it.faits),
        Entity::Family => situation.familles.get_mut(rank).map(|it| &mut it.faits),
        Entity::TaxHousehold => situation.foyers_fiscaux.get_mut(rank).map(|it| &mut it.faits),
        Entity::Dwelling => situation.ménages.get_mut(rank).map(|it| &mut it.faits),
    }
}

/// The fact with the answer in the months that were missing; what was known stays.
fn with(known: Option<Fait>, answer: Answer<Valeur>, input: &Input, fact: FactRef) -> Fait {
    let value = match answer {
        Answer::Value(value) => Some(value),
        Answer::Unknown => None,
    };
    match (known, value) {
        (Some(Fait::Série { depuis, jusqu_au, source }), value) => {
            let mut points = depuis;
            if points.first().is_none_or(|(from, _)| *from > start()) {
                points.insert(0, (start(), value.clone()));
            }
            if let Some(until) = jusqu_au {
                points.push((until.plus(1), value));
            }
            let ends = jusqu_au.map(|until| until.plus(1).max(fact.last));
            let jusqu_au = ends.filter(|_| input.nature == Nature::Flow);
            Fait::Série { depuis: points, jusqu_au, source }
        }
        (_, Some(value)) => Fait::toujours(value),
        (_, None) => Fait::Inconnu,
    }
}
