//! A service of one's own for a test: empty database, seeded randomness, a clock set by hand, clients by role.

use std::sync::{Arc, Mutex};

use access::Role;
use app::accounts::store as accounts;
use app::spine::session::{self, Kind};
use app::spine::{Keys, Settings, Stretch, Tandem};
use app::structures::store as structures;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base::Moment;
use http_body_util::BodyExt;
use law::Law;
use seal::ServiceKey;
use store::{Db, Id, values};
use store_testing::{Fresh, Seed};
use tower::ServiceExt;
use web::clock::Clock;

use crate::browser::Browser;

/// A clock that a test moves.
#[derive(Debug, Clone)]
pub struct Hand(Arc<Mutex<Moment>>);

impl Clock for Hand {
    fn now(&self) -> Moment {
        *self.0.lock().expect("no test panicked while moving the clock")
    }
}

impl Hand {
    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().expect("no test panicked while moving the clock");
        *now = now.plus_seconds(seconds);
    }
}

pub struct Service {
    pub tandem: Tandem,
    pub clock: Hand,
    pub router: Router,
}

/// A browser that is signed in, or not yet.
pub struct Client<'a> {
    service: &'a Service,
    pub cookie: Option<String>,
}

#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

/// Runs `test` on SQLite then on PostgreSQL.
pub async fn on_both<T: AsyncFn(&Service)>(test: T) {
    let done = store_testing::on_both(async |fresh: &Fresh| {
        test(&Service::on(fresh.db.clone()).await).await;
        Ok(())
    });
    done.await.expect("both databases answer");
}

impl Service {
    pub async fn on(db: Db) -> Self {
        store::migrate(&db, &app::schema()).await.expect("the schema is created");
        let start = "2026-11-23T08:00:00.000Z".parse().expect("an instant");
        let clock = Hand(Arc::new(Mutex::new(start)));
        let keys = db
            .write(move |tx| {
                let key = ServiceKey::generate(&mut Seed(7));
                Ok(Keys::load(tx, key, Vec::new(), start, &mut Seed(5)).expect("keys"))
            })
            .await
            .expect("the keys are made");
        let settings = Settings {
            address: "https://tandem.test".to_owned(),
            // A password is tried thousands of times here.
            stretch: Stretch { memory_kib: 8, passes: 1 },
            origin_header: Some("x-forwarded-for".to_owned()),
            ..Settings::default()
        };
        let law = Law::national();
        let entropy = Box::new(Seed(11));
        let tandem = Tandem::new(db, keys, law, Arc::new(clock.clone()), entropy, settings);
        let router = app::service(tandem.clone(), web::observe::Metrics::new());
        Self { tandem, clock, router }
    }

    pub async fn structure(&self, name: &'static str) -> Id {
        let (now, mut entropy) = (self.tandem.now(), self.tandem.entropy());
        let new = structures::NewStructure {
            name,
            kind: "ccas",
            territory: "Auch",
            retention_months: 24,
        };
        self.tandem
            .quietly(move |tx| Ok(structures::create_structure(tx, &new, now, &mut entropy)?))
            .await
            .expect("a structure")
    }

    /// A member of staff with one role.
    pub async fn staff(&self, name: &'static str, structure: Id, role: Role) -> Id {
        let (now, keys, mut entropy) =
            (self.tandem.now(), self.tandem.keys.clone(), self.tandem.entropy());
        self.tandem
            .quietly(move |tx| {
                let email = format!("{}@tandem.test", name.to_lowercase().replace(' ', "."));
                let new = structures::NewStaff { name, email: &email };
                let id = structures::create_staff(tx, &keys, &new, now, &mut entropy)?;
                structures::join(tx, id, structure, None, role, now, &mut entropy)?;
                Ok(id)
            })
            .await
            .expect("a member of staff")
    }

