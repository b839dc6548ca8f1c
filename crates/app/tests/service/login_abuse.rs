//! Check 26: what guessing brings. Each attack plays against the whole service, on both databases.

use std::time::Instant;

use access::Role;
use axum::http::StatusCode;
use base::Entropy;
use store_testing::Seed;
use web::clock::Clock;
use web::cookie;

use crate::accounts::{ADDRESS, PASSWORD, camille};
use crate::kit::{Service, on_both};

/// Answers that say that the guess was looked at.
const EVALUATED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn login_abuse_ten_thousand_guesses_from_a_thousand_addresses() {
    on_both(async |service| {
        let (own, access) = camille(service).await;
        own.post("/deconnexion", &[]).await;
        let mut evaluated = 0;
        let start = Instant::now();
        // A day of it: ten thousand guesses, one every 8 seconds, each address in its turn.
        for guess in 0..10_000 {
            let origin = format!("198.51.{}.{}", guess % 1000 / 250, guess % 250);
            let page = service.browser(&origin).sign_in(ADDRESS, &format!("essai {guess}")).await;
            match page.status {
                EVALUATED => evaluated += 1,
                StatusCode::TOO_MANY_REQUESTS => {
                    assert!(page.text.contains("Attendez "), "the wait is said");
                    assert!(page.headers.contains_key("retry-after"));
                }
                other => panic!("{other}: {}", page.text),
            }
            service.clock.advance(8);
        }
        println!("10,000 guesses in {:?}: {evaluated} evaluated", start.elapsed());
        assert!((50..=100).contains(&evaluated), "{evaluated}");
        // Camille, in the middle of it, from her own browser: no wait at all.
        let half = own.sign_in(ADDRESS, PASSWORD).await;
        assert_eq!(half.to(), Some("/connexion/code"), "{}", half.text);
        let whole = own.give_code(&access.code(service.tandem.now())).await;
        assert_eq!(whole.to(), Some("/dossiers"), "{}", whole.text);
    })
    .await;
}

#[tokio::test]
async fn login_abuse_all_at_once_gets_no_more_turns() {
    on_both(async |service| {
        camille(service).await;
        let guesses = (0..60).map(|guess| {
            let browser = service.browser(&format!("198.51.100.{guess}"));
            async move { browser.sign_in(ADDRESS, "essai").await.status }
        });
        let mut set = tokio::task::LocalSet::new();
        let mut evaluated = 0;
        let handles: Vec<_> = guesses.map(|it| set.spawn_local(it)).collect();
        (&mut set).await;
        for handle in handles {
            evaluated += i32::from(handle.await.expect("an answer") == EVALUATED);
        }
        assert_eq!(evaluated, 6, "five free, one more when the wait of the fifth is over at once");
    })
    .await;
}

#[tokio::test]
async fn login_abuse_spraying_one_password_over_many_accounts() {
    on_both(async |service| {
        let mut evaluated = 0;
        for account in 0..600 {
            let browser = service.browser("203.0.113.7");
            let page =
                browser.sign_in(&format!("agent{account}@tandem.test"), "Printemps2026!").await;
            evaluated += i32::from(page.status == EVALUATED);
            service.clock.advance(6);
        }
        // An hour of it.
        assert!((30..=40).contains(&evaluated), "{evaluated}");
        // Somebody else's address is not slowed down by it.
        let other = service.browser("203.0.113.8").sign_in("agent1@tandem.test", "x").await;
        assert_eq!(other.status, EVALUATED);
    })
    .await;
}

#[tokio::test]
async fn login_abuse_five_wrong_codes_end_the_half_session() {
    on_both(async |service| {
        let (own, access) = camille(service).await;
        let thief = service.browser("198.51.100.1");
        thief.sign_in(ADDRESS, PASSWORD).await;
        for _ in 0..4 {
            assert_eq!(thief.give_code("000000").await.status, EVALUATED);
        }
        let last = thief.give_code("000000").await;
        assert_eq!(last.to(), Some("/connexion?fin=essais"));
        assert_eq!(thief.cookie(cookie::SESSION), None);
        // A right code no longer helps: it has to start again, and wait.
        let code = access.code(service.tandem.now());
        assert_eq!(thief.give_code(&code).await.to(), Some("/connexion"));
        thief.sign_in(ADDRESS, PASSWORD).await;
        // A day of it, beginning again as often as it takes.
        for _ in 0..5_000 {
            if thief.give_code("111111").await.to().is_some() {
                thief.sign_in(ADDRESS, PASSWORD).await;
            }
            service.clock.advance(17);
        }
        let sql = "select count(*) from attempts where subject like 'code:%'";
        let evaluated = service.tandem.db.read(move |tx| tx.row(sql, &[])?.get::<i64>(0)).await;
        let evaluated = evaluated.expect("a count");
        println!("{evaluated} codes evaluated in a day");
        assert!((50..=100).contains(&evaluated), "{evaluated}");
        // Camille gives hers from her own browser.
        own.post("/deconnexion", &[]).await;
        own.sign_in(ADDRESS, PASSWORD).await;
        let whole = own.give_code(&access.code(service.tandem.now())).await;
        assert_eq!(whole.to(), Some("/dossiers"), "{}", whole.text);
    })
    .await;
}

#[tokio::test]
async fn login_abuse_a_half_session_ends_by_itself() {
    on_both(async |service| {
        let (_, access) = camille(service).await;
        let browser = service.browser("192.0.2.2");
        browser.sign_in(ADDRESS, PASSWORD).await;
        service.clock.advance(11 * 60);
        let late = browser.give_code(&access.code(service.tandem.now())).await;
        assert_eq!(late.to(), Some("/connexion?fin=essais"));
    })
    .await;
}

