//! The pages, each a struct with samples: every one of them is rendered in the tests.

use base::Date;
use law::Law;
use maud::Markup;
use web::form::{FieldError, Fields};

use super::assess::{Assessment, assess};
use super::examples::EXAMPLES;
use super::model::{self, Answers, Step};
use super::view;

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
