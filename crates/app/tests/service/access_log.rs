//! Who looked: before the answer leaves, in words, to the person too.

use access::{Action, Class, Role};
use app::access_log::{model::Visibility, store as rows};
use app::spine::Asked;
use axum::http::StatusCode;
use store::access_log::{self, Verified};
use store::values;

use crate::desks::{act, ccas, file, identity, read};
use crate::kit::{Service, on_both};

async fn looks(service: &Service, file: store::Id, action: &'static str) -> i64 {
    let sql = "select count(*) from access_log where subject = $1 and action = $2";
    let found = service.tandem.db.read(move |tx| tx.row(sql, &values![file, action])?.get(0));
    found.await.expect("the log is read")
}

/// Check 28, first half: no page of a file without its line on the disk.
#[tokio::test]
async fn audit_every_read_is_written_before_the_answer() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let client = service.signed_in(manager).await;
        for asked in 1..=3 {
            service.clock.advance(1);
            let page = client.get(&format!("/dossiers/{case}/consultations")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(looks(service, case, "read_log").await, asked);
        }
        let verified = service.tandem.db.read(|tx| access_log::verify(tx, &[])).await;
        assert!(matches!(verified, Ok(Verified::Sound(_))), "{verified:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_refused_is_written_and_shown() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let curious = service.staff("Nour Ali", structure, Role::Worker).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let closed =
            act(service, curious, move |desk| desk.open(read(case, Class::Social)).map(|_| ()));
        closed.await.expect_err("the door stays closed");
        assert_eq!(looks(service, case, "refused").await, 1);
        let page =
            service.signed_in(manager).await.get(&format!("/dossiers/{case}/consultations")).await;
        assert!(page.text.contains("Demandé, et refusé"), "{}", page.text);
        assert!(page.text.contains("Nour Ali"));
    })
    .await;
}

#[tokio::test]
async fn an_emergency_opens_for_three_hours_and_is_seen_by_all() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let night = service.staff("Nour Ali", structure, Role::Worker).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let client = service.signed_in(night).await;
        let path = format!("/dossiers/{case}/urgence");
        let form = client.get(&path).await.form();
        let short = client.post(&path, &[("form", &form), ("motif.text", "urgent")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.text.contains("urgent</textarea>"), "what was typed comes back");
        let form = short.form();
        let reason = "La police appelle : elle est à la rue avec ses enfants.";
        let opened = client.post(&path, &[("form", &form), ("motif.text", reason)]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER);
        let again = client.post(&path, &[("form", &form), ("motif.text", reason)]).await;
        assert_eq!(again.location, opened.location, "sent twice, done once");
        assert_eq!(looks(service, case, "break_glass").await, 1);

        let asked = app::access_log::emergencies::asked(case, Action::Read, Class::Protected);
        act(service, night, move |desk| desk.open(asked).map(|_| ())).await.expect("open");
        service.clock.advance(3 * 3600 + 1);
        act(service, night, move |desk| desk.open(asked).map(|_| ())).await.expect_err("over");

        let page = service.signed_in(manager).await.get("/equipe/acces").await;
        assert!(page.text.contains("à la rue avec ses enfants"), "{}", page.text);
        assert!(page.text.contains("J’en ai pris connaissance"));
    })
    .await;
}

#[tokio::test]
async fn a_line_may_be_delayed_and_the_chain_still_holds() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let read =
            act(service, worker, move |desk| desk.open(read(case, Class::Social)).map(|_| ()));
        read.await.expect("looked at");
        let until = service.tandem.now().plus_seconds(86_400 * 30);
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Assign, Class::Identity))?;
            let first = rows::entries(desk.tx, case, 0)?.last().expect("a look").rank;
            let why = "Enquête de protection de l’enfance en cours.";
            rows::decide(desk, &door, first, Visibility::Delayed { until }, why)?;
            let decided = rows::decided(desk.tx, case)?;
            assert_eq!(decided.get(&first), Some(&Visibility::Delayed { until }));
            rows::decide(desk, &door, first, Visibility::Shown, "")?;
            assert!(rows::decided(desk.tx, case)?.is_empty());
            Ok(())
        })
        .await
        .expect("decided");
        let verified = service.tandem.db.read(|tx| access_log::verify(tx, &[])).await;
        assert!(matches!(verified, Ok(Verified::Sound(_))), "{verified:?}");
    })
    .await;
}

#[tokio::test]
async fn the_matrix_is_published() {
    on_both(async |service| {
        let page = service.stranger().get("/matrice").await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["Ce lien ne permet rien", "note privée", "violences, enfance"] {
            assert!(page.text.contains(words), "{words}");
        }
    })
    .await;
}
