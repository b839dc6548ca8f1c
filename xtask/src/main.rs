//! The one automation of the house: `cargo xtask test | bench | shots`.

mod bench;
mod setup;
mod shell;
mod shots;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str =
    "cargo xtask test   tout vérifier : style, règles de la maison, tests, pages dans un navigateur
cargo xtask bench  mesurer, dans docs/bench/
cargo xtask shots  photographier les pages, dans target/shots/";

fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("test") => test::run(),
        Some("bench") => bench::run().map(|()| true),
        Some("shots") => shots::run().map(|()| true),
        _ => {
            println!("{HELP}");
            Ok(false)
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
