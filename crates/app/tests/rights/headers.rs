//! What leaves with every answer, and how much it weighs.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::browser::{open, routes_on};
use crate::html::{Event, events};

async fn get(address: &str, gzip: bool) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(address);
    if gzip {
        request = request.header(header::ACCEPT_ENCODING, "gzip, deflate, br");
    }
    let request = request.body(Body::empty()).unwrap();
    let response = routes_on("2026-11-22").oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

/// What the browser fetches for the first page, itself included.
async fn first_view() -> Vec<String> {
    let page = open("/").await;
    let mut res = vec!["/".to_owned()];
    for event in events(&page.html) {
        if let Event::Open { name, attributes } = event {
            match name.as_str() {
                "link" => res.extend(attributes.get("href").cloned()),
                "script" | "img" => res.extend(attributes.get("src").cloned()),
                _ => {}
            }
        }
    }
    res
}

#[tokio::test]
async fn the_first_view_is_light() {
    let addresses = first_view().await;
    assert!(addresses.len() <= 5, "{addresses:?}");
    let mut bytes = 0;
    for address in &addresses {
        let (status, headers, body) = get(address, true).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        assert_eq!(headers[header::CONTENT_ENCODING], "gzip", "{address}");
        bytes += body.len();
    }
    assert!(bytes <= 40 * 1024, "{bytes}");
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let mut addresses = first_view().await;
    addresses.extend(
        ["/droits", "/droits/exemples/nadia", "/nulle-part", "/static/x.css", "/composants"]
            .map(str::to_owned),
    );
    for address in addresses {
        let (_, headers, _) = get(&address, true).await;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none';") && !policy.contains("unsafe"),
            "{address}"
        );
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{address}");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer", "{address}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{address}");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{address}");
        assert!(!headers.contains_key(header::SET_COOKIE), "{address}");
        let kept = address.starts_with("/static/tandem");
        let caching = headers[header::CACHE_CONTROL].to_str().unwrap();
        assert_eq!(caching.contains("immutable"), kept, "{address}");
        assert_eq!(caching == "no-store", !kept, "{address}");
    }
}

#[tokio::test]
async fn pages_come_plain_to_who_cannot_unzip() {
    let (_, headers, body) = get("/droits/exemples/nadia", false).await;
    assert!(!headers.contains_key(header::CONTENT_ENCODING));
    assert!(body.starts_with(b"<!DOCTYPE html>"));
}

#[tokio::test]
async fn unknown_addresses_say_so_in_french() {
    let page = open("/droits/exemples/personne").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    page.must_see("Cette page n'existe pas");
    let page = open("/wp-admin").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn too_large_a_form_is_refused() {
    let body = format!("p.a1.name={}", "x".repeat(200_000));
    let request = Request::post("/droits/resultat").body(Body::from(body)).unwrap();
    let response = routes_on("2026-11-22").oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
}
