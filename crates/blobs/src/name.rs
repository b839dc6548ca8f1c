//! Names of documents.

use std::fmt;
use std::str::FromStr;

use object_store::path::Path;

use crate::BlobError;

/// Lower-case letters, digits and dashes: an identifier, which says nothing of a person and cannot lead out of
/// a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

const LONGEST: usize = 64;

impl Name {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn path(&self) -> Path {
        Path::from(self.0.as_str())
    }
}

impl FromStr for Name {
    type Err = BlobError;

    fn from_str(text: &str) -> Result<Self, BlobError> {
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if text.is_empty() || text.len() > LONGEST || !text.chars().all(plain) {
            return Err(BlobError::Name);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
