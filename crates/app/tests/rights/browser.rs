//! A person at the keyboard, without JavaScript: reads the page, fills boxes by their label, presses
//! buttons by their words.

use std::collections::HashMap;
use std::sync::Arc;

use app::App;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use law::Law;
use tower::ServiceExt;
use web::clock::FixedClock;

use crate::html::{Event, events, plain, visible_text};

pub struct Browser {
    routes: Router,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
    pub address: String,
    fields: Vec<Control>,
    buttons: Vec<Button>,
}

#[derive(Debug, Clone)]
struct Control {
    kind: Kind,
    name: String,
    value: String,
    checked: bool,
    label: String,
    /// Legends of the groups around it, the innermost last.
    groups: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Hidden,
    Radio,
    Checkbox,
    Option,
}

#[derive(Debug, Clone)]
struct Button {
    words: String,
    sends: Option<(String, String)>,
    to: String,
}

pub fn routes_on(day: &str) -> Router {
    let clock = FixedClock::on(day.parse().expect("a day"));
    app::public(App { law: Law::national(), clock: Arc::new(clock) })
}

/// Opens `address`, on the 22nd of November 2026.
pub async fn open(address: &str) -> Browser {
    let mut browser = Browser {
        routes: routes_on("2026-11-22"),
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        html: String::new(),
        address: String::new(),
        fields: Vec::new(),
        buttons: Vec::new(),
    };
    browser.goto(address).await;
    browser
}

impl Browser {
    pub async fn goto(&mut self, address: &str) {
        let request = Request::get(address).body(Body::empty()).unwrap();
        self.send(address, request).await;
    }

    /// Follows the link that reads `words`.
    pub async fn follow(&mut self, words: &str) {
        let mut address = None;
        let mut href = None;
        let mut text = String::new();
        for event in events(&self.html) {
            match event {
                Event::Open { name, attributes } if name == "a" => {
                    href = attributes.get("href").cloned();
                    text.clear();
                }
                Event::Text(it) => text.push_str(&it),
                Event::Close(name) if name == "a" && plain(&text) == words => address = href.take(),
                Event::Open { .. } | Event::Close(_) => {}
            }
        }
        let address = address.unwrap_or_else(|| panic!("no link « {words} » in:\n{}", self.text()));
        self.goto(&address).await;
    }

    /// Types `value` in the box with this label; inside the group `group` when several have the label.
    pub fn fill(&mut self, label: &str, value: &str) -> &mut Self {
        let wanted = |it: &Control| it.kind == Kind::Text && it.label == label;
        let at = self.fields.iter().position(wanted);
        let at = at.unwrap_or_else(|| panic!("no box « {label} » in:\n{}", self.text()));
        self.fields[at].value = value.to_owned();
        self
    }

    pub fn fill_in(&mut self, group: &str, label: &str, value: &str) -> &mut Self {
        let wanted = |it: &Control| {
            it.kind == Kind::Text && it.label == label && it.groups.iter().any(|it| it == group)
        };
        let at = self.fields.iter().position(wanted);
        let at =
            at.unwrap_or_else(|| panic!("no box « {label} » in « {group} » in:\n{}", self.text()));
        self.fields[at].value = value.to_owned();
        self
    }

    /// Chooses an answer: a radio button of the question, or a line of the list with this label.
    pub fn choose(&mut self, question: &str, answer: &str) -> &mut Self {
        let matches = |it: &Control| match it.kind {
            Kind::Radio => it.groups.last().is_some_and(|it| it == question) && it.label == answer,
            Kind::Option => it.groups.last().is_some_and(|it| it == question) && it.label == answer,
            Kind::Text | Kind::Hidden | Kind::Checkbox => false,
        };
        let at = self.fields.iter().position(matches);
        let at = at.unwrap_or_else(|| {
            panic!("no answer « {answer} » to « {question} » in:\n{}", self.text())
        });
        let name = self.fields[at].name.clone();
        for field in self.fields.iter_mut().filter(|it| it.name == name) {
            field.checked = false;
        }
        self.fields[at].checked = true;
        self
    }

    /// Presses the button that reads `words`, and reads the page that comes.
    pub async fn press(&mut self, words: &str) {
        let button = self.buttons.iter().rev().find(|it| it.words == words).cloned();
        self.pressed(button, words).await;
    }

    pub async fn press_first(&mut self, words: &str) {
        let button = self.buttons.iter().find(|it| it.words == words).cloned();
        self.pressed(button, words).await;
    }

