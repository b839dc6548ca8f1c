//! What the law answers, ready to be shown: words, amounts, and where each missing answer is asked.

use base::{Month, Rational};
use law::situation::SituationError;
use law::unknowns::Effort;
use law::{Entity, Evaluation, Explanation, Fault, Household, Law, RuleId, Verdict};
use web::form::FieldError;

use super::fr;
use super::model::catalog::BENEFITS;
use super::model::facts::Owner;
use super::model::situation::{owner_of_instance, owner_of_path, situation};
use super::model::{Answers, MONTH, Step};
use super::outlook::{Known, Range, known};

/// The rights of a household in a month.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub month: Month,
    pub aids: Vec<Aid>,
    /// What the family says it already receives of the aids that are due.
    pub received: Rational,
}

#[derive(Debug, Clone)]
pub struct Aid {
    pub name: String,
    pub label: String,
    pub standing: Standing,
    /// Euros a month; zero when nothing is due, `None` when it cannot be told yet.
    pub amount: Option<Rational>,
    /// Between which amounts it is, when answers are missing.
    pub range: Option<Range>,
    pub conditions: Vec<Condition>,
    pub missing: Vec<Missing>,
    /// Said beside the amount: what will move it.
    pub caution: Option<String>,
    pub explanation: Explanation,
}

/// What is known of a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Certain,
    /// Due, if what a person has to check is confirmed.
    ToCheck,
    Incomplete,
    Excluded,
    /// The rules have no answer: said with the reason.
    Impossible,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub label: String,
    pub verdict: Verdict,
}

/// A missing fact, in words, and where the form asks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub words: String,
    /// Asked, and the person did not know.
    pub unknown: bool,
    pub question: Option<Question>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub step: Step,
    pub field: String,
}

/// Evaluates all the aids. `Err`: answers the law refuses, each on its field.
pub fn assess(law: &Law, answers: &Answers) -> Result<Assessment, Vec<FieldError>> {
    let household =
        situation(answers).to_household(law).map_err(|errors| refused(answers, &errors))?;
    let month = answers.period.month;
    let evaluation = law.evaluate(&household, month);
    if let Some(fault) = evaluation.before_the_rules() {
        return Err(vec![faulty(fault)]);
    }
    let open = evaluation.aids.iter().filter(|it| it.status == law::Status::Incomplete);
    let mut open: Vec<RuleId> = open.map(|it| it.aid).collect();
    open.dedup();
    let known = known(law, &household, month, &open, Effort::USUAL);
    let mut aids: Vec<Aid> = (0..evaluation.aids.len())
        .filter_map(|at| aid(law, answers, (&household, &evaluation), &known, at))
        .collect();
    if starts_an_aid(answers, &aids)
        && let Some(aid) = aids.iter_mut().find(|it| it.name == ACTIVITY_BONUS && it.is_due())
    {
        aid.caution = Some(fr::BONUS_WILL_MOVE.to_owned());
    }
    let received = received(answers, &aids);
    Ok(Assessment { month, aids, received })
}

impl Assessment {
    pub fn of(&self, standing: Standing) -> impl Iterator<Item = &Aid> {
        self.aids.iter().filter(move |it| it.standing == standing)
    }

    /// Whether a dated value of the law that counted here should have been looked at again.
    pub fn review_passed(&self) -> bool {
        self.aids.iter().any(|aid| aid.explanation.details.iter().any(|it| it.review_passed))
    }

    /// What the aids of this standing bring together.
    pub fn total(&self, standing: Standing) -> Rational {
        let amounts = self.of(standing).filter_map(Aid::at_least);
        amounts.fold(Rational::ZERO, |sum, it| sum.checked_add(it).unwrap_or(sum))
    }
}

/// What the family already receives of the aids that are due.
fn received(answers: &Answers, aids: &[Aid]) -> Rational {
    let amounts = received_of_due(answers, aids);
    amounts.fold(Rational::ZERO, |sum, it| sum.checked_add(it).unwrap_or(sum))
}

/// Whether an aid is due that the family says it does not receive: once paid, it counts as an income for
/// the activity bonus, which reads what came in two to four months before.
fn starts_an_aid(answers: &Answers, aids: &[Aid]) -> bool {
    received_of_due(answers, aids).any(Rational::is_zero)
}

/// The amount received in the month, where it is known, of each aid that is due.
fn received_of_due(answers: &Answers, aids: &[Aid]) -> impl Iterator<Item = Rational> {
    let due = |name: &str| aids.iter().any(|it| it.name == name && it.is_due());
    BENEFITS.iter().filter(move |it| due(it.aid)).filter_map(|it| {
        answers.facts.known.get(&(Owner::Family, it.fact))?.amount_in(answers.period.month)
    })
}

/// The aid that reads what was received during the quarter of reference.
const ACTIVITY_BONUS: &str = "prime_d_activité";

impl Aid {
    /// What it brings for sure once it is due.
    pub fn at_least(&self) -> Option<Rational> {
        self.amount.or_else(|| self.range.map(|it| it.low))
    }

    fn is_due(&self) -> bool {
        matches!(self.standing, Standing::Certain | Standing::ToCheck)
    }
}

