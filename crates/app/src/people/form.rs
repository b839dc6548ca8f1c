//! The form of a person: typed, read, filled again.

use base::Date;
use maud::{Markup, html};
use web::components::field::Expects;
use web::components::fieldset::{Fieldset, fieldset};
use web::form::{FieldError, Fields};
use web::format;
use web::say;
use web::words::Words;

use super::model::{Contact, Identity};
use super::nir::{Nir, NotANir};
use crate::cases::shown::{Asking, wrong};
use crate::rights::model::typed::{self, Wrong};

/// What was typed, read as far as it can be.
#[derive(Debug, Clone)]
pub struct Typed {
    pub identity: Identity,
    pub contact: Contact,
    pub nir: Option<Nir>,
    pub errors: Vec<FieldError>,
}

pub fn read(fields: &Fields, words: &Words, today: Date) -> Typed {
    let mut errors = Vec::new();
    let identity = identity(fields, words, today, &mut errors);
    let nir = fields.get("nir").and_then(|text| match Nir::parse(text) {
        Ok(nir) => Some(nir),
        Err(fault) => {
            let message = match fault {
                NotANir::Form => say!(words, "people-nir-form"),
                NotANir::Key => say!(words, "people-nir-key"),
            };
            errors.push(wrong("nir", message));
            None
        }
    });
    Typed { identity, contact: contact(fields), nir, errors }
}

/// Somebody is known by a name at least.
pub fn identity(
    fields: &Fields,
    words: &Words,
    today: Date,
    errors: &mut Vec<FieldError>,
) -> Identity {
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let res = Identity {
        birth_name: text("birth-name"),
        usual_name: text("usual-name"),
        first_names: text("first-names"),
        birth_date: birth(fields, words, today, errors),
        birth_place: text("birth-place"),
        gender: text("gender"),
    };
    if res.names().iter().all(|it| super::names::folded(it).is_empty()) {
        errors.insert(0, wrong("birth-name", say!(words, "people-name-missing")));
    }
    res
}

fn birth(fields: &Fields, words: &Words, today: Date, errors: &mut Vec<FieldError>) -> String {
    let Some(text) = fields.get("birth-date") else { return String::new() };
    let message = match typed::date(text) {
        Ok(date) if date <= today && date.year() > 1880 => return date.to_string(),
        Ok(_) => say!(words, "people-birth-impossible"),
        Err(Wrong::NoSuchDay) => say!(words, "people-birth-no-such-day"),
        Err(_) => say!(words, "people-birth-form"),
    };
    errors.push(wrong("birth-date", message));
    String::new()
}

fn contact(fields: &Fields) -> Contact {
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    Contact {
        address: text("address"),
        phone: text("phone"),
        other_phone: text("other-phone"),
        email: text("email"),
        do_not_call: fields.is("do-not-call", "oui"),
        safely: text("safely.text"),
        languages: text("languages"),
        needs: text("needs.text"),
    }
}

/// The form filled with what is known. The number of social security is never filled.
pub fn filled(identity: &Identity, contact: &Contact) -> Fields {
    let birth = identity.birth().map(format::date_input).unwrap_or_default();
    let mut res = Fields::default();
    for (name, value) in [
        ("birth-name", identity.birth_name.as_str()),
        ("usual-name", &identity.usual_name),
        ("first-names", &identity.first_names),
        ("birth-date", &birth),
        ("birth-place", &identity.birth_place),
        ("gender", &identity.gender),
        ("address", &contact.address),
        ("phone", &contact.phone),
        ("other-phone", &contact.other_phone),
        ("email", &contact.email),
        ("do-not-call", if contact.do_not_call { "oui" } else { "" }),
        ("safely.text", &contact.safely),
        ("languages", &contact.languages),
        ("needs.text", &contact.needs),
    ] {
        res.set(name, value);
    }
    res
}

/// Who it is.
pub fn identity_fields(asking: Asking<'_>) -> Markup {
    let said = asking.words;
    let body = html! {
        div .row {
            (asking.boxed(Expects::Words, "first-names", &say!(said, "people-first-names"), ""))
            (asking.boxed(Expects::Words, "birth-name", &say!(said, "people-birth-name"), ""))
            (asking.boxed(Expects::Words, "usual-name", &say!(said, "people-usual-name"), &say!(said, "people-usual-name-hint")))
        }
        div .row {
            (asking.boxed(Expects::Date, "birth-date", &say!(said, "people-birth-date"), &say!(said, "people-birth-hint")))
            (asking.boxed(Expects::Words, "birth-place", &say!(said, "people-birth-place"), ""))
        }
        (asking.boxed(Expects::Words, "gender", &say!(said, "people-gender"), &say!(said, "people-gender-hint")))
    };
    let legend = say!(said, "people-identity");
    fieldset(&Fieldset { id: "identite", legend: &legend, hint: "", body, framed: true })
}

/// How to reach them.
pub fn contact_fields(asking: Asking<'_>) -> Markup {
    let said = asking.words;
    let body = html! {
        (asking.tick("do-not-call", &say!(said, "people-do-not-call"), &say!(said, "people-do-not-call-hint")))
        (asking.text("safely.text", &say!(said, "people-safely"), &say!(said, "people-safely-hint")))
        div .row {
            (asking.boxed(Expects::Words, "phone", &say!(said, "people-phone"), ""))
            (asking.boxed(Expects::Words, "other-phone", &say!(said, "people-other-phone"), ""))
        }
        (asking.boxed(Expects::Words, "email", &say!(said, "people-email"), ""))
        (asking.boxed(Expects::Words, "address", &say!(said, "people-address"), ""))
        (asking.boxed(Expects::Words, "languages", &say!(said, "people-languages"), &say!(said, "people-languages-hint")))
        (asking.text("needs.text", &say!(said, "people-needs"), &say!(said, "people-needs-hint")))
    };
    let legend = say!(said, "people-contact");
    fieldset(&Fieldset { id: "coordonnees", legend: &legend, hint: "", body, framed: true })
}

pub fn nir_field(asking: Asking<'_>) -> Markup {
    let said = asking.words;
    asking.boxed(Expects::Number, "nir", &say!(said, "people-nir"), &say!(said, "people-nir-hint"))
}
