//! The page of the household.

use maud::Markup;
use web::form::{FieldError, Fields};
use web::say;
use web::words::Words;

use super::view;
use crate::cases::load::{Head, MemberHere};
use crate::cases::pages::{sample_head, sample_member, sample_now};
use crate::cases::shown::{Shown, wrong};
use crate::spine::Section;

#[derive(Debug, Clone)]
pub struct HouseholdPage {
    pub head: Head,
    pub members: Vec<MemberHere>,
    pub may: bool,
    pub fields: Fields,
    pub errors: Vec<FieldError>,
    pub form: String,
}

impl Shown for HouseholdPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let mut left = sample_member();
        left.member.ends_on = Some(sample_now().day_in_paris());
        left.member.row = crate::cases::pages::sample_id(9);
        let page = Self {
            head: sample_head(),
            members: vec![sample_member(), left],
            may: true,
            fields: Fields::default(),
            errors: Vec::new(),
            form: "1.2".to_owned(),
        };
        let errors = vec![wrong("role", "Choisissez qui est cette personne.".to_owned())];
        let wrong = Self { errors, ..page.clone() };
        let read = Self { may: false, ..page.clone() };
        vec![("à changer", page), ("à corriger", wrong), ("à lire", read)]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "households-title", name = &self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::main(self, words)
    }

    fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}
