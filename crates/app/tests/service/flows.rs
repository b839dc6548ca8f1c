//! As people use it: finding, creating, following, closing, keeping a check. Without a script.

use access::{Action, Class, Role};
use app::cases::store as cases;
use app::spine::Asked;
use axum::http::StatusCode;

use crate::desks::{act, ccas, file, identity};
use crate::html::visible_text;
use crate::kit::{Client, Page, Service, on_both};
use store::Id;

fn sees(page: &Page, words: &str) -> bool {
    visible_text(&page.text).contains(&crate::html::plain(words))
}

#[track_caller]
fn must_see(page: &Page, words: &str) {
    assert!(sees(page, words), "« {words} » not in: {}", visible_text(&page.text));
}

async fn new_person(client: &Client<'_>, place: Id, fields: &[(&str, &str)]) -> Page {
    let form = client.get("/personnes/nouvelle").await.form();
    let place = place.to_string();
    let mut all = vec![("form", form.as_str()), ("place", place.as_str())];
    all.extend(fields);
    client.post("/personnes/nouvelle", &all).await
}

#[tokio::test]
async fn a_person_is_created_found_and_opened() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let client = service.signed_in(worker).await;
        let form = client.get("/personnes/nouvelle").await.form();
        let place = structure.to_string();
        let fields = [
            ("form", form.as_str()),
            ("place", place.as_str()),
            ("first-names", "Nadia"),
            ("birth-name", "Benali"),
            ("birth-date", "14/06/1991"),
            ("do-not-call", "oui"),
            ("asked.text", "Je veux garder mon logement."),
        ];
        let page = client.post("/personnes/nouvelle", &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", visible_text(&page.text));
        let there = page.location.expect("a file");
        // Sent twice, it acts once.
        let again = client.post("/personnes/nouvelle", &fields).await;
        assert_eq!(again.location.as_deref(), Some(there.as_str()));
        let page = client.get(&there).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in [
            "Dossier de Nadia Benali",
            "parce que vous le suivez (référente ou référent) depuis le 23 novembre 2026",
            "Ne pas appeler",
            "Je veux garder mon logement.",
            "14 juin 1991 (35 ans)",
            "Ouverture du dossier",
        ] {
            must_see(&page, words);
        }
        let page = client.post("/personnes", &[("who", "benlai nadia")]).await;
        must_see(&page, "1 personne trouvée");
        must_see(&page, "suivi par Claire Morel");
        assert!(page.text.contains("aria-live=\"polite\""));
        let page = client.get("/dossiers").await;
        must_see(&page, "1 dossier");
        must_see(&page, "Nadia Benali");
    })
    .await;
}

#[tokio::test]
async fn a_refused_form_comes_back_filled_with_linked_errors() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let client = service.signed_in(worker).await;
        let page = new_person(
            &client,
            structure,
            &[("birth-date", "31/02/1990"), ("nir", "255081416802539"), ("phone", "06 01")],
        )
        .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for (field, words) in [
            ("birth-name", "Indiquez au moins un nom ou un prénom."),
            ("birth-date", "Ce jour n’existe pas."),
            ("nir", "La clé ne correspond pas au numéro."),
        ] {
            must_see(&page, words);
            assert!(page.text.contains(&format!("href=\"#{field}\"")), "{field}");
        }
        assert!(
            page.text.contains("value=\"31/02/1990\"") && page.text.contains("value=\"06 01\"")
        );
        assert!(page.text.contains("À corriger"));
    })
    .await;
}