    async fn pressed(&mut self, button: Option<Button>, words: &str) {
        let button = button.unwrap_or_else(|| {
            let all: Vec<_> = self.buttons.iter().map(|it| it.words.as_str()).collect();
            panic!("no button « {words} » among {all:?}")
        });
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for field in &self.fields {
            let sent = match field.kind {
                Kind::Text | Kind::Hidden => true,
                Kind::Radio | Kind::Checkbox | Kind::Option => field.checked,
            };
            if sent {
                pairs.push((&field.name, &field.value));
            }
        }
        if let Some((name, value)) = &button.sends {
            pairs.push((name, value));
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let address = button.to.split('#').next().unwrap_or_default();
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(&button.to, request).await;
    }

    /// Ticks the box with this name.
    pub fn tick(&mut self, name: &str) -> &mut Self {
        let at = self.fields.iter().position(|it| it.kind == Kind::Checkbox && it.name == name);
        let at = at.unwrap_or_else(|| panic!("no box to tick « {name} » in:\n{}", self.text()));
        self.fields[at].checked = true;
        self
    }

    /// Sends something else than the page meant.
    pub fn forge(&mut self, name: &str, value: &str) -> &mut Self {
        for field in self.fields.iter_mut().filter(|it| it.name == name) {
            field.value = value.to_owned();
        }
        self
    }

    /// The one title of the page.
    pub fn title(&self) -> String {
        let (_, after) = self.html.split_once("<h1>").expect("a title");
        plain(after.split_once("</h1>").expect("a closed title").0)
    }

    pub fn text(&self) -> String {
        visible_text(&self.html)
    }

    pub fn sees(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    #[track_caller]
    pub fn must_see(&self, words: &str) {
        assert!(self.sees(words), "« {words} » is not on the page:\n{}", self.text());
    }

    #[track_caller]
    pub fn must_not_see(&self, words: &str) {
        assert!(!self.sees(words), "« {words} » is on the page:\n{}", self.text());
    }

    /// What stands in the box with this label.
    pub fn value(&self, label: &str) -> Option<&str> {
        let field = self.fields.iter().find(|it| it.kind == Kind::Text && it.label == label);
        field.map(|it| it.value.as_str())
    }

    /// What is carried or shown under this field name.
    pub fn carried(&self, name: &str) -> Option<&str> {
        let sent = |it: &&Control| matches!(it.kind, Kind::Text | Kind::Hidden) || it.checked;
        let field = self.fields.iter().filter(sent).find(|it| it.name == name);
        field.map(|it| it.value.as_str())
    }

    async fn send(&mut self, address: &str, request: Request<Body>) {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        self.status = response.status();
        self.headers = response.headers().clone();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        self.html = String::from_utf8(bytes.to_vec()).expect("a page is text");
        self.address = address.to_owned();
        (self.fields, self.buttons) = read_form(&self.html);
    }
}

/// What is being read of the form.
#[derive(Default)]
struct Reading {
    labels: HashMap<String, String>,
    legends: Vec<Option<String>>,
    fields: Vec<(Control, String)>,
    buttons: Vec<Button>,
    text: String,
    label_for: Option<String>,
    select: Option<(String, String)>,
    action: String,
}

fn read_form(html: &str) -> (Vec<Control>, Vec<Button>) {
    let mut reading = Reading::default();
    for event in events(html) {
        match event {
            Event::Open { name, attributes } => reading.open(&name, &attributes),
            Event::Close(name) => reading.close(&name),
            Event::Text(text) => {
                reading.text.push(' ');
                reading.text.push_str(&text);
            }
        }
    }
    let Reading { labels, fields, buttons, .. } = reading;
    let named = fields.into_iter().map(|(mut field, id)| {
        if let Some(label) = labels.get(&id) {
            if field.kind == Kind::Option {
                field.groups.push(label.clone());
            } else {
                field.label = label.clone();
            }
        }
        field
    });
    (named.collect(), buttons)
}

impl Reading {
    fn open(&mut self, name: &str, attributes: &HashMap<String, String>) {
        let get = |key: &str| attributes.get(key).cloned().unwrap_or_default();
        match name {
            "form" => self.action = get("action"),
            "fieldset" => self.legends.push(None),
            "legend" | "label" | "button" | "option" => {
                self.text.clear();
                if name == "label" {
                    self.label_for = Some(get("for"));
                }
                if name == "button" {
                    let to = attributes.get("formaction").cloned().unwrap_or(self.action.clone());
                    let sends = attributes.get("name").map(|it| (it.clone(), get("value")));
                    self.buttons.push(Button { words: String::new(), sends, to });
                }
                if name == "option" {
                    self.field(Kind::Option, attributes, attributes.contains_key("selected"));
                }
            }
            "select" => self.select = Some((get("name"), get("id"))),
            "input" => {
                let kind = match get("type").as_str() {
                    "hidden" => Kind::Hidden,
                    "radio" => Kind::Radio,
                    "checkbox" => Kind::Checkbox,
                    _ => Kind::Text,
                };
                self.field(kind, attributes, attributes.contains_key("checked"));
            }
            _ => {}
        }
    }

    fn field(&mut self, kind: Kind, attributes: &HashMap<String, String>, checked: bool) {
        let get = |key: &str| attributes.get(key).cloned().unwrap_or_default();
        let (name, id) = match (kind, &self.select) {
            (Kind::Option, Some(select)) => select.clone(),
            _ => (get("name"), get("id")),
        };
        let groups = self.legends.iter().flatten().cloned().collect();
        let control =
            Control { kind, name, value: get("value"), checked, label: String::new(), groups };
        self.fields.push((control, id));
    }

    fn close(&mut self, name: &str) {
        // Only here is the text asked for: it holds all the page since the last label.
        let read = matches!(name, "legend" | "label" | "button" | "option");
        let text = if read { plain(&self.text) } else { String::new() };
        match name {
            "fieldset" => {
                self.legends.pop();
            }
            "legend" => {
                if let Some(last) = self.legends.last_mut() {
                    *last = Some(text);
                }
            }
            "label" => {
                if let Some(id) = self.label_for.take() {
                    self.labels.insert(id, text);
                }
            }
            "button" => {
                if let Some(button) = self.buttons.last_mut() {
                    button.words = text;
                }
            }
            "option" => {
                if let Some((field, _)) = self.fields.last_mut() {
                    field.label = text;
                }
            }
            "select" => self.select = None,
            _ => {}
        }
    }
}
