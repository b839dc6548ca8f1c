//! Every French word of the pages of rights.
//!
//! Plain French, « vous », short sentences. The law brings its own words for conditions and calculations.

mod budget;
mod interview;
mod months;
mod questions;
mod results;
mod what_if;

pub use budget::*;
pub use interview::*;
pub use months::*;
pub use questions::*;
pub use results::*;
pub use what_if::*;
