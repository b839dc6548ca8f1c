//! `/sante`, `/pret`, `/metrics`: for the machine that watches this one.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use store::{Db, jobs};
use web::observe::Metrics;

#[derive(Debug, Clone)]
struct Watched {
    db: Db,
    metrics: Metrics,
}

pub fn routes(db: Db, metrics: Metrics) -> Router {
    Router::new()
        // Alive: the program answers.
        .route("/sante", get(async || "ok\n"))
        .route("/pret", get(ready))
        .route("/metrics", get(figures))
        .with_state(Watched { db, metrics })
}

/// Ready: the database answers, with the schema of this program.
async fn ready(State(watched): State<Watched>) -> (StatusCode, &'static str) {
    let known = i64::try_from(app::schema().len()).unwrap_or(i64::MAX);
    match store::version(&watched.db).await {
        Ok(found) if found == known => (StatusCode::OK, "prêt\n"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "le schéma n’est pas celui de ce programme\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "la base ne répond pas\n"),
    }
}

async fn figures(State(watched): State<Watched>) -> String {
    if let Ok((waiting, given_up)) = watched.db.read(jobs::waiting).await {
        watched.metrics.set_jobs(waiting, given_up);
    }
    watched.metrics.text()
}
