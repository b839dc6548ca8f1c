//! `tandem law bench`: how long the four uses of the law take, and the memory they ask for.

mod batch;
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
    let households = households::of_cases(law, args.cas.as_deref())?;
    // In the order of what it costs to hold in memory: the peak is that of the largest use, not their sum.
    let single = if args.lot_seul { None } else { Some(single::measure(law, month)?) };
    let batch = batch::measure(law, month, &households, args.foyers);
    let figures = figures::Figures { single, batch, peak_mib: memory::peak_mib() };
    if args.json {
        output::print_json(&figures.json())?;
    } else {
        output::print(&figures.text())?;
    }
    Ok(Outcome::Fine)
}