fn aid(
    law: &Law,
    answers: &Answers,
    (household, evaluation): (&Household, &Evaluation),
    known: &[Known],
    at: usize,
) -> Option<Aid> {
    let result = evaluation.aids.get(at)?;
    let same = |it: &&Known| (it.aid, it.instance) == (result.aid, result.instance);
    let known = known.iter().find(same).filter(|_| result.status == law::Status::Incomplete);
    let standing = match result.status {
        law::Status::Due if result.reserves.is_empty() => Standing::Certain,
        law::Status::Due => Standing::ToCheck,
        law::Status::NotDue => Standing::Excluded,
        law::Status::Incomplete => known.map_or(Standing::Incomplete, |it| it.standing),
        law::Status::Impossible => Standing::Impossible,
    };
    let conditions = result
        .conditions
        .iter()
        .map(|it| Condition { label: it.label.clone(), verdict: it.verdict })
        .collect();
    let matters = |it: &&law::MissingFact| {
        let Some(known) = known.filter(|it| !it.responsible.is_empty()) else { return true };
        known
            .responsible
            .iter()
            .any(|fact| (Some(fact.input), fact.instance) == (it.input, it.instance))
    };
    let settled = matches!(standing, Standing::Excluded | Standing::Impossible);
    let missing = result.missing.iter().filter(matters).filter(|_| !settled);
    let missing = missing.filter_map(|it| missing_in_words(law, answers, it));
    Some(Aid {
        name: result.name.clone(),
        label: result.label.clone(),
        standing,
        amount: result.amount,
        range: known.map(|it| it.range),
        conditions,
        missing: once_each(answers, missing),
        caution: None,
        explanation: law.explain(household, evaluation, result),
    })
}

fn missing_in_words(law: &Law, answers: &Answers, fact: &law::MissingFact) -> Option<Missing> {
    let input = law.book().input(fact.input?)?;
    let owner = owner_of_instance(&answers.household, input.entity, usize::from(fact.instance))?;
    let field = answers.facts.field_for(owner, &input.name, fact.first);
    let question = field
        .and_then(|field| Some(Question { step: Step::of_field(field)?, field: field.to_owned() }));
    let who = match (owner, input.entity) {
        (Owner::Person(who), Entity::Person) => {
            answers.household.people.iter().find(|it| it.who == who).map(|it| it.name.as_str())
        }
        _ => None,
    };
    let months = (fact.first, fact.last);
    let words = fr::missing(&input.label, who, months, answers.period.month);
    Some(Missing { words, unknown: fact.state == law::MissingState::Unknown, question })
}

/// Several missing facts asked by the same field are one question; three of one list are that list.
fn once_each(answers: &Answers, missing: impl Iterator<Item = Missing>) -> Vec<Missing> {
    let mut res: Vec<Missing> = Vec::new();
    for it in missing {
        let same = |other: &Missing| match (&it.question, &other.question) {
            (Some(question), Some(other)) => question == other,
            _ => it.words == other.words,
        };
        if !res.iter().any(same) {
            res.push(it);
        }
    }
    let lists: Vec<Option<String>> = res.iter().map(|it| it.list()).collect();
    let crowded = |list: &Option<String>| {
        list.is_some() && lists.iter().filter(|it| *it == list).count() >= 3
    };
    let mut gathered: Vec<Missing> = Vec::new();
    for (it, list) in res.into_iter().zip(&lists) {
        let whole =
            list.as_deref().filter(|_| crowded(list)).and_then(|it| whole_list(answers, it));
        let it = whole.unwrap_or(it);
        if !gathered.contains(&it) {
            gathered.push(it);
        }
    }
    // In the order of the form: one walk through the pages answers them all.
    gathered.sort_by_key(|it| it.question.as_ref().map(|question| question.step));
    gathered
}

/// One line for a whole list of questions: it leads to the sentence that speaks for all of them.
fn whole_list(answers: &Answers, list: &str) -> Option<Missing> {
    let step = Step::of_field(list)?;
    let mut parts = list.split('.').skip(1);
    let who = parts.next().and_then(|id| {
        let mut people = answers.household.people.iter();
        people.find(|it| it.who.to_string() == id).map(|it| fr::upper_first(&it.name))
    });
    let words = match (step, who, parts.next()) {
        (Step::Taxes, Some(who), Some(year)) => fr::missing_year(&who, year),
        (Step::Income, Some(who), _) => fr::missing_incomes(&who),
        (Step::Benefits, _, _) => fr::MISSING_BENEFITS.to_owned(),
        _ => return None,
    };
    let question = Question { step, field: list.to_owned() };
    Some(Missing { words, unknown: false, question: Some(question) })
}

impl Missing {
    /// The list its question belongs to, named as the group of fields on the page.
    fn list(&self) -> Option<String> {
        let question = self.question.as_ref()?;
        let mut parts = question.field.split('.');
        let kept = match question.step {
            Step::Taxes => 3,
            Step::Income => 2,
            Step::Benefits => 1,
            Step::People | Step::Home => return None,
        };
        let list: Vec<&str> = parts.by_ref().take(kept).collect();
        parts.next().is_some().then(|| list.join("."))
    }
}

/// The law refused a fact: its sentence goes to the field that asked it.
pub(super) fn refused(answers: &Answers, errors: &[SituationError]) -> Vec<FieldError> {
    let place = |error: &SituationError| {
        let (owner, fact) = owner_of_path(&answers.household, &error.path)?;
        answers.facts.field_for(owner, fact, answers.period.month).map(str::to_owned)
    };
    errors
        .iter()
        .map(|error| FieldError {
            field: place(error).unwrap_or_else(|| MONTH.to_owned()),
            message: fr::sentence(&error.message),
        })
        .collect()
}

fn faulty(fault: &Fault) -> FieldError {
    FieldError { field: MONTH.to_owned(), message: fr::sentence(&fault.to_string()) }
}
