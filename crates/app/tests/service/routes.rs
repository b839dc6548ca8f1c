//! Every route, as the router itself lists them: who gets in, with which headers.

use std::collections::BTreeSet;

use access::Role;
use axum::http::StatusCode;
use store::Id;

use crate::desks::{ccas, file, identity};
use crate::kit::{Service, on_both};

/// The paths of the router, read from what it says of itself; a change of its words fails the count below.
pub fn paths(service: &Service) -> Vec<String> {
    let said = format!("{:?}", service.router);
    let mut res: BTreeSet<String> = BTreeSet::new();
    for piece in said.split('"').skip(1).step_by(2) {
        if piece.starts_with('/') && !piece.contains(' ') {
            res.insert(piece.to_owned());
        }
    }
    res.into_iter().collect()
}

/// A path with the identifiers of somebody else's records in its places.
pub fn filled(path: &str, file: Id) -> String {
    path.split('/')
        .map(|it| if it.starts_with('{') { file.to_string() } else { it.to_owned() })
        .collect::<Vec<_>>()
        .join("/")
}

/// What nobody has to sign in for.
const OPEN: &[&str] = &[
    "/droits",
    "/static",
    "/connexion",
    "/matrice",
    "/registre",
    "/espace",
    "/invitation",
    "/sortie",
    "/calendrier",
    "/deconnexion",
];

fn is_open(path: &str) -> bool {
    path == "/" || OPEN.iter().any(|it| path == *it || path.starts_with(&format!("{it}/")))
}

/// Check 18: each role of another structure tries each route with the identifiers of a file that is not theirs.
#[tokio::test]
async fn no_route_opens_a_file_of_others() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) = file(service, structure, worker, identity("Secrette", "Nadia", "")).await;
        let paths = paths(service);
        assert!(paths.len() > 20, "the router lists its routes: {paths:?}");
        let elsewhere = service.structure("La Passerelle").await;
        let absent = Id::new(service.tandem.now(), &mut service.tandem.entropy());
        for (rank, role) in Role::ALL.iter().enumerate() {
            let names = [
                "Un Un",
                "Deux Deux",
                "Trois Trois",
                "Quatre Quatre",
                "Cinq Cinq",
                "Six Six",
                "Sept Sept",
            ];
            let stranger = service.staff(names[rank], elsewhere, *role).await;
            let client = service.signed_in(stranger).await;
            for path in paths.iter().filter(|it| it.contains('{') && !is_open(it)) {
                let theirs = client.get(&filled(path, case)).await;
                let nobody_s = client.get(&filled(path, absent)).await;
                assert!(!theirs.status.is_success(), "{role:?} GET {path}: {}", theirs.status);
                assert_eq!(theirs.status, nobody_s.status, "{role:?} GET {path}");
                assert_eq!(theirs.text, nobody_s.text, "{role:?} GET {path} tells that it exists");
                assert!(!theirs.text.contains("Secrette"), "{role:?} GET {path}");
                let sent = client.post(&filled(path, case), &[("form", "x")]).await;
                assert!(!sent.status.is_success(), "{role:?} POST {path}: {}", sent.status);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_session_every_page_of_the_service_leads_to_sign_in() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        for path in paths(service).iter().filter(|it| !is_open(it)) {
            let page = service.stranger().get(&filled(path, case)).await;
            let ok = page.status == StatusCode::SEE_OTHER
                || page.status == StatusCode::NOT_FOUND
                || page.status == StatusCode::METHOD_NOT_ALLOWED;
            assert!(ok, "GET {path}: {}", page.status);
        }
    })
    .await;
}

/// Check 23: every answer, refused ones included.
#[tokio::test]
async fn every_answer_has_its_headers() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        let client = service.signed_in(worker).await;
        for path in paths(service) {
            for page in [
                client.get(&filled(&path, case)).await,
                client.post(&filled(&path, case), &[]).await,
            ] {
                let header = |name: &str| {
                    page.headers
                        .get(name)
                        .and_then(|it| it.to_str().ok())
                        .unwrap_or_default()
                        .to_owned()
                };
                let policy = header("content-security-policy");
                assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
                assert!(!policy.contains("unsafe"), "{path}");
                assert!(policy.contains("require-trusted-types-for 'script'"), "{path}");
                assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
                assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
                assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
                assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
                let cached = header("cache-control");
                assert!(cached == "no-store" || path.starts_with("/static"), "{path}: {cached}");
                for cookie in page.headers.get_all("set-cookie") {
                    let cookie = cookie.to_str().expect("text");
                    assert!(cookie.starts_with("__Host-"), "{path}: {cookie}");
                    for part in ["Secure", "HttpOnly", "Path=/"] {
                        assert!(cookie.contains(part), "{path}: {cookie}");
                    }
                }
            }
        }
    })
    .await;
}
