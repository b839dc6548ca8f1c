//! The accompanied person: a card, a number, the way out.

use access::Role;
use app::accounts::letters;
use axum::http::StatusCode;
use store::Id;
use web::cookie;

use crate::browser::Browser;
use crate::kit::{Service, on_both};

/// A file with its person and a worker who follows it.
struct Followed {
    worker: Id,
    file: Id,
    person: Id,
}

async fn followed(service: &Service) -> Followed {
    let structure = service.structure("CCAS d’Auch").await;
    let worker = service.staff("Camille Roy", structure, Role::Worker).await;
    let file = service.file(structure).await;
    service.follows(worker, file).await;
    Followed { worker, file, person: service.person_in(file).await }
}

/// Gives the card as the worker's page does: code and number, and the page that shows them.
async fn card(service: &Service, of: &Followed) -> (String, String, String) {
    let client = service.signed_in(of.worker).await;
    let form = client.get("/compte/mot-de-passe").await.form();
    let person = of.person.to_string();
    let fields = [("form", form.as_str()), ("person", person.as_str())];
    let to = format!("/dossiers/{}/carte", of.file);
    let page = client.post(&to, &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let after = |start: &str| {
        let from = page.text.split(start).nth(1).expect(start);
        from.split('<').next().expect("a value").to_owned()
    };
    let pin = after("id=\"numero\">");
    let code = after("Code :<br><strong class=\"secret\">".replace(" :", "\u{a0}:").as_str());
    // Sent again, the card is not shown again.
    assert!(client.post(&to, &fields).await.location.is_some());
    (code, pin, page.text)
}

async fn enter(browser: &Browser, code: &str, pin: &str) -> StatusCode {
    browser.post("/espace", &[("code", code), ("pin", pin)]).await.status
}

#[tokio::test]
async fn a_card_opens_what_is_theirs() {
    on_both(async |service| {
        let of = followed(service).await;
        let (code, pin, page) = card(service, &of).await;
        // What is printed and what the drawing holds say nothing of the number.
        let paper = page.split("card-paper").nth(1).expect("the card");
        assert!(!paper.contains(&pin), "{paper}");
        let browser = service.browser("192.0.2.1");
        assert_eq!(browser.get("/espace").await.status, StatusCode::OK);
        assert_eq!(enter(&browser, &code.to_lowercase(), &pin).await, StatusCode::SEE_OTHER);
        let home = browser.get("/espace").await;
        assert!(home.text.contains("CCAS d’Auch"), "{}", home.text);
        assert!(
            home.text.contains("action=\"/sortie\"") && home.text.contains(" href=\"/sortie\"")
        );
        // No mark stays on a device that may be lent.
        assert_eq!(browser.cookie(cookie::DEVICE), None);
        // Not the pages of the service.
        for path in ["/compte", "/equipe", "/compte/mot-de-passe"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_number_is_slow_to_guess() {
    on_both(async |service| {
        let of = followed(service).await;
        let (code, pin, _) = card(service, &of).await;
        let mut evaluated = 0;
        for guess in 0..2_000 {
            let browser = service.browser(&format!("198.51.{}.{}", guess / 250, guess % 250));
            let status = enter(&browser, &code, &format!("{guess:06}")).await;
            evaluated += i32::from(status == StatusCode::UNPROCESSABLE_ENTITY);
            service.clock.advance(43);
        }
        assert!((50..=100).contains(&evaluated), "{evaluated}");
        service.clock.advance(24 * 3600);
        assert_eq!(enter(&service.browser("192.0.2.1"), &code, &pin).await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn leaving_fast_by_a_link_or_a_button_leaves_nothing() {
    on_both(async |service| {
        let of = followed(service).await;
        let (code, pin, _) = card(service, &of).await;
        for by_link in [true, false] {
            let browser = service.browser("192.0.2.1");
            enter(&browser, &code, &pin).await;
            let token = browser.cookie(cookie::SESSION).expect("a session");
            let out = if by_link {
                browser.get("/sortie").await
            } else {
                browser.post("/sortie", &[]).await
            };
            assert_eq!(out.to(), Some("/calendrier"));
            let forget = out.headers.get("clear-site-data").expect("a header");
            assert_eq!(forget, "\"cache\", \"cookies\", \"storage\"");
            let neutral = browser.get("/calendrier").await;
            assert!(!neutral.text.contains("Tandem — ") && !neutral.text.contains("— Tandem"));
            assert!(neutral.text.contains("<title>Calendrier</title>"));
            // The server has ended it: the token is worth nothing any more.
            browser.put_cookie(cookie::SESSION, &token);
            assert!(browser.get("/espace").await.text.contains("Numéro secret"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_card_or_none_ends_the_former() {
    on_both(async |service| {
        let of = followed(service).await;
        let (code, pin, _) = card(service, &of).await;
        let browser = service.browser("192.0.2.1");
        enter(&browser, &code, &pin).await;
        service.clock.advance(60);
        let (new, new_pin, _) = card(service, &of).await;
        assert_ne!(letters::plain(&new), letters::plain(&code));
        assert!(browser.get("/espace").await.text.contains("Numéro secret"));
        assert_eq!(enter(&browser, &code, &pin).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(enter(&browser, &new, &new_pin).await, StatusCode::SEE_OTHER);

        let client = service.signed_in(of.worker).await;
        let form = client.get("/compte/mot-de-passe").await.form();
        let person = of.person.to_string();
        let fields = [("form", form.as_str()), ("person", person.as_str())];
        let to = format!("/dossiers/{}/carte/retrait", of.file);
        assert!(client.post(&to, &fields).await.location.is_some());
        assert!(browser.get("/espace").await.text.contains("Numéro secret"));
        assert_eq!(enter(&browser, &new, &new_pin).await, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn only_who_may_write_gives_a_card_and_only_to_a_person_of_the_file() {
    on_both(async |service| {
        let of = followed(service).await;
        let structure = service.structure("CCAS de Pavie").await;
        let stranger = service.staff("Autre", structure, Role::Worker).await;
        let other = service.file(structure).await;
        let elsewhere = service.person_in(other).await;
        for (who, person) in [(stranger, of.person), (of.worker, elsewhere)] {
            let client = service.signed_in(who).await;
            let form = client.get("/compte/mot-de-passe").await.form();
            let person = person.to_string();
            let fields = [("form", form.as_str()), ("person", person.as_str())];
            let page = client.post(&format!("/dossiers/{}/carte", of.file), &fields).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.text);
        }
    })
    .await;
}

#[tokio::test]
async fn the_number_is_asked_again_in_their_language() {
    on_both(async |service| {
        let of = followed(service).await;
        let (code, pin, _) = card(service, &of).await;
        let browser = service.browser("192.0.2.1");
        browser.post("/espace", &[("code", &code), ("pin", &pin), ("langue", "en")]).await;
        let page = browser.get("/connexion/confirmer?vers=/espace").await;
        assert!(page.text.contains("Secret number"), "{}", page.text);
        let wrong = browser.post("/connexion/confirmer", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let before = browser.cookie(cookie::SESSION);
        let right = browser.post("/connexion/confirmer", &[("code", &pin)]).await;
        assert_eq!(right.to(), Some("/espace"));
        assert_ne!(browser.cookie(cookie::SESSION), before);
    })
    .await;
}

#[tokio::test]
async fn in_three_languages() {
    on_both(async |service| {
        let of = followed(service).await;
        let (code, pin, _) = card(service, &of).await;
        let browser = service.browser("192.0.2.1");
        let page = browser.get("/espace?langue=ar").await;
        assert!(page.text.contains("lang=\"ar\" dir=\"rtl\"") && page.text.contains("الرقم السري"));
        browser.post("/espace", &[("code", &code), ("pin", &pin), ("langue", "ar")]).await;
        let home = browser.get("/espace").await;
        assert!(home.text.contains("مساحتي"));
        let fields = [("form", home.form()), ("langue", "en".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|it| (it.0, it.1.as_str())).collect();
        browser.post("/espace/langue", &fields).await;
        assert!(browser.get("/espace").await.text.contains("My space"));
    })
    .await;
}
