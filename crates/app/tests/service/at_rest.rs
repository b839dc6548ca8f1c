//! A stolen disk shows nothing.

use access::Class;
use app::cases::store::{self as cases, Event};
use app::households::store as households;
use app::people::model::{Contact, Identity};
use app::people::nir::Nir;
use app::people::store as people;

use crate::desks::{act, ccas, file_with, write};
use crate::kit::Service;

/// Nothing else on the machine is spelt like that.
const CANARIES: [&str; 9] = [
    "Zwicanom",
    "Zwicausage",
    "Zwicaprenom",
    "Zwicalieu",
    "Zwicarue",
    "zwica@courriel",
    "Zwicasecret",
    "Zwicamotif",
    "2690549588157",
];

/// Check 15: each field planted, then every file of the database read byte by byte.
#[tokio::test]
async fn no_plaintext_at_rest() {
    let fresh = store_testing::sqlite().await.expect("a database");
    let service = Service::on(fresh.db.clone()).await;
    plant(&service).await;
    let folder = fresh.file().and_then(|it| it.parent()).expect("the folder");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is read").flatten() {
        let bytes = std::fs::read(entry.path()).expect("a file is read");
        read += bytes.len();
        for canary in CANARIES {
            assert!(!holds(&bytes, canary.as_bytes()), "{canary} in {:?}", entry.path());
        }
    }
    assert!(read > 50_000, "the database was there: {read} bytes");
}

/// The same on PostgreSQL, through what its own dump would hold: every value of every table.
#[tokio::test]
async fn no_plaintext_at_rest_in_postgres() {
    let fresh = store_testing::postgres().await.expect("a database");
    let service = Service::on(fresh.db.clone()).await;
    plant(&service).await;
    let sql = fresh.db.dialect().columns();
    let tables: std::collections::BTreeSet<String> = fresh
        .db
        .read(move |tx| tx.rows(sql, &[])?.iter().map(|it| it.get(0)).collect())
        .await
        .expect("the tables");
    assert!(tables.len() > 20, "{tables:?}");
    for table in tables {
        // As text, bytes in hexadecimal: both are searched.
        let sql = format!("select cast(whole.* as text) from {table} whole");
        let rows: Vec<String> = fresh
            .db
            .read(move |tx| tx.rows(&sql, &[])?.iter().map(|it| it.get(0)).collect())
            .await
            .expect("the rows");
        for row in rows {
            for canary in CANARIES {
                let hex: String = canary.bytes().map(|it| format!("{it:02x}")).collect();
                assert!(!row.contains(canary) && !row.contains(&hex), "{canary} in {table}");
            }
        }
    }
}

async fn plant(service: &Service) {
    let (structure, worker) = ccas(service).await;
    let who = Identity {
        birth_name: "Zwicanom".into(),
        usual_name: "Zwicausage".into(),
        first_names: "Zwicaprenom".into(),
        birth_date: "1988-03-04".into(),
        birth_place: "Zwicalieu".into(),
        gender: "femme".into(),
    };
    let nir = Nir::parse("2690549588157").expect("a number");
    let (person, case) = file_with(service, structure, worker, who, Some(nir)).await;
    act(service, worker, move |desk| {
        let door = desk.open(write(case, Class::Contact))?;
        let contact = Contact {
            address: "3 rue Zwicarue".into(),
            email: "zwica@courriel".into(),
            safely: "Zwicasecret".into(),
            ..Contact::default()
        };
        people::update_contact(desk, &door, person, &contact)?;
        households::update_address(desk, &door, "3 rue Zwicarue")?;
        cases::event(desk, &door, Event::Closed, "Zwicamotif")
    })
    .await
    .expect("planted");
}

fn holds(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|it| it == canary)
}
