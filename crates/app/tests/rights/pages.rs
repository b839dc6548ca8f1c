//! Every page, with every sample, holds what a reader of any kind needs.

use std::collections::HashSet;
use std::sync::LazyLock;

use app::rights::pages::{
    BudgetPage, InterviewPage, MonthsPage, ResultPage, Sampled, StartPage, StepPage, WhatIfPage,
};
use base::Date;
use law::{Law, SourceFile};

use crate::html::{Event, events, is_void, plain};

/// Every sample, rendered once for all the tests.
fn all() -> Vec<(String, String)> {
    static ALL: LazyLock<Vec<(String, String)>> = LazyLock::new(rendered);
    ALL.clone()
}

fn rendered() -> Vec<(String, String)> {
    let today: Date = "2026-11-22".parse().unwrap();
    let law = Law::national();
    let mut res = Vec::new();
    fn add<P: Sampled>(res: &mut Vec<(String, String)>, law: &Law, today: Date) {
        let samples = P::samples(law, today);
        res.extend(samples.into_iter().map(|(name, page)| (name, page.render().into_string())));
    }
    add::<StartPage>(&mut res, law, today);
    add::<StepPage>(&mut res, law, today);
    add::<ResultPage>(&mut res, law, today);
    add::<InterviewPage>(&mut res, law, today);
    add::<MonthsPage>(&mut res, law, today);
    add::<WhatIfPage>(&mut res, law, today);
    add::<BudgetPage>(&mut res, law, today);
    res.push(("composants".to_owned(), web::gallery::page().into_string()));
    res
}

fn attributes_of(html: &str, key: &str) -> Vec<String> {
    let of = |event: Event| match event {
        Event::Open { attributes, .. } => attributes.get(key).cloned(),
        Event::Close(_) | Event::Text(_) => None,
    };
    events(html).into_iter().filter_map(of).collect()
}

/// The national rules, and one more aid that nobody can compute.
fn law_with_a_faulty_aid() -> Law {
    let text = "aide cassée : €/mois par famille « aide cassée » source « essai »
        conditions adulte : un des parents vérifie (ans_révolus(date_de_naissance) ≥ 0 ans)
        montant = 1 €/mois × ((base_rsa − base_rsa) ÷ (base_rsa − base_rsa), arrondi à 0,01)";
    let mut files = Law::national().files().to_vec();
    files.push(SourceFile { name: "essai.droit".to_owned(), text: text.to_owned() });
    let (law, diagnostics) = Law::load(files);
    law.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

#[test]
fn an_aid_that_cannot_be_computed_hides_no_other() {
    let today: Date = "2026-11-22".parse().unwrap();
    let found: Vec<_> = ResultPage::samples(&law_with_a_faulty_aid(), today);
    let sound: Vec<_> = ResultPage::samples(Law::national(), today);
    assert_eq!(found.len(), sound.len());
    for ((name, found), (_, sound)) in found.into_iter().zip(sound) {
        let html = found.render().into_string();
        assert!(html.contains("Calcul impossible"), "{name}");
        if name != "presque vide" {
            assert!(html.contains("aide cassée") && html.contains("divise par zéro"), "{name}");
        }
        for aid in &sound.assessment.aids {
            let same = found.assessment.aids.iter().find(|it| it.name == aid.name).unwrap();
            assert_eq!((same.standing, same.amount), (aid.standing, aid.amount), "{name}");
        }
    }
}

#[test]
fn samples_cover_every_page() {
    let pages = all();
    assert!(pages.len() >= 1 + 5 * 5 + 4, "{}", pages.len());
}

#[test]
fn tags_are_balanced() {
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
    }
}

fn is_drawing(tag: &str) -> bool {
    matches!(tag, "path" | "circle")
}

#[test]
fn one_title_one_main_one_language() {
    for (name, html) in all() {
        let count = |tag: &str| html.matches(&format!("<{tag}")).count();
        assert_eq!(count("h1"), 1, "{name}");
        assert_eq!(count("main"), 1, "{name}");
        assert!(html.contains("<html lang=\"fr\""), "{name}");
        assert!(html.contains("— Tandem</title>"), "{name}");
    }
}

