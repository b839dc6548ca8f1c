//! Every page of the accounts, with every sample, holds what a reader of any kind needs; every word is there.

use std::collections::BTreeSet;

use maud::Markup;
use web::words::Lang;

fn samples() -> Vec<(String, Markup)> {
    let mut res = app::person_space::pages::samples();
    let named = |it: (&str, Markup)| (it.0.to_owned(), it.1);
    res.extend(app::accounts::pages::samples().into_iter().map(named));
    res.extend(app::accounts::own::pages::samples().into_iter().map(named));
    res.extend(app::structures::pages::samples().into_iter().map(named));
    res
}

/// The values of an attribute, in order.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    text.split(start.as_str()).skip(1).filter_map(|it| it.split('"').next()).collect()
}

#[test]
fn one_title_labels_and_errors_that_lead_somewhere() {
    for (name, page) in samples() {
        let text = page.into_string();
        assert_eq!(text.matches("<h1").count(), 1, "{name}");
        let ids: Vec<&str> = values(&text, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        for label in values(&text, "for") {
            assert!(unique.contains(label), "{name}: label of {label}");
        }
        for target in values(&text, "href").iter().filter_map(|it| it.strip_prefix('#')) {
            assert!(unique.contains(target), "{name}: link to {target}");
        }
        for described in values(&text, "aria-describedby").iter().flat_map(|it| it.split(' ')) {
            assert!(unique.contains(described), "{name}: described by {described}");
        }
        assert!(!text.contains("style=\""), "{name}");
    }
}

/// A key that no file has is shown as it is.
#[test]
fn every_word_is_written() {
    for (name, page) in samples() {
        let text = page.into_string();
        for prefix in [">accounts-", ">structures-", ">space-"] {
            assert!(!text.contains(prefix), "{name}: {prefix}");
        }
    }
}

#[test]
fn the_other_languages_say_the_same_keys() {
    let keys = |files: &[&str]| -> BTreeSet<String> {
        let lines = files.iter().flat_map(|it| it.lines());
        let keys = lines.filter(|it| it.starts_with(|c: char| c.is_ascii_lowercase()));
        keys.filter_map(|it| it.split_once(" =")).map(|it| it.0.to_owned()).collect()
    };
    let (english, arabic) = (keys(app::words::ENGLISH), keys(app::words::ARABIC));
    assert_eq!(english, arabic);
    for key in &english {
        assert!(app::words::of(Lang::French).has(key), "{key}");
        for lang in [Lang::English, Lang::Arabic] {
            assert!(app::words::of(lang).has(key), "{key}");
        }
    }
}
