//! Signing in, and « Mon compte ».

use access::Role;
use axum::http::StatusCode;
use web::cookie;

use crate::browser::{Access, Browser};
use crate::kit::{Service, on_both};

pub const PASSWORD: &str = "girafe plumier octobre tungstene";
pub const ADDRESS: &str = "camille.roy@tandem.test";

/// Camille has taken her invitation in a first browser, which is returned with what proves who she is.
pub async fn camille(service: &Service) -> (Browser, Access) {
    let structure = service.structure("CCAS d’Auch").await;
    let staff = service.staff("Camille Roy", structure, Role::Worker).await;
    let browser = service.browser("192.0.2.1");
    let code = service.invited(staff).await;
    let access = browser.take_invitation(&code, PASSWORD, service.tandem.now()).await;
    service.clock.advance(3600);
    (browser, access)
}

/// A new browser, all the way in.
pub async fn enter(service: &Service, origin: &str, access: &Access) -> Browser {
    let browser = service.browser(origin);
    let half = browser.sign_in(ADDRESS, PASSWORD).await;
    assert_eq!(half.to(), Some("/connexion/code"), "{}", half.text);
    let whole = browser.give_code(&access.code(service.tandem.now())).await;
    assert_eq!(whole.to(), Some("/dossiers"), "{}", whole.text);
    service.clock.advance(60);
    browser
}

