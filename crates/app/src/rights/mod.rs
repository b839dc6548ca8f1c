//! Rights: describe a household, see what it is entitled to, how much, why, why not.
//!
//! Words: a *situation* is what the answers say of a household; an *aid* is what the law computes; its
//! *standing* is certain, to check, incomplete, excluded or impossible to compute.
//!
//! Invariants:
//! - nothing is stored without being asked: the answers travel in the body of each form, never in an address, a cookie, a log;
//! - nothing is assumed: a blank answer is "not asked"; a zero is sent only where a sentence says so;
//! - nothing is lost: a refused form comes back as it was typed.

mod actions;
pub mod assess;
pub mod budget;
mod examples;
pub mod fr;
pub mod interview;
pub mod kept;
pub mod model;
pub mod months;
pub mod outlook;
pub mod pages;
mod recap;
mod routes;
mod view;
pub mod what_if;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use law::Law;
use web::clock::Clock;
use web::form::Fields;

use model::Step;

/// Indexes the communes before anybody looks for one.
pub fn warm_up() {
    model::communes::find("");
}

pub const STYLE: &str = include_str!("rights.css");

/// What the pages need from outside.
#[derive(Debug, Clone)]
pub struct App {
    pub law: &'static Law,
    pub clock: Arc<dyn Clock>,
}

pub fn router(app: App) -> Router {
    let mut router = Router::new()
        .route(routes::START, get(actions::start))
        .route("/droits/exemples/{slug}", get(actions::example))
        .route(routes::FORM, get(empty(Step::People)))
        .route(routes::RESULT, get(empty(Step::People)).post(actions::to_result))
        .route(routes::MONTHS, get(empty(Step::People)).post(actions::to_months))
        .route(routes::WHAT_IF, get(empty(Step::People)).post(actions::to_what_if))
        .route(routes::BUDGET, get(empty(Step::People)).post(actions::to_budget))
        .route(routes::INTERVIEW, get(actions::interview).post(actions::to_interview));
    for step in Step::ALL {
        router = router.route(routes::step(step), get(empty(step)).post(posted(step)));
    }
    router.with_state(app)
}

fn empty(step: Step) -> impl Fn(State<App>) -> Answering + Clone + Send + 'static {
    move |State(app)| Box::pin(actions::empty_step(app, step))
}

fn posted(step: Step) -> impl Fn(State<App>, Fields) -> Answering + Clone + Send + 'static {
    move |State(app), fields| Box::pin(actions::to_step(app, step, fields))
}

type Answering = std::pin::Pin<Box<dyn Future<Output = Response> + Send>>;