#[tokio::test]
async fn possible_duplicates_are_shown_before_a_creation() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let colleague = service.staff("Nour Ali", structure, Role::Worker).await;
        let (nadia, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        let typed =
            [("first-names", "Nadia"), ("birth-name", "Benalli"), ("birth-date", "14/06/1991")];
        // The worker who follows her goes to her file.
        let client = service.signed_in(worker).await;
        let page = new_person(&client, structure, &typed).await;
        assert_eq!(page.status, StatusCode::OK);
        must_see(&page, "Est-ce la même personne ?");
        must_see(&page, "Même date de naissance.");
        let (form, person, place) = (page.form(), nadia.to_string(), structure.to_string());
        let mut fields = vec![("form", form.as_str()), ("place", place.as_str())];
        fields.extend(typed);
        fields.push(("same", person.as_str()));
        let page = client.post("/personnes/nouvelle", &fields).await;
        assert_eq!(page.location, Some(format!("/dossiers/{case}")));
        assert_eq!(count(service, "people").await, 1);
        // A colleague whose door is closed says why, and the two records are linked.
        let client = service.signed_in(colleague).await;
        let page = new_person(&client, structure, &typed).await;
        let form = page.form();
        let mut fields = vec![("form", form.as_str()), ("place", place.as_str())];
        fields.extend(typed);
        fields.push(("same", person.as_str()));
        let page = client.post("/personnes/nouvelle", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        must_see(&page, "Son dossier vous est fermé.");
        fields.push(("reason.text", "Elle me l’a dit."));
        let page = client.post("/personnes/nouvelle", &fields).await;
        let there = page.location.expect("a file");
        assert_eq!(
            (count(service, "people").await, count(service, "identity_links").await),
            (2, 1)
        );
        let page = client.get(&there).await;
        must_see(&page, "Elle me l’a dit.");
        // The link is undone.
        let undo = page.text.split("action=\"").find(|it| it.contains("/liens/")).expect("a form");
        let undo = undo.split('"').next().expect("its address").to_owned();
        let form = page.form();
        let page = client.post(&undo, &[("form", &form)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert!(!sees(&client.get(&there).await, "Autres fiches"));
    })
    .await;
}

#[tokio::test]
async fn another_person_is_another_record() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        file(service, structure, worker, identity("Benali", "Nadia", "1960-01-01")).await;
        let client = service.signed_in(worker).await;
        let page = new_person(
            &client,
            structure,
            &[
                ("first-names", "Nadia"),
                ("birth-name", "Benali"),
                ("birth-date", "14/06/1991"),
                ("same", "autre"),
            ],
        )
        .await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(
            (count(service, "people").await, count(service, "identity_links").await),
            (2, 0)
        );
    })
    .await;
}

async fn count(service: &Service, table: &'static str) -> i64 {
    let sql = format!("select count(*) from {table}");
    service.tandem.db.read(move |tx| tx.row(&sql, &[])?.get(0)).await.expect("a count")
}

#[tokio::test]
async fn a_closed_door_says_why_and_whom_to_ask() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let colleague = service.staff("Nour Ali", structure, Role::Worker).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let elsewhere = service.structure("Association").await;
        let stranger = service.staff("Paul Petit", elsewhere, Role::Worker).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let address = format!("/dossiers/{case}");
        let client = service.signed_in(colleague).await;
        let page = client.get(&address).await;
        assert_eq!(page.location, Some(format!("{address}/ferme")));
        let page = client.get(&format!("{address}/ferme")).await;
        must_see(&page, "Vous ne suivez pas ce dossier.");
        must_see(&page, "Claire Morel, référente ou référent");
        assert!(!sees(&page, "Benali"));
        // What cannot wait has its way in, with a reason.
        assert!(page.text.contains(&format!("{address}/urgence")));
        // Whoever may not know that it exists sees nothing at all.
        let client = service.signed_in(stranger).await;
        for end in ["", "/ferme", "/foyer", "/equipe", "/historique", "/droits"] {
            let page = client.get(&format!("{address}{end}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{end}");
        }
        // Supervising is said, then opens.
        let client = service.signed_in(manager).await;
        let page = client.get(&format!("{address}/ferme")).await;
        must_see(&page, "L’ouvrir pour encadrer");
        let page = client.get(&format!("{address}?motif=encadrement")).await;
        must_see(&page, "parce que vous travaillez dans ce service (encadrement");
        // Whoever may read is not told that it is closed.
        let client = service.signed_in(worker).await;
        let page = client.get(&format!("{address}/ferme")).await;
        assert_eq!(page.location, Some(address));
    })
    .await;
}

