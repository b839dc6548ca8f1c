//! The JSON document of a situation: who, how they are grouped, and what is known of them.
//!
//! ```text
//! bytes ──document──▶ Json ──reader──▶ Situation ──structure, facts──▶ law_ir::Household
//! ```
//!
//! Nothing is guessed: a field that is unknown, of the wrong type, out of bounds or contradictory is
//! refused with a sentence that names it, and every mistake of the document is reported at once. A fact
//! that is absent stays "not asked"; it never becomes zero.
//!
//! Two rules that surprise:
//! - an amount that changes with the months (`flux`) and is written as a series needs `jusqu_au`: the law
//!   forbids carrying an amount on in silence. Written bare, it holds every month, because its author says so;
//! - a child must be younger than both parents of the family, step-parents included: the mistyped year is
//!   common, the step-child older than a step-parent is not.

mod document;
mod errors;
mod examples;
mod facts;
mod fr;
mod reader;
mod structure;
mod write;

use std::collections::BTreeMap;

use base::{Month, Rational};
use law_ir::Household;
use schemars::JsonSchema;
use serde::Serialize;

use crate::Law;

pub use errors::SituationError;
pub use examples::{EXAMPLES, Example};
pub use write::json_decimal;
pub(crate) use write::json_number;

/// The largest document read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most persons a situation may hold.
pub const MAX_PERSONS: usize = 40;

// The comments of the fields are in French: they are the descriptions of the JSON Schema.

/// La situation d’un foyer : ses personnes, leurs groupes, et ce qu’on sait de chacun.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Situation {
    /// Les personnes, dans n’importe quel ordre.
    pub personnes: Vec<Personne>,
    /// Les familles au sens des prestations : un ou deux parents et les enfants.
    pub familles: Vec<Famille>,
    /// Les foyers fiscaux.
    pub foyers_fiscaux: Vec<FoyerFiscal>,
    /// Les personnes rattachées à un foyer fiscal hors de la situation (l’étudiant déclaré par ses parents).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rattachés_ailleurs: Vec<String>,
    /// Les logements et leurs occupants.
    pub ménages: Vec<Ménage>,
}

/// Une personne.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Personne {
    /// Un identifiant propre à ce document.
    pub id: String,
    /// Comment la nommer dans une phrase (à défaut, son identifiant).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nom: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faits: Faits,
}

/// Une famille au sens des prestations.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Famille {
    /// L’identifiant de la personne qui demande.
    pub demandeur: String,
    /// L’identifiant de son conjoint, concubin ou partenaire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conjoint: Option<String>,
    /// Les enfants et personnes à charge, de l’aîné au plus jeune ou dans n’importe quel ordre.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enfants: Vec<Enfant>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faits: Faits,
}

/// Un enfant de la famille.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Enfant {
    /// Son identifiant.
    pub personne: String,
    /// La part de l’enfant dans cette famille.
    pub part: Part,
}

/// « 1 » : l’enfant vit ici. « 1/2 » : en résidence alternée, prestations partagées. « 0 » : il ne compte pas ici.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Part {
    #[serde(rename = "0")]
    Aucune,
    #[serde(rename = "1/2")]
    Moitié,
    #[serde(rename = "1")]
    Entière,
}

/// Un foyer fiscal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct FoyerFiscal {
    /// Les identifiants de la ou des deux personnes qui déclarent.
    pub déclarants: Vec<String>,
    /// Les identifiants des personnes à charge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub à_charge: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faits: Faits,
}

/// Un logement et ceux qui y vivent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Ménage {
    /// Les identifiants des occupants.
    pub occupants: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faits: Faits,
}

/// Facts by name; a name that is absent has not been asked.
pub type Faits = BTreeMap<String, Fait>;

/// What the document says of one fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Fait {
    /// A value that holds all the time (for a flow: every month).
    Valeur { valeur: Valeur, source: Option<String> },
    /// A value from each change point on; `None` (`null`): not known from that month on.
    Série { depuis: Vec<(Month, Option<Valeur>)>, jusqu_au: Option<Month>, source: Option<String> },
    /// Asked, and the person does not know.
    Inconnu,
    /// Does not apply.
    SansObjet,
}

/// A value as the document writes it, before it meets the type of the fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Valeur {
    Nombre(Rational),
    OuiNon(bool),
    /// A date, or the name of a case.
    Texte(String),
}

/// A situation and its household, or every mistake of the document.
pub type Read = Result<(Situation, Household), Vec<SituationError>>;

/// Reads and checks a document; `Err` holds every mistake found, in the order of the document.
pub fn read(law: &Law, bytes: &[u8]) -> Read {
    let json = document::parse(bytes).map_err(|error| vec![error])?;
    checked(law, &json, errors::Errors::default())
}

/// Reads one record of a file that holds many: the document may also carry `id` or `identifiant`, its
/// name among the others, which is answered first and whatever becomes of the rest.
pub fn read_record(law: &Law, bytes: &[u8]) -> (Option<String>, Read) {
    let mut json = match document::parse(bytes) {
        Ok(json) => json,
        Err(error) => return (None, Err(vec![error])),
    };
    let mut errors = errors::Errors::default();
    let id = reader::record_id(&mut json, &mut errors);
    (id, checked(law, &json, errors))
}

fn checked(law: &Law, json: &document::Json, mut errors: errors::Errors) -> Read {
    // What could not be read is reported and left out; the rest is still checked against the book.
    let situation = reader::situation(json, &mut errors);
    let household = structure::household(law.book(), &situation, &mut errors);
    structure::parents_are_older(law.book(), &household, &mut errors);
    errors.into_result((situation, household))
}

impl Situation {
    /// The household that the evaluators read.
    pub fn to_household(&self, law: &Law) -> Result<Household, Vec<SituationError>> {
        let mut errors = errors::Errors::default();
        let household = structure::household(law.book(), self, &mut errors);
        structure::parents_are_older(law.book(), &household, &mut errors);
        errors.into_result(household)
    }

    /// The same without the check of ages, for households drawn at random: some witnesses draw children
    /// older than their parents.
    pub fn to_household_of_any_age(&self, law: &Law) -> Result<Household, Vec<SituationError>> {
        let mut errors = errors::Errors::default();
        let household = structure::household(law.book(), self, &mut errors);
        errors.into_result(household)
    }
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Aucune, Self::Moitié, Self::Entière];

    /// As the document writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Aucune => "0",
            Self::Moitié => "1/2",
            Self::Entière => "1",
        }
    }

    pub fn share(self) -> Rational {
        match self {
            Self::Aucune => Rational::ZERO,
            Self::Moitié => Rational::new(1, 2).unwrap_or(Rational::ONE),
            Self::Entière => Rational::ONE,
        }
    }
}

impl Fait {
    /// A value that holds all the time, without a source.
    pub fn toujours(valeur: impl Into<Valeur>) -> Self {
        Self::Valeur { valeur: valeur.into(), source: None }
    }
}

impl Valeur {
    /// A number, unless it has more digits than a document may write; the sentence says so.
    pub fn number(number: Rational) -> Result<Self, String> {
        if reader::is_reasonable(number) {
            Ok(Self::Nombre(number))
        } else {
            Err(fr::NUMBER_TOO_LONG.to_owned())
        }
    }
}

impl From<Rational> for Valeur {
    fn from(value: Rational) -> Self {
        Self::Nombre(value)
    }
}

impl From<bool> for Valeur {
    fn from(value: bool) -> Self {
        Self::OuiNon(value)
    }
}

impl From<&str> for Valeur {
    fn from(value: &str) -> Self {
        Self::Texte(value.to_owned())
    }
}
