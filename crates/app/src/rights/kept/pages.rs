//! The pages of checks, each with samples.

use base::{Date, Month};
use law::Law;
use maud::Markup;
use web::form::Fields;
use web::format;
use web::say;
use web::words::Words;

use super::results::Results;
use super::store::{Check, Heading};
use super::view;
use crate::cases::load::Head;
use crate::cases::pages::{sample_head, sample_id, sample_now};
use crate::cases::shown::Shown;
use crate::rights::assess::{Assessment, assess};
use crate::rights::examples::EXAMPLES;
use crate::rights::model;
use crate::spine::Section;

/// The checks of a file, and the way to a new one.
#[derive(Debug, Clone)]
pub struct ChecksPage {
    pub head: Head,
    pub checks: Vec<ListedCheck>,
    /// What the form starts from; `None`: the viewer may not start one.
    pub start: Option<Start>,
    pub today: Date,
}

#[derive(Debug, Clone)]
pub struct ListedCheck {
    pub heading: Heading,
    pub author: String,
    pub opens: bool,
}

#[derive(Debug, Clone)]
pub struct Start {
    pub fields: Fields,
    /// The check whose answers are taken again.
    pub from: Option<Heading>,
    pub form: String,
}

/// A check as it was kept.
#[derive(Debug, Clone)]
pub struct KeptPage {
    pub head: Head,
    pub check: Check,
    pub author: String,
    pub assessment: Assessment,
    /// The law is no longer that of the check.
    pub law_changed: bool,
}

impl Shown for ChecksPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let today = sample_now().day_in_paris();
        let heading = sample_heading();
        let listed = |opens| ListedCheck {
            heading: heading.clone(),
            author: "Claire Morel".to_owned(),
            opens,
        };
        let fields = EXAMPLES.first().map(|it| (it.fields)(today.month())).unwrap_or_default();
        let start = Start { fields, from: Some(heading.clone()), form: "1.2".to_owned() };
        let page = Self {
            head: sample_head(),
            checks: vec![listed(true), listed(false)],
            start: Some(start),
            today,
        };
        let read = Self { checks: Vec::new(), start: None, ..page.clone() };
        vec![("deux points", page), ("à lire", read)]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "rights-checks-title", name = &self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::checks(self, words)
    }
}

impl Shown for KeptPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let today = sample_now().day_in_paris();
        let mut res = Vec::new();
        for example in EXAMPLES {
            let answers = (example.fields)(today.month());
            let read = model::read(&answers, today);
            let Ok(assessment) = assess(Law::national(), &read) else { continue };
            let results = Results::of(&assessment);
            let check = Check { heading: sample_heading(), answers, results };
            res.push((
                example.slug,
                Self {
                    head: sample_head(),
                    check,
                    author: "Claire Morel".to_owned(),
                    assessment,
                    law_changed: example.slug == "bernard",
                },
            ));
        }
        res
    }

    fn title(&self, words: &Words) -> String {
        let date = format::date(self.check.heading.at.day_in_paris());
        say!(words, "rights-check-title", date = date, name = &self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::kept(self, words)
    }
}

fn sample_heading() -> Heading {
    Heading {
        id: sample_id(8),
        at: sample_now(),
        month: Month::of(2026, 11),
        rulebook: "0123456789abcdef".repeat(4),
        author: sample_id(5).to_string(),
        class: access::Class::Social,
    }
}