    /// A browser in which this member of staff has signed in, second factor included.
    pub async fn signed_in(&self, staff: Id) -> Client<'_> {
        let (now, mut entropy) = (self.tandem.now(), self.tandem.entropy());
        let token = self
            .tandem
            .quietly(move |tx| {
                let opened = session::open(
                    tx,
                    session::Opening {
                        kind: Kind::Staff,
                        account: staff,
                        second_factor: true,
                        device: "Firefox",
                        lang: "fr",
                    },
                    now,
                    &mut entropy,
                )?;
                Ok(opened.1)
            })
            .await
            .expect("a session");
        Client { service: self, cookie: Some(token.as_str().to_owned()) }
    }

    /// An open file, without anybody yet.
    pub async fn file(&self, structure: Id) -> Id {
        let (now, keys, mut entropy) =
            (self.tandem.now(), self.tandem.keys.clone(), self.tandem.entropy());
        let made = self.tandem.quietly(move |tx| {
            let id = Id::new(now, &mut entropy);
            keys.create(tx, id, now, &mut entropy)?;
            let sql = "insert into cases (id, number, structure_id, state, opening, opened_at, last_contact_at)
                       values ($1, $2, $3, 'open', $4, $5, $5)";
            tx.execute(sql, &values![id, id.to_string(), structure, Vec::new(), now])?;
            Ok(id)
        });
        made.await.expect("a file")
    }

    /// Follows the file as its referent.
    pub async fn follows(&self, staff: Id, file: Id) {
        let (now, mut entropy) = (self.tandem.now(), self.tandem.entropy());
        let made = self.tandem.quietly(move |tx| {
            let sql = "insert into care_team (id, case_id, staff_id, function, starts_at)
                       values ($1, $2, $3, 'referent', $4)";
            tx.execute(sql, &values![Id::new(now, &mut entropy), file, staff, now])?;
            Ok(())
        });
        made.await.expect("a function");
    }

    /// A person, in this file.
    pub async fn person_in(&self, file: Id) -> Id {
        let (now, mut entropy) = (self.tandem.now(), self.tandem.entropy());
        let made = self.tandem.quietly(move |tx| {
            let person = Id::new(now, &mut entropy);
            let sql = "insert into people (id, identity, created_at) values ($1, $2, $3)";
            tx.execute(sql, &values![person, Vec::new(), now])?;
            let sql = "insert into case_people (id, case_id, person_id, role, starts_at)
                       values ($1, $2, $3, 'holder', $4)";
            tx.execute(sql, &values![Id::new(now, &mut entropy), file, person, now])?;
            Ok(person)
        });
        made.await.expect("a person")
    }

    /// The code of an invitation for this member of staff.
    pub async fn invited(&self, staff: Id) -> String {
        let (now, keys, mut entropy) =
            (self.tandem.now(), self.tandem.keys.clone(), self.tandem.entropy());
        let invited = self
            .tandem
            .quietly(move |tx| accounts::invite(tx, &keys, staff, staff, now, &mut entropy));
        invited.await.expect("an invitation")
    }

    /// A browser that keeps its cookies and comes from somewhere.
    pub fn browser(&self, origin: &str) -> Browser {
        Browser::new(&self.router, origin)
    }

    /// A browser that nobody has used.
    pub fn stranger(&self) -> Client<'_> {
        Client { service: self, cookie: None }
    }
}

impl Client<'_> {
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, "").await
    }

    /// Sends a form as a browser does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.send(Method::POST, path, &body.finish()).await
    }

    async fn send(&self, method: Method, path: &str, body: &str) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = &self.cookie {
            let cookie = format!("{}={cookie}", web::cookie::SESSION);
            request = request.header(header::COOKIE, cookie);
        }
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let response = self.service.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let headers = response.headers().clone();
        let text = |name| headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
        let location = text(header::LOCATION);
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&body).into_owned();
        Page { status, location, headers, text }
    }
}

impl Page {
    /// The number of the page's form, to send it back.
    pub fn form(&self) -> String {
        let from = self.text.split("name=\"form\" value=\"").nth(1).expect("a form in the page");
        from.split('"').next().expect("the end of the value").to_owned()
    }
}