#[tokio::test]
async fn the_team_changes_and_the_file_closes_then_opens() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let colleague = service.staff("Nour Ali", structure, Role::Worker).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let (team, colleague) = (format!("/dossiers/{case}/equipe"), colleague.to_string());
        let client = service.signed_in(worker).await;
        let form = client.get(&team).await.form();
        let page = client.post(&team, &[("form", &form)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        must_see(&page, "Choisissez une ou un collègue.");
        let fields =
            [("form", form.as_str()), ("staff", colleague.as_str()), ("function", "contributor")];
        assert_eq!(client.post(&team, &fields).await.status, StatusCode::SEE_OTHER);
        must_see(&client.get(&team).await, "Nour Ali");
        service.clock.advance(60);
        let close = format!("/dossiers/{case}/cloture");
        let form = client.get(&close).await.form();
        let page = client.post(&close, &[("form", &form)]).await;
        must_see(&page, "Écrivez pourquoi, en quelques mots.");
        let page =
            client.post(&close, &[("form", &form), ("reason.text", "Madame a déménagé.")]).await;
        assert_eq!(page.location, Some(format!("/dossiers/{case}")));
        let page = client.get(&format!("/dossiers/{case}")).await;
        must_see(&page, "Ce dossier est clos depuis le");
        must_see(&page, "demandez à l’encadrement");
        let page = client.get(&format!("/dossiers/{case}/historique")).await;
        must_see(&page, "Clôture du dossier : Madame a déménagé.");
        must_see(&page, "Nour Ali, intervention ponctuelle");
        must_see(&client.get("/dossiers?vue=clos").await, "Nadia Benali");
        let client = service.signed_in(manager).await;
        let open = format!("/dossiers/{case}/reouverture");
        let form = client.get(&open).await.form();
        let page = client.post(&open, &[("form", &form), ("reason.text", "Elle revient.")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        let state = service.tandem.db.read(|tx| tx.row("select state from cases", &[])?.get(0));
        let state: String = state.await.expect("a state");
        assert_eq!(state, "open");
    })
    .await;
}

#[tokio::test]
async fn the_household_grows_and_a_child_has_two_homes() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, one) =
            file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        let (_, two) =
            file(service, structure, worker, identity("Roux", "Marc", "1989-01-01")).await;
        let client = service.signed_in(worker).await;
        let address = |case: Id| format!("/dossiers/{case}/foyer");
        let form = client.get(&address(one)).await.form();
        let page = client.post(&address(one), &[("form", &form)]).await;
        must_see(&page, "Choisissez qui est cette personne pour le foyer.");
        let child = [
            ("role", "child"),
            ("first-names", "Adam"),
            ("birth-name", "Roux"),
            ("birth-date", "21/02/2020"),
            ("share", "50"),
            ("since", "01/09/2024"),
        ];
        let mut fields = vec![("form", form.as_str())];
        fields.extend(child);
        let page = client.post(&address(one), &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", visible_text(&page.text));
        let page = client.get(&address(one)).await;
        must_see(&page, "Adam Roux, enfant, 6 ans, la moitié du temps");
        must_see(&page, "depuis le 1er septembre 2024");
        // In the other home the same child is known, and not recorded twice.
        let form = client.get(&address(two)).await.form();
        let mut fields = vec![("form", form.as_str())];
        fields.extend(child);
        let page = client.post(&address(two), &fields).await;
        must_see(&page, "Est-ce la même personne ?");
        let same = page.text.split("name=\"same\" value=\"").nth(1).expect("a button");
        let same = same.split('"').next().expect("its value").to_owned();
        let number = page.form();
        let mut fields = vec![("form", number.as_str()), ("same", same.as_str())];
        fields.extend(child);
        let page = client.post(&address(two), &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(count(service, "people").await, 3);
        // He leaves the first home; the page remembers.
        let page = client.get(&address(one)).await;
        let end = page.text.split("action=\"").filter(|it| it.contains("/fin\"")).nth(1);
        let end = end.and_then(|it| it.split('"').next()).expect("a form").to_owned();
        let row = end.split('/').rev().nth(1).expect("a row").to_owned();
        let name = format!("end-{row}");
        let form = page.form();
        let page = client.post(&end, &[("form", &form), (&name, "01/01/2020")]).await;
        must_see(&page, "Ce jour est avant son arrivée.");
        let page = client.post(&end, &[("form", &form), (&name, "01/11/2026")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        must_see(&client.get(&address(one)).await, "du 1er septembre 2024 au 1er novembre 2026");
    })
    .await;
}

#[tokio::test]
async fn identity_and_contact_are_corrected() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (person, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let client = service.signed_in(worker).await;
        let address = format!("/dossiers/{case}/personnes/{person}");
        let page = client.get(&address).await;
        assert!(page.text.contains("value=\"Benali\""));
        let form = page.form();
        let fields = [
            ("form", form.as_str()),
            ("birth-name", "Benali"),
            ("usual-name", "Morin"),
            ("first-names", "Nadia"),
            ("nir", "2 55 08 14 168 025 38"),
            ("phone", "06 11 22 33 44"),
        ];
        let page = client.post(&address, &fields).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        let page = client.get(&format!("/dossiers/{case}")).await;
        for words in ["Nadia Morin", "06 11 22 33 44", "Identité corrigée", "Coordonnées modifiées"]
        {
            must_see(&page, words);
        }
        assert!(!page.text.contains("168 025"));
        let page = client.post(&format!("{address}/nir"), &[]).await;
        must_see(&page, "2 55 08 14 168 025 38");
    })
    .await;
}

