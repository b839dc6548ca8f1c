//! The pages, each a struct with samples: every one of them is rendered in the tests.

use base::Date;
use law::Law;
use maud::Markup;
use web::form::{FieldError, Fields};

use super::assess::{Assessment, assess};
use super::budget::{ALONG, Along, Budget, budget};
use super::examples::EXAMPLES;
use super::interview::{self, Interview, Turn};
use super::model::{self, Answers, Step};
use super::months::{Months, months};
use super::view;
use super::what_if::{Event, KIND, Trial, trial};

/// A page of the slice, with examples of what it may show.
pub trait Sampled: Sized {
    fn samples(law: &Law, today: Date) -> Vec<(String, Self)>;
    fn render(&self) -> Markup;
}

#[derive(Debug, Clone, Copy)]
pub struct StartPage;

/// One step of the form.
#[derive(Debug, Clone)]
pub struct StepPage {
    pub step: Step,
    pub fields: Fields,
    pub answers: Answers,
    /// Shown with their fields; empty until the person has asked to go on.
    pub errors: Vec<FieldError>,
}

#[derive(Debug, Clone)]
pub struct ResultPage {
    pub fields: Fields,
    pub answers: Answers,
    pub assessment: Assessment,
    pub today: Date,
}

/// One page of the interview, or its end.
#[derive(Debug, Clone)]
pub struct InterviewPage {
    pub interview: Interview,
}

/// The rights of the three years to come.
#[derive(Debug, Clone)]
pub struct MonthsPage {
    pub fields: Fields,
    pub months: Months,
}

/// One event, and the rights without it and with it.
#[derive(Debug, Clone)]
pub struct WhatIfPage {
    pub fields: Fields,
    pub answers: Answers,
    pub trial: Trial,
}

/// What is left when one figure changes.
#[derive(Debug, Clone)]
pub struct BudgetPage {
    pub fields: Fields,
    pub answers: Answers,
    pub budget: Budget,
}

impl StepPage {
    /// The step as it stands, without remarks.
    pub fn new(step: Step, fields: Fields, today: Date) -> Self {
        let answers = model::read(&fields, today);
        Self { step, fields, answers, errors: Vec::new() }
    }

    /// The step with its mistakes.
    pub fn refused(step: Step, fields: Fields, answers: Answers, errors: Vec<FieldError>) -> Self {
        Self { step, fields, answers, errors }
    }
}

impl Sampled for StartPage {
    fn samples(_: &Law, _: Date) -> Vec<(String, Self)> {
        vec![("accueil".to_owned(), Self)]
    }

    fn render(&self) -> Markup {
        view::start::page()
    }
}

impl Sampled for StepPage {
    fn samples(_: &Law, today: Date) -> Vec<(String, Self)> {
        let mut res = Vec::new();
        for step in Step::ALL {
            let label = super::fr::step_label(step);
            res.push((format!("{label}, vide"), Self::new(step, Fields::default(), today)));
            for example in EXAMPLES {
                let fields = (example.fields)(today.month());
                let name = format!("{label}, {}", example.slug);
                res.push((name, Self::new(step, fields, today)));
            }
            res.push((format!("{label}, à corriger"), wrong(step, today)));
        }
        res
    }

    fn render(&self) -> Markup {
        view::form::page(self)
    }
}

/// The step with a mistake in it.
fn wrong(step: Step, today: Date) -> StepPage {
    let fields = Fields::from_iter([
        ("p.couple", "alone"),
        ("p.a1.birth", "31/02/1990"),
        ("i.a1.salary", "oui"),
        ("i.a1.salary.1.net", "-3"),
        ("t.a1.2024.salary", "beaucoup"),
        ("b.rsa", "oui"),
        ("b.rsa.1.net", "12,345"),
        ("h.commune", "Saint-Denis"),
    ]);
    let answers = model::read(&fields, today);
    let of_step = |it: &FieldError| Step::of_field(&it.field) == Some(step);
    let errors = answers.errors.iter().filter(|it| of_step(it)).cloned().collect();
    StepPage::refused(step, fields, answers, errors)
}

impl Sampled for InterviewPage {
    /// Each example from its start to its end, nobody knowing anything more; the first page, and a mistake.
    fn samples(law: &Law, today: Date) -> Vec<(String, Self)> {
        let mut res = Vec::new();
        let mut walk = |name: &str, fields: Fields, answer: Turn| {
            let mut it = interview::turn(law, fields, today, Turn::Arrive);
            for rank in 1..=3 {
                res.push((format!("question {rank}, {name}"), Self { interview: it.clone() }));
                it = interview::turn(law, it.sent(), today, answer.clone());
            }
            while !it.is_over() && it.errors.is_empty() {
                it = interview::turn(law, it.sent(), today, answer.clone());
            }
            res.push((format!("dernière page, {name}"), Self { interview: it }));
        };
        walk("vide", Fields::default(), Turn::Continue);
        walk("seule", Fields::from_iter([("p.couple", "alone")]), Turn::DoesNotKnow);
        walk("à deux", Fields::from_iter([("p.couple", "separate")]), Turn::Pass);
        for example in EXAMPLES {
            walk(example.slug, (example.fields)(today.month()), Turn::Pass);
        }
        res
    }

