//! `tandem serve`: the pages, the jobs, the figures.

use app::Tandem;
use web::observe::Metrics;
use web::server::{Server, asked_to_stop};

use super::config::{Config, ServiceArgs};
use super::{block_on, health, open, worker};
use crate::{Outcome, Refusal, Result, fr};

pub fn run(args: &ServiceArgs, without_worker: bool) -> Result {
    let config = Config::read(args)?;
    open::log_to_stderr(&config);
    block_on(async {
        let server = Server::on(&config.listen).await.map_err(|it| Refusal(it.to_string()))?;
        let tandem = open::tandem(&config, false).await?;
        let metrics = Metrics::new();
        if let Some(address) = &config.metrics {
            let figures = Server::on(address).await.map_err(|it| Refusal(it.to_string()))?;
            let routes = health::routes(tandem.db.clone(), metrics.clone());
            tokio::spawn(figures.run(routes, asked_to_stop()));
        }
        if !without_worker {
            tokio::spawn(worker::work(tandem.clone(), config.clone(), metrics.clone()));
        }
        std::thread::spawn(app::warm_up);
        println!("{}", fr::serving(&server.address().to_string()));
        listen(server, tandem, metrics).await
    })
}

/// Until the system asks to stop; answers under way are finished.
async fn listen(server: Server, tandem: Tandem, metrics: Metrics) -> Result {
    let routes = app::service(tandem, metrics);
    server.run(routes, asked_to_stop()).await.map_err(|it| Refusal(fr::no_server(&it)))?;
    println!("{}", fr::SERVICE_STOPPED);
    Ok(Outcome::Fine)
}
