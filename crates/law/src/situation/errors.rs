//! Collecting every mistake of a document.

use std::fmt;

use super::fr;

/// Beyond this many the reader stops noting: the document is not a situation.
const MAX_ERRORS: usize = 200;

/// A mistake of the document: where, and a French sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SituationError {
    /// The field, as in `personnes[1].faits.loyer`; empty for the whole document.
    pub path: String,
    pub message: String,
}

impl fmt::Display for SituationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{} : {}", self.path, self.message)
        }
    }
}

impl std::error::Error for SituationError {}

#[derive(Debug, Default)]
pub(super) struct Errors {
    found: Vec<SituationError>,
    left_out: usize,
}

impl Errors {
    pub fn push(&mut self, path: impl Into<String>, message: impl Into<String>) {
        if self.is_full() {
            self.left_out = self.left_out.saturating_add(1);
        } else {
            self.found.push(SituationError { path: path.into(), message: message.into() });
        }
    }

    /// Enough has been said: what follows is only counted, and needs no careful wording.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MAX_ERRORS
    }

    /// Whether something under this field could not be read, facts aside: what follows from it is not
    /// worth saying.
    pub fn touch(&self, field: &str) -> bool {
        let under = |path: &str| {
            path.strip_prefix(field).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('.') || rest.starts_with('[')
            })
        };
        let mut paths = self.found.iter().map(|it| it.path.as_str());
        paths.any(|path| path.is_empty() || (under(path) && !path.contains(".faits")))
            || self.left_out > 0
    }

    pub fn into_result<T>(mut self, value: T) -> Result<T, Vec<SituationError>> {
        if self.found.is_empty() {
            return Ok(value);
        }
        if self.left_out > 0 {
            let message = fr::more_errors(self.left_out);
            self.found.push(SituationError { path: String::new(), message });
        }
        Err(self.found)
    }
}