#[tokio::test]
async fn login_abuse_fixation() {
    on_both(async |service| {
        let (_, access) = camille(service).await;
        // The thief has a half session of his own and puts its cookie into Camille's browser.
        let thief = service.browser("198.51.100.1");
        let structure = service.structure("Autre").await;
        let staff = service.staff("Voleur", structure, Role::Worker).await;
        let code = service.invited(staff).await;
        thief.take_invitation(&code, PASSWORD, service.tandem.now()).await;
        let put = thief.cookie(cookie::SESSION).expect("a session");
        let mine = "a".repeat(64);
        for planted in [put.as_str(), mine.as_str()] {
            service.clock.advance(60);
            let camille = service.browser("192.0.2.2");
            camille.put_cookie(cookie::SESSION, planted);
            camille.put_cookie(cookie::DEVICE, &mine);
            camille.sign_in(ADDRESS, PASSWORD).await;
            let half = camille.cookie(cookie::SESSION).expect("a session");
            assert_ne!(half, planted);
            camille.give_code(&access.code(service.tandem.now())).await;
            let whole = camille.cookie(cookie::SESSION).expect("a session");
            assert_ne!(whole, half, "the token changes with what it opens");
            assert_ne!(
                camille.cookie(cookie::DEVICE),
                Some(mine.clone()),
                "nor the mark of the device"
            );
            for known in [planted, half.as_str()] {
                thief.put_cookie(cookie::SESSION, known);
                let page = thief.get("/compte").await;
                assert!(!page.text.contains("Camille"), "{}", page.text);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn login_abuse_leaving_is_at_once_on_every_node() {
    on_both(async |service| {
        let (browser, _) = camille(service).await;
        let before = browser.cookie(cookie::SESSION).expect("a session");
        let node = second_node(service);
        let elsewhere = crate::browser::Browser::new(&node, "192.0.2.1");
        elsewhere.put_cookie(cookie::SESSION, &before);
        assert_eq!(elsewhere.get("/compte").await.status, StatusCode::OK);
        let out = browser.post("/deconnexion", &[]).await;
        assert_eq!(out.to(), Some("/connexion?fin=oui"));
        assert!(out.headers.contains_key("clear-site-data"));
        assert_eq!(browser.cookie(cookie::SESSION), None);
        assert!(browser.cookie(cookie::DEVICE).is_some(), "the device stays known");
        assert_eq!(elsewhere.get("/compte").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn login_abuse_the_database_holds_nothing_to_sign_in_with() {
    on_both(async |service| {
        let (browser, access) = camille(service).await;
        let session = browser.cookie(cookie::SESSION).expect("a session");
        let device = browser.cookie(cookie::DEVICE).expect("a device");
        let secrets =
            [session, device, access.secret.clone(), PASSWORD.to_owned(), ADDRESS.to_owned()];
        let tables = [
            "sessions",
            "known_devices",
            "totp",
            "passwords",
            "printed_codes",
            "attempts",
            "staff",
        ];
        for table in tables {
            let rows =
                service.tandem.db.read(move |tx| tx.rows(&format!("select * from {table}"), &[]));
            let text = format!("{:?}", rows.await.expect("rows"));
            for secret in &secrets {
                let bytes = format!("{:?}", secret.as_bytes());
                let bytes = bytes.trim_matches(['[', ']']);
                assert!(!text.contains(secret.as_str()) && !text.contains(bytes), "{table}");
            }
        }
    })
    .await;
}

/// Another program on the same database.
fn second_node(service: &Service) -> axum::Router {
    use app::spine::{Settings, Tandem};
    // The same service key, as the same key file gives it.
    let keys = service.tandem.keys.clone();
    let mut seed = Seed(99);
    let mut skipped = [0; 8];
    seed.fill(&mut skipped);
    let clock: std::sync::Arc<dyn Clock> = std::sync::Arc::new(service.clock.clone());
    let db = service.tandem.db.clone();
    let law = law::Law::national();
    let tandem = Tandem::new(db, keys, law, clock, Box::new(seed), Settings::default());
    app::service(tandem, web::observe::Metrics::new())
}

/// The real cost of a password, measured: 64 MiB at least, and the same for who exists and who does not.
#[tokio::test]
async fn login_abuse_an_unknown_address_takes_as_long() {
    let fresh = store_testing::sqlite().await.expect("a database");
    let service = Service::on(fresh.db.clone()).await;
    let cost = app::spine::Stretch::default();
    assert!(cost.memory_kib >= 64 * 1024);
    let settings = app::spine::Settings { stretch: cost, ..(*service.tandem.settings).clone() };
    let mut tandem = service.tandem.clone();
    tandem.settings = std::sync::Arc::new(settings);
    let router = app::service(tandem.clone(), web::observe::Metrics::new());
    let service = Service { tandem, router, clock: service.clock.clone() };
    camille(&service).await;
    let mut best = [std::time::Duration::MAX; 2];
    // The machine may be busy with something else: the best of several, until they are alike.
    for round in 0..12 {
        for (at, address) in [ADDRESS, "personne@tandem.test"].into_iter().enumerate() {
            let browser = service.browser(&format!("192.0.2.{round}"));
            let start = Instant::now();
            assert_eq!(browser.sign_in(address, "essai").await.status, EVALUATED);
            best[at] = best[at].min(start.elapsed());
        }
        service.clock.advance(24 * 3600);
        if round >= 2 && best[0].abs_diff(best[1]) * 5 < best[0] {
            break;
        }
    }
    let [known, unknown] = best.map(|it| it.as_micros());
    println!("a wrong password: {known} µs; an unknown address: {unknown} µs");
    assert!(known.abs_diff(unknown) * 5 < known, "{known} {unknown}");
}
