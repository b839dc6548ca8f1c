//! The foundation: sessions, doors, keys.

use axum::http::StatusCode;

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
