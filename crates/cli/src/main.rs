//! `tandem`: the one binary.
//!
//! Exit codes: 0 all is well; 1 something is wrong with the law or with a comparison; 2 what was given
//! could not be read (one French sentence on stderr says what and where).

mod args;
mod commands;
mod fr;
mod input;
mod output;
mod service;

use std::process::ExitCode;

use clap::Parser;

/// How a command that could do its work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Fine,
    /// The law, or the comparison, has a fault: the command has said which.
    Wrong,
}

/// Why a command could not do its work, in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

pub type Result<T = Outcome> = std::result::Result<T, Refusal>;

fn main() -> ExitCode {
    let args = match args::Cli::try_parse() {
        Ok(args) => args,
        Err(error) => return fr::usage(&error),
    };
    match commands::run(args.command) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Wrong) => ExitCode::from(1),
        Err(Refusal(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}
