//! Every French word of the pages of rights.
//!
//! Plain French, « vous », short sentences. The law brings its own words for conditions and calculations.

mod questions;
mod results;

pub use questions::*;
pub use results::*;
