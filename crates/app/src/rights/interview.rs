//! Question par question: each page asks what settles the most, and shows the rights narrowing.
//!
//! The answers are those of the form, field for field: both ways lead to the same result. What the
//! interview adds travels with them under `q.`: the pages already asked, and what was known before.

use base::Date;
use law::unknowns::{Effort, FactRef, next_question};
use law::{Fact, Household, Instance, Law, RuleId};
use web::form::{FieldError, Fields};

use super::fr;
use super::model::block::Block;
use super::model::facts::Owner;
use super::model::situation::{owner_of_instance, situation};
use super::model::{self, Answers};
use super::outlook::{Right, known, parse_seen, rights};

/// What the person did on the page before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Came from elsewhere, with answers or without.
    Arrive,
    Continue,
    Pass,
    DoesNotKnow,
    Back,
    Correct(Vec<Block>),
    /// The same page again, with a row more or less.
    Stay,
}

/// The pages asked so far, in order, and the one being answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    pub pages: Vec<Vec<Block>>,
    pub current: Vec<Block>,
    /// The group of facts being asked: the law stays in it unless another is clearly better.
    pub group: String,
    /// What was known of each right on the page before.
    pub seen: Vec<String>,
}

/// What the next page shows.
#[derive(Debug, Clone)]
pub struct Interview {
    pub fields: Fields,
    pub answers: Answers,
    pub trail: Trail,
    pub errors: Vec<FieldError>,
    /// Empty until it is known who lives here.
    pub rights: Vec<Right>,
    /// What the last answer changed, in sentences; `None` before the first answer.
    pub news: Option<Vec<String>>,
    /// The rights this page can settle, by name.
    pub settles: Vec<String>,
}

/// No interview is longer: the household is bounded.
const MAX_PAGES: usize = 60;

impl Trail {
    /// Takes the trail out of the fields.
    pub fn take(fields: &mut Fields) -> Self {
        let blocks = |text: &str| text.split(' ').filter_map(Block::parse).collect::<Vec<_>>();
        let pages = (1..=MAX_PAGES)
            .map_while(|n| fields.get(&format!("q.{n}")).map(blocks))
            .filter(|page| !page.is_empty())
            .collect();
        let current = fields.get("q.at").map(blocks).unwrap_or_default();
        let seen =
            (0..MAX_PAGES).map_while(|n| fields.get(&format!("q.seen.{n}")).map(str::to_owned));
        let seen = seen.collect();
        let group = fields.get("q.group").unwrap_or_default().to_owned();
        fields.retain(|name| !name.starts_with("q."));
        Self { pages, current, group, seen }
    }

    /// The fields that carry it to the next page; `rights` are what is known on this one.
    pub fn carried(&self, rights: &[Right]) -> Vec<(String, String)> {
        let pages = self.pages.iter().enumerate();
        let mut res: Vec<(String, String)> =
            pages.map(|(n, page)| (format!("q.{}", n + 1), written(page))).collect();
        res.push(("q.at".to_owned(), written(&self.current)));
        res.push(("q.group".to_owned(), self.group.clone()));
        let rights = rights.iter().enumerate();
        res.extend(rights.map(|(n, right)| (format!("q.seen.{n}"), right.seen())));
        res
    }

    fn asked(&self) -> impl Iterator<Item = Block> {
        self.pages.iter().flatten().copied()
    }
}

/// The blocks of a page, as a form sends them.
pub fn written(page: &[Block]) -> String {
    page.iter().map(Block::to_string).collect::<Vec<_>>().join(" ")
}

