//! The smallest words of the house: exact numbers, dates and months.
//!
//! No I/O, no clock, no floating point.

mod date;
mod entropy;
mod moment;
mod rational;

pub use date::{Date, Month};
pub use entropy::Entropy;
pub use moment::{Moment, NotAMoment};
pub use rational::{Rational, Rounding};
