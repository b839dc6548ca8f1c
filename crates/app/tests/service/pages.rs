//! Every page of files, persons and households, with every sample, holds what a reader of any kind needs.

use std::collections::HashSet;

use app::cases::pages::{
    ClosedPage, ClosurePage, FilePage, HistoryPage, ListPage, NirPage, TeamPage,
};
use app::cases::shown::Shown;
use app::households::pages::HouseholdPage;
use app::people::pages::{AlikePage, EditPage, FindPage, NewPage};
use app::rights::kept::{ChecksPage, KeptPage};
use app::words::FRENCH;
use web::layout::Page;
use web::words::{Lang, Words};

use crate::html::{Event, events, is_void, visible_text};

fn all() -> Vec<(String, String)> {
    let words = app::words::of(Lang::French);
    let mut res = Vec::new();
    add::<ListPage>(&mut res, words);
    add::<FilePage>(&mut res, words);
    add::<ClosedPage>(&mut res, words);
    add::<TeamPage>(&mut res, words);
    add::<HistoryPage>(&mut res, words);
    add::<ClosurePage>(&mut res, words);
    add::<NirPage>(&mut res, words);
    add::<HouseholdPage>(&mut res, words);
    add::<FindPage>(&mut res, words);
    add::<NewPage>(&mut res, words);
    add::<AlikePage>(&mut res, words);
    add::<EditPage>(&mut res, words);
    add::<ChecksPage>(&mut res, words);
    add::<KeptPage>(&mut res, words);
    res
}

fn add<P: Shown>(res: &mut Vec<(String, String)>, words: &'static Words) {
    for (name, page) in P::samples() {
        let title = page.title(words);
        let html = Page::new(&title, page.main(words)).render().into_string();
        res.push((format!("{title}, {name}"), html));
    }
}

fn opened(html: &str) -> Vec<(String, std::collections::HashMap<String, String>)> {
    let of = |event| match event {
        Event::Open { name, attributes } => Some((name, attributes)),
        Event::Close(_) | Event::Text(_) => None,
    };
    events(html).into_iter().filter_map(of).collect()
}

#[test]
fn tags_are_balanced_and_identifiers_unique() {
    for (name, html) in all() {
        let mut open = Vec::new();
        for event in events(&html) {
            match event {
                Event::Open { name: tag, .. } if !is_void(&tag) && !is_drawing(&tag) => {
                    open.push(tag)
                }
                Event::Close(tag) if !is_drawing(&tag) => {
                    assert_eq!(open.pop().as_deref(), Some(tag.as_str()), "{name}");
                }
                Event::Open { .. } | Event::Close(_) | Event::Text(_) => {}
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        let mut seen = HashSet::new();
        for (_, attributes) in opened(&html) {
            if let Some(id) = attributes.get("id") {
                assert!(seen.insert(id.clone()), "{name}: two elements are {id}");
            }
        }
    }
}

fn is_drawing(tag: &str) -> bool {
    matches!(tag, "svg" | "path" | "circle")
}

#[test]
fn one_title_and_every_box_has_its_words() {
    for (name, html) in all() {
        let tags = opened(&html);
        assert_eq!(tags.iter().filter(|it| it.0 == "h1").count(), 1, "{name}");
        let ids: HashSet<&String> = tags.iter().filter_map(|it| it.1.get("id")).collect();
        let labelled: HashSet<&String> =
            tags.iter().filter(|it| it.0 == "label").filter_map(|it| it.1.get("for")).collect();
        for (tag, attributes) in &tags {
            let hidden = attributes.get("type").is_some_and(|it| it == "hidden");
            if matches!(tag.as_str(), "input" | "select" | "textarea") && !hidden {
                let id = attributes.get("id").expect("a box has an identifier");
                assert!(labelled.contains(id), "{name}: {id} has no words");
            }
            for key in ["aria-describedby", "aria-labelledby"] {
                for id in attributes.get(key).iter().flat_map(|it| it.split(' ')) {
                    assert!(ids.contains(&id.to_owned()), "{name}: {id} is not there");
                }
            }
            assert!(!attributes.contains_key("style"), "{name}");
            let link = tag == "a" && attributes.get("href").is_some_and(|it| it.starts_with('#'));
            if link && !attributes["href"].contains("contenu") {
                assert!(ids.contains(&attributes["href"][1..].to_owned()), "{name}");
            }
        }
    }
}

#[test]
fn every_message_is_known_and_none_is_code() {
    let keys: Vec<&str> = FRENCH
        .iter()
        .flat_map(|file| file.lines())
        .filter_map(|line| line.split_once(" = ").map(|it| it.0))
        .filter(|it| it.contains('-') && it.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        .collect();
    assert!(keys.len() > 200, "{}", keys.len());
    for (name, html) in all() {
        let text = visible_text(&html);
        for word in text.split(' ') {
            let known = ["cases-", "people-", "households-", "rights-"];
            assert!(!known.iter().any(|it| word.starts_with(it)), "{name}: {word}");
        }
        assert!(!text.contains("{ $"), "{name}: a value is missing");
    }
}
