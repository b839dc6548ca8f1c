//! What a user reads, by language: messages written in Fluent files, one per slice.
//!
//! French is whole. Pages made for the accompanied person are also written in other languages; a message that a
//! language lacks is said in French, never left out. Tests hold that every key used exists, that every key written
//! is used, and that person-facing files say the same keys in each language.

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

/// A language pages can be read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    French,
    English,
    Arabic,
}

/// Which way its text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Lang {
    pub const ALL: &'static [Self] = &[Self::French, Self::English, Self::Arabic];

    /// The tag of `lang="…"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// Its name, in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::English => "English",
            Self::Arabic => "العربية",
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.tag() == tag)
    }

    pub fn direction(self) -> Direction {
        match self {
            Self::French | Self::English => Direction::LeftToRight,
            Self::Arabic => Direction::RightToLeft,
        }
    }

    fn identifier(self) -> unic_langid::LanguageIdentifier {
        match self {
            Self::French => langid!("fr"),
            Self::English => langid!("en"),
            Self::Arabic => langid!("ar"),
        }
    }
}

impl Direction {
    pub fn tag(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// The messages of one language, then those of French.
pub struct Words {
    lang: Lang,
    own: FluentBundle<FluentResource>,
    french: Option<&'static Words>,
}

/// A value inside a message: `{ $name }`.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    /// Chooses the plural.
    Count(i64),
}

impl Words {
    /// Reads the files; a file that cannot be read whole is a fault of ours that a test finds.
    pub fn read(lang: Lang, files: &[&str], french: Option<&'static Words>) -> Self {
        let mut own = FluentBundle::new_concurrent(vec![lang.identifier()]);
        // Names keep their own direction inside right-to-left text; elsewhere the marks are only noise.
        own.set_use_isolating(lang.direction() == Direction::RightToLeft);
        for file in files {
            let resource = match FluentResource::try_new((*file).to_owned()) {
                Ok(it) => it,
                Err((readable, _)) => readable,
            };
            own.add_resource_overriding(resource);
        }
        Self { lang, own, french }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn has(&self, key: &str) -> bool {
        self.own.get_message(key).is_some_and(|it| it.value().is_some())
    }

    /// The message without values.
    pub fn say(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The message with its values.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.own.get_message(key).and_then(|it| it.value()) else {
            // The key itself on the page: seen at once, and refused by the tests.
            return self.french.map_or_else(|| key.to_owned(), |it| it.with(key, args));
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, value.fluent());
        }
        let mut ignored = Vec::new();
        self.own.format_pattern(pattern, Some(&values), &mut ignored).into_owned()
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.lang.tag())
    }
}

impl Arg<'_> {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(it) => FluentValue::from(it.as_ref()),
            Self::Count(it) => FluentValue::from(*it),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(it: &'a str) -> Self {
        Self::Text(Cow::Borrowed(it))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(it: &'a String) -> Self {
        Self::Text(Cow::Borrowed(it))
    }
}

impl From<String> for Arg<'_> {
    fn from(it: String) -> Self {
        Self::Text(Cow::Owned(it))
    }
}

impl From<i64> for Arg<'_> {
    fn from(it: i64) -> Self {
        Self::Count(it)
    }
}

impl From<usize> for Arg<'_> {
    fn from(it: usize) -> Self {
        Self::Count(i64::try_from(it).unwrap_or(i64::MAX))
    }
}

/// The message with its values: `say!(words, "cases-since", date = day)`; without: `say!(words, "cases-title")`.
#[macro_export]
macro_rules! say {
    ($words:expr, $key:literal) => { $words.say($key) };
    ($words:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $words.with($key, &[$((stringify!($name), $crate::words::Arg::from($value))),+])
    };
}

#[cfg(test)]
mod tests {
    use super::{Lang, Words};

    fn french() -> &'static Words {
        let text = "hello = Bonjour { $name }\nfiles = { $count ->\n    [one] un dossier\n   *[other] { $count } dossiers\n}\n";
        Box::leak(Box::new(Words::read(Lang::French, &[text], None)))
    }

    #[test]
    fn values_and_plurals() {
        assert_eq!(say!(french(), "hello", name = "Léa"), "Bonjour Léa");
        // Zero is singular in French.
        assert_eq!(say!(french(), "files", count = 0_i64), "un dossier");
        assert_eq!(say!(french(), "files", count = 3_i64), "3 dossiers");
    }

    #[test]
    fn a_message_that_a_language_lacks_is_said_in_french() {
        let arabic = Words::read(Lang::Arabic, &["hello = مرحبا { $name }\n"], Some(french()));
        assert!(say!(arabic, "hello", name = "Léa").contains('\u{2068}'));
        assert_eq!(say!(arabic, "files", count = 2_i64), "2 dossiers");
        assert!(!arabic.has("files"));
    }
}
