//! What one may not see appears nowhere; what one types never becomes markup.

use access::{Class, Role};
use app::cases::store::{self as cases, NewCase};
use app::people::model::{Contact, Identity};
use app::people::store::{self as people, NewPerson};
use store::Id;

use crate::desks::{act, write};
use crate::kit::{Service, on_both};
use crate::routes::{filled, paths};

const NAME: &str = "Zwicanom";
const PHONE: &str = "06 99 77 55 33";
const ASKED: &str = "Zwicademande";
const WORDS: &str = "Zwicamots";

async fn planted(service: &Service, structure: Id, worker: Id, mark: &'static str) -> Id {
    let made = act(service, worker, move |desk| {
        let with = |word: &str| format!("{word}{mark}");
        let identity = Identity {
            birth_name: with(NAME),
            first_names: with("Nadia"),
            birth_place: with("Auch"),
            ..Identity::default()
        };
        let contact = Contact {
            phone: PHONE.to_owned(),
            address: with("rue"),
            safely: with("le soir"),
            ..Contact::default()
        };
        let person = people::create(desk, &NewPerson { identity, contact, nir: None })?;
        let new =
            NewCase { structure, team: None, person, asked: with(ASKED), referent: Some(worker) };
        let case = cases::open(desk, &new)?;
        let door = desk.open(write(case, Class::Social))?;
        app::life::store::dispute(desk, &door, &with("adresse"), &with(WORDS))?;
        Ok(case)
    });
    made.await.expect("planted")
}

/// Check 19: every page of the file for every role of the same service that does not follow it.
#[tokio::test]
async fn a_field_reaches_only_who_may_see_it() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let worker = service.staff("Claire Morel", structure, Role::Worker).await;
        let case = planted(service, structure, worker, "").await;
        let names = ["A A", "B B", "C C", "D D", "E E", "F F", "G G"];
        for (rank, role) in Role::ALL.iter().enumerate() {
            let staff = service.staff(names[rank], structure, *role).await;
            let client = service.signed_in(staff).await;
            let mut seen = String::new();
            for path in paths(service) {
                seen.push_str(&client.get(&filled(&path, case)).await.text);
            }
            assert!(!seen.contains(ASKED) && !seen.contains(WORDS), "{role:?} reads the situation");
            let may_find = match role {
                Role::Worker | Role::Reception | Role::Manager => true,
                Role::Mediator | Role::Volunteer | Role::Dpo | Role::Admin => false,
            };
            assert!(may_find || !seen.contains(NAME), "{role:?} reads a name");
            assert!(may_find || !seen.contains(PHONE), "{role:?} reads a number");
        }
        // And who follows it does see: the canaries are really there.
        let client = service.signed_in(worker).await;
        let mut seen = String::new();
        for path in paths(service) {
            seen.push_str(&client.get(&filled(&path, case)).await.text);
        }
        for canary in [NAME, ASKED, WORDS] {
            assert!(seen.contains(canary), "{canary} is shown nowhere");
        }
    })
    .await;
}

/// Check 24, on the pages as they leave: what was typed stays text in every place it is shown.
#[tokio::test]
async fn typed_markup_never_becomes_markup() {
    const PAYLOADS: [&str; 6] = [
        "\"><zwica onload=x>",
        "'><zwica>",
        "</textarea><zwica>",
        "</title></script><zwica>",
        "&lt;zwica&gt;<zwica",
        "javascript:<zwica>",
    ];
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let worker = service.staff("Claire Morel", structure, Role::Worker).await;
        let client = service.signed_in(worker).await;
        for payload in PAYLOADS {
            let case = planted(service, structure, worker, payload).await;
            for path in paths(service) {
                let page = client.get(&filled(&path, case)).await;
                assert!(!page.text.contains("<zwica"), "{path}: {payload}");
            }
            let words = [("form", "x"), ("mots.text", payload), ("sujet", payload)];
            let page = client.post(&format!("/dossiers/{case}/contestations"), &words).await;
            assert!(!page.text.contains("<zwica"), "given back: {payload}");
        }
    })
    .await;
}
