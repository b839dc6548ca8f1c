//! `tandem demo`: the pages, on this machine only, with households made up.

use std::sync::Arc;

use app::App;
use base::Moment;
use law::Law;
use web::clock::Clock;
use web::server::{Server, asked_to_stop};

use crate::args::Demo;
use crate::{Outcome, Refusal, Result, fr};

pub fn run(args: &Demo) -> Result {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal(fr::no_server(&error)))?;
    runtime.block_on(serve(args.port))
}

async fn serve(port: u16) -> Result {
    let server = Server::on_this_machine(port).await.map_err(|it| Refusal(it.to_string()))?;
    let clock = SystemClock;
    let app = App { law: Law::national(), clock: Arc::new(clock) };
    std::thread::spawn(app::warm_up);
    println!("{}", fr::demo_ready(&server.address().to_string()));
    server.run(app::demo(app), asked_to_stop()).await.map_err(|it| Refusal(fr::no_server(&it)))?;
    println!("{}", fr::DEMO_STOPPED);
    Ok(Outcome::Fine)
}

/// The time of this machine.
#[derive(Debug)]
struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        Moment::from_millis(jiff::Timestamp::now().as_millisecond())
    }
}
