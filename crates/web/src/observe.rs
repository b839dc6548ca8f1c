//! What an operator sees of the service: counts, durations, one line of log an answer. Nothing of a person: the
//! pattern of the address (`/dossiers/{file}`), never the address.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

type Labels = [(&'static str, String); 3];

/// The figures of one node, since it started. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    answers: Family<Labels, Counter>,
    durations: Histogram,
    waiting_jobs: Gauge,
    given_up_jobs: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    pub fn new() -> Self {
        let answers = Family::default();
        // From half a millisecond to eight seconds.
        let durations = Histogram::new(exponential_buckets(0.0005, 2.0, 15));
        let (waiting_jobs, given_up_jobs) = (Gauge::default(), Gauge::default());
        let mut registry = Registry::with_prefix("tandem");
        registry.register("answers", "Answers by method, route and status", answers.clone());
        registry.register("answer_seconds", "Time to answer", durations.clone());
        registry.register("jobs_waiting", "Jobs not yet done", waiting_jobs.clone());
        registry.register("jobs_given_up", "Jobs somebody has to look at", given_up_jobs.clone());
        Self { registry: Arc::new(registry), answers, durations, waiting_jobs, given_up_jobs }
    }

    /// As Prometheus reads it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _written = encode(&mut text, &self.registry);
        text
    }

    pub fn set_jobs(&self, waiting: i64, given_up: i64) {
        self.waiting_jobs.set(waiting);
        self.given_up_jobs.set(given_up);
    }

    #[expect(clippy::disallowed_types, reason = "seconds of a histogram: no amount is near")]
    fn answered(&self, method: &str, route: &str, status: u16, seconds: f64) {
        let labels = [
            ("method", method.to_owned()),
            ("route", route.to_owned()),
            ("status", status.to_string()),
        ];
        self.answers.get_or_create(&labels).inc();
        self.durations.observe(seconds);
    }
}

/// Counts and logs each answer.
pub async fn answers(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| "-".to_owned(), |it| it.as_str().to_owned());
    let response = next.run(request).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    metrics.answered(method.as_str(), &route, status, took.as_secs_f64());
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(%method, %route, status, micros, "answer");
    response
}
