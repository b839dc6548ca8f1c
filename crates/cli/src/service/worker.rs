//! `tandem worker`: the jobs, alone or beside the pages.

use std::time::Duration;

use app::Tandem;
use app::life::erase::LEDGER_JOB;
use web::observe::Metrics;
use web::server::asked_to_stop;

use super::config::{Config, ServiceArgs};
use super::{backup, block_on, open};
use crate::{Outcome, Result, fr};

/// How long a worker waits when nothing was due.
const REST: Duration = Duration::from_secs(2);

pub fn run(args: &ServiceArgs) -> Result {
    let config = Config::read(args)?;
    open::log_to_stderr(&config);
    block_on(async {
        let tandem = open::tandem(&config, false).await?;
        tokio::select! {
            () = work(tandem, config, Metrics::new()) => {}
            () = asked_to_stop() => {}
        }
        println!("{}", fr::SERVICE_STOPPED);
        Ok(Outcome::Fine)
    })
}

/// Takes what is due, for ever. What fails is tried again later by the queue itself.
pub async fn work(tandem: Tandem, config: Config, metrics: Metrics) {
    copy_destructions(&tandem, &config).await;
    loop {
        match app::jobs::run_one(&tandem).await {
            Ok(Some(kind)) if kind == LEDGER_JOB => copy_destructions(&tandem, &config).await,
            Ok(Some(_)) => {}
            Ok(None) => {
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

/// To the ledger beside the data: what a restore destroys again. What failed is caught up at the next start.
async fn copy_destructions(tandem: &Tandem, config: &Config) {
    if backup::flush(&tandem.db, config).await.is_err() {
        tracing::error!("the ledger of destructions could not be written");
    }
}
