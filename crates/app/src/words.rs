//! The messages of the slices, gathered by language. Each slice keeps its own files beside its code.

use std::sync::LazyLock;

use web::words::{Lang, Words};

/// What staff and persons read in French.
pub const FRENCH: &[&str] = &[
    include_str!("spine/fr.ftl"),
    include_str!("accounts/fr.ftl"),
    include_str!("structures/fr.ftl"),
    include_str!("people/fr.ftl"),
    include_str!("households/fr.ftl"),
    include_str!("cases/fr.ftl"),
    include_str!("rights/kept/fr.ftl"),
    include_str!("access_log/fr.ftl"),
    include_str!("life/fr.ftl"),
    include_str!("person_space/fr.ftl"),
];

/// The pages of the accompanied person, in the other languages.
pub const ENGLISH: &[&str] = &[include_str!("person_space/en.ftl")];
pub const ARABIC: &[&str] = &[include_str!("person_space/ar.ftl")];

static IN_FRENCH: LazyLock<Words> = LazyLock::new(|| Words::read(Lang::French, FRENCH, None));
static IN_ENGLISH: LazyLock<Words> =
    LazyLock::new(|| Words::read(Lang::English, ENGLISH, Some(&IN_FRENCH)));
static IN_ARABIC: LazyLock<Words> =
    LazyLock::new(|| Words::read(Lang::Arabic, ARABIC, Some(&IN_FRENCH)));

pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::French => &IN_FRENCH,
        Lang::English => &IN_ENGLISH,
        Lang::Arabic => &IN_ARABIC,
    }
}
