//! The team: who comes, who changes, who leaves.

use access::Role;
use axum::http::StatusCode;

use crate::accounts::{ADDRESS, PASSWORD};
use crate::browser::Browser;
use crate::kit::{Client, Page, Service, on_both};

const INVITED: [(&str, &str); 3] =
    [("name", "Camille Roy"), ("address", ADDRESS), ("role", "worker")];

async fn send(client: &Client<'_>, from: &str, to: &str, fields: &[(&str, &str)]) -> Page {
    let form = client.get(from).await.form();
    let mut all = vec![("form", form.as_str())];
    all.extend_from_slice(fields);
    client.post(to, &all).await
}

/// Invites Camille: the code that the page shows.
async fn invite(admin: &Client<'_>, structure: store::Id) -> String {
    let path = format!("/equipe/{structure}/invitation");
    let page = send(admin, &path, &path, &INVITED).await;
    let code = page.text.split("/invitation/").nth(1).expect("a link");
    code.split('<').next().expect("a code").to_owned()
}

/// The address of a member's page, from the list.
async fn page_of(client: &Client<'_>, name: &str) -> String {
    let page = client.get("/equipe").await;
    let member = page.text.split("<article>").find(|it| it.contains(name)).expect("a member");
    let path = member.split("href=\"").nth(1).expect("a link");
    path.split('"').next().expect("a path").to_owned()
}

#[tokio::test]
async fn somebody_comes_changes_and_leaves() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let admin = service.staff("Adèle Min", structure, Role::Admin).await;
        let admin = service.signed_in(admin).await;
        let code = invite(&admin, structure).await;
        let browser = service.browser("192.0.2.1");
        browser.take_invitation(&code, PASSWORD, service.tandem.now()).await;
        assert_eq!(browser.get("/equipe").await.status, StatusCode::OK);

        let path = page_of(&admin, "Camille").await;
        let to = format!("{path}/role");
        let changed = send(&admin, &path, &to, &[("role", "reception")]).await;
        assert_eq!(changed.location.as_deref(), Some("/equipe"));
        let page = admin.get("/equipe").await;
        assert!(page.text.contains("Accueil") && page.text.contains("Ont quitté"), "{}", page.text);

        let path = page_of(&admin, "Camille").await;
        let left = send(&admin, &path, &format!("{path}/depart"), &[]).await;
        assert_eq!(left.location.as_deref(), Some("/equipe"));
        // At once, and for good.
        assert_eq!(browser.get("/equipe").await.status, StatusCode::SEE_OTHER);
        let again = browser.sign_in(ADDRESS, PASSWORD).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        // They may come back, with a new invitation.
        let code = invite(&admin, structure).await;
        service.clock.advance(60);
        browser.take_invitation(&code, PASSWORD, service.tandem.now()).await;
    })
    .await;
}

#[tokio::test]
async fn what_an_invitation_lacks_is_said_by_its_field() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let admin = service.staff("Adèle Min", structure, Role::Admin).await;
        let admin = service.signed_in(admin).await;
        let path = format!("/equipe/{structure}/invitation");
        let page = send(&admin, &path, &path, &[("name", "Camille"), ("address", "camille")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in ["href=\"#address\"", "href=\"#role\"", "value=\"Camille\""] {
            assert!(page.text.contains(part), "{part}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_structure_keeps_an_administrator() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let one = service.staff("Adèle Min", structure, Role::Admin).await;
        let admin = service.signed_in(one).await;
        let path = page_of(&admin, "Adèle").await;
        for (to, fields) in [("role", &[("role", "worker")][..]), ("depart", &[])] {
            let page = send(&admin, &path, &format!("{path}/{to}"), fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text.contains("dernière personne qui administre"), "{}", page.text);
        }
        // With a second one the first may go.
        service.staff("Béa Min", structure, Role::Admin).await;
        let page = send(&admin, &path, &format!("{path}/depart"), &[]).await;
        assert_eq!(page.location.as_deref(), Some("/equipe"));
    })
    .await;
}

/// Two administrators let go of each other at the same time: one stays.
#[tokio::test]
async fn two_administrators_do_not_leave_together() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let one = service.staff("Adèle Min", structure, Role::Admin).await;
        let two = service.staff("Béa Min", structure, Role::Admin).await;
        let (one, two) = (service.signed_in(one).await, service.signed_in(two).await);
        let (first, second) = (page_of(&one, "Béa").await, page_of(&two, "Adèle").await);
        let (left, right) = (format!("{first}/depart"), format!("{second}/depart"));
        let forms = (one.get(&first).await.form(), two.get(&second).await.form());
        let (mine, theirs) = ([("form", forms.0.as_str())], [("form", forms.1.as_str())]);
        let (left, right) = tokio::join!(one.post(&left, &mine), two.post(&right, &theirs));
        let gone =
            [&left, &right].iter().filter(|it| it.location.as_deref() == Some("/equipe")).count();
        assert_eq!(gone, 1, "{left:?} {right:?}");
        let sql = "select count(*) from memberships where role = 'admin' and ends_at is null";
        let admins = service.tandem.db.read(move |tx| tx.row(sql, &[])?.get::<i64>(0)).await;
        assert_eq!(admins.expect("a count"), 2 - i64::try_from(gone).expect("small"));
    })
    .await;
}