#[tokio::test]
async fn a_number_already_known_is_not_written_twice() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let elsewhere = service.structure("Association").await;
        let stranger = service.staff("Paul Petit", elsewhere, Role::Worker).await;
        let nir = app::people::nir::Nir::parse("255081416802538").ok();
        let who = identity("Benali", "Nadia", "");
        crate::desks::file_with(service, structure, worker, who, nir).await;
        let fields = [("birth-name", "Zola"), ("nir", "2 55 08 14 168 025 38")];
        let client = service.signed_in(worker).await;
        must_see(&new_person(&client, structure, &fields).await, "Est-ce la même personne ?");
        let client = service.signed_in(stranger).await;
        let page = new_person(&client, elsewhere, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        must_see(&page, "Ce numéro ne peut pas être noté ici.");
        assert!(!sees(&page, "Benali"));
        let other = [fields.as_slice(), &[("same", "autre")]].concat();
        let page = new_person(&client, elsewhere, &other).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_cut_in_pages() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        for rank in 0..23_u8 {
            let name = char::from(b'a' + rank).to_string().repeat(6);
            file(service, structure, worker, identity(&name, "Nadia", "")).await;
        }
        let client = service.signed_in(worker).await;
        let page = client.get("/dossiers").await;
        must_see(&page, "23 dossiers");
        must_see(&page, "Page 1 sur 2");
        assert_eq!(page.text.matches("<h2>").count(), 20);
        let page = client.get("/dossiers?vue=suivis&page=2").await;
        assert_eq!(page.text.matches("<h2>").count(), 3);
        let page = client.get("/dossiers?page=abc").await;
        assert_eq!(page.status, StatusCode::OK);
    })
    .await;
}

/// Sends the form of a page as a browser does, by one of its buttons.
async fn send(client: &Client<'_>, page: &Page, to: &str) -> Page {
    let sent = hidden(page);
    let pairs: Vec<(&str, &str)> = sent.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    client.post(to, &pairs).await
}

