//! What the forms ask for. Every answer is a whole page; nothing is kept between two of them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use web::error::Failure;
use web::form::{FieldError, Fields};

use super::App;
use super::assess::assess;
use super::budget::budget;
use super::examples::EXAMPLES;
use super::interview::{self, Turn};
use super::model::block::Block;
use super::model::{self, Answers, MAX_CHILDREN, MONTH, Step, present_children};
use super::months::months;
use super::pages::{
    BudgetPage, InterviewPage, MonthsPage, ResultPage, Sampled, StartPage, StepPage, WhatIfPage,
};
use super::what_if::trial;

pub async fn start() -> Response {
    StartPage.render().into_response()
}

/// A step reached without answers: an address typed or kept by a browser.
pub async fn empty_step(app: App, step: Step) -> Response {
    StepPage::new(step, Fields::default(), app.clock.today()).render().into_response()
}

pub async fn example(
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let example = EXAMPLES.iter().find(|it| it.slug == slug).ok_or(Failure::NotFound)?;
    let month = app.clock.today().month();
    Ok(show_result(&app, (example.fields)(month)))
}

/// Shows `step`, unless the form that leads there has a mistake and asked to be checked.
pub async fn to_step(app: App, step: Step, mut fields: Fields) -> Response {
    let today = app.clock.today();
    let from = fields
        .remove("from")
        .and_then(|letter| Step::ALL.into_iter().find(|it| it.letter() == letter));
    let check = fields.remove("check").is_some();
    if let Some(change) = fields.remove("do") {
        apply(&mut fields, &change);
        return StepPage::new(step, fields, today).render().into_response();
    }
    if let (true, Some(from)) = (check, from) {
        let answers = model::read(&fields, today);
        let errors = errors_of(&answers.errors, from);
        if !errors.is_empty() {
            return refused(StepPage::refused(from, fields, answers, errors));
        }
    }
    StepPage::new(step, fields, today).render().into_response()
}

pub async fn to_result(State(app): State<App>, fields: Fields) -> Response {
    show_result(&app, without_signals(fields))
}

/// The interview reached without answers.
pub async fn interview(State(app): State<App>) -> Response {
    show_interview(&app, Fields::default(), Turn::Arrive)
}

pub async fn to_interview(State(app): State<App>, mut fields: Fields) -> Response {
    for name in ["from", "check"] {
        fields.remove(name);
    }
    let asked = fields.get("q.at").is_some();
    let turn = match fields.remove("do").as_deref() {
        None => Turn::Arrive,
        Some("back") => Turn::Back,
        // Nothing was asked: there is nothing to go on from.
        Some("next" | "pass" | "unknown") if !asked => Turn::Arrive,
        Some("next") => Turn::Continue,
        Some("pass") => Turn::Pass,
        Some("unknown") => Turn::DoesNotKnow,
        Some(other) => match other.strip_prefix("goto:") {
            Some(blocks) => Turn::Correct(blocks.split(' ').filter_map(Block::parse).collect()),
            None => {
                apply(&mut fields, other);
                Turn::Stay
            }
        },
    };
    show_interview(&app, fields, turn)
}

fn show_interview(app: &App, fields: Fields, turn: Turn) -> Response {
    let page =
        InterviewPage { interview: interview::turn(app.law, fields, app.clock.today(), turn) };
    let wrong = !page.interview.errors.is_empty();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, page.render()).into_response()
}

/// The result, or the first step with a mistake.
fn show_result(app: &App, fields: Fields) -> Response {
    let today = app.clock.today();
    computed(app, fields, |fields, answers| {
        let assessment = assess(app.law, &answers)?;
        Ok(ResultPage { fields, answers, assessment, today })
    })
}

pub async fn to_months(State(app): State<App>, fields: Fields) -> Response {
    computed(&app, without_signals(fields), |fields, answers| {
        Ok(MonthsPage { months: months(app.law, &answers)?, fields })
    })
}

/// A mistake in the small form comes back with it: the answers of the household are not in question.
pub async fn to_what_if(State(app): State<App>, fields: Fields) -> Response {
    let mut wrong = false;
    let response = computed(&app, without_signals(fields), |fields, answers| {
        let trial = trial(app.law, &fields, &answers)?;
        wrong = !trial.errors.is_empty();
        Ok(WhatIfPage { trial, fields, answers })
    });
    if wrong { (StatusCode::UNPROCESSABLE_ENTITY, response).into_response() } else { response }
}

pub async fn to_budget(State(app): State<App>, fields: Fields) -> Response {
    computed(&app, without_signals(fields), |fields, answers| {
        Ok(BudgetPage { budget: budget(app.law, &fields, &answers)?, fields, answers })
    })
}

/// What a button says is no answer.
fn without_signals(mut fields: Fields) -> Fields {
    for name in ["from", "check", "do"] {
        fields.remove(name);
    }
    fields
}

/// A page computed from all the answers, or the first step with a mistake.
fn computed<P: Sampled>(
    app: &App,
    fields: Fields,
    page: impl FnOnce(Fields, Answers) -> Result<P, Vec<FieldError>>,
) -> Response {
    let today = app.clock.today();
    let answers = model::read(&fields, today);
    let errors = if answers.errors.is_empty() {
        match page(fields.clone(), answers.clone()) {
            Ok(page) => return page.render().into_response(),
            Err(errors) => errors,
        }
    } else {
        answers.errors.clone()
    };
    let steps = Step::ALL.into_iter();
    let wrong = steps.filter(|step| !errors_of(&errors, *step).is_empty()).min();
    let step = wrong.unwrap_or(Step::People);
    let errors = errors_of(&errors, step);
    refused(StepPage::refused(step, fields, answers, errors))
}

fn refused(page: StepPage) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page.render()).into_response()
}

/// The month studied is asked on the first step.
fn errors_of(errors: &[FieldError], step: Step) -> Vec<FieldError> {
    let of_step = |it: &&FieldError| match Step::of_field(&it.field) {
        Some(asked) => asked == step,
        None => step == Step::People && it.field == MONTH,
    };
    errors.iter().filter(of_step).cloned().collect()
}

/// Adds or removes a row.
fn apply(fields: &mut Fields, change: &str) {
    if change == "add-child" {
        let taken = present_children(fields);
        if let Some(n) = (1..=MAX_CHILDREN).find(|n| !taken.contains(n)) {
            forget(fields, &format!("e{n}"));
            fields.set(format!("p.e{n}.here"), "oui");
        }
    } else if let Some(who) = change.strip_prefix("remove-") {
        forget(fields, who);
    } else if let Some(name) = change.strip_prefix("add-row:") {
        let rows =
            fields.get(&format!("{name}.rows")).and_then(|it| it.parse().ok()).unwrap_or(1_usize);
        let rows = rows.saturating_add(1).min(model::income::MAX_ROWS);
        fields.set(format!("{name}.rows"), rows.to_string());
    }
}

/// Every answer about a child, in all steps.
fn forget(fields: &mut Fields, who: &str) {
    fields.retain(|name| name.split('.').nth(1) != Some(who));
}