/// Takes one turn.
pub fn turn(law: &Law, mut fields: Fields, today: Date, turn: Turn) -> Interview {
    let mut trail = Trail::take(&mut fields);
    match turn {
        Turn::Arrive => {
            trail.current.clear();
            return ask_next(law, fields, today, trail);
        }
        Turn::Back => {
            trail.current = trail.pages.pop().unwrap_or_else(|| vec![Block::People]);
            return shown(law, fields, today, trail, Vec::new());
        }
        Turn::Correct(blocks) => {
            trail.current = blocks;
            return shown(law, fields, today, trail, Vec::new());
        }
        Turn::Stay => return shown(law, fields, today, trail, Vec::new()),
        Turn::DoesNotKnow => trail.current.iter().for_each(|it| it.say_unknown(&mut fields)),
        Turn::Continue | Turn::Pass => {}
    }
    let answers = model::read(&fields, today);
    let of_page = |it: &&FieldError| {
        Block::of_field(&it.field).is_some_and(|block| trail.current.contains(&block))
    };
    let errors: Vec<FieldError> = answers.errors.iter().filter(of_page).cloned().collect();
    if !errors.is_empty() {
        return shown(law, fields, today, trail, errors);
    }
    let current = std::mem::take(&mut trail.current);
    if !current.is_empty() && !trail.pages.contains(&current) && trail.pages.len() < MAX_PAGES {
        trail.pages.push(current);
    }
    ask_next(law, fields, today, trail)
}

/// The page that settles the most, or the end.
fn ask_next(law: &Law, fields: Fields, today: Date, mut trail: Trail) -> Interview {
    let answers = model::read(&fields, today);
    if answers.household.couple.is_none() {
        trail.current = vec![Block::People];
        return Interview::new(fields, answers, trail);
    }
    let household = match (answers.errors.first(), situation(&answers).to_household(law)) {
        (None, Ok(household)) => household,
        (Some(error), _) => {
            let error = error.clone();
            return wrong(fields, answers, trail, error);
        }
        (None, Err(errors)) => {
            let errors = super::assess::refused(&answers, &errors);
            return match errors.into_iter().next() {
                Some(error) => wrong(fields, answers, trail, error),
                None => Interview::new(fields, answers, trail),
            };
        }
    };
    let known = known(law, &household, answers.period.month, &law.aids(), Effort::QUICK);
    let rights = rights(law, &known);
    let next = next(law, (&fields, &answers), &household, &trail).unwrap_or_default();
    (trail.current, trail.group) = (next.blocks, next.group);
    let news = news(&trail.seen, &rights);
    Interview { rights, news, settles: next.settles, ..Interview::new(fields, answers, trail) }
}

/// A page already asked, as it was answered.
fn shown(
    law: &Law,
    fields: Fields,
    today: Date,
    trail: Trail,
    errors: Vec<FieldError>,
) -> Interview {
    let answers = model::read(&fields, today);
    let household = situation(&answers).to_household(law).ok();
    let household = household.filter(|_| answers.household.couple.is_some());
    let known =
        household.map(|it| known(law, &it, answers.period.month, &law.aids(), Effort::QUICK));
    let rights = rights(law, &known.unwrap_or_default());
    Interview { errors, rights, ..Interview::new(fields, answers, trail) }
}

/// A mistake made elsewhere, on the form or by two answers that contradict each other: its block is asked.
fn wrong(fields: Fields, answers: Answers, mut trail: Trail, error: FieldError) -> Interview {
    trail.current = vec![Block::of_field(&error.field).unwrap_or(Block::People)];
    Interview { errors: vec![error], ..Interview::new(fields, answers, trail) }
}

impl Interview {
    fn new(fields: Fields, answers: Answers, trail: Trail) -> Self {
        Self {
            fields,
            answers,
            trail,
            errors: Vec::new(),
            rights: Vec::new(),
            news: None,
            settles: Vec::new(),
        }
    }

    /// What the page sends back when nothing is typed.
    pub fn sent(&self) -> Fields {
        let mut res = self.fields.clone();
        for (name, value) in self.trail.carried(&self.rights) {
            res.set(name, value);
        }
        res
    }

    /// Nothing useful remains to be asked.
    pub fn is_over(&self) -> bool {
        self.trail.current.is_empty()
    }

    /// The blocks asked and left without an answer.
    pub fn passed(&self) -> Vec<Block> {
        let all = Block::all(&self.answers);
        let asked: Vec<Block> = self.trail.asked().collect();
        let blank = |it: &Block| asked.contains(it) && !it.has_answer(&self.fields);
        all.into_iter().filter(|it| *it != Block::TaxReturns && blank(it)).collect()
    }