    fn render(&self) -> Markup {
        view::interview::page(self)
    }
}

impl Sampled for MonthsPage {
    fn samples(law: &Law, today: Date) -> Vec<(String, Self)> {
        let of = |name: &str, fields: Fields| {
            let months = months(law, &model::read(&fields, today)).ok()?;
            Some((format!("mois, {name}"), Self { fields, months }))
        };
        let nearly_empty = of("presque vide", Fields::from_iter([("p.couple", "alone")]));
        let examples = EXAMPLES.iter();
        let examples = examples.filter_map(|it| of(it.slug, (it.fields)(today.month())));
        examples.chain(nearly_empty).collect()
    }

    fn render(&self) -> Markup {
        view::months::page(self)
    }
}

impl Sampled for WhatIfPage {
    /// The form before anything is chosen, every event of every example, and a mistake.
    fn samples(law: &Law, today: Date) -> Vec<(String, Self)> {
        let of = |name: String, fields: Fields| {
            let answers = model::read(&fields, today);
            let trial = trial(law, &fields, &answers).ok()?;
            Some((name, Self { fields, answers, trial }))
        };
        let mut res = Vec::new();
        for example in EXAMPLES {
            let fields = (example.fields)(today.month());
            res.extend(of(format!("et si, {}", example.slug), fields.clone()));
            let mut empty = fields.clone();
            empty.set(KIND, Event::Job.key());
            res.extend(of(format!("et si à corriger, {}", example.slug), empty));
            let events: &[Event] = match example.slug {
                "nadia" => &[Event::Job, Event::Move, Event::Birth],
                "karim-et-elise" => &[Event::Separation, Event::JobLoss],
                _ => &[Event::Job],
            };
            for event in events.iter().copied() {
                let name = format!("et si {}, {}", event.key(), example.slug);
                res.extend(of(name, with_event(fields.clone(), event, today)));
            }
        }
        res
    }

    fn render(&self) -> Markup {
        view::what_if::page(self)
    }
}

/// The answers with an event told whole.
fn with_event(mut fields: Fields, event: Event, today: Date) -> Fields {
    fields.set(KIND, event.key());
    let born = web::format::month_input(today.month().plus(5));
    for (name, value) in [
        ("x.job.pay", "1400"),
        ("x.loss.benefit", "720,50"),
        ("x.move.rent", "510"),
        ("x.move.commune", "69001"),
        ("x.separation.who", "a2"),
        ("x.separation.e1", "shared"),
        ("x.separation.rent", "480"),
        ("x.separation.status", "locataire_vide"),
    ] {
        fields.set(name, value);
    }
    fields.set("x.birth.date", format!("12/{born}"));
    fields
}

impl Sampled for BudgetPage {
    fn samples(law: &Law, today: Date) -> Vec<(String, Self)> {
        let of = |name: String, fields: Fields| {
            let answers = model::read(&fields, today);
            let budget = budget(law, &fields, &answers).ok()?;
            Some((name, Self { fields, answers, budget }))
        };
        let mut res = Vec::new();
        for example in EXAMPLES {
            let alongs: &[Along] = match example.slug {
                "nadia" => &[Along::Earnings],
                "karim-et-elise" => &[Along::Rent, Along::Age],
                _ => &[Along::Earnings],
            };
            for along in alongs {
                let mut fields = (example.fields)(today.month());
                fields.set(ALONG, along.key());
                res.extend(of(format!("budget {}, {}", along.key(), example.slug), fields));
            }
        }
        res.extend(of(
            "budget presque vide".to_owned(),
            Fields::from_iter([("p.couple", "alone")]),
        ));
        res
    }

    fn render(&self) -> Markup {
        view::budget::page(self)
    }
}

impl Sampled for ResultPage {
    fn samples(law: &Law, today: Date) -> Vec<(String, Self)> {
        let mut res = Vec::new();
        for example in EXAMPLES {
            let fields = (example.fields)(today.month());
            res.extend(sample(law, fields, today).map(|page| (example.slug.to_owned(), page)));
        }
        let nearly_empty = Fields::from_iter([("p.couple", "alone")]);
        res.extend(sample(law, nearly_empty, today).map(|page| ("presque vide".to_owned(), page)));
        res
    }

    fn render(&self) -> Markup {
        view::result::page(self)
    }
}

fn sample(law: &Law, fields: Fields, today: Date) -> Option<ResultPage> {
    let answers = model::read(&fields, today);
    let assessment = assess(law, &answers).ok()?;
    Some(ResultPage { fields, answers, assessment, today })
}
