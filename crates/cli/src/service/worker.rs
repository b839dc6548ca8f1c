//! `tandem worker`: the jobs, alone or beside the pages.

use std::time::Duration;

use app::Tandem;
use web::observe::Metrics;
use web::server::asked_to_stop;

use super::config::{Config, ServiceArgs};
use super::{block_on, open};
use crate::{Outcome, Result, fr};

/// How long a worker waits when nothing was due.
const REST: Duration = Duration::from_secs(2);

pub fn run(args: &ServiceArgs) -> Result {
    let config = Config::read(args)?;
    open::log_to_stderr(&config);
    block_on(async {
        let tandem = open::tandem(&config, false).await?;
        tokio::select! {
            () = work(tandem, Metrics::new()) => {}
            () = asked_to_stop() => {}
        }
        println!("{}", fr::SERVICE_STOPPED);
        Ok(Outcome::Fine)
    })
}

/// Takes what is due, for ever. What fails is tried again later by the queue itself.
pub async fn work(tandem: Tandem, metrics: Metrics) {
    loop {
        match app::jobs::run_one(&tandem).await {
            Ok(true) => {}
            Ok(false) => {
                if app::jobs::queue_daily(&tandem).await.is_err() {
                    tracing::error!("the work of the day could not be queued");
                }
                tokio::time::sleep(REST).await;
            }
            Err(_) => {
                tracing::error!("the queue does not answer");
                tokio::time::sleep(REST).await;
            }
        }
        if let Ok((waiting, given_up)) = tandem.db.read(store::jobs::waiting).await {
            metrics.set_jobs(waiting, given_up);
        }
    }
}
