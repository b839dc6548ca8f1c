//! A browser as one meets them: it keeps its cookies, comes from somewhere, and reads the page it got.

use std::cell::RefCell;
use std::collections::BTreeMap;

use app::accounts::letters;
use app::accounts::totp;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base::Moment;
use http_body_util::BodyExt;
use tower::ServiceExt;

pub struct Browser {
    router: Router,
    pub origin: String,
    pub cookies: RefCell<BTreeMap<String, String>>,
}

#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Browser {
    pub fn new(router: &Router, origin: &str) -> Self {
        Self { router: router.clone(), origin: origin.to_owned(), cookies: RefCell::default() }
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.send(Method::GET, path, String::new()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.send(Method::POST, path, body.finish()).await
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Seen {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-forwarded-for", &self.origin)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        self.keep(&headers);
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        Seen { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Keeps what is set, forgets what is cleared.
    fn keep(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.borrow_mut();
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("text");
            assert!(line.starts_with("__Host-") && line.contains("Secure; HttpOnly"), "{line}");
            let (name, rest) = line.split_once('=').expect("a cookie");
            let value = rest.split(';').next().expect("a value");
            if value.is_empty() {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub fn put_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// Opens the invitation, chooses a password, adds a telephone: its secret and the printed codes.
    pub async fn take_invitation(&self, code: &str, password: &str, now: Moment) -> Access {
        let path = format!("/invitation/{code}");
        assert_eq!(self.get(&path).await.status, StatusCode::OK);
        let chosen = self.post(&path, &[("new", password), ("again", password)]).await;
        assert_eq!(chosen.to(), Some("/connexion/enrolement"), "{}", chosen.text);
        let page = self.get("/connexion/enrolement").await;
        let secret = letters::plain(page.between("<code class=\"secret\">", "</code>"));
        let code = totp::code_at(&secret, now).expect("a code");
        let done = self.post("/connexion/enrolement", &[("code", &code)]).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        let printed = done.text.split("<li><code>").skip(1);
        let printed = printed.map(|it| it.split('<').next().expect("a code").to_owned()).collect();
        Access { secret, printed }
    }

    pub async fn sign_in(&self, address: &str, password: &str) -> Seen {
        self.post("/connexion", &[("address", address), ("password", password)]).await
    }

    pub async fn give_code(&self, code: &str) -> Seen {
        self.post("/connexion/code", &[("code", code)]).await
    }
}

/// What somebody proves who they are with.
#[derive(Debug, Clone)]
pub struct Access {
    pub secret: String,
    pub printed: Vec<String>,
}

impl Access {
    pub fn code(&self, at: Moment) -> String {
        totp::code_at(&self.secret, at).expect("a code")
    }
}

impl Seen {
    pub fn to(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|it| it.to_str().ok())
    }

    pub fn between(&self, start: &str, end: &str) -> &str {
        let from = self.text.split(start).nth(1);
        from.and_then(|it| it.split(end).next())
            .unwrap_or_else(|| panic!("{start} in {}", self.text))
    }

    /// The number of the page's form, to send it back.
    pub fn form(&self) -> String {
        self.between("name=\"form\" value=\"", "\"").to_owned()
    }
}