    /// The blocks with an answer, wherever it was given.
    pub fn answered(&self) -> Vec<Block> {
        let all = Block::all(&self.answers);
        all.into_iter().filter(|it| it.has_answer(&self.fields)).collect()
    }
}

/// What the next page asks.
#[derive(Debug, Default)]
struct Asking {
    blocks: Vec<Block>,
    /// The words of the group the law puts these facts in.
    group: String,
    /// The rights an answer can settle, by name.
    settles: Vec<String>,
}

fn next(
    law: &Law,
    (fields, answers): (&Fields, &Answers),
    household: &Household,
    trail: &Trail,
) -> Option<Asking> {
    let mut asked: Vec<Block> = trail.asked().collect();
    let sensible = Block::all(answers);
    asked.extend(sensible.iter().copied().filter(|it| it.is_given_up(fields)));
    let structure = Block::TaxReturns;
    if sensible.contains(&structure) && !asked.contains(&structure) {
        return Some(Asking { blocks: vec![structure], ..Asking::default() });
    }
    let mut household = given_up(law, answers, household, &asked);
    let previous = Some(trail.group.as_str()).filter(|it| !it.is_empty());
    let month = answers.period.month;
    for _ in 0..MAX_PAGES {
        let aids = law.aids();
        let question =
            next_question(law.book(), &household, month, &aids, Effort::QUICK, previous)?;
        let mut blocks: Vec<Block> =
            question.facts.iter().filter_map(|it| block_of(law, answers, it)).collect();
        blocks.retain(|it| sensible.contains(it) && !asked.contains(it));
        blocks.sort_unstable();
        blocks.dedup();
        if let Some(first) = blocks.first().copied() {
            // One subject a page: what else the group holds comes next.
            blocks.retain(|it| it.goes_with(first));
            let named =
                |aid: &RuleId| law.book().rule(*aid).map(|it| fr::aid_short(&it.name, &it.label));
            let settles = question.settles.iter().filter_map(named).collect();
            return Some(Asking { blocks, group: question.group, settles });
        }
        // Asked already, or asked nowhere: the answers given say all that will be said of them.
        for fact in &question.facts {
            household.set_fact(fact.input, fact.instance, Fact::Unknown);
        }
    }
    None
}

/// The household in which nobody will say more of what was asked and left blank.
fn given_up(law: &Law, answers: &Answers, household: &Household, asked: &[Block]) -> Household {
    let mut res = household.clone();
    for ((owner, name), field) in &answers.facts.asked_at {
        let block = Block::of_field(field);
        let Some(input) = law.book().input_named(name) else { continue };
        let Some(instance) = instance_of(answers, *owner) else { continue };
        let blank = *household.fact(input, instance) == Fact::NotAsked;
        if blank && block.is_some_and(|it| asked.contains(&it)) {
            res.set_fact(input, instance, Fact::Unknown);
        }
    }
    res
}

fn instance_of(answers: &Answers, owner: Owner) -> Option<Instance> {
    match owner {
        Owner::Person(who) => {
            let rank = answers.household.people.iter().position(|it| it.who == who)?;
            Instance::try_from(rank).ok()
        }
        Owner::Family | Owner::Dwelling => Some(0),
    }
}

/// The block that asks a fact of the law.
fn block_of(law: &Law, answers: &Answers, fact: &FactRef) -> Option<Block> {
    let input = law.book().input(fact.input)?;
    let owner = owner_of_instance(&answers.household, input.entity, usize::from(fact.instance))?;
    Block::of_field(answers.facts.field_for(owner, &input.name, fact.first)?)
}

/// What changed since the page before, right by right.
fn news(seen: &[String], now: &[Right]) -> Option<Vec<String>> {
    if seen.is_empty() {
        return None;
    }
    let told = seen.iter().zip(now).filter_map(|(before, right)| {
        let (standing, range) = parse_seen(before)?;
        fr::news(right, standing, range)
    });
    Some(told.collect())
}