fn hidden(page: &Page) -> Vec<(String, String)> {
    crate::html::events(&page.text)
        .into_iter()
        .filter_map(|event| match event {
            crate::html::Event::Open { name, attributes } if name == "input" => {
                let hidden = attributes.get("type").is_some_and(|it| it == "hidden");
                let text = attributes.get("type").is_some_and(|it| it == "text");
                let pair = (attributes.get("name")?.clone(), attributes.get("value")?.clone());
                (hidden || text).then_some(pair)
            }
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_check_starts_from_the_file_and_is_kept_with_its_law() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        let client = service.signed_in(worker).await;
        let address = format!("/dossiers/{case}/droits");
        let start = client.get(&address).await;
        must_see(&start, "Nadia, 35 ans");
        // Who lives there is known: the first question is another one.
        let question = send(&client, &start, "/droits/questions").await;
        assert_eq!(question.status, StatusCode::OK);
        assert!(!question.text.contains("type=\"text\" id=\"p.a1.name\""));
        must_see(&question, "Revenir au dossier");
        let mut result = send(&client, &start, "/droits/resultat").await;
        must_see(&result, "Garder ce point dans le dossier");
        let kept = send(&client, &result, &address).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", visible_text(&kept.text));
        let there = kept.location.expect("a check");
        // The same answers the same day are one check.
        let again = send(&client, &result, &address).await;
        assert_eq!(again.location.as_deref(), Some(there.as_str()));
        assert_eq!(count(service, "rights_checks").await, 1);
        let page = client.get(&there).await;
        must_see(&page, "Point sur les droits du 23 novembre 2026 — Nadia Benali");
        must_see(&page, &service.tandem.law.fingerprint());
        for label in ["À compléter : les droits possibles", "Revenu de solidarité active (RSA)"]
        {
            assert_eq!(sees(&page, label), sees(&result, label), "{label}");
        }
        must_see(&client.get(&format!("/dossiers/{case}")).await, "Point du 23 novembre 2026");
        service.clock.advance(60);
        // Other answers of the same form are another check, and the next one starts from them.
        result.text = result.text.replace(
            "<input type=\"hidden\" name=\"dossier\"",
            "<input type=\"hidden\" name=\"p.a1.nationality\" value=\"française\">\
             <input type=\"hidden\" name=\"dossier\"",
        );
        let other = send(&client, &result, &address).await;
        assert_ne!(other.location, Some(there));
        assert_eq!(count(service, "rights_checks").await, 2);
        let start = client.get(&address).await;
        must_see(&start, "Réponses reprises du point du 23 novembre 2026");
        assert!(start.text.contains("value=\"française\""));
    })
    .await;
}

#[tokio::test]
async fn a_check_is_kept_only_in_the_file_it_came_from_by_who_may_write() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        let (_, other) =
            file(service, structure, worker, identity("Roux", "Marc", "1989-01-01")).await;
        let colleague = service.staff("Nour Ali", structure, Role::Worker).await;
        let client = service.signed_in(worker).await;
        let start = client.get(&format!("/dossiers/{case}/droits")).await;
        let elsewhere = send(&client, &start, &format!("/dossiers/{other}/droits")).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
        // The number of the form is that of the worker's session.
        let stranger = service.signed_in(colleague).await;
        let page = send(&stranger, &start, &format!("/dossiers/{case}/droits")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert_eq!(count(service, "rights_checks").await, 0);
        // A contributor reads what is not of a more protected class.
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Assign, Class::Identity))?;
            cases::assign(desk, &door, colleague, access::Function::Contributor)
        })
        .await
        .expect("a contributor");
        let mut permit = client.get(&format!("/dossiers/{case}/droits")).await;
        permit.text = permit.text.replace(
            "<input type=\"hidden\" name=\"dossier\"",
            "<input type=\"hidden\" name=\"p.a1.permit\" value=\"oui\">\
             <input type=\"hidden\" name=\"dossier\"",
        );
        let kept = send(&client, &permit, &format!("/dossiers/{case}/droits")).await;
        let there = kept.location.expect("a check");
        let page = stranger.get(&format!("/dossiers/{case}/droits")).await;
        must_see(&page, "Vos droits ne permettent pas d’ouvrir ce point.");
        assert!(!page.text.contains("p.a1.permit"));
        let page = stranger.get(&there).await;
        assert_eq!(page.location, Some(format!("/dossiers/{case}/ferme")));
    })
    .await;
}
