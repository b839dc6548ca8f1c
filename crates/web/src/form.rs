//! Reading a posted form: bounded, in order, nothing trusted.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::error::Failure;
use crate::fr;
use crate::layout::Page;

/// The largest form Tandem reads. Ours weigh a few kilobytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// No answer of a form is longer than this many bytes,
const MAX_VALUE: usize = 300;

/// but for those whose name ends with `.text`: what somebody writes, lines included.
const MAX_TEXT: usize = 20_000;

/// The answers of a form, as typed: field name to text. Blank answers are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

/// What is wrong with one answer, told next to its field and in the summary at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    /// A whole French sentence, ending with a dot.
    pub message: String,
}

impl Fields {
    pub fn parse(body: &[u8]) -> Self {
        form_urlencoded::parse(body)
            .filter(|(name, _)| is_field_name(name))
            .map(|(name, value)| {
                let kept = bounded(&name, &value);
                (name.into_owned(), kept)
            })
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// The answer, trimmed; `None` when blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        if value.is_empty() {
            self.0.remove(&name)
        } else {
            self.0.insert(name, value)
        };
    }

    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|name, _| keep(name));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Bytes::from_request(request, state).await {
            Ok(body) => Ok(Self::parse(&body)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Failure::TooLarge)
            }
            Err(_) => Err(Failure::Unreadable),
        }
    }
}

/// Gives back what was typed when it could not be recorded: an error page must not cost somebody their words.
pub async fn give_back(request: Request, next: Next) -> Response {
    if *request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, MAX_BYTES).await else {
        return Failure::TooLarge.into_response();
    };
    let kept = Fields::parse(&bytes);
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    if response.status().is_server_error() {
        (response.status(), not_saved(&kept)).into_response()
    } else {
        response
    }
}

fn not_saved(fields: &Fields) -> Markup {
    let typed = fields.iter().filter(|(name, _)| name.ends_with(".text"));
    let main = html! {
        h1 { (fr::NOT_SAVED.0) }
        p .lead { (fr::NOT_SAVED.1) }
        @for (name, value) in typed {
            label for=(name) { (fr::YOUR_TEXT) }
            textarea .input .text-area id=(name) rows="8" readonly { (value) }
        }
    };
    Page::new(fr::NOT_SAVED.0, main).footer("").render()
}

/// Our own names only: what else is posted is dropped, never repeated on a page.
fn is_field_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 60
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}

fn bounded(name: &str, value: &str) -> String {
    let is_text = name.ends_with(".text");
    let most = if is_text { MAX_TEXT } else { MAX_VALUE };
    let value = value.trim();
    let end =
        value.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= most).last();
    let kept = value.get(..end.unwrap_or(0)).unwrap_or("");
    kept.chars().filter(|c| !c.is_control() || (is_text && *c == '\n')).collect()
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn keeps_answers_as_typed() {
        let fields = Fields::parse(b"p1.name=+L%C3%A9a+&p1.birth=&month=2026-11");
        assert_eq!(fields.get("p1.name"), Some("Léa"));
        assert_eq!(fields.get("p1.birth"), None);
        assert!(fields.is("month", "2026-11"));
    }

    #[test]
    fn drops_names_that_are_not_ours_and_cuts_long_answers() {
        let long = "é".repeat(1_000);
        let body = format!("<script>=1&{}=2&a={long}&b=%00x", "n".repeat(61));
        let fields = Fields::parse(body.as_bytes());
        assert_eq!(fields.iter().count(), 2);
        assert_eq!(fields.get("a").map(str::len), Some(300));
        assert_eq!(fields.get("b"), Some("x"));
    }

    #[test]
    fn survives_bytes_that_are_not_text() {
        let fields = Fields::parse(&[b'a', b'=', 0xff, 0xfe, b'&', b'=', b'&', b'%', b'&']);
        assert_eq!(fields.iter().count(), 1);
    }
}
