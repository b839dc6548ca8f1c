//! The foundation: sessions, doors, keys.

use app::spine::Keys;
use axum::http::StatusCode;
use seal::ServiceKey;
use store_testing::Seed;

use crate::desks::{ccas, file, identity};
use crate::kit::on_both;

#[tokio::test]
async fn a_form_from_another_site_is_not_read() {
    on_both(async |service| {
        let page = service.stranger().get("/droits").await;
        assert_eq!(page.status, StatusCode::OK);
        let policy = page.headers.get("content-security-policy").expect("a policy");
        assert!(policy.to_str().expect("text").contains("require-trusted-types-for"));
    })
    .await;
}

/// Check 7: three times one after the other, three times at once: one effect, one answer.
#[tokio::test]
async fn a_form_sent_many_times_acts_once() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let client = service.signed_in(worker).await;
        let path = format!("/dossiers/{case}/contestations");
        let form = client.get(&path).await.form();
        let fields =
            [("form", form.as_str()), ("sujet", "adresse"), ("mots.text", "Ce n’est pas là.")];
        let mut answers = Vec::new();
        for _ in 0..3 {
            answers.push(client.post(&path, &fields).await);
        }
        let (a, b, c) = tokio::join!(
            client.post(&path, &fields),
            client.post(&path, &fields),
            client.post(&path, &fields)
        );
        answers.extend([a, b, c]);
        for answer in &answers {
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            assert_eq!(answer.location, answers[0].location);
        }
        let count =
            service.tandem.db.read(|tx| tx.row("select count(*) from disputes", &[])?.get(0));
        assert_eq!(count.await, Ok(1_i64));
        // The number of another session opens nothing.
        let other = service.signed_in(worker).await;
        assert_eq!(other.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Check 16: files wrapped again under a new service key; the old one opens nothing, and names are still found.
#[tokio::test]
async fn a_rotated_key_still_opens_and_finds() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (person, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let now = service.tandem.now();
        let mark = service.tandem.keys.lookup("names").hash("benali");
        let rotated = service.tandem.db.write(move |tx| {
            let (old, new) =
                (ServiceKey::generate(&mut Seed(7)), ServiceKey::generate(&mut Seed(8)));
            let keys = Keys::load(tx, new, vec![old], now, &mut Seed(9)).expect("both keys");
            while keys.rotate(tx, 2, &mut Seed(10)).expect("wrapped again") > 0 {}
            let old = ServiceKey::generate(&mut Seed(7));
            assert!(
                Keys::load(tx, old, Vec::new(), now, &mut Seed(9)).is_err(),
                "the old key is out"
            );
            let new = ServiceKey::generate(&mut Seed(8));
            Ok(Keys::load(tx, new, Vec::new(), now, &mut Seed(9)).expect("the new key alone"))
        });
        let keys = rotated.await.expect("rotated");
        assert_eq!(keys.lookup("names").hash("benali"), mark);
        let opened = service.tandem.db.read(move |tx| {
            keys.open(tx, case).expect("the file");
            keys.open(tx, person).expect("the person");
            Ok(())
        });
        opened.await.expect("both open");
    })
    .await;
}