#[test]
fn titles_are_different_and_name_nobody() {
    let mut titles = HashSet::new();
    for (name, html) in all() {
        let start = html.find("<title>").unwrap() + 7;
        let end = html.find("</title>").unwrap();
        let title = &html[start..end];
        for person in ["Nadia", "Karim", "Bernard"] {
            assert!(!title.contains(person), "{name}: a browser keeps « {title} »");
        }
        if !title.contains("Question par question") {
            titles.insert(title.to_owned());
        }
        assert!(end > start, "{name}");
    }
    // Start, five steps, five steps to correct, the result, the months to come, what if and what if to
    // correct, the budget, the gallery.
    assert_eq!(titles.len(), 17, "{titles:?}");
}

#[test]
fn identifiers_are_unique_and_every_reference_leads_somewhere() {
    for (name, html) in all() {
        let ids = attributes_of(&html, "id");
        let unique: HashSet<&String> = ids.iter().collect();
        let twice: Vec<_> =
            unique.iter().filter(|id| ids.iter().filter(|it| it == *id).count() > 1).collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
        let mut references = attributes_of(&html, "for");
        for key in ["aria-describedby", "aria-labelledby"] {
            for value in attributes_of(&html, key) {
                references.extend(value.split(' ').map(str::to_owned));
            }
        }
        let inside = attributes_of(&html, "href").into_iter();
        references.extend(inside.filter_map(|it| it.strip_prefix('#').map(str::to_owned)));
        for reference in references {
            assert!(unique.contains(&reference), "{name}: #{reference} leads nowhere");
        }
    }
}

#[test]
fn every_missing_answer_leads_to_a_question_that_is_there() {
    let today: Date = "2026-11-22".parse().unwrap();
    for (name, page) in ResultPage::samples(Law::national(), today) {
        for aid in &page.assessment.aids {
            for missing in &aid.missing {
                let question = missing.question.as_ref();
                let question =
                    question.unwrap_or_else(|| panic!("{name}: {} is not asked", missing.words));
                let step = StepPage::new(question.step, page.fields.clone(), today);
                let ids = attributes_of(&step.render().into_string(), "id");
                assert!(ids.contains(&question.field), "{name}: no #{}", question.field);
            }
        }
    }
}

#[test]
fn nothing_inline_nothing_foreign() {
    for (name, html) in all() {
        for event in events(&html) {
            let Event::Open { name: tag, attributes } = event else { continue };
            for key in attributes.keys() {
                assert!(!key.starts_with("on") && key != "style", "{name}: {key} on {tag}");
            }
            for key in ["src", "action", "formaction"] {
                if let Some(address) = attributes.get(key) {
                    assert!(
                        address.starts_with('/') && !address.contains('?'),
                        "{name}: {address}"
                    );
                }
            }
            if tag == "form" {
                assert_eq!(attributes.get("method").map(String::as_str), Some("post"), "{name}");
            }
        }
    }
}

#[test]
fn sentences_are_short() {
    let (mut words, mut sentences) = (0, 0);
    for (name, html) in all() {
        if name.starts_with("composants") {
            continue;
        }
        for text in paragraphs(&html) {
            for sentence in text.split_inclusive(['.', '?', '!']).filter(|it| it.contains(' ')) {
                words += sentence
                    .split_whitespace()
                    .filter(|it| it.chars().any(char::is_alphanumeric))
                    .count();
                sentences += 1;
            }
        }
    }
    assert!(sentences > 50, "{sentences}");
    assert!(words <= 15 * sentences, "{words} words in {sentences} sentences");
}

/// The running text of our own: not the labels of boxes, nor what the law says in its details.
fn paragraphs(html: &str) -> Vec<String> {
    let mut res = Vec::new();
    let mut current: Option<String> = None;
    let mut deep = 0_u32;
    for event in events(html) {
        match event {
            Event::Open { name, .. } if name == "details" => deep += 1,
            Event::Close(name) if name == "details" => deep -= 1,
            Event::Open { name, .. } if name == "p" && deep == 0 => current = Some(String::new()),
            Event::Close(name) if name == "p" => res.extend(current.take()),
            Event::Text(text) => {
                if let Some(current) = &mut current {
                    current.push_str(&plain(&text));
                }
            }
            Event::Open { .. } | Event::Close(_) => {}
        }
    }
    res
}
