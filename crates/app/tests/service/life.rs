//! The end of a file: in time, with leave where it takes leave, and for good.

use access::{Action, Class, Role};
use app::life::erase::{self, Cause};
use app::life::store as rows;
use app::people::store as people;
use app::spine::{Asked, Stop};
use axum::http::StatusCode;
use store::values;

use crate::desks::{act, ccas, file, identity, read};
use crate::kit::{Service, on_both};

const DAY: i64 = 86_400;

async fn state(service: &Service, case: store::Id) -> String {
    let sql = "select state from cases where id = $1";
    let found = service.tandem.db.read(move |tx| tx.row(sql, &values![case])?.get(0));
    found.await.expect("the file is there")
}

/// Check 32, on the rows: two years to the day, never a day before, and only with leave for a public body.
#[tokio::test]
async fn retention_runs_to_the_day() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let (person, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "1988-03-04")).await;
        // The 23rd of November 2026, plus two years, less a day.
        service.clock.advance(730 * DAY);
        let report = erase::apply(&service.tandem, false).await.expect("applied");
        assert_eq!((report.erased.len(), report.awaiting_visa.len(), report.warned), (0, 0, 1));
        service.clock.advance(DAY);
        let dry = erase::apply(&service.tandem, true).await.expect("said");
        assert_eq!(dry.awaiting_visa.len(), 1, "a CCAS asks the archives first");
        let client = service.signed_in(manager).await;
        let page = client.get("/conservation").await;
        assert!(page.text.contains("En attente du visa"), "{}", page.text);
        let slip = client.post("/conservation/bordereau", &[("form", &page.form())]).await;
        let slip = slip.location.expect("the slip");
        let page = client.get(&slip).await;
        let wrong = client.post(&slip, &[("form", &page.form()), ("visa", ""), ("le", "x")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let visa = [("form", page.form()), ("visa", "AD32-77".into()), ("le", "23/11/2028".into())];
        let visa: Vec<(&str, &str)> = visa.iter().map(|it| (it.0, it.1.as_str())).collect();
        assert_eq!(client.post(&slip, &visa).await.status, StatusCode::SEE_OTHER);
        let report = erase::apply(&service.tandem, false).await.expect("applied");
        assert_eq!(report.erased.len(), 1);
        assert_eq!(state(service, case).await, "erased");
        let again = erase::apply(&service.tandem, false).await.expect("applied");
        assert_eq!(again.erased.len(), 0);
        let gone =
            act(service, worker, move |desk| desk.keys.clone().open(desk.tx, person).map(|_| ()));
        assert!(matches!(gone.await, Err(Stop::Absent)), "the person's key is destroyed");
        let page = client.get("/conservation/certificats").await;
        assert!(page.text.contains("Fin de conservation"), "{}", page.text);
    })
    .await;
}

#[tokio::test]
async fn a_hold_stops_the_end_and_its_lifting_starts_it_again() {
    on_both(async |service| {
        let structure = service.structure("La Passerelle").await;
        let worker = service.staff("Claire Morel", structure, Role::Worker).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        service
            .tandem
            .quietly(move |tx| {
                let sql = "update structures set kind = 'association' where id = $1";
                tx.execute(sql, &values![structure])?;
                Ok(())
            })
            .await
            .expect("an association");
        let hold = act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Close, Class::Identity))?;
            rows::hold(desk, &door, "Recours devant le tribunal administratif.")?;
            Ok(rows::holds(desk, &door)?.first().expect("the hold").id)
        });
        let hold = hold.await.expect("held");
        service.clock.advance(800 * DAY);
        let report = erase::apply(&service.tandem, false).await.expect("applied");
        assert_eq!((report.held, report.erased.len()), (1, 0));
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Close, Class::Identity))?;
            rows::end_hold(desk, &door, hold)
        })
        .await
        .expect("lifted");
        service.clock.advance(1);
        let report = erase::apply(&service.tandem, false).await.expect("applied");
        assert_eq!(report.erased.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn somebody_in_two_files_outlives_one_of_them() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (person, one) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let (_, other) = file(service, structure, worker, identity("Cissé", "Awa", "")).await;
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(other, Action::Write, Class::Contact))?;
            app::cases::store::add_person(desk, &door, person, false)
        })
        .await
        .expect("in both");
        let (keys, now, entropy) =
            (service.tandem.keys.clone(), service.tandem.now(), service.tandem.entropy());
        service
            .tandem
            .quietly(move |tx| {
                let mut entropy = entropy.clone();
                erase::erase(tx, &keys, one, Cause::Request, "dpo", now, &mut entropy)
            })
            .await
            .expect("erased");
        let name = act(service, worker, move |desk| {
            let door = desk.open(read(other, Class::Identity))?;
            Ok(people::identity(desk, &door, person)?.name())
        });
        assert_eq!(name.await.expect("still readable"), "Nadia Benali");
        let gone =
            act(service, worker, move |desk| desk.open(read(one, Class::Identity)).map(|_| ()));
        gone.await.expect_err("erased");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumped_erases_nothing() {
    on_both(async |service| {
        let structure = service.structure("La Passerelle").await;
        let worker = service.staff("Claire Morel", structure, Role::Worker).await;
        for _ in 0..8 {
            file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        }
        service
            .tandem
            .quietly(|tx| {
                tx.execute("update structures set kind = 'association'", &[])?;
                Ok(())
            })
            .await
            .expect("an association");
        service.clock.advance(3_000 * DAY);
        let report = erase::apply(&service.tandem, false).await.expect("applied");
        assert!(report.suspect);
        let left = service.tandem.quietly(rows::count).await.expect("counted");
        assert_eq!(left, 8);
    })
    .await;
}

#[tokio::test]
async fn the_person_s_words_stand_beside_the_fact() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let client = service.signed_in(worker).await;
        let path = format!("/dossiers/{case}/contestations");
        let empty = client.post(&path, &[("form", &client.get(&path).await.form())]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = "Je n’ai jamais vécu avec lui.";
        let fields = [
            ("form", empty.form()),
            ("sujet", "La vie de couple".into()),
            ("mots.text", words.into()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|it| (it.0, it.1.as_str())).collect();
        assert_eq!(client.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(client.get(&path).await.text.contains(words));
        let register = service.stranger().get("/registre").await;
        assert!(register.text.contains("Accompagnement social"));
    })
    .await;
}