#[tokio::test]
async fn nobody_manages_above_or_outside() {
    on_both(async |service| {
        let (auch, elsewhere) =
            (service.structure("CCAS d’Auch").await, service.structure("CCAS de Pavie").await);
        let manager = service.staff("Mana Ger", auch, Role::Manager).await;
        let worker = service.staff("Ouri Er", auch, Role::Worker).await;
        service.staff("Adèle Min", auch, Role::Admin).await;
        let (manager, worker) = (service.signed_in(manager).await, service.signed_in(worker).await);
        let path = format!("/equipe/{auch}/invitation");
        let other = format!("/equipe/{elsewhere}/invitation");
        assert_eq!(worker.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.get(&other).await.status, StatusCode::NOT_FOUND);
        let above = [("name", "X"), ("address", "x@tandem.test"), ("role", "admin")];
        assert_eq!(send(&manager, &path, &path, &above).await.status, StatusCode::NOT_FOUND);
        let list = manager.get("/equipe").await;
        assert!(list.text.contains("Adèle") && !list.text.contains("Pavie"));
        let of_admin = list.text.split("<article>").find(|it| it.contains("Adèle"));
        assert!(!of_admin.expect("her line").contains("Modifier"));
    })
    .await;
}

/// An invitation gives one structure, never the access that somebody has elsewhere.
#[tokio::test]
async fn inviting_somebody_of_another_structure_gives_no_code() {
    on_both(async |service| {
        let (auch, pavie) =
            (service.structure("CCAS d’Auch").await, service.structure("CCAS de Pavie").await);
        let one = service.staff("Adèle Min", auch, Role::Admin).await;
        let two = service.staff("Béa Min", pavie, Role::Admin).await;
        let (one, two) = (service.signed_in(one).await, service.signed_in(two).await);
        invite(&one, auch).await;
        let path = format!("/equipe/{pavie}/invitation");
        let page = send(&two, &path, &path, &INVITED).await;
        assert_eq!(page.location.as_deref(), Some("/equipe"));
        let path = page_of(&two, "Camille").await;
        let page = two.get(&path).await;
        assert!(!page.text.contains("/acces"), "{}", page.text);
        let refused = send(&two, &path, &format!("{path}/acces"), &[]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_new_access_replaces_the_former() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let admin = service.staff("Adèle Min", structure, Role::Admin).await;
        let admin = service.signed_in(admin).await;
        let browser = service.browser("192.0.2.1");
        let code = invite(&admin, structure).await;
        let now = service.tandem.now();
        browser.take_invitation(&code, PASSWORD, now).await;
        let path = page_of(&admin, "Camille").await;
        let page = send(&admin, &path, &format!("{path}/acces"), &[]).await;
        let code = page.text.split("/invitation/").nth(1).expect("a link");
        let code = code.split('<').next().expect("a code").to_owned();
        // Until it is used, nothing changes.
        assert_eq!(browser.get("/compte").await.status, StatusCode::OK);
        let new: Browser = service.browser("192.0.2.2");
        new.take_invitation(&code, "lampadaire rhubarbe quatuor sabot", now).await;
        assert_eq!(browser.get("/compte").await.status, StatusCode::SEE_OTHER);
        let old = browser.sign_in(ADDRESS, PASSWORD).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn a_service_is_added_then_chosen() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        let admin = service.staff("Adèle Min", structure, Role::Admin).await;
        let worker = service.staff("Ouri Er", structure, Role::Worker).await;
        let (admin, worker) = (service.signed_in(admin).await, service.signed_in(worker).await);
        let to = format!("/equipe/{structure}/services");
        let field = format!("service.{structure}");
        let empty = send(&admin, "/equipe", &to, &[]).await;
        assert!(empty.text.contains(&format!("href=\"#{field}\"")), "{}", empty.text);
        let named = [(field.as_str(), "Polyvalence")];
        assert_eq!(send(&admin, "/equipe", &to, &named).await.location.as_deref(), Some("/equipe"));
        let refused = send(&worker, "/compte/mot-de-passe", &to, &named).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        let page = admin.get(&format!("/equipe/{structure}/invitation")).await;
        let team = page.text.split("Polyvalence").next().expect("a team").rsplit("value=\"").next();
        let team = team.expect("a value").split('"').next().expect("an identifier").to_owned();
        let path = page_of(&admin, "Ouri").await;
        let fields = [("role", "worker"), ("team", team.as_str())];
        send(&admin, &path, &format!("{path}/role"), &fields).await;
        let list = admin.get("/equipe").await;
        assert!(list.text.contains("Travail social · Polyvalence"), "{}", list.text);
    })
    .await;
}

/// Following a file opens it by itself: it ends with the role.
#[tokio::test]
async fn leaving_ends_what_was_followed() {
    on_both(async |service: &Service| {
        let structure = service.structure("CCAS d’Auch").await;
        let admin = service.staff("Adèle Min", structure, Role::Admin).await;
        let worker = service.staff("Camille Roy", structure, Role::Worker).await;
        let file = service.file(structure).await;
        service.follows(worker, file).await;
        let admin = service.signed_in(admin).await;
        let path = page_of(&admin, "Camille").await;
        send(&admin, &path, &format!("{path}/depart"), &[]).await;
        let sql = "select count(*) from care_team where ends_at is null";
        let left = service.tandem.db.read(move |tx| tx.row(sql, &[])?.get::<i64>(0)).await;
        assert_eq!(left.expect("a count"), 0);
    })
    .await;
}
