//! [`Fait`] → JSON, in the same shape that the reader accepts.

use std::borrow::Cow;

use base::Rational;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};

use super::{Fait, Valeur};

impl Serialize for Fait {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Self::Valeur { valeur, source: None } = self {
            return valeur.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Valeur { valeur, source } => {
                map.serialize_entry("valeur", valeur)?;
                if let Some(source) = source {
                    map.serialize_entry("source", source)?;
                }
            }
            Self::Série { depuis, jusqu_au, source } => {
                let points: Vec<_> =
                    depuis.iter().map(|(month, valeur)| (month.to_string(), valeur)).collect();
                map.serialize_entry("depuis", &points)?;
                if let Some(until) = jusqu_au {
                    map.serialize_entry("jusqu_au", &until.to_string())?;
                }
                if let Some(source) = source {
                    map.serialize_entry("source", source)?;
                }
            }
            Self::Inconnu => map.serialize_entry("inconnu", &true)?,
            Self::SansObjet => map.serialize_entry("sans_objet", &true)?,
        }
        map.end()
    }
}

impl Serialize for Valeur {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::OuiNon(value) => serializer.serialize_bool(*value),
            Self::Texte(text) => serializer.serialize_str(text),
            Self::Nombre(number) => match json_number(*number) {
                Some(number) => number.serialize(serializer),
                None => Err(S::Error::custom(format!("{number} n’est pas un nombre décimal"))),
            },
        }
    }
}

/// The number with all its digits; `None` if it is not a decimal one.
pub(crate) fn json_number(number: Rational) -> Option<serde_json::Number> {
    let text = number.to_string();
    if text.ends_with('…') {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

/// The number as JSON writes it, to the sixth decimal when it has no end.
pub fn json_decimal(number: Rational) -> Option<serde_json::Number> {
    let millionth = Rational::new(1, 1_000_000)?;
    json_number(number).or_else(|| json_number(number.rounded(millionth, base::Rounding::Nearest)?))
}

/// The shape alone: `schema.rs` says, donnée by donnée, what goes in.
impl JsonSchema for Fait {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Fait".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        true.into()
    }
}
