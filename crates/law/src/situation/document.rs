//! Bytes → tree of JSON values: size, encoding, syntax and depth.
//!
//! A tree of our own rather than `serde_json::Value`, because it keeps the two things that reader loses: a
//! field written twice, and every digit of a number.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{MAX_BYTES, SituationError, fr};

/// The key under which serde_json hands over the digits of a number (feature `arbitrary_precision`).
const NUMBER_KEY: &str = "$serde_json::private::Number";

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// The digits as written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// In the order of the document, with repetitions.
    Object(Vec<(String, Json)>),
}

/// Reads the whole document; depth is bounded by serde_json (128 levels).
pub(super) fn parse(bytes: &[u8]) -> Result<Json, SituationError> {
    let refuse = |message| SituationError { path: String::new(), message };
    if bytes.len() > MAX_BYTES {
        return Err(refuse(fr::too_big(bytes.len())));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        refuse(fr::not_utf8(line))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(refuse(fr::EMPTY_DOCUMENT.to_owned()));
    }
    serde_json::from_str(text).map_err(|error| refuse(fr::not_json(&error)))
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une valeur JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut res = Vec::new();
        while let Some(item) = list.next_element()? {
            res.push(item);
        }
        Ok(Json::List(res))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut res = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let value: Json = map.next_value()?;
            if key == NUMBER_KEY {
                return match value {
                    Json::Text(digits) => Ok(Json::Number(digits)),
                    _ => Err(A::Error::custom("number")),
                };
            }
            res.push((key, value));
        }
        Ok(Json::Object(res))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        parse(bytes).unwrap_err().message
    }

    #[test]
    fn keeps_digits_and_repetitions() {
        let json =
            parse(br#"{"a": 646.520, "a": -3, "b": 340282366920938463463374607431768211456}"#);
        let Json::Object(fields) = json.unwrap() else { panic!("an object") };
        assert_eq!(fields[0], ("a".to_owned(), Json::Number("646.520".to_owned())));
        assert_eq!(fields[1], ("a".to_owned(), Json::Number("-3".to_owned())));
        let digits = "340282366920938463463374607431768211456".to_owned();
        assert_eq!(fields[2].1, Json::Number(digits));
    }

    #[test]
    fn speaks_french_of_what_is_not_a_document() {
        assert_eq!(message(b" \n"), "le document est vide");
        assert_eq!(message(b"{}\xff"), "ligne 1 : le document n’est pas écrit en UTF-8");
        assert!(message(b"{\"personnes\": [").contains("tronqué"));
        assert!(message(b"{\"personnes\": [],}").contains("virgule"));
        assert!(message(b"{personnes: []}").contains("guillemets"));
        assert!(message(b"{} {}").contains("après la fin"));
        assert!(message("[".repeat(5000).as_bytes()).contains("imbriqué"));
        assert!(message(&vec![b' '; MAX_BYTES + 1]).contains("trop gros"));
        assert!(message(br#"{"$serde_json::private::Number": [1]}"#).contains("JSON"));
        assert_eq!(parse("\u{feff}{}".as_bytes()), Ok(Json::Object(Vec::new())));
    }
}
