//! `tandem law bench`: how long the four uses of the law take, and the memory they ask for.

mod batch;
mod beside;
mod figures;
mod households;
mod memory;
mod single;
mod timing;

use law::Law;

use crate::args::Bench;
use crate::{Outcome, Result, input, output};

pub fn run(args: &Bench) -> Result {
    let law = Law::national();
    let month = input::month(&args.month)?;
    let mut households = households::of_cases(law, args.cas.as_deref())?;
    let all = !args.lot_seul;
    let single = if all { Some(single::measure(law, month)?) } else { None };
    let batch = batch::measure(law, month, &mut households, args.foyers)?;
    let twelve =
        if all { Some(batch::twelve(law, month, &mut households, args.foyers)?) } else { None };
    let peak_mib = memory::peak_mib();
    let beside = match (args.lot_seul, &args.cas) {
        (true, Some(_)) => Some(beside::measure(law, month, &mut households)?),
        _ => None,
    };
    let figures = figures::Figures { single, batch, twelve, beside, peak_mib };
    if args.json {
        output::print_json(&figures.json())?;
    } else {
        output::print(&figures.text())?;
    }
    Ok(Outcome::Fine)
}
