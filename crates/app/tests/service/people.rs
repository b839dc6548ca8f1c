//! Persons: sealed, found without being read, linked and never merged.

use access::{Action, Class, Classes, Role};
use app::cases::store::{self as cases, NewShare, SharedWith};
use app::people::model::Contact;
use app::people::nir::Nir;
use app::people::search::{self, Sought};
use app::people::store as people;
use app::spine::{Asked, Stop};
use store::Id;

use crate::desks::{act, ccas, file, file_with, identity, read, write};
use crate::kit::{Service, on_both};

#[tokio::test]
async fn what_is_sealed_comes_back_and_nothing_is_in_clear() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let nir = Nir::parse("2 55 08 14 168 025 38").expect("a number");
        let who = identity("Benali", "Nadia", "1991-06-14");
        let (person, case) =
            file_with(service, structure, worker, who.clone(), Some(nir.clone())).await;
        let (got, phone, asked, number) = act(service, worker, move |desk| {
            let door = desk.open(read(case, Class::Social))?;
            Ok((
                people::identity(desk, &door, person)?,
                people::contact(desk, &door, person)?.phone,
                cases::asked(desk, &door)?,
                people::nir(desk, &door, person)?,
            ))
        })
        .await
        .expect("the file opens");
        assert_eq!((got, phone.as_str()), (who, "05 62 00 00 00"));
        assert_eq!(asked, "Je veux garder mon logement.");
        assert_eq!(number, Some(nir));
        let rows = service
            .tandem
            .db
            .read(|tx| tx.rows("select identity, contact, nir, nir_key from people", &[]));
        for row in rows.await.expect("rows") {
            for at in 0..4 {
                let bytes: Vec<u8> = row.get(at).expect("bytes");
                let text = String::from_utf8_lossy(&bytes).into_owned();
                assert!(!text.contains("Benali") && !text.contains("255081"), "column {at}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_number_shown_is_a_look_of_its_own() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let nir = Nir::parse("255081416802538").ok();
        let who = identity("Benali", "Nadia", "1991-06-14");
        let (person, case) = file_with(service, structure, worker, who, nir).await;
        let look = async |ask: bool| {
            act(service, worker, move |desk| {
                let door = desk.open(read(case, Class::Identity))?;
                if ask {
                    people::nir(desk, &door, person)?;
                }
                people::has_nir(desk, &door, person)
            })
            .await
            .expect("the file opens")
        };
        assert!(look(false).await);
        assert_eq!(looks(service, person, "read_nir").await, 0);
        assert!(look(true).await);
        assert_eq!(looks(service, person, "read_nir").await, 1);
        let other = Nir::parse("1841212345678").expect("a number");
        let found = act(service, worker, move |desk| {
            let mine = Nir::parse("255081416802538").expect("a number");
            Ok((people::holder_of_nir(desk, &mine)?, people::holder_of_nir(desk, &other)?))
        });
        assert_eq!(found.await.expect("a search"), (Some(person), None));
    })
    .await;
}

async fn looks(service: &Service, subject: Id, action: &'static str) -> i64 {
    let sql = "select count(*) from access_log where subject = $1 and action = $2";
    let rows =
        service.tandem.db.read(move |tx| tx.row(sql, &store::values![subject, action])?.get(0));
    rows.await.expect("a count")
}

#[tokio::test]
async fn a_person_of_another_file_stays_closed() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, mine) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let (other, _) = file(service, structure, worker, identity("Durand", "Luc", "")).await;
        let got = act(service, worker, move |desk| {
            let door = desk.open(read(mine, Class::Social))?;
            people::identity(desk, &door, other)
        });
        assert!(matches!(got.await, Err(Stop::Absent)));
    })
    .await;
}

#[tokio::test]
async fn a_share_opens_its_classes_and_no_other() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let elsewhere = service.structure("Association").await;
        let partner = service.staff("Paul Petit", elsewhere, Role::Worker).await;
        let who = identity("Benali", "Nadia", "");
        let (person, case) = file(service, structure, worker, who).await;
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Share, Class::Social))?;
            let share = NewShare {
                with: SharedWith::Staff(partner),
                classes: Classes::of(&[Class::Social]),
                purpose: "Aider à la demande de logement.".to_owned(),
                told: "Dit et accepté en entretien.".to_owned(),
                until: None,
            };
            cases::share(desk, &door, &share)
        })
        .await
        .expect("a share");
        act(service, partner, move |desk| {
            let door = desk.open(read(case, Class::Social))?;
            assert_eq!(people::identity(desk, &door, person)?.birth_name, "Benali");
            assert!(matches!(people::contact(desk, &door, person), Err(Stop::Absent)));
            Ok(())
        })
        .await
        .expect("the partner reads what was shared");
        let contact = act(service, partner, move |desk| desk.open(read(case, Class::Contact)));
        assert!(matches!(contact.await, Err(Stop::Refused { .. })));
    })
    .await;
}

