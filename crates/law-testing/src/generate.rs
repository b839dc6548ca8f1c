//! Rulebooks and households drawn at random, from their types.
//!
//! A rulebook is written as text, so that it goes through the reader, the checks and the limits that any law
//! goes through; being typed as it is written, it loads. A household is drawn for a book: any structure, any
//! state of each fact, and values taken at, just below and just above the numbers the book compares with.

mod book;
mod expr;
mod household;
mod items;
mod scope;
mod select;
mod tell;
mod values;

pub use book::{Draft, rulebook};
pub use household::{Knowledge, complete, household};
pub use tell::situation;
pub use values::Landmarks;
