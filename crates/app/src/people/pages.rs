//! The pages of persons, each with samples.

use ::store::Id;
use base::Date;
use maud::Markup;
use web::form::{FieldError, Fields};
use web::say;
use web::words::Words;

use super::form::filled;
use super::model::{Contact, Identity};
use super::view;
use crate::cases::load::Head;
use crate::cases::pages::{sample_head, sample_id, sample_identity, sample_now};
use crate::cases::shown::{Shown, wrong};
use crate::cases::store::Place;
use crate::spine::Section;

/// Finding somebody.
#[derive(Debug, Clone)]
pub struct FindPage {
    pub typed: String,
    /// `None`: nothing was looked for yet.
    pub found: Option<Vec<Candidate>>,
    pub may_create: bool,
    pub today: Date,
}

/// Somebody found: who follows them, and no content.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub person: Id,
    pub identity: Identity,
    pub same_birth: bool,
    /// The files through which the viewer may know them.
    pub files: Vec<Followed>,
}

#[derive(Debug, Clone)]
pub struct Followed {
    pub case: Id,
    pub structure_name: String,
    pub referents: Vec<String>,
    /// Its door would open.
    pub opens: bool,
}

/// A person about to be created.
#[derive(Debug, Clone)]
pub struct NewPage {
    pub fields: Fields,
    pub errors: Vec<FieldError>,
    pub places: Vec<Place>,
    pub form: String,
}

/// Before a creation: those who may be the same person.
#[derive(Debug, Clone)]
pub struct AlikePage {
    pub candidates: Vec<Candidate>,
    pub fields: Fields,
    pub errors: Vec<FieldError>,
    pub today: Date,
    pub form: String,
    /// Where the answer goes.
    pub action: String,
}

/// What is known of a person, to be corrected.
#[derive(Debug, Clone)]
pub struct EditPage {
    pub head: Head,
    pub person: Id,
    pub has_nir: bool,
    pub fields: Fields,
    pub errors: Vec<FieldError>,
    pub form: String,
}

impl Shown for FindPage {
    const SECTION: Section = Section::Find;

    fn samples() -> Vec<(&'static str, Self)> {
        let today = sample_now().day_in_paris();
        let page =
            |typed: &str, found| Self { typed: typed.to_owned(), found, may_create: true, today };
        let closed = sample_candidate(false);
        vec![
            ("avant", page("", None)),
            ("personne", page("zacharie", Some(Vec::new()))),
            ("deux", page("benali", Some(vec![sample_candidate(true), closed]))),
            ("sans créer", Self { may_create: false, ..page("", None) }),
        ]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "people-find-title")
    }

    fn main(&self, words: &Words) -> Markup {
        view::find(self, words)
    }
}

impl Shown for NewPage {
    const SECTION: Section = Section::Find;

    fn samples() -> Vec<(&'static str, Self)> {
        let place = |name: &str, at| Place {
            structure: sample_id(at),
            structure_name: name.to_owned(),
            team: None,
            team_name: None,
            follows: true,
        };
        let page = |fields, errors, places| Self { fields, errors, places, form: "1.2".to_owned() };
        let one = vec![place("CCAS d’Auch", 1)];
        let two = vec![place("CCAS d’Auch", 1), place("Département du Gers", 2)];
        let known = filled(&sample_identity(), &Contact::default());
        let errors = vec![wrong("birth-name", "Indiquez au moins un nom.".to_owned())];
        vec![
            ("vide", page(Fields::default(), Vec::new(), one.clone())),
            ("deux services", page(known, Vec::new(), two)),
            ("à corriger", page(Fields::default(), errors, one)),
        ]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "people-new-title")
    }

    fn main(&self, words: &Words) -> Markup {
        view::new(self, words)
    }

    fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}

impl Shown for AlikePage {
    const SECTION: Section = Section::Find;

    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            candidates: vec![sample_candidate(true), sample_candidate(false)],
            fields: filled(&sample_identity(), &Contact::default()),
            errors: Vec::new(),
            today: sample_now().day_in_paris(),
            form: "1.2".to_owned(),
            action: "/personnes/nouvelle".to_owned(),
        };
        let errors = vec![wrong("reason.text", "Écrivez pourquoi, en quelques mots.".to_owned())];
        let wrong = Self { errors, ..page.clone() };
        vec![("deux", page), ("à corriger", wrong)]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "people-alike-title")
    }

    fn main(&self, words: &Words) -> Markup {
        view::alike(self, words)
    }

    fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}

impl Shown for EditPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            head: sample_head(),
            person: sample_id(2),
            has_nir: true,
            fields: filled(&sample_identity(), &Contact::default()),
            errors: Vec::new(),
            form: "1.2".to_owned(),
        };
        let errors = vec![wrong("nir", "La clé ne correspond pas.".to_owned())];
        let wrong = Self { errors, has_nir: false, ..page.clone() };
        vec![("rempli", page), ("à corriger", wrong)]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "people-edit-title", name = &self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::edit(self, words)
    }

    fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}

fn sample_candidate(opens: bool) -> Candidate {
    Candidate {
        person: sample_id(if opens { 2 } else { 3 }),
        identity: sample_identity(),
        same_birth: opens,
        files: vec![Followed {
            case: sample_id(4),
            structure_name: "CCAS d’Auch".to_owned(),
            referents: if opens { vec!["Claire Morel".to_owned()] } else { Vec::new() },
            opens,
        }],
    }
}
