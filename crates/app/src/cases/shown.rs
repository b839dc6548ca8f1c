//! How the pages of files, persons and households are shown.

use std::collections::BTreeMap;
use std::str::FromStr;

use ::store::Id;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use web::components::choice::{Checkbox, Choice, Radios, checkbox, radios};
use web::components::field::{Expects, Field, field};
use web::components::select::{Select, select};
use web::components::text_area::{TextArea, text_area};
use web::form::{FieldError, Fields};
use web::words::Words;

use crate::spine::{Form, Section, Stop, Tandem, Viewer, staff_page};

/// A page with examples of what it may show: each is rendered in the tests.
pub trait Shown: Sized {
    const SECTION: Section;

    fn samples() -> Vec<(&'static str, Self)>;

    /// « Page — Personne ou liste ».
    fn title(&self, words: &Words) -> String;

    fn main(&self, words: &Words) -> Markup;

    /// What has to be corrected, when the page is a form that came back.
    fn errors(&self) -> &[FieldError] {
        &[]
    }

    fn answer(&self, tandem: &Tandem, viewer: &Viewer) -> Response {
        let words = viewer.words();
        let title = self.title(words);
        let wrong = !self.errors().is_empty();
        let title = if wrong { format!("{} : {title}", web::fr::TITLE_ERROR) } else { title };
        let page = staff_page(tandem, viewer, Self::SECTION, &title, self.main(words));
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        (status, page.render()).into_response()
    }
}

/// The number of the form about to be shown.
pub fn new_form(tandem: &Tandem, viewer: &Viewer) -> String {
    let form = Form::new(viewer, &tandem.keys, tandem.now(), &mut tandem.entropy());
    form.value().to_owned()
}

/// An identifier of the address; another one is no page of ours.
pub fn id(text: &str) -> Result<Id, Stop> {
    Id::from_str(text).map_err(|_| Stop::Absent)
}

/// What stands after `?`: never anything about a person.
pub fn query(text: Option<String>) -> Fields {
    Fields::parse(text.unwrap_or_default().as_bytes())
}

/// A page number, from 1.
pub fn page_number(query: &Fields) -> usize {
    query.get("page").and_then(|it| it.parse().ok()).filter(|it| *it > 0).unwrap_or(1)
}

/// The answers of a form being shown, with their errors.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    pub fields: &'a Fields,
    pub errors: &'a [FieldError],
    pub words: &'a Words,
}

impl<'a> Asking<'a> {
    pub fn value(&self, name: &str) -> &'a str {
        self.fields.get(name).unwrap_or_default()
    }

    fn error(&self, name: &str) -> Option<&'a str> {
        self.errors.iter().find(|it| it.field == name).map(|it| it.message.as_str())
    }

    pub fn boxed(&self, expects: Expects, name: &str, label: &str, hint: &str) -> Markup {
        field(&Field {
            hint,
            value: self.value(name),
            error: self.error(name),
            ..Field::new(expects, name, label)
        })
    }

    pub fn text(&self, name: &str, label: &str, hint: &str) -> Markup {
        let (value, error) = (self.value(name), self.error(name));
        text_area(&TextArea { name, label, hint, value, rows: 3, error })
    }

    pub fn radios(&self, name: &str, legend: &str, hint: &str, options: &[Choice<'_>]) -> Markup {
        let (chosen, error) = (self.value(name), self.error(name));
        radios(&Radios { name, legend, hint, options, chosen, inline: false, error })
    }

    pub fn select(&self, name: &str, label: &str, options: &[Choice<'_>]) -> Markup {
        let blank = self.words.say("cases-choose");
        let (chosen, error) = (self.value(name), self.error(name));
        select(&Select { name, label, hint: "", blank: &blank, options, chosen, error })
    }

    pub fn tick(&self, name: &str, label: &str, hint: &str) -> Markup {
        let checked = self.fields.is(name, "oui");
        checkbox(&Checkbox { name, label, hidden: "", hint, checked })
    }
}

/// Choices out of pairs of a value and its words.
pub fn choices(pairs: &[(String, String)]) -> Vec<Choice<'_>> {
    pairs.iter().map(|(value, label)| Choice::new(value, label)).collect()
}

/// An error of one field.
pub fn wrong(field: &str, message: String) -> FieldError {
    FieldError { field: field.to_owned(), message }
}

/// Names by identifier, for lines that speak of several persons.
pub type Names = BTreeMap<Id, String>;