#[tokio::test]
async fn names_are_found_as_people_type_them() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        for (family, first, birth) in [
            ("Benali", "Nadia, Fatima", "1991-06-14"),
            ("El Khadri", "Samira", "1979-02-03"),
            ("Lefèvre", "Jean-Pierre", "1958-01-30"),
            ("Nguyễn", "Thị Hương", "1985-10-05"),
            ("Dupont", "Marie", "1990-01-01"),
            ("Dupond", "Maria", "1990-01-02"),
        ] {
            file(service, structure, worker, identity(family, first, birth)).await;
        }
        for (typed, expected) in [
            ("benali", "Benali"),
            ("BENALI Nadia", "Benali"),
            ("nadia benali", "Benali"),
            ("ben", "Benali"),
            ("benlai", "Benali"),
            ("binali nadia", "Benali"),
            ("banali", "Benali"),
            ("renali", "Benali"),
            ("elkhadri", "El Khadri"),
            ("el-khadri", "El Khadri"),
            ("khadri samira", "El Khadri"),
            ("lefevre", "Lefèvre"),
            ("LEFEVRE jean pierre", "Lefèvre"),
            ("jeanpierre lefevre", "Lefèvre"),
            ("14/06/1991", "Benali"),
            ("huong", "Nguyễn"),
        ] {
            let found = found(service, worker, typed).await;
            assert_eq!(found.first().map(String::as_str), Some(expected), "{typed}: {found:?}");
        }
        let mut both = found(service, worker, "dupon").await;
        both.sort();
        assert_eq!(both, ["Dupond", "Dupont"]);
        assert!(found(service, worker, "zacharie").await.is_empty());
        assert!(found(service, worker, "").await.is_empty());
    })
    .await;
}

async fn found(service: &Service, staff: Id, typed: &'static str) -> Vec<String> {
    let found = act(service, staff, move |desk| search::find(desk, &Sought::typed(typed)));
    let found = found.await.expect("a search");
    found.into_iter().map(|it| it.identity.birth_name).collect()
}

#[tokio::test]
async fn only_persons_of_files_one_may_find_are_found() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let elsewhere = service.structure("Association").await;
        let stranger = service.staff("Paul Petit", elsewhere, Role::Worker).await;
        let admin = service.staff("Ada Min", structure, Role::Admin).await;
        let colleague = service.staff("Nour Ali", structure, Role::Worker).await;
        let (person, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        assert_eq!(found(service, worker, "benali").await.len(), 1);
        assert_eq!(found(service, colleague, "benali").await.len(), 1);
        assert!(found(service, stranger, "benali").await.is_empty());
        assert!(found(service, admin, "benali").await.is_empty());
        // Each person shown is a line of the access log.
        assert!(looks(service, case, "find").await >= 2);
        let alike = act(service, stranger, |desk| {
            search::alike(desk, &identity("Benali", "Nadia", "1991-06-14"))
        });
        assert!(alike.await.expect("a search").is_empty(), "{person}");
    })
    .await;
}

#[tokio::test]
async fn possible_duplicates_are_seen_and_namesakes_told_apart() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        let alike = async |family: &'static str, first: &'static str, birth: &'static str| {
            act(service, worker, move |desk| search::alike(desk, &identity(family, first, birth)))
                .await
                .expect("a search")
                .len()
        };
        assert_eq!(alike("Benalli", "Nadia", "1991-06-14").await, 1);
        assert_eq!(alike("Nadia", "Benali", "1991-06-14").await, 1);
        assert_eq!(alike("Benali", "Nadia", "").await, 1);
        assert_eq!(alike("Benali", "Nadia", "1960-01-01").await, 1);
        assert_eq!(alike("Benali", "Karim", "1960-01-01").await, 0);
        assert_eq!(alike("Durand", "Luc", "1991-06-14").await, 0);
    })
    .await;
}

#[tokio::test]
async fn records_are_linked_then_unlinked_and_never_merged() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (one, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let (other, _) = file(service, structure, worker, identity("Ben Ali", "Nadia", "")).await;
        act(service, worker, move |desk| {
            let door = desk.open(write(case, Class::Identity))?;
            let link = people::link(desk, &door, one, other, "Même date de naissance, même mère.")?;
            let links = people::links(desk, &door, one)?;
            assert_eq!((links.len(), links[0].other), (1, other));
            assert_eq!(links[0].reasons, "Même date de naissance, même mère.");
            people::unlink(desk, &door, one, link)?;
            assert!(people::links(desk, &door, one)?.is_empty());
            assert!(matches!(people::unlink(desk, &door, one, link), Err(Stop::Absent)));
            Ok(())
        })
        .await
        .expect("a link made and undone");
        let sql = "select count(*) from identity_links where undone_at is not null";
        let kept = service.tandem.db.read(move |tx| tx.row(sql, &[])?.get::<i64>(0));
        assert_eq!(kept.await.expect("a count"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_corrected_name_is_found_and_the_former_is_not() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (person, case) = file(service, structure, worker, identity("Xavier", "Luc", "")).await;
        act(service, worker, move |desk| {
            let door = desk.open(write(case, Class::Contact))?;
            people::update_identity(desk, &door, person, &identity("Benali", "Luc", ""))?;
            let contact = Contact { do_not_call: true, ..Contact::default() };
            people::update_contact(desk, &door, person, &contact)?;
            people::update_nir(desk, &door, person, Nir::parse("255081416802538").ok().as_ref())?;
            assert!(people::contact(desk, &door, person)?.do_not_call);
            assert!(people::has_nir(desk, &door, person)?);
            people::update_nir(desk, &door, person, None)?;
            assert!(!people::has_nir(desk, &door, person)?);
            Ok(())
        })
        .await
        .expect("corrections");
        assert_eq!(found(service, worker, "benali").await.len(), 1);
        assert!(found(service, worker, "xavier").await.is_empty());
    })
    .await;
}
