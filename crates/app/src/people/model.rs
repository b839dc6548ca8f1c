//! What is held of a person, in two sealed parts.

use base::Date;
use serde::{Deserialize, Serialize};

/// What tells persons apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    pub birth_name: String,
    /// The name the person goes by, when it is another.
    pub usual_name: String,
    pub first_names: String,
    /// `AAAA-MM-JJ`; empty when nobody knows.
    pub birth_date: String,
    pub birth_place: String,
    /// In the person's own words.
    pub gender: String,
}

/// How to reach them, and how not to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    pub address: String,
    pub phone: String,
    pub other_phone: String,
    pub email: String,
    /// A call could put the person in danger.
    pub do_not_call: bool,
    /// How to reach them safely, in words.
    pub safely: String,
    pub languages: String,
    /// An interpreter, large print, somebody beside them…
    pub needs: String,
}

impl Identity {
    pub fn birth(&self) -> Option<Date> {
        self.birth_date.parse().ok()
    }

    /// Every name, to be found by any.
    pub fn names(&self) -> [&str; 3] {
        [&self.birth_name, &self.usual_name, &self.first_names]
    }

    /// « Nadia Benali »: the first name, then the name they go by.
    pub fn name(&self) -> String {
        let family = if self.usual_name.is_empty() { &self.birth_name } else { &self.usual_name };
        let words = [self.first_name(), family.as_str()];
        words.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }

    /// « Nadia », of « Nadia, Fatima ».
    pub fn first_name(&self) -> &str {
        self.first_names.split([',', ' ']).find(|it| !it.is_empty()).unwrap_or_default()
    }
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
