//! One file a command.

mod ask;
mod batch;
mod bench;
mod check;
mod compare;
mod demo;
mod eval;
mod fmt;
mod schema;

use law::{Law, Severity};

use crate::args::{AuditCommand, Command, LawCommand};
use crate::{Outcome, Result, fr, service};

pub fn run(command: Command) -> Result {
    if reads_the_law(&command) && !law_is_sound() {
        eprintln!("{}", fr::BROKEN_LAW);
        return Ok(Outcome::Wrong);
    }
    match command {
        Command::Law { command } => match command {
            LawCommand::Check(args) => check::run(&args),
            LawCommand::Fmt(args) => fmt::run(&args),
            LawCommand::Eval(args) => eval::run(&args),
            LawCommand::Ask(args) => ask::run(&args),
            LawCommand::Compare(args) => compare::run(&args),
            LawCommand::Batch(args) => batch::run(&args),
            LawCommand::Bench(args) => bench::run(&args),
            LawCommand::Schema => schema::run(),
        },
        Command::Demo(args) => demo::run(&args),
        Command::Serve { service, without_worker } => service::serve::run(&service, without_worker),
        Command::Worker(args) => service::worker::run(&args),
        Command::Migrate(args) => service::migrate::run(&args),
        Command::Backup { service, to, recipients } => {
            service::backup::backup(&service, &to, &recipients)
        }
        Command::Restore { service, from, identity, ledger } => {
            service::backup::restore(&service, &from, &identity, ledger.as_deref())
        }
        Command::Admin { command } => service::admin::run(&command),
        Command::Audit { command } => match command {
            AuditCommand::Verify { service, heads } => {
                service::audit::verify(&service, heads.as_deref())
            }
            AuditCommand::Export { service, to } => service::audit::export(&service, &to),
        },
    }
}

/// Whether the command answers from the law shipped with the binary.
fn reads_the_law(command: &Command) -> bool {
    !matches!(command, Command::Law { command: LawCommand::Check(_) | LawCommand::Fmt(_) })
}

/// Tests keep it so; without this every answer of a broken build would be "nothing is due".
fn law_is_sound() -> bool {
    Law::national_diagnostics().iter().all(|it| it.severity != Severity::Error)
}
