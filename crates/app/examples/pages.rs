//! The pages without the command line: `cargo run -p app --example pages -- 3111`.

use std::sync::Arc;

use app::App;
use law::Law;
use web::clock::FixedClock;
use web::server::{Server, asked_to_stop};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut port = 3000;
    for argument in std::env::args().skip(1) {
        port = argument.parse().unwrap_or(port);
    }
    let server = Server::on_this_machine(port).await?;
    println!("http://{}", server.address());
    let clock = FixedClock("2026-11-22".parse()?);
    let app = App { law: Law::national(), clock: Arc::new(clock) };
    server.run(app::demo(app), asked_to_stop()).await?;
    Ok(())
}