#[tokio::test]
async fn password_then_code_then_the_page_asked_for() {
    on_both(async |service| {
        let (_, access) = camille(service).await;
        let browser = service.browser("192.0.2.2");
        assert_eq!(browser.get("/compte").await.to(), Some("/connexion?vers=%2Fcompte"));
        let page = browser.get("/connexion?vers=%2Fcompte").await;
        assert_eq!(page.between("name=\"vers\" value=\"", "\""), "/compte");
        let fields = [("address", ADDRESS), ("password", PASSWORD), ("vers", "/compte")];
        let half = browser.post("/connexion", &fields).await;
        assert_eq!(half.to(), Some("/connexion/code?vers=%2Fcompte"));
        // Half way, nothing is open.
        assert_eq!(browser.get("/compte").await.to(), Some("/connexion/code"));
        let code = access.code(service.tandem.now());
        let whole = browser.post("/connexion/code", &[("code", &code), ("vers", "/compte")]).await;
        assert_eq!(whole.to(), Some("/compte"));
        let page = browser.get("/compte").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Camille Roy") && page.text.contains("Firefox, Linux"));
        // Only own paths.
        let other = service.browser("192.0.2.3");
        other.sign_in(ADDRESS, PASSWORD).await;
        service.clock.advance(60);
        let code = access.code(service.tandem.now());
        let fields = [("code", code.as_str()), ("vers", "//exemple.fr")];
        assert_eq!(other.post("/connexion/code", &fields).await.to(), Some("/dossiers"));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_address_has_the_answer_of_a_wrong_password() {
    on_both(async |service| {
        camille(service).await;
        let browser = service.browser("192.0.2.2");
        let wrong = browser.sign_in(ADDRESS, "girafe").await;
        let unknown = browser.sign_in("personne@tandem.test", "girafe").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(unknown.status, wrong.status);
        assert_eq!(unknown.text.replace("personne@tandem.test", ADDRESS), wrong.text);
        assert!(wrong.text.contains("href=\"#password\""), "the error leads to its field");
    })
    .await;
}

#[tokio::test]
async fn a_code_serves_once() {
    on_both(async |service| {
        let (_, access) = camille(service).await;
        let code = access.code(service.tandem.now());
        let first = service.browser("192.0.2.2");
        first.sign_in(ADDRESS, PASSWORD).await;
        assert_eq!(first.give_code(&code).await.to(), Some("/dossiers"));
        let second = service.browser("192.0.2.3");
        second.sign_in(ADDRESS, PASSWORD).await;
        assert_eq!(second.give_code(&code).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A printed code, typed as one pleases, once too.
        let printed = access.printed[0].to_lowercase().replace('-', " ");
        assert_eq!(second.give_code(&printed).await.to(), Some("/dossiers"));
        let third = service.browser("192.0.2.4");
        third.sign_in(ADDRESS, PASSWORD).await;
        assert_eq!(third.give_code(&printed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn proving_again_gives_a_new_token_and_comes_back() {
    on_both(async |service| {
        let (browser, access) = camille(service).await;
        service.clock.advance(60);
        let asked = browser.get("/compte/telephone").await;
        assert_eq!(asked.to(), Some("/connexion/confirmer?vers=%2Fcompte%2Ftelephone"));
        let before = browser.cookie(cookie::SESSION);
        let code = access.code(service.tandem.now());
        let fields = [("code", code.as_str()), ("vers", "/compte/telephone")];
        let proved = browser.post("/connexion/confirmer", &fields).await;
        assert_eq!(proved.to(), Some("/compte/telephone"));
        assert_ne!(browser.cookie(cookie::SESSION), before);
        assert_eq!(browser.get("/compte/telephone").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_serves_once_and_for_a_week() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let staff = service.staff("Camille Roy", structure, Role::Worker).await;
        let code = service.invited(staff).await;
        let browser = service.browser("192.0.2.1");
        // The name is not a password.
        let path = format!("/invitation/{code}");
        let weak = [("new", "camille.roy1991"), ("again", "camille.roy1991")];
        let refused = browser.post(&path, &weak).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("votre nom ou votre adresse"), "{}", refused.text);
        browser.take_invitation(&code, PASSWORD, service.tandem.now()).await;
        assert_eq!(browser.get("/compte").await.status, StatusCode::OK);
        let again = service.browser("192.0.2.2");
        assert_eq!(again.get(&path).await.status, StatusCode::NOT_FOUND);
        let late = service.invited(staff).await;
        service.clock.advance(8 * 24 * 3600);
        let late = again.get(&format!("/invitation/{late}")).await;
        assert_eq!(late.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_closed_from_another() {
    on_both(async |service| {
        let (browser, access) = camille(service).await;
        let other = enter(service, "192.0.2.2", &access).await;
        assert_eq!(other.get("/compte").await.status, StatusCode::OK);
        let page = browser.get("/compte").await;
        let session = page.between("name=\"session\" value=\"", "\"").to_owned();
        let fields = [("form", page.form()), ("session", session)];
        let fields: Vec<(&str, &str)> = fields.iter().map(|it| (it.0, it.1.as_str())).collect();
        assert_eq!(browser.post("/compte/sessions/fin", &fields).await.to(), Some("/compte"));
        assert_eq!(other.get("/compte").await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/compte").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    on_both(async |service| {
        let (browser, access) = camille(service).await;
        let other = enter(service, "192.0.2.2", &access).await;
        let new = "lampadaire rhubarbe quatuor sabot";
        let page = browser.get("/compte/mot-de-passe").await;
        let form = page.form();
        let wrong = [("form", form.as_str()), ("current", "oubli"), ("new", new), ("again", new)];
        let refused = browser.post("/compte/mot-de-passe", &wrong).await;
        assert!(refused.text.contains("href=\"#current\""), "{}", refused.text);
        let right = [("form", form.as_str()), ("current", PASSWORD), ("new", new), ("again", new)];
        assert_eq!(browser.post("/compte/mot-de-passe", &right).await.to(), Some("/compte"));
        assert_eq!(other.get("/compte").await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/compte").await.status, StatusCode::OK);
        let again = service.browser("192.0.2.9");
        assert_eq!(again.sign_in(ADDRESS, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.sign_in(ADDRESS, new).await.to(), Some("/connexion/code"));
    })
    .await;
}

#[tokio::test]
async fn a_new_telephone_and_new_codes_replace_the_former() {
    on_both(async |service| {
        let (_, access) = camille(service).await;
        let browser = enter(service, "192.0.2.2", &access).await;
        let page = browser.get("/compte/telephone").await;
        let secret =
            app::accounts::letters::plain(page.between("<code class=\"secret\">", "</code>"));
        let new = Access { secret, printed: Vec::new() };
        let (form, code) = (page.form(), new.code(service.tandem.now()));
        let fields = [("form", form.as_str()), ("code", code.as_str())];
        assert_eq!(browser.post("/compte/telephone", &fields).await.to(), Some("/compte"));
        let form = browser.get("/compte/codes").await.form();
        let codes = browser.post("/compte/codes", &[("form", form.as_str())]).await;
        assert_eq!(codes.text.matches("<li><code>").count(), 10);
        // Sent again, it shows nothing.
        let again = browser.post("/compte/codes", &[("form", form.as_str())]).await;
        assert_eq!(again.to(), Some("/compte"));
        service.clock.advance(60);
        let other = service.browser("192.0.2.3");
        other.sign_in(ADDRESS, PASSWORD).await;
        let now = service.tandem.now();
        let old = other.give_code(&access.code(now)).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        let old = other.give_code(&access.printed[1]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(other.give_code(&new.code(now)).await.to(), Some("/dossiers"));
    })
    .await;
}
