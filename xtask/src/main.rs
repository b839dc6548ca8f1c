//! The one automation of the house: `cargo xtask test | bench | shots | proof | mutants | fuzz`.

mod bench;
mod fuzz;
mod mutants;
mod postgres;
mod proof;
mod s3;
mod setup;
mod shell;
mod shots;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str =
    "cargo xtask test   tout vérifier : style, règles de la maison, tests, pages dans un navigateur
cargo xtask bench  mesurer, dans docs/bench/ (« bench law » : la loi seule ; « bench pages » : les pages seules)
cargo xtask shots  photographier les pages, dans target/shots/
cargo xtask proof P N   N comparaisons de la propriété P (p1 à p10) sur tous les cœurs
cargo xtask mutants     les fautes de la loi qu’aucun test ne voit, dans docs/mutants.md (`figer` : refaire le corpus)
cargo xtask fuzz CIBLE [secondes]   parser, loader, situation ou differential";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(2).collect();
    let result = match std::env::args().nth(1).as_deref() {
        Some("test") => test::run(),
        Some("bench") => bench::run(std::env::args().nth(2).as_deref()).map(|()| true),
        Some("shots") => shots::run().map(|()| true),
        Some("proof") => proof::run(&args),
        Some("mutants") => mutants::run(&args),
        Some("fuzz") => fuzz::run(&args),
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
